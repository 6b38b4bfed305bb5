"""What is measured, discussed and written about an episode."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from collabcare.domain.safety_facts import FormRoute
from collabcare.store.models.base import Answers, Base, Number, UtcDateTime, Versioned, Words, one_of


class Measure(Base):
    """One completed questionnaire as it was answered. Never altered: a correction is a new one."""

    __tablename__ = "measure"
    __table_args__ = (
        CheckConstraint("entry_mode in ('items','total_only')", name="entry_mode"),
        CheckConstraint(one_of("form_route", FormRoute), name="form_route"),
        CheckConstraint(
            "after_end is null or form_route in ('email','phone','post','text')",
            name="after_end_from_outside",
        ),
        Index("ix_measure_episode_id_taken_on", "episode_id", "taken_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    episode_id: Mapped[int] = mapped_column(ForeignKey("episode.id", ondelete="RESTRICT"))
    instrument: Mapped[str] = mapped_column(String(16))
    instrument_version: Mapped[int]
    taken_on: Mapped[date]
    entry_mode: Mapped[str] = mapped_column(String(10))
    answers: Mapped[tuple[int | None, ...]] = mapped_column(
        Answers, comment="One an item, '-' for a blank, as they stand on the form; empty if total only"
    )
    function_answer: Mapped[int | None] = mapped_column(comment="The unscored question on function")
    total: Mapped[int | Decimal | None] = mapped_column(
        Number, comment="None when too much is blank; never zero for a blank"
    )
    missing: Mapped[int]
    prorated: Mapped[bool]
    safety: Mapped[str] = mapped_column(String(6), comment="What the safety item asks: none, prompt or ask")
    safety_answer: Mapped[int | None]
    recorded_by: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="RESTRICT"))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    form_route: Mapped[str | None] = mapped_column(String(12), comment="How the form came to us")
    arrived_at: Mapped[datetime | None] = mapped_column(UtcDateTime, comment="When it came, if not in person")
    corrects_id: Mapped[int | None] = mapped_column(
        ForeignKey("measure.id", ondelete="RESTRICT"), comment="The form this one stands in the place of"
    )
    correction_reason: Mapped[str | None]
    after_end: Mapped[date | None] = mapped_column(
        comment="The day care had ended on when it was entered; such a form counts in no figure"
    )


class SafetyConversation(Versioned):
    """The conversation a safety item asks for: open until its outcome is recorded."""

    __tablename__ = "safety_conversation"
    __table_args__ = (
        CheckConstraint(
            "outcome is null or outcome in ('talked_today','already_covered','could_not_ask')", name="outcome"
        ),
        CheckConstraint("covered_by_id is null or covered_by_assessment_id is null", name="covered_by_one"),
        CheckConstraint("covered_by_id <> id", name="covered_by_another"),
        CheckConstraint("(stands_id is null) = (stands_on is null)", name="stands_since"),
        CheckConstraint("(stands_id is null) = (stands_by is null)", name="stands_by_somebody"),
        Index("ix_safety_conversation_episode_id", "episode_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    episode_id: Mapped[int] = mapped_column(ForeignKey("episode.id", ondelete="RESTRICT"))
    measure_id: Mapped[int] = mapped_column(ForeignKey("measure.id", ondelete="RESTRICT"), unique=True)
    opened_on: Mapped[date]
    outcome: Mapped[str | None] = mapped_column(String(16))
    note: Mapped[str]
    closed_on: Mapped[date | None]
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="RESTRICT"))
    ask_by: Mapped[Words] = mapped_column(comment="Who will ask")
    ask_on: Mapped[date | None] = mapped_column(comment="Day they will")
    tried_on: Mapped[date | None] = mapped_column(comment="Last day on which nobody could ask")
    covered_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("safety_conversation.id", ondelete="RESTRICT"), comment="The talk that covered it"
    )
    covered_by_assessment_id: Mapped[int | None] = mapped_column(
        ForeignKey("safety_assessment.id", ondelete="RESTRICT"), comment="The assessment that covered it"
    )
    stands_id: Mapped[int | None] = mapped_column(
        ForeignKey("safety_assessment.id", ondelete="RESTRICT"),
        comment="The assessment that still stood after the talk, so that no new one was written",
    )
    stands_why: Mapped[str | None]
    stands_on: Mapped[date | None] = mapped_column(comment="Day somebody said so")
    stands_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="RESTRICT"))


class SupervisionReview(Base):
    """One discussion of a case in supervision, part of the clinical record."""

    __tablename__ = "supervision_review"
    __table_args__ = (Index("ix_supervision_review_episode_id", "episode_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    episode_id: Mapped[int] = mapped_column(ForeignKey("episode.id", ondelete="RESTRICT"))
    reviewed_on: Mapped[date]
    supervisor_id: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="RESTRICT"))
    question: Mapped[str]
    scores_seen: Mapped[str] = mapped_column(comment="The latest scores as the discussion saw them")
    decision: Mapped[str]
    recorded_by: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="RESTRICT"))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)


class SupervisionAction(Versioned):
    """Something agreed in supervision for somebody to do by a day."""

    __tablename__ = "supervision_action"
    __table_args__ = (Index("ix_supervision_action_episode_id", "episode_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("supervision_review.id", ondelete="RESTRICT"))
    episode_id: Mapped[int] = mapped_column(ForeignKey("episode.id", ondelete="RESTRICT"))
    text: Mapped[str]
    owner_id: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="RESTRICT"))
    due_on: Mapped[date]
    done_on: Mapped[date | None]


class Letter(Base):
    """A letter as it was issued: the very page that was sent, frozen."""

    __tablename__ = "letter"
    __table_args__ = (Index("ix_letter_episode_id", "episode_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    episode_id: Mapped[int] = mapped_column(ForeignKey("episode.id", ondelete="RESTRICT"))
    kind: Mapped[str] = mapped_column(String(32))
    kind_version: Mapped[int]
    title: Mapped[str]
    recipient: Mapped[str]
    issued_on: Mapped[date]
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime)
    issued_by: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="RESTRICT"))
    text: Mapped[str] = mapped_column(comment="The words as printed, for search and for the GP record")
    sha256: Mapped[str] = mapped_column(String(64), comment="Of the page, so that it can be proved unchanged")
    pdf: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
