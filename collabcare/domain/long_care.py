"""How long is long: the time in a step and in treatment, so that nobody's care goes on unlooked-at.

It is a clock and nothing else. It says nothing of how anybody is, it never ends or moves care, and while
somebody waits, rests or is staying well other clocks run.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from collabcare.domain.display import fmt_date, fmt_days
from collabcare.domain.episode import IN_TREATMENT
from collabcare.domain.months import add_months
from collabcare.domain.step_days import OWN_SOURCE, days_of_step
from collabcare.domain.suggestion import Suggestion, Used

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.caseload_policy import CaseloadPolicy
    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.pathway import Pathway
    from collabcare.domain.rulebook import Rulebook

LONG_STEP, VERY_LONG_STEP = "long in this step", "very long in this step"


@dataclass(frozen=True, slots=True, kw_only=True)
class LongCare:
    """One stretch of time that is long; ``very`` where it is beyond the second figure too."""

    words: str
    very: bool
    suggestion: Suggestion


def long_in_step(facts: EpisodeFacts, pathway: Pathway, *, today: date) -> LongCare | None:
    """Return that somebody in treatment has been on their step for longer than its figure."""
    days = (today - facts.step_since).days
    holds = days_of_step(pathway, facts.step)
    if facts.phase not in IN_TREATMENT or days <= holds.long_days:
        return None
    very = days > holds.very_long_days
    limit = holds.very_long_days if very else holds.long_days
    step = pathway.step(facts.step)
    return LongCare(
        words=VERY_LONG_STEP if very else LONG_STEP,
        very=very,
        suggestion=Suggestion(
            sentence=f"On step {step.number}, {step.name}, since {fmt_date(facts.step_since)}, more than"
            f" {fmt_days(limit)}. Consider whether it is still the right one.",
            rule="time_in_step",
            used=(
                Used("In the step since", facts.step_since),
                Used("Days", days),
                Used("Longer than", limit),
            ),
            source=OWN_SOURCE if holds.own else pathway.source,
        ),
    )


def long_in_treatment(facts: EpisodeFacts, policy: CaseloadPolicy, *, today: date) -> LongCare | None:
    """Return that somebody still in treatment was first seen so many months ago."""
    attended = facts.attended
    months = policy.long_treatment_months
    if facts.phase not in IN_TREATMENT or not attended:
        return None
    first = attended[0].on
    if add_months(first, months) > today:
        return None
    return LongCare(
        words=f"{months} months or more in treatment",
        very=False,
        suggestion=Suggestion(
            sentence=f"In treatment since {fmt_date(first)}, {months} months or more. Consider reviewing what"
            " helps, and what is next.",
            rule="time_in_treatment",
            used=(Used("First seen", first), Used("Months", months)),
            source=policy.source,
        ),
    )


def long_care(facts: EpisodeFacts, rulebook: Rulebook, *, today: date) -> tuple[LongCare, ...]:
    """Return whatever of a patient's care is long, the time in the step first."""
    found = (
        long_in_step(facts, rulebook.pathway, today=today),
        long_in_treatment(facts, rulebook.caseload, today=today),
    )
    return tuple(each for each in found if each is not None)
