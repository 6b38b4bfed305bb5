"""Follow-up interval: how often it was agreed to see somebody, where that is not the service model's plan.

Every row that is there already stays. Nothing was agreed for anybody before, so it is empty: the plan of the
service model holds, as it did.

The format somebody needs and the way of talking together took one answer each; now they take as many as the
patient names. The answer that was there is carried over as the only one, under its code. What was kept in
words of its own, on no list, stays as it was written, with ``_`` for each space. Nothing recorded is still
"nobody has asked".

How long is long in a step can be set for each practice. None had its own figures before: the service model's
hold, as they did.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0006", "0005"

_WORDS = (
    *("standard", "easy read", "braille", "audio", "email", "plain text", "bsl video", "none needed", "bsl"),
    *("makaton", "lip reading", "text relay", "hearing loop", "deafblind manual", "writing"),
)
_CODES = {
    **{words: words.replace(" ", "_") for words in _WORDS},
    **{f"large print {points} pt": f"large_print_{points}" for points in (16, 18, 24)},
    "sign language (sse)": "sign_supported",
    "with an advocate": "advocate",
}
"""The code of each answer that was on a list before."""


def upgrade() -> None:
    with op.batch_alter_table("episode") as change:
        change.add_column(sa.Column("follow_up_weeks", sa.Integer(), nullable=True))
        change.create_check_constraint("ck_episode_follow_up_weeks", "follow_up_weeks in (0,1,2,3,4,6,8)")
    _several_needs()
    _make_site_step()


def _several_needs() -> None:
    names = {"information_format": "information_formats", "communication_method": "communication_methods"}
    with op.batch_alter_table("patient") as change:
        for before, now in names.items():
            change.alter_column(
                before, new_column_name=now, type_=sa.String(), existing_type=sa.String(24), nullable=True
            )
    patient = sa.table("patient", *(sa.column(now, sa.String()) for now in names.values()))
    for now in names.values():
        kept = patient.c[now]
        known = [(sa.func.lower(sa.func.trim(kept)) == words, code) for words, code in _CODES.items()]
        carried = sa.case(*known, else_=sa.func.replace(sa.func.trim(kept), " ", "_"))
        op.execute(patient.update().where(kept.is_not(None)).values({now: sa.func.nullif(carried, "")}))
    with op.batch_alter_table("patient") as change:
        for now in names.values():
            change.create_check_constraint(f"ck_patient_{now}", f"{now} <> ''")


def _make_site_step() -> None:
    op.create_table(
        "site_step",
        *(
            sa.Column(name, sa.Integer(), nullable=False)
            for name in ("id", "step", "long_days", "very_long_days", "version")
        ),
        sa.PrimaryKeyConstraint("id", name="pk_site_step"),
        sa.UniqueConstraint("step", name="uq_site_step_step"),
        sa.CheckConstraint("long_days >= 1", name="ck_site_step_long_days"),
        sa.CheckConstraint("very_long_days > long_days", name="ck_site_step_very_long_days"),
    )
