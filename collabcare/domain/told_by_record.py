"""What the record tells by itself of what a service model's clocks ask for, so that nobody enters it twice.

That somebody was assessed and treated is told by the contacts attended, by the same rules as the letters to
the GP and the ending codes; that there is a plan, by the first goal. The rest is a milestone to record.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from collabcare.domain.closure import is_treatment_contact
from collabcare.domain.due_letters import assessment_of
from collabcare.domain.errors import RuleViolation
from collabcare.domain.plan_facts import MilestoneKind

if TYPE_CHECKING:
    from datetime import date, time

    from collabcare.domain.facts import ContactFact, EpisodeFacts

_TREATED = (MilestoneKind.INTERVENTION, MilestoneKind.TREATMENT_START)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """When something was reached, and ``by`` what in the record that is seen; ``at`` is London time."""

    on: date
    by: str
    at: time | None = None


def told_by_record(facts: EpisodeFacts, kind: MilestoneKind) -> Told | None:
    """Return when something was first reached, as what stands beside the milestones tells it."""
    if kind is MilestoneKind.CARE_PLAN:
        agreed = min((goal.opened_on for goal in facts.goals), default=None)
        return None if agreed is None else Told(on=agreed, by="goals agreed")
    if kind is MilestoneKind.ASSESSMENT:
        return _contact(assessment_of(facts.attended))
    if kind in _TREATED:
        return _contact(next((each for each in facts.attended if _is_treatment(each)), None))
    return None


def _contact(contact: ContactFact | None) -> Told | None:
    return None if contact is None else Told(on=contact.on, at=contact.at, by="contact attended")


def _is_treatment(contact: ContactFact) -> bool:
    """Return whether a contact was treatment; one with a type nobody can read is not taken for it."""
    try:
        return is_treatment_contact(contact)
    except RuleViolation:
        return False
