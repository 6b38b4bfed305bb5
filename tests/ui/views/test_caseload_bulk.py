"""What is done with several rows at once, and with one, from the list: by mouse and by keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from collabcare.queries.caseload import caseload
from collabcare.services.bulk import AllocateMany, HandOn, allocate_many
from collabcare.ui.pages import PageName
from collabcare.ui.views.caseload_cards import ExportCard, ReassignCard
from tests.ui.accessibility import nameless
from tests.ui.keyboard import give_keyboard, here, press, write
from tests.ui.scripted_prompts import ScriptedPrompts
from tests.ui.views.caseload_scene import Scene, choose, five_patients
from tests.ui.views.patient_scene import words

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from collabcare.ui.tasks import Tasks
    from tests.record_fixtures import Practice


@pytest.fixture
def scene(qtbot: QtBot, practice: Practice, tasks: Tasks) -> Scene:
    five_patients(practice)
    return Scene(qtbot, practice, tasks)


def acts(scene: Scene) -> list[str]:
    """Return what the menu offers for the rows that are chosen."""
    scene.view.head.acts.menu().aboutToShow.emit()
    return [a.text().replace("&", "") for a in scene.view.head.acts.menu().actions() if not a.isSeparator()]


def chosen(scene: Scene) -> list[str]:
    return [row.facts.patient.surname for row in scene.view.table.chosen_rows()]


def test_rows_are_chosen_with_the_keys_one_knows_and_counted(scene: Scene, qtbot: QtBot) -> None:
    give_keyboard(qtbot, scene.view.table)
    assert (chosen(scene), scene.view.head.acts.text()) == (["Ash"], "1 chosen")
    press(Qt.Key.Key_A, ctrl=True)
    assert scene.view.head.acts.text() == "4 chosen"
    QTest.keyClick(here(), Qt.Key.Key_Home)
    QTest.keyClick(here(), Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert chosen(scene) == ["Ash", "birch"]
    QTest.keyClick(here(), Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(here(), Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    press(Qt.Key.Key_Space, ctrl=True)
    assert chosen(scene) == ["Ash", "birch", "Dale"]
    assert scene.view.head.acts.accessibleName() == "What to do with 3 chosen patients"
    scene.view.bulk.do("none")
    assert chosen(scene) == ["Dale"]


def test_what_is_filtered_away_is_chosen_no_more(scene: Scene) -> None:
    scene.view.table.selectAll()
    scene.view.search.setText("ash")
    assert chosen(scene) == ["Ash"]
    scene.view.search.clear()
    assert chosen(scene) == ["Ash"]


def test_rows_chosen_together_stay_chosen_when_the_record_is_read_again(scene: Scene) -> None:
    scene.view.table.selectAll()
    scene.caseload.reload()
    assert len(chosen(scene)) == 4


def test_a_right_click_offers_the_acts_of_that_patient(scene: Scene, qtbot: QtBot) -> None:
    where = scene.view.table.visualRect(scene.view.model.index(2, 0)).center()
    event = QContextMenuEvent(
        QContextMenuEvent.Reason.Mouse, where, scene.view.table.viewport().mapToGlobal(where)
    )
    QApplication.sendEvent(scene.view.table.viewport(), event)
    assert chosen(scene) == ["Cedar"]
    offered = [a.text().replace("&", "") for a in scene.view.menu.actions() if not a.isSeparator()]
    assert offered[:3] == ["Open", "Preview", "Record contact"]
    with qtbot.waitSignal(scene.view.compose_requested) as asked:
        next(a for a in scene.view.menu.actions() if a.text() == "Record &contact").trigger()
    assert asked.args == [scene.view.model.shown[2].facts.episode_id, "contact"]
    scene.view.menu.hide()


def test_the_menu_key_opens_the_same_menu(scene: Scene, qtbot: QtBot) -> None:
    give_keyboard(qtbot, scene.view.table)
    middle = scene.view.table.viewport().rect().center()
    where = scene.view.table.viewport().mapToGlobal(middle)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, middle, where)
    QApplication.sendEvent(scene.view.table.viewport(), event)
    assert any(a.text() == "&Open" for a in scene.view.menu.actions())
    scene.view.menu.hide()


def test_one_patient_can_be_opened_looked_at_and_written_about(scene: Scene, qtbot: QtBot) -> None:
    episode = scene.view.model.shown[0].facts.episode_id
    with qtbot.waitSignal(scene.view.patient_requested) as opened:
        scene.view.bulk.do("open")
    with qtbot.waitSignal(scene.view.letter_requested) as letter:
        scene.view.bulk.do("letter")
    assert opened.args == letter.args == [episode]
    scene.view.bulk.do("preview")
    assert scene.view.panel.isVisible()
    with qtbot.waitSignal(scene.view.compose_requested) as asked:
        scene.view.panel.act.click()
    assert asked.args == [episode, "contact"]
    assert scene.view.panel.act.text() == "Record contact"


@pytest.mark.parametrize(
    ("login", "offers"),
    [
        ("jo", ({"Record contact", "Reassign 1 patient…", "Export 1 patient…"}, set())),
        (
            "alex",
            ({"Reassign 1 patient…", "Export 1 patient…"}, {"Record contact", "Letters for 5 patients…"}),
        ),
        ("rita", ({"Open", "Print summary of 1 patient…"}, {"Reassign 5 patients…", "Export 5 patients…"})),
    ],
)
def test_only_what_the_role_permits_is_offered(
    qtbot: QtBot, practice: Practice, tasks: Tasks, login: str, offers: tuple[set[str], set[str]]
) -> None:
    five_patients(practice)
    scene = Scene(qtbot, practice, tasks, login)
    may, may_not = offers
    assert may <= set(acts(scene))
    assert not may_not & set(acts(scene))
    scene.view.table.selectAll()
    assert not may_not & set(acts(scene))
    assert scene.view.head.export.isVisible() is (login != "rita")


def test_the_rows_chosen_are_printed_and_the_print_says_so(scene: Scene, qtbot: QtBot) -> None:
    scene.view.table.selectAll()
    assert "Print summary of 4 patients…" in acts(scene)
    with qtbot.waitSignal(scene.view.print_requested) as asked:
        scene.view.bulk.do("print")
    rows, words = asked.args
    assert len(rows) == 4
    assert words == "4 chosen of 5 – from mine"


def reassign(scene: Scene) -> ReassignCard:
    scene.view.bulk.do("reassign")
    card = scene.view.side.card
    assert isinstance(card, ReassignCard)
    return card


def test_several_patients_are_handed_on_at_once(scene: Scene, practice: Practice) -> None:
    choose(scene, "everyone's")
    scene.view.table.selectAll()
    card = reassign(scene)
    assert here() is card.to
    assert card.act.text() == "Reassign 5 patients"
    card.do()
    assert card.message.text() == "Choose who is to hold these patients."
    card.to.set_value(practice.user("sam"))
    card.do()
    assert card.message.text() == "Write why: it stays in the story of each of them."
    assert here() is card.why
    write("Jo is on leave")
    card.do()
    assert scene.said == ["4 patients now held by Sam Brown."]
    assert scene.view.side.card is None
    assert here() is scene.view.table
    assert {row.facts.holder for row in scene.caseload.rows} == {"Sam Brown"}


def test_only_who_can_hold_patients_is_offered(scene: Scene) -> None:
    card = reassign(scene)
    assert [card.to.itemText(n) for n in range(card.to.count())] == ["Amina Shah", "Jo Smith", "Sam Brown"]
    assert nameless(scene.view) == []


def test_a_colleagues_whole_caseload_is_handed_on(scene: Scene, practice: Practice) -> None:
    card = reassign(scene)
    offered = [card.which.itemText(n) for n in range(card.which.count())]
    assert offered == [
        "The patient chosen",
        "Everybody held by Jo Smith (4)",
        "Everybody held by Sam Brown (1)",
    ]
    card.which.set_value(practice.user("jo"))
    card.to.set_value(practice.user("amina"))
    assert [row.facts.patient.surname for row in card.meant()] == ["Ash", "birch", "Cedar", "Dale"]
    assert "Overdue for them: " in words(card)
    card.why.setText("Jo is on leave")
    card.do()
    done = scene.view.done
    assert done.text() == "4 patients now held by Amina Shah."
    done.undo()
    assert done.text() == "Taken back: they are held as before."
    assert {row.facts.holder for row in scene.caseload.rows} == {"Jo Smith", "Sam Brown"}


def test_who_is_held_already_is_not_handed_on(scene: Scene, practice: Practice) -> None:
    choose(scene, "everyone's")
    scene.view.table.selectAll()
    card = reassign(scene)
    card.to.set_value(practice.user("jo"))
    assert card.act.text() == "Reassign 1 patient"


def test_what_a_colleague_changed_meanwhile_is_said_and_nothing_is_done(
    scene: Scene, practice: Practice
) -> None:
    card = reassign(scene)
    card.to.set_value(practice.user("sam"))
    card.why.setText("On leave")
    row = scene.view.model.shown[0]
    seen = HandOn(episode_id=row.facts.episode_id, seen=row.facts.version)
    command = AllocateMany(episodes=(seen,), holder_id=practice.user("amina"), reason="On leave.")
    allocate_many(command, practice.uow("amina"))
    card.do()
    assert "Somebody else changed this" in card.message.text()
    assert card.act.isEnabled()
    assert practice.facts(row.facts.episode_id).holder == "Amina Shah"


def test_export_says_what_leaves_and_is_what_is_seen(
    qtbot: QtBot, practice: Practice, tasks: Tasks, tmp_path: Path
) -> None:
    five_patients(practice)
    to = tmp_path / "mine.csv"
    scene = Scene(qtbot, practice, tasks, prompts=ScriptedPrompts(None, to))
    choose(scene, "everyone's", "overdue")
    scene.view.head.export.click()
    card = scene.view.side.card
    assert isinstance(card, ExportCard)
    said = " ".join(label.whole_text() for label in card.findChildren(type(scene.view.sentence)))
    assert "Showing 4 of 5 – overdue. Sorted by Patient, A to Z." in said
    assert "not encrypted" in said
    card.do()
    assert not to.exists(), "thought better of it"
    card.do()
    about, headings, *lines = to.read_text(encoding="utf-8-sig").splitlines()
    assert "Showing 4 of 5 – overdue. Sorted by Patient, A to Z." in about
    assert headings.split(",") == [column.title for column in scene.view.laying.shown()]
    assert len(lines) == len(scene.names()) == 4
    assert scene.said == ["4 patients saved as mine.csv. The file is not encrypted."]
    assert practice.audit()[-1].action == "Export caseload: Showing 4 of 5 – overdue"


def test_an_export_that_fails_stays_open_and_says_why(
    qtbot: QtBot, practice: Practice, tasks: Tasks, tmp_path: Path
) -> None:
    five_patients(practice)
    to = tmp_path / "nowhere" / "mine.csv"
    scene = Scene(qtbot, practice, tasks, prompts=ScriptedPrompts(to))
    scene.view.bulk.do("export")
    card = scene.view.side.card
    assert isinstance(card, ExportCard)
    card.do()
    assert "could not write mine.csv" in card.message.text()
    assert scene.said == []


def test_nobody_shown_is_nobody_to_export(scene: Scene) -> None:
    scene.view.search.setText("zzz")
    scene.view.bulk.export_shown()
    card = scene.view.side.card
    assert isinstance(card, ExportCard)
    assert not card.act.isEnabled()
    assert acts(scene)[0] == "Nobody is chosen"


def test_the_list_on_the_page_is_that_of_the_query(scene: Scene, practice: Practice) -> None:
    choose(scene, "everyone's")
    with practice.reading() as session:
        read = caseload(session, practice.rulebook, practice.today)
    assert {row.facts.episode_id for row in scene.view.model.shown} == {row.facts.episode_id for row in read}


def test_a_page_of_one_patient_is_opened_from_the_menu(scene: Scene, qtbot: QtBot) -> None:
    menu = scene.view.head.acts.menu()
    for _again in range(2):
        assert acts(scene).count("Pages") == 1
    assert menu.sizeHint().height() < 640, "it stands on a small screen in one column"
    (pages,) = (a.menu() for a in menu.actions() if a.text() == "Pa&ges")
    assert isinstance(pages, QMenu)
    with qtbot.waitSignal(scene.view.page_requested) as asked:
        next(a for a in pages.actions() if a.text() == "Safet&y").trigger()
    assert asked.args == [scene.view.model.shown[0].facts.episode_id, PageName.SAFETY]
