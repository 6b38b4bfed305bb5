"""As many of a list as hold, each a box to tick; none ticked is no answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from collabcare.ui.forms.field_grid import LARGE
from collabcare.ui.theme import current_theme

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_COLUMNS = 2


class ManyOf(QWidget):
    """Boxes in two columns, or in one where the text is large; one that stands alone clears the others."""

    def __init__(
        self,
        name: str,
        choices: Mapping[str, str],
        *,
        alone: Iterable[str] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._alone = frozenset(alone)
        self.boxes = {value: QCheckBox(words.replace("&", "&&")) for value, words in choices.items()}
        columns = 1 if current_theme().scale >= LARGE else _COLUMNS
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(current_theme().px(16))
        grid.setVerticalSpacing(0)
        for place, (value, box) in enumerate(self.boxes.items()):
            grid.addWidget(box, place // columns, place % columns)
            box.clicked.connect(lambda ticked, value=value: self._on_ticked(value) if ticked else None)
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

    def _on_ticked(self, value: str) -> None:
        for other, box in self.boxes.items():
            if other != value and (value in self._alone or other in self._alone):
                box.setChecked(False)
