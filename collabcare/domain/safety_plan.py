"""The safety plan: six steps in the patient's own words, kept in versions and reviewed.

The steps follow the structure of the Safety Planning Intervention (Stanley and Brown, Cognitive and
Behavioral Practice 2012, 19:256) under headings of our own. A plan holds until it is looked at again: no
answer on a form and no date that passes ends it. A safety plan is never a promise asked of the patient.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from collabcare.domain.display import fmt_date
from collabcare.domain.errors import RuleViolation
from collabcare.domain.safety_assessment import NOT_DISCUSSED, care_ended, review_of, said
from collabcare.domain.safety_facts import PlanStatus
from collabcare.domain.suggestion import Used

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.safety_assessment import SafetyReview
    from collabcare.domain.safety_facts import SafetyPlanFact
    from collabcare.domain.safety_policy import SafetyPolicy


class PlanStep(StrEnum):
    """The steps of a plan in their order, each by the name of its field."""

    WARNING_SIGNS = "warning_signs"
    BY_MYSELF = "by_myself"
    PEOPLE_AND_PLACES = "people_and_places"
    PEOPLE_TO_ASK = "people_to_ask"
    PROFESSIONALS = "professionals"
    SURROUNDINGS = "surroundings"


PLAN_HEADINGS = {
    PlanStep.WARNING_SIGNS: "My warning signs",
    PlanStep.BY_MYSELF: "Things I can do myself",
    PlanStep.PEOPLE_AND_PLACES: "People and places that take my mind off it",
    PlanStep.PEOPLE_TO_ASK: "People I can ask for help",
    PlanStep.PROFESSIONALS: "Professionals and services",
    PlanStep.SURROUNDINGS: "Making my surroundings safer",
}
_REVIEW = ".plan_review"
REASONS_HEADING = "My reasons for living"
PLAN_STATUS_WORDS = {
    PlanStatus.DRAFT: "Draft",
    PlanStatus.ACTIVE: "Active",
    PlanStatus.SUPERSEDED: "Replaced by a newer version",
    PlanStatus.ENDED: "Ended",
    PlanStatus.DECLINED: "Offered, declined",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanStepWords:
    """One step as a screen shows it: what was not talked about says so."""

    number: int
    heading: str
    text: str

    @property
    def discussed(self) -> bool:
        """Return whether anything was written."""
        return self.text != NOT_DISCUSSED


def plan_steps(plan: SafetyPlanFact) -> tuple[PlanStepWords, ...]:
    """Return the six steps in order, what is empty as not discussed."""
    return tuple(
        PlanStepWords(number=number, heading=PLAN_HEADINGS[step], text=said(getattr(plan, step)))
        for number, step in enumerate(PlanStep, start=1)
    )


def plan_lacks(plan: SafetyPlanFact, *, today: date) -> tuple[str, ...]:
    """Return what keeps a plan from being active, each a sentence; empty when nothing does."""
    found = []
    if not plan.professionals.strip():
        found.append(f"Fill in step 5, {PLAN_HEADINGS[PlanStep.PROFESSIONALS]}.")
    if plan.review_on is None:
        found.append("Choose the day on which the plan is reviewed.")
    elif plan.review_on < max(today, plan.made_on):
        found.append("The review day is past. Choose a later day.")
    return tuple(found)


def activated(plans: tuple[SafetyPlanFact, ...], version: int, *, today: date) -> tuple[SafetyPlanFact, ...]:
    """Return every version with this draft active and the one before it superseded; none is lost.

    Raises:
        RuleViolation: When there is no such draft, or it lacks what an active plan must have.
    """
    plan = next((each for each in plans if each.version == version), None)
    if plan is None or plan.status is not PlanStatus.DRAFT:
        raise RuleViolation("Only a draft of this patient's safety plan can be made active.")
    if lacks := plan_lacks(plan, today=today):
        raise RuleViolation(f"The safety plan stays a draft. {' '.join(lacks)}")
    return tuple(_after(each, plan) for each in plans)


def refuse_declined(plan: SafetyPlanFact, *, today: date) -> None:
    """Refuse to record that a plan was offered and declined without its day and the patient's reason.

    Raises:
        RuleViolation: With what is missing.
    """
    if plan.made_on > today:
        raise RuleViolation("The plan cannot have been offered in the future. Check the date.")
    if not plan.declined_reason.strip():
        raise RuleViolation("Write what the patient said about not wanting a safety plan.")


def standing_plan(facts: EpisodeFacts) -> SafetyPlanFact | None:
    """Return the active plan, None when there is none; a review that has passed does not end it."""
    active = [plan for plan in facts.safety_plans if plan.status is PlanStatus.ACTIVE]
    return max(active, key=lambda plan: plan.version, default=None)


def plan_review(facts: EpisodeFacts, policy: SafetyPolicy, *, today: date) -> SafetyReview | None:
    """Return the review of the active plan when it is near or late; the plan goes on until it is done."""
    plan = standing_plan(facts)
    if plan is None or plan.review_on is None or care_ended(facts):
        return None
    named = (
        f"{policy.rule}{_REVIEW}",
        (Used("Plan made on", plan.made_on), Used("Version", plan.version)),
    )
    return review_of(plan.review_on, "The safety plan", named, policy, today=today)


def is_of_plan(rule: str) -> bool:
    """Return whether a thing due by this rule is the review of a safety plan, not of an assessment."""
    return rule.endswith(_REVIEW)


def plan_review_passed(facts: EpisodeFacts, policy: SafetyPolicy, *, today: date) -> SafetyReview | None:
    """Return the review of the active plan once its day has passed: it then also comes to supervision."""
    review = plan_review(facts, policy, today=today)
    return review if review is not None and review.overdue_days else None


def plan_banner(facts: EpisodeFacts, *, today: date) -> str:
    """Say in one sentence how the safety plan stands; nothing recorded says that, and nothing more."""
    plan = standing_plan(facts)
    if plan is not None:
        made = f"Safety plan of {fmt_date(plan.made_on)}"
        if plan.review_on is None:
            return f"{made}, no review date."
        word = "review was due" if plan.review_on < today else "review"
        return f"{made}, {word} {fmt_date(plan.review_on)}."
    last = max(facts.safety_plans, key=lambda each: each.version, default=None)
    if last is None:
        return f"Safety plan: {NOT_DISCUSSED.lower()}."
    return f"Safety plan: {PLAN_STATUS_WORDS[last.status].lower()} {fmt_date(last.made_on)}."


def _after(each: SafetyPlanFact, plan: SafetyPlanFact) -> SafetyPlanFact:
    if each is plan:
        return replace(each, status=PlanStatus.ACTIVE)
    return replace(each, status=PlanStatus.SUPERSEDED) if each.status is PlanStatus.ACTIVE else each
