"""The patient's own pages: their words, their steps first, and no questionnaire's score."""

from __future__ import annotations

import pytest

from collabcare.domain.care_pages import goals_page, staying_well_page
from collabcare.domain.errors import RuleViolation
from collabcare.domain.plan_facts import ActionOwner, GoalActionFact, GoalFact, GoalRating, RelapsePlanFact
from tests.builders import MONDAY, day, patient

GOAL = GoalFact(
    id=1,
    place=1,
    text="Back to choir",
    opened_on=MONDAY,
    ratings=(GoalRating(rated_on=MONDAY, rating=4), GoalRating(rated_on=day(7), rating=0)),
    actions=(
        GoalActionFact(id=1, text="Send the list", whose=ActionOwner.US),
        GoalActionFact(id=2, text="Femi drives.", whose=ActionOwner.OTHER),
        GoalActionFact(id=3, text="Ring the choir.", due_on=day(9)),
        GoalActionFact(id=4, text="Long done", done_on=MONDAY),
    ),
)
NEXT = GoalFact(id=2, place=2, text="Sleep", opened_on=MONDAY)
CLOSED = GoalFact(id=3, place=3, text="Let go", opened_on=MONDAY, closed_on=day(7))


def test_the_goals_page_is_the_patients_with_their_own_steps_first() -> None:
    page = goals_page((CLOSED, NEXT, GOAL), patient(), top=10, today=day(7))
    assert (page.title, page.whose) == ("My goals and my plan", "Ngozi Okafor – Owned by you")
    assert page.dates == ("As agreed on 12 January 2026",)
    assert [section.heading for section in page.sections] == ["1. Back to choir", "2. Sleep"]
    assert page.sections[0].lines == (
        "Where I am now: 0 of 10, on 12 January 2026",
        "I will ring the choir (by Wednesday 14 January 2026)",
        "My team: Send the list",
        "Others: Femi drives",
    )
    assert page.sections[1].lines == ("The first step is still to be agreed.",)
    assert page.identity == "Ngozi Okafor, NHS number 999 000 0018"


def test_there_is_no_page_without_a_goal_or_a_plan() -> None:
    with pytest.raises(RuleViolation, match="no goal to print yet"):
        goals_page((CLOSED,), patient(), top=10, today=MONDAY)
    with pytest.raises(RuleViolation, match="no staying-well plan to print yet"):
        staying_well_page(None, patient())


def test_a_staying_well_page_has_no_empty_heading() -> None:
    plan = RelapsePlanFact(
        made_on=MONDAY, warning_signs="Late nights\n\nNo answer", way_back="Ring us", triggers=" "
    )
    page = staying_well_page(plan, patient(preferred_name="Goze", nhs_number=None))
    assert page.title == "My plan for staying well"
    assert page.whose == "Goze Okafor – Owned by you"
    assert [section.heading for section in page.sections] == [
        "My early warning signs",
        "My way back to the team",
    ]
    assert page.sections[0].lines == ("Late nights", "No answer")
    assert page.identity.endswith("NHS number Not Known")
    assert "999" in page.foot
