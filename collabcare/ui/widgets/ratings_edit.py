"""Ratings on a scale that ends at ten: one digit each, 10 as ``10`` or ``x``; a blank stays visibly blank."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from collabcare.ui.theme import current_theme
from collabcare.ui.widgets.announce import announce
from collabcare.ui.widgets.answers_edit import numbered
from collabcare.ui.widgets.layouts import column
from collabcare.ui.widgets.line_edit import LineEdit
from collabcare.ui.widgets.look import set_look
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole

if TYPE_CHECKING:
    from collabcare.ui.widgets.answers_edit import Answers, Describe

_TEN = 10
_BLANKING = frozenset({"-"})
_DOWN = frozenset({Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter})
_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
Words: TypeAlias = Callable[[int | None], str]


class RatingsEdit(QWidget):
    """A short field for each item. A digit that can only mean one thing moves on by itself.

    A 1 waits: a 0 after it makes 10, any other digit belongs to the next item. ``x`` is 10, ``-`` leaves a
    blank; Up, Down and Enter move. ``beside`` is said beside each rating, ``describe`` under all of them.

    Signals:
        answers_changed: The ratings, one per item, None for each blank.
        completed: The last item was rated.
    """

    answers_changed = Signal(object)
    completed = Signal()

    def __init__(
        self,
        name: str,
        items: Sequence[str],
        scale: tuple[int, int],
        describe: Describe,
        *,
        beside: Words | None = None,
    ) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._least, self._most = scale
        self._describe, self._beside = describe, beside
        self.fields = [_field(item, self._least, self._most) for item in items]
        self._said = [PlainLabel("", TextRole.SECONDARY) for _item in items]
        self._result = PlainLabel("", TextRole.STRONG, wrap=True)
        self._layout = column(self._grid(items), self._result)
        self.setLayout(self._layout)
        for at, field in enumerate(self.fields):
            field.installEventFilter(self)
            field.textChanged.connect(lambda _text, at=at: self._on_text(at))
        if self.fields:
            self.setFocusProxy(self.fields[0])
        self._show_result()

    def answers(self) -> Answers:
        """Return the ratings in order, None for each blank and for what cannot be."""
        return tuple(self._value(field.text()) for field in self.fields)

    def set_answers(self, answers: Answers) -> None:
        """Show ratings without telling anybody."""
        for field, answer in zip(self.fields, answers, strict=True):
            field.setText("" if answer is None else str(answer))

    def problem(self) -> str:
        """Return why a field is not acceptable, or nothing; blanks are acceptable."""
        wrong = any(field.text().strip() and self._value(field.text()) is None for field in self.fields)
        return f"Ratings run {self._least} to {self._most}, or blank." if wrong else ""

    def put_result_apart(self) -> PlainLabel:
        """Return the label of what the ratings amount to, to be put where it is always seen."""
        self._layout.removeWidget(self._result)
        return self._result

    def result(self) -> str:
        """Return what is said under the ratings."""
        return self._result.whole_text()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            at = next((n for n, field in enumerate(self.fields) if field is watched), None)
            if at is not None and not event.modifiers() & _COMMANDS and self._acted_on(event, at):
                return True
        return super().eventFilter(watched, event)

    def _acted_on(self, event: QKeyEvent, at: int) -> bool:
        field, typed = self.fields[at], event.text()
        if typed.isascii() and typed.isdigit():
            self._type_digit(at, typed)
        elif typed.casefold() == "x" and self._most == _TEN:
            field.setText(str(_TEN))
            self._move_on(at)
        elif typed in _BLANKING:
            field.clear()
            self._move_on(at)
        elif event.key() in _DOWN:
            self._move_on(at)
        elif event.key() == Qt.Key.Key_Up:
            self._enter(max(at - 1, 0))
        else:
            return False
        return True

    def _type_digit(self, at: int, typed: str) -> None:
        field = self.fields[at]
        waits = field.text() == "1" and not field.hasSelectedText() and self._most == _TEN
        if waits and typed != "0":
            self._move_on(at)
            if at + 1 < len(self.fields):
                self._type_digit(at + 1, typed)
            return
        field.setText("10" if waits else typed)
        field.deselect()
        if field.text() != "1" or self._most < _TEN:
            self._move_on(at)

    def _move_on(self, at: int) -> None:
        if at + 1 < len(self.fields):
            self._enter(at + 1)
            return
        announce(self, self.result())
        self.completed.emit()

    def _enter(self, at: int) -> None:
        self.fields[at].setFocus(Qt.FocusReason.TabFocusReason)
        self.fields[at].selectAll()

    def _on_text(self, at: int) -> None:
        text = self.fields[at].text().strip()
        set_look(self.fields[at], "problem", bool(text) and self._value(text) is None)
        self._show_result()
        self.answers_changed.emit(self.answers())

    def _value(self, text: str) -> int | None:
        text = text.strip()
        fits = text.isascii() and text.isdigit() and len(text) <= len(str(self._most))
        return int(text) if fits and self._least <= int(text) <= self._most else None

    def _show_result(self) -> None:
        for said, answer in zip(self._said, self.answers(), strict=True):
            said.setText("blank" if answer is None else self._beside(answer) if self._beside else "")
        self._result.setText(self.problem() or self._describe(self.answers()))

    def _grid(self, items: Sequence[str]) -> QGridLayout:
        theme = current_theme()
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(8))
        grid.setVerticalSpacing(theme.px(4))
        grid.setColumnStretch(2, 1)
        grid.setColumnMinimumWidth(1, theme.px(110))
        for line, item in enumerate(numbered(items)):
            grid.addWidget(self.fields[line], line, 0)
            grid.addWidget(self._said[line], line, 1)
            grid.addWidget(PlainLabel(item, wrap=True), line, 2)
        return grid


def _field(item: str, least: int, most: int) -> LineEdit:
    field = LineEdit(f"{item}, {least} to {most}")
    field.setMaxLength(2)
    field.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    field.setFixedWidth(QFontMetrics(field.font()).horizontalAdvance("00") + current_theme().px(32))
    return field
