"""How each kind of form adds up: sums, means, conversions, patterns and profiles.

Blanks stay blanks. The published rule of each instrument and its numbers stand in its data file; what is
done with them stands here and, for the two trauma questionnaires, in ``pcl5.py`` and ``itq.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from collabcare.domain.errors import RuleViolation
from collabcare.domain.itq import itq_tally
from collabcare.domain.pcl5 import pcl5_tally
from collabcare.domain.tally import Tally, divide_half_up, mean

if TYPE_CHECKING:
    from collabcare.domain.instruments import Instrument

Answers: TypeAlias = Sequence[int | None]

WORK_NOT_APPLICABLE = "work n/a"
"""The note of a form whose work item does not apply, so that its highest total is lower."""


class Method(StrEnum):
    """How an instrument's answers become its number."""

    SUM = "sum"
    MEAN = "mean"
    PCL5 = "pcl5"
    ITQ = "itq"
    PROFILE = "profile"
    CATEGORY = "category"


@dataclass(frozen=True, slots=True, kw_only=True)
class Skip:
    """An answer that settles others: where ``item`` is ``answer``, each blank of ``fills`` is ``filled``."""

    item: int
    answer: int
    fills: tuple[int, ...]
    filled: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Mean:
    """A mean of some items, given once ``least`` of them are answered; the first is the total."""

    id: str
    items: tuple[int, ...]
    least: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """Items of which ``needed`` must be endorsed."""

    id: str
    items: tuple[int, ...]
    needed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterGroup:
    """A pattern that is met once each of its clusters is; ``summed`` are the items its number adds up."""

    id: str
    clusters: tuple[Cluster, ...]
    summed: tuple[int, ...]


def tallied(instrument: Instrument, answers: Answers) -> Tally:
    """Add up answers that are known to be within range."""
    return _TALLIES[instrument.method](instrument, answers)


def totals_run(instrument: Instrument) -> tuple[int, int]:
    """Return the lowest and the highest total an instrument can give."""
    low, high = instrument.item_min, instrument.item_max
    if instrument.method in {Method.MEAN, Method.CATEGORY}:
        return low, high
    if instrument.vas_max is not None:
        return 0, instrument.vas_max
    size = sum(len(group.summed) for group in instrument.groups) or instrument.item_count
    return size * low, size * high


def work_not_applicable(instrument: Instrument, answers: Answers) -> bool:
    """Return whether the item that may not apply does not; it is written as one above the highest answer."""
    item = instrument.not_applicable_item
    return item is not None and len(answers) >= item and answers[item - 1] == instrument.item_max + 1


def out_of(instrument: Instrument, answers: Answers) -> int:
    """Return the highest total of this form: lower where the work item does not apply."""
    return totals_run(instrument)[1] - instrument.item_max * work_not_applicable(instrument, answers)


def comparable(instrument: Instrument, first: Answers, last: Answers) -> bool:
    """Return whether two forms can be compared: both with the work item or both without.

    A copied total has no answers and counts as with it.
    """
    return work_not_applicable(instrument, first) == work_not_applicable(instrument, last)


def derived_answers(short: Instrument, full: Answers) -> tuple[int | None, ...]:
    """Return the answers of a short form from those of the full form it is part of.

    Raises:
        RuleViolation: When the short form is part of no other, or the full form lacks its items.
    """
    if not short.derived_items or len(full) < max(short.derived_items):
        raise RuleViolation(f"{short.name} cannot be read from these answers.")
    return tuple(full[item - 1] for item in short.derived_items)


def with_setting(instrument: Instrument, setting_id: str) -> Instrument:
    """Return the instrument with other published numbers in place of its own, for a site or an export.

    Raises:
        RuleViolation: When its file has no such setting.
    """
    setting = next((each for each in instrument.settings if each.id == setting_id), None)
    if setting is None:
        raise RuleViolation(f"{instrument.name} has no setting called {setting_id}.")
    caseness, change = setting.caseness, setting.reliable_change
    return replace(
        instrument,
        caseness=instrument.caseness if caseness is None else caseness,
        reliable_change=instrument.reliable_change if change is None else change,
    )


def _sum(instrument: Instrument, answers: Answers) -> Tally:
    scored, notes = _settled(instrument, answers)
    if work_not_applicable(instrument, answers):
        del scored[(instrument.not_applicable_item or 0) - 1]
        notes = (*notes, WORK_NOT_APPLICABLE, *_bands_of_whole(instrument))
    given = [answer for answer in scored if answer is not None]
    missing = len(scored) - len(given)
    complete = missing <= instrument.max_missing
    return Tally(
        total=divide_half_up(sum(given) * len(scored), len(given)) if complete else None,
        missing=missing,
        complete=complete,
        prorated=complete and missing > 0,
        notes=notes,
    )


def _bands_of_whole(instrument: Instrument) -> tuple[str, ...]:
    """Say that the bands were published for the whole form; nobody has any for the shorter one."""
    low, high = totals_run(instrument)
    return (f"bands apply to {low} to {high}",) if instrument.bands else ()


def _settled(instrument: Instrument, answers: Answers) -> tuple[list[int | None], tuple[str, ...]]:
    """Return the answers with reversed items turned and settled blanks filled, and what is odd about them."""
    turned = instrument.item_min + instrument.item_max
    settled = [
        turned - answer if answer is not None and item in instrument.reversed_items else answer
        for item, answer in enumerate(answers, start=1)
    ]
    skip = instrument.skip
    if skip is None or answers[skip.item - 1] != skip.answer:
        return settled, ()
    odd = [item for item in skip.fills if settled[item - 1] not in {None, skip.filled}]
    for item in skip.fills:
        settled[item - 1] = skip.filled if settled[item - 1] is None else settled[item - 1]
    if not odd:
        return settled, ()
    return settled, (f"answer {skip.item} does not fit answer {odd[0]} – check the form",)


def _mean(instrument: Instrument, answers: Answers) -> Tally:
    """Return the mean of what was answered; the mean of the first group of items is the total."""
    means = {}
    for part in instrument.means:
        given = [a for item in part.items if (a := answers[item - 1]) is not None]
        means[part.id] = mean(given) if len(given) >= part.least else None
    total = means[instrument.means[0].id]
    return Tally(
        total=total,
        missing=sum(answer is None for answer in answers),
        complete=total is not None,
        subscales=means,
        notes=_low_areas(instrument, answers),
    )


def _low_areas(instrument: Instrument, answers: Answers) -> tuple[str, ...]:
    if instrument.low_at is None:
        return ()
    low = [
        label.lower()
        for label, answer in zip(instrument.labels, answers, strict=True)
        if answer is not None and answer <= instrument.low_at
    ]
    return (f"{instrument.low_at} or below: {', '.join(low)}",) if low else ()


def _profile(instrument: Instrument, answers: Answers) -> Tally:
    """Keep the digits as a profile, without an index; the number is the visual scale, which may be blank."""
    digits, scale = answers[: instrument.item_count], answers[instrument.item_count]
    missing = sum(digit is None for digit in digits)
    written = "".join("-" if digit is None else str(digit) for digit in digits)
    return Tally(
        total=None if missing else scale,
        missing=missing,
        complete=not missing,
        subscales={"profile": None if missing else written, "vas": scale},
    )


def _category(instrument: Instrument, answers: Answers) -> Tally:
    """Keep one chosen category: it is no amount, so it is never added up."""
    chosen = answers[0]
    label = next((option.label for option in instrument.options if option.value == chosen), None)
    return Tally(
        total=None,
        missing=int(chosen is None),
        complete=chosen is not None,
        subscales={"category": label},
    )


def _pcl5(instrument: Instrument, answers: Answers) -> Tally:
    summed = _sum(instrument, answers)
    return replace(pcl5_tally(instrument, answers), total=summed.total, complete=summed.complete)


_TALLIES: dict[Method, Callable[[Instrument, Answers], Tally]] = {
    Method.SUM: _sum,
    Method.MEAN: _mean,
    Method.PCL5: _pcl5,
    Method.ITQ: itq_tally,
    Method.PROFILE: _profile,
    Method.CATEGORY: _category,
}
