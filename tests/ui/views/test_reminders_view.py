"""Reminders to make, by keyboard: a digit marks one done with what came of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication

from collabcare.domain.people_facts import ReminderOutcome
from collabcare.domain.reengagement import Channel
from collabcare.services.reminders import record_reminder
from collabcare.store.engine import WRITE
from collabcare.store.models import Patient
from collabcare.ui.models.open_caseload import OpenCaseload
from collabcare.ui.tasks import Tasks
from collabcare.ui.views.reminders_view import RemindersView
from collabcare.ui.widgets.section_model import ENTRY_ROLE, SectionHead, SectionRow
from tests.builders import day
from tests.services.loop_commands import reminder
from tests.ui.accessibility import nameless, tab_walk
from tests.ui.inline import InlineExecutor
from tests.ui.keyboard import give_keyboard, here, press, under_hands, write
from tests.ui.scripted_prompts import ScriptedPrompts
from tests.ui.views.patient_scene import words

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from collabcare.domain.ids import EpisodeId
    from tests.record_fixtures import Practice


class Scene:
    """The page for one user: Ash can be rung, Birch has no telephone, Cedar no way known to be safe."""

    def __init__(self, qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts, login: str = "jo") -> None:
        self.practice, self.qtbot = practice, qtbot
        self.ash = practice.refer("A", surname="Ash")
        self.birch = practice.refer("A", surname="Birch", telephone=None)
        self.cedar = practice.refer("A", surname="Cedar", telephone=None)
        sams = practice.refer("A", surname="Dale", holder_id=practice.user("sam"))
        practice.on(day(14))
        for place, episode in enumerate((self.ash, self.birch, self.cedar, sams)):
            practice.happen("b", episode, day(21), time(10 + place, 0))
        self.note(self.cedar, letters_safe=False)
        desk = practice.desk(login)
        self.tasks = Tasks(prompts, InlineExecutor())
        self.tasks.use(desk.reading)
        self.caseload = OpenCaseload(desk, self.tasks)
        self.caseload.reload()
        self.view = RemindersView(desk, self.tasks, prompts, self.caseload)
        self.window = under_hands(qtbot, self.view)
        self.window.resize(1180, 640)
        self.view.take_keyboard()
        self.asked: list[tuple[EpisodeId, str]] = []
        self.view.patient_requested.connect(lambda *asked: self.asked.append(asked))

    def note(self, episode: EpisodeId, **safe: bool | str) -> None:
        """Note how somebody may be reached."""
        with self.practice.reading() as session:
            session.connection(execution_options=WRITE)
            patient = session.get_one(Patient, self.practice.facts(episode).patient.patient_id)
            for name, value in safe.items():
                setattr(patient, name, value)
            session.commit()

    def entries(self) -> list[SectionHead | SectionRow]:
        """Return the lines of the list, top to bottom."""
        model = self.view.list.model()
        return [model.index(n, 0, QModelIndex()).data(ENTRY_ROLE) for n in range(model.rowCount())]

    def names(self) -> list[str]:
        """Return who is on the list, in order."""
        return [each.title.split(",")[0] for each in self.entries() if isinstance(each, SectionRow)]

    def made(self, episode: EpisodeId) -> list[tuple[Channel, ReminderOutcome, str]]:
        """Return what is noted of an episode's reminders."""
        return [(each.channel, each.outcome, each.note) for each in self.practice.facts(episode).reminders]


@pytest.fixture
def scene(qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts) -> Scene:
    return Scene(qtbot, practice, prompts)


def test_whom_to_ring_and_whom_to_write_to(scene: Scene) -> None:
    heads = {each.title: each.count for each in scene.entries() if isinstance(each, SectionHead)}
    assert heads == {"To ring": 1, "To write to": 1, "No way known to be safe": 1}
    assert scene.names() == ["ASH", "BIRCH", "CEDAR"]
    assert scene.view.count.whole_text() == "3 reminders"
    assert "Nothing is sent by the program" in scene.view.day.whole_text()
    assert here() is scene.view.list
    give_keyboard(scene.qtbot, scene.view.whose)
    press(Qt.Key.Key_Right)
    assert scene.names() == ["ASH", "DALE", "BIRCH", "CEDAR"]


def test_whose_only_number_is_the_other_one_is_rung_on_it(scene: Scene) -> None:
    scene.note(scene.birch, other_telephone="01632 960124")
    scene.caseload.reload()
    titles = [each.title for each in scene.entries() if isinstance(each, SectionRow)]
    assert [each for each in titles if "BIRCH" in each and each.endswith("01632 960124")]


def test_the_panel_says_how_to_reach_them_and_what_to_say(scene: Scene) -> None:
    said = words(scene.view.panel)
    assert "Mon 26-Jan-2026 at 10:00, telephone. 7-day reminder." in said
    assert "07700 900123" in said
    assert "ask at once who hears" in said
    assert "it does not count against them" in said
    press(Qt.Key.Key_Down)
    assert "07700 900123" not in words(scene.view.panel)
    assert "A reminder of your appointment on Monday 26 January 2026 at 11am." in words(scene.view.panel)
    give_keyboard(scene.qtbot, scene.view.panel.copy)
    press(Qt.Key.Key_Space)
    assert (
        QGuiApplication.clipboard().text().startswith("A reminder of your appointment on Monday 26 January")
    )


def test_one_digit_marks_it_done_with_what_came_of_it(scene: Scene) -> None:
    press(Qt.Key.Key_1)
    assert scene.made(scene.ash) == [(Channel.CALL, ReminderOutcome.SPOKE, "")]
    assert scene.view.message.text() == "ASH, Ngozi (Ms): spoke to them."
    assert scene.names() == ["BIRCH", "CEDAR"]
    assert here() is scene.view.list
    press(Qt.Key.Key_1)
    assert scene.made(scene.birch) == []
    press(Qt.Key.Key_2)
    assert scene.made(scene.birch) == [(Channel.LETTER, ReminderOutcome.SENT, "")]
    assert scene.view.message.text() == "BIRCH, Ngozi (Ms): letter sent."


def test_enter_goes_to_what_came_of_it_and_a_note_is_kept(scene: Scene) -> None:
    press(Qt.Key.Key_Return)
    assert scene.view.panel.outcomes is not None
    assert scene.view.panel.outcomes.isAncestorOf(here())
    give_keyboard(scene.qtbot, scene.view.panel.note)
    write("Asked for a later bus")
    assert scene.view.has_unsaved()
    give_keyboard(scene.qtbot, scene.view.panel.outcomes)
    press(Qt.Key.Key_2)
    assert scene.made(scene.ash) == [(Channel.CALL, ReminderOutcome.LEFT_MESSAGE, "Asked for a later bus")]
    assert not scene.view.has_unsaved()


def test_escape_leads_from_the_panel_back_to_the_list(scene: Scene) -> None:
    press(Qt.Key.Key_Return, Qt.Key.Key_Escape)
    assert here() is scene.view.list


def test_a_digit_that_stands_for_nothing_does_nothing(scene: Scene) -> None:
    press(Qt.Key.Key_9)
    press(Qt.Key.Key_End, Qt.Key.Key_1)
    assert scene.names() == ["ASH", "BIRCH", "CEDAR"]
    assert scene.view.panel.outcomes is None


def test_while_the_panel_is_hidden_a_digit_only_shows_it(scene: Scene) -> None:
    press(Qt.Key.Key_Space)
    assert not scene.view.panel.isVisible()
    press(Qt.Key.Key_1)
    assert scene.view.panel.isVisible()
    assert scene.made(scene.ash) == []


def test_what_somebody_else_made_is_refused_and_the_note_given_back(scene: Scene) -> None:
    command = replace(reminder(scene.practice), outcome=ReminderOutcome.NO_ANSWER)
    record_reminder(command, scene.practice.uow("sam"), scene.practice.rulebook)
    give_keyboard(scene.qtbot, scene.view.panel.note)
    write("Will come")
    scene.view.list.setFocus()
    press(Qt.Key.Key_1)
    assert "Sam Brown made this reminder" in scene.view.message.text()
    assert scene.view.panel.note.text() == "Will come"


def test_who_cancels_or_rebooks_is_led_to_the_contact_form(scene: Scene) -> None:
    give_keyboard(scene.qtbot, scene.view.panel.rebook)
    press(Qt.Key.Key_Space)
    scene.view.list.setFocus()
    press(Qt.Key.Key_Return, ctrl=True)
    give_keyboard(scene.qtbot, scene.view.panel.open)
    press(Qt.Key.Key_Space)
    assert scene.asked == [(scene.ash, "contact"), (scene.ash, ""), (scene.ash, "")]


def test_when_all_are_made_it_says_so(scene: Scene) -> None:
    press(Qt.Key.Key_1, Qt.Key.Key_2)
    assert scene.names() == ["CEDAR"]
    scene.note(scene.cedar, letters_safe=True)
    scene.caseload.reload()
    press(Qt.Key.Key_2)
    assert "There is nobody to remind today. Everyone's list has 1." in words(scene.view)
    assert not scene.view.pages.isEnabled()


@pytest.mark.parametrize(("button", "name"), [("pages", "reminders.pdf"), ("sheet", "reminders.csv")])
def test_the_lists_are_saved(
    qtbot: QtBot, practice: Practice, tmp_path: Path, button: str, name: str
) -> None:
    scene = Scene(qtbot, practice, ScriptedPrompts(tmp_path / name))
    give_keyboard(qtbot, getattr(scene.view, button))
    press(Qt.Key.Key_Space)
    assert (tmp_path / name).exists()
    assert scene.view.message.text() == f"Saved as {name}."


def test_thinking_better_of_it_writes_nothing(qtbot: QtBot, practice: Practice) -> None:
    scene = Scene(qtbot, practice, ScriptedPrompts(None))
    give_keyboard(qtbot, scene.view.pages)
    press(Qt.Key.Key_Space)
    assert scene.view.message.text() == ""


def test_a_reader_sees_the_lists_and_marks_nothing(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = Scene(qtbot, practice, prompts, "rita")
    assert len(scene.names()) == 4
    press(Qt.Key.Key_1)
    assert scene.made(scene.ash) == []
    assert scene.view.panel.outcomes is None
    assert not scene.view.panel.rebook.isVisible()
    assert not scene.view.sheet.isVisible()


def test_everything_has_a_name_and_tab_goes_round(scene: Scene) -> None:
    assert nameless(scene.view) == []
    give_keyboard(scene.qtbot, scene.view.back)
    stops = tab_walk(scene.window)
    assert scene.view.list in stops
    assert scene.view.panel.note in stops
