"""Drafts: what is typed is kept for its user, its patient and its form, and comes back nowhere else."""

from __future__ import annotations

import json
import random
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QStatusBar,
)

from collabcare.domain.changes import Changes
from collabcare.queries.drafts import all_drafts
from collabcare.queries.patient_page import patient_page
from collabcare.services.drafts import KeepDraft, keep_draft
from collabcare.ui.forms.contact_form import ContactForm
from collabcare.ui.forms.entry_form import PatientForm
from collabcare.ui.forms.measure_form import MeasureForm
from collabcare.ui.tasks import Lane, Tasks
from collabcare.ui.views.form_stack import FormStack
from collabcare.ui.views.status_line import StatusLine
from collabcare.ui.widgets.note_edit import NoteEdit
from tests.builders import MONDAY
from tests.ui.inline import InlineExecutor
from tests.ui.keyboard import press, write
from tests.ui.views.patient_scene import PatientScene, words

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from collabcare.domain.acting import Acting
    from collabcare.domain.ids import EpisodeId
    from collabcare.queries.drafts import DraftRow
    from collabcare.queries.patient_page import PatientPage
    from tests.record_fixtures import Practice
    from tests.ui.scripted_prompts import ScriptedPrompts

SWITCHES = 1000
WITH_NOTE = ("contact", "step", "attempt", "supervision")
FILLED = (*WITH_NOTE, "booking")


class SmallForm(PatientForm):
    """A form with one field."""

    def __init__(self, page: PatientPage, acting: Acting) -> None:
        super().__init__(page, acting)
        self.note = NoteEdit("Note")
        self.body.addWidget(self.note)
        self.start()

    def first(self) -> NoteEdit:
        return self.note

    def written(self) -> tuple[object, ...]:
        return (self.note.toPlainText(),)


def kept(practice: Practice, login: str = "jo") -> tuple[DraftRow, ...]:
    with practice.reading() as session:
        return all_drafts(session, practice.user(login))


def page_of(practice: Practice, episode: EpisodeId) -> PatientPage:
    with practice.reading() as session:
        page = patient_page(session, episode, practice.rulebook, practice.today)
    assert page is not None
    return page


def come_back(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts, episode: EpisodeId, login: str = "jo"
) -> PatientScene:
    """Open a patient as after a crash, and let what was left unsaved come back."""
    scene = PatientScene(qtbot, practice, prompts, episode, login)
    QApplication.processEvents()
    return scene


def scene_with_note(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> tuple[PatientScene, ContactForm]:
    scene = PatientScene(qtbot, practice, prompts, practice.refer("A"))
    form = scene.compose("contact", ContactForm)
    form.note.setPlainText("She slept better")
    return scene, form


def test_it_is_written_after_five_seconds_and_only_when_something_changed(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene, form = scene_with_note(qtbot, practice, prompts)
    drafting = scene.view.composer.drafting
    assert (drafting.timer.isActive(), drafting.timer.interval()) == (True, 5000)
    assert kept(practice) == ()
    told: list[str] = []
    scene.tasks.noted.connect(told.append)
    changed: list[Changes] = []
    scene.tasks.changed.connect(changed.append)
    drafting.timer.timeout.emit()
    (row,) = kept(practice)
    assert (row.episode_id, row.kind, row.saved_at) == (scene.episode, "contact", practice.clock.now())
    assert json.loads(row.body)["fields"] == {"contact_note": ["", "She slept better"]}
    assert told == ["Draft kept 18:00"]
    drafting.timer.timeout.emit()
    assert told == ["Draft kept 18:00"]
    assert changed == [Changes()], "a draft is no change of the record: nothing loads again for it"
    form.note.clear()
    drafting.timer.timeout.emit()
    assert kept(practice) == ()


def test_it_comes_back_after_a_crash_and_can_be_discarded(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene, first = scene_with_note(qtbot, practice, prompts)
    press(Qt.Key.Key_5)  # attended
    first.on.edit.setText("16/11")
    first.minutes.set_value(25)
    scene.view.composer.drafting.timer.timeout.emit()
    again = come_back(qtbot, practice, prompts, scene.episode)
    form = again.form(ContactForm)
    assert (form.note.text(), form.on.text(), form.minutes.value()) == ("She slept better", "16/11", 25)
    assert form.written() == first.written()
    assert "What you typed on 05-Jan-2026 at 18:00 is back, not saved yet." in words(form)
    prompts.answers.append(True)
    again.part("contact_discard", QPushButton).click()
    assert again.view.composer.form() is None
    assert kept(practice) == ()
    first.note.clear()


def test_saving_leaves_no_draft_and_a_refusal_keeps_it(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene, form = scene_with_note(qtbot, practice, prompts)
    form.save.click()  # no outcome yet
    scene.view.composer.keep_drafts()
    assert len(kept(practice)) == 1
    form.minutes.set_value(30)
    form.outcome.setFocus()
    press(Qt.Key.Key_5)
    form.save.click()
    assert "She slept better" in {contact.note for contact in scene.facts().contacts}
    assert kept(practice) == ()
    assert come_back(qtbot, practice, prompts, scene.episode).view.composer.form() is None


def test_it_is_written_when_the_page_goes_out_of_sight(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene, _form = scene_with_note(qtbot, practice, prompts)
    scene.window.hide()
    assert len(kept(practice)) == 1
    scene.window.show()
    other = practice.refer("A", surname="Ash")
    scene.compose("contact", ContactForm).note.setPlainText("More")
    scene.view.show_episode(other)
    assert [json.loads(row.body)["fields"]["contact_note"][1] for row in kept(practice)] == ["More"]


def test_nobody_else_sees_it(qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts) -> None:
    scene, _form = scene_with_note(qtbot, practice, prompts)
    scene.view.composer.keep_drafts()
    other = come_back(qtbot, practice, prompts, scene.episode, "sam")
    assert other.view.composer.form() is None
    assert (len(kept(practice)), kept(practice, "sam")) == (1, ())


def test_answers_of_two_questionnaires_come_back(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = PatientScene(qtbot, practice, prompts, practice.refer("A"))
    form = scene.compose("measure", MeasureForm)
    write("210")
    form.choose_instrument("gad7")
    write("33")
    scene.view.composer.keep_drafts()
    again = come_back(qtbot, practice, prompts, scene.episode).form(MeasureForm)
    assert again.shown.id == "gad7"
    assert again.answers.answers()[:3] == (3, 3, None)
    again.choose_instrument("phq9")
    assert again.answers.answers()[:4] == (2, 1, 0, None)


def test_what_stood_differently_is_pointed_out(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    episode = practice.refer("A")
    body = {"place": "patient", "title": "Record contact", "fields": {}}
    body["fields"] = {"contact_minutes/Minutes": ["20", "25"], "contact_gone": ["", "x"]}
    keep_draft(KeepDraft(episode_id=episode, kind="contact", body=json.dumps(body)), practice.uow())
    form = come_back(qtbot, practice, prompts, episode).form(ContactForm)
    assert form.minutes.value() == 25
    assert "Look at Minutes: something else stood there when you began." in words(form)


@pytest.mark.parametrize(
    "body", ["", "[]", "no JSON", '{"fields": 3}', '{"place": "patient", "fields": [1]}']
)
def test_a_draft_nobody_can_read_opens_nothing(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts, body: str
) -> None:
    episode = practice.refer("A")
    keep_draft(KeepDraft(episode_id=episode, kind="contact", body=body), practice.uow())
    scene = come_back(qtbot, practice, prompts, episode)
    assert scene.view.composer.form() is None


@pytest.mark.parametrize("kind", FILLED)
def test_every_field_of_a_form_comes_back(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts, kind: str
) -> None:
    episode = practice.refer("AD")
    practice.on(MONDAY + timedelta(weeks=1, days=1))
    scene = come_back(qtbot, practice, prompts, episode)
    form = scene.compose(kind, PatientForm)
    fill(form)
    typed = form.written()
    scene.view.composer.keep_drafts()
    again = come_back(qtbot, practice, prompts, episode).view.composer.form()
    assert again is not None
    assert again.written() == typed


def fill(form: PatientForm) -> None:
    """Write something in every field that can be written in, those made later too."""
    for part in form.LATE:
        getattr(form, part)
    for box in form.findChildren(QComboBox):
        box.setCurrentIndex(box.count() - 1)
    for note in form.findChildren(QPlainTextEdit):
        note.setPlainText(f"Words in {note.accessibleName()}\nand a second line")
    for line in form.findChildren(QLineEdit):
        line.setText("12")
    for tick in form.findChildren(QCheckBox):
        tick.setChecked(not tick.isChecked())


def test_a_thousand_switches_between_patients_write_nothing_across(
    qapp: QApplication, practice: Practice, prompts: ScriptedPrompts
) -> None:
    episodes = [practice.refer("AD", surname=name) for name in ("Ash", "Birch", "Cedar", "Doe")]
    practice.on(MONDAY + timedelta(weeks=1, days=1))
    pages = {episode: page_of(practice, episode) for episode in episodes}
    chance = random.Random(11)  # noqa: S311 - the same switches each time
    desk, executor = practice.desk(), InlineExecutor()
    tasks = Tasks(prompts, executor)
    tasks.use(desk.reading)
    stack = FormStack(desk, tasks, prompts, "patient")
    for switch in range(SWITCHES):
        episode = chance.choice(episodes)
        stack.set_page(pages[episode])
        if chance.random() < 0.3:
            make = partial(SmallForm, pages[episode], desk.acting)
            stack.open(chance.choice(WITH_NOTE), make, lambda _command: Changes)
        form = stack.form()
        if isinstance(form, SmallForm) and chance.random() < 0.5:
            assert form.page.facts.episode_id == episode
            form.note.setPlainText(f"of {episode}, switch {switch}")
        if chance.random() < 0.2:
            stack.keep_drafts()
        if chance.random() < 0.02:  # the program ends and is started again
            stack.keep_drafts()
            stack.deleteLater()
            stack = FormStack(desk, tasks, prompts, "patient")
    stack.keep_drafts()
    rows = kept(practice)
    assert len(rows) > len(episodes)
    for row in rows:
        others = [each for each in episodes if each != row.episode_id]
        assert f"of {row.episode_id}, " in row.body
        assert not any(f"of {other}, " in row.body for other in others)
    assert executor.lanes.count(Lane.WRITE) > len(rows)
    stack.deleteLater()


def test_the_line_at_the_foot_says_draft_kept_and_not_saved(
    qtbot: QtBot, practice: Practice, tasks: Tasks
) -> None:
    bar = QStatusBar()
    qtbot.addWidget(bar)
    line = StatusLine(bar, practice.desk(), tasks)
    tasks.changed.emit(Changes())
    assert line.saved.text() == ""
    tasks.noted.emit("Draft kept 14:02")
    assert line.saved.text() == "Draft kept 14:02"
