"""Entering a questionnaire: nine digits and it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.instruments import EntryMode
from collabcare.domain.typed_dates import Direction
from collabcare.services.measures import RecordMeasure
from collabcare.ui.forms.entry_form import PatientForm, needed_day
from collabcare.ui.forms.lines import Lines
from collabcare.ui.forms.questionnaire import Questionnaire
from collabcare.ui.widgets.date_edit import DateEdit, DateNeeds
from collabcare.ui.widgets.layouts import APART, STRETCH, row
from collabcare.ui.widgets.option import Option
from collabcare.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from collabcare.domain.acting import Acting
    from collabcare.domain.instruments import Instrument
    from collabcare.queries.patient_page import PatientPage
    from collabcare.ui.widgets.answers_edit import AnswersEdit
    from collabcare.ui.widgets.number_edit import NumberEdit


class MeasureForm(PatientForm):
    """Edits a :class:`RecordMeasure` of the instrument that is shown; each keeps its own answers."""

    KIND = "measure"
    TITLE = "Record measure"
    SAVE = "Save measure"

    def __init__(self, page: PatientPage, acting: Acting, parent: QWidget | None = None) -> None:
        super().__init__(page, acting, parent)
        book = page.rulebook
        names = [
            *book.pathway.measures,
            *(each for each in book.instruments if each not in book.pathway.measures),
        ]
        self._sheets = {name: Questionnaire(book.instruments[name], page.facts) for name in names}
        self.instrument = Segmented("Measure", [Option(n, book.instruments[n].name) for n in names])
        self.instrument.set_value(names[0])
        modes = [Option(EntryMode.ITEMS, "Answers"), Option(EntryMode.TOTAL_ONLY, "Total only")]
        self.mode = Segmented("What is typed", modes)
        self.mode.set_value(EntryMode.ITEMS)
        self.on = DateEdit("Date filled in", page.today, DateNeeds(direction=Direction.PAST))
        self.on.set_value(page.today)
        self._lay_out()
        self.instrument.chosen.connect(self._on_instrument)
        self.mode.chosen.connect(self._on_mode)
        for sheet in self._sheets.values():
            sheet.finished.connect(self.save.setFocus)
        self._show_sheet()
        self.start()

    @property
    def sheet(self) -> Questionnaire:
        """The questionnaire in view."""
        return self._sheets[str(self.instrument.value())]

    @property
    def shown(self) -> Instrument:
        """The instrument in view, which the command is about."""
        return self.sheet.instrument

    @property
    def answers(self) -> AnswersEdit:
        """The answers in view."""
        return self.sheet.answers

    @property
    def function(self) -> AnswersEdit:
        """The unscored question on function."""
        return self.sheet.function

    @property
    def total(self) -> NumberEdit:
        """The total, when only that is typed."""
        return self.sheet.total

    def choose_instrument(self, name: str) -> None:
        """Show one instrument with the keyboard on its first item."""
        self.instrument.set_value(name)
        self._on_instrument()

    def next_instrument(self, taken_on: date) -> Instrument | None:
        """Return the instrument to enter after this one, None when the others are filled in for that day."""
        names = list(self._sheets)
        at = names.index(self.shown.id)
        for name in (*names[at + 1 :], *names[:at]):
            if all(measure.taken_on != taken_on for measure in self.page.facts.measures_of(name)):
                return self._sheets[name].instrument
        return None

    def first(self) -> QWidget:
        return self.sheet.first()

    def written(self) -> tuple[object, ...]:
        return (self.on.text(), *(sheet.written() for sheet in self._sheets.values()))

    def command(self) -> RecordMeasure:
        taken_on = needed_day(self.on)
        return self.sheet.command(self.page.facts.episode_id, taken_on, RecordMeasure)

    def doubt(self) -> str:
        return self.sheet.doubt()

    def _lay_out(self) -> None:
        self._named(instrument=self.instrument, mode=self.mode, on=self.on)
        self.body.addLayout(row(self.instrument, self.mode, STRETCH, gap=APART))
        for name, sheet in self._sheets.items():
            sheet.answers.setObjectName(f"measure_answers_{name}")
            sheet.total.setObjectName(f"measure_total_{name}")
            sheet.function.setObjectName(f"measure_function_{name}")
            self.body.addWidget(sheet)
        lines = Lines()
        lines.line("&Date filled in", self.on)
        self.body.addLayout(lines)

    def _on_instrument(self) -> None:
        self.say_no_more()
        self._show_sheet()
        self.take_keyboard()

    def _on_mode(self) -> None:
        self._show_sheet()
        self.take_keyboard()

    def _show_sheet(self) -> None:
        mode = EntryMode(str(self.mode.value()))
        for sheet in self._sheets.values():
            sheet.setVisible(sheet is self.sheet)
        self.sheet.set_mode(mode)
