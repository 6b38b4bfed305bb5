"""Chips: filters that can be on or off, one-of-many bars of them, and flags that only say something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QWidget

from collabcare.ui.theme import current_theme
from collabcare.ui.widgets.flow_box import FlowBox
from collabcare.ui.widgets.icon_label import IconLabel
from collabcare.ui.widgets.layouts import column, row
from collabcare.ui.widgets.look import TONE_TOKEN, Tone
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from collabcare.ui.widgets.option import Option


class Chip(QPushButton):
    """A filter that is on or off, with the number it would show."""

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
