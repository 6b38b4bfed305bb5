"""Rows and columns on the 4-pixel grid, so that spacing is said once and scales with the text."""

from __future__ import annotations

from typing import Final, TypeAlias, TypeVar

from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from collabcare.ui.theme import current_theme

GROUP: Final = 8
"""Space between things that belong together."""
APART: Final = 16
"""Space between groups."""
PAGE: Final = 24
"""Space around a page."""


LayoutT = TypeVar("LayoutT", bound=QBoxLayout)


class _Stretch:
    """Takes the room that is left."""


STRETCH: Final = _Stretch()
Item: TypeAlias = QWidget | QLayout | _Stretch


def column(*items: Item, gap: int = GROUP, margin: int = 0) -> QVBoxLayout:
    """Stack items; ``gap`` and ``margin`` are pixels at 100 %."""
    layout = QVBoxLayout()
    return _filled(layout, items, gap, margin)


def row(*items: Item, gap: int = GROUP, margin: int = 0) -> QHBoxLayout:
    """Put items side by side; ``gap`` and ``margin`` are pixels at 100 %."""
    layout = QHBoxLayout()
    return _filled(layout, items, gap, margin)


def _filled(layout: LayoutT, items: tuple[Item, ...], gap: int, margin: int) -> LayoutT:
    theme = current_theme()
    layout.setSpacing(theme.px(gap))
    edge = theme.px(margin)
    layout.setContentsMargins(edge, edge, edge, edge)
    for item in items:
        if isinstance(item, _Stretch):
            layout.addStretch(1)
        elif isinstance(item, QWidget):
            layout.addWidget(item)
        else:
            layout.addLayout(item)
    return layout
