"""Booking the next contact when nothing else is to be recorded."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QCheckBox

from collabcare.domain.booking_checks import Taken
from collabcare.domain.codes import AppointmentType, ConsultationMechanism
from collabcare.domain.contact_clock import contact_by, next_contact_by
from collabcare.domain.display import fmt_date, spoken_dates
from collabcare.domain.follow_up import FOLLOW_UP_WORDS, FollowUp, follow_up_of
from collabcare.domain.needs import interpreter_to_book
from collabcare.domain.reminders import reminders_ahead
from collabcare.domain.typed_dates import Direction
from collabcare.services.contacts import BookContact, Booking
from collabcare.ui.forms.booking_fields import (
    MECHANISMS,
    doubt_telephone,
    doubt_twice,
    held_last,
    interpreter_box,
    interpreter_line,
    say_checks,
    say_late,
    suited,
)
from collabcare.ui.forms.contact_form import LONGEST_CONTACT
from collabcare.ui.forms.entry_form import PatientForm, fit, needed_day
from collabcare.ui.forms.lines import Lines
from collabcare.ui.theme import Token
from collabcare.ui.widgets.combo_box import ComboBox
from collabcare.ui.widgets.date_edit import DateEdit, DateNeeds
from collabcare.ui.widgets.icon_label import IconLabel
from collabcare.ui.widgets.layouts import STRETCH, column, row
from collabcare.ui.widgets.line_edit import LineEdit
from collabcare.ui.widgets.look import Tone
from collabcare.ui.widgets.number_edit import NumberEdit
from collabcare.ui.widgets.option import Option
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole
from collabcare.ui.widgets.time_edit import TimeEdit

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from collabcare.domain.acting import Acting
    from collabcare.domain.ids import ContactId
    from collabcare.queries.patient_page import PatientPage

_NOT_NOTED = "Not noted"


class BookingForm(PatientForm):
    """Edits a :class:`BookContact`."""

    KIND = "booking"
    TITLE = "Book a contact"
    SAVE = "Book contact"
    DAY: ClassVar[str] = "&Day"
    ASKS_HOW_OFTEN: ClassVar[bool] = True

    def __init__(self, page: PatientPage, acting: Acting, parent: QWidget | None = None) -> None:
        super().__init__(page, acting, parent)
        self._begin()
        self.on = DateEdit("Day", page.today, DateNeeds(direction=Direction.FUTURE))
        self.at = TimeEdit("Time", optional=True)
        self.mechanism = ComboBox("How it will be held", MECHANISMS)
        self.held = ConsultationMechanism.TELEPHONE
        self.minutes = NumberEdit("Minutes", 1, LONGEST_CONTACT)
        self.place = LineEdit("Place")
        self.place.setPlaceholderText("Where they meet, such as a room or a home visit")
        kinds = [Option(None, _NOT_NOTED), *(Option(each, each.label) for each in AppointmentType)]
        self.kind = ComboBox("Kind of appointment", kinds)
        often = [Option(each, words) for each, words in FOLLOW_UP_WORDS.items()]
        self.often = ComboBox("How often they are seen", often)
        self.often.set_value(follow_up_of(page.facts.follow_up_weeks))
        self.group = QCheckBox("In a gro&up")
        self.joint = QCheckBox("&Joint, with the GP or nurse")
        self.interpreter = interpreter_box(self)
        self._ahead = PlainLabel("", TextRole.SECONDARY, wrap=True)
        self._plan = PlainLabel("", TextRole.SECONDARY, wrap=True)
        self.late = PlainLabel("", wrap=True)
        self.checks = PlainLabel("", wrap=True)
        self._missing = PlainLabel("", TextRole.SECONDARY, wrap=True)
        self._missing.set_tone(Tone.ATTENTION)
        self._lay_out()
        self._take_over_last()
        self.on.value_changed.connect(self._say_ahead)
        self.often.currentIndexChanged.connect(lambda _place: self._say_ahead())
        for editor in (self.on, self.at, self.minutes):
            editor.value_changed.connect(self.say_checks)
        self.group.toggled.connect(lambda _ticked: self.say_checks())
        if self.interpreter is not None:
            self.interpreter.toggled.connect(lambda _ticked: self._say_missing())
        self._say_ahead()
        self.say_checks()
        self._say_missing()
        self.start()

    def first(self) -> QWidget:
        return self.on

    def set_page(self, page: PatientPage) -> None:
        super().set_page(page)
        touched = self.is_touched()
        suggest_held(self)
        if not touched:
            self.start()

    def written(self) -> tuple[object, ...]:
        typed = (self.on.text(), self.at.text(), self.place.text())
        chosen = (self.mechanism.value(), self.minutes.value(), self.kind.value())
        return (
            *typed,
            *chosen,
            self.often.value(),
            self.group.isChecked(),
            self.joint.isChecked(),
            self._interpreter_booked(),
        )

    def command(self) -> object:
        facts, often = self.page.facts, self._often()
        changed = often is not follow_up_of(facts.follow_up_weeks)
        return BookContact(
            episode_id=facts.episode_id, booking=self._booking(), follow_up=often if changed else None
        )

    def _often(self) -> FollowUp:
        return FollowUp(str(self.often.value()))

    def doubt(self) -> str:
        twice = doubt_twice(self._wanted(), self, self.instead_of())
        return " ".join(filter(None, (twice, doubt_telephone(self, self.mechanism.value()))))

    def _booking(self) -> Booking:
        """Return the time as it stands in the fields.

        Raises:
            RuleViolation: When the day or the time is missing or cannot be read.
        """
        on = needed_day(self.on)
        fit(self.at, self.minutes)
        kind = self.kind.value()
        return Booking(
            on=on,
            at=self.at.value(),
            mechanism=ConsultationMechanism(str(self.mechanism.value())),
            minutes=self.minutes.value(),
            appointment_type=AppointmentType(str(kind)) if kind else None,
            group=self.group.isChecked(),
            joint=self.joint.isChecked(),
            interpreter_booked=self._interpreter_booked(),
            place=self.place.text(),
        )

    def _begin(self) -> None:
        """Make what stands before the new time; nothing, unless the form is about more than booking."""

    def _lay_out_first(self, lines: Lines) -> None:
        """Lay out what comes before the new time."""

    def _lay_out_last(self, lines: Lines) -> None:
        """Lay out what comes after everything else."""

    def _lay_out(self) -> None:
        names = ("on", "at", "mechanism", "minutes", "place", "kind", "group", "joint", "interpreter")
        editors = {name: getattr(self, name) for name in names}
        self._named(**{name: editor for name, editor in editors.items() if editor is not None})
        lines = Lines()
        self._lay_out_first(lines)
        lines.line(self.DAY, self.on, "&Time", self.at)
        lines.under(self._plan)
        lines.under(self.late)
        lines.under(self.checks)
        lines.under(self._ahead)
        lines.line("Ho&w", self.mechanism, "&Minutes", self.minutes)
        lines.line("Pla&ce", self.place)
        if self.interpreter is not None:
            mark = IconLabel("warning", Token.ATTENTION, 16)
            self._warning = row(mark, self._missing, gap=6)
            self._warning.setStretch(1, 1)
            self._mark = mark
            lines.under(column(interpreter_line(self.interpreter, self), self._warning, gap=2))
        lines.line("&Kind", self.kind)
        lines.under(row(self.group, self.joint, STRETCH, gap=16))
        if self.ASKS_HOW_OFTEN:
            self._named(often=self.often)
            lines.line("&See them", self.often)
        self._lay_out_last(lines)
        self.body.addLayout(lines)

    def _interpreter_booked(self) -> bool | None:
        return None if self.interpreter is None else self.interpreter.isChecked()

    def _say_ahead(self) -> None:
        """Say when to remind them, and that nobody works on that day or the plan wants them sooner."""
        on, book = self.on.value(), self.page.rulebook
        facts = replace(self.page.facts, follow_up_weeks=self._often().weeks)
        by = next_contact_by(facts, book.pathway)
        what = "The contact plan" if facts.follow_up_weeks is None else "As agreed"
        self._plan.setText("" if by is None else f"{what}: by {fmt_date(by, weekday=True)}.")
        say_late(self.late, on, contact_by(facts, book.pathway), self)
        shows_plan = bool(self._plan.text()) and not self.late.text()  # which says the day too
        self._plan.setVisible(shows_plan and self._plan.parentWidget() is not None)
        said = (
            ()
            if on is None
            else reminders_ahead(on, book.reengagement.reminders, book.calendar, today=self.page.today)
        )
        self._ahead.setText(" ".join(said))
        self._ahead.setAccessibleName(spoken_dates(" ".join(said)))
        self._ahead.setVisible(bool(said) and self._ahead.parentWidget() is not None)

    def instead_of(self) -> ContactId | None:
        """Return the appointment that the new time takes the place of, None where it is one more."""
        return None

    def say_checks(self) -> None:
        """Say what speaks against the time as it is typed; it can be saved all the same."""
        say_checks(self.checks, self._wanted(), self, self.instead_of())

    def _wanted(self) -> Taken | None:
        """Return the time that is typed, None while there is no day."""
        on = self.on.value()
        if on is None:
            return None
        return Taken(on=on, at=self.at.value(), minutes=self.minutes.value(), group=self.group.isChecked())

    def _say_missing(self) -> None:
        """Warn that the appointment needs an interpreter, for as long as none is booked."""
        missing = interpreter_to_book(
            self.page.facts.reach, self.page.rulebook.reengagement.reach, booked=self._interpreter_booked()
        )
        self._missing.setText(missing.sentence if missing else "")
        if self.interpreter is not None:
            self._missing.setVisible(missing is not None)
            self._mark.setVisible(missing is not None)

    def _take_over_last(self) -> None:
        """Suggest what was usual so far."""
        if self.page.facts.contacts:
            last = self.page.facts.contacts[-1]
            self.minutes.set_value(last.minutes)
            self.place.setText(last.place)
        suggest_held(self, anew=True)

    def held_before(self) -> ConsultationMechanism:
        """Return how it is held as a rule."""
        return held_last(self)


def suggest_held(form: BookingForm, *, anew: bool = False) -> None:
    """Suggest what suits them by what is recorded now, unless somebody has chosen in the form."""
    if anew or form.mechanism.value() == form.held:
        form.held = suited(form, form.held_before())
        form.mechanism.set_value(form.held)
