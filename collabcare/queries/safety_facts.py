"""Safety assessments and plans as facts: each SELECT beside what its rows become."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, select

from collabcare.domain.safety_facts import PlanStatus, SafetyAssessmentFact, SafetyPlanFact
from collabcare.queries.grouped import by_code
from collabcare.store import models as m

if TYPE_CHECKING:
    from collabcare.queries.grouped import AnyRow, AnySelect

_STATUS = by_code(PlanStatus)
_ASSESSMENT = (
    *("id", "assessed_on", "recorded_at", "present", "own_words", "thoughts_and_plans"),
    *("past_and_what_helped", "stressors", "strengths", "changeable", "communication_needs", "dependants"),
    *("family_views", "formulation", "quick_concern", "if_contact_lost", "act_quickly_if_contact_lost"),
    *("action_now", "shared_with", "sharing_basis", "review_on"),
)
_PLAN = (
    *("id", "made_on", "recorded_at", "warning_signs", "by_myself", "people_and_places", "people_to_ask"),
    *("professionals", "surroundings", "reasons_for_living", "copy_given", "shared_with", "review_on"),
    *("declined_reason", "ended_on", "ended_reason"),
)


def assessments(which: ColumnElement[bool]) -> AnySelect:
    """Select every version of the safety assessments, the first first; one entered in error is no fact."""
    assessment = m.SafetyAssessment
    columns = assessment.__table__.c
    return (
        select(assessment.episode_id, assessment.number, *(columns[name] for name in _ASSESSMENT))
        .join(m.Episode, m.Episode.id == assessment.episode_id)
        .where(which, assessment.voided_reason.is_(None))
        .order_by(assessment.number)
    )


def assessment(row: AnyRow) -> SafetyAssessmentFact:
    """Make one version."""
    _, number, *values = row
    return SafetyAssessmentFact(version=number, **dict(zip(_ASSESSMENT, values, strict=True)))


def plans(which: ColumnElement[bool]) -> AnySelect:
    """Select every version of the safety plans, the first first."""
    plan = m.SafetyPlan
    columns = plan.__table__.c
    return (
        select(plan.episode_id, plan.number, plan.status, plan.version, *(columns[name] for name in _PLAN))
        .join(m.Episode, m.Episode.id == plan.episode_id)
        .where(which)
        .order_by(plan.number)
    )


def plan(row: AnyRow) -> SafetyPlanFact:
    """Make one version."""
    _, number, status, version, *values = row
    words = dict(zip(_PLAN, values, strict=True))
    return SafetyPlanFact(version=number, status=_STATUS[status], row_version=version, **words)
