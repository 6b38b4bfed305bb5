"""The weekly supervision list: one row for each case that comes, in the order cases are taken."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from collabcare.domain.triggers import TRIGGER_PLACE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from collabcare.domain.caseload import CaseloadRow


def agenda(rows: Iterable[CaseloadRow]) -> tuple[CaseloadRow, ...]:
    """Return the cases that come to supervision: by their first reason, then longest since discussed.

    A case never discussed has waited longest. One row holds all reasons of its case. Never sorted by a
    score or an answer.
    """
    return tuple(sorted((row for row in rows if row.triggers), key=_place))


def _place(row: CaseloadRow) -> tuple[int, date, tuple[str, str], int]:
    facts = row.facts
    return (
        TRIGGER_PLACE[row.triggers[0]],
        row.last_discussed or date.min,
        facts.patient.name_order,
        facts.episode_id,
    )
