"""The commands about notes and moved appointments, each with a way to carry it out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.attendance import Side
from collabcare.queries.beside_contacts import beside_contacts
from collabcare.services.contacts import BookContact, Booking, book_contact
from collabcare.services.moving import MoveAppointment, move_appointment
from collabcare.services.notes import VoidNote, WriteNote, void_note, write_note
from collabcare.services.supervision import (
    RequestSupervision,
    WithdrawRequest,
    request_supervision,
    withdraw_request,
)
from tests.builders import day

if TYPE_CHECKING:
    from collections.abc import Callable

    from collabcare.domain.acting import Role
    from collabcare.domain.changes import Changes
    from collabcare.domain.ids import EpisodeId
    from tests.record_fixtures import Practice
    from tests.services.commands import Scene


def _write_note(at: Scene, role: Role) -> Changes:
    return write_note(WriteNote(episode_id=at.episode, on=at.practice.today, text="Ring"), at.uow(role))


def prepare_notes(practice: Practice, well: EpisodeId) -> None:
    """Let a note, a booking and a question for supervision be there of the one who is well."""
    write_note(WriteNote(episode_id=well, on=practice.today, text="Wrong"), practice.uow())
    book_contact(BookContact(episode_id=well, booking=Booking(on=day(20))), practice.uow())
    request_supervision(RequestSupervision(episode_id=well, question="Why?"), practice.uow())


def _void_note(at: Scene, role: Role) -> Changes:
    with at.practice.reading() as session:
        made = beside_contacts(session, at.well).notes[-1]
    return void_note(VoidNote(note_id=made.id, seen=made.row_version, reason="Another patient"), at.uow(role))


def _withdraw_request(at: Scene, role: Role) -> Changes:
    return withdraw_request(WithdrawRequest(episode_id=at.well, reason="Settled"), at.uow(role))


def _move_appointment(at: Scene, role: Role) -> Changes:
    slot = at.practice.facts(at.well).contacts[-1]
    command = MoveAppointment(
        contact_id=slot.id,
        seen=slot.row_version,
        asked_by=Side.PATIENT,
        asked_on=at.practice.today,
        booking=Booking(on=day(21)),
    )
    return move_appointment(command, at.uow(role))


NOTE_ROWS: dict[str, tuple[str, Callable[[Scene, Role], Changes]]] = {
    "move_appointment": ("PS", _move_appointment),
    "void_note": ("PS", _void_note),
    "withdraw_request": ("PS", _withdraw_request),
    "write_note": ("PS", _write_note),
}
"""By the name of the function: who may, by the first letters of their roles, and how it is done."""
