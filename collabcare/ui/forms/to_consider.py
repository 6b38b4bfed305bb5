"""A card that says what the rules make of what is typed so far, and can say why; hidden when nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from collabcare.domain.display import spoken_dates
from collabcare.ui.widgets.card import Card
from collabcare.ui.widgets.layouts import column, row
from collabcare.ui.widgets.plain_label import PlainLabel
from collabcare.ui.widgets.why import WhyButton

if TYPE_CHECKING:
    from collections.abc import Sequence

    from collabcare.domain.suggestion import Suggestion


class ToConsider(Card):
    """Suggestions beside a form: they keep nobody from saving."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("To consider", parent=parent)
        self._told: tuple[Suggestion, ...] = ()
        self._lines = QWidget()
        self.body.addWidget(self._lines)
        self.hide()

    def sentences(self) -> tuple[str, ...]:
        """Return what is suggested now."""
        return tuple(each.sentence for each in self._told)

    def show_these(self, told: Sequence[Suggestion]) -> None:
        """Show these suggestions and no others."""
        if tuple(told) == self._told:
            return
        self._told = tuple(told)
        lines = QWidget()
        inside = column(gap=8)
        for each in self._told:
            words = PlainLabel(each.sentence, wrap=True)
            words.setAccessibleName(spoken_dates(each.sentence))
            why = WhyButton(each, each.sentence)
            head = row(words, why, gap=4)
            head.setStretch(0, 1)
            inside.addLayout(column(head, why.panel, gap=2))
        lines.setLayout(inside)
        self.body.replaceWidget(self._lines, lines)
        self._lines.hide()
        self._lines.deleteLater()
        self._lines = lines
        lines.show()
        self.setVisible(bool(self._told))
