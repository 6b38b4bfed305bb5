"""A choice of one among several sentences, all in view, each with its number key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QSizePolicy, QWidget

from collabcare.domain.display import spoken_dates
from collabcare.ui.theme import current_theme
from collabcare.ui.widgets.announce import announce
from collabcare.ui.widgets.leading_on import lead_on
from collabcare.ui.widgets.segmented import SegmentButton

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

    from collabcare.ui.widgets.option import Option

_MODIFIED = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
_KEYS = "1234567890-"
"""The keys that choose, in the order of the number row."""
_ASCII = 128


class ChoiceGrid(QWidget):
    """Buttons in rows of which at most one is on; the number row chooses and leads on, one Tab stop.

    Signals:
        chosen: The value the user chose.
        typed: It was chosen by its number key; the keyboard goes on to what comes after, unless whoever hears
            this puts it where the next thing is asked.
    """

    chosen = Signal(object)
    typed = Signal()

    def __init__(
        self, name: str, options: Sequence[Option], *, columns: int = 3, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._options = tuple(options)
        self._group = QButtonGroup(self)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(current_theme().px(4))
        for number, option in enumerate(self._options):
            button = _button(number, option)
            self._group.addButton(button, number)
            grid.addWidget(button, number // columns, number % columns)
        for place in range(columns):
            grid.setColumnStretch(place, 1)
        self.setFocusProxy(self._group.buttons()[0])
        self._group.idClicked.connect(self._on_clicked)

    def value(self) -> object:
        """Return the chosen value, or None while nothing is chosen."""
        number = self._group.checkedId()
        return None if number < 0 else self._options[number].value

    def set_value(self, value: object) -> None:
        """Choose without telling anybody; a value that is not offered changes nothing."""
        for number, option in enumerate(self._options):
            if option.value == value:
                self._group.button(number).setChecked(True)
                self.setFocusProxy(self._group.button(number))

    @property
    def options(self) -> tuple[Option, ...]:
        """What there is to choose from."""
        return self._options

    def choose(self, value: object) -> None:
        """Choose as a hand would, telling whoever listens; a value that cannot be chosen changes nothing."""
        for number, option in enumerate(self._options):
            if option.value == value:
                self._group.button(number).click()

    def disable(self, value: object, why: str) -> None:
        """Leave one value in view that cannot be chosen, with the reason told and on its tool tip."""
        self.allow(value, why)

    def allow(self, value: object, why_not: str) -> None:
        """Let one value be chosen, or with a reason leave it in view unchosen and not to be chosen."""
        for number, option in enumerate(self._options):
            if option.value == value:
                button = self._group.button(number)
                if why_not and button.isChecked():
                    self._group.setExclusive(False)
                    button.setChecked(False)
                    self._group.setExclusive(True)
                button.setEnabled(not why_not)
                button.setToolTip(why_not or option.tip)
                button.setAccessibleDescription(spoken_dates(why_not or option.tip))
        stop = self._group.checkedButton() or next(
            (each for each in self._group.buttons() if each.isEnabled()), self._group.buttons()[0]
        )
        self.setFocusProxy(stop)

    def strike(self, value: object, why: str) -> None:
        """Strike one value out, with the reason on its tool tip; it can still be chosen."""
        for number, option in enumerate(self._options):
            if option.value == value:
                button = self._group.button(number)
                font = button.font()
                font.setStrikeOut(bool(why))
                button.setFont(font)
                button.setToolTip(why or option.tip)
                button.setAccessibleDescription(why or option.tip)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = chr(event.key()) if event.key() < _ASCII else ""
        number = next((at for at, each in enumerate(self._options) if key == _key(at, each) != ""), None)
        if number is not None and not event.modifiers() & _MODIFIED:
            button = self._group.button(number)
            if not button.isEnabled():
                announce(self, button.accessibleDescription() or button.toolTip())
                return
            button.setFocus(Qt.FocusReason.ShortcutFocusReason)
            button.click()
            if button.isChecked():
                self.typed.emit()
                lead_on(self)
            return
        super().keyPressEvent(event)

    def _on_clicked(self, number: int) -> None:
        self.setFocusProxy(self._group.button(number))
        self.chosen.emit(self._options[number].value)


def _key(number: int, option: Option) -> str:
    """Return the key that chooses an option: its own, or that of its place, or none past the number row."""
    return option.key or _KEYS[number : number + 1]


def _button(number: int, option: Option) -> SegmentButton:
    """Make one button; its key stands in front of its words and is not read out as part of its name."""
    button = SegmentButton(f"{_key(number, option)}  {option.text}".lstrip())
    button.setAccessibleName(spoken_dates(option.text))
    button.setAccessibleDescription(option.tip)
    button.setToolTip(option.tip)
    button.setCheckable(True)
    button.setAutoDefault(False)
    button.setProperty("place", "only")
    button.setProperty("choice", True)
    button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return button
