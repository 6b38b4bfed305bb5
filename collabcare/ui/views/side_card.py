"""A card that unfolds beside a list for one task, and folds away again with Esc."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QLayout, QScrollArea, QWidget

from collabcare.ui.theme import current_theme
from collabcare.ui.widgets.buttons import Button, ButtonKind
from collabcare.ui.widgets.card import Card
from collabcare.ui.widgets.inline_message import InlineMessage
from collabcare.ui.widgets.layouts import STRETCH, column, row

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent


class SideCard(Card):
    """What a task asks, a message, and one act; Ctrl+Enter does it, Esc closes.

    Signals:
        closed: The card is done with.
        said: What came of it, in a sentence.
    """

    closed = Signal()
    said = Signal(str)

    def __init__(self, title: str, act: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent=parent)
        self.inside = column(gap=8)
        edge = current_theme().px(4)
        self.inside.setContentsMargins(edge, edge, current_theme().px(12), edge)
        self.message = InlineMessage()
        self.act = Button(act, ButtonKind.PRIMARY)
        self.act.setToolTip(f"{act} (Ctrl+Enter)")
        self.close_it = Button("Close", ButtonKind.QUIET)
        self.close_it.setToolTip("Close (Esc)")
        contents = QWidget()
        contents.setObjectName("scrolled")
        self.inside.addStretch(1)
        contents.setLayout(self.inside)
        self._scroll = QScrollArea()
        self._scroll.setAccessibleName(title)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(contents)
        self.body.addWidget(self._scroll, 1)
        self.body.addWidget(self.message)
        self.body.addLayout(row(self.act, self.close_it, STRETCH))
        self.close_it.clicked.connect(self.closed)
        self.act.clicked.connect(self.do)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self._on_keys)

    def put(self, *parts: QWidget | QLayout) -> None:
        """Add parts below one another; together they scroll where there is no room for all of them."""
        for part in parts:
            place = self.inside.count() - 1  # before the room that is left
            if isinstance(part, QLayout):
                self.inside.insertLayout(place, part)
            else:
                self.inside.insertWidget(place, part)

    def first(self) -> QWidget:
        """Return where the keyboard goes when the card unfolds."""
        return self.act

    def reveal(self) -> None:
        """Bring what has the keyboard into view where there is no room for the whole card."""
        self._scroll.ensureWidgetVisible(self.first())

    def do(self) -> None:
        """Do what the card is for."""
        raise NotImplementedError

    def is_busy(self) -> bool:
        """Return whether something is going on that closing would leave half done."""
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _on_keys(self) -> None:
        if self.act.isEnabled() and self.act.isVisible():
            self.do()
