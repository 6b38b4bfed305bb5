"""A card of recorded facts to read: each under its label, what nobody asked in the second tone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from collabcare.domain.display import spoken_dates
from collabcare.ui.theme import current_theme
from collabcare.ui.widgets.card import Card
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from collabcare.domain.details_words import Said

_LABELS = 128


def said_card(title: str, lines: Sequence[Said], action: QWidget | None = None) -> Card:
    """Return the card; its values can be selected and copied."""
    card = Card(title, action=action)
    card.body.addLayout(said_lines(lines))
    return card


def said_lines(lines: Sequence[Said]) -> QGridLayout:
    """Put the values of one card under one another, their labels at the left."""
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(current_theme().px(8))
    grid.setVerticalSpacing(current_theme().px(4))
    grid.setColumnMinimumWidth(0, current_theme().px(_LABELS))
    grid.setColumnStretch(1, 1)
    top = Qt.AlignmentFlag.AlignTop
    for place, said in enumerate(lines):
        value = PlainLabel(said.words, TextRole.BODY if said.known else TextRole.SECONDARY, wrap=True)
        value.setAccessibleName(spoken_dates(f"{said.label}: {said.words}"))
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        grid.addWidget(PlainLabel(said.label, TextRole.SECONDARY), place, 0, top)
        grid.addWidget(value, place, 1)
    return grid
