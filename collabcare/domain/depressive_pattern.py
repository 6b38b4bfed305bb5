"""The PHQ-9's optional pattern of symptoms (Kroenke, Spitzer and Williams 2001): shown, never acted on.

It is off until a site turns it on in the data file, and it is no diagnosis.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from collabcare.domain.instruments import Instrument


class DepressivePattern(StrEnum):
    """What the symptom count fits."""

    MAJOR = "major depressive syndrome"
    OTHER = "other depressive syndrome"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True, kw_only=True)
class SyndromeRule:
    """Which answers count as symptoms, and how many make a pattern."""

    shown: bool
    core: tuple[int, ...]
    others: tuple[int, ...]
    at_least: int
    any_answer: tuple[int, ...]
    core_needed: int
    major_from: int
    other_from: int


def depressive_pattern(instrument: Instrument, answers: Sequence[int | None]) -> DepressivePattern | None:
    """Return the pattern of a full form; None when it is turned off, or a blank leaves it unknown."""
    rule = instrument.syndrome
    if rule is None or not rule.shown or None in answers or len(answers) != instrument.item_count:
        return None
    given = [answer or 0 for answer in answers]
    core = sum(given[item - 1] >= rule.at_least for item in rule.core)
    others = sum(given[item - 1] >= rule.at_least for item in rule.others)
    others += sum(given[item - 1] > instrument.item_min for item in rule.any_answer)
    if core < rule.core_needed or core + others < rule.other_from:
        return DepressivePattern.NEITHER
    return DepressivePattern.MAJOR if core + others >= rule.major_from else DepressivePattern.OTHER
