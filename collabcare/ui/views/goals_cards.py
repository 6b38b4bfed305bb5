"""The cards of the Goals page: each goal with its line over time and its steps, and those that are closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from collabcare.domain.display import spoken_dates
from collabcare.domain.goal_actions import action_words, open_actions, settled_actions, when_words
from collabcare.domain.goal_words import (
    ended_words,
    goal_chart,
    goal_so_far,
    opened_words,
    standing_ratings,
    together_words,
)
from collabcare.domain.goals import GOALS, goals_progress
from collabcare.ui.theme import current_theme
from collabcare.ui.views.suggested import quiet
from collabcare.ui.views.two_columns import TwoColumns
from collabcare.ui.widgets.card import Card
from collabcare.ui.widgets.flow_box import FlowBox
from collabcare.ui.widgets.layouts import STRETCH, column, row
from collabcare.ui.widgets.look import Tone
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole
from collabcare.ui.widgets.score_chart import ScoreChartView

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QLayout, QWidget

    from collabcare.domain.plan_facts import GoalActionFact, GoalFact
    from collabcare.queries.patient_page import PatientPage

    StepActs = Callable[[GoalActionFact], Sequence[QWidget]]

_NO_GOAL = "No goal yet. What would the patient like to be different?"
_TWO = 2


def overview_card(page: PatientPage, acts: Sequence[QWidget], count: int) -> Card:
    """Return what can be done with all goals at once, and how they have moved together."""
    card = Card("Goals", count=count or None)
    card.setObjectName("goals_overview")
    if not count:
        card.body.addWidget(quiet(_NO_GOAL))
    card.body.addWidget(FlowBox(*acts, gap=8))
    found = goals_progress(page.rulebook.instruments[GOALS], page.facts.goals)
    if found.mean is not None and len(found.goals) > 1:
        card.body.addWidget(quiet(together_words(found.mean)))
    return card


def goal_card(page: PatientPage, goal: GoalFact, acts: Sequence[QWidget], step_acts: StepActs) -> Card:
    """Return one goal: its words, how close it feels and felt, and the steps towards it, own steps first."""
    card = Card()
    card.setObjectName(f"goal_{goal.id}")
    card.setAccessibleName(f"Goal {goal.place}: {goal.text}")
    card.body.addWidget(PlainLabel(goal.text, TextRole.HEADING, wrap=True))
    card.body.addWidget(quiet(opened_words(goal, page.today)))
    card.body.addWidget(TwoColumns(_closeness(page, goal), _steps(page, goal, step_acts)))
    if acts:
        card.body.addWidget(FlowBox(*acts, gap=8))
    return card


def closed_card(page: PatientPage, goals: Sequence[GoalFact]) -> Card:
    """Return the goals that were reached or put aside, the latest first, each with its last rating."""
    gbo = page.rulebook.instruments[GOALS]
    card = Card("Reached and put aside", count=len(goals))
    card.setObjectName("goals_closed")
    for goal in sorted(goals, key=lambda each: (each.closed_on or page.today, each.id), reverse=True):
        lines = [quiet(f"{ended_words(gbo, goal)}. {goal_so_far(gbo, goal).words}.")]
        done = [each for each in settled_actions(goal) if each.done_on is not None]
        lines += [quiet(f"{action_words(each)}, {when_words(each, today=page.today)}") for each in done]
        card.body.addLayout(column(PlainLabel(goal.text, wrap=True), *lines, gap=0))
    return card


def _closeness(page: PatientPage, goal: GoalFact) -> QLayout:
    gbo = page.rulebook.instruments[GOALS]
    so_far = goal_so_far(gbo, goal)
    figure = PlainLabel(so_far.now, TextRole.FIGURE if goal.ratings else TextRole.SECONDARY)
    was = PlainLabel(so_far.was, TextRole.SECONDARY, wrap=True)
    was.setAccessibleName(spoken_dates(f"{goal.text}: {so_far.words}"))
    head = row(figure, was, gap=8)
    head.setStretch(1, 1)
    parts: list[QWidget | QLayout] = [head]
    if so_far.moved:
        moved = PlainLabel(so_far.moved[:1].upper() + so_far.moved[1:], TextRole.SECONDARY, wrap=True)
        moved.set_tone(Tone.GOOD if so_far.meaningful else Tone.ATTENTION)
        parts.append(moved)
    if len(standing_ratings(goal)) >= _TWO:
        chart = ScoreChartView(f"{goal.text} over time")
        chart.set_scene(goal_chart(gbo, goal))
        chart.setMaximumHeight(current_theme().px(150))
        parts.append(chart)
    return column(*parts, STRETCH, gap=6)


def _steps(page: PatientPage, goal: GoalFact, acts: StepActs) -> QLayout:
    lines: list[QWidget | QLayout] = [PlainLabel("Steps towards it", TextRole.STRONG)]
    todo = open_actions(goal)
    if not todo:
        lines.append(quiet("No step is agreed."))
    lines += [_step(page, action, acts(action)) for action in todo]
    lines += [
        quiet(f"{action_words(action)}, {when_words(action, today=page.today)}")
        for action in settled_actions(goal)
    ]
    return column(*lines, STRETCH, gap=6)


def _step(page: PatientPage, action: GoalActionFact, acts: Sequence[QWidget]) -> QLayout:
    when = when_words(action, today=page.today)
    words = PlainLabel(action_words(action), wrap=True)
    late = action.due_on is not None and action.due_on < page.today
    said = quiet(f"{when}, not done yet" if late else when)
    told = column(words, *([said] if when else []), gap=0)
    line = row(told, *acts, gap=4)
    line.setStretch(0, 1)
    for act in acts:
        line.setAlignment(act, Qt.AlignmentFlag.AlignTop)
    return line
