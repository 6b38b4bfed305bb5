"""Goals, staying-well plans, proposed changes of care, and the milestones that clocks and gates ask for."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from collabcare.domain.plan_facts import ActionOwner, LifeDomain, MilestoneKind, ProposalKind
from collabcare.store.models.base import Base, UtcDateTime, Versioned, Words, one_of

_STILL_OPEN = text("closed_on is null")


class Goal(Versioned):
    """A goal in the patient's words. They are never changed: a new wording is a new goal."""

    __tablename__ = "goal"
    __table_args__ = (
        CheckConstraint("place between 1 and 3", name="place"),
        CheckConstraint("closed_on >= opened_on", name="closed_on"),
        CheckConstraint(one_of("domain", LifeDomain), name="domain"),
        Index("ix_goal_episode_id", "episode_id"),
        Index(
            "uq_goal_open",
            "episode_id",
            "place",
            unique=True,
            sqlite_where=_STILL_OPEN,
            postgresql_where=_STILL_OPEN,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    episode_id: Mapped[int] = mapped_column(ForeignKey("episode.id", ondelete="RESTRICT"))
    place: Mapped[int] = mapped_column(comment="First, second or third goal")
    text: Mapped[str]
    opened_on: Mapped[date]
    closed_on: Mapped[date | None]
    recorded_by: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="RESTRICT"))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    domain: Mapped[str | None] = mapped_column(
        String(24), comment="Part of life it is about, if one was chosen"
    )


class GoalAction(Versioned):
    """A step towards a goal. Its words are never changed; it is done or dropped, and may get another day."""

    __tablename__ = "goal_action"
    __table_args__ = (
        CheckConstraint(one_of("whose", ActionOwner), name="whose"),
        CheckConstraint("done_on is null or dropped_on is null", name="one_end"),
        Index("ix_goal_action_goal_id", "goal_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    goal_id: Mapped[int] = mapped_column(ForeignKey("goal.id", ondelete="RESTRICT"))
    text: Mapped[str]
    whose: Mapped[str] = mapped_column(String(8), default=ActionOwner.PATIENT, comment="Who is to take it")
    due_on: Mapped[date | None]
    done_on: Mapped[date | None]
    dropped_on: Mapped[date | None]
    recorded_by: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="RESTRICT"))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)


class GoalRating(Base):
    """How close the patient felt to a goal on a day: append-only; of two for one day the later stands."""

    __tablename__ = "goal_rating"
    __table_args__ = (
        CheckConstraint("rating between 0 and 10", name="rating"),
        Index("ix_goal_rating_goal_id", "goal_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    goal_id: Mapped[int] = mapped_column(ForeignKey("goal.id", ondelete="RESTRICT"))
    rated_on: Mapped[date]
    rating: Mapped[int]
    recorded_by: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="RESTRICT"))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)


class RelapsePlan(Base):
    """One version of a staying-well plan: append-only; the last stands."""

    __tablename__ = "relapse_plan"
    __table_args__ = (UniqueConstraint("episode_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    episode_id: Mapped[int] = mapped_column(ForeignKey("episode.id", ondelete="RESTRICT"))
    number: Mapped[int] = mapped_column(comment="Version within the episode, from 1")
    made_on: Mapped[date]
    warning_signs: Mapped[Words]
    triggers: Mapped[Words]
    what_helped: Mapped[Words]
    medication: Mapped[Words]
    if_it_returns: Mapped[Words]
    who_to_contact: Mapped[Words]
    way_back: Mapped[Words]
    copy_given_on: Mapped[date | None]
    recorded_by: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="RESTRICT"))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Proposal(Versioned):
    """A change of care that somebody else must agree to or accept. What was proposed is never changed."""

    __tablename__ = "proposal"
    __table_args__ = (
        CheckConstraint(one_of("kind", ProposalKind), name="kind"),
        CheckConstraint("accepted_on is null or rejected_on is null", name="one_answer"),
        Index("ix_proposal_episode_id", "episode_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    episode_id: Mapped[int] = mapped_column(ForeignKey("episode.id", ondelete="RESTRICT"))
    kind: Mapped[str] = mapped_column(String(16))
    proposed_on: Mapped[date]
    proposed_by: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="RESTRICT"))
    reason: Mapped[Words]
    to_service: Mapped[Words]
    awaits_sign_off: Mapped[bool] = mapped_column(default=True)
    agreed: Mapped[bool | None] = mapped_column(comment="Signed off or turned down; null until decided")
    decided_on: Mapped[date | None] = mapped_column(comment="Day that was")
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="RESTRICT"))
    accepted_on: Mapped[date | None] = mapped_column(comment="Day the other service took the patient on")
    rejected_on: Mapped[date | None]
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Milestone(Versioned):
    """Something a service model asks for was reached. Never altered; a mistake is voided with a reason."""

    __tablename__ = "milestone"
    __table_args__ = (
        CheckConstraint(one_of("kind", MilestoneKind), name="kind"),
        Index("ix_milestone_episode_id", "episode_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    episode_id: Mapped[int] = mapped_column(ForeignKey("episode.id", ondelete="RESTRICT"))
    kind: Mapped[str] = mapped_column(String(24))
    reached_on: Mapped[date]
    reached_at: Mapped[datetime | None] = mapped_column(
        UtcDateTime, comment="The instant, where a clock runs in hours"
    )
    finding: Mapped[Words]
    recorded_by: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="RESTRICT"))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    voided_reason: Mapped[str | None] = mapped_column(comment="Set when entered in error")
