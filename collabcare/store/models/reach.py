"""The search for a patient who did not attend, and what is known about how and how fast to reach them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from collabcare.domain.decided import Decided
from collabcare.domain.missed_because import MissedBecause
from collabcare.domain.reach_facts import HasteKind, SnoozeKind, Track
from collabcare.domain.reaching import Route
from collabcare.store.models.base import Base, Codes, UtcDateTime, Versioned, Words, one_of

STILL_OPEN = text("ended_on is null")


class Ladder(Versioned):
    """A search for a patient who did not attend; open until they are reached."""

    __tablename__ = "ladder"
    __table_args__ = (Index("ix_ladder_episode_id", "episode_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    episode_id: Mapped[int] = mapped_column(ForeignKey("episode.id", ondelete="RESTRICT"))
    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id", ondelete="RESTRICT"), unique=True)
    first_rung: Mapped[int]
    consecutive: Mapped[int] = mapped_column(comment="DNAs in a row when it was opened")
    opened_on: Mapped[date]
    closed_on: Mapped[date | None]
    closed_because: Mapped[str | None]
    restarted_at: Mapped[datetime | None] = mapped_column(
        UtcDateTime, comment="When wrong contact details were put right: it counts from then"
    )


class Attempt(Base):
    """One try to reach the patient: append-only."""

    __tablename__ = "attempt"
    __table_args__ = (
        CheckConstraint(one_of("route", Route), name="route"),
        CheckConstraint(one_of("missed_because", MissedBecause), name="missed_because"),
        CheckConstraint(one_of("decided", Decided), name="decided"),
        CheckConstraint("decided is null or decided_words <> ''", name="decided_words"),
        Index("ix_attempt_ladder_id", "ladder_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ladder_id: Mapped[int] = mapped_column(ForeignKey("ladder.id", ondelete="RESTRICT"))
    rung: Mapped[int]
    on_date: Mapped[date]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    channel: Mapped[str] = mapped_column(String(12))
    outcome: Mapped[str] = mapped_column(String(12))
    note: Mapped[str]
    made_by: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="RESTRICT"))
    accessible: Mapped[bool] = mapped_column(
        default=False, comment="In the format and language the patient needs"
    )
    spoke_to: Mapped[Words] = mapped_column(comment="Who answered or made a promise, when not the patient")
    promised_on: Mapped[date | None] = mapped_column(
        comment="Day the patient, it was said, would come or ring"
    )
    route: Mapped[str | None] = mapped_column(
        String(20), comment="The way it went, such as text relay; null: nobody noted more than the channel"
    )
    missed_because: Mapped[str | None] = mapped_column(
        String(20), comment="Why they had not come, as they or somebody else said; null: nothing noted"
    )
    missed_because_words: Mapped[str | None]
    decided: Mapped[str | None] = mapped_column(
        String(12), comment="What was decided in this talk about finding out; null: nothing"
    )
    decided_words: Mapped[str | None]


class Snooze(Base):
    """A rung put off, and until when: append-only."""

    __tablename__ = "snooze"
    __table_args__ = (
        CheckConstraint(one_of("kind", SnoozeKind), name="kind"),
        CheckConstraint("until >= made_on", name="until"),
        Index("ix_snooze_ladder_id", "ladder_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ladder_id: Mapped[int] = mapped_column(ForeignKey("ladder.id", ondelete="RESTRICT"))
    rung: Mapped[int]
    kind: Mapped[str] = mapped_column(String(12))
    made_on: Mapped[date]
    until: Mapped[date] = mapped_column(comment="Day the rung shows again, whatever happens")
    reason: Mapped[str]
    made_by: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="RESTRICT"))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Haste(Versioned):
    """A fact that makes us act faster when the patient does not attend; open until it ceases to hold.

    Only its end may be written later, once, or that it was entered in error.
    """

    __tablename__ = "haste"
    __table_args__ = (
        CheckConstraint(one_of("kind", HasteKind), name="kind"),
        Index("ix_haste_episode_id", "episode_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    episode_id: Mapped[int] = mapped_column(ForeignKey("episode.id", ondelete="RESTRICT"))
    kind: Mapped[str] = mapped_column(String(24))
    happened_on: Mapped[date]
    ended_on: Mapped[date | None] = mapped_column(comment="Day it ceased to hold")
    note: Mapped[Words]
    recorded_by: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="RESTRICT"))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    voided_reason: Mapped[str | None] = mapped_column(comment="Set when entered in error")


class TrackMove(Base):
    """A move between the tracks of re-engagement by a person: append-only."""

    __tablename__ = "track_move"
    __table_args__ = (
        CheckConstraint(one_of("to_track", Track), name="to_track"),
        CheckConstraint("to_track = 'prompt' or agreed_by is not null", name="back_is_agreed"),
        Index("ix_track_move_episode_id", "episode_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    episode_id: Mapped[int] = mapped_column(ForeignKey("episode.id", ondelete="RESTRICT"))
    moved_on: Mapped[date]
    to_track: Mapped[str] = mapped_column(String(8))
    moved_by: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="RESTRICT"))
    agreed_by: Mapped[int | None] = mapped_column(
        ForeignKey("user_account.id", ondelete="RESTRICT"), comment="The supervisor who agreed"
    )
    reason: Mapped[str]
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Pause(Versioned):
    """A time in which no contact is expected. Its review day may be moved; once ended it stays as it is."""

    __tablename__ = "pause"
    __table_args__ = (
        CheckConstraint("ended_on >= started_on", name="ended_on"),
        Index("ix_pause_episode_id", "episode_id"),
        Index(
            "uq_pause_open", "episode_id", unique=True, sqlite_where=STILL_OPEN, postgresql_where=STILL_OPEN
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    episode_id: Mapped[int] = mapped_column(ForeignKey("episode.id", ondelete="RESTRICT"))
    started_on: Mapped[date]
    reason: Mapped[str]
    review_on: Mapped[date | None] = mapped_column(comment="Day it must be looked at again")
    ended_on: Mapped[date | None]
    recorded_by: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="RESTRICT"))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ClosingReview(Versioned):
    """A review of not attending, before anybody may close for it: filled in while open, then left so."""

    __tablename__ = "closing_review"
    __table_args__ = (
        CheckConstraint("(signed_off_by is null) = (signed_off_on is null)", name="signed_off"),
        CheckConstraint("signed_off_by <> practitioner_id", name="by_another"),
        Index("ix_closing_review_episode_id", "episode_id"),
        Index(
            "uq_closing_review_open",
            "episode_id",
            unique=True,
            sqlite_where=STILL_OPEN,
            postgresql_where=STILL_OPEN,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    episode_id: Mapped[int] = mapped_column(ForeignKey("episode.id", ondelete="RESTRICT"))
    opened_on: Mapped[date]
    practitioner_id: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="RESTRICT"))
    communicated: Mapped[bool | None] = mapped_column(comment="Whether the appointments reached the patient")
    communicated_evidence: Mapped[Words]
    safety_reviewed_on: Mapped[date | None] = mapped_column(
        comment="A bare day, as it was noted before a safety review was recorded; no longer written"
    )
    prompt_reason: Mapped[Words] = mapped_column(comment="Why closing is right although we had to act fast")
    instead: Mapped[Words] = mapped_column(comment="What replaces our follow-up")
    prompt_reason_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="RESTRICT"))
    gp_informed_on: Mapped[date | None]
    gp_letter_id: Mapped[int | None] = mapped_column(ForeignKey("letter.id", ondelete="RESTRICT"))
    opt_in_sent_on: Mapped[date | None]
    opted_in_on: Mapped[date | None] = mapped_column(comment="Day the patient answered in any way")
    discussed_on: Mapped[date | None]
    signed_off_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="RESTRICT"))
    signed_off_by_role: Mapped[str | None] = mapped_column(String(16), comment="Their role on that day")
    signed_off_on: Mapped[date | None]
    way_back: Mapped[Words] = mapped_column(comment="How the patient can come back")
    ended_on: Mapped[date | None] = mapped_column(comment="Day it was closed or called off")
    recorded_by: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="RESTRICT"))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)


class SafetyReview(Base):
    """Safety looked at again in a review of not attending: what was looked at, and what came of it.

    Append-only: looking again is another row.
    """

    __tablename__ = "safety_review"
    __table_args__ = (
        CheckConstraint("looked_at <> ''", name="looked_at"),
        CheckConstraint("concluded <> ''", name="concluded"),
        Index("ix_safety_review_closing_review_id", "closing_review_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    closing_review_id: Mapped[int] = mapped_column(ForeignKey("closing_review.id", ondelete="RESTRICT"))
    reviewed_on: Mapped[date]
    looked_at: Mapped[tuple[str, ...]] = mapped_column(Codes, comment="What was looked at, at least one")
    concluded: Mapped[str] = mapped_column(comment="What was concluded, in words")
    reviewed_by: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="RESTRICT"))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
