"""The working list: where one is, what is due, and one key to do it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QAbstractItemModel, QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest

from collabcare.ui.widgets.section_delegate import SectionDelegate, cut_between_words, lines_of
from collabcare.ui.widgets.section_list import SectionList
from collabcare.ui.widgets.section_model import Section, SectionRow
from tests.ui.keyboard import press, under_hands

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def line(key: int, title: str, *, act: str = "Log attempt", done: bool = False) -> SectionRow:
    return SectionRow(key=key, title=title, detail="Due today", act=act, done=done)


LINES = ("Safety", "OKAFOR, Ngozi", "Not attended", "LI, Mei", "ADAMS, Jo", "Due contacts")
SECTIONS = (
    Section("Safety", (line(1, "OKAFOR, Ngozi", act="Record conversation"),)),
    Section("Not attended", (line(2, "LI, Mei"), line(3, "ADAMS, Jo"))),
    Section("Due contacts", ()),
    Section("Letters", (line(4, "SMITH, Al"),)),
)


class Told:
    """What a list said."""

    def __init__(self, shown: SectionList) -> None:
        self.acts: list[object] = []
        self.current: list[object] = []
        self.previews: list[object] = []
        self.opened: list[object] = []
        shown.act_requested.connect(self.acts.append)
        shown.current_changed.connect(self.current.append)
        shown.preview_requested.connect(self.previews.append)
        shown.opened.connect(self.opened.append)


@pytest.fixture
def shown(qtbot: QtBot) -> SectionList:
    shown = SectionList("To do")
    QAbstractItemModelTester(shown.model(), QAbstractItemModelTester.FailureReportingMode.Fatal)
    under_hands(qtbot, shown).resize(600, 500)
    return shown


@pytest.fixture
def told(shown: SectionList) -> Told:
    told = Told(shown)
    shown.set_sections(SECTIONS)
    return told


def spoken(model: QAbstractItemModel) -> list[str]:
    role = Qt.ItemDataRole.AccessibleTextRole
    return [str(model.index(n, 0).data(role)) for n in range(model.rowCount())]


def test_a_screen_reader_hears_sections_rows_and_what_enter_does(shown: SectionList, told: Told) -> None:
    assert spoken(shown.model()) == [
        "Safety, 1",
        "OKAFOR, Ngozi. Due today. Enter: Record conversation",
        "Not attended, 2",
        "LI, Mei. Due today. Enter: Log attempt",
        "ADAMS, Jo. Due today. Enter: Log attempt",
        "Due contacts, None",
        "Letters, 1",
        "SMITH, Al. Due today. Enter: Log attempt",
    ]


def test_the_first_row_is_chosen_and_arrows_pass_over_headings(shown: SectionList, told: Told) -> None:
    assert shown.current_key() == 1
    press(*[Qt.Key.Key_Down] * 5)
    press(Qt.Key.Key_Up)
    assert told.current == [1, 2, 3, 4, 3]
    press(Qt.Key.Key_Home)
    assert shown.current_key() == 1
    press(Qt.Key.Key_End)
    assert shown.current_key() == 4


def test_enter_acts_space_previews_and_ctrl_enter_opens(shown: SectionList, told: Told) -> None:
    press(Qt.Key.Key_Return, Qt.Key.Key_Space)
    press(Qt.Key.Key_Return, ctrl=True)
    assert (told.acts, told.previews, told.opened) == ([1], [1], [1])


def test_a_row_that_is_done_has_nothing_left_to_do(shown: SectionList, told: Told) -> None:
    shown.set_sections((Section("Safety", (line(1, "OKAFOR, Ngozi", done=True),)),))
    press(Qt.Key.Key_Return)
    assert told.acts == []
    assert spoken(shown.model())[1] == "Done. OKAFOR, Ngozi. Due today"


def test_left_closes_a_section_and_right_opens_it_again(shown: SectionList, told: Told) -> None:
    press(Qt.Key.Key_Down, Qt.Key.Key_Left)
    assert spoken(shown.model())[2:4] == ["Not attended, 2, collapsed", "Due contacts, None"]
    assert shown.current_key() is None
    press(Qt.Key.Key_Down)
    assert shown.current_key() == 4
    press(Qt.Key.Key_Up, Qt.Key.Key_Right)
    assert len(spoken(shown.model())) == 8
    assert shown.current_key() in {2, 3}


def test_a_section_stays_closed_when_the_list_is_loaded_again(shown: SectionList, told: Told) -> None:
    press(Qt.Key.Key_Left)
    shown.set_sections(SECTIONS)
    assert spoken(shown.model())[0] == "Safety, 1, collapsed"


def test_the_same_row_stays_chosen_when_the_list_is_loaded_again(shown: SectionList, told: Told) -> None:
    shown.select_key(3)
    shown.set_sections((Section("Not attended", (line(9, "NEW, Person"), line(3, "ADAMS, Jo"))),))
    assert shown.current_key() == 3
    assert told.current == [1, 3]


def test_when_a_row_goes_the_one_that_took_its_place_is_chosen(shown: SectionList, told: Told) -> None:
    shown.select_key(2)
    shown.set_sections(
        (Section("Safety", SECTIONS[0].rows), Section("Not attended", (line(3, "ADAMS, Jo"),)))
    )
    assert shown.current_key() == 3
    shown.set_sections(())
    assert (shown.current_key(), told.current[-1]) == (None, None)


def test_a_click_on_the_button_acts_and_elsewhere_only_chooses(shown: SectionList, told: Told) -> None:
    row = shown.visualRect(shown.model().index(3, 0))
    QTest.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(80, row.center().y()))
    assert (shown.current_key(), told.acts) == (2, [])
    QTest.mouseClick(
        shown.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(row.right() - 40, row.center().y())
    )
    assert told.acts == [2]
    QTest.mouseDClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(80, row.center().y()))
    assert told.opened == [2]


def test_a_click_on_a_heading_closes_its_section(shown: SectionList, told: Told) -> None:
    head = shown.visualRect(shown.model().index(2, 0)).center()
    QTest.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=head)
    assert spoken(shown.model())[2] == "Not attended, 2, collapsed"


def test_the_list_is_drawn_in_every_state(shown: SectionList, told: Told) -> None:
    plain = shown.grab().toImage()
    press(Qt.Key.Key_Down)
    chosen = shown.grab().toImage()
    press(Qt.Key.Key_Left)
    assert plain != chosen != shown.grab().toImage()


def test_an_empty_section_takes_less_room_than_one_with_rows(shown: SectionList, told: Told) -> None:
    assert told.acts == []
    heights = {
        text: shown.sizeHintForIndex(shown.model().index(n, 0)).height() for n, text in enumerate(LINES)
    }
    assert heights["Due contacts"] < heights["Safety"] < heights["OKAFOR, Ngozi"]


def test_a_long_sentence_is_cut_between_words_and_a_date_never(shown: SectionList) -> None:
    metrics = shown.fontMetrics()
    text = "Did not attend Mon 16-Nov-2026  ·  Text first"
    whole = metrics.horizontalAdvance(text)
    assert cut_between_words(metrics, text, whole + 1) == text
    cuts = {
        cut_between_words(metrics, text, room)
        for room in range(metrics.horizontalAdvance("Did not …"), whole)
    }
    assert "Did not attend Mon 16-Nov-2026 …" in cuts
    assert all(text.startswith(cut.removesuffix(" …")) for cut in cuts)
    assert not [cut for cut in cuts if "16" in cut and "16-Nov-2026" not in cut]


def test_a_long_detail_takes_two_lines_broken_between_words(shown: SectionList) -> None:
    metrics = shown.fontMetrics()
    text = "Ask the GP practice and the supervisor; decide and record: home visit, crisis team, or 999"
    room = metrics.horizontalAdvance(text) * 2 // 3
    first, second = lines_of(metrics, text, room, 2)
    assert f"{first} {second}" == text
    assert metrics.horizontalAdvance(first) <= room
    assert lines_of(metrics, text, room, 1) == [cut_between_words(metrics, text, room)]
    assert lines_of(metrics, "Due today", room, 2) == ["Due today"]


def test_where_no_panel_says_the_rest_a_row_is_as_high_as_its_words(shown: SectionList, qtbot: QtBot) -> None:
    long = " ".join(["Did not attend Wed 18-Nov-2026, talk with the GP practice."] * 4)
    words = SectionRow(
        key=1, title="VAN DER BERG, Zoë (Ms)", detail=long, aside="2 days overdue", act="Log visit"
    )
    shown.set_sections([Section("To do", (words, line(2, "LI, Mei")))])

    def high(row: int) -> int:
        return shown.visualRect(shown.model().index(row, 0)).height()

    one = high(1)
    shown.show_whole(whole=True)
    qtbot.waitUntil(lambda: high(1) > one)
    assert high(2) == one
    delegate = shown.itemDelegate()
    assert isinstance(delegate, SectionDelegate)

    def under() -> list[str]:
        place = shown.visualRect(shown.model().index(1, 0))
        return delegate._under(words, place)  # noqa: SLF001 - the lines as they are painted

    assert " ".join(under()) == long
    shown.window().resize(330, 500)
    qtbot.waitUntil(lambda: under()[0].startswith("2 days overdue"))
    shown.show_whole(whole=False)
    qtbot.waitUntil(lambda: high(1) == one)
