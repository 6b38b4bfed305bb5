"""One row of the caseload: the facts of a patient, and everything the rules say of them today.

The caseload screen, Today, the commands and the printed summary all show these rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from collabcare.domain.codes import AttendanceStatus
from collabcare.domain.due import Due, most_pressing, what_is_due
from collabcare.domain.outcomes import Reliable, change_between, standing_scores
from collabcare.domain.supervision import AgendaReason, agenda_reasons, last_discussed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from collabcare.domain.calendar import WorkingCalendar
    from collabcare.domain.facts import EpisodeFacts, MeasureFact
    from collabcare.domain.instruments import Instrument
    from collabcare.domain.pathway import Pathway


@dataclass(frozen=True, slots=True, kw_only=True)
class Rulebook:
    """What the rules read beside the facts: the service model, the questionnaires and the working days."""

    pathway: Pathway
    instruments: dict[str, Instrument]
    calendar: WorkingCalendar


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreCell:
    """One instrument in a caseload row: first, latest and the change (positive is better)."""

    instrument: str
    latest: str
    latest_on: date
    total: int | None
    first: int | None
    change: int | None
    reliable: Reliable
    history: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseloadRow:
    """One open patient: the facts, and everything the rules say of them today."""

    facts: EpisodeFacts
    today: date
    due: tuple[Due, ...]
    agenda: tuple[AgendaReason, ...]
    scores: dict[str, ScoreCell]
    last_seen: date | None
    next_booked: date | None
    dna_count: int
    last_discussed: date | None

    @property
    def overdue(self) -> tuple[Due, ...]:
        """Return what is late."""
        return tuple(due for due in self.due if due.is_overdue(self.today))

    @property
    def due_now(self) -> tuple[Due, ...]:
        """Return what is due by today."""
        return tuple(due for due in self.due if due.due_on <= self.today)

    @property
    def next_due(self) -> Due | None:
        """Return the thing to show when there is room for one."""
        return most_pressing(self.due, self.today)


def caseload_rows(facts: Iterable[EpisodeFacts], rulebook: Rulebook, today: date) -> list[CaseloadRow]:
    """Return the rows for facts already in memory."""
    return [caseload_row(each, rulebook, today) for each in facts]


def caseload_row(facts: EpisodeFacts, rulebook: Rulebook, today: date) -> CaseloadRow:
    """Work out one row."""
    attended = facts.attended
    booked = facts.next_booked(today)
    return CaseloadRow(
        facts=facts,
        today=today,
        due=what_is_due(facts, rulebook.pathway, rulebook.calendar, today=today),
        agenda=agenda_reasons(facts, rulebook.pathway, rulebook.calendar, today=today),
        scores=_scores(facts, rulebook.instruments),
        last_seen=attended[-1].on if attended else None,
        next_booked=booked.on if booked else None,
        dna_count=sum(c.status is AttendanceStatus.DID_NOT_ATTEND for c in facts.contacts),
        last_discussed=last_discussed(facts),
    )


def _scores(facts: EpisodeFacts, instruments: dict[str, Instrument]) -> dict[str, ScoreCell]:
    return {
        instrument.id: _cell(instrument, measures)
        for instrument in instruments.values()
        if (measures := facts.measures_of(instrument.id))
    }


def _cell(instrument: Instrument, measures: tuple[MeasureFact, ...]) -> ScoreCell:
    totals = tuple(measure.total for measure in standing_scores(measures) if measure.total is not None)
    change = change_between(instrument, totals[0], totals[-1]) if len(totals) > 1 else None
    return ScoreCell(
        instrument=instrument.id,
        latest=measures[-1].text,
        latest_on=measures[-1].taken_on,
        total=measures[-1].total,
        first=totals[0] if totals else None,
        change=change.change if change else None,
        reliable=change.reliable if change else Reliable.NONE,
        history=totals,
    )
