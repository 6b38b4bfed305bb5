"""Ends of care that were recorded in error, as they stood: nothing of them is lost by taking one back."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from collabcare.store.models.base import Base, UtcDateTime


class EndingTakenBack(Base):
    """An end of care taken back: what it said, who ended it, who took it back and why. Append-only."""

    __tablename__ = "ending_taken_back"
    __table_args__ = (
        CheckConstraint("reason <> ''", name="reason"),
        Index("ix_ending_taken_back_episode_id", "episode_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    episode_id: Mapped[int] = mapped_column(ForeignKey("episode.id", ondelete="RESTRICT"))
    closed_on: Mapped[date]
    closure_reason: Mapped[str | None] = mapped_column(String(2), comment="REFERRAL CLOSURE REASON")
    closure_note: Mapped[str | None]
    tt_discharge_reason: Mapped[str | None] = mapped_column(String(2))
    onward_step: Mapped[str | None] = mapped_column(String(9))
    onward_to: Mapped[str | None]
    died_on: Mapped[date | None] = mapped_column(comment="The death that was recorded with it")
    death_told_by: Mapped[str | None]
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="RESTRICT"))
    reason: Mapped[str] = mapped_column(comment="Why it was taken back")
    taken_back_by: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="RESTRICT"))
    taken_back_at: Mapped[datetime] = mapped_column(UtcDateTime)
