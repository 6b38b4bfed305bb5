"""The way back from what was recorded a moment ago where there is a clean one, and else why there is none.

It is the way anybody could take by hand: the entry is marked as made in error, with the reason, and stays in
the story. What a search, a missed appointment, a safety conversation or a signature rests on has none.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from collabcare.domain.codes import AttendanceStatus
from collabcare.domain.ids import ContactId
from collabcare.services.contact_corrections import VoidContact, void_contact
from collabcare.services.contacts import BookContact, RecordContact
from collabcare.services.episodes import MoveStep
from collabcare.services.measures import RecordMeasure, RecordSafetyConversation
from collabcare.services.moving import MoveAppointment
from collabcare.services.notes import VoidNote, WriteNote, void_note
from collabcare.services.searches import LogAttempt, PutOff, RecordReply
from collabcare.services.supervision import RequestSupervision, WithdrawRequest, withdraw_request

if TYPE_CHECKING:
    from collections.abc import Callable

    from collabcare.domain.changes import Changes
    from collabcare.domain.facts import EpisodeFacts
    from collabcare.services.desk import Desk

REASON = "Undone at once."
NOTHING = "Nothing to undo here. The help on correcting says what can be done."
_BY_HAND = "Use “Contact, note or milestone entered in error…” in the Patient menu."

_IN_A_SEARCH = "What was done in a search stays in the record. Log what is right as well."
_MORE = f"More hangs on this than a key can undo. {_BY_HAND}"
_WHY_NOT: dict[type, str] = {
    RecordContact: _MORE,
    BookContact: _MORE,
    MoveAppointment: "No key moves an appointment back. Move it again to the time it had.",
    RecordMeasure: "No key takes a score back. Turn the scores into a table and choose “Correct…” beside it.",
    MoveStep: "No key undoes a move between steps. Move them again, with the reason.",
    LogAttempt: _IN_A_SEARCH,
    RecordReply: _IN_A_SEARCH,
    PutOff: _IN_A_SEARCH,
    RecordSafetyConversation: "No key undoes a safety conversation. The page Safety can put it right.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class WayBack:
    """How to take the last act back: ``run`` does it and ``said`` says so, or ``why_not`` says what to do."""

    run: Callable[[EpisodeFacts], Callable[[], Changes]] | None = None
    said: str = ""
    why_not: str = NOTHING


def way_back(command: object, made: int | None, before: EpisodeFacts, desk: Desk) -> WayBack:
    """Return the way back from ``command``, which made the record ``made`` when it stood as ``before``."""
    if isinstance(command, WriteNote) and made is not None:
        void = VoidNote(note_id=made, seen=1, reason=REASON)
        run = partial(void_note, void, desk.uow)
        return WayBack(run=lambda _facts: run, said="The note is taken back. It stays in the story, marked.")
    if isinstance(command, RequestSupervision) and before.supervision_requested_on is None:
        withdraw = WithdrawRequest(episode_id=before.episode_id, reason=REASON)
        run = partial(withdraw_request, withdraw, desk.uow)
        return WayBack(run=lambda _facts: run, said="The question is off the agenda again.")
    if made is not None and isinstance(command, BookContact | RecordContact) and _is_clean(command, before):
        never_was = isinstance(command, BookContact) or command.contact_id is None
        taken = "The booking is" if isinstance(command, BookContact) else "The contact is"
        return WayBack(
            run=partial(_void, ContactId(made), desk, never_was=never_was),
            said=f"{taken} taken back. It stays in the story, marked.",
        )
    return WayBack(why_not=_why_not(command))


def _is_clean(command: BookContact | RecordContact, before: EpisodeFacts) -> bool:
    """Return whether nothing else hangs on it: no search, no review, no other booking, no miss."""
    if before.open_ladder is not None or any(each.ended_on is None for each in before.closing_reviews):
        return False
    if isinstance(command, BookContact):
        return command.follow_up is None
    return command.status.attended and command.next_booking is None and not command.discuss


def _void(
    contact_id: ContactId, desk: Desk, facts: EpisodeFacts, *, never_was: bool
) -> Callable[[], Changes]:
    """Return what marks the contact as it stands now."""
    seen = next((each.row_version for each in facts.contacts if each.id == contact_id), 1)
    void = VoidContact(contact_id=contact_id, seen=seen, reason=REASON, never_was=never_was)
    return partial(void_contact, void, desk.uow, desk.rulebook.pathway)


def _why_not(command: object) -> str:
    """Say in one sentence that a key does not undo it, and what to do instead."""
    if isinstance(command, RecordContact) and command.status is AttendanceStatus.DID_NOT_ATTEND:
        return f"No key undoes a missed appointment. {_BY_HAND}"
    return next((words for kind, words in _WHY_NOT.items() if isinstance(command, kind)), NOTHING)
