"""The report on reaching people again as tables: the same words on screen, on paper and in a file.

Each share stands as its two numbers with the percentage. On a page that leaves the service numbers are
rounded and small ones are not given, so that nobody can be told from them or from what is left over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.caseload_figure_tables import caseload_table, ended_table, improved_table
from collabcare.domain.codes import AttendanceStatus
from collabcare.domain.display import fmt_date
from collabcare.domain.loop_misses import FATE_WORDS, Fate, Touch
from collabcare.domain.loop_table import LoopTable
from collabcare.domain.missed_because import BECAUSE_WORDS
from collabcare.domain.reaching import ROUTE_WORDS, Route
from collabcare.domain.reengagement import ATTEMPT_WORDS, AttemptOutcome
from collabcare.domain.shares import NOBODY, Share, Spread

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from collabcare.domain.being_sought import Sought
    from collabcare.domain.loop_rates import ByTry, LoopMeasures
    from collabcare.domain.loop_report import LoopReport
    from collabcare.domain.loop_table import Cell

_NUMBERS = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth")


def measure_tables(report: LoopReport) -> tuple[LoopTable, ...]:
    """Return the tables of numbers, in which nobody is named but the practitioners."""
    shared = shared_tables(report)
    return (*shared, _practitioners(report)) if report.practitioners else shared


def shared_tables(report: LoopReport) -> tuple[LoopTable, ...]:
    """Return the tables that may leave the service: no line of one practitioner."""
    of = report.measures
    ended = (ended_table(report.ended),) if report.ended else ()
    return (
        *(caseload_table(report.caseload), improved_table(report.caseload), *ended),
        *(_summary(of), _attempts(of), _ways(of), _reasons(of), _appointments(of)),
    )


def sought_table(report: LoopReport) -> LoopTable:
    """Return who is still being sought, the longest first."""
    return LoopTable(
        id="sought",
        title="Still being sought",
        about="Everybody with an open search today, whatever the period; the longest first.",
        headings=("Patient", "Since", "Days", "Attempts", "Last attempt", "Promised", "Next step", "Held by"),
        rows=tuple(_sought(each, report) for each in report.sought),
    )


def returning_table(report: LoopReport) -> LoopTable:
    """Return whose care ended in the period and who may come straight back, the latest first."""
    return LoopTable(
        id="returning",
        title="Open to return",
        about="Care that ended in the period, of those who are not with us again. Until the day given they"
        " come back without a new referral.",
        headings=("Patient", "Ended", "Days", "Why", "Way back until", "Held by"),
        rows=tuple(
            (
                each.facts.patient.name,
                fmt_date(each.ended_on),
                (report.today - each.ended_on).days,
                each.why,
                fmt_date(each.until),
                each.facts.holder or "Nobody",
            )
            for each in report.returning
        ),
    )


def cell_words(cell: Cell) -> str:
    """Return a cell as it is shown inside the service."""
    if isinstance(cell, int):
        return f"{cell:,}"
    return cell if isinstance(cell, str) else cell.words


def shared_words(least: int) -> Callable[[Cell], str]:
    """Return how cells are shown outside it: to the nearest ``least``, and nothing that stands for fewer."""

    def count(number: int) -> str:
        if 0 < number < least:
            return f"fewer than {least}"
        return f"{_rounded(number, least):,}"

    def words(cell: Cell) -> str:
        if isinstance(cell, str):
            return cell
        if isinstance(cell, int):
            return count(cell)
        if isinstance(cell, Spread):
            return _shared_spread(cell, least)
        if 0 < cell.numerator < least or 0 < cell.denominator < least:
            return f"{count(cell.numerator)} of {count(cell.denominator)}"
        return Share(_rounded(cell.numerator, least), _rounded(cell.denominator, least)).words

    return words


def _rounded(number: int, to: int) -> int:
    return (2 * number + to) // (2 * to) * to


def _shared_spread(cell: Spread, least: int) -> str:
    """Return the middle alone: the least and the most are each somebody's own."""
    if cell.count == 0:
        return NOBODY
    return "not shown" if cell.count < least else f"median {cell.median_words}"


def _summary(of: LoopMeasures) -> LoopTable:
    soon = f"within {of.return_days} days"
    over = f"whose {of.return_days} days are over"
    return LoopTable(
        id="summary",
        title="Missed, reached, returned",
        about="Each missed appointment counts once. Who died or moved before they were reached stands apart.",
        headings=("Measure", "How many", "Of whom"),
        rows=(
            ("Appointments missed", of.missed, "did not attend, in the period"),
            (
                "Taken back, or entered in error",
                of.taken_back,
                "of all ever recorded as missed",
            ),
            ("People who missed them", of.people, "each counted once"),
            ("Reached, or in touch themselves", of.reached, "of all missed, without who died or moved first"),
            ("Somebody tried to reach them", of.tried, "of all missed, without who got in touch before that"),
            (f"Seen {soon} of the first attempt", of.returned_of_tried, f"of those tried {over}"),
            (f"Seen {soon}, tried or not", of.returned, f"of all missed {over}"),
            (f"The {of.return_days} days are not over", of.too_early, "not in the two lines above"),
            *(
                (FATE_WORDS[fate], share, "of all missed")
                for fate, share in of.fates
                if fate is not Fate.REACHED
            ),
            ("From the missed day to the first attempt", of.to_first_attempt, "of those tried"),
            ("From the missed day to contact", of.to_contact, "of those reached"),
            ("Promised days kept, on the day or later", of.promises, "of promised days gone by or kept"),
            ("Promised days still to come", of.promises_open, "not in the line above"),
        ),
    )


def _attempts(of: LoopMeasures) -> LoopTable:
    return LoopTable(
        id="attempts",
        title="By channel and attempt",
        about=f"Every attempt counts once. Seen {_soon(of)} of it: of those whose days are over. An answer"
        " to a letter, text or email counts for the one it answers; a voicemail counts as a call.",
        headings=("Attempts", "Made", "Reached the patient", f"Seen {_soon(of)}", "Missed day to reached"),
        rows=(
            _try("All attempts", of.attempts.all),
            *(_try(f"Attempt: {_number(n, of)}", each) for n, each in enumerate(of.attempts.by_number)),
            *_made(of.attempts.by_channel, lambda kind: f"Channel: {ROUTE_WORDS[Route(kind)]}"),
            *_made(of.attempts.by_outcome, lambda kind: f"Outcome: {ATTEMPT_WORDS[AttemptOutcome(kind)]}"),
        ),
    )


def _soon(of: LoopMeasures) -> str:
    return f"within {of.return_days} days"


def _made(lines: Iterable[ByTry], name: Callable[[str], str]) -> Iterator[tuple[Cell, ...]]:
    """Yield the lines of a split under which there is any attempt."""
    return (_try(name(str(each.kind)), each) for each in lines if each.attempts)


def _try(name: str, each: ByTry) -> tuple[Cell, ...]:
    return (name, each.attempts, each.reached, each.seen, each.days)


def _number(place: int, of: LoopMeasures) -> str:
    word = _NUMBERS[place].lower() if place < len(_NUMBERS) else f"number {place + 1}"
    return f"{word} and later" if place + 1 == len(of.attempts.by_number) else word


def _ways(of: LoopMeasures) -> LoopTable:
    others = {Touch.SEEN: "Came to an appointment", Touch.THEMSELVES: "Got in touch themselves"}
    return LoopTable(
        id="ways",
        title="How they were reached",
        about="The first time the patient was in touch after the missed appointment.",
        headings=("First in touch", "Of those reached", "Days from the missed appointment"),
        rows=tuple(
            (ROUTE_WORDS[way.way] if way.way else others[way.how], way.of_reached, way.days)
            for way in of.ways
            if way.of_reached.numerator
        ),
    )


def _reasons(of: LoopMeasures) -> LoopTable:
    return LoopTable(
        id="reasons",
        title="Why they had not come",
        about="As the patient or others said, of the missed appointments after which they were reached."
        " It says what would help, and counts against nobody.",
        headings=("Reason", "Of those reached"),
        rows=tuple((BECAUSE_WORDS[reason], share) for reason, share in of.reasons if share.denominator),
    )


_OUTCOME_NOTES = {
    AttendanceStatus.DID_NOT_ATTEND: "a search began",
    AttendanceStatus.CANCELLED_BY_PROVIDER: "ours to rebook, never counted against the patient",
    AttendanceStatus.CANCELLED_BY_PATIENT: "told us beforehand: not missed",
    AttendanceStatus.ARRIVED_LATE_NOT_SEEN: "came: not missed",
}


def _appointments(of: LoopMeasures) -> LoopTable:
    slots = of.appointments
    return LoopTable(
        id="appointments",
        title="Appointments",
        about="All appointments of the period whose outcome is recorded.",
        headings=("Outcome", "Of all with an outcome", "Note"),
        rows=(
            *((status.label, share, _OUTCOME_NOTES.get(status, "")) for status, share in slots.outcomes),
            ("Outcome not recorded yet", slots.unrecorded, "in no line above"),
            ("Given up because the patient had died", slots.after_death, "in no line above"),
            ("Moved to another time, the patient asked", slots.moved_by_patient, "counted at the new time"),
            ("Moved to another time, we asked", slots.moved_by_us, "counted at the new time"),
        ),
    )


def _practitioners(report: LoopReport) -> LoopTable:
    us, late = AttendanceStatus.CANCELLED_BY_PROVIDER, report.policy.return_days
    return LoopTable(
        id="practitioners",
        title="Practitioners",
        about="By who holds the patient, or held them when their care ended. They add up to the service.",
        headings=(
            "Held by",
            "Missed",
            "Taken back",
            "Reached",
            f"Seen within {late} days",
            "Cancelled by us",
            "To contact",
        ),
        rows=tuple(
            (
                *(name, of.missed, of.taken_back, of.reached),
                *(of.returned_of_tried, of.appointments.of(us), of.to_contact),
            )
            for name, of in report.practitioners
        ),
    )


def _sought(each: Sought, report: LoopReport) -> tuple[Cell, ...]:
    return (
        each.facts.patient.name,
        fmt_date(each.since),
        each.days,
        each.attempts,
        each.last_words,
        each.promise.sentence if each.promise else "None",
        each.step.when(report.today) if each.step else "None",
        each.facts.holder or "Nobody",
    )
