"""Chips of which one is on, in so many lines at most; those for which there is no room wait in a menu."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QButtonGroup, QFrame, QMenu, QWidget

from collabcare.ui.plain_tip import plain_tip
from collabcare.ui.theme import current_theme
from collabcare.ui.widgets.chip import Chip
from collabcare.ui.widgets.chip_lines import flow, kept

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtGui import QResizeEvent, QShowEvent

    from collabcare.ui.widgets.chip_lines import Spot

_GAP = 6
_LONGEST = 28


@dataclass(frozen=True, slots=True)
class ViewOption:
    """One value to choose.

    Attributes:
        value: What is chosen.
        text: Its words.
        tip: Whom it holds.
        tucked: Whether it always waits in the menu.
        apart: Whether it stands after the divider.
        rare: Whether it waits in the menu before any other does, where there is no room for all.
    """

    value: object
    text: str
    tip: str = ""
    tucked: bool = False
    apart: bool = False
    rare: bool = False


class _MoreChip(Chip):
    """Opens the menu; it is on while what is chosen waits there, and then says so."""

    CHOSEN_BY_ARROW = False

    def __init__(self, words: str, parent: QWidget) -> None:
        super().__init__(words, parent=parent)
        self._name = words

    def say(self, chosen: str, count: int | None) -> None:
        words = chosen or self._name
        shown = words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1].rstrip()}…"
        self.setText(f"{shown}{'' if count is None else f'  {count:,}'} ▾".replace("&", "&&"))
        told = f"{self._name}: {chosen}" if chosen else self._name
        self.setAccessibleName(told if count is None else f"{told}, {count:,}")


class ViewBar(QWidget):
    """One stop for Tab, arrows move within; every value has its count, on its chip or in the menu.

    Signals:
        chosen: The value the user chose.
    """

    chosen = Signal(object)

    def __init__(self, name: str, *, more: str, lines: int = 2, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.lines = lines
        self._options: tuple[ViewOption, ...] = ()
        self._counts: dict[object, int | None] = {}
        self._chips: list[Chip] = []
        self._waiting: list[int] = []
        self._current = 0
        self._group = QButtonGroup(self)
        self._divider = QFrame(self)
        self._divider.setObjectName("view_divider")
        self._divider.setFrameShape(QFrame.Shape.VLine)
        self._divider.hide()
        self.more = _MoreChip(more, self)
        self.more.hide()
        self.menu = QMenu(self)
        self.menu.setAccessibleName(more)
        self._group.addButton(self.more)
        self.more.clicked.connect(self._on_more)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        policy.setVerticalPolicy(policy.Policy.Minimum)
        self.setSizePolicy(policy)

    @property
    def options(self) -> tuple[ViewOption, ...]:
        """The values there are to choose from, in order."""
        return self._options

    def set_options(self, options: Sequence[ViewOption]) -> None:
        """Offer other values; what is on stays on if it is still among them, else the first is."""
        kept = self.value() if self._options else None
        had_keyboard = any(chip.hasFocus() for chip in self._chips)
        for chip in self._chips:
            self._group.removeButton(chip)
            chip.hide()
            chip.deleteLater()
        self._options = tuple(options)
        self._chips = []
        for option in self._options:
            chip = Chip(option.text.replace("&", "&&"), tip=plain_tip(option.tip), parent=self)
            chip.hide()
            chip.clicked.connect(self._on_chip)
            self._group.addButton(chip)
            self._chips.append(chip)
            self._count(chip, option)
        self._current = 0
        self.set_value(kept)
        self._arrange_again()
        if had_keyboard:
            self.setFocus()

    def value(self) -> object:
        """Return the value that is on."""
        return self._options[self._current].value

    def set_value(self, value: object) -> None:
        """Turn a value on without telling anybody; one that is not offered changes nothing."""
        for number, option in enumerate(self._options):
            if option.value == value:
                self._current = number
        self._arrange_again()

    def set_count(self, value: object, count: int | None) -> None:
        """Show how many rows a value would show."""
        self.set_counts({value: count})

    def set_counts(self, counts: Mapping[object, int | None]) -> None:
        """Show how many rows each of several values would show; the chips are arranged once."""
        new = {value: count for value, count in counts.items() if self._counts.get(value, -1) != count}
        if not new:
            return
        self._counts.update(new)
        for chip, option in zip(self._chips, self._options, strict=True):
            if option.value in new:
                self._count(chip, option)
        self._arrange_again()

    def told(self, value: object) -> str:
        """Return a value in the words of a screen reader: its name and its count."""
        option = next(each for each in self._options if each.value == value)
        count = self._counts.get(value)
        return option.text if count is None else f"{option.text}, {count:,}"

    def heightForWidth(self, width: int) -> int:
        return self._place(width, move=False)

    def sizeHint(self) -> QSize:
        """Return the size of all in one line, which is what there is room for in most places."""
        parts = [part for part in (*self._chips, self.more) if not part.isHidden()]
        gap = current_theme().px(_GAP)
        wide = sum(part.sizeHint().width() + gap for part in parts)
        return QSize(wide, _high(*self._chips, self.more))

    def minimumSizeHint(self) -> QSize:
        least = self.more.sizeHint().width()
        return QSize(least, self.heightForWidth(max(self.width(), least)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place(self.width(), move=True)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._arrange_again()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._arrange_again()

    def _count(self, chip: Chip, option: ViewOption) -> None:
        chip.set_count(self._counts.get(option.value))
        chip.setAccessibleName(self.told(option.value))

    def _arrange_again(self) -> None:
        self.updateGeometry()
        self._place(self.width(), move=True)

    def _place(self, width: int, *, move: bool) -> int:
        """Place the chips on their lines, or only find out how high that makes the bar; return the height."""
        gap, high = current_theme().px(_GAP), _high(*self._chips, self.more)
        chips = [number for number, option in enumerate(self._options) if not option.tucked]
        tucked = [number for number, option in enumerate(self._options) if option.tucked]
        current = chips.index(self._current) if self._current in chips else -1

        def spots(inside: list[int]) -> list[Spot]:
            wides = [self._chips[chips[number]].sizeHint().width() for number in inside]
            if tucked or len(inside) < len(chips):
                wides.append(self.more.sizeHint().width())
            apart = (place for place, n in enumerate(inside) if self._options[chips[n]].apart)
            return flow(wides, width, gap, divide_before=next(apart, -1))

        rare = frozenset(place for place, n in enumerate(chips) if self._options[n].rare)
        inside, out = kept(len(chips), current, lambda some: spots(some)[-1].line < self.lines, rare)
        found = spots(inside) if chips or tucked else []
        if move:
            self._waiting = [*(chips[number] for number in out), *tucked]
            self._show_current()
            self._move([chips[number] for number in inside], found)
        lines = found[-1].line + 1 if found else 1
        return lines * high + (lines - 1) * gap

    def _move(self, shown: list[int], spots: list[Spot]) -> None:
        gap, high = current_theme().px(_GAP), _high(*self._chips, self.more)
        lines = spots[-1].line + 1 if spots else 1
        top = max((self.height() - lines * high - (lines - 1) * gap) // 2, 0)
        parts: list[QWidget] = [*(self._chips[number] for number in shown), self.more]
        for chip in (*self._chips, self.more):
            chip.setVisible(chip in parts[: len(spots)])
        for part, spot in zip(parts, spots, strict=False):
            part.setGeometry(spot.left, top + spot.line * (high + gap), part.sizeHint().width(), high)
        first = next((place for place, n in enumerate(shown) if self._options[n].apart), None)
        self._divider.setVisible(bool(first) and spots[first or 0].left > 0)
        if first:
            at = spots[first]
            self._divider.setGeometry(at.left - gap - 1, top + at.line * (high + gap), 1, high)

    def _show_current(self) -> None:
        waits = self._current in self._waiting
        option = self._options[self._current] if waits else None
        self.more.say(option.text if option else "", self._counts.get(option.value) if option else None)
        on = self.more if waits or not self._chips else self._chips[self._current]
        on.setChecked(True)
        self.setFocusProxy(on)

    def _on_chip(self) -> None:
        chip = self.sender()
        self._choose(next(n for n, each in enumerate(self._chips) if each is chip))

    def _on_more(self) -> None:
        self._show_current()
        self.menu.clear()
        for number in self._waiting:
            option = self._options[number]
            count = self._counts.get(option.value)
            words = option.text if count is None else f"{option.text}  {count:,}"
            action = QAction(words.replace("&", "&&"), self.menu)
            action.setCheckable(True)
            action.setChecked(number == self._current)
            action.setToolTip(plain_tip(option.tip))
            action.triggered.connect(lambda _checked=False, number=number: self._choose(number))
            self.menu.addAction(action)
        self.menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height())))

    def _choose(self, number: int) -> None:
        self._current = number
        self._arrange_again()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.chosen.emit(self._options[number].value)


def _high(*chips: Chip) -> int:
    """Return how high each chip is drawn: one that is on asks for less, its edge being of whole pixels."""
    return max(chip.sizeHint().height() for chip in chips)
