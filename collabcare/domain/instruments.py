"""Scoring a questionnaire: totals, proration, bands, the cut-off and the safety item.

A blank answer is never counted as zero: an unfinished form would look like improvement. Up to an
instrument's limit of blanks the total is prorated and rounded half up; beyond it there is no total. The
safety item is looked at whatever the total says (NICE NG225: an answer opens a conversation, it is never a
level, a score or a reason to include or exclude anybody).

Every function here takes the total as it is kept. Where an instrument is compared on another scale (the
SWEMWBS on its metric), bands, cut-off and change go by :func:`compared`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING

from collabcare.domain.errors import RuleViolation
from collabcare.domain.scoring import ClusterGroup, Mean, Method, Skip, out_of, tallied, totals_run
from collabcare.domain.tally import Number, Subscales, divide_half_up, hundredths, is_whole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from collabcare.domain.depressive_pattern import SyndromeRule

__all__ = [
    "Band",
    "Direction",
    "EntryMode",
    "Instrument",
    "Number",
    "Option",
    "Safety",
    "Score",
    "Setting",
    "Split",
    "Verdict",
    "asks_about_function",
    "band_for",
    "chip_for",
    "compared",
    "divide_half_up",
    "fmt_total",
    "function_words",
    "is_case",
    "score",
    "score_total",
]

NOT_AVAILABLE = "answers not available – ask"
"""Said of every rule about single answers when only a total was copied."""


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


class Verdict(StrEnum):
    """What an instrument's licence lets the program ship: its text, conditions to meet first, or numbers."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One answer a person may choose."""

    value: int
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A range of totals, up to and including ``upto``, described as symptom severity on this scale."""

    upto: Number
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """A second, coarser reading of a total that stands beside the bands, never in their place."""

    at: Number
    below: str
    from_there: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """Another published number a site or an export may use instead: a cut-off or a reliable change."""

    id: str
    caseness: Number | None
    reliable_change: Number | None
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """A questionnaire as its data file in resources/instruments describes it.

    ``items`` and ``options`` are empty where the licence lets nobody ship the text; ``item_count``,
    ``item_min`` and ``item_max`` are always there. Items are numbered from 1.
    """

    id: str
    name: str
    title: str
    version: int
    stem: str
    items: tuple[str, ...]
    options: tuple[Option, ...]
    item_count: int
    item_min: int
    item_max: int
    function_question: str | None
    function_options: tuple[Option, ...]
    max_missing: int
    caseness: Number | None
    reliable_change: Number | None
    bands: tuple[Band, ...]
    safety_item: int | None
    direction: Direction
    lookback: str
    licence: str
    source: str
    verdict: Verdict = Verdict.GREEN
    notice: str = ""
    method: Method = Method.SUM
    areas: tuple[str, ...] = ()
    reversed_items: tuple[int, ...] = ()
    not_applicable_item: int | None = None
    vas_max: int | None = None
    skip: Skip | None = None
    means: tuple[Mean, ...] = ()
    low_at: int | None = None
    conversion: tuple[Decimal, ...] = ()
    groups: tuple[ClusterGroup, ...] = ()
    symptom_at: int | None = None
    pattern_note: str = ""
    below_is_case: bool = False
    case_note: str = ""
    split: Split | None = None
    mcid: Number | None = None
    mean_reliable_change: Decimal | None = None
    response_percent: int | None = None
    response_from: int | None = None
    remission_below: int | None = None
    settings: tuple[Setting, ...] = ()
    derived_from: str | None = None
    derived_items: tuple[int, ...] = ()
    syndrome: SyndromeRule | None = None
    positive_categories: tuple[int, ...] = ()
    snomed: str | None = None
    item_snomed: tuple[str, ...] = ()
    anonymous: bool = False
    text_holder: str = ""
    text_reference: str = ""

    @property
    def has_text(self) -> bool:
        """Return whether the questions can be shown: shipped, or added by a licensed site."""
        return bool(self.items)

    @property
    def labels(self) -> tuple[str, ...]:
        """Return what each answer is called: its text, its neutral area, or only its number."""
        return self.items or self.areas or tuple(f"Item {n}" for n in range(1, self.item_count + 1))

    @property
    def answer_count(self) -> int:
        """Return how many numbers a filled form has: its items, and the visual scale where it has one."""
        return self.item_count + (self.vas_max is not None)

    @property
    def whole_totals(self) -> bool:
        """Return whether its totals are whole numbers, not means."""
        return self.method is not Method.MEAN

    @property
    def total_min(self) -> int:
        """Return the lowest total."""
        return totals_run(self)[0]

    @property
    def total_max(self) -> int:
        """Return the highest total."""
        return totals_run(self)[1]

    def item_range(self, item: int) -> tuple[int, int]:
        """Return the lowest and highest answer of one item."""
        if self.vas_max is not None and item > self.item_count:
            return 0, self.vas_max
        return self.item_min, self.item_max


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What one completed form amounts to; ``total`` is None when too much is blank.

    ``complete`` says whether enough was answered: a form whose result is no number can be complete without a
    total. ``subscales`` and ``notes`` hold what an instrument says besides its total.
    """

    total: Number | None
    missing: int
    prorated: bool
    complete: bool
    band: str | None
    case: bool | None
    safety: Safety
    safety_answer: int | None
    metric: Decimal | None = None
    chip: str | None = None
    out_of: Number | None = None
    subscales: Subscales = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    rule: str = ""
    source: str = ""


def score(instrument: Instrument, answers: Sequence[int | None]) -> Score:
    """Score the answers in order as they stand on the form, None for each left blank.

    Raises:
        RuleViolation: When there are too many or too few answers, or one is out of range.
    """
    _refuse_out_of_range(instrument, answers)
    tally = tallied(instrument, answers)
    case = None if tally.total is None else is_case(instrument, tally.total)
    item = instrument.safety_item
    return Score(
        total=tally.total,
        missing=tally.missing,
        prorated=tally.prorated,
        complete=tally.complete,
        band=None if tally.total is None else band_for(instrument, tally.total) or None,
        case=case,
        safety=_safety(instrument, answers),
        safety_answer=answers[item - 1] if item else None,
        metric=_metric(instrument, tally.total),
        chip=None if tally.total is None else chip_for(instrument, tally.total),
        out_of=out_of(instrument, answers),
        subscales=tally.subscales,
        notes=(*tally.notes, *_case_note(instrument, case=case)),
        rule=f"{instrument.name} scoring",
        source=instrument.source,
    )


def score_total(instrument: Instrument, total: Number) -> Score:
    """Score a total copied from paper or another system; its safety item is unknown, so it must be asked.

    Raises:
        RuleViolation: When the total is not one this instrument can give.
    """
    kept = _kept(instrument, total)
    case = is_case(instrument, kept)
    by_item = instrument.safety_item or instrument.groups
    return Score(
        total=kept,
        missing=0,
        prorated=False,
        complete=True,
        band=band_for(instrument, kept) or None,
        case=case,
        safety=Safety.ASK if instrument.safety_item else Safety.NONE,
        safety_answer=None,
        metric=_metric(instrument, kept),
        chip=chip_for(instrument, kept),
        out_of=instrument.total_max,
        notes=(*((NOT_AVAILABLE,) if by_item else ()), *_case_note(instrument, case=case)),
        rule=f"{instrument.name} scoring",
        source=instrument.source,
    )


def asks_about_function(instrument: Instrument, answers: Sequence[int | None]) -> bool:
    """Return whether the unscored question on function applies: once any answer is above the lowest."""
    return instrument.function_question is not None and any(
        answer is not None and answer > instrument.item_min for answer in answers
    )


def function_words(instrument: Instrument, answers: Sequence[int | None], function_answer: int | None) -> str:
    """Say how the question on function was answered; nothing where it does not apply."""
    if not asks_about_function(instrument, answers):
        return ""
    words = (each.label for each in instrument.function_options if each.value == function_answer)
    return next(words, "function not recorded")


def compared(instrument: Instrument, total: Number) -> Number:
    """Return the value that bands, cut-off and change go by: the metric where a table gives one."""
    if not instrument.conversion:
        return total
    return instrument.conversion[int(total) - instrument.total_min]


def band_for(instrument: Instrument, total: Number) -> str:
    """Return the words for the range the total falls in, nothing where the instrument has no bands."""
    value = compared(instrument, total)
    return next((band.label for band in instrument.bands if value <= band.upto), "")


def is_case(instrument: Instrument, total: Number) -> bool | None:
    """Return whether the total is at or beyond the instrument's cut-off; None where it has none."""
    if instrument.caseness is None:
        return None
    beyond = int(instrument.direction) * (compared(instrument, total) - instrument.caseness)
    return beyond > 0 or (beyond == 0 and not instrument.below_is_case)


def chip_for(instrument: Instrument, total: Number) -> str | None:
    """Return the second, coarser reading of a total (NICE NG222 splits the PHQ-9 in two); None without."""
    if instrument.split is None:
        return None
    here = compared(instrument, total) >= instrument.split.at
    return instrument.split.from_there if here else instrument.split.below


def fmt_total(total: Number | None, *, missing: int, prorated: bool = True) -> str:
    """Write a total as it is shown: ``11``, ``11 (prorated, 1 missing)``, ``Incomplete (3 missing)``."""
    if total is None:
        return f"Incomplete ({missing} missing)" if missing else "No total"
    if not missing:
        return str(total)
    return f"{total} (prorated, {missing} missing)" if prorated else f"{total} ({missing} missing)"


def _metric(instrument: Instrument, total: Number | None) -> Decimal | None:
    if total is None or not instrument.conversion:
        return None
    return Decimal(compared(instrument, total))


def _case_note(instrument: Instrument, *, case: bool | None) -> tuple[str, ...]:
    return (instrument.case_note,) if case and instrument.case_note else ()


def _safety(instrument: Instrument, answers: Sequence[int | None]) -> Safety:
    if instrument.safety_item is None:
        return Safety.NONE
    answer = answers[instrument.safety_item - 1]
    if answer is None:
        return Safety.ASK
    return Safety.PROMPT if answer > 0 else Safety.NONE


def _kept(instrument: Instrument, total: Number) -> Number:
    """Return a copied total as it is kept: whole, or in hundredths where the number is a mean."""
    low, high = instrument.total_min, instrument.total_max
    wanted = is_whole(total) or (isinstance(total, Decimal) and not instrument.whole_totals)
    if not wanted or not Decimal(total).is_finite() or not low <= total <= high:
        raise RuleViolation(f"{instrument.name} totals run {low} to {high}.")
    return total if instrument.whole_totals else hundredths(Decimal(total))


def _refuse_out_of_range(instrument: Instrument, answers: Sequence[int | None]) -> None:
    count = instrument.answer_count
    if len(answers) != count:
        items = "item" if count == 1 else "items"
        were = "was" if len(answers) == 1 else "were"
        raise RuleViolation(f"{instrument.name} has {count} {items}; {len(answers)} {were} given.")
    for number, answer in enumerate(answers, start=1):
        if answer is None:
            continue
        low, high = instrument.item_range(number)
        if number == instrument.not_applicable_item and answer == instrument.item_max + 1:
            continue
        if not is_whole(answer) or not low <= answer <= high:
            raise RuleViolation(f"{instrument.name} item {number}: answers run {low} to {high}, or blank.")
