"""Which of what was sent to a patient was the keep-in-touch letter, whose answer the gate waits for.

An offer of another appointment, or a text, is not that letter. What the record holds as issued tells its
kind; what was sent by hand, as a letter or an email, tells it by the step of the search it was logged under.
A text stands in its place only for somebody to whom no letter may go.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.letters import letters_of
from collabcare.domain.reengagement import TO_THE_PATIENT, AttemptOutcome, Channel
from collabcare.domain.search_letters import KEEP_IN_TOUCH, OFFER

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.facts import AttemptFact, EpisodeFacts


_AS_A_LETTER = frozenset({Channel.LETTER, Channel.EMAIL})
_IN_PLACE_OF_LETTERS = _AS_A_LETTER | {Channel.TEXT}


def is_written(attempt: AttemptFact) -> bool:
    """Return whether a try went to the patient in writing; word to the GP practice did not."""
    return attempt.outcome is AttemptOutcome.SENT and attempt.channel in TO_THE_PATIENT


def keep_in_touch_days(facts: EpisodeFacts, *, from_step: int) -> frozenset[date]:
    """Return the days on which the keep-in-touch letter, or a message in its place, went to the patient.

    It is logged as sent, and either issued here on that day or logged under ``from_step`` or a later one; a
    day on which only another letter to the patient was issued is none.
    """
    issued = {letter.issued_on for letter in letters_of(facts, (KEEP_IN_TOUCH,))}
    others = {letter.issued_on for letter in letters_of(facts, (OFFER,))}
    ways = _IN_PLACE_OF_LETTERS if facts.reach.letters_safe is False else _AS_A_LETTER
    return frozenset(
        each.on
        for each in _written(facts)
        if each.on in issued or (each.rung >= from_step and each.on not in others and each.channel in ways)
    )


def last_letter_day(facts: EpisodeFacts, *, today: date) -> date | None:
    """Return the day on which the patient was last written to about a miss, None where they were not.

    It is an offer of another appointment or the keep-in-touch letter as issued here, or a letter or email
    logged as sent.
    """
    issued = [each.issued_on for each in letters_of(facts, (OFFER, KEEP_IN_TOUCH))]
    by_hand = [each.on for each in _written(facts) if each.channel in _AS_A_LETTER]
    return max((day for day in (*issued, *by_hand) if day <= today), default=None)


def went_another(facts: EpisodeFacts, day: date, *, from_step: int) -> bool:
    """Return whether what is logged as sent to the patient that day was something else."""
    days = keep_in_touch_days(facts, from_step=from_step)
    return day not in days and any(each.on == day for each in _written(facts))


def _written(facts: EpisodeFacts) -> list[AttemptFact]:
    return [each for ladder in facts.ladders for each in ladder.attempts if is_written(each)]
