"""Scores that fit a life: totals along a course, and answers, item by item, that make up each total."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp
from typing import TYPE_CHECKING

from collabcare.demo.stories import Course

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

PHQ9_ITEMS = 9
GAD7_ITEMS = 7
_MOST = 3
_PHQ9_TOP = 23  # of the eight items before the safety item, nearly all at their most
_GAD7_TOP = 20
_SAFETY = 8  # place of the safety item, from 0
_PLAN_WEEKS = 14
_CORE10_ITEMS = 10
_CORE10_MOST = 4
_CORE10_REVERSED = (1, 2)  # places from 0
_CORE10_SAFETY = 5
_SATISFACTION = {"dialog": (11, 7), "rstar": (10, 10)}  # how many items, and the highest answer
_DIP_WEEKS = 3

# How readily each item is answered upwards: low mood, sleep and tiredness first, moving slowly last.
_PHQ9_PULL = (1.15, 1.25, 1.3, 1.4, 0.85, 1.0, 0.9, 0.45)
_GAD7_PULL = (1.3, 1.25, 1.35, 1.1, 0.7, 0.9, 0.75)


@dataclass(frozen=True, slots=True)
class Shape:
    """Where a course starts, PHQ-9 and GAD-7, and what share of the start is left at week 14."""

    phq9: tuple[int, int]
    gad7: tuple[int, int]
    left: float


_SHAPES = {
    Course.RESPONDING: Shape((13, 20), (10, 16), 0.32),
    Course.RECOVERED: Shape((12, 18), (9, 15), 0.1),
    Course.PARTIAL: Shape((14, 19), (11, 16), 0.62),
    Course.STALLED: Shape((13, 18), (10, 15), 0.95),
    Course.WORSENING: Shape((11, 15), (9, 14), 1.6),
    Course.ANXIOUS: Shape((7, 12), (14, 19), 0.4),
}
_PACE = 2.6


def phq9_totals(course: Course, weeks: Sequence[float], rng: Random) -> list[int]:
    """Return a PHQ-9 total for each week since the first contact."""
    shape = _SHAPES[course]
    return _totals(rng.randint(*shape.phq9), shape.left, weeks, _PHQ9_TOP, rng)


def gad7_totals(course: Course, weeks: Sequence[float], rng: Random) -> list[int]:
    """Return a GAD-7 total for each week since the first contact."""
    shape = _SHAPES[course]
    return _totals(rng.randint(*shape.gad7), shape.left, weeks, _GAD7_TOP, rng)


def _totals(start: int, left: float, weeks: Sequence[float], top: int, rng: Random) -> list[int]:
    found = []
    for number, week in enumerate(weeks):
        value = _expected(start, left, week) + (rng.uniform(-1.4, 1.4) if number else 0)
        found.append(min(max(round(value), 0), top))
    return found


def _expected(start: int, left: float, week: float) -> float:
    """Return the course's value: quick gains first, then slower; a worsening begins with a short lift."""
    if left > 1:
        lift = start * 0.85
        if week <= _DIP_WEEKS:
            return start - (start - lift) * week / _DIP_WEEKS
        return lift + (start * left - lift) * min((week - _DIP_WEEKS) / (_PLAN_WEEKS / 2), 1)
    end = start * left
    return end + (start - end) * exp(-_PACE * week / _PLAN_WEEKS)


def phq9_answers(total: int, safety: int, rng: Random) -> tuple[int, ...]:
    """Return nine answers that make up ``total``, the safety item answered ``safety``.

    A total the other eight items cannot make up is lowered to what they can.
    """
    safety = min(safety, total)
    others = _spread(min(total - safety, _MOST * _SAFETY), _PHQ9_PULL, rng)
    return (*others, safety)


def gad7_answers(total: int, rng: Random) -> tuple[int, ...]:
    """Return seven answers that make up ``total``."""
    return tuple(_spread(total, _GAD7_PULL, rng))


def other_answers(instrument: str, phq9: int, rng: Random) -> tuple[int, ...]:
    """Return the answers of somebody with this PHQ-9 total on DIALOG, the Recovery Star or CORE-10."""
    share = min(phq9 / _PHQ9_TOP, 1.0)
    if instrument == "core10":
        raw = [round(_CORE10_MOST * share * rng.uniform(0.6, 1.3)) for _ in range(_CORE10_ITEMS)]
        answers = [min(each, _CORE10_MOST) for each in raw]
        for item in _CORE10_REVERSED:
            answers[item] = _CORE10_MOST - answers[item]
        answers[_CORE10_SAFETY] = 0
        return tuple(answers)
    items, top = _SATISFACTION[instrument]
    return tuple(max(round(top - (top - 1) * share * rng.uniform(0.6, 1.2)), 1) for _ in range(items))


def with_blank(answers: Sequence[int | None], item: int) -> tuple[int | None, ...]:
    """Return the answers with one left out; ``item`` counts from 1."""
    return (*answers[: item - 1], None, *answers[item:])


def function_answer(total: int) -> int:
    """Return how hard the problems make the day, as somebody with this PHQ-9 total would answer."""
    return sum(total >= bound for bound in (3, 10, 19))


def _spread(total: int, pulls: Sequence[float], rng: Random) -> list[int]:
    """Share a total out over items, the readier ones first, each up to the most it can be."""
    answers = [0] * len(pulls)
    keen = [pull * rng.uniform(0.75, 1.25) for pull in pulls]
    for _ in range(total):
        item = max(
            (i for i, answer in enumerate(answers) if answer < _MOST),
            key=lambda i: keen[i] / (answers[i] + 1),
        )
        answers[item] += 1
    return answers
