"""As it was: by which way somebody was tried to be reached, appointments that were moved, notes of a day.

Every row that is there already stays. Of an attempt made before, nobody noted more than its channel, so its
way is empty and it reads as before. No appointment was moved before: what was cancelled to be booked anew
stays cancelled. Who marked a contact as entered in error, and when, is taken over from the audit trail.
How somebody would rather be reached was not asked before, so it is empty.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0004", "0003"

_VOIDED = "Mark contact as entered in error"


def upgrade() -> None:
    _widen_attempt()
    _widen_contact()
    _say_who_voided()
    _make_note()
    op.add_column("patient", sa.Column("preferred_way", sa.String(8), nullable=True))


def _user(table: str, column: str) -> tuple[sa.Column[int], str]:
    return sa.Column(column, sa.Integer(), nullable=True), f"fk_{table}_{column}_user_account"


def _widen_attempt() -> None:
    with op.batch_alter_table("attempt") as change:
        change.add_column(sa.Column("route", sa.String(20), nullable=True))
        change.create_check_constraint(
            "ck_attempt_route",
            "route in ('call','email','gp_practice','letter','nominated_contact','supervision',"
            "'support_worker','text','text_relay','visit','voicemail')",
        )


def _widen_contact() -> None:
    voided_by, link = _user("contact", "voided_by")
    with op.batch_alter_table("contact") as change:
        change.add_column(voided_by)
        change.add_column(sa.Column("voided_at", sa.DateTime(), nullable=True))
        change.add_column(sa.Column("moved_on", sa.Date(), nullable=True))
        change.add_column(sa.Column("moved_asked_by", sa.String(8), nullable=True))
        change.add_column(sa.Column("moved_from_id", sa.Integer(), nullable=True))
        change.create_foreign_key(link, "user_account", ["voided_by"], ["id"], ondelete="RESTRICT")
        change.create_foreign_key(
            "fk_contact_moved_from_id_contact", "contact", ["moved_from_id"], ["id"], ondelete="RESTRICT"
        )
        change.create_unique_constraint("uq_contact_moved_from_id", ["moved_from_id"])
        for name, rule in (
            ("moved_asked_by", "moved_asked_by in ('patient','service')"),
            ("moved_by_somebody", "(moved_on is null) = (moved_asked_by is null)"),
            ("moved_has_no_outcome", "moved_on is null or attendance is null"),
            ("moved_from_another", "moved_from_id <> id"),
        ):
            change.create_check_constraint(f"ck_contact_{name}", rule)
    op.create_index(
        "ix_contact_moved", "contact", ["episode_id"], sqlite_where=sa.text("moved_on is not null")
    )


def _say_who_voided() -> None:
    """Take over who marked a contact as entered in error; a contact is marked once."""
    contact = sa.table("contact", *map(sa.column, ("id", "voided_reason", "voided_by", "voided_at")))
    audit = sa.table("audit_entry", *map(sa.column, ("at", "actor_id", "action", "kind", "subject_id")))
    which = (audit.c.action == _VOIDED, audit.c.kind == "contact", audit.c.subject_id == contact.c.id)

    def _of(column: sa.ColumnElement[object]) -> sa.ScalarSelect[object]:
        return sa.select(sa.func.max(column)).where(*which).scalar_subquery()

    op.execute(
        contact.update()
        .where(contact.c.voided_reason.is_not(None))
        .values(voided_by=_of(audit.c.actor_id), voided_at=_of(audit.c.at))
    )


def _make_note() -> None:
    voided_by, link = _user("note", "voided_by")
    op.create_table(
        "note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("episode_id", sa.Integer(), nullable=False),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("written_by", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("voided_reason", sa.String(), nullable=True),
        voided_by,
        sa.Column("voided_at", sa.DateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_note"),
        sa.ForeignKeyConstraint(
            ["episode_id"], ["episode.id"], name="fk_note_episode_id_episode", ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["written_by"], ["user_account.id"], name="fk_note_written_by_user_account", ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["voided_by"], ["user_account.id"], name=link, ondelete="RESTRICT"),
    )
    op.create_index("ix_note_episode_id", "note", ["episode_id"])
