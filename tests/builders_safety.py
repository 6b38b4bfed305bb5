"""Made-up safety facts for tests, and the shipped numbers they are read with."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from collabcare.catalogue.safety import load_helplines, load_safety_policy
from collabcare.domain.safety_assessment import AssessmentDraft
from collabcare.domain.safety_facts import PlanStatus, SafetyAssessmentFact, SafetyPlanFact
from collabcare.paths import resources_dir
from tests.builders import MONDAY, day

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.safety_page import Helplines
    from collabcare.domain.safety_policy import SafetyPolicy

# Any below: a builder takes every field of the fact it builds, by name, and mypy checks the defaults.


@cache
def policy() -> SafetyPolicy:
    """Return the shipped numbers."""
    return load_safety_policy(resources_dir() / "rules" / "safety.toml")


@cache
def helplines() -> Helplines:
    """Return the shipped helplines."""
    return load_helplines(resources_dir() / "safety" / "helplines.toml")


def draft(on: date = MONDAY, **changes: Any) -> AssessmentDraft:  # noqa: ANN401 - see above
    """Return an assessment as it is written, reviewed a week later."""
    made = AssessmentDraft(
        assessed_on=on, own_words="I am worn out.", formulation="Losing the flat.", review_on=day(7)
    )
    return replace(made, **changes)


def assessment(on: date = MONDAY, **changes: Any) -> SafetyAssessmentFact:  # noqa: ANN401 - see above
    """Return the first version of an assessment with its formulation, reviewed a week later."""
    made = SafetyAssessmentFact(
        id=1,
        assessed_on=on,
        version=1,
        own_words="I am worn out.",
        formulation="Losing the flat.",
        review_on=day(7),
    )
    return replace(made, **changes)


def plan(status: PlanStatus = PlanStatus.ACTIVE, **changes: Any) -> SafetyPlanFact:  # noqa: ANN401 - see above
    """Return the first version of a safety plan with steps 1, 2 and 5, reviewed four weeks later."""
    made = SafetyPlanFact(
        id=1,
        version=1,
        status=status,
        made_on=MONDAY,
        warning_signs="Not sleeping",
        by_myself="A walk by the canal\nMusic",
        professionals="Jo Smith, 0113 496 0000",
        review_on=day(28),
    )
    return replace(made, **changes)
