"""Entering a questionnaire: nine digits and it is done."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from collabcare.domain.goals import GOALS
from collabcare.domain.instruments import EntryMode
from collabcare.domain.measures_to_enter import (
    SECOND_OF_THE_DAY,
    entered_already,
    entered_on,
    next_to_enter,
    second_of_the_day,
)
from collabcare.domain.safety_facts import FormRoute
from collabcare.domain.typed_dates import Direction
from collabcare.services.measures import RecordMeasure
from collabcare.ui.forms.arrival_edit import ArrivalEdit
from collabcare.ui.forms.entry_form import PatientForm, RoomWanted, needed_day
from collabcare.ui.forms.lines import Lines
from collabcare.ui.forms.past_items import PastItems, about_to_be_saved
from collabcare.ui.forms.questionnaire import Questionnaire
from collabcare.ui.theme import current_theme
from collabcare.ui.widgets.buttons import Button
from collabcare.ui.widgets.combo_box import ComboBox
from collabcare.ui.widgets.date_edit import DateEdit, DateNeeds
from collabcare.ui.widgets.flow_box import FlowBox
from collabcare.ui.widgets.layouts import APART, column
from collabcare.ui.widgets.option import Option
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole
from collabcare.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from collabcare.domain.acting import Acting
    from collabcare.domain.facts import MeasureFact
    from collabcare.domain.instruments import Instrument
    from collabcare.queries.patient_page import PatientPage
    from collabcare.ui.widgets.answers_edit import AnswersEdit
    from collabcare.ui.widgets.number_edit import NumberEdit
    from collabcare.ui.widgets.ratings_edit import RatingsEdit


_KEYS = "Press Ctrl+Enter again to do so."
_ALL = 1000
_IN_VIEW = 4
"""How many measures of the service model have a button; the others are in the list."""


class MeasureForm(PatientForm):
    """Edits a :class:`RecordMeasure` of the instrument that is shown; each keeps its own answers."""

    KIND = "measure"
    TITLE = "Record measure"
    SAVE = "Save measure"

    def __init__(self, page: PatientPage, acting: Acting, parent: QWidget | None = None) -> None:
        super().__init__(page, acting, parent)
        book = page.rulebook.instruments
        self._entered_here = {name: each for name, each in book.items() if _is_entered_here(each)}
        self._leading = (asked_here(page) or list(self._entered_here))[:_IN_VIEW]
        self._sheets: dict[str, Questionnaire] = {}
        self._past = PastItems(self)
        following = self._following(page.today)
        self._name = following or self._leading[0]
        self.instrument = Segmented("Measure", [Option(n, book[n].name) for n in self._leading])
        self.instrument.set_value(self._name)
        further = [Option(n, each.name) for n, each in self._entered_here.items() if n not in self._leading]
        self.others = ComboBox("Other measure", [Option(None, "Other measure"), *further])
        modes = [Option(EntryMode.ITEMS, "Answers"), Option(EntryMode.TOTAL_ONLY, "Total only")]
        self.mode = Segmented("What is typed", modes)
        self.mode.set_value(EntryMode.ITEMS)
        self.on = DateEdit("Date filled in", page.today, DateNeeds(direction=Direction.PAST))
        self.on.set_value(page.today)
        self.came = ArrivalEdit(page.today)
        if page.facts.closed_on is not None:
            self.came.show_arrival(FormRoute.POST, None)
        self._already = PlainLabel("", TextRole.SECONDARY, wrap=True)
        self.another = Button("Choose a&nother (Alt+N)", compact=True)
        self.another.hide()
        self.message.add_act(self.another)
        self._sheet_area = column()
        self._lay_out()
        self.instrument.chosen.connect(self._on_instrument)
        self.others.activated.connect(self._on_other)
        self.mode.chosen.connect(self._on_mode)
        self.on.value_changed.connect(self._say_already)
        self.another.clicked.connect(self.instrument.setFocus)
        self._begin()

    def _begin(self) -> None:
        self._show_sheet()
        self.start()

    @property
    def sheet(self) -> Questionnaire:
        """The questionnaire in view."""
        if self._name not in self._sheets:
            self._sheets[self._name] = self._new_sheet(self._entered_here[self._name])
        return self._sheets[self._name]

    @property
    def shown(self) -> Instrument:
        """The instrument in view, which the command is about."""
        return self.sheet.instrument

    @property
    def answers(self) -> AnswersEdit | RatingsEdit:
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
        self._choose(name)

    def next_instrument(self, taken_on: date, /) -> Instrument | None:
        """Return the measure of the service model to enter after this one, None when all are filled in."""
        following = self._following(taken_on, after=self._name)
        return None if following is None else self._entered_here[following]

    def set_page(self, page: PatientPage) -> None:
        super().set_page(page)
        self._say_already()

    def wants_room(self) -> RoomWanted:
        return RoomWanted.WHOLE  # with all its items, the total and Save in view at once

    def first(self) -> QWidget:
        return self.sheet.first()  # never the choice of measures, which would take the first digits

    def written(self) -> tuple[object, ...]:
        answered = (sheet for sheet in self._sheets.values() if not sheet.is_blank())
        return (
            self.on.text(),
            *self.came.written(),
            *((sheet.instrument.id, sheet.written()) for sheet in answered),
        )

    def make_room(self, names: set[str]) -> None:
        for each, instrument in self._entered_here.items():
            if each not in self._sheets and any(name.endswith(f"_{each}") for name in names):
                self._sheets[each] = self._new_sheet(instrument)
        self._show_sheet()

    def command(self) -> RecordMeasure:
        taken_on = needed_day(self.on)
        made = self.sheet.command(self.page.facts.episode_id, taken_on, RecordMeasure)
        made = replace(made, route=self.came.route(), arrived_at=self.came.arrived_at())
        first = self.first_of_the_day()
        if first is None:
            return made
        return replace(made, corrects=first.id, correction_reason=SECOND_OF_THE_DAY)

    def doubt(self) -> str:
        first = self.first_of_the_day()
        self.another.setVisible(first is not None)
        doubt = " ".join(filter(None, (self._past.doubt(), self.sheet.doubt())))
        if first is None:
            return doubt
        asked = second_of_the_day(self.shown, first, today=self.page.today)
        return f"{asked} {doubt or about_to_be_saved(self.sheet)} {_KEYS}"

    def say_no_more(self) -> None:
        self.another.hide()
        super().say_no_more()

    def first_of_the_day(self) -> MeasureFact | None:
        """Return the form of the same questionnaire and day, whose place this one would take."""
        return entered_on(self.page.facts, self._name, self.on.value())

    def _following(self, on: date, after: str = "") -> str | None:
        at = self._leading.index(after) + 1 if after in self._leading else 0
        asked = [name for name in (*self._leading[at:], *self._leading[:at]) if name != after]
        interval = self.page.rulebook.pathway.measure_interval_days
        return next_to_enter(self.page.facts, asked, (on,), interval_days=interval)

    def _say_already(self) -> None:
        """Say before anything is typed that this one is entered for the day already."""
        first = self.first_of_the_day()
        words = "" if first is None else entered_already(self.shown, first, today=self.page.today)
        self._already.setText(words)
        self._already.setVisible(bool(words) and self._already.parentWidget() is not None)

    def _lay_out(self) -> None:
        self._named(instrument=self.instrument, others=self.others, mode=self.mode)
        self._named(on=self.on, came=self.came, another=self.another)
        self.keys.setText("")  # its place is the total's; the buttons say their keys too
        self._feet.setStretchFactor(self.keys, 0)
        gap = current_theme().px(APART)
        self.body.addWidget(FlowBox(self.instrument, self.others, self.mode, gap=gap))
        self.body.addWidget(self._already)
        self.body.addLayout(self._sheet_area)
        lines = Lines()
        lines.line("&Date filled in", self.on)
        lines.line("How it &came", self.came)
        self.body.addLayout(lines)

    def _new_sheet(self, instrument: Instrument) -> Questionnaire:
        sheet = Questionnaire(instrument, self.page.facts)
        sheet.answers.setObjectName(f"measure_answers_{instrument.id}")
        sheet.total.setObjectName(f"measure_total_{instrument.id}")
        sheet.function.setObjectName(f"measure_function_{instrument.id}")
        sheet.finished.connect(self.save.setFocus)
        self.keep_in_view(sheet.notice)
        self._feet.insertWidget(2, sheet.amount, _ALL)  # beside Save, where it takes no height from the items
        self._sheet_area.addWidget(sheet)
        return sheet

    def _choose(self, name: str) -> None:
        """Show one measure; the buttons and the list always agree on which."""
        self._name = name
        self.mode.set_value(self.sheet.mode)
        self.instrument.set_value(name if name in self._leading else None)
        self.others.set_value(None if name in self._leading else name)
        self.say_no_more()
        self._show_sheet()
        self.take_keyboard()

    def _on_instrument(self) -> None:
        self._choose(str(self.instrument.value()))

    def _on_other(self) -> None:
        self._choose(str(self.others.value() or self._leading[0]))

    def _on_mode(self) -> None:
        self._show_sheet()
        self.take_keyboard()

    def _show_sheet(self) -> None:
        shown = self.sheet
        for sheet in self._sheets.values():
            sheet.setVisible(sheet is shown)
            sheet.notice.setVisible(sheet is shown and bool(sheet.notice.text()))
            sheet.amount.setVisible(sheet is shown and sheet.mode is EntryMode.ITEMS)
        self.mode.setVisible(shown.instrument.whole_totals and shown.instrument.vas_max is None)
        shown.set_mode(EntryMode(str(self.mode.value())))
        shown.amount.setVisible(shown.mode is EntryMode.ITEMS)
        self._say_already()


def asked_here(page: PatientPage) -> list[str]:
    """Return the questionnaires the service model asks for that are entered in this form."""
    book = page.rulebook
    return [name for name in book.pathway.measures if _is_entered_here(book.instruments[name])]


def _is_entered_here(instrument: Instrument) -> bool:
    """Return whether it is a patient's own form: goals are rated as goals, and the card is anonymous."""
    return instrument.id != GOALS and not instrument.anonymous
