"""A miss whose outcome was taken back and replaced by "attended": until when it still counts as missed.

Putting a slip right is for whoever made it. That they came is then the word of one person about their own
record, so an ending still answers for that miss (NHS Data Dictionary, discharge after patient did not attend:
under a policy that protects vulnerable patients) until the patient was seen at another appointment, or a
supervisor who neither holds the case nor recorded the miss took it back or recorded that they came.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from collabcare.domain.another_person import begins_at, held_since, is_nobody_else
from collabcare.domain.closure import Ending
from collabcare.domain.contact_order import is_before_miss
from collabcare.domain.display import fmt_date
from collabcare.domain.errors import RuleViolation

if TYPE_CHECKING:
    from datetime import date, time

    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.ids import ContactId, UserId

_OWN_CONDITIONS = frozenset({Ending.NOT_ENGAGING, Ending.DIED})
WHO_CONFIRMS = "a supervisor who neither holds the case nor recorded or took back the miss"


class Hand(NamedTuple):
    """Somebody who had a hand in putting it right."""

    user_id: UserId
    is_supervisor: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class UnmissedFact:
    """A contact that stands as attended and was recorded as missed before.

    ``missed_by_id`` recorded the miss; ``hands`` are those of whoever took it back and of whoever recorded
    that they came.
    """

    contact_id: ContactId
    on: date
    at: time | None
    missed_by_id: UserId
    hands: tuple[Hand, ...]


def counts_as_missed(facts: EpisodeFacts) -> UnmissedFact | None:
    """Return the last such contact that an ending still answers for as missed, None where there is none.

    Nobody whose own case it was since the miss confirms it; that is read from ``facts.people``.
    """
    last_word = {each.contact_id: each for each in facts.unmissed}
    unsure = {key: each for key, each in last_word.items() if not _is_confirmed(each, facts)}
    seen = [each for each in facts.attended if each.id not in unsure]
    for each in sorted(unsure.values(), key=lambda found: found.on, reverse=True):
        if all(
            is_before_miss(other.on, other.at, missed_on=each.on, missed_at=each.at)
            or (other.on, other.at) == (each.on, each.at)
            for other in seen
        ):
            return each
    return None


def missed_once(facts: EpisodeFacts, ending: Ending) -> str:
    """Return what this ending asks because of a miss that was taken back, or nothing."""
    miss = None if ending in _OWN_CONDITIONS else counts_as_missed(facts)
    return "" if miss is None else _words(miss)


def refuse_ending_on_own_word(
    miss: UnmissedFact | None, ending: Ending, *, by_other_supervisor: bool
) -> None:
    """Refuse to end care after a miss that was taken back, unless another supervisor ends it.

    Raises:
        RuleViolation: With who confirms that they came, or what else there is to do.
    """
    if miss is not None and ending not in _OWN_CONDITIONS and not by_other_supervisor:
        raise RuleViolation(_words(miss))


def _is_confirmed(unmissed: UnmissedFact, facts: EpisodeFacts) -> bool:
    since = begins_at(unmissed.on, unmissed.at)
    people = held_since(facts, since) | {unmissed.missed_by_id}
    return any(
        hand.is_supervisor and not is_nobody_else(people, hand.user_id, facts.people.accounts, since)
        for hand in unmissed.hands
    )


def _words(miss: UnmissedFact) -> str:
    return (
        f"The appointment of {fmt_date(miss.on)} was recorded as missed, and that they came was written in"
        " its place. Until they are seen at another one it counts as missed when care ends: safety is"
        f" reviewed, the GP told, and {WHO_CONFIRMS} ends care, or first marks the outcome as wrong and"
        " records it anew."
    )
