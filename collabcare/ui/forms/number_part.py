"""Through which number somebody was spoken to, asked where the record knows none that may be rung."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from collabcare.ui.forms.entry_form import refuse_at
from collabcare.ui.forms.lines import Lines
from collabcare.ui.widgets.layouts import column
from collabcare.ui.widgets.line_edit import LineEdit
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole

if TYPE_CHECKING:
    from collabcare.domain.reaching import Route
    from collabcare.domain.reengagement import AttemptOutcome, Channel
    from collabcare.ui.forms.choice_grid import ChoiceGrid

_CALL = "call"


class NumberPart(QWidget):
    """Asks for the number, or whose telephone it was; takes no room while nothing asks for it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.number = LineEdit("Number, or whose telephone")
        self.asked = False
        self._why = PlainLabel("", TextRole.STRONG, wrap=True)
        line = Lines()
        line.line("Which num&ber", self.number)
        self.setLayout(column(self._why, line, gap=4))
        self.hide()

    def ask(self, unknown: str) -> None:
        """Ask because of what is against the number on record; nothing asks for none."""
        self.asked = bool(unknown)
        self._why.setText(f"{unknown} Which number, or whose telephone, was it?" if unknown else "")
        self.setVisible(self.asked)

    def text(self) -> str:
        """Return what is typed, whether or not it is asked for."""
        return self.number.text()

    def given(self) -> str:
        """Return the number where it is asked for."""
        return self.number.text() if self.asked else ""

    def refuse_unknown(
        self, through: ChoiceGrid, channel: Channel, outcome: AttemptOutcome, route: Route | None
    ) -> None:
        """Refuse that they were spoken to by telephone while nobody says through what or whom."""
        if channel == _CALL and outcome.reached and route is None:
            refuse_at(through, "Choose through what, or whom, you spoke to the patient.")
        if self.asked and not self.number.text().strip():
            refuse_at(self.number, "Write through which number, or on whose telephone, you spoke to them.")
