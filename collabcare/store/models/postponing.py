"""What somebody decided about a thing due that was not done on its day."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from collabcare.domain.postponing import Waiting
from collabcare.store.models.base import Base, UtcDateTime, one_of


class Postponement(Base):
    """A thing on Today put off or declined, with the reason: append-only; the last about a thing stands."""

    __tablename__ = "postponement"
    __table_args__ = (
        CheckConstraint(one_of("decision", Waiting), name="decision"),
        CheckConstraint("(decision = 'later') = (until is not null)", name="until"),
        Index("ix_postponement_episode_id", "episode_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    episode_id: Mapped[int] = mapped_column(ForeignKey("episode.id", ondelete="RESTRICT"))
    kind: Mapped[str] = mapped_column(String(24), comment="What was due")
    subject_id: Mapped[int | None] = mapped_column(comment="What it was about, where it was about one thing")
    due_on: Mapped[date] = mapped_column(comment="Day it was due at first")
    decision: Mapped[str] = mapped_column(String(8))
    until: Mapped[date | None] = mapped_column(comment="Day it shows again")
    reason: Mapped[str]
    made_on: Mapped[date]
    made_by: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="RESTRICT"))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
