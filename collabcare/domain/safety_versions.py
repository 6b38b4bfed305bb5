"""What changed from one version of a safety assessment or plan to the next; the old one stays as it was."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from collabcare.domain.display import fmt_date
from collabcare.domain.safety_assessment import ASSESSMENT_HEADINGS, assessment_words, said, sharing_words
from collabcare.domain.safety_plan import PLAN_HEADINGS, REASONS_HEADING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from collabcare.domain.safety_facts import SafetyAssessmentFact, SafetyPlanFact

ACT_QUICKLY = "Act quickly if contact is lost"
REVIEW = "To be reviewed by"
COPY_GIVEN = "Copy given"
AGREED_TO_SHARE = "Agreed to share with"


@dataclass(frozen=True, slots=True, kw_only=True)
class PartChange:
    """One part that differs: what it said before and what it says now."""

    heading: str
    was: str
    now: str


def assessment_changes(before: SafetyAssessmentFact, after: SafetyAssessmentFact) -> tuple[PartChange, ...]:
    """Return the parts of an assessment that differ from the version before."""
    return _differing(whole_assessment(before), whole_assessment(after))


def plan_changes(before: SafetyPlanFact, after: SafetyPlanFact) -> tuple[PartChange, ...]:
    """Return the parts of a plan that differ from the version before."""
    return _differing(whole_plan(before), whole_plan(after))


def whole_assessment(assessment: SafetyAssessmentFact) -> dict[str, str]:
    """Return everything an assessment says by its headings, what is empty as not discussed."""
    quickly = "Yes" if assessment.act_quickly_if_contact_lost else "Not asked for"
    return {
        **dict(assessment_words(assessment)),
        ASSESSMENT_HEADINGS["shared_with"]: sharing_words(assessment),
        ACT_QUICKLY: quickly,
        REVIEW: fmt_date(assessment.review_on),
    }


def whole_plan(plan: SafetyPlanFact) -> dict[str, str]:
    """Return everything a plan says by its headings, what is empty as not discussed."""
    return {
        **{heading: said(getattr(plan, step)) for step, heading in PLAN_HEADINGS.items()},
        REASONS_HEADING: said(plan.reasons_for_living),
        COPY_GIVEN: plan.copy_given.strip() or "Not recorded",
        AGREED_TO_SHARE: said(plan.shared_with),
        REVIEW: fmt_date(plan.review_on),
    }


def _differing(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[PartChange, ...]:
    return tuple(
        PartChange(heading=heading, was=was, now=after[heading])
        for heading, was in before.items()
        if was.split() != after[heading].split()
    )
