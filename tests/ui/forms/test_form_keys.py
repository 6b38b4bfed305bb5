"""The keys of the forms: every underlined letter leads into its field, and digits lead on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLabel, QWidget

from collabcare.domain.reengagement import AttemptOutcome, Channel
from collabcare.ui.actions import Menu
from collabcare.ui.forms.attempt_form import AttemptForm
from collabcare.ui.forms.contact_form import ContactForm
from collabcare.ui.forms.entry_form import EntryForm, PatientForm
from collabcare.ui.forms.measure_form import MeasureForm
from collabcare.ui.forms.new_patient_form import NewPatientForm
from collabcare.ui.forms.supervision_form import ASK, REVIEW, SupervisionForm
from collabcare.ui.tasks import Tasks
from collabcare.ui.views.new_patient_view import NewPatientView
from tests.ui.inline import InlineExecutor
from tests.ui.keyboard import here, press, under_hands, write
from tests.ui.views.patient_scene import scene_of

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.record_fixtures import Practice
    from tests.ui.scripted_prompts import ScriptedPrompts


def _key(text: str) -> Qt.Key | None:
    letter = QKeySequence.mnemonic(text).toString().removeprefix("Alt+")
    return Qt.Key(ord(letter)) if letter else None


def _labels(page: QWidget) -> list[tuple[QLabel, Qt.Key]]:
    shown = [label for label in page.findChildren(QLabel) if label.buddy() is not None and label.isVisible()]
    return [(label, key) for label in shown if (key := _key(label.text())) is not None]


def _walk(page: QWidget, form: EntryForm, fewest: int) -> None:
    """Press each underlined letter from the Save button, and look where the keyboard went."""
    labels = _labels(page)
    assert len(labels) >= fewest
    keys = [key for _, key in labels] + [key for menu in Menu if (key := _key(menu.value)) is not None]
    assert len(keys) == len(set(keys)), [label.text() for label, _ in labels]
    for label, key in labels:
        form.save.setFocus()
        press(key, alt=True)
        assert label.buddy().isAncestorOf(here()) or here() is label.buddy(), label.text()


@pytest.mark.parametrize(
    "case",
    [
        ("contact", "A", 6),
        ("booking", "A", 4),
        ("attempt", "AD", 4),
        ("reply", "AD", 5),
        ("put_off", "AD", 1),
        ("measure", "A", 1),
        ("step", "A", 3),
        ("supervision", "A", 1),
        ("milestone", "A", 3),
    ],
)
def test_every_underlined_letter_leads_into_its_field(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts, case: tuple[str, str, int]
) -> None:
    kind, history, fewest = case
    scene = scene_of(qtbot, practice, prompts, history)
    form = scene.compose(kind, PatientForm)
    _walk(scene.view, form, fewest)


def test_every_underlined_letter_of_a_review_leads_into_its_field(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = scene_of(qtbot, practice, prompts)
    form = scene.compose("supervision", SupervisionForm)
    form.choose_mode(REVIEW)
    _walk(scene.view, form, 5)
    form.agreed.rows[0].removed.emit(form.agreed.rows[0])
    form.save.setFocus()
    press(Qt.Key.Key_C, alt=True)
    assert here() is form.agreed.another


def test_every_underlined_letter_of_a_new_patient_leads_into_its_field(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    desk = practice.desk()
    tasks = Tasks(prompts, InlineExecutor())
    tasks.use(desk.reading)
    view = NewPatientView(desk, tasks, prompts)
    under_hands(qtbot, view).resize(1300, 900)
    view.start()
    assert isinstance(view.form, NewPatientForm)
    _walk(view, view.form, 12)


def test_two_digits_log_an_attempt_and_lead_to_its_note(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    form = scene_of(qtbot, practice, prompts, "AD").compose("attempt", AttemptForm)
    write("13")
    assert (form.channel.value(), form.outcome.value()) == (Channel.CALL, AttemptOutcome.NO_ANSWER)
    assert here() is form.note
    write("Rang out.")
    assert form.note.text() == "Rang out."


def test_too_many_blanks_are_saved_only_when_asked_twice(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = scene_of(qtbot, practice, prompts)
    form = scene.compose("measure", MeasureForm)
    before = len(scene.facts().measures)
    write("00000")
    press(Qt.Key.Key_Return, ctrl=True)
    said = "4 answers are blank, so there will be no total. Save again to keep it as it is."
    assert form.message.text() == said
    write("0")
    assert form.message.text() == ""
    press(Qt.Key.Key_Return, ctrl=True)
    assert form.message.text().startswith("3 answers are blank")
    assert len(scene.facts().measures) == before
    press(Qt.Key.Key_Return, ctrl=True)
    assert len(scene.facts().measures) == before + 1
    assert scene.facts().measures[-1].total is None


def test_a_doubt_about_one_measure_does_not_let_another_through(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = scene_of(qtbot, practice, prompts)
    form = scene.compose("measure", MeasureForm)
    before = len(scene.facts().measures)
    form.choose_instrument("gad7")
    write("00")
    form.choose_instrument("phq9")
    write("0000")
    press(Qt.Key.Key_Return, ctrl=True)
    form.choose_instrument("gad7")
    press(Qt.Key.Key_Return, ctrl=True)
    assert form.message.text().startswith("5 answers are blank")
    assert len(scene.facts().measures) == before


def test_an_error_goes_when_the_field_it_was_about_is_mended(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    form = scene_of(qtbot, practice, prompts, "AD").compose("attempt", AttemptForm)
    press(Qt.Key.Key_Return, ctrl=True)
    assert form.message.text() == "Choose how it was tried: keys 1 to 7."
    form.note.setFocus()
    write("Rang.")
    assert form.message.text() == "Choose how it was tried: keys 1 to 7."
    form.channel.setFocus()
    press(Qt.Key.Key_1)
    assert form.message.isHidden()
    press(Qt.Key.Key_Return, ctrl=True)
    assert form.message.text() == "Choose what came of it: keys 1 to 6."
    press(Qt.Key.Key_2)
    assert form.message.isHidden()


def test_an_error_about_a_date_goes_with_the_first_letter_and_a_refusal_from_the_record_with_any(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    form = scene_of(qtbot, practice, prompts).compose("measure", MeasureForm)
    write("000000000")
    form.on.edit.setText("31/2")
    press(Qt.Key.Key_Return, ctrl=True)
    assert not form.message.isHidden()
    form.on.edit.selectAll()
    write("t")
    assert form.message.isHidden()
    form.refuse("The record is busy. Try again.")
    form.answers.setFocus()
    write("1")
    assert form.message.isHidden()


def test_a_list_offered_anew_is_no_mending(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = scene_of(qtbot, practice, prompts)
    form = scene.compose("contact", ContactForm)
    form.on.edit.setText("12/1")
    form.refuse("The record is busy. Try again.")
    form.slot.set_options([])
    form.on.edit.editingFinished.emit()  # writes the day out in full
    assert form.message.text() == "The record is busy. Try again."


def test_what_was_said_of_a_review_goes_when_supervision_is_only_asked_for(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    form = scene_of(qtbot, practice, prompts).compose("supervision", SupervisionForm)
    form.choose_mode(REVIEW)
    press(Qt.Key.Key_Return, ctrl=True)
    assert not form.message.isHidden()
    form.choose_mode(ASK)
    assert form.message.isHidden()
