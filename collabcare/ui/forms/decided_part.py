"""What was decided in a talk about somebody who cannot be reached: a choice, and words of who and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from collabcare.domain.decided import DECIDED_WORDS, Decided, may_decide
from collabcare.domain.typed_text import says_something
from collabcare.ui.forms.choice_grid import ChoiceGrid
from collabcare.ui.forms.entry_form import refuse_at
from collabcare.ui.forms.lines import Lines
from collabcare.ui.widgets.field import Field
from collabcare.ui.widgets.layouts import column
from collabcare.ui.widgets.line_edit import LineEdit
from collabcare.ui.widgets.option import Option

if TYPE_CHECKING:
    from collabcare.domain.reengagement import AttemptOutcome, Channel


class DecidedPart(QWidget):
    """Asks what was decided; it is in view only while a talk is logged in which something can be decided."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._asked = False
        self.choice = ChoiceGrid("What was decided", [Option(d, words) for d, words in DECIDED_WORDS.items()])
        self.words = LineEdit("Who does what, by when, or why nothing now")
        lines = Lines()
        lines.line("Who, when, wh&y", self.words)
        self._lines = QWidget()
        self._lines.setLayout(lines)
        self.setLayout(column(Field("What wa&s decided", self.choice), self._lines, gap=6))
        self.choice.chosen.connect(self._unfold)
        self.choice.typed.connect(self.words.setFocus)
        self._unfold()

    def show_for(self, channel: Channel | None, outcome: AttemptOutcome | None) -> None:
        """Ask where something can have been decided."""
        self._asked = may_decide(channel, outcome)
        self.setVisible(self._asked)

    def decided(self) -> Decided | None:
        """Return what was decided, None while nothing is, or where nothing can be."""
        chosen = self.choice.value()
        return chosen if self._asked and isinstance(chosen, Decided) else None

    def why(self) -> str:
        """Return the words about it; refuse a decision without them, the keyboard on their place."""
        if (decided := self.decided()) is None:
            return ""
        if not says_something(self.words.text()):
            why = "why nothing is done now" if decided is Decided.NONE_NOW else "who does what, and by when"
            refuse_at(self.words, f"Say {why}.")
        return self.words.text()

    def written(self) -> tuple[object, ...]:
        """Return all that stands in it."""
        return (self.choice.value(), self.words.text())

    def _unfold(self) -> None:
        self._lines.setVisible(self.choice.value() is not None)
