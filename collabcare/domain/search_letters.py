"""Which letter a step of a search asks for: a new offer, keeping in touch, or word to the GP practice.

None of them is sent by the program. Which of them a step asks for is read from the service model: the steps
that go by letter, and the one after which an answer is waited for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.letter_formats import is_printed, points_needed, points_of
from collabcare.domain.reach_facts import Track
from collabcare.domain.reaching import Route, Standing, safe_ways
from collabcare.domain.reengagement import Channel

if TYPE_CHECKING:
    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.search_rules import SearchRules
    from collabcare.domain.search_today import SearchStep

OFFER = "patient_missed"
KEEP_IN_TOUCH = "patient_keep_in_touch"
GP_NOTICE = "gp_not_attending"
_BY_TELEPHONE = frozenset({Channel.CALL, Channel.TEXT})
ATTEMPT_BY = {OFFER: Channel.LETTER, KEEP_IN_TOUCH: Channel.LETTER, GP_NOTICE: Channel.GP_PRACTICE}
"""The letters of a search, and what sending one is logged under."""


def letters_of_step(facts: EpisodeFacts, rules: SearchRules, step: SearchStep) -> tuple[str, ...]:
    """Return the kinds of letter the step to act on asks for; none to an address that is not safe."""
    ways = step.rung.ways
    found = []
    if Channel.LETTER in ways and _may_write(facts, rules, step):
        waits = step.track.track is Track.STANDARD
        last = waits and step.rung.number == rules.ladders.standard.letter_rung
        found.append(KEEP_IN_TOUCH if last else OFFER)
    if Channel.GP_PRACTICE in ways:
        found.append(GP_NOTICE)
    return tuple(found)


def letter_in_search(facts: EpisodeFacts, rules: SearchRules, step: SearchStep) -> str:
    """Return the letter somebody who is sought would be written now: that of the step, else another offer.

    Where no letter may go to them, it is word to the GP practice.
    """
    asked = letters_of_step(facts, rules, step)
    return asked[0] if asked else OFFER if _may_write(facts, rules, step) else GP_NOTICE


def tries_now(facts: EpisodeFacts, rules: SearchRules, step: SearchStep) -> frozenset[str]:
    """Return the letters that count as a try at the step to act on.

    Word to the GP practice is one only where the step asks for it: it reaches nobody else, so it must not
    stand in the place of another try at the patient.
    """
    asked = letters_of_step(facts, rules, step)
    return frozenset(kind for kind in ATTEMPT_BY if kind != GP_NOTICE or kind in asked)


def letter_first(facts: EpisodeFacts, rules: SearchRules, step: SearchStep) -> str:
    """Return the letter that is the first thing to do at this step, or nothing where it is not a letter.

    Where a step begins by telephone and there is none, an offer by letter takes its place.
    """
    ways = step.rung.ways
    if ways and ways[0] in _BY_TELEPHONE and not facts.patient.has_telephone:
        return OFFER if _may_write(facts, rules, step) else ""
    if not ways or ways[0] != Channel.LETTER:
        return ""
    return next((kind for kind in letters_of_step(facts, rules, step) if kind != GP_NOTICE), "")


def rung_of_letter(kind: str, rules: SearchRules, step: SearchStep) -> int:
    """Return the step that sending this letter is logged under: the one to act on, or the one that waits.

    The keep-in-touch letter always counts as the step after which an answer is waited for.
    """
    waits = rules.ladders.of(step.track.track).letter_rung
    return waits if kind == KEEP_IN_TOUCH and waits is not None else step.rung_of(ATTEMPT_BY[kind])


def format_met(facts: EpisodeFacts, *, large_print: bool) -> bool:
    """Return whether a letter as the program prints it is in the format and language recorded as needed.

    Where nobody has asked, nobody knows: that is no yes.
    """
    reach = facts.reach
    printed = points_of(reach, to_patient=True, large_print=large_print)
    return is_printed(reach) and printed == points_needed(reach)


def _may_write(facts: EpisodeFacts, rules: SearchRules, step: SearchStep) -> bool:
    ways = safe_ways(facts, rules.policy.reach, step.rung)
    return ways.way(Route.LETTER).standing is not Standing.NOT_TO_BE_USED
