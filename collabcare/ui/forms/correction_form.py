"""A measure that was entered wrongly, put right: the form as it was entered, and what was wrong with it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from collabcare.domain.display import fmt_date
from collabcare.domain.errors import RuleViolation
from collabcare.ui.forms.entry_form import refuse_at
from collabcare.ui.forms.measure_form import MeasureForm
from collabcare.ui.widgets.combo_box import ComboBox
from collabcare.ui.widgets.field import Field
from collabcare.ui.widgets.note_edit import NoteEdit
from collabcare.ui.widgets.option import Option

if TYPE_CHECKING:
    from datetime import date, datetime

    from PySide6.QtWidgets import QWidget

    from collabcare.domain.acting import Acting
    from collabcare.domain.facts import MeasureFact
    from collabcare.domain.ids import MeasureId
    from collabcare.domain.instruments import Instrument
    from collabcare.queries.patient_page import PatientPage
    from collabcare.services.measures import RecordMeasure

_KEPT = "What was entered first stays in the record and can be read beside the score."


class CorrectionForm(MeasureForm):
    """Edits a :class:`RecordMeasure` that takes the place of another, which it begins as a copy of."""

    KIND = "correction"
    TITLE = "Correct a measure"
    SAVE = "Save correction"

    def __init__(self, page: PatientPage, acting: Acting, parent: QWidget | None = None) -> None:
        super().__init__(page, acting, parent)
        self._standing = {m.id: m for m in page.facts.measures if m.instrument in self._entered_here}
        self._corrected: MeasureFact | None = None
        self.which = ComboBox("Form to correct", self._offered())
        self.reason = NoteEdit("What was wrong", placeholder="Such as: typed from the wrong column", lines=2)
        self._named(which=self.which, reason=self.reason)
        self.instrument.hide()
        self.others.hide()
        self.body.insertWidget(0, Field("&Form to correct", self.which))
        self.body.addWidget(Field("&What was wrong", self.reason, hint=_KEPT))
        self.which.activated.connect(self._on_which)
        latest = next(reversed(self._standing), None)
        if latest is None:
            super()._begin()
        else:
            self.choose_form(latest)

    def choose_form(self, measure_id: MeasureId) -> None:
        """Begin with one form as it was entered; what is being typed about another is not thrown away."""
        measure = self._standing.get(measure_id)
        if measure is None or measure is self._corrected:
            return
        if self._corrected is not None and self.is_touched():
            self.which.set_value(self._corrected.id)
            self.message.show_info("What you typed here is kept. Save or cancel it first.")
            return
        self._corrected = measure
        self._name = measure.instrument
        if (begun := self._sheets.pop(self._name, None)) is not None:
            self._sheet_area.removeWidget(begun)
            for part in (begun, begun.notice, begun.amount):
                part.hide()
                part.deleteLater()
        self.sheet.fill(measure)
        self.which.set_value(measure.id)
        self.mode.set_value(self.sheet.mode)
        self.on.set_value(measure.taken_on)
        self.came.show_arrival(measure.route, measure.arrived_at)
        self._show_sheet()
        self.start()

    def _begin(self) -> None:
        """Show no empty sheet: there is a form to begin with."""

    def next_instrument(self, _taken_on: date) -> Instrument | None:
        return None

    def first_of_the_day(self) -> MeasureFact | None:
        return None  # the form it takes the place of is chosen

    def first(self) -> QWidget:
        return self.sheet.first() if self._corrected is not None else self.which

    def written(self) -> tuple[object, ...]:
        return (*super().written(), self.which.value(), self.reason.toPlainText())

    def command(self) -> RecordMeasure:
        corrected = self._corrected
        if corrected is None:
            refuse_at(self.which, "There is no form to correct yet.")
        made = super().command()
        if _same(made, corrected):
            raise RuleViolation("Nothing was changed, so there is nothing to correct.")
        if not self.reason.text():
            refuse_at(self.reason, "Say what was wrong with the form: the first entry stays in the record.")
        return replace(made, corrects=corrected.id, correction_reason=self.reason.text())

    def _offered(self) -> list[Option]:
        book = self.page.rulebook.instruments
        return [
            Option(each.id, f"{book[each.instrument].name} {each.text}, {fmt_date(each.taken_on)}")
            for each in reversed(self._standing.values())
        ]

    def _on_which(self) -> None:
        chosen = next((each for each in self._standing if each == self.which.value()), None)
        if chosen is not None:
            self.choose_form(chosen)
            self.take_keyboard()


def _to_the_minute(at: datetime | None) -> datetime | None:
    return None if at is None else at.replace(second=0, microsecond=0)


def _same(made: RecordMeasure, form: MeasureFact) -> bool:
    """Return whether what is typed is the form as it was entered."""
    entered = (form.taken_on, form.route, form.function_answer, _to_the_minute(form.arrived_at))
    typed = (made.taken_on, made.route, made.function_answer, _to_the_minute(made.arrived_at))
    if typed != entered:
        return False
    return made.total == form.total if made.answers is None else made.answers == form.answers
