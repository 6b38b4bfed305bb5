"""Which patients a view of the caseload holds: one rule each, so that a count means the same everywhere."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from collabcare.domain.caseload_answers import days_without_contact, missing_parts
from collabcare.domain.due_kinds import DueKind
from collabcare.domain.episode import WAITING, Phase
from collabcare.domain.flags import FlagKind
from collabcare.domain.long_care import long_care
from collabcare.domain.searching import fold
from collabcare.domain.sought_label import days_sought, promised_ahead

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from collabcare.domain.caseload import CaseloadRow
    from collabcare.domain.ids import EpisodeId, UserId


class CaseloadFilter(StrEnum):
    """A question asked of the caseload."""

    ALL = "all"
    OVERDUE = "overdue"
    NO_CONTACT = "no contact"
    MEASURE_DUE = "measure due"
    NOT_IMPROVING = "not improving"
    SAFETY_OPEN = "safety conversation open"
    REENGAGING = "re-engaging"
    DUE_SUPERVISION = "due supervision"
    WAITING = "waiting"
    DIED = "died"
    INCOMPLETE = "incomplete"
    DISCUSS = "to discuss"
    SAFETY_UNWRITTEN = "safety assessment to write"
    SOUGHT_WEEKS = "sought for weeks"
    SOUGHT_MONTHS = "sought for months"
    PROMISED = "promised"
    STAYING_WELL = "staying well"
    LONG = "long in care"


class Whose(StrEnum):
    """Whose patients are looked at."""

    MINE = "mine"
    NOBODYS = "nobody's"
    EVERYONES = "everyone's"
    COLLEAGUES = "colleague's"


_WORDS = {
    CaseloadFilter.ALL: "All",
    CaseloadFilter.OVERDUE: "Overdue",
    CaseloadFilter.NO_CONTACT: "No contact in {no_contact_days} days",
    CaseloadFilter.MEASURE_DUE: "Measure due",
    CaseloadFilter.NOT_IMPROVING: "Not improving",
    CaseloadFilter.SAFETY_OPEN: "Safety conversation open",
    CaseloadFilter.SAFETY_UNWRITTEN: "Safety assessment to write",
    CaseloadFilter.DISCUSS: "To discuss",
    CaseloadFilter.REENGAGING: "Re-engaging",
    CaseloadFilter.SOUGHT_WEEKS: "Sought for weeks",
    CaseloadFilter.SOUGHT_MONTHS: "Sought for months",
    CaseloadFilter.PROMISED: "Promised",
    CaseloadFilter.DUE_SUPERVISION: "Due supervision",
    CaseloadFilter.WAITING: "Waiting",
    CaseloadFilter.DIED: "Died: care to end",
    CaseloadFilter.STAYING_WELL: "Staying well",
    CaseloadFilter.LONG: "Long in care",
    CaseloadFilter.INCOMPLETE: "Incomplete",
}
_MEANS = {
    CaseloadFilter.ALL: "Every open patient.",
    CaseloadFilter.OVERDUE: "Something for this patient should have been done before today.",
    CaseloadFilter.NO_CONTACT: (
        "Nobody has seen or spoken to the patient for more than {no_contact_days} days, "
        "or at all since the referral."
    ),
    CaseloadFilter.MEASURE_DUE: "A questionnaire is due by today.",
    CaseloadFilter.NOT_IMPROVING: (
        "Scores have got worse, or have not come down enough after eight weeks: to discuss in supervision."
    ),
    CaseloadFilter.SAFETY_OPEN: (
        "An answer asked for a conversation about safety that is not recorded yet, as under "
        "“Safety conversations to close” on Today."
    ),
    CaseloadFilter.SAFETY_UNWRITTEN: (
        "Safety was talked about, and no assessment has been written since, as under "
        "“Safety assessments to write” on Today."
    ),
    CaseloadFilter.DISCUSS: "Somebody asked to discuss the case in supervision.",
    CaseloadFilter.REENGAGING: "The patient missed an appointment and has not been reached since.",
    CaseloadFilter.SOUGHT_WEEKS: (
        "The patient has been sought for longer than the first label says, however much longer."
    ),
    CaseloadFilter.SOUGHT_MONTHS: "The patient has been sought for longer than the last label says.",
    CaseloadFilter.PROMISED: "The patient is sought, and said to be in touch on a day still to come.",
    CaseloadFilter.DUE_SUPERVISION: "There is a reason to take this case to the next supervision.",
    CaseloadFilter.WAITING: "The patient has been referred and not yet seen.",
    CaseloadFilter.DIED: (
        "A death is recorded, and care here is still to be ended or the GP to be written to. They are not on "
        "Today."
    ),
    CaseloadFilter.STAYING_WELL: "Treatment is over and the patient is being helped to stay well.",
    CaseloadFilter.LONG: (
        "In one step for longer than the service model expects, or in treatment for many months: to look at "
        "again."
    ),
    CaseloadFilter.INCOMPLETE: "The patient has been seen, but there is no score, no plan or no GP letter.",
}
_NOT_IMPROVING = frozenset({FlagKind.WORSENING, FlagKind.CONSULT, FlagKind.NOT_IMPROVING})


def filter_words(chosen: CaseloadFilter, no_contact_days: int) -> str:
    """Return the name of a view; ``no_contact_days`` is the policy's figure, which one name says."""
    return _WORDS[chosen].format(no_contact_days=no_contact_days)


def filter_means(chosen: CaseloadFilter, no_contact_days: int) -> str:
    """Return the sentence that says whom a view holds."""
    return _MEANS[chosen].format(no_contact_days=no_contact_days)


def is_among(row: CaseloadRow, chosen: CaseloadFilter) -> bool:
    """Return whether a patient belongs to a view of the caseload.

    Somebody whose care has ended is in one only: having died, while their GP is still to be written to.
    """
    if not is_open(row) and chosen is not CaseloadFilter.DIED:
        return False
    return _HOLDS[chosen](row)


def count_among(rows: Iterable[CaseloadRow], chosen: CaseloadFilter) -> int:
    """Return how many patients belong to a view: the number that every place shows."""
    return sum(is_among(row, chosen) for row in rows)


def episodes_among(rows: Iterable[CaseloadRow], chosen: CaseloadFilter) -> frozenset[EpisodeId]:
    """Return the episodes of a view, to be counted together with whose they are and what is searched."""
    return frozenset(row.facts.episode_id for row in rows if is_among(row, chosen))


def belonging_to(
    rows: Iterable[CaseloadRow], whose: Whose, me: UserId, colleague: UserId | None = None
) -> list[CaseloadRow]:
    """Return the patients held by this user, by nobody, by everyone, or by one colleague."""
    if whose is Whose.EVERYONES:
        return list(rows)
    holder = {Whose.MINE: me, Whose.COLLEAGUES: colleague, Whose.NOBODYS: None}[whose]
    return [row for row in rows if row.facts.holder_id == holder]


def practices_of(rows: Iterable[CaseloadRow]) -> list[str]:
    """Return the GP practices these patients are registered with, by name."""
    return sorted({row.facts.patient.gp_practice_name for row in rows}, key=lambda name: (fold(name), name))


def of_practice(rows: Iterable[CaseloadRow], practice: str) -> list[CaseloadRow]:
    """Return the patients of a GP practice; no name stands for every practice."""
    return [row for row in rows if not practice or row.facts.patient.gp_practice_name == practice]


def is_open(row: CaseloadRow) -> bool:
    """Return whether care goes on here."""
    return row.facts.closed_on is None


def died_with_us(row: CaseloadRow) -> bool:
    """Return whether a patient has died and there is still something to do for them.

    While care is open that is to end it; afterwards a letter the GP is owed, as long as it is not issued.
    """
    return row.facts.patient.died_on is not None and (is_open(row) or bool(row.due))


def _without_contact(row: CaseloadRow) -> bool:
    return days_without_contact(row) > row.rulebook.caseload.no_contact_days


def _is_to_do(row: CaseloadRow, kind: DueKind) -> bool:
    """Return whether a thing of a kind is to be done for the patient, today or later."""
    return any(due.kind is kind for due in row.due)


def _sought_over(row: CaseloadRow, label: int) -> bool:
    """Return whether somebody is sought for longer than one of the labels says; labels remove nobody."""
    days = days_sought(row.facts, today=row.today)
    return days is not None and days > row.rulebook.reengagement.sought_over_days[label]


_HOLDS: dict[CaseloadFilter, Callable[[CaseloadRow], bool]] = {
    CaseloadFilter.ALL: lambda _row: True,
    CaseloadFilter.OVERDUE: lambda row: bool(row.overdue),
    CaseloadFilter.NO_CONTACT: _without_contact,
    CaseloadFilter.MEASURE_DUE: lambda row: any(due.kind is DueKind.MEASURE for due in row.due_now),
    CaseloadFilter.NOT_IMPROVING: lambda row: not _NOT_IMPROVING.isdisjoint(row.flag_kinds),
    CaseloadFilter.SAFETY_OPEN: lambda row: _is_to_do(row, DueKind.SAFETY_CONVERSATION),
    CaseloadFilter.SAFETY_UNWRITTEN: lambda row: _is_to_do(row, DueKind.SAFETY_ASSESSMENT),
    CaseloadFilter.DISCUSS: lambda row: FlagKind.DISCUSS in row.flag_kinds,
    CaseloadFilter.REENGAGING: lambda row: row.facts.open_ladder is not None,
    CaseloadFilter.SOUGHT_WEEKS: lambda row: _sought_over(row, 0),
    CaseloadFilter.SOUGHT_MONTHS: lambda row: _sought_over(row, -1),
    CaseloadFilter.PROMISED: lambda row: promised_ahead(row.facts, today=row.today) is not None,
    CaseloadFilter.DUE_SUPERVISION: lambda row: bool(row.triggers),
    CaseloadFilter.WAITING: lambda row: row.facts.phase in WAITING,
    CaseloadFilter.STAYING_WELL: lambda row: row.facts.phase is Phase.MAINTENANCE,
    CaseloadFilter.LONG: lambda row: bool(long_care(row.facts, row.rulebook, today=row.today)),
    CaseloadFilter.INCOMPLETE: lambda row: bool(missing_parts(row)),
    CaseloadFilter.DIED: died_with_us,
}
