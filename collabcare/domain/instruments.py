"""Scoring a questionnaire: totals, proration, bands, the cut-off and the safety item.

A blank answer is never counted as zero: an unfinished form would look like improvement. Up to an
instrument's limit of blanks the total is prorated and rounded half up; beyond it there is no total. The
safety item is looked at whatever the total says (NICE NG225: an answer opens a conversation, it is never a
level, a score or a reason to include or exclude anybody).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING

from collabcare.domain.errors import RuleViolation

if TYPE_CHECKING:
    from collections.abc import Sequence


class Direction(IntEnum):
    """What a higher score means; improvement is ``direction * (first - last) > 0``."""

    HIGHER_IS_WORSE = 1
    HIGHER_IS_BETTER = -1


class Safety(StrEnum):
    """What the safety item asks of the practitioner: nothing, a conversation, or to ask the question."""

    NONE = "none"
    PROMPT = "prompt"
    ASK = "ask"


class EntryMode(StrEnum):
    """Whether the answers themselves were entered or only a total copied from elsewhere."""

    ITEMS = "items"
    TOTAL_ONLY = "total_only"


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One answer a person may choose."""

    value: int
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A range of totals, up to and including ``upto``, described as symptom severity on this scale."""

    upto: int
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """A questionnaire as its data file in resources/instruments describes it."""

    id: str
    name: str
    title: str
    version: int
    stem: str
    items: tuple[str, ...]
    options: tuple[Option, ...]
    function_question: str | None
    function_options: tuple[Option, ...]
    max_missing: int
    caseness: int
    reliable_change: int
    bands: tuple[Band, ...]
    safety_item: int | None
    direction: Direction
    lookback: str
    licence: str
    source: str

    @property
    def item_min(self) -> int:
        """Return the lowest answer."""
        return self.options[0].value

    @property
    def item_max(self) -> int:
        """Return the highest answer."""
        return self.options[-1].value

    @property
    def total_min(self) -> int:
        """Return the lowest total."""
        return len(self.items) * self.item_min

    @property
    def total_max(self) -> int:
        """Return the highest total."""
        return len(self.items) * self.item_max


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What one completed form amounts to; ``total`` is None when too much is blank."""

    total: int | None
    missing: int
    prorated: bool
    band: str | None
    case: bool | None
    safety: Safety
    safety_answer: int | None

    @property
    def complete(self) -> bool:
        """Return whether there is a total to compare with others."""
        return self.total is not None


def score(instrument: Instrument, answers: Sequence[int | None]) -> Score:
    """Score the answers in order, None for each left blank.

    Raises:
        RuleViolation: When there are too many or too few answers, or one is out of range.
    """
    _refuse_out_of_range(instrument, answers)
    given = [a for a in answers if a is not None]
    missing = len(answers) - len(given)
    total = None
    if missing <= instrument.max_missing:
        total = divide_half_up(sum(given) * len(instrument.items), len(given))
    return Score(
        total=total,
        missing=missing,
        prorated=total is not None and missing > 0,
        band=None if total is None else band_for(instrument, total),
        case=None if total is None else is_case(instrument, total),
        safety=_safety(instrument, answers),
        safety_answer=answers[instrument.safety_item - 1] if instrument.safety_item else None,
    )


def score_total(instrument: Instrument, total: int) -> Score:
    """Score a total copied from paper or another system; its safety item is unknown, so it must be asked.

    Raises:
        RuleViolation: When the total is not one this instrument can give.
    """
    if not _is_whole(total) or not instrument.total_min <= total <= instrument.total_max:
        raise RuleViolation(f"{instrument.name} totals run {instrument.total_min} to {instrument.total_max}.")
    return Score(
        total=total,
        missing=0,
        prorated=False,
        band=band_for(instrument, total),
        case=is_case(instrument, total),
        safety=Safety.ASK if instrument.safety_item else Safety.NONE,
        safety_answer=None,
    )


def asks_about_function(instrument: Instrument, answers: Sequence[int | None]) -> bool:
    """Return whether the unscored question on function applies: once any answer is above the lowest."""
    return instrument.function_question is not None and any(
        answer is not None and answer > instrument.item_min for answer in answers
    )


def band_for(instrument: Instrument, total: int) -> str:
    """Return the words for the range the total falls in: symptom severity on this scale, nothing more."""
    return next(band.label for band in instrument.bands if total <= band.upto)


def is_case(instrument: Instrument, total: int) -> bool:
    """Return whether the total is at or beyond the instrument's cut-off."""
    if instrument.direction is Direction.HIGHER_IS_WORSE:
        return total >= instrument.caseness
    return total <= instrument.caseness


def divide_half_up(numerator: int, denominator: int) -> int:
    """Divide and round half up; Python's own rounding would send 4.5 to 4 (a mild PHQ-9 to minimal)."""
    return (2 * numerator + denominator) // (2 * denominator)


def fmt_total(total: int | None, *, missing: int) -> str:
    """Write a total as it is shown: ``11``, ``11 (prorated, 1 missing)``, ``Incomplete (3 missing)``."""
    if total is None:
        return f"Incomplete ({missing} missing)"
    return f"{total} (prorated, {missing} missing)" if missing else str(total)


def _safety(instrument: Instrument, answers: Sequence[int | None]) -> Safety:
    if instrument.safety_item is None:
        return Safety.NONE
    answer = answers[instrument.safety_item - 1]
    if answer is None:
        return Safety.ASK
    return Safety.PROMPT if answer > 0 else Safety.NONE


def _refuse_out_of_range(instrument: Instrument, answers: Sequence[int | None]) -> None:
    if len(answers) != len(instrument.items):
        raise RuleViolation(
            f"{instrument.name} has {len(instrument.items)} items; {len(answers)} were given."
        )
    for number, answer in enumerate(answers, start=1):
        if answer is None:
            continue
        if not _is_whole(answer) or not instrument.item_min <= answer <= instrument.item_max:
            low, high = instrument.item_min, instrument.item_max
            raise RuleViolation(f"{instrument.name} item {number}: answers run {low} to {high}, or blank.")


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
