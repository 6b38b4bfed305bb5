"""The report on the caseload on paper and as a spreadsheet: the tables of the screen.

What leaves the service is another page: rounded, without small numbers, without a line of one practitioner or
patient.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.documents.csv_text import csv_sheet
from collabcare.documents.tabled import Stamp, TabledPage, TabledPart, tabled_pdf
from collabcare.domain.counting import counted, uncounted
from collabcare.domain.loop_tables import (
    cell_words,
    measure_tables,
    returning_table,
    shared_tables,
    shared_words,
    sought_table,
)
from collabcare.domain.shares import Share, Spread

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from collabcare.domain.counting import Counting
    from collabcare.domain.loop_report import LoopReport
    from collabcare.domain.loop_table import Cell, LoopTable

    Value = str | int | float | None
    Record = dict[str, Value]

TITLE = "Report on the caseload"
_SHARES = {
    "caseload": (4.6, 3.6, 5.4),
    "improved": (2.6, 2.8, 2.8, 2.8, 2.8),
    "ended": (4.6, 3.6, 5.4),
    "summary": (4.6, 3.6, 5.4),
    "attempts": (4.2, 1.2, 2.8, 2.8, 4.0),
    "ways": (4.6, 3.6, 5.4),
    "reasons": (8.2, 5.4),
    "appointments": (4.6, 3.6, 5.4),
    "practitioners": (2.9, 1.2, 2.2, 2.2, 2.2, 2.2, 3.1),
    "returning": (4.3, 2.0, 1.0, 4.6, 2.2, 2.6),
    "sought": (4.3, 1.9, 0.9, 1.5, 3.8, 3.1, 2.0, 2.1),
}
NUMBER_KEYS = (
    *("period_from", "period_to", "whose", "data_as_at", "table", "line", "measure", "value"),
    *("numerator", "denominator", "percent", "days_counted", "days_median", "days_least", "days_most"),
)
"""The documented keys of one number; a share has its numerator and denominator, days their own four."""

SOUGHT_KEYS = (
    *("episode_id", "nhs_number", "surname", "given_name", "since", "days", "attempts", "last_attempt"),
    *("promised", "next_step_due_on", "holder"),
)
"""The documented keys of one patient who is still being sought."""


def loop_pdf(report: LoopReport, stamp: Stamp, counting: Counting = uncounted) -> bytes:
    """Draw everything for use inside the service, with who is still being sought and who may return.

    Raises:
        RuleViolation: When a character has no print.
        Cancelled: When the user has stopped it.
    """
    tables = (*measure_tables(report), sought_table(report), returning_table(report))
    about = (f"{stamp.service}. {report.stamp}", report.sentence)
    page = _page(tables, cell_words, about, stamp, "Confidential: destroy after use.")
    return tabled_pdf(page, counting)


def shared_loop_pdf(report: LoopReport, stamp: Stamp, counting: Counting = uncounted) -> bytes:
    """Draw what may leave the service.

    Raises:
        RuleViolation: When a character has no print.
        Cancelled: When the user has stopped it.
    """
    least = report.policy.least_shared
    rounded = f"Numbers are rounded to the nearest {least}; what stands for fewer than {least} is not given."
    about = (f"{stamp.service}. {report.stamp}", rounded)
    return tabled_pdf(_page(shared_tables(report), shared_words(least), about, stamp, rounded), counting)


def loop_numbers_csv(report: LoopReport, stamp: Stamp, counting: Counting = uncounted) -> bytes:
    """Write every number of the report, one to a line, each share by its numerator and denominator."""
    records = counted(loop_records(report), counting)
    rows = [tuple(record[key] for key in NUMBER_KEYS) for record in records]
    return csv_sheet(_about_csv(report, stamp), NUMBER_KEYS, rows)


def sought_csv(report: LoopReport, stamp: Stamp, counting: Counting = uncounted) -> bytes:
    """Write who is still being sought as it is seen."""
    return _named_csv(sought_table(report), report, stamp, counting)


def returning_csv(report: LoopReport, stamp: Stamp, counting: Counting = uncounted) -> bytes:
    """Write who may come straight back as it is seen."""
    return _named_csv(returning_table(report), report, stamp, counting)


def _named_csv(table: LoopTable, report: LoopReport, stamp: Stamp, counting: Counting) -> bytes:
    rows = [tuple(cell_words(cell) for cell in row) for row in counted(table.rows, counting)]
    return csv_sheet(_about_csv(report, stamp), table.headings, rows)


def sought_records(report: LoopReport) -> list[Record]:
    """Return who is still being sought under the documented keys, the longest first."""
    return [
        {
            "episode_id": each.facts.episode_id,
            "nhs_number": each.facts.patient.nhs_number,
            "surname": each.facts.patient.surname,
            "given_name": each.facts.patient.given_name,
            "since": each.since.isoformat(),
            "days": each.days,
            "attempts": each.attempts,
            "last_attempt": each.last_words if each.last else None,
            "promised": each.promise.sentence if each.promise else None,
            "next_step_due_on": each.step.due_on.isoformat() if each.step else None,
            "holder": each.facts.holder,
        }
        for each in report.sought
    ]


def loop_records(report: LoopReport) -> list[Record]:
    """Return every number of the report under the documented keys."""
    about: Record = {
        "period_from": report.period.first.isoformat(),
        "period_to": report.period.last.isoformat(),
        "whose": report.whose,
        "data_as_at": report.today.isoformat(),
    }
    return [
        {**dict.fromkeys(NUMBER_KEYS), **about, **found}
        for table in measure_tables(report)
        for found in _numbers(table)
    ]


def loop_file_name(kind: str, day: date) -> str:
    """Return a name for the file that says nothing of a patient: ``caseload-report-2026-11-25.pdf``."""
    return f"caseload-report-{day.isoformat()}.{kind}"


def _page(
    tables: Iterable[LoopTable],
    words: Callable[[Cell], str],
    about: tuple[str, ...],
    stamp: Stamp,
    foot: str,
) -> TabledPage:
    parts = tuple(
        TabledPart(
            title=table.title,
            about=table.about,
            headings=table.headings,
            rows=tuple(tuple(words(cell) for cell in row) for row in table.rows),
            shares=_SHARES[table.id],
        )
        for table in tables
    )
    return TabledPage(
        title=f"{TITLE}: {stamp.service}",
        stamp=stamp,
        about=about,
        parts=parts,
        foot=f"{stamp.service}. {foot}",
    )


def _about_csv(report: LoopReport, stamp: Stamp) -> str:
    demo = " (demo)" if stamp.is_demo else ""
    return f"{TITLE}. {stamp.service}{demo}. {report.stamp} {stamp.words} Confidential: delete after use."


def _numbers(table: LoopTable) -> Iterator[Record]:
    for name, *cells in table.rows:
        for heading, cell in zip(table.headings[1:], cells, strict=True):
            if not isinstance(cell, str):
                yield {"table": table.id, "line": cell_words(name), "measure": heading, **_number(cell)}


def _number(cell: int | Share | Spread) -> Record:
    if isinstance(cell, Share):
        return {
            "numerator": cell.numerator,
            "denominator": cell.denominator,
            "percent": cell.percent or None,
        }
    if isinstance(cell, Spread):
        if not cell.count:
            return {"days_counted": 0}
        return {
            "days_counted": cell.count,
            "days_median": float(cell.median),
            "days_least": cell.least,
            "days_most": cell.most,
        }
    return {"value": cell}
