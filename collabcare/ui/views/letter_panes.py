"""A letter's form beside its page; where there is no room for both, one of them at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from collabcare.ui.theme import current_theme
from collabcare.ui.widgets.layouts import column, row
from collabcare.ui.widgets.option import Option
from collabcare.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from PySide6.QtCore import QSize
    from PySide6.QtGui import QResizeEvent

    from collabcare.ui.views.letter_panel import LetterPanel

_BOTH = 760
_PANEL = 380
_WORDS, _PAGE = "words", "page"


class LetterPanes(QWidget):
    """Shows both side by side, or under a switch the one that is wanted.

    Ctrl+Enter goes on to issuing from wherever on the page around it the keyboard is.
    The way back and the kind of letter then stand beside the switch: the room is for the words.
    """

    def __init__(self, panel: LetterPanel, pages: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._panel, self._pages = panel, pages
        self.switch = Segmented(
            "Show", [Option(_WORDS, "The words"), Option(_PAGE, "The page")], leads_on=False
        )
        self.switch.set_value(_WORDS)
        self.switch.chosen.connect(self._arrange)
        inside = row(panel, pages, gap=16)
        inside.setStretch(1, 1)
        self._top = row(self.switch, gap=8)
        whole = column(self._top, inside, gap=8, margin=16)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), parent)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self._go_on)

    def _go_on(self) -> None:
        self.switch.set_value(_WORDS)
        self._arrange()
        self._panel.go_on()

    def sizeHint(self) -> QSize:
        # Everything in it scrolls. Beside a banner that wraps, Qt takes the hint for the least height.
        return self.minimumSizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        theme = current_theme()
        both = self.width() >= theme.px(_BOTH)
        self.switch.setVisible(not both)
        if both:
            self._panel.take_head()
        elif self._top.indexOf(self._panel.head) < 0:
            self._top.insertWidget(0, self._panel.head, 1)
        self._panel.setVisible(both or self.switch.value() == _WORDS)
        self._pages.setVisible(both or self.switch.value() == _PAGE)
        self._panel.setMaximumWidth(theme.px(_PANEL) if both else self.maximumWidth())
        self._panel.setMinimumWidth(theme.px(_PANEL) if both else 0)
