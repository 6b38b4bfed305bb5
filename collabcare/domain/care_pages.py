"""The patient's own pages: their goals with the steps towards them, and their staying-well plan, as read.

Headings and texts, not their drawing. No questionnaire's score is on them: they may lie on a kitchen table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.display import fmt_date_long, fmt_name_letter
from collabcare.domain.errors import RuleViolation
from collabcare.domain.goal_actions import ON_PAPER, action_words, open_actions
from collabcare.domain.goal_words import standing_ratings
from collabcare.domain.goals import active_goals
from collabcare.domain.nhs_number import fmt_nhs_number
from collabcare.domain.plan_facts import ActionOwner
from collabcare.domain.safety_page import PlanPage, PlanSection

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from collabcare.domain.facts import PatientFacts
    from collabcare.domain.plan_facts import GoalActionFact, GoalFact, RelapsePlanFact

OWNED = "Owned by you"
GOALS_FOOT = "These are your goals. You can change them at any time: tell us, and we write them anew."
WELL_FOOT = "This page alerts nobody. If things get harder, ring us or your GP; in an emergency ring 999."
_HEADINGS = {
    "warning_signs": "My early warning signs",
    "triggers": "What can set it off",
    "what_helped": "What helped",
    "medication": "My medicines",
    "if_it_returns": "What I do if it comes back",
    "who_to_contact": "Who I can contact",
    "way_back": "My way back to the team",
}
"""The parts of a staying-well plan as the patient reads them, by their field."""


def goals_page(goals: Sequence[GoalFact], patient: PatientFacts, *, top: int, today: date) -> PlanPage:
    """Return the page of the goals that are worked on, each with its steps: the patient's own come first.

    ``top`` is the rating of a goal that is fully reached.

    Raises:
        RuleViolation: When there is no goal to print.
    """
    active = active_goals(goals)
    if not active:
        raise RuleViolation("There is no goal to print yet. Add one first.")
    whose, identity = _whose(patient)
    return PlanPage(
        title="My goals and my plan",
        whose=f"{whose} – {OWNED}",
        dates=(f"As agreed on {fmt_date_long(today)}",),
        sections=tuple(
            PlanSection(heading=f"{number}. {goal.text}", lines=_goal_lines(goal, top))
            for number, goal in enumerate(active, start=1)
        ),
        foot=GOALS_FOOT,
        identity=identity,
    )


def staying_well_page(plan: RelapsePlanFact | None, patient: PatientFacts) -> PlanPage:
    """Return the page of a staying-well plan; what is not written yet has no empty heading on paper.

    Raises:
        RuleViolation: When nothing of it is written yet.
    """
    if plan is None:
        raise RuleViolation("There is no staying-well plan to print yet. Write one first.")
    whose, identity = _whose(patient)
    return PlanPage(
        title="My plan for staying well",
        whose=f"{whose} – {OWNED}",
        dates=(f"Made on {fmt_date_long(plan.made_on)}",),
        sections=tuple(
            PlanSection(heading=heading, lines=lines)
            for name, heading in _HEADINGS.items()
            if (lines := _lines(getattr(plan, name)))
        ),
        foot=WELL_FOOT,
        identity=identity,
    )


def _goal_lines(goal: GoalFact, top: int) -> tuple[str, ...]:
    lines: list[str] = []
    if ratings := standing_ratings(goal):
        last = ratings[-1]
        lines.append(f"Where I am now: {last.rating} of {top}, on {fmt_date_long(last.rated_on)}")
    steps = open_actions(goal)
    for owner in ActionOwner:
        lines += [f"{ON_PAPER[owner]}{_step(each)}" for each in steps if each.whose is owner]
    return tuple(lines or ["The first step is still to be agreed."])


def _step(action: GoalActionFact) -> str:
    by = f" (by {fmt_date_long(action.due_on, weekday=True)})" if action.due_on is not None else ""
    text = action_words(action) if action.whose is ActionOwner.PATIENT else action.text
    return f"{text.rstrip('.')}{by}"


def _whose(patient: PatientFacts) -> tuple[str, str]:
    whose = fmt_name_letter(patient.preferred_name or patient.given_name, patient.surname)
    return whose, f"{whose}, NHS number {fmt_nhs_number(patient.nhs_number)}"


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
