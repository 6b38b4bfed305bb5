"""A service model's numbers, as its file in resources/pathways states them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from collabcare.domain.errors import RuleViolation

if TYPE_CHECKING:
    from collabcare.domain.reengagement_policy import LadderPolicy
    from collabcare.domain.supervision_policy import SupervisionPolicy


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One level of care, numbered from the least intensive."""

    number: int
    id: str
    name: str


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
