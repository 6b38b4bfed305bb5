"""Putting the step of a search off: for two reasons only, so long and so often, with the limits in view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from collabcare.domain.display import fmt_date, fmt_days
from collabcare.domain.errors import RuleViolation
from collabcare.domain.foresight import search_if_put_off, shows_again
from collabcare.domain.reach_facts import SnoozeFact, SnoozeKind
from collabcare.domain.snoozes import ONLY_TODAY, is_for_its_day
from collabcare.domain.typed_dates import Direction
from collabcare.services.searches import PutOff
from collabcare.ui.forms.attempt_head import search_now
from collabcare.ui.forms.booking_fields import BookingFields
from collabcare.ui.forms.choice_grid import ChoiceGrid
from collabcare.ui.forms.entry_form import PatientForm, needed_day, refuse_at
from collabcare.ui.forms.lines import Lines
from collabcare.ui.widgets.date_edit import DateEdit, DateNeeds
from collabcare.ui.widgets.line_edit import LineEdit
from collabcare.ui.widgets.option import Option
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.acting import Acting
    from collabcare.queries.patient_page import PatientPage

_KINDS = (
    Option(SnoozeKind.REBOOKED, "Agreed and rebooked: wait for the appointment"),
    Option(SnoozeKind.CALL_LATER, "Call later"),
)


class PutOffForm(PatientForm):
    """Edits a :class:`PutOff` for the step of the search that is to be acted on."""

    KIND = "put_off"
    TITLE = "Put off this step"
    SAVE = "Put off"

    def __init__(self, page: PatientPage, acting: Acting, parent: QWidget | None = None) -> None:
        super().__init__(page, acting, parent)
        self.afterwards = ""  # what was said of the search when it was last asked for
        self._step = PlainLabel("", TextRole.STRONG, wrap=True)
        self._limits = PlainLabel("", TextRole.SECONDARY, wrap=True)
        self.kind = ChoiceGrid("Why it can wait", _KINDS, columns=1)
        self.until = DateEdit("Until", page.today, DateNeeds(direction=Direction.FUTURE))
        self.reason = LineEdit("Reason")
        self.next = BookingFields(page.today, self)
        self.next_on, self.next_at = self.next.on, self.next.at
        self._named(
            kind=self.kind,
            until=self.until,
            reason=self.reason,
            next_on=self.next_on,
            next_how=self.next.mechanism,
        )
        self._booking, self._until_line = QWidget(), QWidget()
        booking, until, lines = Lines(), Lines(), Lines()
        self.next.add_to(booking)
        self._booking.setLayout(booking)
        until.line("&Until", self.until)
        self._until_line.setLayout(until)
        lines.line("Reas&on", self.reason)
        for part in (self._step, self._limits, self.kind, self._booking, self._until_line):
            self.body.addWidget(part)
        self.body.addLayout(lines)
        self.kind.chosen.connect(self._on_kind)
        self.next_on.value_changed.connect(self._say)
        self.until.value_changed.connect(self._say)
        self.kind.allow(SnoozeKind.CALL_LATER, self._only_today())
        self.kind.typed.connect(self._on_typed)
        self._say()
        self.start()

    def first(self) -> QWidget:
        return self.kind

    def written(self) -> tuple[object, ...]:
        return self.kind.value(), self.until.text(), self.reason.text(), *self.next.written()

    def doubt(self) -> str:
        return self.next.doubt()

    def command(self) -> PutOff:
        step = search_now(self.page)
        if step is None:
            raise RuleViolation("Nobody is being sought any more, so there is nothing to put off.")
        kind = self._kind()
        if kind is None:
            refuse_at(self.kind, "Choose why it can wait: keys 1 or 2.")
        booking = self.next.booking() if kind is SnoozeKind.REBOOKED else None
        until = self._latest() if kind is SnoozeKind.REBOOKED else needed_day(self.until)
        if until is None:
            refuse_at(self.next_on, "Type the day of the appointment it waits for.")
        if not self.reason.text().strip():
            refuse_at(self.reason, "Say why it can wait.")
        self.afterwards = self.shows_again(until)
        return PutOff(
            episode_id=self.page.facts.episode_id,
            ladder_id=step.ladder.id,
            rung=step.rung.number,
            kind=kind,
            until=until,
            reason=self.reason.text(),
            next_booking=booking,
        )

    def set_page(self, page: PatientPage) -> None:
        super().set_page(page)
        self.kind.allow(SnoozeKind.CALL_LATER, self._only_today())
        self._say()

    def _only_today(self) -> str:
        """Return why the step cannot wait for another day, or nothing."""
        step = search_now(self.page)
        if step is None or not is_for_its_day(step.rung.number, self.page.rulebook.search, step.track.track):
            return ""
        return ONLY_TODAY

    def _on_kind(self, kind: SnoozeKind) -> None:
        if kind is SnoozeKind.CALL_LATER and self.until.value() is None:
            self.until.set_value(self._latest())
        self._say()

    def _on_typed(self) -> None:
        waits = self._kind() is SnoozeKind.REBOOKED and self._booked() is None
        (self.next_on if waits else self.reason).setFocus()

    def _say(self) -> None:
        step, kind = search_now(self.page), self._kind()
        self._step.setText("" if step is None else f"{step.what}.")
        self._limits.setText(self._limit_words())
        self._booking.setVisible(kind is SnoozeKind.REBOOKED and self._booked() is None)
        self._until_line.setVisible(kind is SnoozeKind.CALL_LATER)

    def _limit_words(self) -> str:
        """Say how often it was put off, and until when it may wait; it shows again then whatever happens."""
        step = search_now(self.page)
        if step is None:
            return "Nobody is being sought."
        policy = self.page.rulebook.reengagement.snoozes
        done = len([each for each in step.ladder.snoozes if each.rung == step.rung.number])
        said = f"This step has been put off {done} of the {policy.per_rung} times there are."
        latest = self._latest()
        if latest is None:
            return f"{said} {self._only_today()}".strip()
        booked, within = self._booked_day(), policy.rebooked_within(step.track.track)
        if self._kind() is SnoozeKind.REBOOKED and booked and (booked - self.page.today).days > within:
            return f"{said} That appointment is more than {fmt_days(within)} away: too far to wait for."
        until = self.until.value() if self._kind() is SnoozeKind.CALL_LATER else None
        shown = self.shows_again(min(until or latest, latest))
        return f"{said} It can wait until {fmt_date(latest, weekday=True)} at the latest. {shown}"

    def shows_again(self, until: date) -> str:
        """Say when the search shows again if its step is put off until this day."""
        step, kind = search_now(self.page), self._kind()
        if step is None or kind is None:
            return ""
        asked = SnoozeFact(
            ladder_id=step.ladder.id,
            rung=step.rung.number,
            kind=kind,
            made_on=self.page.today,
            until=until,
            reason=self.reason.text().strip(),
            by=self.acting.name,
        )
        booked = self.next_on.value() if kind is SnoozeKind.REBOOKED and self._booked() is None else None
        page = self.page
        after = search_if_put_off(page.facts, asked, page.rulebook, today=page.today, booked_on=booked)
        return shows_again(after, today=page.today, put_off=(asked.rung, until))

    def _latest(self) -> date | None:
        """Return the last day until which the step may wait."""
        step, kind = search_now(self.page), self._kind()
        if step is None or kind is None:
            return None
        book = self.page.rulebook
        policy = book.reengagement.snoozes
        if kind is SnoozeKind.CALL_LATER:
            return book.calendar.nth_after(self.page.today, policy.call_later(step.track.track))
        booked = self._booked_day()
        return None if booked is None else book.calendar.nth_after(booked, policy.after_appointment)

    def _booked_day(self) -> date | None:
        return self._booked() or self.next_on.value()

    def _booked(self) -> date | None:
        booked = self.page.facts.next_booked(self.page.today)
        return None if booked is None else booked.on

    def _kind(self) -> SnoozeKind | None:
        kind = self.kind.value()
        return kind if isinstance(kind, SnoozeKind) else None
