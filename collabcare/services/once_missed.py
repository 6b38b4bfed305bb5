"""Appointments that were recorded as missed and whose outcome was then taken back: what may become of them.

The appointment stands on in a row of its own, which names the one that was taken back as what it was before.
Nor does one go that may have been missed, since nobody wrote down what became of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import aliased

from collabcare.domain.another_person import begins_at
from collabcare.domain.closing_unheard import handed_over_signed
from collabcare.domain.codes import ATTENDED, AttendanceStatus
from collabcare.domain.contact_corrections import (
    refuse_ending_by_eraser,
    refuse_erasing_missed,
    refuse_erasing_unwritten,
    refuse_losing_seen_after,
    refuse_unmissing_as,
)
from collabcare.domain.errors import RuleViolation
from collabcare.domain.ids import UserId
from collabcare.domain.moving import Slot
from collabcare.domain.tracks import is_another_supervisor
from collabcare.domain.unmissed import counts_as_missed, refuse_ending_on_own_word
from collabcare.services.another_person import acts_for, on_case, with_people
from collabcare.services.open_facts import open_facts
from collabcare.store.models import Contact

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from collabcare.domain.closure import Ending
    from collabcare.domain.facts import EpisodeFacts
    from collabcare.store.unit_of_work import Work

_DNA = AttendanceStatus.DID_NOT_ATTEND


def once_missed(work: Work, contact: Contact) -> tuple[Contact, ...]:
    """Return the rows in which this appointment was recorded as missed, its own included; () where never."""
    return tuple(each for each in _as_it_was(work, contact) if each.attendance == _DNA)


def refuse_erasing(work: Work, contact: Contact) -> None:
    """Refuse to say that an appointment never was which was once recorded as missed, unless another agrees.

    So it is with one that has begun and has no outcome: it may have been missed.

    Raises:
        RuleViolation: With whom to ask, and what to do instead.
    """
    if missed := once_missed(work, contact):
        refuse_erasing_missed(by_other_supervisor=_is_another(work, contact, missed))
    elif _is_unwritten(contact, work.at):
        refuse_erasing_unwritten(by_other_supervisor=_is_another(work, contact, (contact,)))


def refuse_losing_seen(work: Work, seen: Contact) -> None:
    """Refuse to mark the contact by which an earlier miss could be taken back, unless another agrees.

    What was tried, or counted with it, held that miss in the record until somebody was seen after it; were
    that contact then marked too, neither would be left.

    Raises:
        RuleViolation: With whom to ask.
    """
    if seen.attendance is None or AttendanceStatus(seen.attendance) not in ATTENDED:
        return
    facts = open_facts(work, seen.episode_id)
    before = select(Contact).where(
        Contact.episode_id == seen.episode_id,
        Contact.attendance == _DNA,
        Contact.voided_at >= seen.recorded_at,
        Contact.on_date <= seen.on_date,
    )
    own = {each.id for each in _as_it_was(work, seen)}
    for missed in work.session.scalars(before).all():
        since = any(each.on > missed.on_date and each.id != seen.id for each in facts.attended)
        if missed.id not in own and not since:
            refuse_losing_seen_after(
                missed.on_date, by_other_supervisor=_is_another(work, seen, (missed, seen), missed.voided_by)
            )


def refuse_ending_what_one_erased(work: Work, facts: EpisodeFacts) -> None:
    """Refuse to end care to whoever said of what was missed, or may have been, that it never was.

    Once the patient has been seen after it, it makes no difference.

    Raises:
        RuleViolation: With who ends care.
    """
    following = aliased(Contact)
    erased = (
        select(Contact)
        .outerjoin(following, following.moved_from_id == Contact.id)
        .where(
            Contact.episode_id == facts.episode_id,
            Contact.voided_by.is_not(None),
            following.id.is_(None),
        )
    )
    for each in work.session.scalars(erased).all():
        gone = once_missed(work, each) or (each.voided_at and _is_unwritten(each, each.voided_at))
        if gone and not any(seen.on > each.on_date for seen in facts.attended):
            by, since = each.voided_by, begins_at(each.on_date, each.at_time)
            if by is not None and acts_for(work, facts, {UserId(by)}, since):
                refuse_ending_by_eraser(each.on_date)


def refuse_ending_unmissed(work: Work, facts: EpisodeFacts, ending: Ending) -> None:
    """Refuse to end care where a miss taken back still counts, but by another supervisor.

    A handover that another person signed since is for :mod:`collabcare.domain.closing_unheard` to look at.

    Raises:
        RuleViolation: With who confirms that they came.
    """
    if not facts.unmissed:
        return
    known = with_people(work, facts)
    miss = counts_as_missed(known)
    if miss is not None and not handed_over_signed(known, ending, miss):
        people = {miss.missed_by_id, *(hand.user_id for hand in miss.hands)}
        acting = on_case(work, facts, since=begins_at(miss.on, miss.at), also=people)
        refuse_ending_on_own_word(miss, ending, by_other_supervisor=is_another_supervisor(facts, acting))


def refuse_unmissing(work: Work, contact: Contact, status: AttendanceStatus) -> None:
    """Refuse to make of an appointment once recorded as missed what is neither missed nor attended.

    Raises:
        RuleViolation: With what can be recorded, and whom to ask for the rest.
    """
    if missed := once_missed(work, contact):
        refuse_unmissing_as(status, by_other_supervisor=_is_another(work, contact, missed))


def refuse_moving_missed(work: Work, contact: Contact) -> None:
    """Refuse to move an appointment that was recorded as missed: it had begun by then.

    Raises:
        RuleViolation: With what to record instead.
    """
    if once_missed(work, contact):
        raise RuleViolation(
            "This appointment was recorded as missed before, so it had begun and cannot be moved. Record what"
            " became of it, and book another."
        )


def _is_unwritten(contact: Contact, at: datetime) -> bool:
    """Return whether an appointment without an outcome may have begun at ``at`` (aware)."""
    return contact.attendance is None and Slot(contact.on_date, contact.at_time).may_have_begun(at)


def _is_another(work: Work, contact: Contact, rows: tuple[Contact, ...], *also: int | None) -> bool:
    """Return whether whoever acts is a supervisor who neither recorded these rows nor held the case since."""
    facts = open_facts(work, contact.episode_id)
    since = min(begins_at(each.on_date, each.at_time) for each in rows)
    recorded_by = {UserId(each) for each in (*(row.practitioner_id for row in rows), *also) if each}
    return is_another_supervisor(facts, on_case(work, facts, since=since, also=recorded_by))


def _as_it_was(work: Work, contact: Contact) -> Iterator[Contact]:
    """Yield an appointment and every row it was before, the newest first."""
    row: Contact | None = contact
    while row is not None:
        yield row
        row = None if row.moved_from_id is None else work.session.get(Contact, row.moved_from_id)
