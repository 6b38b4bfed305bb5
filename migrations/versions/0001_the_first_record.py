"""The first record: the site and its users, patients, episodes of care, and what is recorded about them.

There is nothing to carry over: every record begins here.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _make_gp_practice()
    _make_site()
    _make_user_account()
    _make_patient()
    _make_episode()
    _make_audit_entry()
    _make_contact()
    _make_letter()
    _make_measure()
    _make_referral()
    _make_step_move()
    _make_supervision_review()
    _make_ladder()
    _make_safety_conversation()
    _make_supervision_action()
    _make_attempt()


def _id(table: str) -> tuple[sa.Column[int], sa.PrimaryKeyConstraint]:
    return sa.Column("id", sa.Integer(), nullable=False), sa.PrimaryKeyConstraint("id", name=f"pk_{table}")


def _refers(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}_{other}"
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete="RESTRICT")


def _make_gp_practice() -> None:
    op.create_table(
        "gp_practice",
        *_id("gp_practice"),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("ods_code", sa.String(8), nullable=True),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("postcode", sa.String(8), nullable=True),
        sa.Column("telephone", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.UniqueConstraint("name", name="uq_gp_practice_name"),
    )


def _make_site() -> None:
    op.create_table(
        "site",
        *_id("site"),
        sa.Column("record_id", sa.String(36), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("postcode", sa.String(8), nullable=True),
        sa.Column("telephone", sa.String(), nullable=True),
        sa.Column("pathway_id", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("id = 1", name="ck_site_one_row"),
    )


def _make_user_account() -> None:
    op.create_table(
        "user_account",
        *_id("user_account"),
        sa.Column("login", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("job_title", sa.String(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "role in ('practitioner','supervisor','administrator','reader')", name="ck_user_account_role"
        ),
        sa.UniqueConstraint("login", name="uq_user_account_login"),
    )


def _make_patient() -> None:
    op.create_table(
        "patient",
        *_id("patient"),
        sa.Column("nhs_number", sa.String(10), nullable=True),
        sa.Column("nhs_number_status", sa.String(2), nullable=False),
        sa.Column("surname", sa.String(), nullable=False),
        sa.Column("given_name", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("preferred_name", sa.String(), nullable=True),
        sa.Column("birth_date", sa.Date(), nullable=False),
        sa.Column("died_on", sa.Date(), nullable=True),
        sa.Column("gender", sa.String(1), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("postcode", sa.String(8), nullable=True),
        sa.Column("telephone", sa.String(), nullable=True),
        sa.Column("contact_note", sa.String(), nullable=True),
        sa.Column("gp_practice_id", sa.Integer(), nullable=False),
        sa.Column("gp_name", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "nhs_number is null or length(nhs_number) = 10", name="ck_patient_nhs_number_length"
        ),
        _refers("patient", "gp_practice_id", "gp_practice"),
        sa.UniqueConstraint("nhs_number", name="uq_patient_nhs_number"),
    )
    op.create_index("ix_patient_surname_given_name", "patient", ["surname", "given_name"])


def _make_episode() -> None:
    op.create_table(
        "episode",
        *_id("episode"),
        sa.Column("patient_id", sa.Integer(), nullable=False),
        sa.Column("pathway_id", sa.String(), nullable=False),
        sa.Column("phase", sa.String(12), nullable=False),
        sa.Column("phase_since", sa.Date(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("step_since", sa.Date(), nullable=False),
        sa.Column("holder_id", sa.Integer(), nullable=True),
        sa.Column("supervision_requested_on", sa.Date(), nullable=True),
        sa.Column("supervision_question", sa.String(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closure_reason", sa.String(2), nullable=True),
        sa.Column("closure_note", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(phase = 'closed') = (closed_on is not null)", name="ck_episode_closed_has_date"),
        sa.CheckConstraint(
            "phase in ('referred','allocated','assessing','active','maintenance','paused','closed')",
            name="ck_episode_phase",
        ),
        _refers("episode", "holder_id", "user_account"),
        _refers("episode", "patient_id", "patient"),
    )
    op.create_index("ix_episode_closed_on", "episode", ["closed_on"])
    op.create_index("ix_episode_patient_id", "episode", ["patient_id"])


def _make_audit_entry() -> None:
    op.create_table(
        "audit_entry",
        *_id("audit_entry"),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("actor_role", sa.String(16), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column("patient_id", sa.Integer(), nullable=True),
        sa.Column("episode_id", sa.Integer(), nullable=True),
        _refers("audit_entry", "actor_id", "user_account"),
        _refers("audit_entry", "episode_id", "episode"),
        _refers("audit_entry", "patient_id", "patient"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_audit_entry_patient_id_at", "audit_entry", ["patient_id", "at"])


def _make_contact() -> None:
    op.create_table(
        "contact",
        *_id("contact"),
        sa.Column("episode_id", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("at_time", sa.Time(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("attendance", sa.String(1), nullable=True),
        sa.Column("mechanism", sa.String(2), nullable=False),
        sa.Column("practitioner_id", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("cancelled_on", sa.Date(), nullable=True),
        sa.Column("voided_reason", sa.String(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "attendance is null or attendance in ('5','6','7','2','3','4')", name="ck_contact_attendance"
        ),
        sa.CheckConstraint("minutes is null or minutes between 1 and 600", name="ck_contact_minutes"),
        _refers("contact", "episode_id", "episode"),
        _refers("contact", "practitioner_id", "user_account"),
    )
    op.create_index("ix_contact_episode_id_on_date", "contact", ["episode_id", "on_date"])


def _make_letter() -> None:
    op.create_table(
        "letter",
        *_id("letter"),
        sa.Column("episode_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("kind_version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("issued_at", sa.DateTime(), nullable=False),
        sa.Column("issued_by", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("pdf", sa.LargeBinary(), nullable=False),
        _refers("letter", "episode_id", "episode"),
        _refers("letter", "issued_by", "user_account"),
    )
    op.create_index("ix_letter_episode_id", "letter", ["episode_id"])


def _make_measure() -> None:
    op.create_table(
        "measure",
        *_id("measure"),
        sa.Column("episode_id", sa.Integer(), nullable=False),
        sa.Column("instrument", sa.String(16), nullable=False),
        sa.Column("instrument_version", sa.Integer(), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.Column("entry_mode", sa.String(10), nullable=False),
        sa.Column("answers", sa.String(), nullable=False),
        sa.Column("function_answer", sa.Integer(), nullable=True),
        sa.Column("total", sa.Integer(), nullable=True),
        sa.Column("missing", sa.Integer(), nullable=False),
        sa.Column("prorated", sa.Boolean(), nullable=False),
        sa.Column("safety", sa.String(6), nullable=False),
        sa.Column("safety_answer", sa.Integer(), nullable=True),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("entry_mode in ('items','total_only')", name="ck_measure_entry_mode"),
        _refers("measure", "episode_id", "episode"),
        _refers("measure", "recorded_by", "user_account"),
    )
    op.create_index("ix_measure_episode_id_taken_on", "measure", ["episode_id", "taken_on"])


def _make_referral() -> None:
    op.create_table(
        "referral",
        *_id("referral"),
        sa.Column("episode_id", sa.Integer(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("source", sa.String(2), nullable=False),
        sa.Column("reason", sa.String(2), nullable=False),
        sa.Column("referrer", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        _refers("referral", "episode_id", "episode"),
    )
    op.create_index("ix_referral_episode_id", "referral", ["episode_id"])


def _make_step_move() -> None:
    op.create_table(
        "step_move",
        *_id("step_move"),
        sa.Column("episode_id", sa.Integer(), nullable=False),
        sa.Column("moved_on", sa.Date(), nullable=False),
        sa.Column("from_step", sa.Integer(), nullable=True),
        sa.Column("to_step", sa.Integer(), nullable=False),
        sa.Column("direction", sa.String(5), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("agreed_with_patient", sa.Boolean(), nullable=False),
        sa.Column("gp_informed_on", sa.Date(), nullable=True),
        sa.Column("moved_by", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        _refers("step_move", "episode_id", "episode"),
        _refers("step_move", "moved_by", "user_account"),
    )
    op.create_index("ix_step_move_episode_id", "step_move", ["episode_id"])


def _make_supervision_review() -> None:
    op.create_table(
        "supervision_review",
        *_id("supervision_review"),
        sa.Column("episode_id", sa.Integer(), nullable=False),
        sa.Column("reviewed_on", sa.Date(), nullable=False),
        sa.Column("supervisor_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("scores_seen", sa.String(), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        _refers("supervision_review", "episode_id", "episode"),
        _refers("supervision_review", "recorded_by", "user_account"),
        _refers("supervision_review", "supervisor_id", "user_account"),
    )
    op.create_index("ix_supervision_review_episode_id", "supervision_review", ["episode_id"])


def _make_ladder() -> None:
    op.create_table(
        "ladder",
        *_id("ladder"),
        sa.Column("episode_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("first_rung", sa.Integer(), nullable=False),
        sa.Column("consecutive", sa.Integer(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closed_because", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        _refers("ladder", "contact_id", "contact"),
        _refers("ladder", "episode_id", "episode"),
        sa.UniqueConstraint("contact_id", name="uq_ladder_contact_id"),
    )
    op.create_index("ix_ladder_episode_id", "ladder", ["episode_id"])


def _make_safety_conversation() -> None:
    op.create_table(
        "safety_conversation",
        *_id("safety_conversation"),
        sa.Column("episode_id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("outcome", sa.String(16), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closed_by", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "outcome is null or outcome in ('talked_today','already_covered','could_not_ask')",
            name="ck_safety_conversation_outcome",
        ),
        _refers("safety_conversation", "closed_by", "user_account"),
        _refers("safety_conversation", "episode_id", "episode"),
        _refers("safety_conversation", "measure_id", "measure"),
        sa.UniqueConstraint("measure_id", name="uq_safety_conversation_measure_id"),
    )
    op.create_index("ix_safety_conversation_episode_id", "safety_conversation", ["episode_id"])


def _make_supervision_action() -> None:
    op.create_table(
        "supervision_action",
        *_id("supervision_action"),
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("episode_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        _refers("supervision_action", "episode_id", "episode"),
        _refers("supervision_action", "owner_id", "user_account"),
        _refers("supervision_action", "review_id", "supervision_review"),
    )
    op.create_index("ix_supervision_action_episode_id", "supervision_action", ["episode_id"])


def _make_attempt() -> None:
    op.create_table(
        "attempt",
        *_id("attempt"),
        sa.Column("ladder_id", sa.Integer(), nullable=False),
        sa.Column("rung", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("channel", sa.String(12), nullable=False),
        sa.Column("outcome", sa.String(12), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        _refers("attempt", "ladder_id", "ladder"),
        _refers("attempt", "made_by", "user_account"),
    )
    op.create_index("ix_attempt_ladder_id", "attempt", ["ladder_id"])
