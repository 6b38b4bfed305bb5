"""Logging a try to reach somebody who did not attend; the search closes only when they are reached."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QWidget

from collabcare.domain.another_try import same_try
from collabcare.domain.attempts import number_to_say, why_not_this_way
from collabcare.domain.calendar import LONDON
from collabcare.domain.deaths import told_in_try
from collabcare.domain.decided import wordless
from collabcare.domain.errors import RuleViolation
from collabcare.domain.reaching import Route
from collabcare.domain.reengagement import (
    ATTEMPT_WORDS,
    CHANNEL_WORDS,
    AttemptOutcome,
    Channel,
    why_not_outcome,
)
from collabcare.domain.routes import BY_TELEPHONE, THROUGH_WORDS, usual_way, way_kept
from collabcare.domain.typed_dates import Direction
from collabcare.services.searches import LogAttempt
from collabcare.ui.forms.attempt_head import AttemptHead, already_words, search_now, ways_now
from collabcare.ui.forms.attempt_keys import lead_on, refuse_silence
from collabcare.ui.forms.attempt_late import AttemptLate
from collabcare.ui.forms.choice_grid import ChoiceGrid
from collabcare.ui.forms.death_form import confirm_of
from collabcare.ui.forms.entry_form import RoomWanted, fit, needed_day, refuse_at
from collabcare.ui.forms.lines import Lines
from collabcare.ui.forms.number_part import NumberPart
from collabcare.ui.forms.two_sides import TwoSides
from collabcare.ui.widgets.date_edit import DateEdit, DateNeeds
from collabcare.ui.widgets.field import Field
from collabcare.ui.widgets.layouts import STRETCH, column
from collabcare.ui.widgets.line_edit import LineEdit
from collabcare.ui.widgets.note_edit import NoteEdit
from collabcare.ui.widgets.option import Option
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole
from collabcare.ui.widgets.time_edit import TimeEdit

if TYPE_CHECKING:
    from collabcare.domain.acting import Acting
    from collabcare.domain.reaching import SafeWays
    from collabcare.queries.patient_page import PatientPage

_CHANNEL_COLUMNS = 4
_WITH_SOMEBODY = frozenset({AttemptOutcome.THIRD_PARTY, AttemptOutcome.DISCUSSED})
_NO_TRY = frozenset({Channel.GP_PRACTICE, Channel.SUPERVISION})
_MAY_PROMISE = frozenset({AttemptOutcome.SPOKE, AttemptOutcome.THIRD_PARTY})


class AttemptForm(AttemptLate):
    """Edits a :class:`LogAttempt` for the search that is open."""

    KIND = "attempt"
    TITLE = "Log an attempt to reach"
    SAVE = "Save attempt"

    def __init__(self, page: PatientPage, acting: Acting, parent: QWidget | None = None) -> None:
        super().__init__(page, acting, parent)
        self.head = AttemptHead()
        self.channel = ChoiceGrid(
            "How", [Option(c, words) for c, words in CHANNEL_WORDS.items()], columns=_CHANNEL_COLUMNS
        )
        self.through = ChoiceGrid(
            "Through", [Option(each, THROUGH_WORDS[each]) for each in BY_TELEPHONE], columns=_CHANNEL_COLUMNS
        )
        self.outcome = ChoiceGrid("What came of it", [Option(o, words) for o, words in ATTEMPT_WORDS.items()])
        self.unsafe_reason = LineEdit("Why this way all the same")
        self.number = NumberPart()
        self.spoke_to = LineEdit("Whom you spoke to")
        self.promised_on = DateEdit("Promised for", page.today, DateNeeds(optional=True))
        self.on = DateEdit("Day", page.today, DateNeeds(direction=Direction.PAST))
        self.at = TimeEdit("Time", optional=True)
        self.accessible = QCheckBox("In the format and language they need")
        self.note = NoteEdit("Note", placeholder="What was said or left, at which number", lines=2)
        self._why_not = PlainLabel("", TextRole.STRONG, wrap=True)
        self._seen = _tries(self.page)
        self.on.set_value(page.today)
        self._lay_out()
        self._connect()
        self._show_search()
        self._unfold()
        self.start()

    def first(self) -> QWidget:
        return self.channel

    def written(self) -> tuple[object, ...]:
        typed = (self.unsafe_reason.text(), self.spoke_to.text(), self.promised_on.text(), self.on.text())
        said = (self.at.text(), self.accessible.isChecked(), self.note.toPlainText(), self.number.text())
        chosen = (self.channel.value(), self._route(), self.outcome.value())
        return (*chosen, *typed, *said, *(each for place in self._places for each in place.written()))

    def _told(self) -> QWidget:
        return self.note

    def wants_room(self) -> RoomWanted:
        return RoomWanted.WHOLE

    def command(self) -> LogAttempt:
        step = search_now(self.page)
        if step is None:
            raise RuleViolation("The patient has been reached already, so there is no attempt to log.")
        channel, outcome = self._needed()
        if self._barred() and not self.unsafe_reason.text().strip():
            refuse_at(self.unsafe_reason, "Say why this way was used all the same.")
        self.number.refuse_unknown(self.through, channel, outcome, self._route())
        if outcome is AttemptOutcome.THIRD_PARTY and not self.spoke_to.text().strip():
            refuse_at(self.spoke_to, "Say whom you spoke to: a name, or who they are to the patient.")
        if wordless(channel, outcome, self.note.text(), found=self._came_of_it() is not None):
            refuse_at(self.note, "Write what was said.")
        refuse_silence(self, outcome)
        fit(self.promised_on)
        decided, decided_words = self._decision()
        return LogAttempt(
            episode_id=self.page.facts.episode_id,
            ladder_id=step.ladder.id,
            rung=step.rung_of(channel),
            channel=channel,
            outcome=outcome,
            note=self.note.text(),
            next_booking=self._next_booking() if outcome.reached else None,
            accessible=outcome is AttemptOutcome.SENT and self.accessible.isChecked(),
            seen=self._seen,
            came_of_it=self._came_of_it(),
            tried_at=_tried_at(self),
            spoke_to=self.spoke_to.text() if outcome in _WITH_SOMEBODY else "",
            promised_on=self.promised_on.value() if outcome in _MAY_PROMISE else None,
            unsafe_reason=self.unsafe_reason.text() if self._barred() else "",
            route=self._route(),
            decided=decided,
            decided_words=decided_words,
            through_number=self.number.given(),
            another=bool(self._logged_already()),
            **self._why_missed(),
        )

    def _needed(self) -> tuple[Channel, AttemptOutcome]:
        """Return the way and what came of it, and refuse that one of them is not chosen."""
        channel, outcome = self._chosen()
        if channel is None:
            refuse_at(self.channel, "Choose how it was tried: keys 1 to 7.")
        if outcome is None:
            refuse_at(self.outcome, "Choose what came of it: keys 1 to 6.")
        return channel, outcome

    def doubt(self) -> str:
        return " ".join(filter(None, (self._logged_already(), super().doubt(), _death_to_confirm(self))))

    def _logged_already(self) -> str:
        """Ask whether this is another try than one by the same way that was logged just now, or nothing."""
        (channel, outcome), step = self._chosen(), search_now(self.page)
        if channel is None or step is None or outcome in {None, AttemptOutcome.SPOKE}:
            return ""
        if channel in _NO_TRY:
            return ""
        minutes, at = self.page.rulebook.reengagement.same_try_minutes, _tried_at(self) or self.page.today
        found = same_try(step.ladder, channel, self._route(), at, minutes=minutes)
        return "" if found is None else already_words(found)

    def set_page(self, page: PatientPage) -> None:
        super().set_page(page)
        if _tries(self.page) != self._seen and not self.message.text():
            self.message.show_attention("Somebody logged another try meanwhile. Look at it, then save yours.")
        self._seen = _tries(self.page)
        self._show_search()

    def _lay_out(self) -> None:
        self._named(
            channel=self.channel,
            through=self.through,
            outcome=self.outcome,
            unsafe_reason=self.unsafe_reason,
            number=self.number.number,
            spoke_to=self.spoke_to,
            promised_on=self.promised_on,
            on=self.on,
            at=self.at,
            accessible=self.accessible,
            note=self.note,
        )
        when, right = Lines(), QWidget()
        # First of all: what is moved into another part with much in it is dressed again with all of that.
        self.body.addWidget(TwoSides(self.head, right, room=900, shares=(5, 4)))
        self._barred_part = QWidget()
        all_the_same = _line("Why all the same", self.unsafe_reason)
        self._barred_part.setLayout(column(self._why_not, all_the_same, gap=4))
        self._spoke_part = _line("Spo&ke to", self.spoke_to)
        self._promise_part = _line("Pro&mised", self.promised_on)
        when.line("&Note", self.note)
        when.line("&Day", self.on, "at", self.at)
        self._through_part = Field("Thro&ugh", self.through)
        asked = (Field("Ho&w", self.channel), self._through_part, Field("What &came of it", self.outcome))
        told = (self._barred_part, self.number, self._spoke_part, *self._places, self._promise_part)
        right.setLayout(column(*asked, *told, self.accessible, when, STRETCH, gap=6))

    def _connect(self) -> None:
        self.head.wants.connect(self.wants)
        lead_on(self, self._barred)
        for each in (self.channel.chosen, self.through.chosen, self.outcome.chosen):
            each.connect(self._unfold)

    def _unfold(self) -> None:
        _offer(self.outcome, self._chosen()[0])
        channel, outcome = self._chosen()
        self._through_part.setVisible(channel is Channel.CALL)
        why_not = self._barred()
        self._why_not.setText(why_not)
        self._barred_part.setVisible(bool(why_not))
        self.number.ask(_unknown_number(self.page, channel, outcome, self._route()))
        self._spoke_part.setVisible(outcome in _WITH_SOMEBODY)
        self._promise_part.setVisible(outcome in _MAY_PROMISE)
        self.accessible.setVisible(outcome is AttemptOutcome.SENT)
        self._ask(channel, outcome)

    def _show_search(self) -> None:
        self.head.show_step(self.page)
        ways = ways_now(self.page, search_now(self.page))
        _strike(self.channel, self.through, ways)
        if self.through.value() is None:
            self.through.set_value(usual_way(ways))

    def _chosen(self) -> tuple[Channel | None, AttemptOutcome | None]:
        channel, outcome = self.channel.value(), self.outcome.value()
        return (
            channel if isinstance(channel, Channel) else None,
            outcome if isinstance(outcome, AttemptOutcome) else None,
        )

    def _barred(self) -> str:
        """Return why the way chosen is not to be used, or nothing."""
        channel, outcome = self._chosen()
        if channel is None:
            return ""
        ways, came = ways_now(self.page, search_now(self.page)), outcome or AttemptOutcome.NO_ANSWER
        return why_not_this_way(ways, channel, came, way_kept(channel, self._route(), came, ""))

    def _route(self) -> Route | None:
        """Return through what or whom a call went, None for every other way."""
        through = self.through.value()
        called = self.channel.value() is Channel.CALL
        return through if called and isinstance(through, Route) else None


def _tries(page: PatientPage) -> int:
    """Return how many tries of the open search there are."""
    ladder = page.facts.open_ladder
    return len(ladder.attempts) if ladder else 0


def _unknown_number(
    page: PatientPage, channel: Channel | None, outcome: AttemptOutcome | None, route: Route | None
) -> str:
    """Return why the number they were spoken to on is to be said, or nothing."""
    if channel is None or outcome is None:
        return ""
    return number_to_say(ways_now(page, search_now(page)), channel, outcome, route)


def _death_to_confirm(form: AttemptForm) -> str:
    """Return what is to be confirmed before a death that somebody told us of is saved with the try."""
    channel, found = form.channel.value(), form._came_of_it()  # noqa: SLF001 - the form's own
    if found is None or found.died_on is None or not isinstance(channel, Channel):
        return ""
    return confirm_of(form.page, found.died_on, told_in_try(form.spoke_to.text(), channel))


def _tried_at(form: AttemptForm) -> datetime | None:
    """Return when it was tried, None for now."""
    on = needed_day(form.on)
    fit(form.at)
    at = form.at.value()
    if at is None:
        if on != form.page.today:
            refuse_at(form.at, "Type about what time it was.")
        return None
    return datetime.combine(on, at, LONDON)


def _offer(outcomes: ChoiceGrid, channel: Channel | None) -> None:
    """Let only what can come of this channel be chosen."""
    for each in AttemptOutcome:
        outcomes.allow(each, why_not_outcome(channel, each))


def _strike(channels: ChoiceGrid, through: ChoiceGrid, ways: SafeWays) -> None:
    """Strike out what is not to be used for this patient."""
    for channel in Channel:
        channels.strike(channel, why_not_this_way(ways, channel, AttemptOutcome.NO_ANSWER))
    for route in BY_TELEPHONE:
        through.strike(route, why_not_this_way(ways, Channel.CALL, AttemptOutcome.NO_ANSWER, route))


def _line(label: str, editor: QWidget) -> QWidget:
    holder, lines = QWidget(), Lines()
    lines.line(label, editor)
    holder.setLayout(lines)
    return holder
