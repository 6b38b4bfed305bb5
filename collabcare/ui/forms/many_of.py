"""As many of a list as hold, each a box to tick; none ticked is no answer.

The arrows lead from box to box, a letter to the next one that begins with it; Space ticks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from collabcare.ui.forms.field_grid import LARGE
from collabcare.ui.theme import current_theme

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)


class ManyOf(QWidget):
    """Boxes ``abreast`` in a line, one where the text is large; one that stands alone clears the others."""

    def __init__(
        self,
        name: str,
        choices: Mapping[str, str],
        *,
        alone: Iterable[str] = (),
        abreast: int = 2,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._alone = frozenset(alone)
        self.boxes = {value: QCheckBox(words.replace("&", "&&")) for value, words in choices.items()}
        columns = self._columns = 1 if current_theme().scale >= LARGE else abreast
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(current_theme().px(16))
        grid.setVerticalSpacing(0)
        for place, (value, box) in enumerate(self.boxes.items()):
            grid.addWidget(box, place // columns, place % columns)
            box.clicked.connect(lambda ticked, value=value: self._on_ticked(value) if ticked else None)
            box.setAccessibleName(choices[value])
            box.installEventFilter(self)
        self.setLayout(grid)
        self.setFocusProxy(next(iter(self.boxes.values())))

    def values(self) -> tuple[str, ...]:
        """Return what is ticked, in the order of the list."""
        return tuple(value for value, box in self.boxes.items() if box.isChecked())

    def set_values(self, values: Iterable[str]) -> None:
        """Tick these and no others."""
        wanted = frozenset(values)
        for value, box in self.boxes.items():
            box.setChecked(value in wanted)

    def text(self) -> str:
        """Return what is ticked as one text."""
        return " ".join(self.values())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go where an arrow points, or to the next box that begins with the letter typed."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            arrows: dict[int, int] = {
                Qt.Key.Key_Left: -1,
                Qt.Key.Key_Right: 1,
                Qt.Key.Key_Up: -self._columns,
                Qt.Key.Key_Down: self._columns,
            }
            boxes = list(self.boxes.values())
            here = next(number for number, box in enumerate(boxes) if box is watched)
            if move := arrows.get(event.key()):
                if 0 <= here + move < len(boxes):
                    boxes[here + move].setFocus(Qt.FocusReason.TabFocusReason)
                return True
            if event.modifiers() in _PLAIN and event.text().isalnum():
                return _to_letter(event.text().casefold(), (*boxes[here + 1 :], *boxes[: here + 1]))
        return super().eventFilter(watched, event)

    def _on_ticked(self, value: str) -> None:
        for other, box in self.boxes.items():
            if other != value and (value in self._alone or other in self._alone):
                box.setChecked(False)


def _to_letter(letter: str, boxes: Sequence[QCheckBox]) -> bool:
    for box in boxes:
        if box.text().casefold().startswith(letter):
            box.setFocus(Qt.FocusReason.TabFocusReason)
            return True
    return False
