"""The caseload and the worklist as tables, JSON and CSV: the same rows as the screens, under stable keys."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

from collabcare.domain.caseload_columns import due_text
from collabcare.domain.display import fmt_count, fmt_date
from collabcare.domain.due_kinds import DUE_WORDS
from collabcare.domain.nhs_number import fmt_nhs_number
from collabcare.domain.spreadsheet import harmless

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from collabcare.domain.caseload import CaseloadRow
    from collabcare.domain.pathway import Pathway
    from collabcare.domain.rulebook import Rulebook
    from collabcare.domain.tally import Number
    from collabcare.queries.worklist import WorklistItem, WorklistSection

Value = str | int | float | None
Record = dict[str, Value]
WORKLIST_KEYS = (
    "kind",
    "episode_id",
    "nhs_number",
    "surname",
    "given_name",
    "holder",
    "due_on",
    "days_overdue",
    "why",
    "telephone",
    "contact_note",
)
_CASELOAD_BEFORE_SCORES = (
    "episode_id",
    "nhs_number",
    "surname",
    "given_name",
    "birth_date",
    "gp_practice",
    "phase",
    "step",
    "step_name",
    "step_since",
    "holder",
    "referral_received_on",
    "referral_source",
    "last_seen_on",
    "next_booked_on",
    "dna_count",
)
_CASELOAD_AFTER_SCORES = ("last_discussed_on", "due", "due_on", "days_overdue", "why", "overdue_count")

_OF_A_MEASURE = ("first", "latest", "latest_prorated", "latest_on", "change", "change_prorated")


def caseload_keys(pathway: Pathway) -> tuple[str, ...]:
    """Return the documented keys of a caseload record, in their order."""
    scores = [f"{instrument}_{part}" for instrument in pathway.measures for part in _OF_A_MEASURE]
    return (*_CASELOAD_BEFORE_SCORES, *scores, *_CASELOAD_AFTER_SCORES)


def caseload_record(row: CaseloadRow, pathway: Pathway) -> Record:
    """Return one open patient under the documented keys."""
    facts, patient, due = row.facts, row.facts.patient, row.next_due
    record: Record = {
        "episode_id": facts.episode_id,
        "nhs_number": patient.nhs_number,
        "surname": patient.surname,
        "given_name": patient.given_name,
        "birth_date": patient.birth_date.isoformat(),
        "gp_practice": patient.gp_practice_name,
        "phase": facts.phase.value,
        "step": facts.step,
        "step_name": pathway.step(facts.step).name,
        "step_since": facts.step_since.isoformat(),
        "holder": facts.holder,
        "referral_received_on": facts.referral_received_on.isoformat(),
        "referral_source": facts.referral_source.value,
        "last_seen_on": _iso(row.last_seen),
        "next_booked_on": _iso(row.next_booked),
        "dna_count": row.dna_count,
    }
    for instrument in pathway.measures:
        cell = row.scores.get(instrument)
        record[f"{instrument}_first"] = _number(cell.first) if cell else None
        record[f"{instrument}_latest"] = _number(cell.total) if cell else None
        record[f"{instrument}_latest_prorated"] = cell.newest.prorated if cell else None
        record[f"{instrument}_latest_on"] = _iso(cell.latest_on) if cell else None
        record[f"{instrument}_change"] = _number(cell.change) if cell else None
        record[f"{instrument}_change_prorated"] = (
            cell.change_prorated if cell and cell.moved is not None else None
        )
    record |= {
        "last_discussed_on": _iso(row.last_discussed),
        "due": due.kind.value if due else None,
        "due_on": _iso(due.due_on) if due else None,
        "days_overdue": due.overdue_days(row.today) if due else None,
        "why": due.why if due else None,
        "overdue_count": len(row.overdue),
    }
    return record


def worklist_records(sections: Iterable[WorklistSection]) -> list[Record]:
    """Return everything due under the documented keys, in the order of the Today screen."""
    return [_worklist_record(item) for section in sections for item in section.items]


def caseload_table(rows: Sequence[CaseloadRow], rulebook: Rulebook) -> str:
    """Return the caseload as a table to read."""
    pathway = rulebook.pathway
    scales = [rulebook.instruments[name].name for name in pathway.measures]
    lines = [
        (
            row.facts.patient.name,
            fmt_nhs_number(row.facts.patient.nhs_number),
            f"{row.facts.step} {pathway.step(row.facts.step).name}",
            row.facts.holder or "Nobody",
            fmt_date(row.last_seen) if row.last_seen else "Not yet",
            *(row.scores[i].latest if i in row.scores else "--" for i in pathway.measures),
            due_text(row) or "Nothing",
        )
        for row in rows
    ]
    heads = (
        "Patient",
        "NHS No.",
        "Step",
        "Held by",
        "Last seen",
        *scales,
        "Due",
    )
    late = sum(bool(row.overdue) for row in rows)
    return (
        f"{text_table(heads, lines)}\n{fmt_count(len(rows), 'open patient')}, {late} with something overdue"
    )


def worklist_table(sections: Iterable[WorklistSection]) -> str:
    """Return the worklist as a table to read, a heading for each kind."""
    parts: list[str] = []
    for section in sections:
        lines = [
            (item.row.facts.patient.name, item.when, item.due.why, item.row.facts.holder or "Nobody")
            for item in section.items
        ]
        title = f"{DUE_WORDS[section.kind]} ({len(lines)})"
        parts.append(
            f"{title}\n{text_table(('Patient', 'When', 'Why', 'Held by'), lines)}"
            if lines
            else f"{title}\nNone"
        )
    return "\n\n".join(parts)


def as_json(records: Sequence[Record]) -> str:
    """Return the records as a JSON list."""
    return json.dumps(records, ensure_ascii=False, indent=2)


def as_csv(records: Sequence[Record], keys: Sequence[str]) -> str:
    """Return the records as CSV with a heading row; a text a spreadsheet would run as a formula is quoted.

    A blank stays blank: it is never written as zero.
    """
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=keys, lineterminator="\r\n")
    writer.writeheader()
    for record in records:
        writer.writerow({key: _cell(value) for key, value in record.items()})
    return out.getvalue()


def _worklist_record(item: WorklistItem) -> Record:
    facts, patient = item.row.facts, item.row.facts.patient
    return {
        "kind": item.due.kind.value,
        "episode_id": facts.episode_id,
        "nhs_number": patient.nhs_number,
        "surname": patient.surname,
        "given_name": patient.given_name,
        "holder": facts.holder,
        "due_on": item.due.due_on.isoformat(),
        "days_overdue": item.due.overdue_days(item.row.today),
        "why": item.due.why,
        "telephone": patient.number_to_ring,
        "contact_note": patient.contact_note,
    }


def _cell(value: Value) -> Value:
    return harmless(value) if isinstance(value, str) else value


def text_table(heads: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    """Return lines of cells under their headings, each column as wide as it needs."""
    widths = [max(len(cell) for cell in column) for column in zip(heads, *lines, strict=True)]

    def line(cells: Sequence[str]) -> str:
        return "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()

    return "\n".join(
        (line(heads), line(["-" * width for width in widths]), *(line(cells) for cells in lines))
    )


def _number(total: Number | None) -> int | float | None:
    """Return a total as JSON writes numbers: a mean or a metric is a decimal there too."""
    return total if total is None or isinstance(total, int) else float(total)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
