"""Chips: filters that can be on or off, one-of-many bars of them, and flags that only say something."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QWidget

from collabcare.ui.theme import current_theme
from collabcare.ui.widgets.flow_box import FlowBox
from collabcare.ui.widgets.icon_label import IconLabel
from collabcare.ui.widgets.layouts import column, row
from collabcare.ui.widgets.look import TONE_TOKEN, Tone
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

    from collabcare.ui.widgets.option import Option


_MODIFIED = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier
)
_ENDS: dict[int, int] = {Qt.Key.Key_Home.value: 0, Qt.Key.Key_End.value: -1}
_STEPS: dict[int, int] = {Qt.Key.Key_Left.value: -1, Qt.Key.Key_Right.value: 1}


class Chip(QPushButton):
    """A filter that is on or off, with the number it would show.

    Of several, Left and Right go through all of them, from the end of a line on to the next, and Home and End
    to the first and the last; Up and Down go to the line above and below.
    """

    CHOSEN_BY_ARROW: ClassVar[bool] = True
    """Whether it is turned on as an arrow comes to it, as the one that is on of several is."""

    def __init__(
        self, text: str, *, count: int | None = None, tip: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._words = text
        self._count: int | None = None
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setToolTip(tip)
        self.set_count(count)

    def set_count(self, count: int | None) -> None:
        """Show how many rows the filter finds, or nothing."""
        self._count = count
        self.setText(self._words if count is None else f"{self._words}  {count:,}")
        self.setAccessibleName(self._words if count is None else f"{self._words}, {count:,}")

    def rename(self, text: str) -> None:
        """Show other words."""
        self._words = text
        self.set_count(self._count)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        chips, key = self._line_up(), event.key()
        if event.modifiers() & _MODIFIED or self not in chips or key not in {*_ENDS, *_STEPS}:
            super().keyPressEvent(event)
            return
        at = chips.index(self) + _STEPS.get(key, 0)
        chip = chips[_ENDS.get(key, min(max(at, 0), len(chips) - 1))]
        if chip is self:
            return
        chip.setFocus(Qt.FocusReason.TabFocusReason)
        if chip.CHOSEN_BY_ARROW:
            chip.click()

    def _line_up(self) -> list[Chip]:
        """Return the chips of which one is on, this one among them, in the order they are read."""
        group: object = self.group()  # none for a chip by itself
        buttons = group.buttons() if isinstance(group, QButtonGroup) else []
        there = [each for each in buttons if isinstance(each, Chip) and each.isVisible() and each.isEnabled()]
        return sorted(there, key=lambda each: (each.y(), each.x()))


class ChipBar(QWidget):
    """Chips of which exactly one is on, in as many lines as they need; one stop for Tab, arrows move within.

    Signals:
        chosen: The value the user chose.
    """

    chosen = Signal(object)

    def __init__(self, name: str, options: Sequence[Option], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._options = tuple(options)
        self._group = QButtonGroup(self)
        self._chips = [Chip(option.text, tip=option.tip, parent=self) for option in self._options]
        for number, chip in enumerate(self._chips):
            self._group.addButton(chip, number)
        self.setLayout(column(FlowBox(*self._chips, gap=current_theme().px(6))))
        self._turn_on(0)
        self._group.idClicked.connect(self._on_clicked)

    def value(self) -> object:
        """Return the value that is on."""
        return self._options[self._group.checkedId()].value

    def set_value(self, value: object) -> None:
        """Turn a value on without telling anybody; one that is not offered changes nothing."""
        for number, option in enumerate(self._options):
            if option.value == value:
                self._turn_on(number)

    def set_count(self, value: object, count: int | None) -> None:
        """Show how many rows a value would show."""
        for chip, option in zip(self._chips, self._options, strict=True):
            if option.value == value:
                chip.set_count(count)

    def offer(self, value: object, *, offered: bool, text: str = "") -> None:
        """Offer a value or leave it out, perhaps under other words; one left out is not on any more."""
        for number, (chip, option) in enumerate(zip(self._chips, self._options, strict=True)):
            if option.value == value:
                chip.setVisible(offered)
                chip.rename(text or option.text)
                if not offered and chip.isChecked() and number:
                    self._turn_on(0)

    def _turn_on(self, number: int) -> None:
        self._chips[number].setChecked(True)
        self.setFocusProxy(self._chips[number])

    def _on_clicked(self, number: int) -> None:
        self.setFocusProxy(self._chips[number])
        self.chosen.emit(self._options[number].value)


class FlagChip(QFrame):
    """Says one thing with an icon and a word, coloured by meaning; not for pressing."""

    def __init__(self, text: str, tone: Tone, icon_name: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("tone", tone.value)
        words = PlainLabel(text, TextRole.SECONDARY)
        words.set_tone(tone)
        inside = row(IconLabel(icon_name, TONE_TOKEN[tone], 14), words, gap=4)
        edge, side = current_theme().px(2), current_theme().px(6)
        inside.setContentsMargins(side, edge, current_theme().px(8), edge)
        self.setLayout(inside)
