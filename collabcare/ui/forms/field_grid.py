"""Fields of a long form, two to a line where there is room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QWidget

from collabcare.ui.theme import current_theme
from collabcare.ui.widgets.layouts import APART, column

if TYPE_CHECKING:
    from collections.abc import Sequence


def column_of(*parts: QWidget) -> QWidget:
    """Return the parts one under the other as one."""
    holder = QWidget()
    holder.setLayout(column(*parts, gap=4))
    return holder


def field_grid(fields: Sequence[QWidget]) -> QGridLayout:
    """Put fields two to a line, equally wide, in the order in which Tab goes through them."""
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(current_theme().px(APART))
    grid.setVerticalSpacing(current_theme().px(8))
    for number, field in enumerate(fields):
        grid.addWidget(field, number // 2, number % 2)
    for place in (0, 1):
        grid.setColumnStretch(place, 1)
    return grid
