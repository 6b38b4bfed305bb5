"""Which contact an outcome is of: the one that was booked for that day, or one that nobody had booked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from collabcare.domain.codes import AttendanceStatus
from collabcare.domain.contact_outcome import Outcome, refuse_not_begun, refuse_same_contact
from collabcare.domain.display import fmt_time
from collabcare.domain.errors import RuleViolation
from collabcare.services.once_missed import refuse_unmissing
from collabcare.store.models import Contact

if TYPE_CHECKING:
    from collabcare.services.contacts import RecordContact
    from collabcare.store.unit_of_work import Work


def refuse_moved(contact: Contact) -> None:
    """Refuse to do anything with the old time of an appointment that was moved.

    Raises:
        RuleViolation: With where to look.
    """
    if contact.moved_on is not None:
        raise RuleViolation("That appointment was moved to another time meanwhile. Look at it there.")


def contact_of(command: RecordContact, note: str, work: Work) -> Contact:
    """Return the booking whose outcome this is, or a new contact where nothing was booked for that day.

    What happened on another day than the booked one is another contact: the booking stays, with whoever is
    expected then and the reminders given of it.

    Raises:
        RuleViolation: When the outcome is recorded already, or the booking has another by now, or it is
            that they did not come to what has not begun.
    """
    refuse_not_begun(command.status, command.on, command.at, now=work.at)
    booked = None if command.contact_id is None else _booked(command, work)
    if booked is None or booked.on_date != command.on:
        _refuse_beside_booking(command, work)
        return _unbooked(command, note, work)
    refuse_not_begun(command.status, booked.on_date, booked.at_time, now=work.at)
    refuse_unmissing(work, booked, command.status)
    return booked


def _booked(command: RecordContact, work: Work) -> Contact:
    contact = work.get(Contact, command.contact_id or 0)
    if contact.episode_id != command.episode_id or contact.attendance is not None:
        raise RuleViolation("The outcome of that appointment is recorded already.")
    if contact.voided_reason is not None:
        raise RuleViolation("That appointment was entered in error. Record the contact as not booked before.")
    refuse_moved(contact)
    return contact


def _refuse_beside_booking(command: RecordContact, work: Work) -> None:
    """Refuse a miss without a time beside an appointment of that day: it would be that one, unseen.

    Raises:
        RuleViolation: With the appointment to choose.
    """
    if command.status is not AttendanceStatus.DID_NOT_ATTEND or command.at is not None:
        return
    standing = work.session.scalars(
        select(Contact).where(
            Contact.episode_id == command.episode_id,
            Contact.on_date == command.on,
            Contact.attendance.is_(None),
            Contact.voided_reason.is_(None),
            Contact.moved_on.is_(None),
        )
    ).first()
    if standing is not None:
        at = "" if standing.at_time is None else f" at {fmt_time(standing.at_time)}"
        raise RuleViolation(
            f"An appointment is booked for that day{at}. Choose it, or type the time of the one they missed."
        )


def _unbooked(command: RecordContact, note: str, work: Work) -> Contact:
    that_day = work.session.execute(
        select(Contact.at_time, Contact.attendance, Contact.note, Contact.practitioner_id).where(
            Contact.episode_id == command.episode_id,
            Contact.on_date == command.on,
            Contact.attendance.is_not(None),
            Contact.voided_reason.is_(None),
        )
    )
    refuse_same_contact(
        Outcome(command.at, command.status, note, work.acting.user_id),
        [Outcome(at, AttendanceStatus(status), said, by) for at, status, said, by in that_day if status],
    )
    contact = Contact(episode_id=command.episode_id)
    work.session.add(contact)
    return contact
