"""A known absence: pausing care with a reason and a day, looking at a pause again, and ending it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from collabcare.domain.display import fmt_date
from collabcare.domain.errors import RuleViolation
from collabcare.domain.foresight import search_if_paused, shows_again
from collabcare.domain.pauses import (
    ABSENCE_WORDS,
    KNOWN_ABSENCES,
    TOLD_WHERE,
    Absence,
    pause_reason,
    why_not_alone,
)
from collabcare.domain.reach_facts import PauseFact, Track
from collabcare.domain.tracks import is_another_supervisor
from collabcare.domain.typed_dates import Direction
from collabcare.domain.typed_text import says_something
from collabcare.services.pauses import EndPause, PauseEpisode, ReviewPause
from collabcare.ui.forms.attempt_head import search_now
from collabcare.ui.forms.choice_grid import ChoiceGrid
from collabcare.ui.forms.entry_form import PatientForm, needed_day, refuse_at
from collabcare.ui.forms.lines import Lines
from collabcare.ui.widgets.date_edit import DateEdit, DateNeeds
from collabcare.ui.widgets.line_edit import LineEdit
from collabcare.ui.widgets.option import Option
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from collabcare.domain.acting import Acting
    from collabcare.queries.patient_page import PatientPage

_ASK_SUPERVISOR = (
    "They are being sought on the Prompt track: for this ask a supervisor who does not hold the case."
)
_LASTS = (
    "Days away do not count in a search: on the day the pause is looked at, what was due already shows again,"
    " and what was still to come is as far off as it was. Nothing is closed."
)


class PauseForm(PatientForm):
    """Edits a :class:`PauseEpisode`; a reason and a day to look at it again must be there."""

    KIND = "pause"
    TITLE = "Pause care"
    SAVE = "Pause care"

    def __init__(self, page: PatientPage, acting: Acting, parent: QWidget | None = None) -> None:
        super().__init__(page, acting, parent)
        self.where = ChoiceGrid("Why", [Option(each, ABSENCE_WORDS[each]) for each in Absence])
        self.alone = PlainLabel("", TextRole.STRONG, wrap=True)
        self.told_by = LineEdit("Who told us")
        self.told_by.setPlaceholderText("Name, and who they are")
        self.details = LineEdit("Details")
        self.started_on = DateEdit("Since", page.today, DateNeeds(direction=Direction.PAST))
        self.started_on.set_value(page.today)
        self.review_on = _review_day(page)
        self._named(where=self.where, told_by=self.told_by, details=self.details, started_on=self.started_on)
        self._named(review_on=self.review_on)
        self.body.addWidget(self.alone)
        self.body.addWidget(PlainLabel(_LASTS, TextRole.SECONDARY, wrap=True))
        self.body.addWidget(self.where)
        lines = Lines()
        lines.line("&Who told us", self.told_by)
        lines.line("&Details", self.details)
        lines.line("&Since", self.started_on)
        lines.line("Look again &on", self.review_on)
        lines.under(PlainLabel(_latest_words(page, acting), TextRole.SECONDARY, wrap=True))
        self._search = PlainLabel("", TextRole.SECONDARY, wrap=True)
        lines.under(self._search)
        self.body.addLayout(lines)
        for editor in (self.started_on, self.review_on):
            editor.value_changed.connect(self._say_search)
        self._say_search()
        self._offer()
        self.start()

    def shows_again(self) -> str:
        """Say when a search shows again if care is paused until the day typed; nothing without either."""
        since, until = self.started_on.value(), self.review_on.value()
        if since is None or until is None:
            return ""
        asked = PauseFact(started_on=since, reason=self._reason(), review_on=until)
        page = self.page
        return shows_again(
            search_if_paused(page.facts, asked, page.rulebook, today=page.today), today=page.today
        )

    def set_page(self, page: PatientPage) -> None:
        super().set_page(page)
        self._say_search()
        self._offer()

    def _offer(self) -> None:
        """Offer what this user may choose, and say what another person has to decide."""
        alone = _say_alone(self.alone, self.page, self.acting)
        known_only = self._is_sought_promptly() and not is_another_supervisor(self.page.facts, self.acting)
        for each in Absence:
            ask = _ASK_SUPERVISOR if known_only and each not in KNOWN_ABSENCES else ""
            self.where.allow(each, alone or ask)

    def _say_search(self) -> None:
        self._search.setText(self.shows_again())

    def _reason(self) -> str:
        return pause_reason(self._why(), self.details.text().strip(), self.told_by.text().strip())

    def _why(self) -> Absence | None:
        why = self.where.value()
        return why if isinstance(why, Absence) else None

    def _is_sought_promptly(self) -> bool:
        step = search_now(self.page)
        return step is not None and step.track.track is Track.PROMPT

    def first(self) -> QWidget:
        return self.where if self.alone.isHidden() else self.told_by

    def written(self) -> tuple[object, ...]:
        typed = (self.details, self.told_by, self.started_on, self.review_on)
        return self.where.value(), *(each.text() for each in typed)

    def command(self) -> PauseEpisode:
        why = self._why()
        if not self.alone.isHidden():
            raise RuleViolation(self.alone.text())
        if why is None:
            refuse_at(self.where, "Choose why care is paused: keys 1 to 5.")
        if why is Absence.OTHER and not self.details.text().strip():
            refuse_at(self.details, "Say why care is paused.")
        if self._is_sought_promptly() and not says_something(self.told_by.text()):
            refuse_at(self.told_by, TOLD_WHERE)
        return PauseEpisode(
            episode_id=self.page.facts.episode_id,
            reason=self.details.text(),
            why=why,
            told_by=self.told_by.text(),
            review_on=needed_day(self.review_on),
            started_on=needed_day(self.started_on),
        )


class PauseReviewForm(PatientForm):
    """Edits a :class:`ReviewPause`: the pause goes on, to be looked at again on another day."""

    KIND = "pause_review"
    TITLE = "The pause goes on"
    SAVE = "Save"

    def __init__(
        self, page: PatientPage, acting: Acting, pause: PauseFact, parent: QWidget | None = None
    ) -> None:
        super().__init__(page, acting, parent)
        self._pause = pause
        self.review_on = _review_day(page)
        self._named(review_on=self.review_on)
        self.alone = PlainLabel("", TextRole.STRONG, wrap=True)
        _say_alone(self.alone, page, acting)
        self.body.addWidget(self.alone)
        self.body.addWidget(PlainLabel(pause_words(pause), TextRole.STRONG, wrap=True))
        lines = Lines()
        lines.line("Look again &on", self.review_on)
        lines.under(PlainLabel(_latest_words(page, acting), TextRole.SECONDARY, wrap=True))
        self.body.addLayout(lines)
        self.start()

    def first(self) -> QWidget:
        return self.review_on

    def written(self) -> tuple[object, ...]:
        return (self.review_on.text(),)

    def command(self) -> ReviewPause:
        return ReviewPause(
            pause_id=self._pause.id, seen=self._pause.row_version, review_on=needed_day(self.review_on)
        )


class PauseEndForm(PatientForm):
    """Edits an :class:`EndPause`: care goes on in the phase it was in before."""

    KIND = "pause_end"
    TITLE = "End the pause"
    SAVE = "End the pause"

    def __init__(
        self, page: PatientPage, acting: Acting, pause: PauseFact, parent: QWidget | None = None
    ) -> None:
        super().__init__(page, acting, parent)
        self._pause = pause
        self.ended_on = DateEdit("Ended on", page.today, DateNeeds(direction=Direction.PAST))
        self.ended_on.set_value(page.today)
        self._named(ended_on=self.ended_on)
        self.body.addWidget(PlainLabel(pause_words(pause), TextRole.STRONG, wrap=True))
        lines = Lines()
        lines.line("Ended &on", self.ended_on)
        self.body.addLayout(lines)
        self.start()

    def first(self) -> QWidget:
        return self.ended_on

    def written(self) -> tuple[object, ...]:
        return (self.ended_on.text(),)

    def command(self) -> EndPause:
        return EndPause(
            pause_id=self._pause.id, seen=self._pause.row_version, ended_on=needed_day(self.ended_on)
        )


def pause_words(pause: PauseFact) -> str:
    """Say one pause in a line: why, since when, and until when or when it is looked at again."""
    reason = pause.reason.rstrip(". ")
    if pause.ended_on is not None:
        return f"{reason}, {fmt_date(pause.started_on)} to {fmt_date(pause.ended_on)}"
    again = f", to be looked at again by {fmt_date(pause.review_on, weekday=True)}" if pause.review_on else ""
    return f"{reason}, since {fmt_date(pause.started_on)}{again}"


def _say_alone(label: PlainLabel, page: PatientPage, acting: Acting) -> str:
    """Say on a label why another person has to decide, or hide it; return what it says."""
    why = why_not_alone(page.facts, search_now(page), acting, today=page.today)
    label.setText(why)
    label.setVisible(bool(why))
    return why


def _review_day(page: PatientPage) -> DateEdit:
    return DateEdit("Look again on", page.today, DateNeeds(direction=Direction.FUTURE))


def _latest_words(page: PatientPage, acting: Acting) -> str:
    days, step = page.rulebook.episode.pause_review_days, search_now(page)
    prompt = step is not None and step.track.track is Track.PROMPT
    if prompt and not is_another_supervisor(page.facts, acting):
        latest = fmt_date(page.today + timedelta(days=page.rulebook.episode.prompt_pause_days), weekday=True)
        return f"They are being sought on the Prompt track: by {latest}, or ask a supervisor."
    return f"By {fmt_date(page.today + timedelta(days=days), weekday=True)} at the latest."
