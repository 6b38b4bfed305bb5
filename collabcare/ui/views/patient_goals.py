"""What a patient lives towards and how they get on, before any symptom: goals, their next steps, function."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from collabcare.domain.display import fmt_date, spoken_dates
from collabcare.domain.function import function_now
from collabcare.domain.goal_actions import action_words, next_own_step, when_words
from collabcare.domain.goal_words import goal_so_far
from collabcare.domain.goals import GOALS, active_goals
from collabcare.ui.views.suggested import quiet
from collabcare.ui.widgets.buttons import Button, ButtonKind
from collabcare.ui.widgets.card import Card
from collabcare.ui.widgets.layouts import column, row
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLayout

    from collabcare.domain.plan_facts import GoalFact
    from collabcare.queries.patient_page import PatientPage

_NO_GOAL = "No goal yet. What would they like to be different?"


class GoalsCard(Card):
    """Each goal with how close it feels, how that moved, and the patient's own next step; then function."""

    def __init__(self, page: PatientPage) -> None:
        self.open_page = Button("Open", ButtonKind.QUIET, compact=True)
        active = active_goals(page.facts.goals)
        super().__init__("Goals", count=len(active) or None, action=self.open_page)
        self.setObjectName("patient_goals")
        self.open_page.setObjectName("goals_open")
        self.open_page.setAccessibleName("Open the goals")
        if not active:
            self.body.addWidget(quiet(_NO_GOAL))
        for goal in active:
            self.body.addLayout(_goal(page, goal))
        answer = function_now(page.facts, page.rulebook.instruments, page.rulebook.pathway.measures)
        if answer is not None:
            said = f"How they get on: {answer.words}, {answer.instrument} on {fmt_date(answer.on)}"
            self.body.addWidget(quiet(said))


def _goal(page: PatientPage, goal: GoalFact) -> QLayout:
    so_far = goal_so_far(page.rulebook.instruments[GOALS], goal)
    words = PlainLabel(goal.text, wrap=True)
    figure = PlainLabel(so_far.now if goal.ratings else "", TextRole.FIGURE)
    figure.setAccessibleName(spoken_dates(f"{goal.text}: {so_far.words}"))
    head = row(words, figure, gap=8)
    head.setStretch(0, 1)
    head.setAlignment(figure, Qt.AlignmentFlag.AlignTop)
    lines = [quiet(so_far.was if goal.ratings else so_far.now)]
    step = next_own_step(goal)
    if step is not None:
        when = when_words(step, today=page.today)
        lines.append(quiet(f"Next: {action_words(step)}{f', {when}' if when else ''}"))
    return column(head, *lines, gap=0)
