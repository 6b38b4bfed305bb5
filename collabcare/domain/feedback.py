"""The Friends and Family Test: how many answered each way, and the share that is positive.

It is anonymous (NHS England guidance of 2020). Nothing here knows a patient, an episode or a day of contact,
and nothing that knows one may hold an answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from collabcare.domain.errors import RuleViolation
from collabcare.domain.tally import divide_half_up, is_whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from collabcare.domain.instruments import Instrument


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """So many answers of each category; ``percent`` is None while there are none."""

    counts: Mapping[int, int]
    positive: int
    answered: int
    percent: int | None
    sentence: str
    rule: str
    source: str


def feedback(fft: Instrument, counts: Mapping[int, int]) -> Feedback:
    """Return the positive share of all answers, "Don't know" included.

    Raises:
        RuleViolation: When a category is not on the card or a count is no whole number.
    """
    low, high = fft.item_range(1)
    for category, count in counts.items():
        if not is_whole(category) or not low <= category <= high:
            raise RuleViolation(f"{fft.name} answers run {low} to {high}.")
        if not is_whole(count) or count < 0:
            raise RuleViolation(f"{fft.name}: the number of answers is a whole number, 0 or more.")
    positive = sum(counts.get(category, 0) for category in fft.positive_categories)
    answered = sum(counts.values())
    percent = divide_half_up(100 * positive, answered) if answered else None
    return Feedback(
        counts={category: counts.get(category, 0) for category in range(low, high + 1)},
        positive=positive,
        answered=answered,
        percent=percent,
        sentence=_sentence(positive, answered, percent),
        rule="Friends and Family Test positive share",
        source=fft.source,
    )


def feedback_of(fft: Instrument, categories: Iterable[int]) -> Feedback:
    """Count the cards one by one.

    Raises:
        RuleViolation: When a category is not on the card.
    """
    counts: dict[int, int] = {}
    for category in categories:
        counts[category] = counts.get(category, 0) + 1
    return feedback(fft, counts)


def _sentence(positive: int, answered: int, percent: int | None) -> str:
    if percent is None:
        return "Nobody has answered yet."
    return f"{positive} of {answered} answers were positive ({percent}%)."
