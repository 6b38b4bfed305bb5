"""The caseload: one row for each open patient, with what is due worked out by the one rule for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.caseload import CaseloadRow, ScoreCell, caseload_row, caseload_rows
from collabcare.domain.counting import uncounted
from collabcare.queries.facts import open_caseload_facts, open_caseload_parts, open_facts_beside
from collabcare.queries.grouped import collector_resting

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from collabcare.domain.counting import Counting
    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.ids import EpisodeId
    from collabcare.domain.rulebook import Rulebook

__all__ = [
    "CaseloadRow",
    "ScoreCell",
    "caseload",
    "caseload_afresh",
    "caseload_again",
    "caseload_row",
    "caseload_rows",
]


def caseload(session: Session, rulebook: Rulebook, today: date) -> list[CaseloadRow]:
    """Return every open patient by surname, in a fixed number of SELECTs."""
    facts = open_caseload_facts(session)
    with collector_resting():
        return caseload_rows(facts, rulebook, today)


def caseload_afresh(
    session: Session,
    before: Sequence[CaseloadRow],
    rulebook: Rulebook,
    today: date,
    counting: Counting = uncounted,
) -> list[CaseloadRow]:
    """Return the same as :func:`caseload`, with the rows ``before`` that still stand as they are.

    It reads a part of the patients at a time, and lets go of what it has already: two whole caseloads are
    never in memory together.

    Raises:
        Cancelled: When the user has stopped it.
    """
    known = {row.facts.episode_id: row for row in before}
    rows = []
    for facts in open_caseload_parts(session, counting):
        with collector_resting():
            rows += [_standing(known.get(each.episode_id), each, rulebook, today) for each in facts]
    return sorted(rows, key=lambda row: row.facts.patient.name_order)


def _standing(
    before: CaseloadRow | None, facts: EpisodeFacts, rulebook: Rulebook, today: date
) -> CaseloadRow:
    """Return the row as it was, if nothing it is worked out from is different; else a new one."""
    if before is None or before.facts != facts:
        return caseload_row(facts, rulebook, today)
    if before.today == today and before.rulebook is rulebook:
        return before
    return caseload_row(before.facts, rulebook, today)


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
