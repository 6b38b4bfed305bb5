"""What a patient not seen since they missed an appointment said of going on with care, in their words.

A word from them is not yet a wish to end care: the search for them ended with what they want, said by them
(or, of where they are, by somebody named at the GP practice) and written down. What they did later, such as
coming too late or asking for another time, says something else, and then it no longer stands.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from collabcare.domain.attendance import Side
from collabcare.domain.codes import AttendanceStatus
from collabcare.domain.missed_run import missed_and_not_seen, missed_run
from collabcare.domain.reengagement import AttemptOutcome, Channel
from collabcare.domain.search_ends import REACHED, SEARCH_END_WORDS, SearchEnd
from collabcare.domain.typed_text import says_something

if TYPE_CHECKING:
    from collections.abc import Iterator

    from collabcare.domain.facts import AttemptFact, EpisodeFacts, LadderFact

_ENDS = {SEARCH_END_WORDS[end]: end for end in (SearchEnd.DECLINES, SearchEnd.MOVED)}
_WITH_WORD = frozenset(SEARCH_END_WORDS.values()) | {REACHED}
"""What ends a search with word from the patient, or of where they are."""


class Said(NamedTuple):
    """What was said of ending care: on which day, that they do not want it or have moved, and by whom."""

    on: date
    end: SearchEnd
    by_patient: bool


def what_they_said(facts: EpisodeFacts, *, today: date) -> Said | None:
    """Return what was said of ending care since the last miss, None where nothing that stands was."""
    run = missed_run(facts, today=today)
    end = _ENDS.get(run.ladder.closed_because or "") if run.ladder is not None else None
    if end is None or run.last is None or run.ladder is None:
        return None
    for attempt in reversed(run.ladder.attempts):
        by_patient = attempt.outcome.reached
        told = by_patient or (end is SearchEnd.MOVED and _by_practice(attempt))
        if told and attempt.on >= run.last.on and says_something(attempt.note):
            otherwise = any(on > attempt.on for on in _otherwise(facts))
            return None if otherwise else Said(attempt.on, end, by_patient)
    return None


def search_to_answer(facts: EpisodeFacts) -> LadderFact | None:
    """Return the search that word from the patient belongs to.

    It is the open one; or the last, ended with an earlier word, while they have not been seen since: what
    they want may have changed.
    """
    if facts.open_ladder is not None or missed_and_not_seen(facts, today=date.max) is None:
        return facts.open_ladder
    ladder = missed_run(facts, today=date.max).ladder
    return ladder if ladder is not None and ladder.closed_because in _WITH_WORD else None


def _by_practice(attempt: AttemptFact) -> bool:
    told = attempt.channel is Channel.GP_PRACTICE and attempt.outcome is AttemptOutcome.THIRD_PARTY
    return told and bool(attempt.spoke_to.strip())


def _otherwise(facts: EpisodeFacts) -> Iterator[date]:
    """Yield the days on which they came too late to be seen or asked for another time."""
    for contact in facts.contacts:
        if contact.status is AttendanceStatus.ARRIVED_LATE_NOT_SEEN:
            yield contact.on
    for move in facts.moves:
        if move.asked_by is Side.PATIENT:
            yield move.moved_on
