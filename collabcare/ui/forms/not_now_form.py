"""Letting one thing on Today wait, or declining it: until when and why, with the limits in view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.display import fmt_date, fmt_days, lower_first
from collabcare.domain.due_kinds import DUE_WORDS
from collabcare.domain.postponing import latest_until, why_not_later
from collabcare.domain.typed_dates import Direction
from collabcare.services.postponing import Postpone
from collabcare.ui.forms.entry_form import EntryForm, needed_day, refuse_at
from collabcare.ui.widgets.date_edit import DateEdit, DateNeeds
from collabcare.ui.widgets.field import Field
from collabcare.ui.widgets.note_edit import NoteEdit
from collabcare.ui.widgets.option import Option
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole
from collabcare.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from collabcare.domain.caseload import CaseloadRow
    from collabcare.domain.due_kinds import Due
    from collabcare.domain.ids import EpisodeId
    from collabcare.domain.rulebook import Rulebook

_LATER, _DECLINE = "later", "decline"
_SHORT = 8
"""So many letters tell the kinds that may wait from one another, and leave room for the number."""


class NotNowForm(EntryForm):
    """Edits a :class:`Postpone` for one thing due."""

    KIND = "not_now"
    TITLE = "Not now"
    SAVE = "Save"

    def __init__(self, row: CaseloadRow, due: Due, rulebook: Rulebook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row, self._due, self._rulebook = row, due, rulebook
        policy = rulebook.postponing
        kinds = [
            *([Option(_LATER, "Later")] if due.kind in policy.later else []),
            *([Option(_DECLINE, "Decline")] if due.kind in policy.declined else []),
        ]
        self.what = PlainLabel(DUE_WORDS[due.kind], TextRole.STRONG, wrap=True)  # whose: in the banner above
        self.limits = PlainLabel("", TextRole.SECONDARY, wrap=True)
        self.how = Segmented("Not now", kinds)
        if len(kinds) < 2:  # noqa: PLR2004 - nothing to choose between
            self.how.hide()
        self.how.set_value(kinds[0].value if kinds else None)
        self.until = DateEdit("Until", row.today, DateNeeds(direction=Direction.FUTURE))
        self.until.set_value(latest_until(due, policy, rulebook.calendar, today=row.today))
        self.reason = NoteEdit("Why", placeholder="Stands beside it until it is done", lines=2)
        self._named(how=self.how, until=self.until, reason=self.reason)
        self._day = Field("&Until", self.until)
        for part in (self.what, self.how, Field("Wh&y", self.reason), self._day, self.limits):
            self.body.addWidget(part)
        self.how.chosen.connect(self._say)
        self._say()
        self.start()

    @property
    def episode_id(self) -> EpisodeId:
        """Return whose it is."""
        return self._row.facts.episode_id

    @property
    def draft_kind(self) -> str:
        """Return what tells its draft from those about other things due for the same patient."""
        return f"{self.KIND}:{self._due.kind[:_SHORT]}:{self._due.subject_id or ''}"

    def called(self) -> str:
        return f"{self.TITLE}: {lower_first(DUE_WORDS[self._due.kind])}"

    @property
    def whom(self) -> str:
        """Return whom it is about, and what."""
        return f"{self._row.facts.patient.name}, {lower_first(DUE_WORDS[self._due.kind])}"

    @staticmethod
    def why_not(due: Due, rulebook: Rulebook) -> str:
        """Return why this thing can be neither put off nor declined here, or nothing."""
        policy = rulebook.postponing
        if due.kind in policy.later or due.kind in policy.declined:
            return ""
        return f"{DUE_WORDS[due.kind]}: this cannot be put off."

    def is_about(self, row: CaseloadRow, due: Due) -> bool:
        """Return whether this form is about the same thing due for the same patient."""
        same = (self._due.kind, self._due.subject_id, self._due.first_due_on)
        return self._row.facts.episode_id == row.facts.episode_id and same == (
            due.kind,
            due.subject_id,
            due.first_due_on,
        )

    def first(self) -> QWidget:
        return self.reason

    def written(self) -> tuple[object, ...]:
        return self.how.value(), self.until.text(), self.reason.toPlainText()

    def command(self) -> Postpone:
        until = needed_day(self.until) if self.how.value() == _LATER else None
        if not self.reason.text().strip():
            refuse_at(self.reason, "Say why: it stands beside it until it is done.")
        return Postpone(
            episode_id=self._row.facts.episode_id,
            kind=self._due.kind,
            subject_id=self._due.subject_id,
            due_on=self._due.first_due_on,
            until=until,
            reason=self.reason.text(),
        )

    def _say(self, *_chosen: object) -> None:
        """Say the limits of what is chosen."""
        policy, later = self._rulebook.postponing, self.how.value() == _LATER
        self._day.setVisible(later)
        if later:
            latest = latest_until(self._due, policy, self._rulebook.calendar, today=self._row.today)
            why_not = why_not_later(self._due, self._row.facts.postponements, policy)
            self.limits.setText(why_not or f"Until {fmt_date(latest, weekday=True)} at the latest.")
        else:
            days = fmt_days(policy.declined.get(self._due.kind, 0))
            self.limits.setText(
                f"It is asked again after {days} if it still holds, and sooner if there is news."
            )
