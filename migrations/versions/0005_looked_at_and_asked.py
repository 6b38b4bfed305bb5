"""Looked at and asked: safety reviews in a review of not attending, and why somebody did not come.

Also who told us of a death, and ends of care that were taken back; nobody was asked, and none was, before.

Every row that is there already stays. A bare day that was noted for a safety review stays in its review of
not attending: it names nobody and says nothing of what was looked at, so no safety review is made of it.
Nobody was asked before why they had not come, so that is empty. What was decided in a talk about somebody who
cannot be reached stood in no field of its own before, so no attempt of before says it.

Of a safety question that was already covered, nobody noted by which talk or assessment, so that is empty too;
an assessment can be marked as entered in error from now on, and none is. No form was kept before that came in
after care had ended.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa
from alembic import op

if TYPE_CHECKING:
    from alembic.operations import BatchOperations

revision, down_revision = "0005", "0004"

_BECAUSE = (
    "missed_because in ('could_not_get_there','did_not_know','dissatisfied','forgot','not_asked',"
    "'other_priorities','something_else','too_unwell')"
)


def upgrade() -> None:
    for table in ("attempt", "contact"):
        with op.batch_alter_table(table) as change:
            change.add_column(sa.Column("missed_because", sa.String(20), nullable=True))
            change.add_column(sa.Column("missed_because_words", sa.String(), nullable=True))
            change.create_check_constraint(f"ck_{table}_missed_because", _BECAUSE)
    with op.batch_alter_table("patient") as change:
        change.add_column(sa.Column("death_told_by", sa.String(), nullable=True))
    _keep_what_was_decided()
    _make_safety_review()
    _make_ending_taken_back()
    _widen_conversation()
    _widen_assessment()
    with op.batch_alter_table("measure") as change:
        change.add_column(sa.Column("after_end", sa.Date(), nullable=True))
        change.create_check_constraint(
            "ck_measure_after_end_from_outside",
            "after_end is null or form_route in ('email','phone','post','text')",
        )


def _link(change: BatchOperations, table: str, column: str, other: str) -> None:
    change.add_column(sa.Column(column, sa.Integer(), nullable=True))
    change.create_foreign_key(f"fk_{table}_{column}_{other}", other, [column], ["id"], ondelete="RESTRICT")


def _widen_conversation() -> None:
    with op.batch_alter_table("safety_conversation") as change:
        for column, other in (
            ("covered_by_id", "safety_conversation"),
            ("covered_by_assessment_id", "safety_assessment"),
            ("stands_id", "safety_assessment"),
        ):
            _link(change, "safety_conversation", column, other)
        change.add_column(sa.Column("stands_why", sa.String(), nullable=True))
        change.add_column(sa.Column("stands_on", sa.Date(), nullable=True))
        _link(change, "safety_conversation", "stands_by", "user_account")
        for name, rule in (
            ("covered_by_one", "covered_by_id is null or covered_by_assessment_id is null"),
            ("covered_by_another", "covered_by_id <> id"),
            ("stands_since", "(stands_id is null) = (stands_on is null)"),
            ("stands_by_somebody", "(stands_id is null) = (stands_by is null)"),
        ):
            change.create_check_constraint(f"ck_safety_conversation_{name}", rule)


def _widen_assessment() -> None:
    with op.batch_alter_table("safety_assessment") as change:
        change.add_column(sa.Column("voided_reason", sa.String(), nullable=True))
        _link(change, "safety_assessment", "voided_by", "user_account")
        change.add_column(sa.Column("voided_at", sa.DateTime(), nullable=True))


def _keep_what_was_decided() -> None:
    choices = "'crisis_team','emergency','home_visit','none_now','other_way'"
    with op.batch_alter_table("attempt") as change:
        change.add_column(sa.Column("decided", sa.String(12), nullable=True))
        change.add_column(sa.Column("decided_words", sa.String(), nullable=True))
        change.create_check_constraint("ck_attempt_decided", f"decided in ({choices})")
        change.create_check_constraint("ck_attempt_decided_words", "decided is null or decided_words <> ''")


def _make_safety_review() -> None:
    op.create_table(
        "safety_review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("closing_review_id", sa.Integer(), nullable=False),
        sa.Column("reviewed_on", sa.Date(), nullable=False),
        sa.Column("looked_at", sa.String(), nullable=False),
        sa.Column("concluded", sa.String(), nullable=False),
        sa.Column("reviewed_by", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_safety_review"),
        sa.ForeignKeyConstraint(
            ["closing_review_id"],
            ["closing_review.id"],
            name="fk_safety_review_closing_review_id_closing_review",
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["reviewed_by"],
            ["user_account.id"],
            name="fk_safety_review_reviewed_by_user_account",
            ondelete="RESTRICT",
        ),
        sa.CheckConstraint("looked_at <> ''", name="ck_safety_review_looked_at"),
        sa.CheckConstraint("concluded <> ''", name="ck_safety_review_concluded"),
    )
    op.create_index("ix_safety_review_closing_review_id", "safety_review", ["closing_review_id"])


def _make_ending_taken_back() -> None:
    op.create_table(
        "ending_taken_back",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("episode_id", sa.Integer(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=False),
        sa.Column("closure_reason", sa.String(2), nullable=True),
        sa.Column("closure_note", sa.String(), nullable=True),
        sa.Column("tt_discharge_reason", sa.String(2), nullable=True),
        sa.Column("onward_step", sa.String(9), nullable=True),
        sa.Column("onward_to", sa.String(), nullable=True),
        sa.Column("died_on", sa.Date(), nullable=True),
        sa.Column("death_told_by", sa.String(), nullable=True),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("taken_back_by", sa.Integer(), nullable=False),
        sa.Column("taken_back_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_ending_taken_back"),
        sa.ForeignKeyConstraint(
            ["episode_id"],
            ["episode.id"],
            name="fk_ending_taken_back_episode_id_episode",
            ondelete="RESTRICT",
        ),
        *(
            sa.ForeignKeyConstraint(
                [column],
                ["user_account.id"],
                name=f"fk_ending_taken_back_{column}_user_account",
                ondelete="RESTRICT",
            )
            for column in ("ended_by", "taken_back_by")
        ),
        sa.CheckConstraint("reason <> ''", name="ck_ending_taken_back_reason"),
    )
    op.create_index("ix_ending_taken_back_episode_id", "ending_taken_back", ["episode_id"])
