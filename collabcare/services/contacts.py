"""Booking contacts and recording how they ended; a contact not attended opens the search for the patient."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from collabcare.domain.acting import Permission
from collabcare.domain.attendance import refuse_cancellation, refuse_flags
from collabcare.domain.calendar import LONDON
from collabcare.domain.changes import Changes, Kind
from collabcare.domain.codes import ATTENDED, CANCELLED, AttendanceStatus, ConsultationMechanism
from collabcare.domain.contact_corrections import MISSED_AGAIN, SEEN_AGAIN
from collabcare.domain.contact_order import is_before_miss
from collabcare.domain.contact_outcome import (
    refuse_after_death,
    refuse_cancelled_later,
    refuse_interpreter_as_absence,
    refuse_wordless_tick,
    word_from_patient,
)
from collabcare.domain.episode import WAITING, Phase
from collabcare.domain.errors import RuleViolation
from collabcare.domain.in_a_row import consecutive_missed
from collabcare.domain.missed_because import MissedBecause, refuse_because
from collabcare.domain.missed_thoughts import (
    asked_words,
    note_with_answers,
    refuse_unanswered,
    with_none_yet,
)
from collabcare.domain.reengagement import first_rung
from collabcare.domain.typed_text import typed_block, typed_line
from collabcare.services.in_care import give, open_episode, received_on
from collabcare.services.open_facts import open_facts
from collabcare.services.open_searches import call_off_review, end_search
from collabcare.services.supervision import ask_to_discuss
from collabcare.services.which_contact import contact_of
from collabcare.store.models import Contact, Episode, Ladder, Patient

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from sqlalchemy import Select

    from collabcare.domain.attendance import CancellationReason
    from collabcare.domain.codes import AppointmentType
    from collabcare.domain.demographics import InterpreterAtContact
    from collabcare.domain.follow_up import FollowUp
    from collabcare.domain.ids import ContactId, EpisodeId
    from collabcare.domain.missed_thoughts import Answer, Ask
    from collabcare.domain.pathway import Pathway
    from collabcare.store.unit_of_work import UnitOfWork, Work

LONGEST_NOTE = 20_000
RECORDING = "Record contact"
"""The sentence of the audit trail by which it is known that an outcome was written up."""
_LONGEST_MINUTES = 600
_LONGEST_PLACE = _LONGEST_REASON = 200
_FARTHEST_BOOKING = timedelta(days=730)
_DNA = AttendanceStatus.DID_NOT_ATTEND


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """A contact to come: the day, its start if known, how, for how many minutes, for what and with whom.

    ``interpreter_booked`` is None where nobody noted it, which is not a yes; ``place`` is where they meet.
    """

    on: date
    at: time | None = None
    mechanism: ConsultationMechanism = ConsultationMechanism.TELEPHONE
    minutes: int | None = None
    appointment_type: AppointmentType | None = None
    group: bool = False
    joint: bool = False
    interpreter_booked: bool | None = None
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordContact:
    """What the contact form asks for.

    ``contact_id`` names the booking whose outcome this is; None records a contact that was not booked, and so
    does another day than the booking's, which then stays booked. What the contact was for and with whom is
    the booking's where it is None. ``told_at`` (aware) is when the
    patient let us know that they would not come or had not. A form that asks for the reason of a cancellation
    gives it with its day; without both the day is taken as today, or the contact's own if that has passed.
    ``thought_of`` are the answers to what a missed appointment asks; they are kept under the note. With
    ``discuss`` the case is taken to supervision, too.
    """

    episode_id: EpisodeId
    contact_id: ContactId | None = None
    on: date
    at: time | None = None
    status: AttendanceStatus
    mechanism: ConsultationMechanism
    minutes: int | None = None
    note: str = ""
    next_booking: Booking | None = None
    appointment_type: AppointmentType | None = None
    group: bool | None = None
    joint: bool | None = None
    interpreter: InterpreterAtContact | None = None
    was_not_brought: bool = False
    contacted_after: bool = False
    told_at: datetime | None = None
    cancelled_on: date | None = None
    cancellation_reason: CancellationReason | None = None
    missed_because: MissedBecause | None = None
    missed_because_words: str = ""
    thought_of: Mapping[Ask, Answer] = field(default_factory=dict)
    discuss: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BookContact:
    """A contact to book; ``follow_up`` is how often they are to be seen, None where that stays as it is."""

    episode_id: EpisodeId
    booking: Booking
    follow_up: FollowUp | None = None


def record_contact(command: RecordContact, uow: UnitOfWork, pathway: Pathway) -> Changes:
    """Record how a contact ended; a DNA opens the re-engagement ladder in the same transaction.

    Nobody is sought who has died, also when the outcome of an appointment before that is written later. The
    patient's cancellations open no search, however many: two in a row ask what would make it easier, for as
    long as they have not been seen. Word from the patient calls off a review of not attending.

    Raises:
        RuleViolation: When the day, the length, the note or the outcome cannot be, it is recorded already, or
            somebody is now sought and what is to be thought about has no answer.
    """
    with uow.begin(Permission.RECORD_CONTACT, RECORDING) as work:
        episode = open_episode(work, command.episode_id)
        _check(command, episode, work)
        contact = _contact(command, work)
        work.session.flush()
        if command.status in ATTENDED:
            _seen(work, episode, contact)
        elif command.status is _DNA and _is_sought(work, episode, contact, pathway):
            refuse_unanswered(open_facts(work, episode.id), command.thought_of)
        if command.next_booking is not None:
            book(work, episode, command.next_booking)
        if command.discuss:
            ask_to_discuss(work, episode)
        call_off_review(work, episode)
        work.made = contact.id
        _touch(work, Kind.CONTACT, episode, contact.id)
    return work.changes


def book_contact(command: BookContact, uow: UnitOfWork) -> Changes:
    """Book a contact for today or later."""
    with uow.begin(Permission.RECORD_CONTACT, "Book contact") as work:
        episode = open_episode(work, command.episode_id)
        work.made = book(work, episode, command.booking).id
        if command.follow_up is not None and command.follow_up.weeks != episode.follow_up_weeks:
            episode.follow_up_weeks = command.follow_up.weeks
            _touch(work, Kind.EPISODE, episode, episode.id)
        _touch(work, Kind.CONTACT, episode, work.made)
    return work.changes


def book(work: Work, episode: Episode, booking: Booking) -> Contact:
    """Book a contact inside a transaction.

    Raises:
        RuleViolation: When its day or length cannot be, or the patient has died.
    """
    if not work.today <= booking.on <= work.today + _FARTHEST_BOOKING:
        raise RuleViolation("Book the next contact for today or later, within two years.")
    _check_minutes(booking.minutes)
    refuse_after_death(None, booking.on, work.get(Patient, episode.patient_id).died_on)
    return work.add(
        Contact(
            episode_id=episode.id,
            on_date=booking.on,
            at_time=booking.at,
            minutes=booking.minutes,
            mechanism=booking.mechanism,
            appointment_type=booking.appointment_type,
            in_group=booking.group,
            joint=booking.joint,
            interpreter_booked=booking.interpreter_booked,
            place=typed_line(booking.place, "The place", _LONGEST_PLACE),
            practitioner_id=episode.holder_id or work.acting.user_id,
            note="",
            recorded_at=work.at,
        )
    )


def _check(command: RecordContact, episode: Episode, work: Work) -> None:
    if command.on > work.today and command.status not in CANCELLED:
        raise RuleViolation("A contact in the future has no outcome yet. Book it, or check the date.")
    patient = work.get(Patient, episode.patient_id)
    if command.on < patient.birth_date:
        raise RuleViolation("The contact is dated before the patient was born.")
    if command.on < received_on(work, episode):
        raise RuleViolation("The contact is dated before the referral was received. Check the date.")
    refuse_after_death(command.status, command.on, patient.died_on)
    _check_minutes(command.minutes)
    if command.status in ATTENDED and command.minutes is None:
        raise RuleViolation("Type how many minutes the contact took.")
    refuse_interpreter_as_absence(command.status, command.interpreter)
    refuse_flags(
        command.status, was_not_brought=command.was_not_brought, contacted_after=command.contacted_after
    )
    refuse_wordless_tick(contacted_after=command.contacted_after, note=command.note)
    missed = command.status is _DNA
    refuse_because(command.missed_because, command.missed_because_words if missed else "", may_say=missed)


def _check_minutes(minutes: int | None) -> None:
    if minutes is not None and not 1 <= minutes <= _LONGEST_MINUTES:
        raise RuleViolation(f"Minutes run 1 to {_LONGEST_MINUTES}, or leave them blank.")


def _contact(command: RecordContact, work: Work) -> Contact:
    note = typed_block(_note(command, work), "The note", LONGEST_NOTE)
    contact = contact_of(command, note, work)
    contact.on_date = command.on
    contact.at_time = command.at
    contact.minutes = command.minutes
    contact.attendance = command.status
    contact.mechanism = command.mechanism
    contact.practitioner_id = work.acting.user_id
    contact.note = note
    contact.cancelled_on = _cancelled_on(command, work)
    contact.cancellation_reason = command.cancellation_reason
    contact.interpreter = command.interpreter
    contact.was_not_brought = command.was_not_brought
    contact.contacted_after = command.contacted_after or _told_after(command)
    contact.recorded_at = work.at
    contact.missed_because = command.missed_because
    said = typed_line(command.missed_because_words, "The reason", _LONGEST_REASON)
    contact.missed_because_words = said if command.missed_because else None
    if command.appointment_type is not None:
        contact.appointment_type = command.appointment_type
    if command.group is not None:
        contact.in_group = command.group
    if command.joint is not None:
        contact.joint = command.joint
    return contact


def _note(command: RecordContact, work: Work) -> str:
    """Return the note, with the answers to what a missed appointment asks under it."""
    if command.status is not _DNA or not command.thought_of:
        return command.note
    facts = open_facts(work, command.episode_id)
    answers = with_none_yet(facts, command.thought_of)
    return note_with_answers(command.note, answers, asked_words(facts))


def _cancelled_on(command: RecordContact, work: Work) -> date | None:
    """Return the day of a cancellation as the form gave it, or as it must have been where it did not ask."""
    asked = command.cancelled_on is not None or command.cancellation_reason is not None
    if not asked:
        return min(work.today, command.on) if command.status in CANCELLED else None
    refuse_cancellation(command.status, command.cancelled_on, command.cancellation_reason, slot_on=command.on)
    if command.cancelled_on is not None:
        refuse_cancelled_later(command.cancelled_on, today=work.today)
    return command.cancelled_on


def _told_after(command: RecordContact) -> bool:
    slot = None if command.at is None else datetime.combine(command.on, command.at, LONDON)
    return word_from_patient(command.status, slot, command.told_at)


def _seen(work: Work, episode: Episode, seen: Contact) -> None:
    """Move a waiting episode to active and close any search for the patient that this contact ends.

    Whoever sees a patient whom nobody holds holds them, until somebody else does.
    """
    if episode.holder_id is None:
        give(episode, work.acting.user_id, seen.on_date)
    if Phase(episode.phase) in WAITING:
        episode.phase, episode.phase_since = Phase.ACTIVE, seen.on_date
    for ladder, missed in work.session.execute(
        select(Ladder, Contact)
        .join(Contact, Contact.id == Ladder.contact_id)
        .where(Ladder.episode_id == episode.id, Ladder.closed_on.is_(None))
    ):
        if not _before(seen, missed):
            end_search(ladder, seen.on_date, SEEN_AGAIN)


def _before(one: Contact, other: Contact) -> bool:
    """Return whether ``one`` was before ``other``, which was missed."""
    return is_before_miss(one.on_date, one.at_time, missed_on=other.on_date, missed_at=other.at_time)


def _is_sought(work: Work, episode: Episode, missed: Contact, pathway: Pathway) -> bool:
    """Open a search, unless the patient has died or been seen since the missed day; say whether one is open.

    A second miss starts higher. A miss typed in late does not start a search of its own when a later one did:
    it is counted in that.
    """
    if work.get(Patient, episode.patient_id).died_on is not None:
        return False
    held = list(work.session.scalars(_outcomes(episode)))
    after = [each for each in held[held.index(missed) + 1 :] if not _before(each, missed)]
    if any(each.attendance in ATTENDED for each in after):
        return False
    held.sort(key=lambda each: not _before(each, missed))
    consecutive = consecutive_missed([AttendanceStatus(c.attendance) for c in held if c.attendance])
    searches = work.session.execute(
        select(Ladder, Contact.on_date)
        .join(Contact, Contact.id == Ladder.contact_id)
        .where(Ladder.episode_id == episode.id, Contact.voided_reason.is_(None))
    ).all()
    still_open = [ladder for ladder, _on in searches if ladder.closed_on is None]
    if any(on > missed.on_date for _ladder, on in searches):
        for ladder in still_open:
            ladder.consecutive = consecutive
        return bool(still_open)
    for ladder in still_open:
        end_search(ladder, missed.on_date, MISSED_AGAIN)
    work.session.add(
        Ladder(
            episode_id=episode.id,
            contact_id=missed.id,
            first_rung=first_rung(pathway.ladder, consecutive),
            consecutive=consecutive,
            opened_on=work.today,
        )
    )
    work.session.flush()
    return True


def _outcomes(episode: Episode) -> Select[Contact]:
    """Select the contacts whose outcome is known, in order of time."""
    return (
        select(Contact)
        .where(
            Contact.episode_id == episode.id, Contact.voided_reason.is_(None), Contact.attendance.is_not(None)
        )
        .order_by(Contact.on_date, Contact.at_time, Contact.id)
    )


def _touch(work: Work, kind: Kind, episode: Episode, subject_id: int | None) -> None:
    work.touched(kind, subject_id=subject_id, patient_id=episode.patient_id, episode_id=episode.id)
