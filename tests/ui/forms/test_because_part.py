"""Asking why somebody had not come: where they were spoken to, and with the miss itself, never a must."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from collabcare.domain.missed_because import MissedBecause, why_of
from collabcare.ui.forms.attempt_form import AttemptForm
from collabcare.ui.forms.contact_form import ContactForm
from tests.ui.keyboard import press, write
from tests.ui.views.patient_scene import scene_of, think, words

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.record_fixtures import Practice
    from tests.ui.scripted_prompts import ScriptedPrompts
    from tests.ui.views.patient_scene import PatientScene

UNWELL = MissedBecause.TOO_UNWELL


@pytest.fixture
def scene(qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts) -> PatientScene:
    return scene_of(qtbot, practice, prompts, "AD")


def test_it_is_asked_only_of_whoever_was_spoken_to_and_suggests_what_to_think_about(
    scene: PatientScene,
) -> None:
    form = scene.compose("attempt", AttemptForm)
    press(Qt.Key.Key_1)
    press(Qt.Key.Key_3)
    assert not form.why.isVisible(), "no answer tells no reason"
    form.outcome.setFocus()
    press(Qt.Key.Key_4)
    assert form.why.isVisible()
    write("Sister")
    form.why.reason.setFocus()
    write("too")
    assert form.why.because() is UNWELL
    assert "Consider whether they need more than was planned" in words(form.why)
    form.why.words.setFocus()
    write("In bed all week")
    press(Qt.Key.Key_Return, ctrl=True)
    made = scene.facts().ladders[-1].attempts[-1]
    assert why_of(made) == (UNWELL, "In bed all week")


def test_with_the_miss_it_may_be_left_open_and_is_not_asked_of_who_came(scene: PatientScene) -> None:
    form = scene.compose("contact", ContactForm)
    press(Qt.Key.Key_5)
    assert not form.why.isVisible()
    form.why.reason.set_value(UNWELL)
    assert form.why.given() == {"missed_because": None, "missed_because_words": ""}
    form.outcome.setFocus()
    press(Qt.Key.Key_3)
    think(form)
    assert form.why.isVisible()
    assert form.command().missed_because is UNWELL
    form.why.reason.set_value(MissedBecause.NOT_ASKED)
    form.why.words.setText("x")
    assert not form.why.words.isVisible()
    assert form.command().missed_because_words == ""
    form.why.reason.set_value(None)
    assert form.command().missed_because is None
