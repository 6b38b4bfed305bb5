"""What was recorded with word from or of a patient, as the rules ask for it before a search ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.attempts import note_with_safety
from collabcare.domain.search_ends import Need
from collabcare.domain.typed_text import says_something, tells_something, typed_block
from collabcare.services.contacts import LONGEST_NOTE

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.facts import EpisodeFacts
    from collabcare.services.searches import CameOfIt, LogAttempt, RecordReply


def note_of(command: LogAttempt | RecordReply) -> str:
    """Return the note as it is kept: what was said, and under it what was said about safety."""
    safety = command.came_of_it.safety if command.came_of_it else ""
    return typed_block(note_with_safety(command.note, safety), "The note", LONGEST_NOTE)


def what_is_recorded(found: CameOfIt, note: str, facts: EpisodeFacts, today: date) -> frozenset[Need]:
    """Return which of the things that an end of a search may need are there."""
    there = {
        Need.APPOINTMENT: facts.next_booked(today) is not None,
        Need.RETURN_DATE: found.return_on is not None,
        Need.SAFETY_REVIEW: says_something(note) and tells_something(found.safety),
        Need.NEW_AREA: says_something(note),
        Need.DAY_OF_DEATH: found.died_on is not None,
        Need.CORRECTED_DETAILS: found.details is not None,
    }
    return frozenset(need for need, recorded in there.items() if recorded)
