"""Patients and their episodes of care: referral, steps, contacts and the search for who did not attend."""

from __future__ import annotations

from datetime import date, datetime, time

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from collabcare.store.models.base import Base, UtcDateTime, Versioned


class Patient(Versioned):
    """A person on the caseload, now or once. Never deleted."""

    __tablename__ = "patient"
    __table_args__ = (
        CheckConstraint("nhs_number is null or length(nhs_number) = 10", name="nhs_number_length"),
        Index("ix_patient_surname_given_name", "surname", "given_name"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    nhs_number: Mapped[str | None] = mapped_column(String(10), unique=True, comment="Ten digits, checked")
    nhs_number_status: Mapped[str] = mapped_column(
        String(2), comment="02 present, not traced; 07 not present"
    )
    surname: Mapped[str]
    given_name: Mapped[str]
    title: Mapped[str | None]
    preferred_name: Mapped[str | None]
    birth_date: Mapped[date]
    died_on: Mapped[date | None]
    gender: Mapped[str] = mapped_column(String(1), comment="PERSON STATED GENDER CODE")
    address: Mapped[str] = mapped_column(comment="One line of the address to a line")
    postcode: Mapped[str | None] = mapped_column(String(8))
    telephone: Mapped[str | None]
    contact_note: Mapped[str | None] = mapped_column(comment="What to know before ringing")
    gp_practice_id: Mapped[int] = mapped_column(ForeignKey("gp_practice.id", ondelete="RESTRICT"))
    gp_name: Mapped[str | None]


class Episode(Versioned):
    """One spell of care, from referral to closure."""

    __tablename__ = "episode"
    __table_args__ = (
        CheckConstraint(
            "phase in ('referred','allocated','assessing','active','maintenance','paused','closed')",
            name="phase",
        ),
        CheckConstraint("(phase = 'closed') = (closed_on is not null)", name="closed_has_date"),
        Index("ix_episode_patient_id", "patient_id"),
        Index("ix_episode_closed_on", "closed_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    patient_id: Mapped[int] = mapped_column(ForeignKey("patient.id", ondelete="RESTRICT"))
    pathway_id: Mapped[str]
    phase: Mapped[str] = mapped_column(String(12))
    phase_since: Mapped[date]
    step: Mapped[int] = mapped_column(comment="Number of the step in the pathway")
    step_since: Mapped[date]
    holder_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="RESTRICT"))
    supervision_requested_on: Mapped[date | None]
    supervision_question: Mapped[str | None]
    closed_on: Mapped[date | None]
    closure_reason: Mapped[str | None] = mapped_column(String(2), comment="REFERRAL CLOSURE REASON")
    closure_note: Mapped[str | None]


class Referral(Base):
    """The referral an episode answers."""

    __tablename__ = "referral"
    __table_args__ = (Index("ix_referral_episode_id", "episode_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    episode_id: Mapped[int] = mapped_column(ForeignKey("episode.id", ondelete="RESTRICT"))
    received_on: Mapped[date]
    source: Mapped[str] = mapped_column(String(2), comment="SOURCE OF REFERRAL FOR MENTAL HEALTH SERVICES")
    reason: Mapped[str] = mapped_column(String(2), comment="PRIMARY REASON FOR REFERRAL (MENTAL HEALTH)")
    referrer: Mapped[str | None] = mapped_column(comment="Who referred, by name")
    note: Mapped[str | None]


class StepMove(Versioned):
    """One move between steps of care; the row with no step before it is the start."""

    __tablename__ = "step_move"
    __table_args__ = (Index("ix_step_move_episode_id", "episode_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    episode_id: Mapped[int] = mapped_column(ForeignKey("episode.id", ondelete="RESTRICT"))
    moved_on: Mapped[date]
    from_step: Mapped[int | None]
    to_step: Mapped[int]
    direction: Mapped[str] = mapped_column(String(5))
    reason: Mapped[str]
    agreed_with_patient: Mapped[bool]
    gp_informed_on: Mapped[date | None]
    moved_by: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="RESTRICT"))


class Contact(Versioned):
    """A booked or held contact. Never deleted: mistakes are voided with a reason."""

    __tablename__ = "contact"
    __table_args__ = (
        CheckConstraint("attendance is null or attendance in ('5','6','7','2','3','4')", name="attendance"),
        CheckConstraint("minutes is null or minutes between 1 and 600", name="minutes"),
        Index("ix_contact_episode_id_on_date", "episode_id", "on_date"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    episode_id: Mapped[int] = mapped_column(ForeignKey("episode.id", ondelete="RESTRICT"))
    on_date: Mapped[date] = mapped_column(comment="Day the contact was booked for")
    at_time: Mapped[time | None] = mapped_column(comment="Start of the slot")
    minutes: Mapped[int | None] = mapped_column(comment="Length, booked or held")
    attendance: Mapped[str | None] = mapped_column(
        String(1), comment="ATTENDED OR DID NOT ATTEND; null until the outcome is recorded"
    )
    mechanism: Mapped[str] = mapped_column(String(2), comment="CONSULTATION MECHANISM (MENTAL HEALTH)")
    practitioner_id: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="RESTRICT"))
    note: Mapped[str]
    cancelled_on: Mapped[date | None] = mapped_column(comment="Day a cancellation was made")
    voided_reason: Mapped[str | None] = mapped_column(comment="Set when entered in error")
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)


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


class Attempt(Base):
    """One try to reach the patient: append-only."""

    __tablename__ = "attempt"
    __table_args__ = (Index("ix_attempt_ladder_id", "ladder_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ladder_id: Mapped[int] = mapped_column(ForeignKey("ladder.id", ondelete="RESTRICT"))
    rung: Mapped[int]
    on_date: Mapped[date]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    channel: Mapped[str] = mapped_column(String(12))
    outcome: Mapped[str] = mapped_column(String(12))
    note: Mapped[str]
    made_by: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="RESTRICT"))
