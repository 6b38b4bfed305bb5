"""The people around the care: medication as reported, carers, reminders, and who covers for whom."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from collabcare.domain.people_facts import MedicationSource, ReminderOutcome
from collabcare.domain.reengagement import Channel
from collabcare.store.models.base import Base, UtcDateTime, Versioned, Words, one_of

_NOMINATED = text("nominated and ended_on is null")


class Medication(Versioned):
    """One medicine at one dose, as somebody told us of it: another dose is another row.

    Its end may be written later, once, and how it is taken until then; or that it was entered in error.
    """

    __tablename__ = "medication"
    __table_args__ = (
        CheckConstraint(one_of("reported_by", MedicationSource), name="reported_by"),
        CheckConstraint("ended_on >= started_on", name="ended_on"),
        CheckConstraint("replaces_id <> id", name="replaces_another"),
        Index("ix_medication_patient_id", "patient_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    patient_id: Mapped[int] = mapped_column(ForeignKey("patient.id", ondelete="RESTRICT"))
    episode_id: Mapped[int] = mapped_column(
        ForeignKey("episode.id", ondelete="RESTRICT"), comment="The spell of care in which we were told"
    )
    name: Mapped[Words]
    dose: Mapped[Words]
    purpose: Mapped[Words]
    reported_by: Mapped[str] = mapped_column(String(13), comment="Who told us")
    antidepressant: Mapped[bool] = mapped_column(default=False)
    started_on: Mapped[date | None] = mapped_column(comment="Null: taken already when we first heard of it")
    ended_on: Mapped[date | None]
    end_note: Mapped[Words]
    taking: Mapped[Words] = mapped_column(comment="How it is taken, and side effects, as reported")
    replaces_id: Mapped[int | None] = mapped_column(
        ForeignKey("medication.id", ondelete="RESTRICT"), comment="The same medicine at the dose before"
    )
    recorded_by: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="RESTRICT"))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    voided_reason: Mapped[str | None] = mapped_column(comment="Set when entered in error")


class Carer(Versioned):
    """Somebody close to the patient, and what the patient agreed they may be asked and told."""

    __tablename__ = "carer"
    __table_args__ = (
        CheckConstraint("not nominated or coalesce(may_contact, false)", name="nominated_has_consent"),
        Index("ix_carer_patient_id", "patient_id"),
        Index(
            "uq_carer_nominated",
            "patient_id",
            unique=True,
            sqlite_where=_NOMINATED,
            postgresql_where=_NOMINATED,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    patient_id: Mapped[int] = mapped_column(ForeignKey("patient.id", ondelete="RESTRICT"))
    name: Mapped[Words]
    relation: Mapped[Words]
    telephone: Mapped[Words]
    is_carer: Mapped[bool] = mapped_column(default=False, comment="Gives unpaid care")
    next_of_kin: Mapped[bool] = mapped_column(default=False)
    nominated: Mapped[bool] = mapped_column(
        default=False, comment="May be rung when the patient cannot be reached"
    )
    may_contact: Mapped[bool | None] = mapped_column(comment="The patient's consent; null: nobody has asked")
    may_share: Mapped[Words] = mapped_column(comment="What they may be told")
    consent_on: Mapped[date | None]
    note: Mapped[Words]
    ended_on: Mapped[date | None]
    recorded_by: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="RESTRICT"))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Reminder(Base):
    """A reminder of a booked contact, given so many days ahead of it: append-only."""

    __tablename__ = "reminder"
    __table_args__ = (
        CheckConstraint(one_of("channel", Channel), name="channel"),
        CheckConstraint(one_of("outcome", ReminderOutcome), name="outcome"),
        UniqueConstraint("contact_id", "days_before"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id", ondelete="RESTRICT"))
    days_before: Mapped[int]
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_on: Mapped[date]
    channel: Mapped[str] = mapped_column(String(12))
    outcome: Mapped[str] = mapped_column(String(12))
    note: Mapped[Words]
    made_by: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="RESTRICT"))


class Cover(Versioned):
    """Who looks after whose patients, and from when; it ends with its last day, or sooner by hand."""

    __tablename__ = "cover"
    __table_args__ = (
        CheckConstraint("covered_id <> by_id", name="by_another"),
        CheckConstraint("until_on >= from_on", name="until_on"),
        Index("ix_cover_covered_id", "covered_id"),
        Index("ix_cover_by_id", "by_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    covered_id: Mapped[int] = mapped_column(
        ForeignKey("user_account.id", ondelete="RESTRICT"), comment="Who is away"
    )
    by_id: Mapped[int] = mapped_column(
        ForeignKey("user_account.id", ondelete="RESTRICT"), comment="Who stands in"
    )
    from_on: Mapped[date]
    until_on: Mapped[date | None] = mapped_column(comment="Its last day; null: until somebody ends it")
    ended_on: Mapped[date | None] = mapped_column(comment="Day it was ended by hand")
    recorded_by: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="RESTRICT"))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
