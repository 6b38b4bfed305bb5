"""A titled surface that groups what belongs together."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from collabcare.ui.widgets.layouts import GROUP, STRETCH, column, row
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole

CARD_MARGIN: Final = 12
"""Around what is on a card, in pixels at 100 %."""


class CountPill(PlainLabel):
    """A small count beside a title or a name."""

    def __init__(self, count: int | None = None, parent: QWidget | None = None) -> None:
        super().__init__(role=TextRole.SECONDARY, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_count(count)

    def set_count(self, count: int | None) -> None:
        """Show a count, or nothing."""
        self.setText("" if count is None else f"{count:,}")
        self.setVisible(count is not None)


class Card(QFrame):
    """A surface with a title, an optional count and an optional act at the end of the title line.

    Put the contents into ``body``.
    """

    def __init__(
        self,
        title: str = "",
        *,
        count: int | None = None,
        action: QWidget | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._title = PlainLabel(title, TextRole.HEADING)
        self._count = CountPill(count, self)
        head = row(self._title, self._count, STRETCH)
        if action is not None:
            head.addWidget(action)
        self.body = column()
        self._whole = column(head, self.body, gap=GROUP, margin=CARD_MARGIN)
        self.setLayout(self._whole)
        self._title.setVisible(bool(title))
        self._say_name(title)

    def set_title(self, title: str) -> None:
        """Change the title, which also names the group for screen readers."""
        self._title.setText(title)
        self._title.setVisible(bool(title))
        self._say_name(title)

    def set_count(self, count: int | None) -> None:
        """Show how many there are, or nothing."""
        self._count.set_count(count)

    def _say_name(self, title: str) -> None:
        self.setAccessibleName(title)
