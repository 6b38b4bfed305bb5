"""Patients and their episodes of care: referral, steps and contacts."""

from __future__ import annotations

from datetime import date, datetime, time

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from collabcare.domain.accommodation import SettledAccommodation
from collabcare.domain.attendance import CancellationReason, Side
from collabcare.domain.closure import LocalStep, TherapyEnding
from collabcare.domain.codes import AppointmentType, RejectionReason, ResponsePriority
from collabcare.domain.demographics import (
    Employment,
    EthnicCategory,
    GenderIdentity,
    InterpreterAtContact,
    SameAsBirth,
    SexualOrientation,
)
from collabcare.domain.missed_because import MissedBecause
from collabcare.store.models.base import Base, Codes, UtcDateTime, Versioned, Words, one_of

_MOVED = text("moved_on is not null")


class Patient(Versioned):
    """A person on the caseload, now or once. Never deleted."""

    __tablename__ = "patient"
    __table_args__ = (
        CheckConstraint("nhs_number is null or length(nhs_number) = 10", name="nhs_number_length"),
        CheckConstraint(one_of("ethnic_category", EthnicCategory), name="ethnic_category"),
        CheckConstraint(one_of("gender_identity", GenderIdentity), name="gender_identity"),
        CheckConstraint(one_of("gender_same_as_birth", SameAsBirth), name="gender_same_as_birth"),
        CheckConstraint(one_of("sexual_orientation", SexualOrientation), name="sexual_orientation"),
        CheckConstraint(one_of("employment", Employment), name="employment"),
        CheckConstraint(one_of("settled_accommodation", SettledAccommodation), name="settled_accommodation"),
        CheckConstraint("length(accommodation) = 4", name="accommodation_length"),
        CheckConstraint("length(language) = 2", name="language_length"),
        CheckConstraint("length(interpreter_language) = 2", name="interpreter_language_length"),
        CheckConstraint("information_formats <> ''", name="information_formats"),
        CheckConstraint("communication_methods <> ''", name="communication_methods"),
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
    death_told_by: Mapped[str | None] = mapped_column(comment="Who told us of the death: name or role")
    gender: Mapped[str] = mapped_column(String(1), comment="PERSON STATED GENDER CODE")
    address: Mapped[str] = mapped_column(comment="One line of the address to a line")
    postcode: Mapped[str | None] = mapped_column(String(8))
    telephone: Mapped[str | None]
    contact_note: Mapped[str | None] = mapped_column(comment="What to know before ringing")
    gp_practice_id: Mapped[int] = mapped_column(ForeignKey("gp_practice.id", ondelete="RESTRICT"))
    gp_name: Mapped[str | None]
    # Below, null means that nobody has asked, which is never a yes and never "not stated".
    telephone_safe: Mapped[bool | None] = mapped_column(comment="May we ring?")
    voicemail_safe: Mapped[bool | None] = mapped_column(comment="May we leave a voicemail?")
    text_safe: Mapped[bool | None] = mapped_column(comment="May we send a text message?")
    email_safe: Mapped[bool | None] = mapped_column(comment="May we send an email?")
    letters_safe: Mapped[bool | None] = mapped_column(comment="May we write to the address?")
    nominated_contact: Mapped[str | None] = mapped_column(comment="Who else may be rung, and how")
    nominated_contact_consent: Mapped[bool | None] = mapped_column(comment="Whether the patient agreed to it")
    interpreter_language: Mapped[str | None] = mapped_column(String(2), comment="LANGUAGE CODE, if needed")
    information_formats: Mapped[tuple[str, ...] | None] = mapped_column(
        Codes, comment="Accessible Information Standard: as many as they need; null is not asked"
    )
    communication_methods: Mapped[tuple[str, ...] | None] = mapped_column(
        Codes, comment="Accessible Information Standard: as many as they need; null is not asked"
    )
    needs_reviewed_on: Mapped[date | None] = mapped_column(comment="Day the two above were last asked")
    accommodation: Mapped[str | None] = mapped_column(String(4), comment="ACCOMMODATION TYPE")
    settled_accommodation: Mapped[str | None] = mapped_column(
        String(1), comment="SETTLED ACCOMMODATION INDICATOR"
    )
    employment: Mapped[str | None] = mapped_column(String(2), comment="EMPLOYMENT STATUS")
    ethnic_category: Mapped[str | None] = mapped_column(
        String(2), comment="ETHNIC CATEGORY; Z was asked and not stated, 99 not known"
    )
    gender_identity: Mapped[str | None] = mapped_column(String(1), comment="GENDER IDENTITY CODE")
    gender_same_as_birth: Mapped[str | None] = mapped_column(
        String(1), comment="GENDER IDENTITY SAME AT BIRTH INDICATOR"
    )
    sexual_orientation: Mapped[str | None] = mapped_column(
        String(1), comment="PERSON STATED SEXUAL ORIENTATION"
    )
    disability: Mapped[tuple[str, ...] | None] = mapped_column(
        Codes, comment="DISABILITY CODE, as many as the patient names; NN is none"
    )
    language: Mapped[str | None] = mapped_column(String(2), comment="LANGUAGE CODE (PREFERRED)")
    hold_reason: Mapped[str | None] = mapped_column(
        comment="Why the record must be kept whatever the date: a legal hold or an inquiry"
    )
    other_telephone: Mapped[str | None]
    email: Mapped[str | None]
    pronouns: Mapped[str | None]
    allergies: Mapped[str | None] = mapped_column(comment='As reported; null is never "none"')
    safe_times: Mapped[str | None] = mapped_column(comment="When it is safe to ring")
    interpreter_dialect: Mapped[str | None]
    interpreter_gender: Mapped[str | None] = mapped_column(String(12))
    communication_professional: Mapped[str | None] = mapped_column(comment="Such as a BSL interpreter")
    carer_support: Mapped[str | None] = mapped_column(comment="Support for a carer to communicate")
    preferred_way: Mapped[str | None] = mapped_column(
        String(8), comment="How they would rather be reached: call, text, email or letter"
    )


class Episode(Versioned):
    """One spell of care, from referral to closure."""

    __tablename__ = "episode"
    __table_args__ = (
        CheckConstraint(
            "phase in ('referred','allocated','assessing','active','maintenance','paused','closed')",
            name="phase",
        ),
        CheckConstraint("(phase = 'closed') = (closed_on is not null)", name="closed_has_date"),
        CheckConstraint(one_of("tt_discharge_reason", TherapyEnding), name="tt_discharge_reason"),
        CheckConstraint(one_of("rejection_reason", RejectionReason), name="rejection_reason"),
        CheckConstraint(one_of("onward_step", LocalStep), name="onward_step"),
        CheckConstraint("previous_episode_id <> id", name="previous_is_another"),
        CheckConstraint("follow_up_weeks in (0,1,2,3,4,6,8)", name="follow_up_weeks"),
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
    previous_episode_id: Mapped[int | None] = mapped_column(
        ForeignKey("episode.id", ondelete="RESTRICT"), comment="The spell of care this one takes up again"
    )
    tt_discharge_reason: Mapped[str | None] = mapped_column(
        String(2), comment="How NHS Talking Therapies codes the ending, for comparison only"
    )
    rejection_reason: Mapped[str | None] = mapped_column(
        String(2), comment="REFERRAL REJECTION REASON: 01 duplicate, 02 inappropriate, 03 incomplete"
    )
    onward_step: Mapped[str | None] = mapped_column(String(9), comment="Which way care goes on after closure")
    onward_to: Mapped[str | None] = mapped_column(comment="Where to, or what was suggested instead")
    allocated_on: Mapped[date | None] = mapped_column(comment="Day somebody first held the patient")
    follow_up_weeks: Mapped[int | None] = mapped_column(
        comment="Weeks between contacts as agreed; 0 is as needed, null the service model's plan"
    )


class Referral(Base):
    """The referral an episode answers."""

    __tablename__ = "referral"
    __table_args__ = (
        CheckConstraint(one_of("response_priority", ResponsePriority), name="response_priority"),
        Index("ix_referral_episode_id", "episode_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    episode_id: Mapped[int] = mapped_column(ForeignKey("episode.id", ondelete="RESTRICT"))
    received_on: Mapped[date]
    source: Mapped[str] = mapped_column(String(2), comment="SOURCE OF REFERRAL FOR MENTAL HEALTH SERVICES")
    reason: Mapped[str] = mapped_column(String(2), comment="PRIMARY REASON FOR REFERRAL (MENTAL HEALTH)")
    referrer: Mapped[str | None] = mapped_column(comment="Who referred, by name")
    note: Mapped[str | None]
    received_at: Mapped[datetime | None] = mapped_column(
        UtcDateTime, comment="The instant, where a clock runs in hours"
    )
    response_priority: Mapped[str | None] = mapped_column(
        String(1), comment="CLINICAL RESPONSE PRIORITY TYPE: how soon we are asked to act"
    )


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
    """A booked or held contact. Never deleted: mistakes are voided with a reason.

    One that was moved to another time keeps its own day and has no outcome; the contact it became names it.
    """

    __tablename__ = "contact"
    __table_args__ = (
        CheckConstraint("attendance is null or attendance in ('5','6','7','2','3','4')", name="attendance"),
        CheckConstraint("minutes is null or minutes between 1 and 600", name="minutes"),
        CheckConstraint(one_of("appointment_type", AppointmentType), name="appointment_type"),
        CheckConstraint(one_of("interpreter", InterpreterAtContact), name="interpreter"),
        CheckConstraint(one_of("cancellation_reason", CancellationReason), name="cancellation_reason"),
        CheckConstraint(one_of("moved_asked_by", Side), name="moved_asked_by"),
        CheckConstraint("(moved_on is null) = (moved_asked_by is null)", name="moved_by_somebody"),
        CheckConstraint("moved_on is null or attendance is null", name="moved_has_no_outcome"),
        CheckConstraint("moved_from_id <> id", name="moved_from_another"),
        CheckConstraint(one_of("missed_because", MissedBecause), name="missed_because"),
        Index("ix_contact_episode_id_on_date", "episode_id", "on_date"),
        Index("ix_contact_moved", "episode_id", sqlite_where=_MOVED, postgresql_where=_MOVED),
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
    appointment_type: Mapped[str | None] = mapped_column(
        String(2), comment="APPOINTMENT TYPE of NHS Talking Therapies; 02, 03 and 05 are treatment"
    )
    in_group: Mapped[bool] = mapped_column(default=False, comment="Held with other patients")
    joint: Mapped[bool] = mapped_column(default=False, comment="Held with the practice nurse or GP")
    was_not_brought: Mapped[bool] = mapped_column(
        default=False, comment="Did not attend because whoever they rely on did not bring them"
    )
    interpreter: Mapped[str | None] = mapped_column(
        String(1), comment="INTERPRETER PRESENT AT CARE CONTACT; 5 was booked and did not come"
    )
    contacted_after: Mapped[bool] = mapped_column(
        default=False, comment="Rang or wrote only after the slot had passed"
    )
    cancellation_reason: Mapped[str | None] = mapped_column(String(2), comment="01 clinical, 02 non-clinical")
    interpreter_booked: Mapped[bool | None] = mapped_column(comment="Null: nobody has noted it")
    place: Mapped[Words]
    voided_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="RESTRICT"))
    voided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    moved_on: Mapped[date | None] = mapped_column(comment="Day on which it was moved to another time")
    moved_asked_by: Mapped[str | None] = mapped_column(String(8), comment="Who asked for the other time")
    moved_from_id: Mapped[int | None] = mapped_column(
        ForeignKey("contact.id", ondelete="RESTRICT"), unique=True, comment="The contact this one was before"
    )
    missed_because: Mapped[str | None] = mapped_column(
        String(20), comment="Why they did not come, as far as it was known at once; null: nothing noted"
    )
    missed_because_words: Mapped[str | None]


class Note(Versioned):
    """Something written down on a day, outside any contact. Never deleted: mistakes are voided."""

    __tablename__ = "note"
    __table_args__ = (Index("ix_note_episode_id", "episode_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    episode_id: Mapped[int] = mapped_column(ForeignKey("episode.id", ondelete="RESTRICT"))
    on_date: Mapped[date] = mapped_column(comment="Day it is about")
    text: Mapped[str]
    written_by: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="RESTRICT"))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    voided_reason: Mapped[str | None] = mapped_column(comment="Set when entered in error")
    voided_by: Mapped[int | None] = mapped_column(ForeignKey("user_account.id", ondelete="RESTRICT"))
    voided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
