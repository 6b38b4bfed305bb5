"""An interpreter for an appointment that is booked already."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from collabcare.domain.acting import Permission
from collabcare.domain.changes import Changes, Kind
from collabcare.domain.errors import RuleViolation
from collabcare.services.in_care import open_episode
from collabcare.services.which_contact import refuse_moved
from collabcare.store.models import Contact

if TYPE_CHECKING:
    from collabcare.domain.ids import ContactId, EpisodeId
    from collabcare.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteInterpreter:
    """Whether an interpreter is booked for an appointment to come."""

    episode_id: EpisodeId
    contact_id: ContactId
    booked: bool


def note_interpreter(command: NoteInterpreter, uow: UnitOfWork) -> Changes:
    """Note that an interpreter is booked for an appointment, or is no longer.

    Raises:
        RuleViolation: When the appointment's outcome is recorded already, or that is noted already.
    """
    with uow.begin(Permission.RECORD_CONTACT, "Note interpreter") as work:
        episode = open_episode(work, command.episode_id)
        contact = work.get(Contact, command.contact_id)
        if contact.episode_id != episode.id or contact.attendance is not None:
            raise RuleViolation("The outcome of that appointment is recorded already.")
        refuse_moved(contact)
        if contact.interpreter_booked is command.booked:
            raise RuleViolation("That is noted already.")
        contact.interpreter_booked = command.booked
        work.touched(
            Kind.CONTACT, subject_id=contact.id, patient_id=episode.patient_id, episode_id=episode.id
        )
    return work.changes
