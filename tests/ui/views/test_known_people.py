"""Taking somebody on who may be in the record already: shown by surname and date of birth, never merged."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from collabcare.domain.codes import Gender, ReferralReason
from tests.ui.accessibility import nameless
from tests.ui.keyboard import here, press, write
from tests.ui.views.test_new_patient_view import VALID, NewcomerScene, closed

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.record_fixtures import Practice
    from tests.ui.scripted_prompts import ScriptedPrompts


def fill(scene: NewcomerScene, given_name: str = "Ngozi", nhs_number: str = "") -> None:
    """Type somebody of the same surname born on the same day as the one in the record."""
    form = scene.form
    form.nhs_number.edit.setText(nhs_number)
    form.surname.setFocus()
    write("OKAFOR")
    form.given_name.setText(given_name)
    form.born.setFocus()
    write("14/7/1985")
    form.gender.set_value(Gender.FEMALE)
    form.reason.set_value(ReferralReason.ANXIETY)


@pytest.mark.parametrize("given_name", ["Ngozi", "", "Ng"])
def test_somebody_known_is_shown_without_a_number_and_opened(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts, given_name: str
) -> None:
    known = practice.refer("A", nhs_number=VALID)
    scene = NewcomerScene(qtbot, practice, prompts)
    wanted: list[object] = []
    scene.view.patient_requested.connect(wanted.append)
    fill(scene, given_name)
    bar = scene.form.namesake
    who = "OKAFOR, Ngozi (Ms), born 14-Jul-1985, NHS No. 999 000 0018, in our care now."
    assert bar.text() == f"Perhaps the same person: {who}"
    assert nameless(scene.view) == []
    assert not bar.again.isVisible()
    bar.open.click()
    assert wanted == [known]
    scene.form.surname.setText("Okaforova")
    assert bar.text() == ""


def test_they_are_added_beside_only_when_it_is_said_twice(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    known = practice.refer("A", nhs_number=VALID)
    scene = NewcomerScene(qtbot, practice, prompts)
    fill(scene)
    press(Qt.Key.Key_Return, ctrl=True)
    assert scene.added == []
    assert "is in the record. Save again to add another person" in scene.form.message.text()
    press(Qt.Key.Key_Return, ctrl=True)
    (added,) = scene.added
    ours, theirs = practice.facts(added).patient, practice.facts(known).patient
    assert ours.patient_id != theirs.patient_id
    assert theirs.nhs_number == "9990000018"


@pytest.mark.parametrize(("given_name", "number"), [("Ngozi", "999 000 0026"), ("Ada", "")])
def test_another_number_or_first_name_stands_in_nobodys_way(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts, given_name: str, number: str
) -> None:
    closed(practice)
    scene = NewcomerScene(qtbot, practice, prompts)
    fill(scene, given_name, number)
    assert "OKAFOR, Ngozi (Ms)" in scene.form.namesake.text()
    assert scene.form.namesake.text().startswith("Another NHS number") is bool(number)
    assert scene.form.namesake.again.isVisible() is not bool(number)
    press(Qt.Key.Key_Return, ctrl=True)
    assert len(scene.added) == 1


def test_somebody_whose_care_ended_is_referred_again_by_name(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    before = closed(practice)
    scene = NewcomerScene(qtbot, practice, prompts)
    fill(scene)
    bar = scene.form.namesake
    bar.again.setFocus()
    press(Qt.Key.Key_Space)
    assert not scene.form.surname.isVisible()
    assert here() is scene.form.source
    assert bar.text() == "Refer again: OKAFOR, Ngozi (Ms). What is known of them is kept."
    bar.again.click()  # somebody else after all
    assert scene.form.surname.isVisible()
    assert scene.form.save.text() == "Add patient"
    bar.again.click()
    press(Qt.Key.Key_Return, ctrl=True)
    facts = practice.facts(scene.added[0])
    assert facts.previous_episode_id == before
    assert facts.patient.nhs_number == "9990000018"


def test_a_number_typed_for_somebody_without_one_is_not_taken_over_in_silence(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    before = closed(practice, nhs_number="")
    scene = NewcomerScene(qtbot, practice, prompts)
    fill(scene, nhs_number=VALID)
    scene.form.namesake.again.click()
    assert "The NHS number typed here is not taken over" in scene.form.namesake.text()
    press(Qt.Key.Key_Return, ctrl=True)
    facts = practice.facts(scene.added[0])
    assert (facts.previous_episode_id, facts.patient.nhs_number) == (before, None)


def test_who_has_the_number_is_not_said_twice(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    practice.refer("A", nhs_number=VALID)
    scene = NewcomerScene(qtbot, practice, prompts)
    fill(scene, nhs_number=VALID)
    assert scene.form.known.text().startswith("In the record already")
    assert scene.form.namesake.text() == ""
