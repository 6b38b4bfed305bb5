"""Columns as each user likes them: chosen, dragged, resized, sorted, by mouse and by keyboard, and kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest

from collabcare.domain.caseload_layout import LAYOUT, VIEWS
from collabcare.domain.display import fmt_date
from collabcare.services.preferences import SavePreference, save_preference
from collabcare.ui.theme import ThemeName, apply_theme
from collabcare.ui.views.caseload_columns import columns_offered
from collabcare.ui.views.column_fit import narrowest, wide
from collabcare.ui.views.columns_card import ColumnsCard
from tests.builders import rulebook
from tests.ui.accessibility import nameless
from tests.ui.keyboard import give_keyboard, here, press
from tests.ui.views.caseload_scene import Scene, choose, five_patients

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from collabcare.ui.tasks import Tasks
    from tests.record_fixtures import Practice

RIGHT = Qt.TextElideMode.ElideRight
USUAL = [
    *("patient", "practice", "step", "due", "last_seen", "next_booked", "measure", "score:gad7"),
    *("dnas", "case_review"),
]


@pytest.fixture
def scene(qtbot: QtBot, practice: Practice, tasks: Tasks) -> Scene:
    five_patients(practice)
    return Scene(qtbot, practice, tasks)


def card(scene: Scene) -> ColumnsCard:
    """Open the choice of columns."""
    scene.view.head.columns.click()
    opened = scene.view.side.card
    assert isinstance(opened, ColumnsCard)
    return opened


def tick(qtbot: QtBot, opened: ColumnsCard, title: str, *, shown: bool = True) -> None:
    """Go to a column in the list and press Space."""
    item = opened.list.findItems(title, Qt.MatchFlag.MatchExactly)[0]
    assert (item.checkState() is Qt.CheckState.Checked) is not shown
    opened.list.setCurrentItem(item)
    give_keyboard(qtbot, opened.list)
    press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: (title in [each.title for each in opened.on_show()]) is shown)


def again(scene: Scene, qtbot: QtBot, practice: Practice, tasks: Tasks, login: str = "jo") -> Scene:
    """Sign in anew: what was changed last is written first, as it is before a record is closed."""
    scene.view.finish()
    return Scene(qtbot, practice, tasks, login)


def test_the_usual_columns_leave_out_what_says_nothing_of_mine(scene: Scene) -> None:
    assert scene.columns() == USUAL
    choose(scene, "everyone's")
    assert scene.columns() == [*USUAL[:3], "holder", *USUAL[3:]]


def test_columns_are_chosen_and_kept_for_this_user_alone(
    scene: Scene, qtbot: QtBot, practice: Practice, tasks: Tasks
) -> None:
    opened = card(scene)
    tick(qtbot, opened, "Goals")
    tick(qtbot, opened, "Practice", shown=False)
    liked = [*(each for each in USUAL if each != "practice"), "goals"]
    assert scene.columns() == liked
    assert again(scene, qtbot, practice, tasks).columns() == liked
    assert "goals" not in again(scene, qtbot, practice, tasks, "sam").columns()


def test_the_list_stays_as_it_is_under_the_hand_that_ticks(scene: Scene, qtbot: QtBot) -> None:
    opened = card(scene)
    before = [opened.list.item(place).text() for place in range(opened.list.count())]
    tick(qtbot, opened, "Goals")
    tick(qtbot, opened, "Practice", shown=False)
    assert [opened.list.item(place).text() for place in range(opened.list.count())] == before
    opened.list.setCurrentItem(opened.list.findItems("Goals", Qt.MatchFlag.MatchExactly)[0])
    opened.left.click()
    after = [opened.list.item(place).text() for place in range(opened.list.count())]
    assert after.index("Goals") == scene.columns().index("goals"), "moved: the list shows the places"


def test_columns_that_do_not_fit_are_scrolled_and_none_is_hidden_or_squeezed(
    scene: Scene, qtbot: QtBot
) -> None:
    usual = scene.columns()
    opened = card(scene)
    assert scene.columns() == usual, "choosing columns hides none"
    assert scene.view.unseen.whole_text() == ""
    for title in ("Flags", "Born", "Status", "Last contact", "Goals", "Referred by", "GP letter"):
        tick(qtbot, opened, title)
    opened.do()
    assert len(scene.columns()) == len(USUAL) + 7
    assert scene.view.unseen.whole_text() == ""
    assert scene.view.table.horizontalScrollBar().maximum() > 0
    widths = {each.id: each.width for each in scene.view.model.columns}
    for name in scene.columns():
        assert scene.view.table.columnWidth(scene.place(name)) >= widths[name]


def test_a_column_is_moved_and_widened_by_keyboard_and_said(scene: Scene, qtbot: QtBot) -> None:
    opened = card(scene)
    opened.list.setCurrentItem(opened.list.findItems("Step", Qt.MatchFlag.MatchExactly)[0])
    give_keyboard(qtbot, opened.left)
    press(Qt.Key.Key_Space)
    assert scene.columns()[:3] == ["patient", "step", "practice"]
    assert not opened.left.isEnabled(), "the patient stays first"
    assert here() is opened.list, "the keyboard is not left on a button that does nothing"
    before = scene.view.table.columnWidth(scene.place("step"))
    give_keyboard(qtbot, opened.wider)
    press(Qt.Key.Key_Space)
    assert scene.view.table.columnWidth(scene.place("step")) == before + 16
    opened.usual.click()
    opened.do()
    qtbot.waitUntil(lambda: scene.columns() == USUAL)


def test_the_patient_can_neither_be_hidden_nor_moved(scene: Scene) -> None:
    opened = card(scene)
    first = opened.list.item(0)
    assert first.text() == "Patient"
    assert not first.flags() & Qt.ItemFlag.ItemIsUserCheckable
    opened.list.setCurrentRow(0)
    assert not opened.left.isEnabled()
    assert not opened.right.isEnabled()


def test_dragging_a_heading_orders_the_columns_for_good(
    scene: Scene, qtbot: QtBot, practice: Practice, tasks: Tasks
) -> None:
    head = scene.view.table.horizontalHeader()
    head.moveSection(head.visualIndex(scene.place("due")), 1)
    qtbot.waitUntil(lambda: scene.columns()[1] == "due" and scene.place("due") == 1)
    assert again(scene, qtbot, practice, tasks).columns()[:3] == ["patient", "due", "practice"]


def test_nothing_is_dragged_in_front_of_the_patient(scene: Scene, qtbot: QtBot) -> None:
    head = scene.view.table.horizontalHeader()
    head.moveSection(head.visualIndex(scene.place("due")), 0)
    qtbot.waitUntil(lambda: scene.columns()[0] == "patient")


def test_a_width_set_by_hand_is_kept(scene: Scene, qtbot: QtBot, practice: Practice, tasks: Tasks) -> None:
    scene.view.table.horizontalHeader().resizeSection(scene.place("due"), 260)
    qtbot.waitUntil(lambda: not scene.view.keeping.layout.is_usual)
    other = again(scene, qtbot, practice, tasks)
    assert other.view.table.columnWidth(other.place("due")) == 260


def test_dragging_the_edge_of_a_heading_is_taken_when_it_is_let_go(scene: Scene, qtbot: QtBot) -> None:
    head = scene.view.table.horizontalHeader()
    place = scene.place("practice")
    edge = QPoint(head.sectionViewportPosition(place) + head.sectionSize(place) - 1, head.height() // 2)
    left = Qt.MouseButton.LeftButton
    QTest.mousePress(head.viewport(), left, pos=edge)
    QTest.mouseMove(head.viewport(), edge + QPoint(20, 0))
    QTest.mouseMove(head.viewport(), edge + QPoint(40, 0))
    qtbot.waitUntil(lambda: not scene.view.laying.waits)
    assert scene.view.laying.layout.is_usual, "still held"
    QTest.mouseRelease(head.viewport(), left, pos=edge + QPoint(40, 0))
    qtbot.waitUntil(lambda: not scene.view.laying.layout.is_usual)
    widths = {each.id: each.width for each in scene.view.laying.layout.columns}
    assert widths["practice"] is not None


def test_the_order_is_kept_and_said_in_words(
    scene: Scene, qtbot: QtBot, practice: Practice, tasks: Tasks
) -> None:
    assert scene.view.head.order.whole_text() == "Sorted by Patient, A to Z"
    scene.view.table.sortByColumn(scene.place("last_seen"), Qt.SortOrder.DescendingOrder)
    assert scene.view.head.order.whole_text() == "Sorted by Last seen, latest first"
    assert scene.names()[-1] == "Dale", "nobody has seen Dale: blank comes last"
    other = again(scene, qtbot, practice, tasks)
    assert other.view.head.order.whole_text() == "Sorted by Last seen, latest first"
    assert other.names() == scene.names()
    give_keyboard(qtbot, other.view.table)
    other.view.table.choose_second(other.place("practice"))
    press(Qt.Key.Key_R, ctrl=True, shift=True)
    words = "Sorted by Last seen, latest first, then by Practice, Z to A"
    assert other.view.head.order.whole_text() == words
    third = again(other, qtbot, practice, tasks)
    assert (third.view.head.order.whole_text(), third.names()) == (words, other.names())


def test_every_column_sorts_both_ways_with_the_name_as_second_key(scene: Scene, qtbot: QtBot) -> None:
    opened = card(scene)
    for column in scene.view.laying.offered():
        if column.id not in [each.id for each in scene.view.laying.shown()]:
            tick(qtbot, opened, column.title)
    choose(scene, "everyone's")
    for place, column in enumerate(scene.view.model.columns):
        for way in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder):
            scene.view.table.sortByColumn(place, way)
            keys = [column.key(row) for row in scene.view.model.shown]
            filled = [key for key in keys if key is not None]
            assert keys == filled + [None] * (len(keys) - len(filled)), column.id
            pairs = list(
                zip(keys, [row.facts.patient.name_order for row in scene.view.model.shown], strict=True)
            )
            for (one, name), (two, after) in pairwise(pairs):
                assert one != two or name <= after, (column.id, way)


def test_another_questionnaire_is_chosen(scene: Scene) -> None:
    opened = card(scene)
    opened.measure.set_value("gad7")
    opened.measure.activated.emit(opened.measure.currentIndex())
    titles = {each.id: each.title for each in scene.view.model.columns}
    assert (titles["measure"], titles["score:phq9"]) == ("GAD-7", "PHQ-9")
    assert "score:gad7" not in titles


def test_the_choice_closes_with_escape_and_gives_the_keyboard_back(scene: Scene, qtbot: QtBot) -> None:
    opened = card(scene)
    assert here() is opened.list
    press(Qt.Key.Key_Escape)
    assert scene.view.side.card is None
    assert here() is scene.view.table
    assert not scene.view.side.isVisible()


def test_a_right_click_on_the_headings_opens_the_choice(scene: Scene) -> None:
    scene.view.table.horizontalHeader().customContextMenuRequested.emit(
        scene.view.table.horizontalHeader().rect().center()
    )
    assert isinstance(scene.view.side.card, ColumnsCard)
    assert nameless(scene.view) == []


@pytest.mark.parametrize("text", ["{", '{"columns": [{"id": "gone"}]}', "[]"])
def test_what_cannot_be_read_is_the_usual_list(
    qtbot: QtBot, practice: Practice, tasks: Tasks, text: str
) -> None:
    five_patients(practice)
    for name in (LAYOUT, VIEWS):
        save_preference(SavePreference(name=name, value=text), practice.uow())
    assert Scene(qtbot, practice, tasks).columns() == USUAL


def test_no_date_is_cut_at_any_size_of_text_however_narrow_its_column_is_made(qapp: QApplication) -> None:
    dates = [fmt_date(date(2026, month, 28)) for month in range(1, 13)]
    dated = [each for each in columns_offered(rulebook()) if each.dated]
    assert {"born", "last_seen", "next_booked", "referred", "on:gad7"} <= {each.id for each in dated}
    try:
        for tenths in range(10, 21):
            theme = apply_theme(qapp, ThemeName.LIGHT, tenths / 10)
            metrics = QFontMetrics(theme.font())
            for each in dated:
                for width in (each.width, narrowest(each), 40):
                    sides = (theme.px(9) + theme.px(8)) if each.cell else 2 * (theme.px(6) + 3)
                    room = wide(replace(each, width=width)) - sides
                    cut = [text for text in dates if metrics.elidedText(text, RIGHT, room) != text]
                    assert cut == [], (tenths, each.id)
    finally:
        apply_theme(qapp, ThemeName.LIGHT)


def test_a_date_column_is_not_dragged_too_narrow_for_its_dates(scene: Scene, qtbot: QtBot) -> None:
    place = scene.place("last_seen")
    usual = scene.view.table.columnWidth(place)
    scene.view.table.horizontalHeader().resizeSection(place, 60)
    qtbot.waitUntil(lambda: not scene.view.keeping.layout.is_usual)
    assert scene.view.table.columnWidth(scene.place("last_seen")) == usual
    opened = card(scene)
    opened.list.setCurrentItem(opened.list.findItems("Last seen", Qt.MatchFlag.MatchExactly)[0])
    opened.narrower.click()
    opened.wider.click()
    assert scene.view.table.columnWidth(scene.place("last_seen")) == usual + 16, "no press was for nothing"


def test_a_width_set_by_hand_grows_with_the_text(qapp: QApplication) -> None:
    by_hand = replace(next(each for each in columns_offered(rulebook()) if each.id == "step"), width=90)
    shown = []
    try:
        for scale in (1.0, 1.2, 1.5, 2.0):
            apply_theme(qapp, ThemeName.LIGHT, scale)
            shown.append(wide(by_hand))
    finally:
        apply_theme(qapp, ThemeName.LIGHT)
    assert shown == [90, 110, 135, 180]


def test_the_patient_stays_in_view_beside_columns_that_do_not_fit(scene: Scene, qtbot: QtBot) -> None:
    opened = card(scene)
    for title in ("Flags", "Born", "Status"):
        tick(qtbot, opened, title)
    opened.do()
    table = scene.view.table
    born = scene.view.model.index(0, scene.place("born"))
    assert table.sizeHintForIndex(born).width() <= table.columnWidth(born.column()), "the date is whole"
    table.horizontalScrollBar().setValue(table.horizontalScrollBar().maximum())
    assert table.frozen == table.columnWidth(0)
    assert table.first_heading.isVisible()
    heading = table.first_heading
    edge = QPoint(heading.width() - 2, heading.height() // 2)
    left = Qt.MouseButton.LeftButton
    QTest.mousePress(heading.viewport(), left, pos=edge)
    QTest.mouseMove(heading.viewport(), edge + QPoint(20, 0))
    QTest.mouseMove(heading.viewport(), edge + QPoint(40, 0))
    qtbot.waitUntil(lambda: not scene.view.laying.waits)
    assert scene.view.laying.layout.columns[0].width is None, "still held"
    QTest.mouseRelease(heading.viewport(), left, pos=edge + QPoint(40, 0))
    qtbot.waitUntil(lambda: scene.view.laying.layout.columns[0].width is not None)
    assert scene.view.keeping.layout == scene.view.laying.layout, "kept for this user"
