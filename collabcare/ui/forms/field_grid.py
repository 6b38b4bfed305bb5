"""Fields of a long form, two to a line, or one where the text is so large that two would have no room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QWidget

from collabcare.ui.theme import current_theme
from collabcare.ui.widgets.layouts import APART, column

if TYPE_CHECKING:
    from collections.abc import Sequence

LARGE = 1.75
"""From this size of the text on one field takes a line of its own."""


def column_of(*parts: QWidget) -> QWidget:
    """Return the parts one under the other as one."""
    holder = QWidget()
    holder.setLayout(column(*parts, gap=4))
    return holder


def field_grid(fields: Sequence[QWidget]) -> QGridLayout:
    """Put fields two to a line, equally wide, in the order in which Tab goes through them."""
    abreast = 1 if current_theme().scale >= LARGE else 2
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(current_theme().px(APART))
    grid.setVerticalSpacing(current_theme().px(8))
    for number, field in enumerate(fields):
        grid.addWidget(field, number // abreast, number % abreast)
    for place in range(abreast):
        grid.setColumnStretch(place, 1)
    return grid
