"""The place of a part of a form that few who open the form need: it is made when it is first asked for.

To make a field and dress it costs the same whether anybody sees it or not. A form with parts for every way
something can go took a quarter of a second to open; most people see one of them.
"""

from __future__ import annotations

from typing import ClassVar, Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from collabcare.ui.forms.kept_fields import Value, kept_fields
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


class Growing(QWidget):
    """A form that may have late parts.

    Signals:
        grown: It has fields that it had not when it was opened.
    """

    grown = Signal()

    LATE: ClassVar[tuple[str, ...]] = ()
    """The names of the parts that are made when they are first asked for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.opened: dict[str, Value] = {}

    def make_room(self, names: set[str]) -> None:
        """Make the fields that a draft of this form names and an empty form has not yet."""
        if self.LATE and not names <= kept_fields(self).keys():
            for name in self.LATE:
                getattr(self, name)

    def late_part(self) -> LatePart:
        """Return the place for a part that is made when it is first asked for."""
        place = LatePart()
        place.filled.connect(self._on_grown)
        return place

    def _on_grown(self) -> None:
        self.opened = {**kept_fields(self), **self.opened}
        self.grown.emit()
