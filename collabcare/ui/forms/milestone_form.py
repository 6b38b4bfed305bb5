"""A milestone: what a clock or gate of the service model asks for, the day it was reached and what was found.

What the record tells by itself is shown with its day and not asked.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from collabcare.domain.calendar import LONDON
from collabcare.domain.display import fmt_date
from collabcare.domain.milestones import MILESTONE_WORDS, MilestoneDraft
from collabcare.domain.plan_facts import MilestoneKind
from collabcare.domain.typed_dates import Direction
from collabcare.domain.waits import asked_milestones
from collabcare.services.milestones import RecordMilestone
from collabcare.ui.forms.choice_grid import ChoiceGrid
from collabcare.ui.forms.entry_form import PatientForm, fit, needed_day, refuse_at
from collabcare.ui.forms.lines import Lines
from collabcare.ui.widgets.date_edit import DateEdit, DateNeeds
from collabcare.ui.widgets.note_edit import NoteEdit
from collabcare.ui.widgets.option import Option
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole
from collabcare.ui.widgets.time_edit import TimeEdit

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from collabcare.domain.acting import Acting
    from collabcare.domain.waits import AskedMilestone
    from collabcare.queries.patient_page import PatientPage

_ASKED = "What the service model’s waits are counted by. What the record shows already is not asked again."
_WRONG = "Recorded already. If that is wrong, mark it as entered in error first."
_TIPS = {
    MilestoneKind.FILE_REVIEW: "The GP’s own review of the file",
    MilestoneKind.MDT_REVIEW: "The review by the whole team",
    MilestoneKind.ASSESSMENT: "A clinical assessment that is not among the contacts here",
    MilestoneKind.INTERVENTION: "Clinical or social, elsewhere than in the contacts here, as debt advice",
    MilestoneKind.CARE_PLAN: "A personal plan made together that is not among the goals here",
    MilestoneKind.CRISIS_ASSESSMENT: "The crisis team has assessed them",
    MilestoneKind.TREATMENT_START: "Treatment begun elsewhere than in the contacts here",
    MilestoneKind.CRISIS_REFERRAL: "They were referred to the crisis team",
}


class MilestoneForm(PatientForm):
    """Edits a :class:`RecordMilestone`."""

    KIND = "milestone"
    TITLE = "Milestone"
    SAVE = "Save milestone"

    def __init__(self, page: PatientPage, acting: Acting, parent: QWidget | None = None) -> None:
        super().__init__(page, acting, parent)
        asked = asked_milestones(page.facts, page.rulebook.pathway)
        self._asked = {each.kind: each for each in asked}
        options = [Option(each.kind, _words(each), _TIPS[each.kind]) for each in asked]
        self.kind = ChoiceGrid("What was reached", options, columns=2)
        self.on = DateEdit("Day", page.today, DateNeeds(direction=Direction.PAST))
        self.on.set_value(page.today)
        self.at = TimeEdit("Time", optional=True)
        self.finding = NoteEdit("Finding", placeholder="What was found or agreed, and by whom", lines=3)
        self._named(kind=self.kind, on=self.on, at=self.at, finding=self.finding)
        lines = Lines()
        lines.under(PlainLabel(_ASKED, TextRole.SECONDARY, wrap=True))
        lines.line("&What", self.kind)
        if any(each.hours for each in asked):
            lines.line("&Day", self.on, "T&ime", self.at)
        else:
            lines.line("&Day", self.on)
            self.at.hide()
        lines.line("&Finding", self.finding)
        self.body.addLayout(lines)
        self._allow()
        self.start()

    def first(self) -> QWidget:
        return self.kind

    def set_page(self, page: PatientPage) -> None:
        super().set_page(page)
        self._asked = {each.kind: each for each in asked_milestones(page.facts, page.rulebook.pathway)}
        self._allow()

    def written(self) -> tuple[object, ...]:
        return self.kind.value(), self.on.text(), self.at.text(), self.finding.toPlainText()

    def command(self) -> RecordMilestone:
        kind = self.kind.value()
        if kind is None:
            refuse_at(self.kind, f"Choose what was reached: keys 1 to {len(self.kind.options)}.")
        on = needed_day(self.on)
        fit(self.at)
        at = self.at.value()
        draft = MilestoneDraft(
            kind=MilestoneKind(str(kind)),
            reached_on=on,
            at=None if at is None else datetime.combine(on, at, LONDON),
            finding=self.finding.text(),
        )
        return RecordMilestone(episode_id=self.page.facts.episode_id, milestone=draft)

    def _allow(self) -> None:
        """Leave in view, not to be chosen, what is there already."""
        for option in self.kind.options:
            asked = self._asked.get(MilestoneKind(str(option.value)))
            if asked is not None:
                self.kind.allow(option.value, "" if asked.is_open else _why_not(asked))


def _words(asked: AskedMilestone) -> str:
    """Name one, with the day it was reached."""
    words = MILESTONE_WORDS[asked.kind]
    return words if asked.reached is None else f"{words}, {fmt_date(asked.reached.on)}"


def _why_not(asked: AskedMilestone) -> str:
    told = asked.told
    if told is None or asked.reached is None or told.on != asked.reached.on:
        return _WRONG
    return f"In the record already: {told.by} {fmt_date(told.on, weekday=True)}."
