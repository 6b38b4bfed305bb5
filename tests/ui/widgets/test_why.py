"""Why a suggestion is made: opened and closed in place by key, as plain text, and nothing else happens."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from collabcare.domain.suggestion import Suggestion, Used
from collabcare.ui.widgets.layouts import column
from collabcare.ui.widgets.why import WhyButton, rule_words
from tests.ui.accessibility import nameless
from tests.ui.keyboard import here, press, under_hands
from tests.ui.views.patient_scene import words

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

LITTLE_CHANGE = Suggestion(
    sentence="Consider reviewing the plan.",
    rule="treat_to_target.early_check",
    used=(Used("PHQ-9 latest score", "<b>12</b>"), Used("Taken on", date(2026, 9, 1)), Used("Answer", None)),
    source="A published review.",
)
BARE = Suggestion(sentence="Consider it.", rule="due.contact", used=(), source="")


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("treat_to_target.not_improving", "Treat to target: not improving"),
        ("due.gp_letter", "Due: GP letter"),
        ("reengagement_step", "Re-engagement step"),
        ("safety.conversation", "Safety: conversation"),
    ],
)
def test_a_rule_is_read_by_its_name(rule: str, said: str) -> None:
    assert rule_words(rule) == said


def shown(qtbot: QtBot, told: Suggestion) -> WhyButton:
    """Return the button of a suggestion, under the user's hands."""
    button, holder = WhyButton(told, "Little change since 01-Sep-2026"), QWidget()
    holder.setLayout(column(button, button.panel))
    under_hands(qtbot, holder)
    button.setFocus()
    return button


def test_enter_shows_the_rule_the_facts_and_the_source_as_plain_text(qtbot: QtBot) -> None:
    button = shown(qtbot, LITTLE_CHANGE)
    assert words(button.panel) == ""
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(button.panel.isVisible)
    assert words(button.panel).splitlines() == [
        "Rule",
        "Treat to target: early check",
        "Facts used",
        "PHQ-9 latest score: <b>12</b>",
        "Taken on: 01-Sep-2026",
        "Answer: not recorded",
        "Source",
        "A published review.",
    ]
    assert here() is button
    press(Qt.Key.Key_Space)
    assert not button.panel.isVisible()


def test_it_is_named_and_says_what_it_shows_with_dates_in_full(qtbot: QtBot) -> None:
    button = shown(qtbot, LITTLE_CHANGE)
    assert button.accessibleName() == "Why: Little change since 1 September 2026"
    assert button.accessibleDescription() == ""
    press(Qt.Key.Key_Space)
    said = button.accessibleDescription()
    assert said.startswith("Rule: Treat to target: early check. Facts used: PHQ-9 latest score: <b>12</b>; ")
    assert "Taken on: 1 September 2026" in said
    assert nameless(button.window()) == []


def test_escape_closes_it_and_only_then_is_the_windows_again(qtbot: QtBot) -> None:
    button = shown(qtbot, LITTLE_CHANGE)
    left: list[bool] = []
    button.left.connect(lambda: left.append(True))
    press(Qt.Key.Key_Escape)
    assert left == []
    press(Qt.Key.Key_Space, Qt.Key.Key_Escape)
    assert left == [True]
    assert (button.panel.isVisible(), button.text(), here()) == (False, "Why", button)


def test_a_rule_without_facts_or_source_says_so(qtbot: QtBot) -> None:
    button = shown(qtbot, BARE)
    press(Qt.Key.Key_Space)
    assert words(button.panel).splitlines()[2:] == ["Facts used", "None", "Source", "Not stated"]
    assert button.accessibleDescription().endswith("Facts used: none. Source: not stated")
