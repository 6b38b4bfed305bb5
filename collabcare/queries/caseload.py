"""The caseload: one row for each open patient, with what is due worked out by the one rule for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.caseload import CaseloadRow, ScoreCell, caseload_row, caseload_rows
from collabcare.queries.facts import open_caseload_facts, open_facts_beside
from collabcare.queries.grouped import collector_resting

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from collabcare.domain.ids import EpisodeId
    from collabcare.domain.rulebook import Rulebook

__all__ = ["CaseloadRow", "ScoreCell", "caseload", "caseload_again", "caseload_row", "caseload_rows"]


def caseload(session: Session, rulebook: Rulebook, today: date) -> list[CaseloadRow]:
    """Return every open patient by surname, in a fixed number of SELECTs."""
    facts = open_caseload_facts(session)
    with collector_resting():
        return caseload_rows(facts, rulebook, today)


def caseload_again(
    session: Session,
    before: Sequence[CaseloadRow],
    changed: Collection[EpisodeId],
    rulebook: Rulebook,
    today: date,
) -> list[CaseloadRow]:
    """Return the caseload as it was ``before``, with the rows of these episodes' patients read again.

    As much is read as was changed, however large the caseload is. It is for changes to those patients' care
    on the same day; a change to what many rows share (a name, a day off) needs :func:`caseload`.
    """
    facts = open_facts_beside(session, changed)
    read = {each.patient.patient_id for each in facts}
    kept = [
        row
        for row in before
        if row.facts.patient.patient_id not in read and row.facts.episode_id not in changed
    ]
    with collector_resting():
        rows = kept + [caseload_row(each, rulebook, today) for each in facts]
    return sorted(rows, key=lambda row: row.facts.patient.name_order)
