"""Whose work Today shows, and how each thing due stands in its list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.display import fmt_date, spoken_dates
from collabcare.domain.due_kinds import SEARCHES, DueKind
from collabcare.domain.reminder_lists import reminders_today
from collabcare.domain.sought_label import MISSED, sought_label
from collabcare.queries.worklist import held_by_nobody, without_others_signatures, worklist, worklist_of
from collabcare.ui.views.due_acts import NO_TELEPHONE, due_act, due_tone, no_telephone, words_for
from collabcare.ui.widgets.option import Option
from collabcare.ui.widgets.section_model import SectionRow

if TYPE_CHECKING:
    from datetime import date

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

    def reminders(self, whose: str) -> int:
        """Return how many reminders are to be made today: this user's, or everybody's."""
        mine = self._me if whose == MINE else None
        return len(reminders_today(self._caseload.rows, holder_id=mine))

    def nothing_words(self, until: date, *, ahead: bool) -> tuple[str, str]:
        """Return what an empty list says, and the words of the act it offers."""
        if not (self._caseload.rows or self._caseload.ended):
            return "Nobody is on the caseload yet. Add a patient with Ctrl+N.", ""
        if ahead:
            return f"Nothing is due by {fmt_date(until, weekday=True)} either.", "Back to today"
        return "All done for today.", "Look at the next working day"

    def covered(self) -> dict[UserId, str]:
        """Return whom this user covers today."""
        return self._caseload.team.covered_by(self._me, today=self._caseload.today)


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
