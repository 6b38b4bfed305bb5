"""A safety review in words: what was looked at again after a missed appointment, and what was concluded.

A day alone says nothing of what anybody looked at, so it is no review. There is no level in it: what was
concluded is told in words (NICE NG225, 2022: no global stratification).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.display import fmt_date
from collabcare.domain.errors import RuleViolation
from collabcare.domain.reach_facts import LookedAt
from collabcare.domain.safety_facts import PlanStatus
from collabcare.domain.typed_text import says_something

if TYPE_CHECKING:
    from collections.abc import Iterable

    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.reach_facts import ClosingReviewFact, SafetyReviewFact

LOOKED_AT_WORDS = {
    LookedAt.FORMULATION: "Safety formulation",
    LookedAt.PLAN: "Safety plan",
    LookedAt.ANSWERS: "Last answers to the safety items",
    LookedAt.CHILDREN: "Children and safeguarding",
    LookedAt.OTHERS: "GP records or others spoken to",
}


def is_whole(review: SafetyReviewFact) -> bool:
    """Return whether it says what was looked at and what was concluded."""
    return bool(review.looked_at and review.concluded.strip())


def refuse_blank_review(looked_at: Iterable[LookedAt], concluded: str) -> None:
    """Refuse a safety review of nothing, or without what was concluded.

    Raises:
        RuleViolation: With what is missing.
    """
    if not tuple(looked_at):
        raise RuleViolation("Tick what was looked at in the safety review.")
    if not says_something(concluded):
        raise RuleViolation("Write what was concluded in the safety review, in your own words.")


def there_to_read(facts: EpisodeFacts) -> tuple[LookedAt, ...]:
    """Return what there is to look at for this patient: a plan nobody has made cannot have been read."""
    plans = (*facts.earlier.safety_plans, *facts.safety_plans)
    made = (*facts.earlier.safety_assessments, *facts.safety_assessments)
    there = {
        LookedAt.FORMULATION: bool(made),
        LookedAt.PLAN: any(each.status is not PlanStatus.DECLINED for each in plans),
    }
    return tuple(each for each in LookedAt if there.get(each, True))


def refuse_unread(looked_at: Iterable[LookedAt], facts: EpisodeFacts) -> None:
    """Refuse a safety review of something that does not exist.

    Raises:
        RuleViolation: With what does not.
    """
    there = there_to_read(facts)
    for each in looked_at:
        if each not in there:
            words = LOOKED_AT_WORDS[each].lower()
            raise RuleViolation(f"No {words} is recorded, so it cannot have been looked at. Leave it out.")


def looked_at_words(looked_at: Iterable[LookedAt]) -> str:
    """Return what was looked at as part of a sentence."""
    named = [LOOKED_AT_WORDS[each] for each in LookedAt if each in set(looked_at)]
    inside = [words if words.startswith("GP") else words.lower() for words in named[1:]]
    return ", ".join([*named[:1], *inside])


def said_of(review: SafetyReviewFact) -> str:
    """Return the review as it is shown: when, by whom, what was looked at, what was concluded."""
    seen = f"Looked at: {looked_at_words(review.looked_at)}."
    return f"{fmt_date(review.on, weekday=True)}, {review.by}. {seen} Concluded: {review.concluded.strip()}"


def bare_day(review: ClosingReviewFact) -> str:
    """Return a day noted without any words, as it is still shown; empty where there is none."""
    if review.safety_reviewed_on is None or review.safety_reviews:
        return ""
    return f"Only a day was noted: {fmt_date(review.safety_reviewed_on, weekday=True)}."
