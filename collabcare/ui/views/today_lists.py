"""Whose work Today shows, and how each thing due stands in its list."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from collabcare.domain.display import fmt_date, spoken_dates
from collabcare.domain.due_kinds import SEARCHES, DueKind
from collabcare.domain.reminder_lists import reminders_today
from collabcare.domain.search_today import SearchStep
from collabcare.domain.sought_label import MISSED, sought_label
from collabcare.queries.worklist import (
    held_by_nobody,
    is_waiting,
    without_others_signatures,
    worklist,
    worklist_of,
)
from collabcare.ui.views.due_acts import NO_TELEPHONE, due_act, due_tone, no_telephone, words_for
from collabcare.ui.widgets.option import Option
from collabcare.ui.widgets.section_model import Section, SectionRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from collabcare.domain.ids import UserId
    from collabcare.queries.worklist import WorklistItem, WorklistSection
    from collabcare.services.desk import Desk
    from collabcare.ui.models.open_caseload import OpenCaseload

MINE, COVERED, NOBODYS, EVERYONES = "mine", "covered", "nobody's", "everyone's"
WHOSE = (
    Option(MINE, "Mine", "Patients I hold, and what I said in supervision that I would do."),
    Option(COVERED, "Covering", "Patients of colleagues I cover today."),
    Option(NOBODYS, "Held by nobody", "Patients no practitioner holds yet."),
    Option(EVERYONES, "Everyone", "Every open patient."),
)
WAITING = "Put off or waiting"
"""The heading of what is on Today on a later day only."""
Key = tuple[str, int, int, str]


class TodayLists:
    """The work of one user, of those they cover, of nobody and of everybody, from one reading."""

    def __init__(self, desk: Desk, caseload: OpenCaseload) -> None:
        self._me, self._caseload = desk.acting.user_id, caseload

    def of(self, whose: str, until: date) -> tuple[WorklistSection, ...]:
        """Return what is due by ``until`` in one of the lists."""
        rows = (*self._caseload.rows, *self._caseload.ended)
        team = self._caseload.team
        if whose == MINE:
            return worklist(
                rows, until=until, for_user=self._me, on_duty=team.on_duty, colleagues=team.colleagues
            )
        if whose == COVERED:
            found = worklist_of(
                rows, self.covered(), until=until, on_duty=team.on_duty, colleagues=team.colleagues
            )
        else:
            found = worklist(held_by_nobody(rows) if whose == NOBODYS else rows, until=until)
        return without_others_signatures(found, self._me, team.colleagues)

    def count(self, whose: str) -> int:
        """Return how many things are due by today in one of the lists."""
        return sum(len(section.items) for section in self.of(whose, self._caseload.today))

    def waiting(self, whose: str, until: date) -> tuple[WorklistItem, ...]:
        """Return what is on one of the lists on a later day only, because it was put off or waits."""
        later = (item for section in self.of(whose, date.max) for item in section.items)
        return tuple(sorted((each for each in later if is_waiting(each.due, until)), key=_by_day))

    def reminders(self, whose: str) -> int:
        """Return how many reminders are to be made today: this user's, or everybody's."""
        mine = self._me if whose == MINE else None
        return len(reminders_today(self._caseload.rows, holder_id=mine))

    def nothing_words(self, until: date, waiting: int, *, ahead: bool) -> tuple[str, str]:
        """Return what an empty list says, and the words of the act it offers."""
        if not (self._caseload.rows or self._caseload.ended):
            return "Nobody is on the caseload yet. Add a patient with Ctrl+N.", ""
        if ahead:
            return f"Nothing is due by {fmt_date(until, weekday=True)} either.", "Back to today"
        done = "All done for today."
        return f"{done} {WAITING}: {waiting}." if waiting else done, "Look at the next working day"

    def covered(self) -> dict[UserId, str]:
        """Return whom this user covers today."""
        return self._caseload.team.covered_by(self._me, today=self._caseload.today)


def waiting_section(items: Sequence[WorklistItem], desk: Desk) -> list[Section]:
    """Return the section of what waits, folded, so that nobody is out of sight; none where nothing does."""
    rows = []
    for item in items:
        row, search = row_of(item, desk, done=False), item.due.reason
        because = search.because if isinstance(search, SearchStep) else ""
        detail = "  ·  ".join(each for each in (because, row.detail) if each)
        spoken = spoken_dates(f"{row.title}. {row.aside}. {detail}")
        rows.append(replace(row, detail=detail, spoken=spoken))
    return [Section(WAITING, tuple(rows), folded=True)] if rows else []


def _by_day(item: WorklistItem) -> date:
    return item.due.due_on


def key_of(item: WorklistItem) -> Key:
    """Return what tells one thing due apart from every other."""
    due = item.due
    return (due.kind.value, item.row.facts.episode_id, due.subject_id or 0, due.why)


def row_of(item: WorklistItem, desk: Desk, *, done: bool) -> SectionRow:
    """Return how one thing due stands in the list: who, when, and why in words."""
    patient, due, how = item.row.facts.patient, item.due, due_act(item.due.kind)
    note = patient.contact_note if how.reaches else None
    unheard = NO_TELEPHONE if no_telephone(due, item.row.facts) else ""
    detail = "  ·  ".join(each for each in (unheard, _label(item), due.why, due.put_off_words, note) if each)
    return SectionRow(
        key=key_of(item),
        title=patient.name,
        detail=detail,
        aside=item.when,
        act=words_for(due, item.row.facts, desk.rulebook, desk.acting.role),
        icon="face-to-face" if unheard and how.icon == "phone" else how.icon,
        tone=due_tone(due, item.row.today),
        done=done,
        spoken=spoken_dates(f"{patient.name}. {item.when}. {detail}"),
        is_long=due.kind in SEARCHES or due.kind is DueKind.PROMISE,
    )


def _label(item: WorklistItem) -> str:
    """Return for how long somebody has been sought; that they missed an appointment is said anyhow."""
    if item.due.kind not in SEARCHES:
        return ""
    label = sought_label(item.row.facts, item.row.rulebook.reengagement, today=item.row.today)
    return "" if label == MISSED else label
