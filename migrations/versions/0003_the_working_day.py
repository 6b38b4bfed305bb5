"""The working day: medication, carers, reminders, steps towards goals, cover, and what a desk keeps at hand.

Every row that is there already stays. What a record could not hold before is empty in it afterwards: nobody
has asked, nobody has noted it, no part of life was chosen for a goal. Half-written forms, settings and words
used again are a user's own; they are no part of the clinical record and may be thrown away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from alembic import op

if TYPE_CHECKING:
    from datetime import date

revision, down_revision = "0003", "0002"


def upgrade() -> None:
    _widen_patient()
    _widen_site()
    _widen_the_rest()
    _make_medication()
    _make_carer()
    _make_reminder()
    _make_cover()
    _make_goal_action()
    _make_postponement()
    _make_draft_and_preference()
    _make_snippet_and_site_helpline()


def _make(table: str, *parts: sa.schema.SchemaItem) -> None:
    key = sa.PrimaryKeyConstraint("id", name=f"pk_{table}")
    op.create_table(table, sa.Column("id", sa.Integer(), nullable=False), key, *parts)


def _link(table: str, column: str, other: str, *, nullable: bool = False) -> tuple[sa.schema.SchemaItem, ...]:
    name = f"fk_{table}_{column}_{other}"
    link = sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete="RESTRICT")
    return sa.Column(column, sa.Integer(), nullable=nullable), link


def _words(names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.String(), nullable=False) for name in names.split()]


def _days(names: str) -> list[sa.Column[date]]:
    return [sa.Column(name, sa.Date()) for name in names.split()]


def _flags(names: str) -> list[sa.Column[bool]]:
    return [sa.Column(name, sa.Boolean(), nullable=False) for name in names.split()]


def _code(name: str, length: int) -> sa.Column[str]:
    return sa.Column(name, sa.String(length), nullable=False)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _recorded(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    at = sa.Column("recorded_at", sa.DateTime(), nullable=False)
    return *_link(table, "recorded_by", "user_account"), at, _number("version")


def _once(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=f"uq_{table}_{'_'.join(columns)}")


def _rule(table: str, name: str, rule: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(rule, name=f"ck_{table}_{name}")


def _find(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(f"ix_{table}_{column}", table, [column])


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


def _say_nothing(table: str, *columns: str) -> None:
    """Let texts be empty for every row there is; they have to be said for every new one."""
    rows = sa.table(table, *(sa.column(name, sa.String()) for name in columns))
    op.execute(rows.update().values(dict.fromkeys(columns, "")))
    with op.batch_alter_table(table) as change:
        for name in columns:
            change.alter_column(name, nullable=False, existing_type=sa.String())


def _widen_patient() -> None:
    texts = (
        *("other_telephone", "email", "pronouns", "allergies", "safe_times", "interpreter_dialect"),
        *("communication_professional", "carer_support"),
    )
    _widen("patient", {**dict.fromkeys(texts, sa.String()), "interpreter_gender": sa.String(12)})


def _widen_site() -> None:
    _widen(
        "site",
        {"duty_id": sa.Integer(), "out_of_hours": sa.String()},
        links={"duty_id": "user_account"},
    )
    _say_nothing("site", "out_of_hours")


def _widen_the_rest() -> None:
    _widen("contact", {"interpreter_booked": sa.Boolean(), "place": sa.String()})
    _say_nothing("contact", "place")
    _widen("attempt", {"spoke_to": sa.String(), "promised_on": sa.Date()})
    _say_nothing("attempt", "spoke_to")
    _widen("safety_conversation", {"ask_by": sa.String(), "ask_on": sa.Date(), "tried_on": sa.Date()})
    _say_nothing("safety_conversation", "ask_by")
    _widen(
        "goal",
        {"domain": sa.String(24)},
        {
            "domain": "domain in ('community','daily_life','health','home','meaning_and_joy','money',"
            "'relationships','safety_and_rights','work_and_learning')"
        },
    )


def _make_medication() -> None:
    _make(
        "medication",
        *_link("medication", "patient_id", "patient"),
        *_link("medication", "episode_id", "episode"),
        *_words("name dose purpose"),
        _code("reported_by", 13),
        *_flags("antidepressant"),
        *_days("started_on ended_on"),
        *_words("end_note taking"),
        *_link("medication", "replaces_id", "medication", nullable=True),
        *_recorded("medication"),
        sa.Column("voided_reason", sa.String()),
        _rule("medication", "reported_by", "reported_by in ('carer','gp','other_service','patient')"),
        _rule("medication", "ended_on", "ended_on >= started_on"),
        _rule("medication", "replaces_another", "replaces_id <> id"),
    )
    _find("medication", "patient_id")


def _make_carer() -> None:
    _make(
        "carer",
        *_link("carer", "patient_id", "patient"),
        *_words("name relation telephone"),
        *_flags("is_carer next_of_kin nominated"),
        sa.Column("may_contact", sa.Boolean()),
        *_words("may_share"),
        *_days("consent_on"),
        *_words("note"),
        *_days("ended_on"),
        *_recorded("carer"),
        _rule("carer", "nominated_has_consent", "not nominated or coalesce(may_contact, false)"),
    )
    _find("carer", "patient_id")
    _one("nominated", "carer", ["patient_id"], "nominated and ended_on is null")


def _make_reminder() -> None:
    _make(
        "reminder",
        *_link("reminder", "contact_id", "contact"),
        _number("days_before"),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        _code("channel", 12),
        _code("outcome", 12),
        *_words("note"),
        *_link("reminder", "made_by", "user_account"),
        _once("reminder", "contact_id", "days_before"),
        _rule(
            "reminder",
            "channel",
            "channel in ('call','email','gp_practice','letter','supervision','text','visit')",
        ),
        _rule("reminder", "outcome", "outcome in ('left_message','no_answer','sent','spoke')"),
    )


def _make_cover() -> None:
    _make(
        "cover",
        *_link("cover", "covered_id", "user_account"),
        *_link("cover", "by_id", "user_account"),
        sa.Column("from_on", sa.Date(), nullable=False),
        *_days("until_on ended_on"),
        *_recorded("cover"),
        _rule("cover", "by_another", "covered_id <> by_id"),
        _rule("cover", "until_on", "until_on >= from_on"),
    )
    _find("cover", "covered_id", "by_id")


def _make_goal_action() -> None:
    _make(
        "goal_action",
        *_link("goal_action", "goal_id", "goal"),
        *_words("text"),
        _code("whose", 8),
        *_days("due_on done_on dropped_on"),
        *_recorded("goal_action"),
        _rule("goal_action", "whose", "whose in ('other','patient','us')"),
        _rule("goal_action", "one_end", "done_on is null or dropped_on is null"),
    )
    _find("goal_action", "goal_id")


def _make_postponement() -> None:
    _make(
        "postponement",
        *_link("postponement", "episode_id", "episode"),
        _code("kind", 24),
        sa.Column("subject_id", sa.Integer()),
        sa.Column("due_on", sa.Date(), nullable=False),
        _code("decision", 8),
        *_days("until"),
        *_words("reason"),
        sa.Column("made_on", sa.Date(), nullable=False),
        *_link("postponement", "made_by", "user_account"),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        _rule("postponement", "decision", "decision in ('declined','later')"),
        _rule("postponement", "until", "(decision = 'later') = (until is not null)"),
    )
    _find("postponement", "episode_id")


def _make_draft_and_preference() -> None:
    _make(
        "draft",
        *_link("draft", "user_id", "user_account"),
        *_link("draft", "episode_id", "episode", nullable=True),
        _code("kind", 24),
        *_words("body"),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        _once("draft", "user_id", "episode_id", "kind"),
    )
    _find("draft", "episode_id")
    _one("of_no_episode", "draft", ["user_id", "kind"], "episode_id is null")
    _make(
        "preference",
        *_link("preference", "user_id", "user_account"),
        _code("name", 64),
        *_words("value"),
        _once("preference", "user_id", "name"),
    )


def _make_snippet_and_site_helpline() -> None:
    _make(
        "snippet",
        *_link("snippet", "owner_id", "user_account", nullable=True),
        _code("name", 32),
        *_words("text"),
        _number("version"),
        _once("snippet", "owner_id", "name"),
    )
    _one("of_the_practice", "snippet", ["name"], "owner_id is null")
    _make(
        "site_helpline",
        _number("place"),
        *_words("name telephone when_open note"),
        _number("version"),
    )
