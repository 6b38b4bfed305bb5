"""A field read from free text, with what was understood echoed beside it: the base of dates and times."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from collabcare.ui.theme import current_theme
from collabcare.ui.widgets.announce import announce
from collabcare.ui.widgets.layouts import row
from collabcare.ui.widgets.line_edit import LineEdit
from collabcare.ui.widgets.look import Tone, set_look
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole


class TypedEdit(QWidget):
    """A line and its echo. While typing, an unfinished text is only hinted at; on leaving it is refused.

    Signals:
        value_changed: The text now means something else.
    """

    value_changed = Signal()

    def __init__(self, name: str, width: int, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.edit = LineEdit(name)
        self.edit.setPlaceholderText(placeholder)
        self.edit.setFixedWidth(current_theme().px(width))
        self._echo = PlainLabel("", TextRole.SECONDARY, wrap=True)
        self._apart: PlainLabel | None = None
        self.setFocusProxy(self.edit)
        inside = row(self.edit, self._echo)
        inside.setStretch(1, 1)
        self.setLayout(inside)
        self.edit.textChanged.connect(self._on_text)
        self.edit.editingFinished.connect(self._on_finished)

    def text(self) -> str:
        """Return what is written in the field."""
        return self.edit.text()

    def problem(self) -> str:
        """Return why the text is not acceptable, or nothing."""
        raise NotImplementedError

    def echo(self) -> str:
        """Return what is said beside the field, or apart from it."""
        return self._echo.whole_text() or ("" if self._apart is None else self._apart.whole_text())

    def say_problems_apart(self) -> PlainLabel:
        """Return where it is said what is wrong from now on: beside a short field there is no room for it."""
        self._apart = PlainLabel("", TextRole.SECONDARY, wrap=True)
        self._apart.hide()
        return self._apart

    def understood(self) -> tuple[str, str]:
        """Return what the text means, to show and to say out loud; both empty when it means nothing."""
        raise NotImplementedError

    def tidy(self) -> str:
        """Return the text as it should stand once the user leaves."""
        raise NotImplementedError

    def says_of_itself(self) -> str:
        """Return what a screen reader is told of the field while nothing is echoed beside it."""
        return ""

    def _on_text(self) -> None:
        shown, spoken = self.understood()
        unclear = not shown and bool(self.text().strip())
        self._say(shown, self.problem() if unclear else "", Tone.NEUTRAL)
        self._echo.setAccessibleName(spoken)
        self._mark(wrong=False)
        self.value_changed.emit()

    def _on_finished(self) -> None:
        problem = self.problem()
        if not problem:
            tidied = self.tidy()
            if tidied != self.text():
                self.edit.setText(tidied)
            announce(self, self.understood()[1])
            return
        self._say("", problem, Tone.DANGER)
        self._mark(wrong=True)
        announce(self, problem)

    def _say(self, shown: str, problem: str, tone: Tone) -> None:
        """Echo what was understood, or say what is wrong, beside the field or apart from it."""
        where = self._apart or self._echo
        where.set_tone(tone)
        self._echo.setText(shown if self._apart is not None else shown or problem)
        if self._apart is not None:
            self._apart.setText(problem)
            self._apart.setVisible(bool(problem) and self._apart.parentWidget() is not None)

    def _mark(self, *, wrong: bool) -> None:
        set_look(self.edit, "problem", wrong)
        self.edit.setAccessibleDescription(self.echo() or self.says_of_itself())
