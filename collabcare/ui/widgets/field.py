"""A labelled field of a form: label above, then the editor, then a hint or what is wrong with it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from collabcare.domain.display import spoken_dates
from collabcare.ui.theme import Token
from collabcare.ui.widgets.announce import announce
from collabcare.ui.widgets.field_label import FieldLabel
from collabcare.ui.widgets.icon_label import IconLabel
from collabcare.ui.widgets.layouts import STRETCH, column, row
from collabcare.ui.widgets.look import Tone, set_look
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole


class Field(QWidget):
    """Puts a label with its Alt key over ``editor`` and keeps room for a problem under it."""

    def __init__(self, label: str, editor: QWidget, *, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editor = editor
        self._label = FieldLabel(label, editor)
        self._hint = PlainLabel(hint, TextRole.SECONDARY, wrap=True)
        if not hint:
            self._hint.hide()
        self._mark = IconLabel("error", Token.DANGER, 14)
        self._problem = PlainLabel("", TextRole.SECONDARY, wrap=True)
        self._problem.set_tone(Tone.DANGER)
        self._wrong = QWidget()
        inside = row(self._mark, self._problem, gap=4)
        inside.setStretch(1, 1)
        self._wrong.setLayout(inside)
        self._wrong.hide()
        self.setLayout(column(self._label, editor, self._hint, self._wrong, STRETCH, gap=4))

    def set_problem(self, problem: str) -> None:
        """Say what is wrong, in words, or clear it with an empty text."""
        self._problem.setText(problem)
        self._wrong.setVisible(bool(problem))
        self._hint.setVisible(bool(self._hint.whole_text()) and not problem)
        set_look(self.editor, "problem", bool(problem))
        self.editor.setAccessibleDescription(spoken_dates(problem or self._hint.whole_text()))
        announce(self, problem)
