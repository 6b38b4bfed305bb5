"""An end of care that was recorded in error: who may take it back, and how care goes on from there.

It is for a supervisor other than whoever ended care, with the reason. What the ending said stays in the
record, struck through; the search it ended goes on, and what it cancelled is named, to be set up again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.acting import Role
from collabcare.domain.codes import ClosureReason
from collabcare.domain.deaths import ENDED_BY_DEATH, book_again
from collabcare.domain.episode import Phase
from collabcare.domain.errors import RuleViolation
from collabcare.domain.letters import OF_AN_ENDING, letters_of
from collabcare.domain.suggestion import Suggestion, Used

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from collabcare.domain.acting import Acting
    from collabcare.domain.facts import EpisodeFacts

ONLY_ANOTHER = "Only a supervisor who did not end it can take back the end of care. Ask another one."


def refuse_taking_back_ending(
    facts: EpisodeFacts, acting: Acting, reason: str, *, ended_it: bool, in_care_again: bool
) -> None:
    """Refuse to take an end of care back; ``ended_it`` is whether this is the person who ended it.

    Raises:
        RuleViolation: When there is none, the patient is in care again, a referral was not accepted, no
            reason is given, or it is not another supervisor's to take back.
    """
    if facts.closed_on is None:
        raise RuleViolation("Care has not ended, so there is nothing to take back.")
    if facts.ending is not None and facts.ending.rejection_reason is not None:
        raise RuleViolation("That referral was not accepted. Refer them again instead.")
    if in_care_again:
        raise RuleViolation("The patient is in care again already. Go on there.")
    if acting.role is not Role.SUPERVISOR or ended_it:
        raise RuleViolation(ONLY_ANOTHER)
    if not reason.strip():
        raise RuleViolation("Say why care had not ended: it stands in the record.")


def phase_again(facts: EpisodeFacts, staying_well_since: date | None) -> tuple[Phase, date]:
    """Return the phase care was in before it ended, and since when, from what the record still says."""
    if staying_well_since is not None:
        return Phase.MAINTENANCE, staying_well_since
    if facts.attended:
        return Phase.ACTIVE, facts.attended[0].on
    if facts.holder_id is not None:
        return Phase.ALLOCATED, facts.allocated_on or facts.referral_received_on
    return Phase.REFERRED, facts.referral_received_on


def set_up_again(facts: EpisodeFacts, given_up: Sequence[date] = ()) -> Suggestion:
    """Return what the ending ended that does not come back by itself; ``facts`` are those of before.

    ``given_up`` are the days of the appointments that a death recorded in error had cancelled.
    """
    said = list(_to_do(facts, given_up))
    sought = any(search_ended_with_care(facts, each.closed_because, each.closed_on) for each in facts.ladders)
    search = "The search goes on where it was." if sought else "Nobody was being sought."
    return Suggestion(
        sentence=" ".join([search, *said, "Tell whoever holds the case."]),
        rule="ending_taken_back",
        used=(Used("Care had ended on", facts.closed_on),),
        source="This project's default.",
    )


def search_ended_with_care(facts: EpisodeFacts, because: str | None, on: date | None) -> bool:
    """Return whether a search ended because care did."""
    reason = facts.ending.reason if facts.ending else None
    if reason is ClosureReason.DIED:
        return because in ENDED_BY_DEATH
    return reason is not None and because == reason.label and on == facts.closed_on


def _to_do(facts: EpisodeFacts, given_up: Sequence[date]) -> Iterator[str]:
    if given_up:
        yield book_again(given_up).sentence
    ended = {each.ended_on for each in facts.pauses}
    if facts.closed_on in ended:
        yield "A pause ended with it: pause care again if they are still away."
    letters = letters_of(facts, OF_AN_ENDING)
    if facts.closed_on is not None and any(each.issued_on >= facts.closed_on for each in letters):
        yield "The GP had a letter that care has ended: tell them that it goes on."
