"""Writing down that the patient got in touch: the search ends, and what they want comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.attempts import BOOKED_ALL_THE_SAME
from collabcare.domain.errors import RuleViolation
from collabcare.domain.own_words import search_to_answer
from collabcare.domain.reaching import ROUTE_WORDS, Route
from collabcare.domain.reengagement import AttemptOutcome
from collabcare.domain.search_ends import SearchEnd
from collabcare.domain.typed_dates import Direction
from collabcare.services.searches import RecordReply
from collabcare.ui.forms.attempt_head import due_words, search_now
from collabcare.ui.forms.because_part import BecausePart
from collabcare.ui.forms.booking_fields import BookingFields
from collabcare.ui.forms.choice_grid import ChoiceGrid
from collabcare.ui.forms.entry_form import PatientForm, needed_day, refuse_at
from collabcare.ui.forms.found_part import FoundPart
from collabcare.ui.forms.lines import Lines
from collabcare.ui.widgets.date_edit import DateEdit, DateNeeds
from collabcare.ui.widgets.field import Field
from collabcare.ui.widgets.note_edit import NoteEdit
from collabcare.ui.widgets.option import Option
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from collabcare.domain.acting import Acting
    from collabcare.queries.patient_page import PatientPage

_FROM_THEM = (Route.CALL, Route.TEXT, Route.EMAIL, Route.LETTER, Route.VISIT, Route.TEXT_RELAY)
_WORDS = {Route.CALL: "They rang", Route.LETTER: "They wrote", Route.VISIT: "They came in"}


class ReplyForm(PatientForm):
    """Edits a :class:`RecordReply` for the search that is open, or that an earlier word ended."""

    KIND = "reply"
    TITLE = "They got in touch"
    SAVE = "Save reply"

    def __init__(self, page: PatientPage, acting: Acting, parent: QWidget | None = None) -> None:
        super().__init__(page, acting, parent)
        self._of = PlainLabel("", TextRole.SECONDARY, wrap=True)
        self.channel = ChoiceGrid(
            "How they got in touch",
            [Option(each, _WORDS.get(each, ROUTE_WORDS[each])) for each in _FROM_THEM],
        )
        self.on = DateEdit("Day", page.today, DateNeeds(direction=Direction.PAST))
        self.on.set_value(page.today)
        self.why = BecausePart()
        self.found = FoundPart(page.facts, page.today)
        self.note = NoteEdit("Note", placeholder="What they said and what was agreed", lines=3)
        self.next = BookingFields(page.today, self)
        self.next_on, self.next_at = self.next.on, self.next.at
        self._named(
            channel=self.channel,
            why_missed=self.why.reason,
            why_missed_words=self.why.words,
            on=self.on,
            note=self.note,
            next_on=self.next_on,
            next_at=self.next_at,
            next_how=self.next.mechanism,
        )
        lines = Lines()
        lines.line("&Day", self.on)
        lines.line("&Note", self.note)
        self.next.add_to(lines)
        self.body.addWidget(self._of)
        self.body.addWidget(Field("Ho&w they got in touch", self.channel))
        self.body.addWidget(self.why)
        self.body.addWidget(self.found)
        self.body.addLayout(lines)
        self.found.show_for(AttemptOutcome.SPOKE)
        self.channel.typed.connect(self.found.theirs.setFocus)
        self.found.theirs.typed.connect(self._on_said)
        self._say_search()
        self.start()

    def first(self) -> QWidget:
        return self.channel

    def written(self) -> tuple[object, ...]:
        typed = (self.on.text(), self.note.toPlainText())
        return (
            self.channel.value(),
            *typed,
            *self.why.written(),
            *self.found.written(),
            *self.next.written(),
        )

    def doubt(self) -> str:
        return self.next.doubt()

    def command(self) -> RecordReply:
        ladder = search_to_answer(self.page.facts)
        if ladder is None:
            raise RuleViolation("Nobody is being sought any more, so record this as a contact.")
        route = self.channel.value()
        if not isinstance(route, Route):
            refuse_at(self.channel, "Choose how they got in touch, by its number.")
        if ladder.closed_on is not None and self.found.end() is None:
            refuse_at(self.found.theirs, "Choose what they want now: the search has ended already.")
        if self.found.end() is SearchEnd.DECLINES and self.next.booking() is not None:
            refuse_at(self.next.on, BOOKED_ALL_THE_SAME)
        return RecordReply(
            episode_id=self.page.facts.episode_id,
            ladder_id=ladder.id,
            answered_on=needed_day(self.on),
            channel=route.channel,
            route=route,
            note=self.note.text(),
            next_booking=self.next.booking(),
            came_of_it=self.found.came_of_it(),
            **self.why.given(),
        )

    def set_page(self, page: PatientPage) -> None:
        super().set_page(page)
        self.next.suit_again()
        self._say_search()

    def _on_said(self) -> None:
        """Go to the day they return where there is a pause, else to what they said."""
        paused = self.found.end() is SearchEnd.WANTS_PAUSE
        (self.found.return_on if paused else self.note).setFocus()

    def _say_search(self) -> None:
        step = search_now(self.page)
        if step is None:
            self._of.setText("The search has ended. What they want now stands in its place.")
        else:
            self._of.setText(f"{due_words(step, self.page.today)} Word from them ends the search.")
