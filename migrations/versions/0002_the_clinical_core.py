"""The clinical core: how to reach a patient, safety plans, goals, the way out of care and back into it.

Every row that is there already stays. What a record could not hold before is empty in it afterwards: "never
asked", "not recorded", in no group, in no known format. Whoever is held counts as allocated since that phase
began or, once past it, the referral. Totals are kept as digits, so that a mean of 4.25 stays exact.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from alembic import op

if TYPE_CHECKING:
    from datetime import date

revision, down_revision = "0002", "0001"
NUMBER, TEXT = sa.Integer(), sa.String()


def upgrade() -> None:
    _widen_patient()
    _widen_episode()
    _widen_contact()
    _widen_measure()
    _widen_the_rest()
    _make_site_days_and_pauses()
    _make_haste()
    _make_snoozes_and_track_moves()
    _make_closing_review()
    _make_safety_assessment()
    _make_safety_plan()
    _make_goals()
    _make_relapse_plan_and_milestones()
    _make_proposal()


def _make(table: str, *parts: sa.schema.SchemaItem) -> None:
    key = sa.PrimaryKeyConstraint("id", name=f"pk_{table}")
    op.create_table(table, sa.Column("id", sa.Integer(), nullable=False), key, *parts)


def _make_of(table: str, *parts: sa.schema.SchemaItem, owner: str = "episode") -> None:
    """Make a table whose rows belong to an episode, a ladder or a goal, and the way to find them by it."""
    _make(table, *_link(table, f"{owner}_id", owner), *parts)
    op.create_index(f"ix_{table}_{owner}_id", table, [f"{owner}_id"])


def _make_versions(table: str, *parts: sa.schema.SchemaItem) -> None:
    """Make a table of which an episode has versions, numbered from 1."""
    owner, number = _link(table, "episode_id", "episode"), sa.Column("number", sa.Integer(), nullable=False)
    once = sa.UniqueConstraint("episode_id", "number", name=f"uq_{table}_episode_id_number")
    _make(table, *owner, number, once, *parts)


def _words(names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.String(), nullable=False) for name in names.split()]


def _link(table: str, column: str, other: str, *, nullable: bool = False) -> tuple[sa.schema.SchemaItem, ...]:
    name = f"fk_{table}_{column}_{other}"
    link = sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete="RESTRICT")
    return sa.Column(column, sa.Integer(), nullable=nullable), link


def _days(names: str) -> list[sa.Column[date]]:
    return [sa.Column(name, sa.Date()) for name in names.split()]


def _recorded(table: str, *, edited: bool = False) -> tuple[sa.schema.SchemaItem, ...]:
    at = sa.Column("recorded_at", sa.DateTime(), nullable=False)
    version = [sa.Column("version", sa.Integer(), nullable=False)] if edited else []
    return *_link(table, "recorded_by", "user_account"), at, *version


def _one(what: str, table: str, columns: list[str], where: str) -> None:
    op.create_index(f"uq_{table}_{what}", table, columns, unique=True, sqlite_where=sa.text(where))


def _widen(
    table: str,
    columns: dict[str, sa.types.TypeEngine[Any]],  # Any: a type of whatever a column holds
    rules: dict[str, str] | None = None,
    links: dict[str, str] | None = None,
) -> None:
    """Add columns that may be empty, with rules and references that an empty one passes."""
    with op.batch_alter_table(table) as change:
        for name, kind in columns.items():
            change.add_column(sa.Column(name, kind, nullable=True))
        for name, other in (links or {}).items():
            link = f"fk_{table}_{name}_{other}"
            change.create_foreign_key(link, other, [name], ["id"], ondelete="RESTRICT")
        for name, rule in (rules or {}).items():
            change.create_check_constraint(f"ck_{table}_{name}", rule)


def _say_no(table: str, columns: tuple[str, ...]) -> None:
    """Let columns say no for every row there is; they have to be said for every new one."""
    rows = sa.table(table, *(sa.column(name, sa.Boolean()) for name in columns))
    op.execute(rows.update().values(dict.fromkeys(columns, sa.false())))
    with op.batch_alter_table(table) as change:
        for name in columns:
            change.alter_column(name, nullable=False, existing_type=sa.Boolean())


def _widen_patient() -> None:
    _widen(
        "patient",
        {
            **dict.fromkeys(("telephone_safe", "voicemail_safe", "text_safe"), sa.Boolean()),
            **dict.fromkeys(("email_safe", "letters_safe", "nominated_contact_consent"), sa.Boolean()),
            **dict.fromkeys(("nominated_contact", "disability", "hold_reason"), sa.String()),
            **dict.fromkeys(("information_format", "communication_method"), sa.String(24)),
            **dict.fromkeys(("gender_identity", "gender_same_as_birth", "sexual_orientation"), sa.String(1)),
            **dict.fromkeys(("ethnic_category", "employment"), sa.String(2)),
            **dict.fromkeys(("language", "interpreter_language"), sa.String(2)),
            "accommodation": sa.String(4),
            "settled_accommodation": sa.String(1),
            "needs_reviewed_on": sa.Date(),
        },
        {
            "ethnic_category": "ethnic_category in "
            "('99','A','B','C','D','E','F','G','H','J','K','L','M','N','P','R','S','Z')",
            "gender_identity": "gender_identity in ('1','2','3','4','Z')",
            "gender_same_as_birth": "gender_same_as_birth in ('N','Y','Z')",
            "sexual_orientation": "sexual_orientation in ('1','2','3','4','U','Z')",
            "employment": "employment in ('01','02','03','04','05','06','07','08','ZZ')",
            "settled_accommodation": "settled_accommodation in ('N','Y','Z')",
            "accommodation_length": "length(accommodation) = 4",
            **{f"{name}_length": f"length({name}) = 2" for name in ("language", "interpreter_language")},
        },
    )


def _widen_episode() -> None:
    _widen(
        "episode",
        {
            **dict.fromkeys(("tt_discharge_reason", "rejection_reason"), sa.String(2)),
            "onward_step": sa.String(9),
            "onward_to": sa.String(),
            "previous_episode_id": sa.Integer(),
            "allocated_on": sa.Date(),
        },
        {
            "tt_discharge_reason": "tt_discharge_reason in "
            "('10','11','12','13','14','16','17','46','47','48','49','50','95','96')",
            "rejection_reason": "rejection_reason in ('01','02','03')",
            "onward_step": "onward_step in ('LATERAL','STEP_DOWN','STEP_UP')",
            "previous_is_another": "previous_episode_id <> id",
        },
        {"previous_episode_id": "episode"},
    )
    op.execute(
        "update episode set allocated_on = case phase when 'allocated' then phase_since else (select "
        "min(received_on) from referral where episode_id = episode.id) end where holder_id is not null"
    )


def _widen_contact() -> None:
    said_no = ("in_group", "joint", "was_not_brought", "contacted_after")
    _widen(
        "contact",
        {
            **dict.fromkeys(("appointment_type", "cancellation_reason"), sa.String(2)),
            "interpreter": sa.String(1),
            **dict.fromkeys(said_no, sa.Boolean()),
        },
        {
            "appointment_type": "appointment_type in ('01','02','03','04','05','06','07')",
            "interpreter": "interpreter in ('1','2','3','4','5')",
            "cancellation_reason": "cancellation_reason in ('01','02')",
        },
    )
    _say_no("contact", said_no)


def _widen_measure() -> None:
    with op.batch_alter_table("measure") as change:
        change.alter_column("total", type_=sa.String(), existing_type=sa.Integer(), existing_nullable=True)
    routes = "form_route in ('email','in_person','phone','post','text')"
    _widen("measure", {"form_route": sa.String(12), "arrived_at": sa.DateTime()}, {"form_route": routes})
    _widen("measure", {"corrects_id": NUMBER, "correction_reason": TEXT}, links={"corrects_id": "measure"})


def _widen_the_rest() -> None:
    _widen("attempt", {"accessible": sa.Boolean()})
    _say_no("attempt", ("accessible",))
    _widen("ladder", {"restarted_at": sa.DateTime()})
    priority = {"response_priority": "response_priority in ('1','2','3')"}
    _widen("referral", {"received_at": sa.DateTime(), "response_priority": sa.String(1)}, priority)
    _widen("user_account", {"made_by": NUMBER, "registration": TEXT}, links={"made_by": "user_account"})


def _make_site_days_and_pauses() -> None:
    _make(
        "site_day",
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        *_words("reason"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.UniqueConstraint("on_date", name="uq_site_day_on_date"),
    )
    _make_of(
        "pause",
        sa.Column("started_on", sa.Date(), nullable=False),
        *_words("reason"),
        *_days("review_on ended_on"),
        *_recorded("pause", edited=True),
        sa.CheckConstraint("ended_on >= started_on", name="ck_pause_ended_on"),
    )
    _one("open", "pause", ["episode_id"], "ended_on is null")


def _make_haste() -> None:
    _make_of(
        "haste",
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        *_days("ended_on"),
        *_words("note"),
        *_recorded("haste", edited=True),
        sa.Column("voided_reason", sa.String(), nullable=True),
        sa.CheckConstraint(
            "kind in "
            "('antidepressant_changed','antidepressant_started','child_concern',"
            "'crisis_contact','crisis_team_discharge','dementia','domestic_abuse',"
            "'inpatient_discharge','learning_disability','perinatal',"
            "'practitioner_judgement','relies_on_others','safeguarding','self_harm',"
            "'suicide_concern','unmet_format_need')",
            name="ck_haste_kind",
        ),
    )


def _make_snoozes_and_track_moves() -> None:
    _make_of(
        "snooze",
        sa.Column("rung", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        *_words("reason"),
        *_link("snooze", "made_by", "user_account"),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("kind in ('call_later','rebooked')", name="ck_snooze_kind"),
        sa.CheckConstraint("until >= made_on", name="ck_snooze_until"),
        owner="ladder",
    )
    _make_of(
        "track_move",
        sa.Column("moved_on", sa.Date(), nullable=False),
        sa.Column("to_track", sa.String(8), nullable=False),
        *_link("track_move", "moved_by", "user_account"),
        *_link("track_move", "agreed_by", "user_account", nullable=True),
        *_words("reason"),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(
            "to_track = 'prompt' or agreed_by is not null", name="ck_track_move_back_is_agreed"
        ),
        sa.CheckConstraint("to_track in ('prompt','standard')", name="ck_track_move_to_track"),
    )


def _make_closing_review() -> None:
    _make_of(
        "closing_review",
        sa.Column("opened_on", sa.Date(), nullable=False),
        *_link("closing_review", "practitioner_id", "user_account"),
        sa.Column("communicated", sa.Boolean(), nullable=True),
        *_words("communicated_evidence"),
        *_days("safety_reviewed_on"),
        *_words("prompt_reason instead"),
        *_link("closing_review", "prompt_reason_by", "user_account", nullable=True),
        *_days("gp_informed_on"),
        *_link("closing_review", "gp_letter_id", "letter", nullable=True),
        *_days("opt_in_sent_on opted_in_on discussed_on"),
        *_link("closing_review", "signed_off_by", "user_account", nullable=True),
        sa.Column("signed_off_by_role", sa.String(16), nullable=True),
        *_days("signed_off_on"),
        *_words("way_back"),
        *_days("ended_on"),
        *_recorded("closing_review", edited=True),
        sa.CheckConstraint("signed_off_by <> practitioner_id", name="ck_closing_review_by_another"),
        sa.CheckConstraint(
            "(signed_off_by is null) = (signed_off_on is null)", name="ck_closing_review_signed_off"
        ),
    )
    _one("open", "closing_review", ["episode_id"], "ended_on is null")


def _make_safety_assessment() -> None:
    _make_versions(
        "safety_assessment",
        sa.Column("assessed_on", sa.Date(), nullable=False),
        *_words(
            "present own_words thoughts_and_plans past_and_what_helped stressors strengths "
            "changeable communication_needs dependants family_views formulation quick_concern "
            "if_contact_lost"
        ),
        sa.Column("act_quickly_if_contact_lost", sa.Boolean(), nullable=False),
        *_words("action_now shared_with sharing_basis"),
        sa.Column("review_on", sa.Date(), nullable=False),
        *_recorded("safety_assessment"),
    )


def _make_safety_plan() -> None:
    _make_versions(
        "safety_plan",
        sa.Column("status", sa.String(12), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        *_words(
            "warning_signs by_myself people_and_places people_to_ask professionals surroundings "
            "reasons_for_living copy_given shared_with"
        ),
        *_days("review_on ended_on"),
        *_words("declined_reason ended_reason"),
        *_recorded("safety_plan", edited=True),
        sa.CheckConstraint(
            "status <> 'active' or (professionals <> '' and review_on is not null)",
            name="ck_safety_plan_active_is_whole",
        ),
        sa.CheckConstraint(
            "status <> 'declined' or declined_reason <> ''", name="ck_safety_plan_declined_why"
        ),
        sa.CheckConstraint(
            "status in ('active','declined','draft','ended','superseded')", name="ck_safety_plan_status"
        ),
    )
    _one("active", "safety_plan", ["episode_id"], "status = 'active'")


def _make_goals() -> None:
    _make_of(
        "goal",
        sa.Column("place", sa.Integer(), nullable=False),
        *_words("text"),
        sa.Column("opened_on", sa.Date(), nullable=False),
        *_days("closed_on"),
        *_recorded("goal", edited=True),
        sa.CheckConstraint("closed_on >= opened_on", name="ck_goal_closed_on"),
        sa.CheckConstraint("place between 1 and 3", name="ck_goal_place"),
    )
    _one("open", "goal", ["episode_id", "place"], "closed_on is null")
    _make_of(
        "goal_rating",
        sa.Column("rated_on", sa.Date(), nullable=False),
        sa.Column("rating", sa.Integer(), nullable=False),
        *_recorded("goal_rating"),
        sa.CheckConstraint("rating between 0 and 10", name="ck_goal_rating_rating"),
        owner="goal",
    )


def _make_relapse_plan_and_milestones() -> None:
    _make_versions(
        "relapse_plan",
        sa.Column("made_on", sa.Date(), nullable=False),
        *_words("warning_signs triggers what_helped medication if_it_returns who_to_contact way_back"),
        *_days("copy_given_on"),
        *_recorded("relapse_plan"),
    )
    _make_of(
        "milestone",
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("reached_on", sa.Date(), nullable=False),
        sa.Column("reached_at", sa.DateTime(), nullable=True),
        *_words("finding"),
        *_recorded("milestone", edited=True),
        sa.Column("voided_reason", sa.String(), nullable=True),
        sa.CheckConstraint(
            "kind in "
            "('assessment','care_plan','crisis_assessment','crisis_referral',"
            "'file_review','intervention','mdt_review','treatment_start')",
            name="ck_milestone_kind",
        ),
    )


def _make_proposal() -> None:
    _make_of(
        "proposal",
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("proposed_on", sa.Date(), nullable=False),
        *_link("proposal", "proposed_by", "user_account"),
        *_words("reason to_service"),
        sa.Column("awaits_sign_off", sa.Boolean(), nullable=False),
        sa.Column("agreed", sa.Boolean(), nullable=True),
        *_days("decided_on"),
        *_link("proposal", "decided_by", "user_account", nullable=True),
        *_days("accepted_on rejected_on"),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind in ('discharge','non_engagement','step_down','step_up')", name="ck_proposal_kind"
        ),
        sa.CheckConstraint("accepted_on is null or rejected_on is null", name="ck_proposal_one_answer"),
    )
