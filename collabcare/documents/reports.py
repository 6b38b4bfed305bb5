"""The caseload on paper, for supervision: the rows the screen shows, in the order it shows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from collabcare.domain.counting import uncounted
from collabcare.domain.display import fmt_count, fmt_date, fmt_date_long, fmt_lasting
from collabcare.domain.due_kinds import DUE_WORDS
from collabcare.domain.nhs_number import fmt_nhs_number
from collabcare.domain.outcomes import Reliable
from collabcare.domain.story_chart import story_chart, story_measures

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from collabcare.domain.caseload import CaseloadRow, ScoreCell
    from collabcare.domain.counting import Counting
    from collabcare.domain.instruments import Instrument
    from collabcare.domain.pathway import Pathway
    from collabcare.domain.rulebook import Rulebook
    from collabcare.domain.story_chart import StoryChart

_MOST_MEASURES = 3
"""How many measures stand under one another in a picture on paper."""
_NOTHING = "–"
_NOTHING_DUE = "Nothing due"


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryHeading:
    """What the summary says of itself: whose it is, as at which day, and which patients are in it.

    ``rulebook`` is given when the story of each patient is to follow the table, as a picture and as a table.
    """

    service: str
    today: date
    filter_text: str
    pathway: Pathway
    instruments: Mapping[str, Instrument]
    is_demo: bool
    rulebook: Rulebook | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryStory:
    """The story of one patient in the summary: whose it is, and its drawing."""

    heading: str
    whose: str
    scene: StoryChart


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryTable:
    """The summary put into words, not yet drawn; a line break in a cell is kept."""

    title: str
    service: str
    day: date
    about: tuple[str, ...]
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    is_demo: bool
    stories: tuple[SummaryStory, ...] = ()


def caseload_summary_pdf(
    rows: Sequence[CaseloadRow], heading: SummaryHeading, counting: Counting = uncounted
) -> bytes:
    """Draw the caseload as a table on landscape A4, telling ``counting`` how many patients are done.

    Raises:
        RuleViolation: When a character has no print.
        Cancelled: When it is stopped.
    """
    from collabcare.documents.pdf.caseload_pages import caseload_pdf

    return caseload_pdf(summary_table(rows, heading), counting)


def summary_table(rows: Sequence[CaseloadRow], heading: SummaryHeading) -> SummaryTable:
    """Put the rows into words."""
    measures = [heading.instruments[name] for name in heading.pathway.measures]
    headings = ("Patient", "Step", "Held by", "Last seen", "Next booked")
    return SummaryTable(
        title="Caseload summary",
        service=heading.service,
        day=heading.today,
        about=(
            f"Data as at {fmt_date_long(heading.today, weekday=True)}. {fmt_count(len(rows), 'patient')}.",
            heading.filter_text,
        ),
        headings=(*headings, *(m.name for m in measures), "Missed", "Due", "Last discussed"),
        rows=tuple(_row(row, heading, measures) for row in rows),
        is_demo=heading.is_demo,
        stories=tuple(_stories(rows, heading)),
    )


def _stories(rows: Sequence[CaseloadRow], heading: SummaryHeading) -> Iterator[SummaryStory]:
    if (rulebook := heading.rulebook) is None:
        return
    for row in rows:
        facts, patient = row.facts, row.facts.patient
        if measures := story_measures(facts, rulebook):
            first, *others = measures[:_MOST_MEASURES]
            scene = story_chart(facts, first, rulebook, today=heading.today, more=others)
            number = f"NHS number {fmt_nhs_number(patient.nhs_number)}"
            yield SummaryStory(
                heading=f"{patient.name}, born {fmt_date(patient.birth_date)}, {number}",
                whose=f"{patient.name}, {number}",
                scene=scene,
            )


def caseload_summary_name(today: date) -> str:
    """Return a name for the file that says nothing of a patient: ``caseload-summary-2026-11-21.pdf``."""
    return f"caseload-summary-{today.isoformat()}.pdf"


def _row(row: CaseloadRow, heading: SummaryHeading, measures: Sequence[Instrument]) -> tuple[str, ...]:
    facts = row.facts
    return (
        f"{facts.patient.name}\n{fmt_nhs_number(facts.patient.nhs_number)}",
        f"{heading.pathway.step(facts.step).name}\n{fmt_lasting(facts.step_since, heading.today)}",
        facts.holder or "Nobody yet",
        _day(row.last_seen, "Not yet"),
        _day(row.next_booked, "Nothing"),
        *(score_text(row.scores.get(measure.id)) for measure in measures),
        str(row.dna_count) if row.dna_count else _NOTHING,
        _due(row),
        _day(row.last_discussed, "Not yet"),
    )


def score_text(cell: ScoreCell | None) -> str:
    """Write first and latest with the change in words, so that no sign has to be read the right way round."""
    if cell is None:
        return _NOTHING
    latest = f"{cell.latest}\n{fmt_date(cell.latest_on)}"
    if cell.total is None and cell.history:
        return f"{latest}\nlast score {cell.last_words}"
    if cell.total is None or cell.change is None or cell.first is None:
        return latest
    way = "better" if cell.change > 0 else "worse"
    words = f"{way} by {abs(cell.change)}" if cell.change else "no change"
    sure = ", reliably" if cell.reliable in {Reliable.IMPROVEMENT, Reliable.DETERIORATION} else ""
    return f"{cell.first_words} to {cell.latest}\n{words}{sure}"


def _due(row: CaseloadRow) -> str:
    """List what is due by today, each with when; a row with nothing due says what comes next."""
    shown = row.due_now or ((row.next_due,) if row.next_due else ())
    lines = [f"{DUE_WORDS[due.kind]} {fmt_date(due.due_on)}, {_whole(due.when(row.today))}" for due in shown]
    return "\n".join(lines) or _NOTHING_DUE


def _whole(text: str) -> str:
    """Return text that is not broken over two lines."""
    return text.replace(" ", "\N{NO-BREAK SPACE}")


def _day(day: date | None, otherwise: str) -> str:
    return fmt_date(day) if day else otherwise
