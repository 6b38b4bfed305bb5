"""A choice of one among a few, all in view: the outcome of a contact in one key."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from collabcare.ui.widgets.layouts import STRETCH, row
from collabcare.ui.widgets.leading_on import lead_on

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

    from collabcare.ui.widgets.option import Option


_MOST_KEYS = 9


class Packed(Enum):
    """How much less room a choice takes than usual."""

    NOT = "not"
    LOW = "low"
    CLOSE = "close"


class SegmentButton(QPushButton):
    """One choice; its neighbours touch it. Enter presses it as Space does."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers() & _SHIFTED:
            if not event.isAutoRepeat():
                self.click()
            return
        super().keyPressEvent(event)


class Segmented(QWidget):
    """Touching buttons of which at most one is on; number keys 1 to 9 choose and lead on, arrows move.

    Each choice shows its digit, which is no part of its name as it is read out.

    Args:
        name: What is chosen.
        options: What there is to choose from.
        leads_on: Whether a digit leads on to the next question; not where the choice changes what is shown.
        packed: Low where several choices under one another are to stand on one screen, with digit and words
            close together where there are many choices in a narrow place.

    Signals:
        chosen: The value the user chose.
        typed: It was chosen by its number key; the keyboard goes on to what comes after, unless whoever hears
            this puts it where the next thing is asked.
    """

    chosen = Signal(object)
    typed = Signal()

    def __init__(
        self,
        name: str,
        options: Sequence[Option],
        *,
        leads_on: bool = True,
        packed: Packed = Packed.NOT,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._leads_on, self._packed = leads_on, packed
        self._options = tuple(options)
        self._group = QButtonGroup(self)
        for number, option in enumerate(self._options):
            self._group.addButton(self._button(number, option), number)
        self.setLayout(row(*self._group.buttons(), STRETCH, gap=0))
        self.setFocusProxy(self._group.buttons()[0])
        self._group.idClicked.connect(self._on_clicked)

    def value(self) -> object:
        """Return the chosen value, or None while nothing is chosen."""
        number = self._group.checkedId()
        return None if number < 0 else self._options[number].value

    def set_value(self, value: object) -> None:
        """Choose without telling anybody; None clears the choice."""
        for number, option in enumerate(self._options):
            if option.value == value:
                self._group.button(number).setChecked(True)
                self.setFocusProxy(self._group.button(number))
                return
        self._clear()

    @property
    def options(self) -> tuple[Option, ...]:
        """What there is to choose from."""
        return self._options

    def choose(self, value: object) -> None:
        """Choose as a hand would, telling whoever listens; a value that is not offered changes nothing."""
        for number, option in enumerate(self._options):
            if option.value == value:
                self._group.button(number).click()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        number = event.key() - Qt.Key.Key_1.value
        if 0 <= number < min(len(self._options), 9) and not event.modifiers() & _SHIFTED:
            button = self._group.button(number)
            button.setFocus(Qt.FocusReason.ShortcutFocusReason)
            button.click()
            if self._leads_on and button.isChecked():
                self.typed.emit()
                lead_on(self)
            return
        super().keyPressEvent(event)

    def _button(self, number: int, option: Option) -> SegmentButton:
        shown = number < _MOST_KEYS
        between = "\N{THIN SPACE}" if self._packed is Packed.CLOSE else "  "
        button = SegmentButton(f"{number + 1}{between}{option.text}" if shown else option.text, self)
        button.setAccessibleName(option.text)
        button.setCheckable(True)
        button.setAutoDefault(False)
        last = len(self._options) - 1
        place = "only" if last == 0 else {0: "first", last: "last"}.get(number, "middle")
        button.setProperty("place", place)
        button.setProperty("compact", self._packed is Packed.LOW)
        button.setToolTip(option.tip or f"{option.text} (key {number + 1})")
        button.setAccessibleDescription(option.tip)
        return button

    def _clear(self) -> None:
        self._group.setExclusive(False)
        for button in self._group.buttons():
            button.setChecked(False)
        self._group.setExclusive(True)
        self.setFocusProxy(self._group.buttons()[0])

    def _on_clicked(self, number: int) -> None:
        self.setFocusProxy(self._group.button(number))
        self.chosen.emit(self._options[number].value)


_SHIFTED = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
