"""Patients whose care has ended and of whom something is still due: no other list would show them.

They are no part of the open caseload; Today lists them until the GP has the discharge summary, and until what
a form asked for that came in afterwards has been talked about, however long that takes. Who has died is not
on Today: the caseload's view of the dead holds them instead (:func:`listed`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, exists, or_, select

from collabcare.domain.caseload import CaseloadRow, caseload_rows
from collabcare.domain.caseload_filters import died_with_us
from collabcare.domain.codes import ClosureReason
from collabcare.domain.ids import EpisodeId
from collabcare.domain.letters import OF_AN_ENDING, SUMMARY
from collabcare.queries.facts import facts_of
from collabcare.store import models as m

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from collabcare.domain.rulebook import Rulebook


def owed_a_summary(session: Session, rulebook: Rulebook, today: date) -> tuple[CaseloadRow, ...]:
    """Return a row for each closed episode of which something is still due, by surname."""
    return _by_name(_owed(session, _candidates(session), rulebook, today))


def listed(open_rows: Iterable[CaseloadRow], ended: Iterable[CaseloadRow]) -> tuple[CaseloadRow, ...]:
    """Return the rows the caseload goes by: the open ones, and the dead whose GP is still owed a letter."""
    return (*open_rows, *(row for row in ended if died_with_us(row)))


def owed_again(
    session: Session,
    before: Sequence[CaseloadRow],
    changed: Collection[EpisodeId],
    rulebook: Rulebook,
    today: date,
) -> tuple[CaseloadRow, ...]:
    """Return the rows as they were ``before``, with those of these episodes read again, on the same day."""
    kept = [row for row in before if row.facts.episode_id not in changed]
    return _by_name([*kept, *_owed(session, _candidates(session, changed), rulebook, today)])


def _owed(
    session: Session, episodes: Collection[EpisodeId], rulebook: Rulebook, today: date
) -> list[CaseloadRow]:
    return [row for row in caseload_rows(facts_of(session, episodes), rulebook, today) if row.due]


def _by_name(rows: Iterable[CaseloadRow]) -> tuple[CaseloadRow, ...]:
    return tuple(sorted(rows, key=lambda row: row.facts.patient.name_order))


def _candidates(session: Session, among: Collection[EpisodeId] | None = None) -> list[EpisodeId]:
    """Return the closed episodes that no letter sums up, or with a conversation still to be had.

    The rule itself has the last word on each.
    """
    of_it = m.Letter.episode_id == m.Episode.id
    since = exists().where(of_it, m.Letter.kind.in_(OF_AN_ENDING), m.Letter.issued_on >= m.Episode.closed_on)
    unreached = m.Episode.closure_reason == ClosureReason.DID_NOT_ATTEND
    named = exists().where(
        of_it,
        m.ClosingReview.episode_id == m.Episode.id,
        m.ClosingReview.gp_letter_id == m.Letter.id,
        or_(m.Letter.kind == SUMMARY, and_(unreached, m.Letter.kind.in_(OF_AN_ENDING))),
    )
    talk = m.SafetyConversation
    asked = exists().where(talk.episode_id == m.Episode.id, talk.closed_on.is_(None))
    which = (
        select(m.Episode.id)
        .join(m.Patient, m.Patient.id == m.Episode.patient_id)
        .where(
            m.Episode.closed_on.is_not(None),
            or_(m.Patient.died_on.is_(None), m.Episode.closure_reason == ClosureReason.DIED),
            or_(asked, and_(m.Episode.rejection_reason.is_(None), ~since, ~named)),
        )
    )
    if among is not None:
        which = which.where(m.Episode.id.in_(among))
    return [EpisodeId(found) for found in session.scalars(which)]
