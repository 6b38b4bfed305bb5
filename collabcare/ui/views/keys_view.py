"""Every key on one page, made from the table of commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QWidget

from collabcare.ui.actions import ActionSpec, Menu
from collabcare.ui.theme import current_theme
from collabcare.ui.widgets.buttons import Button, ButtonKind
from collabcare.ui.widgets.layouts import STRETCH, column, row
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QLayout

_EVERYWHERE = (
    ("Tab and Shift+Tab", "Go to the next control and the one before; a list or table is one stop."),
    ("Up and Down", "Move in a list or table."),
    ("Enter", "In Today: do the one next thing. In the caseload: open the patient."),
    ("Ctrl+Enter", "In Today: open the patient. In a form: save."),
    ("Space", "In a list: show or hide the panel about the chosen patient."),
    ("Left and Right", "In Today: close and open a section. In a chart: go from score to score."),
    ("1 to 9", "In a row of choices: choose. In a questionnaire: answer and go on."),
    ("+2w, 12/3, fri", "In a date: two weeks from today, the 12th of March, the coming Friday."),
)


class KeysView(QWidget):
    """The shortcut sheet, in the groups of the menus.

    Signals:
        back_requested: The user has seen enough.
    """

    back_requested = Signal()

    def __init__(self, actions: Sequence[ActionSpec], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.back = Button("Back", ButtonKind.QUIET, icon_name="arrow-left", compact=True)
        self.back.clicked.connect(self.back_requested)
        sheet = QScrollArea()
        sheet.setFrameShape(QFrame.Shape.NoFrame)
        sheet.setWidgetResizable(True)
        sheet.setAccessibleName("Keys")
        sheet.setWidget(_sheet(actions))
        head = row(self.back, PlainLabel("Keys", TextRole.TITLE), STRETCH, gap=12)
        self.setLayout(column(head, sheet, gap=12, margin=16))

    def take_keyboard(self) -> None:
        """Put the keyboard on the way back."""
        self.back.setFocus()


def _sheet(actions: Sequence[ActionSpec]) -> QWidget:
    parts = column(_group("Everywhere", _EVERYWHERE), gap=20, margin=8)
    for menu in Menu:
        lines = [(" or ".join(spec.keys), spec.help) for spec in actions if spec.menu is menu and spec.keys]
        if lines:
            parts.addLayout(_group(menu.value.replace("&", ""), lines))
    parts.addStretch(1)
    sheet = QWidget()
    sheet.setObjectName("scrolled")
    sheet.setLayout(parts)
    return sheet


def _group(title: str, lines: Sequence[tuple[str, str]]) -> QLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(current_theme().px(24))
    grid.setVerticalSpacing(current_theme().px(6))
    grid.setColumnMinimumWidth(0, current_theme().px(150))
    for place, (keys, meaning) in enumerate(lines):
        grid.addWidget(PlainLabel(keys, TextRole.STRONG), place, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(PlainLabel(meaning, wrap=True), place, 1)
    grid.setColumnStretch(1, 1)
    return column(PlainLabel(title, TextRole.HEADING), grid, gap=8)
