"""Letters for several patients: each looked at alone, those that cannot go said with why, nothing sent."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from collabcare.ui.tasks import Tasks
from collabcare.ui.views.letters_card import LettersCard
from tests.builders import MONDAY
from tests.ui.inline import PatientExecutor
from tests.ui.keyboard import here, press
from tests.ui.scripted_prompts import ScriptedPrompts
from tests.ui.views.caseload_scene import Scene, choose, five_patients

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.record_fixtures import Practice


def unfold(scene: Scene, kind: str = "gp_review") -> LettersCard:
    choose(scene, "everyone's")
    scene.view.table.selectAll()
    scene.view.bulk.do("letters")
    card = scene.view.side.card
    assert isinstance(card, LettersCard)
    card.kind.set_value(kind)
    return card


def issued(practice: Practice) -> int:
    return sum(entry.action == "Issue letter" for entry in practice.audit())


def test_each_is_checked_and_then_issued_and_saved_under_a_number(
    qtbot: QtBot, practice: Practice, tasks: Tasks, tmp_path: Path
) -> None:
    five_patients(practice)
    scene = Scene(qtbot, practice, tasks, prompts=ScriptedPrompts(None, tmp_path / "letters.pdf"))
    card = unfold(scene)
    assert here() is card.kind
    card.do()
    assert card.can.whole_text().splitlines() == [
        "4 letters can be issued:",
        *(
            f"{name}, Ngozi (Ms), to Elm Tree Surgery, 1 Elm Street"
            for name in ("ASH", "BIRCH", "CEDAR", "ELM")
        ),
    ]
    left = card.cannot.whole_text().splitlines()
    assert left[0] == "Left out:"
    assert left[1].startswith("DALE, Ngozi (Ms): Complete before sending")
    assert card.act.text() == "Issue 4 letters and save…"
    assert issued(practice) == 0
    card.do()
    assert issued(practice) == 0, "thought better of it"
    card.do()
    assert sorted(file.name for file in tmp_path.glob("*.pdf")) == [f"letters-0{n}.pdf" for n in (1, 2, 3, 4)]
    assert issued(practice) == 4
    assert card.message.text() == "4 letters issued. Nothing was sent. The files are not encrypted."
    assert scene.said == [card.message.text()]
    assert not card.act.isEnabled()


def test_checking_again_leaves_out_what_was_issued_today(
    qtbot: QtBot, practice: Practice, tasks: Tasks, tmp_path: Path
) -> None:
    practice.refer("A")
    practice.refer("A", surname="Birch")
    scene = Scene(qtbot, practice, tasks, prompts=ScriptedPrompts(tmp_path / "letters.pdf"))
    card = unfold(scene)
    card.do()
    card.do()
    card.kind.set_value("patient_missed")
    card.kind.set_value("gp_review")
    card.do()
    assert card.can.whole_text() == "No letter can be issued here."
    assert card.cannot.whole_text().count("was issued today") == 2
    assert not card.act.isEnabled()


def test_one_that_changed_after_the_check_is_not_issued_and_the_rest_is_said(
    qtbot: QtBot, practice: Practice, tasks: Tasks, tmp_path: Path
) -> None:
    first = practice.refer("A", surname="Ash")
    practice.refer("A", surname="Birch")
    scene = Scene(qtbot, practice, tasks, prompts=ScriptedPrompts(tmp_path / "letters.pdf"))
    card = unfold(scene)
    card.do()
    practice.happen("A", first, MONDAY + timedelta(days=1))
    card.do()
    assert issued(practice) == 0
    assert "2 not issued. The record changed since" in card.message.text()


def test_a_page_that_cannot_be_saved_is_issued_all_the_same_and_that_is_said(
    qtbot: QtBot, practice: Practice, tasks: Tasks, tmp_path: Path
) -> None:
    practice.refer("A")
    practice.refer("A", surname="Birch")
    scene = Scene(qtbot, practice, tasks, prompts=ScriptedPrompts(tmp_path / "nowhere" / "letters.pdf"))
    card = unfold(scene)
    card.do()
    card.do()
    assert issued(practice) == 2
    assert "2 could not be saved as a file" in card.message.text()


@pytest.fixture
def slow(practice: Practice) -> tuple[Tasks, PatientExecutor]:
    executor = PatientExecutor()
    tasks = Tasks(ScriptedPrompts(), executor)
    tasks.use(practice.desk().reading)
    return tasks, executor


def test_checking_shows_how_far_it_is_and_can_be_stopped(
    qtbot: QtBot, practice: Practice, slow: tuple[Tasks, PatientExecutor]
) -> None:
    tasks, executor = slow
    five_patients(practice)
    scene = Scene(qtbot, practice, tasks)
    executor.run_all()
    card = unfold(scene)
    card.do()
    assert (card.progress.whole_text(), card.bar.isVisible()) == ("Checked 0 of 5", True)
    assert card.act.text() == "Stop"
    press(Qt.Key.Key_Escape)
    assert scene.view.side.card is card, "what is going on is stopped first"
    executor.waiting.pop(0)()
    assert (card.progress.whole_text(), card.bar.value()) == ("Checked 1 of 5", 1)
    card.do()
    executor.run_all()
    assert card.message.text() == "Stopped. Nothing was issued."
    assert card.act.text() == "Check the letters"
    assert not card.bar.isVisible()
    press(Qt.Key.Key_Escape)
    assert scene.view.side.card is None
