"""What changed between a first and a later score of one instrument.

Fixed-threshold reliable change, as NHS Talking Therapies uses it: no site-specific index is computed. An
instrument without a reliable-change number has no reliable change, and one without a cut-off is never
crossed: both are then None, which is shown as a change without a label and never as "no change".
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from collabcare.domain.errors import RuleViolation
from collabcare.domain.instruments import Direction, Instrument, Number, compared, is_case
from collabcare.domain.scoring import comparable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from typing import TypeAlias

    from collabcare.domain.facts import EpisodeFacts, MeasureFact

    Scored: TypeAlias = tuple[MeasureFact, Number]
    """A form that has a total, and the total."""


class Reliable(StrEnum):
    """Whether a change is larger than the instrument's measurement error."""

    IMPROVEMENT = "improvement"
    DETERIORATION = "deterioration"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """The change between two scores; positive is better whichever way the scale runs.

    ``first`` and ``last`` are as on the form; ``change`` is on the scale that change works on (the metric
    score of the SWEMWBS). None stands for what this instrument has no published number for. ``no_room`` is
    true when even the best score there is would have been no reliable improvement.
    """

    first: Number
    last: Number
    change: Number
    reliable: Reliable | None
    crossed: bool | None
    significant: bool | None
    no_room: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EpisodeChange:
    """The two scores of an episode that are compared; ``change`` is None when they cannot be.

    They cannot when work was scored on one form and did not apply on the other.
    """

    first: MeasureFact
    last: MeasureFact
    change: Change | None

    @property
    def prorated(self) -> bool:
        """Return whether a blank was made up for on either form."""
        return self.first.prorated or self.last.prorated


def change_between(instrument: Instrument, first: Number, last: Number) -> Change:
    """Compare two totals of one instrument, as they stand on the form.

    Raises:
        RuleViolation: When one of them is not a total this instrument can give.
    """
    for total in (first, last):
        _refuse_impossible(instrument, total)
    return _change(instrument, first, last)


def change_of(facts: EpisodeFacts, instrument: Instrument) -> EpisodeChange | None:
    """Return the change of an instrument over an episode, None when there are not two dates to compare."""
    pair = first_and_last(facts, instrument.id)
    if pair is None:
        return None
    (first, before), (last, after) = pair
    change = None
    if instrument.not_applicable_item is None or comparable(instrument, first.answers, last.answers):
        change = _change(instrument, before, after)
    return EpisodeChange(first=first, last=last, change=change)


def standing_scores(measures: Sequence[MeasureFact]) -> tuple[MeasureFact, ...]:
    """Return the complete scores of one instrument, one a day, oldest first.

    Two scores on one date are a correction, not a pair: the one entered later stands for that day. A form
    with too many blanks says nothing and corrects nothing. ``measures`` are of one instrument, oldest first.
    """
    return tuple({m.taken_on: m for m in measures if m.total is not None}.values())


def scores_in_episode(facts: EpisodeFacts, instrument: str) -> list[Scored]:
    """Return one instrument's standing scores up to the discharge, each with its total, oldest first."""
    return scored([each for each in facts.measures if each.instrument == instrument], facts.closed_on)


def scored(measures: Sequence[MeasureFact], closed_on: date | None) -> list[Scored]:
    """Return the scores that stand out of one instrument's measures: see :func:`standing_scores`."""
    standing: dict[date, Scored] = {}
    for measure in measures:
        if (total := measure.total) is not None:
            standing[measure.taken_on] = (measure, total)
    if closed_on is not None:
        return [each for day, each in standing.items() if day <= closed_on]
    return list(standing.values())


def baseline_of(facts: EpisodeFacts, scores: Sequence[Scored]) -> Scored:
    """Return the first score of an episode out of ``scores``, of which there must be one.

    It is the first from the referral up to the first contact, and where there is none in that time the
    first there is.
    """
    received = facts.referral_received_on
    if scores[0][0].taken_on >= received:
        return scores[0]  # in that time, or the first there is
    since = next((each for each in scores if each[0].taken_on >= received), scores[0])
    attended = facts.attended
    return since if not attended or since[0].taken_on <= attended[0].on else scores[0]


def first_and_last(facts: EpisodeFacts, instrument: str) -> tuple[Scored, Scored] | None:
    """Return the two scores whose change is this episode's, None when there are not two dates to compare.

    The last is the most recent up to the discharge; prorated scores count as complete.
    """
    scores = scores_in_episode(facts, instrument)
    if not scores:
        return None
    first, last = baseline_of(facts, scores), scores[-1]
    return (first, last) if first[0].taken_on < last[0].taken_on else None


def _change(instrument: Instrument, first: Number, last: Number) -> Change:
    better_by = int(instrument.direction) * (compared(instrument, first) - compared(instrument, last))
    limit = instrument.reliable_change
    reliable = None
    if limit is not None:
        reliable = Reliable.NONE
        if better_by >= limit:
            reliable = Reliable.IMPROVEMENT
        elif -better_by >= limit:
            reliable = Reliable.DETERIORATION
    crossed = None
    if instrument.caseness is not None:
        crossed = bool(is_case(instrument, first)) and not is_case(instrument, last)
    return Change(
        first=first,
        last=last,
        change=better_by,
        reliable=reliable,
        crossed=crossed,
        significant=None
        if crossed is None or reliable is None
        else crossed and reliable is Reliable.IMPROVEMENT,
        no_room=limit is not None and _room(instrument, first) < limit,
    )


def _room(instrument: Instrument, first: Number) -> Number:
    """Return by how much a score could still get better."""
    best = instrument.total_min if instrument.direction is Direction.HIGHER_IS_WORSE else instrument.total_max
    return int(instrument.direction) * (compared(instrument, first) - compared(instrument, best))


def _refuse_impossible(instrument: Instrument, total: Number) -> None:
    low, high = instrument.total_min, instrument.total_max
    whole = isinstance(total, int) and not isinstance(total, bool)
    mean = isinstance(total, Decimal) and total.is_finite() and not instrument.whole_totals
    if not (whole or mean) or not low <= total <= high:
        raise RuleViolation(f"{instrument.name} totals run {low} to {high}.")
