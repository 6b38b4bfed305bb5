"""Moving a booked appointment to another time: one act, with the old time kept and who asked for another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from collabcare.domain.acting import Permission
from collabcare.domain.changes import Changes, Kind
from collabcare.domain.errors import RuleViolation
from collabcare.domain.ids import EpisodeId
from collabcare.domain.moving import Slot, refuse_moving
from collabcare.domain.typed_text import typed_block
from collabcare.services.contacts import Booking, book
from collabcare.services.in_care import open_episode
from collabcare.services.once_missed import refuse_moving_missed
from collabcare.services.open_facts import open_facts, touch
from collabcare.services.open_searches import call_off_review
from collabcare.services.which_contact import refuse_moved
from collabcare.store.models import Contact

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.attendance import Side
    from collabcare.domain.ids import ContactId
    from collabcare.store.unit_of_work import UnitOfWork, Work

LONGEST_NOTE = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveAppointment:
    """A booking and the time it is moved to; ``seen`` is its ``row_version`` as it was shown.

    ``asked_by`` is who asked for another time, on the day ``asked_on``.
    """

    contact_id: ContactId
    seen: int
    asked_by: Side
    asked_on: date
    booking: Booking
    note: str = ""


def move_appointment(command: MoveAppointment, uow: UnitOfWork) -> Changes:
    """Move a booking; the old time stays in the record without an outcome, since nothing was cancelled.

    Whoever was to hold it still is. When the patient asked, it is word from them: a review of not attending
    is called off, as by any other word.

    Raises:
        RuleViolation: When it has an outcome, was moved already, has begun, or its time cannot be.
        StaleRecord: When somebody else changed it meanwhile.
    """
    with uow.begin(Permission.RECORD_CONTACT, "Move appointment") as work:
        old = work.get(Contact, command.contact_id, seen=command.seen)
        episode = open_episode(work, EpisodeId(old.episode_id))
        if old.attendance is not None:
            raise RuleViolation("The outcome of that appointment is recorded already, so it cannot be moved.")
        if old.voided_reason is not None:
            raise RuleViolation("That appointment was entered in error. Book another.")
        refuse_moved(old)
        refuse_moving_missed(work, old)
        booking = command.booking
        refuse_moving(
            Slot(old.on_date, old.at_time),
            Slot(booking.on, booking.at),
            command.asked_on,
            command.asked_by,
            now=work.at,
        )
        old.moved_on, old.moved_asked_by = command.asked_on, command.asked_by
        old.note = typed_block(command.note, "The note", LONGEST_NOTE)
        work.session.flush()
        new = book(work, episode, booking)
        new.practitioner_id, new.moved_from_id = old.practitioner_id, old.id
        work.session.flush()
        call_off_review(work, episode)
        facts = open_facts(work, episode.id)
        touch(work, Kind.CONTACT, facts, old.id)
        touch(work, Kind.CONTACT, facts, new.id)
        work.made = new.id
    return work.changes


def take_move_back(work: Work, booking: Contact) -> None:
    """Let an appointment stand at its old time again, where the new one was entered in error.

    One whose outcome was taken back was kept at its new time, and its old time does not come back.
    """
    if booking.moved_from_id is None or booking.attendance is not None:
        return
    old = work.get(Contact, booking.moved_from_id)
    if old.moved_on is None:
        return
    booking.moved_from_id = None
    old.moved_on = old.moved_asked_by = None
    work.session.flush()
