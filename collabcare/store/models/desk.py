"""What a user keeps at hand: forms half written, settings, and words used again. None of it is the record."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from collabcare.store.models.base import Base, UtcDateTime, Versioned

_OF_NO_EPISODE = text("episode_id is null")
_OF_THE_PRACTICE = text("owner_id is null")


class Draft(Base):
    """What stands in a form that somebody has not saved; gone as soon as they save or discard it."""

    __tablename__ = "draft"
    __table_args__ = (
        UniqueConstraint("user_id", "episode_id", "kind"),
        Index(
            "uq_draft_of_no_episode",  # one null is not another: the rule above lets any number of them in
            "user_id",
            "kind",
            unique=True,
            sqlite_where=_OF_NO_EPISODE,
            postgresql_where=_OF_NO_EPISODE,
        ),
        Index("ix_draft_episode_id", "episode_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="RESTRICT"))
    episode_id: Mapped[int | None] = mapped_column(ForeignKey("episode.id", ondelete="RESTRICT"))
    kind: Mapped[str] = mapped_column(String(24), comment="Which form")
    body: Mapped[str] = mapped_column(comment="JSON: what stands in it")
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Preference(Base):
    """How one user likes a screen."""

    __tablename__ = "preference"
    __table_args__ = (UniqueConstraint("user_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="RESTRICT"))
    name: Mapped[str] = mapped_column(String(64))
    value: Mapped[str] = mapped_column(comment="JSON")


class Snippet(Versioned):
    """Words somebody writes again and again: their own, or the practice's."""

    __tablename__ = "snippet"
    __table_args__ = (
        UniqueConstraint("owner_id", "name"),
        Index(
            "uq_snippet_of_the_practice",
            "name",
            unique=True,
            sqlite_where=_OF_THE_PRACTICE,
            postgresql_where=_OF_THE_PRACTICE,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int | None] = mapped_column(
        ForeignKey("user_account.id", ondelete="RESTRICT"), comment="Null: the practice's"
    )
    name: Mapped[str] = mapped_column(String(32))
    text: Mapped[str]
