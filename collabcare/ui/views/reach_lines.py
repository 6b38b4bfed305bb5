"""What to know before ringing: the note, the numbers, what is safe, who interprets and in which format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from collabcare.domain.acting import Permission, allowed
from collabcare.domain.details_words import before_ringing, never_asked
from collabcare.domain.display import fmt_date
from collabcare.domain.episode import Phase
from collabcare.domain.needs import interpreter_to_book, needs_to_ask
from collabcare.ui.theme import Token
from collabcare.ui.views.suggested import quiet, told_line
from collabcare.ui.widgets.buttons import Button
from collabcare.ui.widgets.icon_label import IconLabel
from collabcare.ui.widgets.layouts import STRETCH, column, row
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole

if TYPE_CHECKING:
    from PySide6.QtWidgets import QBoxLayout, QLayout

    from collabcare.domain.acting import Role
    from collabcare.domain.facts import PatientFacts
    from collabcare.queries.patient_page import PatientPage


class ReachLines(QWidget):
    """The lines under "Before you ring", what is recorded first and what nobody has asked last.

    Signals:
        interpreter_booked: The number of the appointment for which the user has booked an interpreter.
    """

    interpreter_booked = Signal(object)

    def __init__(self, page: PatientPage, role: Role, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        facts = page.facts
        lines = column(gap=6)
        if facts.patient.contact_note:
            lines.addLayout(_marked("info", Token.ATTENTION, facts.patient.contact_note, TextRole.STRONG))
        else:
            lines.addWidget(PlainLabel("Nothing noted", TextRole.SECONDARY))
        for number in _numbers(facts.patient):
            lines.addLayout(number)
        for said in before_ringing(facts.reach, facts.patient.contact_note):
            lines.addWidget(PlainLabel(said, TextRole.STRONG, wrap=True))
        if unknown := never_asked(facts.reach):
            lines.addWidget(quiet(unknown))
        if facts.phase is not Phase.CLOSED:
            self._say_interpreter(page, role, lines)
            ask = needs_to_ask(facts.reach, page.rulebook.reengagement.reach, today=page.today)
            if ask is not None:
                lines.addLayout(told_line(ask, "Communication needs"))
        self.setLayout(lines)

    def _say_interpreter(self, page: PatientPage, role: Role, lines: QBoxLayout) -> None:
        """Warn that the next appointment needs an interpreter, with the one act that answers it."""
        booked, policy = page.facts.next_booked(page.today), page.rulebook.reengagement.reach
        if booked is None:
            return
        missing = interpreter_to_book(
            page.facts.reach, policy, booked=booked.interpreter_booked, on=booked.on
        )
        if missing is None:
            return
        lines.addLayout(told_line(missing, f"Next appointment, {fmt_date(booked.on, weekday=True)}"))
        if allowed(role, Permission.RECORD_CONTACT):
            act = Button("Interpreter is booked", compact=True)
            act.setObjectName("scores_interpreter")
            act.clicked.connect(lambda _checked: self.interpreter_booked.emit(booked.id))
            lines.addLayout(row(act, STRETCH))


def _numbers(patient: PatientFacts) -> list[QLayout]:
    found = [("Telephone", patient.telephone), ("Other telephone", patient.other_telephone)]
    known = [(label, number) for label, number in found if number]
    lines: list[QLayout] = []
    for label, number in known or [("Telephone", "No telephone number recorded")]:
        phone = PlainLabel(number)
        phone.make_copyable()
        phone.setAccessibleName(f"{label} {number}")
        lines.append(row(IconLabel("phone", Token.TEXT_SECONDARY, 18), phone, STRETCH, gap=6))
    return lines


def _marked(icon: str, token: Token, text: str, role: TextRole) -> QLayout:
    words = PlainLabel(text, role, wrap=True)
    mark = IconLabel(icon, token, 18)
    line = row(mark, words, gap=6)
    line.setAlignment(mark, Qt.AlignmentFlag.AlignTop)
    line.setStretch(1, 1)
    return line
