"""A service model's numbers, as its file in resources/pathways states them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from collabcare.domain.errors import RuleViolation

if TYPE_CHECKING:
    from datetime import time


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One level of care, numbered from the least intensive."""

    number: int
    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RungPolicy:
    """One rung of the re-engagement ladder.

    ``working_days`` counts after the missed date (0 = the same day); ``days_after_letter`` counts calendar
    days after the opt-in letter and stands instead of it.
    """

    number: int
    working_days: int | None
    days_after_letter: int | None
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LadderPolicy:
    """The whole ladder of one track."""

    rungs: tuple[RungPolicy, ...]
    same_day_until: time
    restart_rung: int
    letter_rung: int
    second_miss_rung: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreThreshold:
    """A score that brings a case to supervision when it is not yet discussed."""

    instrument: str
    name: str
    at_least: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SupervisionPolicy:
    """When a case comes to supervision."""

    interval_days: int
    notice_days: int
    new_case_days: int
    score_thresholds: tuple[ScoreThreshold, ...]
    unseen_days: int
    booked_within_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Pathway:
    """A service model: its steps, its contact plan, its ladder and its intervals (all in days or weeks)."""

    id: str
    name: str
    steps: tuple[Step, ...]
    first_contact_days: int
    contact_weeks: tuple[int, ...]
    after_plan_weeks: int
    maintenance_months: tuple[int, ...]
    measures: tuple[str, ...]
    measure_interval_days: int
    rebook_working_days: int
    gp_letter_days: int
    ladder: LadderPolicy
    supervision: SupervisionPolicy
    source: str

    def step(self, number: int) -> Step:
        """Return the step with this number."""
        for step in self.steps:
            if step.number == number:
                return step
        raise RuleViolation(f"{self.name} has no step {number}.")

    def weeks_to_next_contact(self, attended: int) -> int:
        """Return the weeks from the latest attended contact to the next, after ``attended`` (1 or more)."""
        if attended < len(self.contact_weeks):
            return self.contact_weeks[attended] - self.contact_weeks[attended - 1]
        return self.after_plan_weeks
