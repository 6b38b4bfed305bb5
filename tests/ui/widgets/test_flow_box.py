"""Things side by side go on in another line where one is too short, and nothing is cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from collabcare.ui.widgets.chip import Chip, ChipBar
from collabcare.ui.widgets.flow_box import FlowBox
from collabcare.ui.widgets.layouts import STRETCH, row
from collabcare.ui.widgets.option import Option
from tests.ui.keyboard import under_hands

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def block(width: int, height: int) -> QWidget:
    """Return a widget of one size."""
    made = QWidget()
    made.setFixedSize(width, height)
    return made


def places(qtbot: QtBot, width: int, *blocks: QWidget) -> list[tuple[int, int]]:
    """Lay blocks out in this width and return where each stands."""
    holder = FlowBox(*blocks, gap=10)
    qtbot.addWidget(holder, before_close_func=lambda _: holder.hide())
    holder.resize(width, 300)
    holder.show()
    return [(block.x(), block.y()) for block in blocks]


def test_one_line_holds_what_it_can_and_the_rest_goes_on_below(qtbot: QtBot) -> None:
    assert places(qtbot, 100, block(40, 20), block(40, 20), block(40, 20)) == [(0, 0), (50, 0), (0, 30)]


def test_what_is_wider_than_a_line_has_one_of_its_own(qtbot: QtBot) -> None:
    assert places(qtbot, 100, block(150, 20), block(40, 20)) == [(0, 0), (0, 30)]


def test_a_low_part_stands_in_the_middle_of_its_line(qtbot: QtBot) -> None:
    assert places(qtbot, 100, block(40, 10), block(40, 30)) == [(0, 10), (50, 0)]


def test_the_height_follows_from_the_width_and_hidden_parts_take_no_room(qtbot: QtBot) -> None:
    hidden = block(40, 20)
    box = FlowBox(block(40, 20), hidden, block(40, 20), gap=10)
    qtbot.addWidget(box)
    assert box.heightForWidth(60) == 80
    hidden.hide()
    assert box.heightForWidth(60) == 50
    assert box.heightForWidth(400) == 20


def test_what_grew_while_nobody_saw_has_its_room_once_it_is_seen(qtbot: QtBot) -> None:
    bar, pages, other = (
        ChipBar("Whose", (Option(1, "Mine"), Option(2, "Everyone"))),
        QStackedWidget(),
        QWidget(),
    )
    bar.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
    page = QWidget()
    page.setLayout(row(bar, STRETCH))
    for each in (page, other):
        pages.addWidget(each)
    under_hands(qtbot, pages).resize(600, 200)
    pages.setCurrentWidget(other)
    bar.set_count(1, 1_000_000)
    bar.set_count(2, 2_000_000)
    pages.setCurrentWidget(page)
    chips = bar.findChildren(Chip)
    qtbot.waitUntil(lambda: chips[0].y() == chips[1].y())
    assert chips[1].x() > chips[0].geometry().right()
