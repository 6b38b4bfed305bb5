"""Safety assessments and safety plans: each row is one version, and a later one never touches an earlier."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from collabcare.domain.safety_facts import PlanStatus
from collabcare.store.models.base import Base, UtcDateTime, Versioned, Words, one_of

ACTIVE = text("status = 'active'")


class SafetyAssessment(Base):
    """One version of a safety assessment with its formulation: never altered, only marked as an error.

    An empty text means that it was not talked about, never that all is well.
    """

    __tablename__ = "safety_assessment"
    __table_args__ = (UniqueConstraint("episode_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    episode_id: Mapped[int] = mapped_column(ForeignKey("episode.id", ondelete="RESTRICT"))
    number: Mapped[int] = mapped_column(comment="Version within the episode, from 1")
    assessed_on: Mapped[date]
    present: Mapped[Words] = mapped_column(comment="Who was there")
    own_words: Mapped[Words]
    thoughts_and_plans: Mapped[Words]
    past_and_what_helped: Mapped[Words]
    stressors: Mapped[Words]
    strengths: Mapped[Words]
    changeable: Mapped[Words]
    communication_needs: Mapped[Words]
    dependants: Mapped[Words]
    family_views: Mapped[Words]
    formulation: Mapped[Words]
    quick_concern: Mapped[Words] = mapped_column(comment="What would raise concern quickly")
    if_contact_lost: Mapped[Words]
    act_quickly_if_contact_lost: Mapped[bool] = mapped_column(default=False)
    action_now: Mapped[Words]
    shared_with: Mapped[Words]
    sharing_basis: Mapped[Words] = mapped_column(comment="Consent, or why it was shared without")
    review_on: Mapped[date]
    recorded_by: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="RESTRICT"))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    voided_reason: Mapped[str | None] = mapped_column(comment="Why it does not stand")
    voided_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="RESTRICT"))
    voided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class SafetyPlan(Versioned):
    """One version of a patient's safety plan, in the patient's own words.

    A draft may be worked on. From then on only its status changes, and only forwards: an active plan is
    superseded or ended. An episode has one active plan at most.
    """

    __tablename__ = "safety_plan"
    __table_args__ = (
        UniqueConstraint("episode_id", "number"),
        CheckConstraint(one_of("status", PlanStatus), name="status"),
        CheckConstraint(
            "status <> 'active' or (professionals <> '' and review_on is not null)", name="active_is_whole"
        ),
        CheckConstraint("status <> 'declined' or declined_reason <> ''", name="declined_why"),
        Index(
            "uq_safety_plan_active", "episode_id", unique=True, sqlite_where=ACTIVE, postgresql_where=ACTIVE
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    episode_id: Mapped[int] = mapped_column(ForeignKey("episode.id", ondelete="RESTRICT"))
    number: Mapped[int] = mapped_column(comment="Version within the episode, from 1")
    status: Mapped[str] = mapped_column(String(12))
    made_on: Mapped[date]
    warning_signs: Mapped[Words]
    by_myself: Mapped[Words]
    people_and_places: Mapped[Words]
    people_to_ask: Mapped[Words]
    professionals: Mapped[Words]
    surroundings: Mapped[Words]
    reasons_for_living: Mapped[Words]
    copy_given: Mapped[Words] = mapped_column(comment="In what format, and when")
    shared_with: Mapped[Words]
    review_on: Mapped[date | None]
    ended_on: Mapped[date | None] = mapped_column(comment="Day an active plan or a draft was put aside")
    declined_reason: Mapped[Words]
    ended_reason: Mapped[Words]
    recorded_by: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="RESTRICT"))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
