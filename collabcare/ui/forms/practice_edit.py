"""A GP practice: begin to type and choose one that is known, or type the name of a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from collabcare.ui.widgets.layouts import column
from collabcare.ui.widgets.line_edit import LineEdit
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole
from collabcare.ui.widgets.suggestions import Suggestions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

    from collabcare.domain.ids import GpPracticeId
    from collabcare.queries.site import GpPracticeRow


_MOST = 3
"""How many practices with such a name are named."""


class PracticeEdit(QWidget):
    """A line that offers the practices whose name contains what is typed; Down shows them all.

    While one of them may still be meant, nothing is said of a new one: that waits until the line is left.

    Signals:
        settled: It is clear now whether the name is of a practice that is known.
    """

    settled = Signal()

    def __init__(self, practices: Sequence[GpPracticeRow], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._known = {practice.name.casefold(): practice for practice in practices}
        self.edit = LineEdit("GP practice")
        self.edit.setPlaceholderText("Begin to type its name")
        self._suggestions = Suggestions(self.edit, [practice.name for practice in practices])
        self._echo = PlainLabel("", TextRole.SECONDARY, wrap=True)
        self._echo.hide()
        self.setFocusProxy(self.edit)
        self.setLayout(column(self.edit, self._echo, gap=4))
        self._typing = False
        self.edit.textEdited.connect(self._on_typed)
        self.edit.textChanged.connect(self._on_text)
        self.edit.editingFinished.connect(self.settle)
        if len(practices) == 1:
            self.edit.setText(practices[0].name)

    def text(self) -> str:
        """Return the name as typed."""
        return " ".join(self.edit.text().split())

    def set_text(self, name: str) -> None:
        """Show a name."""
        self.edit.setText(name)

    def known(self) -> GpPracticeRow | None:
        """Return the practice of that name, None when it is not known yet."""
        return self._known.get(self.text().casefold())

    def known_id(self) -> GpPracticeId | None:
        """Return the number of the practice of that name, None when it is not known yet."""
        practice = self.known()
        return None if practice is None else practice.id

    def is_new(self) -> bool:
        """Return whether the name is of a practice not known yet, as far as it is typed."""
        return bool(self.text()) and self.known() is None and not self._typing

    def nearly(self) -> tuple[str, ...]:
        """Return the names known that hold what is typed, while it may still become one of them."""
        return self._like() if self._typing and self.known() is None else ()

    def settle(self) -> None:
        """Take the name as it is typed."""
        if self._typing:
            self._typing = False
            self._on_text()
            self.settled.emit()

    def echo(self) -> str:
        """Return what is said under the line."""
        return self._echo.whole_text()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self._suggestions.show_all()
            return
        super().keyPressEvent(event)

    def _on_typed(self) -> None:
        self._typing = bool(self._like())

    def _like(self) -> tuple[str, ...]:
        typed = self.text().casefold()
        return tuple(row.name for name, row in self._known.items() if typed and typed in name)

    def _on_text(self) -> None:
        new = self.is_new()
        like = f" There is {' and '.join(self._like()[:_MOST])}." if new and self._like() else ""
        self._echo.setText(f"Not known yet: it will be added under this name.{like}" if new else "")
        self._echo.setVisible(new)
