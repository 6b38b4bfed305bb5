"""Things side by side go on in another line where one is too short, and nothing is cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from collabcare.ui.widgets.flow_box import FlowBox

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
