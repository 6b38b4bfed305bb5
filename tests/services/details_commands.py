"""The commands about the people around a patient and what an appointment needs, each carried out once."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

from collabcare.domain.carers import CarerDraft
from collabcare.domain.gp_practices import GpPracticeDetails
from collabcare.services.carers import EndCarer, SaveCarer, end_carer, save_carer
from collabcare.services.contacts import BookContact, Booking, book_contact
from collabcare.services.gp_practices import ChangeGpPractice, change_gp_practice
from collabcare.services.interpreters import NoteInterpreter, note_interpreter
from tests.builders import day

if TYPE_CHECKING:
    from collections.abc import Callable

    from collabcare.domain.acting import Role
    from collabcare.domain.changes import Changes
    from collabcare.domain.ids import EpisodeId
    from tests.record_fixtures import Practice
    from tests.services.commands import Scene

ADA = CarerDraft(
    name="Ada Obi",
    relation="sister",
    telephone="07700 900321",
    may_contact=True,
    consent_on=day(0),
    nominated=True,
)


def prepare_details(practice: Practice, well: EpisodeId) -> None:
    """Let there be a sister who may be rung, and an appointment to come."""
    patient = practice.facts(well).patient
    save_carer(SaveCarer(patient_id=patient.patient_id, draft=ADA), practice.uow())
    booking = Booking(on=day(60), at=time(9, 0))
    book_contact(BookContact(episode_id=well, booking=booking), practice.uow())


def _save_carer(at: Scene, role: Role) -> Changes:
    patient = at.practice.facts(at.episode).patient
    return save_carer(SaveCarer(patient_id=patient.patient_id, draft=ADA), at.uow(role))


def _end_carer(at: Scene, role: Role) -> Changes:
    (carer,) = at.practice.facts(at.well).carers
    return end_carer(EndCarer(carer_id=carer.id, seen=carer.row_version), at.uow(role))


def _note_interpreter(at: Scene, role: Role) -> Changes:
    contact = at.practice.facts(at.well).contacts[-1]
    command = NoteInterpreter(episode_id=at.well, contact_id=contact.id, booked=True)
    return note_interpreter(command, at.uow(role))


def _change_gp_practice(at: Scene, role: Role) -> Changes:
    details = GpPracticeDetails(name="Elm Tree Surgery", address="2 Elm Street", postcode="LS1 1AB")
    command = ChangeGpPractice(practice_id=at.practice.gp_practice_id, seen=1, details=details)
    return change_gp_practice(command, at.uow(role))


DETAILS_ROWS: dict[str, tuple[str, Callable[[Scene, Role], Changes]]] = {
    "change_gp_practice": ("PSA", _change_gp_practice),
    "end_carer": ("PSA", _end_carer),
    "note_interpreter": ("PS", _note_interpreter),
    "save_carer": ("PSA", _save_carer),
}
"""By the name of the function: who may, by the first letters of their roles, and how."""
