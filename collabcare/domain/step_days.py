"""After how many days in one step somebody stands out: the service model's figures, or a practice's own.

A practice knows how long its steps take; whatever it says, the figures are a clock and nothing else
(:mod:`collabcare.domain.long_care`). That each step has two of them is as in iaptus, whose steps turn yellow
and then red; the figures of a model are this project's defaults.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from collabcare.domain.display import fmt_days
from collabcare.domain.errors import RuleViolation

if TYPE_CHECKING:
    from collabcare.domain.pathway import Pathway

MOST_DAYS = 3_650
OWN_SOURCE = "This practice's own figures, set on its Practice page."


@dataclass(frozen=True, slots=True, kw_only=True)
class StepDays:
    """The figures of one step: long after so many days, very long after so many; ``own`` to the practice."""

    step: int
    long_days: int
    very_long_days: int
    own: bool = True

    @property
    def words(self) -> str:
        """Say both figures."""
        return f"long after {fmt_days(self.long_days)}, very long after {self.very_long_days}"


def days_of_step(pathway: Pathway, step: int) -> StepDays:
    """Return the figures that hold for a step: the practice's own, else those of the service model."""
    own = next((each for each in pathway.own_days if each.step == step), None)
    return own or model_days(pathway, step)


def model_days(pathway: Pathway, step: int) -> StepDays:
    """Return what the service model says of a step, whatever the practice does."""
    return StepDays(
        step=step,
        long_days=pathway.step_long_days,
        very_long_days=pathway.step_very_long_days,
        own=False,
    )


def refuse_step_days(days: StepDays, pathway: Pathway) -> None:
    """Refuse figures of a step that is not there, or that could not both be reached one after the other.

    Raises:
        RuleViolation: With what to type instead.
    """
    pathway.step(days.step)
    if not 1 <= days.long_days <= MOST_DAYS or not 1 <= days.very_long_days <= MOST_DAYS:
        raise RuleViolation(f"Type whole days from 1 to {MOST_DAYS}.")
    if days.very_long_days <= days.long_days:
        raise RuleViolation("Very long comes after long: type a larger number of days there.")
