"""The room beside the caseload in which one card at a time unfolds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from collabcare.ui.theme import current_theme
from collabcare.ui.widgets.layouts import column

if TYPE_CHECKING:
    from collabcare.ui.views.side_card import SideCard

_WIDTH = 340


class CaseloadSide(QWidget):
    """Hidden until a card is shown; what is going on in a card is finished before another takes its place.

    Signals:
        taken: The room is in use now, or free again.
        unfolded: A card is about to be shown.
        left: The card is about to go, and the keyboard with it.
        said: What came of what the card did.
    """

    taken = Signal()
    unfolded = Signal()
    left = Signal()
    said = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.card: SideCard | None = None
        self._room = column()
        self.setLayout(self._room)

    def unfold(self, card: SideCard) -> None:
        """Show a card, with the keyboard in it."""
        if self.card is not None:
            if self.card.is_busy():
                card.deleteLater()
                return
            self._put_away(self.card)
        self.unfolded.emit()
        self.card = card
        card.closed.connect(self.fold)
        card.said.connect(self.said)
        self.setFixedWidth(current_theme().px(_WIDTH))
        self._room.addWidget(card)
        self.show()
        self.taken.emit()
        card.first().setFocus()
        QTimer.singleShot(0, card, card.reveal)  # once it has its size

    def fold(self) -> None:
        """Put the card away."""
        if self.card is None or self.card.is_busy():
            return
        card, self.card = self.card, None
        self.left.emit()  # first: hiding what has the keyboard would give it to whatever comes next
        self.hide()
        self.taken.emit()
        self._put_away(card)

    def _put_away(self, card: SideCard) -> None:
        self._room.removeWidget(card)
        card.hide()
        card.deleteLater()
