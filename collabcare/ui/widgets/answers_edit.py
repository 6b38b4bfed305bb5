"""A questionnaire as a grid: nine digits and it is done; a blank stays visibly blank."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QWidget

from collabcare.ui.theme import current_theme
from collabcare.ui.widgets.announce import announce
from collabcare.ui.widgets.layouts import column
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from collabcare.domain.instruments import Option

Answers: TypeAlias = tuple[int | None, ...]
_ARROWS = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right})
_HEAD, _WIDEST_HEAD = 66, 90
_CODE = re.compile(r"[A-Z]{1,3}\d{1,2}")
Describe: TypeAlias = Callable[[Answers], str]


class AnswerButton(QPushButton):
    """One option of one item."""

    def __init__(self, item: str, option: Option) -> None:
        super().__init__(str(option.value))
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setToolTip(option.label)
        self.setAccessibleName(f"{item}: {option.label}, {option.value}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ARROWS:
            event.ignore()  # a button would go to its neighbour: here the grid says where arrows lead
        else:
            super().keyPressEvent(event)


class _ItemRow:
    """The buttons of one item; at most one is on."""

    def __init__(self, item: str, options: Sequence[Option]) -> None:
        self.item = item
        self.buttons = {option.value: AnswerButton(item, option) for option in options}
        self.blank = PlainLabel("blank", TextRole.SECONDARY)
        self.set_answer(None)

    @property
    def answer(self) -> int | None:
        """The value that is on, or None while blank."""
        return next((value for value, button in self.buttons.items() if button.isChecked()), None)

    def set_answer(self, answer: int | None) -> None:
        """Turn one value on, or none."""
        held = any(button.hasFocus() for button in self.buttons.values())
        stop = answer if answer in self.buttons else next(iter(self.buttons))
        for value, button in self.buttons.items():
            button.setChecked(value == answer)
            tab = Qt.FocusPolicy.StrongFocus if value == stop else Qt.FocusPolicy.ClickFocus
            button.setFocusPolicy(tab)
        self.blank.setText("blank" if answer is None else "")
        if held:
            self.take_focus()

    def take_focus(self) -> None:
        """Give the keyboard to the answer that is on, or to the first."""
        self.stop().setFocus(Qt.FocusReason.TabFocusReason)

    def stop(self) -> AnswerButton:
        """Return the answer that Tab leads to: the one that is on, or the first."""
        answer = self.answer
        return self.buttons[answer] if answer is not None else next(iter(self.buttons.values()))


class AnswersEdit(QWidget):
    """All items of a questionnaire with a button for each answer.

    A digit answers and moves on; ``-`` or Delete leaves an item blank; arrows move. A second click on an
    answer takes it back. Under the grid stands what ``describe`` says the answers amount to. ``also`` gives
    single items, numbered from 1, an answer that the others have not.

    Signals:
        answers_changed: The answers, one per item, None for each blank.
        completed: The last item was answered by a digit.
    """

    answers_changed = Signal(object)
    completed = Signal()

    def __init__(
        self,
        name: str,
        items: Sequence[str],
        options: Sequence[Option],
        describe: Describe,
        *,
        also: Mapping[int, Option] | None = None,
    ) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._describe = describe
        self._also = also or {}
        self._rows = [
            _ItemRow(item, [*options, *([self._also[number]] if number in self._also else [])])
            for number, item in enumerate(numbered(items), start=1)
        ]
        self._heads: list[PlainLabel] = []
        self._result = PlainLabel("", TextRole.STRONG, wrap=True)
        self._lines = self._grid(options)
        self._layout = column(self._lines, self._result)
        self.setLayout(self._layout)
        self._show_result()

    def answers(self) -> Answers:
        """Return the answers in order, None for each blank."""
        return tuple(row.answer for row in self._rows)

    def set_answers(self, answers: Answers) -> None:
        """Show answers without telling anybody."""
        for row, answer in zip(self._rows, answers, strict=True):
            row.set_answer(answer)
        self._show_result()

    def line_up_with(self, other: AnswersEdit) -> None:
        """Let the answers of two grids with as many columns stand under one another."""
        if len(self._heads) != len(other._heads):
            return
        for mine, theirs in zip(self._heads, other._heads, strict=True):
            width = max(mine.minimumWidth(), theirs.minimumWidth())
            mine.setFixedWidth(width)
            theirs.setFixedWidth(width)

    def put_over_items(self, words: PlainLabel) -> None:
        """Show beside the heads of the answers what all the items are asked with: it takes no line."""
        self._lines.addWidget(words, 0, 0, Qt.AlignmentFlag.AlignBottom)

    def put_result_apart(self) -> PlainLabel:
        """Return the label of what the answers amount to, to be put where it is always seen."""
        self._layout.removeWidget(self._result)
        return self._result

    def result(self) -> str:
        """Return what is said under the grid."""
        return self._result.whole_text()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        at = self._focused_row()
        if at is None or not self._acted_on(event, at):
            super().keyPressEvent(event)

    def _acted_on(self, event: QKeyEvent, at: int) -> bool:
        row, key, typed = self._rows[at], event.key(), event.text()
        if typed.isascii() and typed.isdigit() and int(typed) in row.buttons:
            self._answer(at, int(typed))
            self._move_on(at)
        elif typed == "-" or key in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self._answer(at, None)
        elif key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            step = 1 if key == Qt.Key.Key_Down else -1
            self._rows[min(max(at + step, 0), len(self._rows) - 1)].take_focus()
        elif key in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            values = list(row.buttons)
            place = next(n for n, value in enumerate(values) if row.buttons[value].hasFocus())
            step = 1 if key == Qt.Key.Key_Right else -1
            row.buttons[values[min(max(place + step, 0), len(values) - 1)]].setFocus()
        else:
            return False
        return True

    def _grid(self, options: Sequence[Option]) -> QGridLayout:
        theme = current_theme()
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(4))
        grid.setVerticalSpacing(theme.px(2))
        grid.setColumnStretch(0, 1)
        grid.setColumnMinimumWidth(0, theme.px(150))
        for place, option in enumerate(heads := [*options, *self._also.values()], start=1):
            only_number = option.label == str(option.value)
            head = PlainLabel("" if only_number else option.label, TextRole.SECONDARY, wrap=True)
            head.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom)
            head.setFixedWidth(theme.px(36) if only_number else _head_width(head))
            grid.addWidget(head, 0, place)
            self._heads.append(head)
        for line, row in enumerate(self._rows, start=1):
            asked = PlainLabel(row.item, wrap=True)
            asked.setObjectName("item")
            grid.addWidget(asked, line, 0)
            for place, (value, button) in enumerate(row.buttons.items(), start=1):
                button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
                button.clicked.connect(lambda on, at=line - 1, v=value: self._answer(at, v if on else None))
                grid.addWidget(button, line, place)
            row.blank.setFixedWidth(row.blank.fontMetrics().horizontalAdvance("blank") + 2)
            grid.addWidget(row.blank, line, len(heads) + 1)
        return grid

    def _focused_row(self) -> int | None:
        for at, row in enumerate(self._rows):
            if any(button.hasFocus() for button in row.buttons.values()):
                return at
        return None

    def _answer(self, at: int, answer: int | None) -> None:
        self._rows[at].set_answer(answer)
        self._show_result()
        self.answers_changed.emit(self.answers())

    def _move_on(self, at: int) -> None:
        if at + 1 < len(self._rows):
            self._rows[at + 1].take_focus()
        else:
            self._rows[at].take_focus()
            announce(self, self.result())
            self.completed.emit()

    def _show_result(self) -> None:
        self._result.setText(self._describe(self.answers()))
        self.setFocusProxy(self._rows[0].stop())


def _head_width(head: PlainLabel) -> int:
    """Return the width in which the words over a column take two lines, or what its longest word needs."""
    theme, words = current_theme(), head.whole_text().split()
    wide = head.fontMetrics().horizontalAdvance
    longest = max(wide(word) for word in words)
    in_two = min(
        max(wide(" ".join(words[:place])), wide(" ".join(words[place:]))) for place in range(len(words))
    )
    needed = in_two if in_two <= theme.px(_WIDEST_HEAD) else longest
    return max(theme.px(_HEAD), needed + theme.px(6))


def numbered(items: Sequence[str]) -> Sequence[str]:
    """Number the items; one that has a number and no words, such as ``Item 1`` or ``P1``, stays as it is."""
    if len(items) == 1:
        return items
    return [
        item if item == f"Item {number}" or _CODE.fullmatch(item) else f"{number}. {item}"
        for number, item in enumerate(items, start=1)
    ]
