"""Looked at and asked: safety reviews in a review of not attending, and why somebody did not come.

Every row that is there already stays. A bare day that was noted for a safety review stays in its review of
not attending: it names nobody and says nothing of what was looked at, so no safety review is made of it.
Nobody was asked before why they had not come, so that is empty.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

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
    _make_safety_review()


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
