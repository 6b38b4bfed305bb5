"""What stands where something could not be read: that nothing is lost, and the way to try again."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QWidget

from collabcare.ui.widgets.announce import announce
from collabcare.ui.widgets.buttons import Button, ButtonKind
from collabcare.ui.widgets.empty_state import EmptyState
from collabcare.ui.widgets.inline_message import InlineMessage
from collabcare.ui.widgets.layouts import column

COULD_NOT = "Could not be read. Nothing is lost."
MAY_BE_OLD = "Could not be read again. What is shown here may be old; nothing is lost."
TRY_AGAIN = "Try again"


class Unread(QWidget):
    """Hidden while all is well; else it stands in for the body, or above what may be old.

    Signals:
        again: The user wants it read again.
    """

    again = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: list[tuple[QWidget, bool]] = []
        self.replaces = False
        """Whether it stands in for the body now."""
        self.nothing = EmptyState("warning", COULD_NOT, act=TRY_AGAIN)
        self.old = InlineMessage()
        self.try_again = Button(TRY_AGAIN, ButtonKind.QUIET, compact=True)
        self.old.add_act(self.try_again)
        self.setLayout(column(self.old, self.nothing, gap=0))
        self.nothing.act_requested.connect(self.again)
        self.try_again.clicked.connect(self.again)
        self.nothing.hide()
        self.hide()

    def stand_in(self, *parts: QWidget) -> None:
        """Take the place of these when nothing could be read."""
        self._parts = [(part, part.isHidden()) for part in parts]

    @property
    def said(self) -> str:
        """What is said now, nothing while all is well."""
        if self.isHidden():
            return ""
        return COULD_NOT if self.replaces else self.old.text()

    def failed(self, *, known: bool) -> None:
        """Say that reading failed; ``known`` is whether something read before is on show."""
        if known:
            self.worked()
            self.show()
            self.old.show_attention(MAY_BE_OLD)
            return
        if not self.replaces:
            self._parts = [(part, part.isHidden()) for part, _hidden in self._parts]
        self.replaces = True
        self.old.clear()
        for part, _hidden in self._parts:
            part.hide()
        self.nothing.show()
        self.show()
        announce(self, COULD_NOT)
        self._offer_keyboard()

    def worked(self) -> None:
        """Go, and let what was replaced come back."""
        self.old.clear()
        self.hide()
        self.nothing.hide()
        if self.replaces:
            self.replaces = False
            for part, hidden in self._parts:
                part.setVisible(not hidden)

    def take_keyboard(self) -> None:
        """Put the keyboard on the way to try again."""
        self.nothing.take_keyboard()

    def has_keyboard(self) -> bool:
        """Return whether the keyboard is on the way to try again."""
        focus = QApplication.focusWidget()
        return focus is not None and self.isAncestorOf(focus)

    def _offer_keyboard(self) -> None:
        """Put the keyboard on the way to try again, unless somebody works in another part of the window."""
        page, focus = self.parentWidget(), QApplication.focusWidget()
        if self.isVisible() and (focus is None or page in {None, focus} or page.isAncestorOf(focus)):
            self.take_keyboard()


def unread_of(page: QWidget) -> Unread | None:
    """Return what stands in for the body of a page now, if that could not be read."""
    unread = page.findChild(Unread)
    return unread if isinstance(unread, Unread) and unread.replaces else None
