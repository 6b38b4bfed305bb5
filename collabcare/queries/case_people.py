"""Whose accounts there are, and from the audit trail who held a case, recorded a death or signed a handover.

Read only for the few cases in which somebody else's word is asked for.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from sqlalchemy import and_, or_, select

from collabcare.domain.calendar import london_date
from collabcare.domain.case_people import Account, CasePeople, DeathNoted, Held, Signed
from collabcare.domain.changes import Kind
from collabcare.domain.ids import UserId
from collabcare.store import models as m

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import date, datetime

    from sqlalchemy.orm import Session

PEOPLE_SELECTS = 3
"""How many SELECTs they take, for any number of cases; one more for a case taken from nobody knows whom."""
RECORDING_DEATH, SIGNING_OFF = "Record death", "Sign off proposal"
ALLOCATING, REASSIGNING = "Allocate", "Reassign"
LOGGING, ANSWERING = "Log attempt to reach", "Record reply of patient"
"""Sentences of the audit trail by which it is known who did what."""
_DEATHS = (RECORDING_DEATH, LOGGING, ANSWERING)
_HANDING = (ALLOCATING, REASSIGNING)


class _Entry(NamedTuple):
    kind: str
    subject_id: int | None
    actor_id: int | None
    action: str
    at: datetime
    episode_id: int | None
    patient_id: int | None


_Trail: TypeAlias = "Sequence[_Entry]"


def accounts(session: Session) -> tuple[Account, ...]:
    """Return every account, of leavers too, with who made it and when."""
    user = m.UserAccount
    found = session.execute(select(user.id, user.made_by, user.created_at).order_by(user.id))
    return tuple(
        Account(UserId(row.id), None if row.made_by is None else UserId(row.made_by), row.created_at)
        for row in found
    )


def case_people(session: Session, episodes: Collection[int]) -> dict[int, CasePeople]:
    """Return the people of these cases by episode; nothing is read for none."""
    if not episodes:
        return {}
    of = {
        row.id: row
        for row in session.execute(
            select(m.Episode.id, m.Episode.patient_id, m.Episode.allocated_on).where(
                m.Episode.id.in_(episodes)
            )
        )
    }
    everybody, trail = accounts(session), _trail(session, {row.patient_id for row in of.values()})
    return {
        key: CasePeople(
            accounts=everybody,
            held=tuple(_held(session, key, row.allocated_on, trail[row.patient_id])),
            death=_death(trail[row.patient_id]),
            signed=tuple(
                Signed(each.subject_id, each.at)
                for each in trail[row.patient_id]
                if each.kind == Kind.PROPOSAL and each.episode_id == key and each.subject_id is not None
            ),
        )
        for key, row in of.items()
    }


def _trail(session: Session, patients: Collection[int]) -> Mapping[int | None, _Trail]:
    entry = m.AuditEntry
    asked = or_(
        and_(entry.kind == Kind.USER, entry.episode_id.is_not(None)),
        and_(entry.kind == Kind.EPISODE, entry.action.in_(_HANDING)),
        and_(entry.kind == Kind.PATIENT, entry.action.in_(_DEATHS)),
        and_(entry.kind == Kind.PROPOSAL, entry.action == SIGNING_OFF),
    )
    columns = [getattr(entry, name) for name in _Entry._fields]
    found: defaultdict[int | None, list[_Entry]] = defaultdict(list)
    for row in session.execute(
        select(*columns).where(entry.patient_id.in_(patients), asked).order_by(entry.id)
    ):
        found[row.patient_id].append(_Entry(*row))
    return found


def _held(session: Session, episode_id: int, allocated_on: date | None, trail: _Trail) -> Iterable[Held]:
    """Yield who gave the case away.

    It was not always kept from whom a case was taken. Where it is not, that was one of those who recorded
    what became of its contacts until then: each of them counts.
    """
    mine = [each for each in trail if each.episode_id == episode_id]
    kept = {each.at for each in mine if each.kind == Kind.USER}
    for each in mine:
        if each.kind == Kind.USER and each.subject_id is not None:
            yield Held(UserId(each.subject_id), each.at)
    unknown = [each.at for each in mine if each.kind == Kind.EPISODE and each.at not in kept]
    if unknown and london_date(unknown[0]) == allocated_on:
        unknown = unknown[1:]  # it was given to the first of all: nobody gave it away
    if unknown:
        yield from _recorded_until(session, episode_id, unknown[-1])


def _recorded_until(session: Session, episode_id: int, until: datetime) -> Iterable[Held]:
    contact = m.Contact
    recorded = session.scalars(
        select(contact.practitioner_id)
        .where(contact.episode_id == episode_id, contact.recorded_at <= until)
        .distinct()
    )
    return [Held(UserId(each), until) for each in recorded]


def _death(trail: _Trail) -> DeathNoted:
    """Return who recorded a death last and when it was last recorded, by a form of its own or in a try."""
    deaths = [each for each in trail if each.kind == Kind.PATIENT]
    by = [each.actor_id for each in deaths if each.action == RECORDING_DEATH and each.actor_id is not None]
    return DeathNoted(by=frozenset({UserId(by[-1])} if by else ()), at=deaths[-1].at if deaths else None)
