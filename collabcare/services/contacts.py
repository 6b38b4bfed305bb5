"""Booking contacts, recording how they ended, and reaching patients who did not attend."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from collabcare.domain.acting import Permission
from collabcare.domain.changes import Changes, Kind
from collabcare.domain.codes import ATTENDED, CANCELLED, AttendanceStatus, ConsultationMechanism
from collabcare.domain.episode import WAITING, Phase
from collabcare.domain.errors import RuleViolation
from collabcare.domain.reengagement import consecutive_missed, first_rung, refuse_attempt
from collabcare.domain.typed_text import typed_block
from collabcare.services.episodes import open_episode, received_on
from collabcare.store.models import Attempt, Contact, Episode, Ladder, Patient

if TYPE_CHECKING:
    from sqlalchemy import Select

    from collabcare.domain.ids import ContactId, EpisodeId, LadderId
    from collabcare.domain.pathway import Pathway
    from collabcare.domain.reengagement import AttemptOutcome, Channel
    from collabcare.store.unit_of_work import UnitOfWork, Work

LONGEST_NOTE = 20_000
_LONGEST_MINUTES = 600
_FARTHEST_BOOKING = timedelta(days=730)
_DNA = AttendanceStatus.DID_NOT_ATTEND


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """A contact to come: the day, the start if it is known, how, and for how many minutes."""

    on: date
    at: time | None = None
    mechanism: ConsultationMechanism = ConsultationMechanism.TELEPHONE
    minutes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordContact:
    """What the contact form asks for.

    ``contact_id`` names the booking whose outcome this is; None records a contact that was not booked.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class BookContact:
    """A contact to book."""

    episode_id: EpisodeId
    booking: Booking


@dataclass(frozen=True, slots=True, kw_only=True)
class LogAttempt:
    """One try to reach a patient who did not attend; speaking to them closes the ladder."""

    episode_id: EpisodeId
    ladder_id: LadderId
    rung: int
    channel: Channel
    outcome: AttemptOutcome
    note: str = ""
    next_booking: Booking | None = None


def record_contact(command: RecordContact, uow: UnitOfWork, pathway: Pathway) -> Changes:
    """Record how a contact ended; a DNA opens the re-engagement ladder in the same transaction.

    Raises:
        RuleViolation: When the day, the length or the note cannot be, or the outcome is recorded already.
    """
    with uow.begin(Permission.RECORD_CONTACT, "Record contact") as work:
        episode = open_episode(work, command.episode_id)
        _check(command, episode, work)
        contact = _contact(command, work)
        work.session.flush()
        if command.status in ATTENDED:
            _seen(work, episode, contact)
        elif command.status is _DNA:
            _open_ladder(work, episode, contact, pathway)
        if command.next_booking is not None:
            _book(work, episode, command.next_booking)
        _touch(work, Kind.CONTACT, episode, contact.id)
    return work.changes


def book_contact(command: BookContact, uow: UnitOfWork) -> Changes:
    """Book a contact for today or later."""
    with uow.begin(Permission.RECORD_CONTACT, "Book contact") as work:
        episode = open_episode(work, command.episode_id)
        work.made = _book(work, episode, command.booking).id
        _touch(work, Kind.CONTACT, episode, work.made)
    return work.changes


def log_attempt(command: LogAttempt, uow: UnitOfWork) -> Changes:
    """Record one try to reach the patient; only reaching them closes the ladder.

    Raises:
        RuleViolation: When the ladder is closed already or belongs to another patient, or the outcome cannot
            come of the channel.
    """
    with uow.begin(Permission.LOG_ATTEMPT, "Log attempt to reach") as work:
        episode = open_episode(work, command.episode_id)
        ladder = work.get(Ladder, command.ladder_id)
        if ladder.episode_id != episode.id or ladder.closed_on is not None:
            raise RuleViolation("The patient has been reached already, so there is no attempt to log.")
        refuse_attempt(command.channel, command.outcome)
        attempt = work.add(
            Attempt(
                ladder_id=ladder.id,
                rung=command.rung,
                on_date=work.today,
                at=work.at,
                channel=command.channel,
                outcome=command.outcome,
                note=typed_block(command.note, "The note", LONGEST_NOTE),
                made_by=work.acting.user_id,
            )
        )
        if command.outcome.reached:
            _close_ladder(ladder, work.today, "Reached")
        if command.next_booking is not None:
            _book(work, episode, command.next_booking)
        _touch(work, Kind.ATTEMPT, episode, attempt.id)
    return work.changes


def _check(command: RecordContact, episode: Episode, work: Work) -> None:
    if command.on > work.today and command.status not in CANCELLED:
        raise RuleViolation("A contact in the future has no outcome yet. Book it, or check the date.")
    patient = work.get(Patient, episode.patient_id)
    if command.on < patient.birth_date:
        raise RuleViolation("The contact is dated before the patient was born.")
    if command.on < received_on(work, episode):
        raise RuleViolation("The contact is dated before the referral was received. Check the date.")
    _check_minutes(command.minutes)
    if command.status in ATTENDED and command.minutes is None:
        raise RuleViolation("Type how many minutes the contact took.")


def _check_minutes(minutes: int | None) -> None:
    if minutes is not None and not 1 <= minutes <= _LONGEST_MINUTES:
        raise RuleViolation(f"Minutes run 1 to {_LONGEST_MINUTES}, or leave them blank.")


def _contact(command: RecordContact, work: Work) -> Contact:
    if command.contact_id is None:
        contact = Contact(episode_id=command.episode_id)
        work.session.add(contact)
    else:
        contact = work.get(Contact, command.contact_id)
        if contact.episode_id != command.episode_id or contact.attendance is not None:
            raise RuleViolation("The outcome of that appointment is recorded already.")
    contact.on_date = command.on
    contact.at_time = command.at
    contact.minutes = command.minutes
    contact.attendance = command.status
    contact.mechanism = command.mechanism
    contact.practitioner_id = work.acting.user_id
    contact.note = typed_block(command.note, "The note", LONGEST_NOTE)
    contact.cancelled_on = min(work.today, command.on) if command.status in CANCELLED else None
    contact.recorded_at = work.at
    return contact


def _seen(work: Work, episode: Episode, seen: Contact) -> None:
    """Move a waiting episode to active and close any search for the patient that this contact ends."""
    if Phase(episode.phase) in WAITING:
        episode.phase, episode.phase_since = Phase.ACTIVE, seen.on_date
    for ladder, missed in work.session.execute(
        select(Ladder, Contact)
        .join(Contact, Contact.id == Ladder.contact_id)
        .where(Ladder.episode_id == episode.id, Ladder.closed_on.is_(None))
    ):
        if not _before(seen, missed):
            _close_ladder(ladder, seen.on_date, "Attended")


def _before(one: Contact, other: Contact) -> bool:
    """Return whether ``one`` was certainly before ``other``; on one day only their times can tell."""
    if one.on_date != other.on_date or one.at_time is None or other.at_time is None:
        return one.on_date < other.on_date
    return one.at_time < other.at_time


def _open_ladder(work: Work, episode: Episode, missed: Contact, pathway: Pathway) -> None:
    """Open a search, unless the patient has been seen since the missed day; a second miss starts higher.

    A miss typed in late does not start a search of its own when a later one did: it is counted in that.
    """
    held = list(work.session.scalars(_outcomes(episode)))
    if any(c.attendance in ATTENDED for c in held[held.index(missed) + 1 :]):
        return
    consecutive = consecutive_missed([AttendanceStatus(c.attendance) for c in held if c.attendance])
    searches = work.session.execute(
        select(Ladder, Contact.on_date)
        .join(Contact, Contact.id == Ladder.contact_id)
        .where(Ladder.episode_id == episode.id)
    ).all()
    still_open = [ladder for ladder, _on in searches if ladder.closed_on is None]
    if any(on > missed.on_date for _ladder, on in searches):
        for ladder in still_open:
            ladder.consecutive = consecutive
        return
    for ladder in still_open:
        _close_ladder(ladder, missed.on_date, "Did not attend again")
    work.session.add(
        Ladder(
            episode_id=episode.id,
            contact_id=missed.id,
            first_rung=first_rung(pathway.ladder, consecutive),
            consecutive=consecutive,
            opened_on=work.today,
        )
    )


def _outcomes(episode: Episode) -> Select[Contact]:
    """Select the contacts whose outcome is known, in order of time."""
    return (
        select(Contact)
        .where(
            Contact.episode_id == episode.id, Contact.voided_reason.is_(None), Contact.attendance.is_not(None)
        )
        .order_by(Contact.on_date, Contact.at_time, Contact.id)
    )


def _close_ladder(ladder: Ladder, on: date, because: str) -> None:
    ladder.closed_on, ladder.closed_because = on, because


def _book(work: Work, episode: Episode, booking: Booking) -> Contact:
    if not work.today <= booking.on <= work.today + _FARTHEST_BOOKING:
        raise RuleViolation("Book the next contact for today or later, within two years.")
    _check_minutes(booking.minutes)
    return work.add(
        Contact(
            episode_id=episode.id,
            on_date=booking.on,
            at_time=booking.at,
            minutes=booking.minutes,
            mechanism=booking.mechanism,
            practitioner_id=episode.holder_id or work.acting.user_id,
            note="",
            recorded_at=work.at,
        )
    )


def _touch(work: Work, kind: Kind, episode: Episode, subject_id: int | None) -> None:
    work.touched(kind, subject_id=subject_id, patient_id=episode.patient_id, episode_id=episode.id)
