"""Noting with one press that an interpreter is booked, and taking it back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from collabcare.services.interpreters import NoteInterpreter, note_interpreter

if TYPE_CHECKING:
    from collabcare.domain.ids import ContactId, EpisodeId
    from collabcare.services.desk import Desk
    from collabcare.ui.tasks import Tasks
    from collabcare.ui.views.undoing import UndoBar

_DONE = "The interpreter is booked. It stands beside the appointment."


def note_booked(
    episode_id: EpisodeId, contact_id: ContactId, desk: Desk, tasks: Tasks, undo_bar: UndoBar
) -> None:
    """Note that the interpreter for an appointment is booked, with the way to take it back in the bar."""
    noting = partial(NoteInterpreter, episode_id=episode_id, contact_id=contact_id)
    note, take_back = (partial(note_interpreter, noting(booked=now), desk.uow) for now in (True, False))
    tasks.write(note, lambda _changes: undo_bar.offer(_DONE, partial(tasks.write, take_back)))
