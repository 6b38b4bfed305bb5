"""What the measures of reaching people again read: five SELECTs however many patients, open and closed."""

from __future__ import annotations

from collections import defaultdict
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import case, or_, select
from sqlalchemy.orm import aliased

from collabcare.domain.attendance import Side
from collabcare.domain.codes import AttendanceStatus, ClosureReason
from collabcare.domain.counting import uncounted
from collabcare.domain.loop_facts import Appointment, LoopEpisode
from collabcare.domain.loop_report import loop_report
from collabcare.domain.typed_text import says_something
from collabcare.queries import care_facts as care
from collabcare.queries.care_facts import BECAUSE
from collabcare.queries.grouped import by_code_or_none, collector_resting, columns_of, grouped
from collabcare.store import models as m

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from collabcare.domain.caseload import CaseloadRow
    from collabcare.domain.counting import Counting
    from collabcare.domain.loop_facts import LoopPolicy
    from collabcare.domain.loop_report import LoopAsked, LoopReport
    from collabcare.queries.grouped import AnySelect, Grouped

SELECTS = 5
"""How many SELECTs it takes, of any number of patients."""

_STATUS = by_code_or_none(AttendanceStatus)
_REASON = by_code_or_none(ClosureReason)
_SIDE = by_code_or_none(Side)


def loop_episodes(session: Session, since: date, counting: Counting = uncounted) -> list[LoopEpisode]:
    """Return every episode that has an appointment from a day on, with those appointments and its searches.

    An appointment entered in error is left out, but for the day of one that was recorded as missed; and so is
    a search that was over before that day.

    Raises:
        Cancelled: When the user has stopped it, between two SELECTs.
    """
    session.flush()  # the SELECTs go past the ORM, which would see to it
    with collector_resting():
        booked, taken_back = _booked(session, since), grouped(session, _taken_back(since), lambda row: row[1])
        counting(0, 0)
        attempts = grouped(session, care.attempts(_not_over(since)), care.attempt)
        searches = grouped(
            session, care.ladders(_not_over(since)), lambda row: care.ladder(row, attempts, {})
        )
        counting(0, 0)
        rows = session.connection().execute(_episodes()).all()
        return [
            LoopEpisode(
                episode_id=episode_id,
                patient_id=patient_id,
                holder_id=holder_id,
                holder=holder,
                died_on=died_on,
                closed_on=closed_on,
                closure_reason=_REASON[reason],
                appointments=tuple(each for each in booked.get(episode_id, ()) if each.moved_on is None),
                moved=tuple(each for each in booked.get(episode_id, ()) if each.moved_on is not None),
                searches=searches.get(episode_id, ()),
                taken_back=taken_back.get(episode_id, ()),
            )
            for episode_id, patient_id, holder_id, holder, died_on, closed_on, reason in rows
            if episode_id in booked or episode_id in taken_back
        ]


def read_loop_report(
    session: Session,
    asked: LoopAsked,
    rows: Iterable[CaseloadRow],
    policy: LoopPolicy,
    counting: Counting = uncounted,
) -> LoopReport:
    """Return the report asked for; ``rows`` are the open caseload, which knows who is still being sought.

    Raises:
        Cancelled: When the user has stopped it.
    """
    with collector_resting():
        episodes = loop_episodes(session, asked.period.first, counting)
        return loop_report(asked, episodes, rows, policy, counting)


def _not_over(since: date) -> ColumnElement[bool]:
    return or_(m.Ladder.closed_on.is_(None), m.Ladder.closed_on >= since)


def _appointments(since: date) -> AnySelect:
    slot = m.Contact
    return (
        select(
            slot.episode_id,
            slot.id,
            slot.on_date,
            slot.at_time,
            slot.attendance,
            slot.cancelled_on,
            case((slot.contacted_after, slot.note), else_=""),
            slot.moved_on,
            slot.moved_asked_by,
            slot.missed_because,
        )
        .where(slot.on_date >= since, slot.voided_reason.is_(None))
        .order_by(slot.on_date, slot.at_time, slot.id)
    )


def _taken_back(since: date) -> AnySelect:
    """Select the days of what was recorded as missed and then taken back, but for what was missed again."""
    slot, again = m.Contact, aliased(m.Contact)
    missed = AttendanceStatus.DID_NOT_ATTEND
    return (
        select(slot.episode_id, slot.on_date)
        .outerjoin(again, (again.moved_from_id == slot.id) & (again.attendance == missed))
        .where(slot.on_date >= since, slot.voided_reason.is_not(None), slot.attendance == missed)
        .where(again.id.is_(None))
        .order_by(slot.on_date, slot.id)
    )


def _booked(session: Session, since: date) -> Grouped[Appointment]:
    """Return the appointments by episode; the rows are many, so they are made column by column."""
    columns = columns_of(session, _appointments(since))
    owners, keys, days, times, statuses, cancelled, heard, moved_on, asked_by, because = columns
    sides, reasons = map(_SIDE.__getitem__, asked_by), map(BECAUSE.__getitem__, because)
    coded = (
        map(_STATUS.__getitem__, statuses),
        cancelled,
        map(says_something, heard),
        moved_on,
        sides,
        reasons,
    )
    made = map(
        partial(tuple.__new__, Appointment),  # the same as calling the class, in a third of the time
        zip(keys, days, times, *coded, [None] * len(keys), strict=True),
    )
    found: defaultdict[int, list[Appointment]] = defaultdict(list)
    for owner, each in zip(owners, made, strict=True):
        found[owner].append(each)
    return {owner: tuple(slots) for owner, slots in found.items()}


def _episodes() -> AnySelect:
    """Select every episode: to ask here which of them had an appointment would read those once more."""
    episode = m.Episode
    return (
        select(
            episode.id,
            episode.patient_id,
            episode.holder_id,
            m.UserAccount.name,
            m.Patient.died_on,
            episode.closed_on,
            episode.closure_reason,
        )
        .join(m.Patient, m.Patient.id == episode.patient_id)
        .outerjoin(m.UserAccount, m.UserAccount.id == episode.holder_id)
        .order_by(episode.id)
    )
