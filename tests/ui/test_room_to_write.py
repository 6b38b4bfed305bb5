"""On a small laptop there is room for what is written and read there, at 100 % and at 150 %."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QAbstractScrollArea, QScrollArea, QWidget

from collabcare.domain.gate_parts import Condition
from collabcare.domain.gate_today import open_review
from collabcare.domain.safety import IN_AN_EMERGENCY, NO_EMERGENCY_SYSTEM
from collabcare.ui.forms.contact_form import ContactForm
from collabcare.ui.forms.measure_form import MeasureForm
from collabcare.ui.meant import NOBODY_MEANT
from collabcare.ui.pages import PageName, Place
from collabcare.ui.relooking import SAVE_FIRST
from collabcare.ui.theme import current_theme
from collabcare.ui.views.record_bar import why_not
from collabcare.ui.views.way_back import NOTHING
from collabcare.ui.widgets.plain_label import PlainLabel
from tests.ui.every_screen import cut_off
from tests.ui.fullest import fullest
from tests.ui.keyboard import here, press, write
from tests.ui.screens_scene import SMALL_LAPTOP, demo_desktop, on_a_small_laptop, settle, somebody

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from collabcare.demo.build import DemoRecord
    from collabcare.domain.ids import EpisodeId
    from collabcare.ui.main_window import MainWindow
    from collabcare.ui.shell import Shell
    from collabcare.ui.widgets.note_edit import NoteEdit

MISSED = "3"
LONG = "Saved. What follows from it is said here in more words than there is room for in one line. " * 3


@pytest.fixture(scope="module", params=[1.0, 1.5], ids=["100", "150"])
def shell(
    request: pytest.FixtureRequest,
    qapp: QApplication,
    built_demo: DemoRecord,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Shell]:
    """The desktop at one size of text."""
    with demo_desktop(built_demo, tmp_path_factory.mktemp("room"), request.param) as shell:
        yield shell


@pytest.fixture
def window(shell: Shell) -> Iterator[MainWindow]:
    """The main window on a small laptop, for one test."""
    window = on_a_small_laptop(shell)
    assert (window.width(), window.height()) == SMALL_LAPTOP
    yield window
    window.hide()


def lines_in_view(note: NoteEdit) -> int:
    """Return how many whole lines of a note can be seen."""
    return note.viewport().visibleRegion().boundingRect().height() // note.fontMetrics().lineSpacing()


@pytest.mark.parametrize("name", ["phq9", "gad7"])
def test_a_questionnaire_is_in_view_while_it_is_answered(window: MainWindow, name: str) -> None:
    """All its items at 100 %, the one it is at on larger text; what it comes to, and Save, always."""
    window.work.show_patient(somebody(window, "measure"), f"measure:{name}")
    form = window.work.patient.composer.form()
    assert isinstance(form, MeasureForm)
    settle()
    questions = form.answers
    area = next(each for each in form.findChildren(QScrollArea) if each.isAncestorOf(questions))
    items = questions.findChildren(PlainLabel, "item")
    large = current_theme().scale > 1
    for at, item in enumerate(items):
        for each in items[at : at + 1] if large else items:
            assert each.visibleRegion().boundingRect().height() == each.height(), each.whole_text()
        assert not form.save.visibleRegion().isEmpty()
        assert not form.sheet.amount.visibleRegion().isEmpty()
        assert len(scrolled(window) - {area}) == 0, "one scroll bar at most"
        if item is not items[-1]:
            write("1")
            settle()
    questions.set_answers((None,) * len(items))


def scrolled(window: MainWindow) -> set[QScrollArea]:
    """Return what can be scrolled up and down."""
    areas = (each for each in window.findChildren(QScrollArea) if each.isVisible())
    return {each for each in areas if each.verticalScrollBar().maximum() > 0}


def somebody_else(window: MainWindow, form: str, number: int) -> EpisodeId:
    """Return another patient for each number: what is typed for one stays with them."""
    rows = [row for row in window.work.open_caseload.rows if row.facts.contacts and row.facts.measures]
    found = [row for row in rows if not why_not(form, window.desk.acting.role, row.facts)]
    return found[number].facts.episode_id


@pytest.mark.parametrize(("number", "keys"), [(0, "5"), (1, MISSED), (2, "21")])
def test_the_note_of_a_contact_is_in_view_with_room_once_its_outcome_is_chosen(
    window: MainWindow, number: int, keys: str
) -> None:
    window.work.show_patient(somebody_else(window, "contact", number), "contact")
    settle()
    write(keys)
    settle()
    form = window.work.patient.composer.form()
    assert isinstance(form, ContactForm)
    note = form.note
    if keys != "21":  # what to think about after a miss, and empty minutes, come before the note
        assert here() is not note
        note.setFocus()
        settle()
    assert here() is note
    assert lines_in_view(note) >= (3 if keys == MISSED else 4)  # after a miss the questions take some
    for _ in range(6):
        press(Qt.Key.Key_Return)
    settle()
    assert lines_in_view(note) >= 6, "it grows in view"


def test_all_to_think_about_after_a_miss_stands_on_one_screen_for_the_fullest_record(
    window: MainWindow,
) -> None:
    """The five questions with their answers, the track with its reasons, whom to ring, and Save."""
    window.work.show_patient(fullest(window), "contact")
    settle()
    write(MISSED)
    settle()
    form = window.work.patient.composer.form()
    assert isinstance(form, ContactForm)
    missed = form.missed
    areas = [each for each in window.findChildren(QAbstractScrollArea) if each.isVisible()]
    scrolled = [each for each in areas if each.isAncestorOf(missed) or form.isAncestorOf(each)]
    assert all(each.horizontalScrollBar().maximum() == 0 for each in scrolled)
    bars = [each for each in scrolled if each.verticalScrollBar().maximum() > 0]
    assert cut_off(form) == []
    if current_theme().scale > 1:
        assert len(bars) == 1, "one bar only, and nothing scrolls within what scrolls"
        assert not form.save.visibleRegion().isEmpty()
        return
    assert bars == []
    told = (*missed.head[:-1], missed.ring, *missed.recorded.values(), *missed.asked.values())
    assert [each for each in (*told, form.note, form.save) if not _in_full_view(each)] == []
    assert sum(each.is_cut for each in missed.recorded.values()) >= 2, "it is a full record"
    for reason in ("safeguarding", "domestic abuse", "self-harm", "relies on others", "safety talk still"):
        assert reason in missed.head[2].text()
    assert "Samaritans" in missed.ring.text()


def test_the_whole_review_before_closing_for_not_attending_is_seen_at_once(window: MainWindow) -> None:
    reviewed = next(row.facts for row in window.work.open_caseload.rows if open_review(row.facts))
    window.work.go(Place(PageName.ENDING, reviewed.episode_id))
    settle()
    parts = [window.work.page.findChild(QWidget, f"gate_{each.value}") for each in Condition]
    shown = [part for part in parts if part is not None and _in_full_view(part)]
    assert None not in parts
    assert len(shown) == len(Condition) or current_theme().scale > 1
    window.work.back()


def _in_full_view(part: QWidget) -> bool:
    return part.isVisible() and part.visibleRegion().boundingRect() == part.rect()


def test_a_letter_has_room_for_its_words_beside_what_is_to_be_looked_at(
    window: MainWindow, qtbot: QtBot
) -> None:
    work = window.work
    work.show_letter(work.open_caseload.rows[0].facts.episode_id, "gp_review")
    form, panel = work.letter.form, work.letter.panel
    qtbot.waitUntil(form.findings.isVisible)
    first, *_others, last = form.parts.values()
    first.setFocus()
    settle()
    assert lines_in_view(first) == 3
    assert not form.findings.is_open
    assert not form.findings.visibleRegion().isEmpty(), "that there is something to look at is always seen"
    assert not panel.foot.issue.visibleRegion().isEmpty()
    for _ in range(7):
        press(Qt.Key.Key_Return)
    settle()
    assert lines_in_view(first) >= 7, "it grows in view"
    last.setFocus()
    settle()
    assert lines_in_view(last) == 3
    first.clear()
    work.back()


def test_the_story_is_never_squeezed_whatever_stands_over_it(window: MainWindow) -> None:
    """It has two entries' worth of room, or makes way altogether for what somebody asked for."""
    work, patient = window.work, window.work.patient
    picture, message, act = patient.picture, patient.composer.message, patient.composer.follow_up
    act.setText("Record what follows")
    changes: tuple[Callable[[], object], ...] = (
        partial(message.show_good, LONG),
        act.show,
        partial(message.show_good, "Saved."),
        picture.fold.click,
        picture.as_table.toggle,
        act.hide,
        message.clear,
        picture.as_table.toggle,
        picture.fold.click,
    )
    for number in range(3, 6):
        work.show_patient(somebody_else(window, "note", number))
        settle()
        assert patient.story.isVisible()
        for change in changes:
            change()
            settle()
            if not patient.story.isVisible():
                assert picture.wanted, "it makes way for what somebody asked for only"
                continue
            assert patient.story.list.height() >= current_theme().px(52)
            assert patient.composer.height() >= patient.composer.minimumSizeHint().height()


def test_nothing_in_the_panel_beside_today_is_printed_over_anything_else(window: MainWindow) -> None:
    today = window.work.today
    window.work.show_today()
    if not today.side.isVisible():
        today.split.toggle()
    panel = today.panel
    for key in list(today.items)[:8]:
        today.list.select_key(key)
        settle()
        parts = (panel.banner, panel.act, panel.open, panel.later, *panel.findChildren(QScrollArea))
        shown = [part for part in parts if part.isVisible()]
        boxes = [QRect(part.mapTo(panel, QPoint(0, 0)), part.size()) for part in shown]
        over = [
            (one, other)
            for number, one in enumerate(boxes)
            for other in boxes[number + 1 :]
            if one.intersects(other)
        ]
        assert over == []
        assert all(panel.rect().contains(box) for box in boxes)
    today.split.toggle()


@pytest.mark.parametrize("said", [SAVE_FIRST.format(form="“Record contact”"), NOBODY_MEANT, NOTHING])
def test_what_is_said_at_the_foot_leaves_in_view_that_this_is_no_emergency_system(
    window: MainWindow, said: str
) -> None:
    """Hazard H15: what is said for a while never takes the place of the sentence about emergencies."""
    bar, line = window.statusBar(), window.status
    window.work.said.emit(said)
    settle()
    assert line.emergency.text() == NO_EMERGENCY_SYSTEM
    assert not line.emergency.visibleRegion().isEmpty()
    assert line.emergency.fontMetrics().horizontalAdvance(NO_EMERGENCY_SYSTEM) <= line.emergency.width()
    assert bar.currentMessage() == said
    assert bar.fontMetrics().horizontalAdvance(said) < line.emergency.mapTo(bar, QPoint()).x(), "in full"
    bar.clearMessage()
    settle()
    assert line.emergency.text() == IN_AN_EMERGENCY
    assert line.who.isVisible()


def test_what_to_know_before_ringing_scores_and_due_are_in_view_as_a_patient_is_opened(
    window: MainWindow,
) -> None:
    window.work.show_patient(somebody_else(window, "note", 7))
    patient = window.work.patient
    glance, scores = patient.columns.glance, patient.scores
    for width in (1281, SMALL_LAPTOP[0]):  # 1281 is as wide as the window opens on this screen
        window.resize(width, SMALL_LAPTOP[1])
        settle()
        in_few_words: tuple[QWidget, ...] = (glance.reach, glance.goals, glance.scores, glance.due)
        if not glance.scores.isVisible():
            in_few_words = (glance.reach,) if glance.isVisible() else (scores.before_you_ring, scores.goals)
        assert glance.isVisible() or width > 1281
        for part in in_few_words:
            assert not part.visibleRegion().isEmpty()
