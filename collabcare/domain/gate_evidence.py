"""By what each part of the gate before closing is met: what the record holds of it, in words.

The screen of the review, whoever signs it off and the story of the closing all read these words. They say
what was recorded and when, and add nothing to it. What the search decided and the safety reviews are told by
the parts themselves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.acting import ROLE_WORDS, Role
from collabcare.domain.display import fmt_date
from collabcare.domain.gate_parts import Condition
from collabcare.domain.missed_run import tried_directly
from collabcare.domain.routes import tried_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.missed_run import MissedRun
    from collabcare.domain.reach_facts import ClosingReviewFact


def evidence_of(
    condition: Condition, facts: EpisodeFacts, review: ClosingReviewFact, run: MissedRun
) -> tuple[str, ...]:
    """Return what is recorded of a part, a sentence each; nothing where nothing is."""
    told = _TOLD.get(condition)
    return () if told is None else tuple(told(facts, review, run))


def _attempts(facts: EpisodeFacts, _review: ClosingReviewFact, run: MissedRun) -> Iterator[str]:
    """Yield the attempts that count, the first first."""
    for each in sorted(tried_directly(facts, run.attempts), key=lambda each: each.at):
        known = " (in their format and language)" if each.accessible else ""
        yield f"{_day(each.on)}, {tried_words(each)}{known}."


def _communicated(_facts: EpisodeFacts, review: ClosingReviewFact, _run: MissedRun) -> Iterator[str]:
    if words := review.communicated_evidence.strip():
        yield words if review.communicated else f"Recorded as not communicated: {words}"


def _reason(_facts: EpisodeFacts, review: ClosingReviewFact, _run: MissedRun) -> Iterator[str]:
    if words := review.prompt_reason.strip():
        yield f"Why closing is still right: {words}"
    if words := review.instead.strip():
        yield f"What replaces our follow-up: {words}"


def _gp(facts: EpisodeFacts, review: ClosingReviewFact, _run: MissedRun) -> Iterator[str]:
    if review.gp_informed_on is not None:
        yield f"GP told {_day(review.gp_informed_on)}."
    letter = next((each for each in facts.letters if each.id == review.gp_letter_id), None)
    if letter is not None:
        yield f"Letter “{letter.title}”, issued {_day(letter.issued_on)}."


def _opt_in(_facts: EpisodeFacts, review: ClosingReviewFact, run: MissedRun) -> Iterator[str]:
    if review.opt_in_sent_on is None:
        return
    answered = review.opted_in_on is not None or run.heard_since is not None
    since = "" if answered else " No reply is recorded since."
    yield f"Keep-in-touch letter sent {_day(review.opt_in_sent_on)}.{since}"


def _signed_off(facts: EpisodeFacts, review: ClosingReviewFact, _run: MissedRun) -> Iterator[str]:
    for held in facts.reviews:
        if held.reviewed_on == review.discussed_on:
            decided = f" Decided: {held.decision.strip()}" if held.decision.strip() else ""
            yield f"Discussed {_day(held.reviewed_on)} with {held.supervisor}.{decided}"
    if review.signed_off_on is not None:
        role = review.signed_off_by_role
        by = f", {ROLE_WORDS[Role(role)].lower()}" if role in set(Role) else ""
        yield f"Signed off {_day(review.signed_off_on)}{by}."


def _way_back(_facts: EpisodeFacts, review: ClosingReviewFact, _run: MissedRun) -> Iterator[str]:
    if words := review.way_back.strip():
        yield words


def _day(on: date) -> str:
    return fmt_date(on, weekday=True)


_TOLD: dict[Condition, Callable[[EpisodeFacts, ClosingReviewFact, MissedRun], Iterator[str]]] = {
    Condition.ATTEMPTS: _attempts,
    Condition.COMMUNICATED: _communicated,
    Condition.PROMPT_FACTS: _reason,
    Condition.GP: _gp,
    Condition.OPT_IN: _opt_in,
    Condition.SIGNED_OFF: _signed_off,
    Condition.WAY_BACK: _way_back,
}
