"""Fields in lines, their labels at the left under one another: dense, and read in one glance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from collabcare.ui.theme import current_theme
from collabcare.ui.widgets.field_label import FieldLabel
from collabcare.ui.widgets.number_edit import NumberEdit
from collabcare.ui.widgets.plain_label import TextRole
from collabcare.ui.widgets.typed_edit import TypedEdit

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLayout

_SHORT = 116
"""A time as it is typed, and beside it as it was understood."""
_ONE_LINE = 48
_FEWEST_LETTERS = 8


class Lines(QGridLayout):
    """A grid of labelled fields: one long field to a line, with room for a short one at its end."""

    def __init__(self, *, label_width: int = 88) -> None:
        super().__init__()
        theme = current_theme()
        self.setContentsMargins(0, 0, 0, 0)
        self.setHorizontalSpacing(theme.px(8))
        self.setVerticalSpacing(theme.px(6))
        self.setColumnMinimumWidth(0, theme.px(label_width))
        self.setColumnStretch(1, 1)

    def line(self, label: str, editor: QWidget, short_label: str = "", short: QWidget | None = None) -> None:
        """Add a line; the label's ``&`` letter puts the keyboard into the field."""
        if isinstance(editor, QComboBox):
            as_wide_as_there_is_room(editor)
        number = self.rowCount()
        tall = editor.sizeHint().height() > current_theme().px(_ONE_LINE)
        place = Qt.AlignmentFlag.AlignTop if tall else Qt.AlignmentFlag.AlignVCenter
        self.addWidget(_label(label, editor, tall=tall), number, 0, place)
        if short is None:
            self.addWidget(editor, number, 1, 1, 3)
            return
        short.setFixedWidth(current_theme().px(_SHORT))
        self.addWidget(editor, number, 1)
        self.addWidget(_label(short_label, short, tall=False), number, 2, Qt.AlignmentFlag.AlignRight)
        self.addWidget(short, number, 3)
        if isinstance(short, TypedEdit | NumberEdit):
            self.under(short.say_problems_apart())

    def under(self, contents: QWidget | QLayout) -> None:
        """Add something under the fields, without a label of its own."""
        number = self.rowCount()
        if isinstance(contents, QWidget):
            self.addWidget(contents, number, 1, 1, 3)
        else:
            self.addLayout(contents, number, 1, 1, 3)


def as_wide_as_there_is_room(box: QComboBox) -> None:
    """Keep a list of long texts from widening the whole form; the open list shows them in full."""
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(_FEWEST_LETTERS)


def _label(text: str, editor: QWidget, *, tall: bool) -> FieldLabel:
    label = FieldLabel(text, editor, TextRole.SECONDARY)
    if tall:
        label.setContentsMargins(0, current_theme().px(6), 0, 0)
    return label
