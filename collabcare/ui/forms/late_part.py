"""The place of a part of a form that few who open the form need: it is made when it is first asked for.

To make a field and dress it costs the same whether anybody sees it or not. A form with parts for every way
something can go took a quarter of a second to open; most people see one of them.
"""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from collabcare.ui.widgets.layouts import column


class Written(Protocol):
    """A part that can say what stands in it."""

    def written(self) -> tuple[object, ...]:
        """Return all that was typed and chosen."""


class LatePart(QWidget):
    """Takes no room until a part is put here and it is shown.

    Signals:
        filled: A part was put here.
    """

    filled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._holder = column(gap=0)
        self.setLayout(self._holder)
        self._part: Written | None = None
        self._as_put: tuple[object, ...] = ()
        self.hide()

    @property
    def is_filled(self) -> bool:
        """Whether the part has been made."""
        return self._part is not None

    def put(self, part: Written, shown: QWidget) -> None:
        """Put a part here, ``shown`` being what is seen of it; nobody has typed in it yet."""
        self._part, self._as_put = part, part.written()
        self._holder.addWidget(shown)
        self.filled.emit()

    def written(self) -> tuple[object, ...]:
        """Return what stands in the part, nothing while that is what stood there when it was put here."""
        now = () if self._part is None else self._part.written()
        return () if now == self._as_put else now
