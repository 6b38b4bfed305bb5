"""The whole report on the caseload: who is open, whose care ended, and who was missed and reached again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import select

from collabcare.domain.caseload_figures import ended_figures
from collabcare.domain.caseload_filters import is_open
from collabcare.domain.counting import uncounted
from collabcare.domain.ids import EpisodeId
from collabcare.domain.open_to_return import open_to_return
from collabcare.queries.facts import facts_of
from collabcare.queries.loop import read_loop_report
from collabcare.store import models as m

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlalchemy.orm import Session

    from collabcare.domain.caseload import CaseloadRow
    from collabcare.domain.counting import Counting
    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.loop_report import LoopAsked, LoopReport
    from collabcare.domain.rulebook import Rulebook

_AT_A_TIME = 200
"""Episodes whose facts are read between two looks at whether the user has stopped it."""


def read_caseload_report(
    session: Session,
    asked: LoopAsked,
    rows: Iterable[CaseloadRow],
    rulebook: Rulebook,
    counting: Counting = uncounted,
) -> LoopReport:
    """Return the report asked for; ``rows`` are the caseload as every list shows it.

    Raises:
        Cancelled: When the user has stopped it.
    """
    shown = list(rows)
    report = read_loop_report(session, asked, shown, rulebook.loop, counting)
    ended = list(_ended(session, asked, counting))
    in_care = {row.facts.patient.patient_id for row in shown if is_open(row)}
    return replace(
        report,
        ended=ended_figures(ended, rulebook.instruments, rulebook.talking_therapies),
        returning=open_to_return(ended, in_care, rulebook.relapse, today=asked.today),
    )


def _ended(session: Session, asked: LoopAsked, counting: Counting) -> Iterator[EpisodeFacts]:
    """Give the facts of the episodes that ended in the period, some at a time."""
    period = asked.period
    which = select(m.Episode.id).where(m.Episode.closed_on.between(period.first, period.last))
    if asked.only is not None:
        which = which.where(m.Episode.holder_id == asked.only.user_id)
    keys = [EpisodeId(key) for key in session.scalars(which.order_by(m.Episode.id))]
    for first in range(0, len(keys), _AT_A_TIME):
        counting(first, len(keys))
        yield from facts_of(session, keys[first : first + _AT_A_TIME])
