"""The caseload: one row for each open patient, with what is due worked out by the one rule for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.caseload import CaseloadRow, ScoreCell, caseload_row, caseload_rows
from collabcare.queries.facts import open_caseload_facts
from collabcare.queries.grouped import collector_resting

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

    from collabcare.domain.rulebook import Rulebook

__all__ = ["CaseloadRow", "ScoreCell", "caseload", "caseload_row", "caseload_rows"]


def caseload(session: Session, rulebook: Rulebook, today: date) -> list[CaseloadRow]:
    """Return every open patient by surname, in a fixed number of SELECTs."""
    facts = open_caseload_facts(session)
    with collector_resting():
        return caseload_rows(facts, rulebook, today)
