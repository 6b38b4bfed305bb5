"""What a death recorded in error had done to appointments and searches, undone when it is taken back.

Nobody is to be given up by it: what was missed was missed, what it cancelled we cancelled and rebook, and
somebody who is to be sought is sought.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from collabcare.domain.attendance import CancellationReason
from collabcare.domain.changes import Kind
from collabcare.domain.codes import AttendanceStatus
from collabcare.domain.contact_corrections import search_end
from collabcare.services.contact_corrections import seek_again
from collabcare.services.contacts import RECORDING
from collabcare.services.once_missed import once_missed
from collabcare.services.open_facts import open_facts, touch
from collabcare.services.open_searches import end_search
from collabcare.store.models import AuditEntry, Contact, Ladder

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from collabcare.domain.facts import ContactFact, EpisodeFacts
    from collabcare.domain.pathway import Pathway
    from collabcare.store.unit_of_work import Work


def give_back(work: Work, facts: EpisodeFacts, died_on: date) -> tuple[date, ...]:
    """Undo what a death made of the appointments; return the days of those it had cancelled.

    One that was missed is a missed one again. A booking it gave up was cancelled by us: that counts against
    nobody, is no word from the patient, and stays on Today until something is booked. One whose miss had been
    taken back waits for its outcome again.
    """
    given_up = []
    for contact in work.session.scalars(
        select(Contact)
        .where(
            Contact.episode_id == facts.episode_id,
            Contact.attendance == AttendanceStatus.CANCELLED_BY_PATIENT,
            Contact.cancellation_reason == CancellationReason.CLINICAL,
            Contact.on_date >= died_on,
            Contact.voided_reason.is_(None),
        )
        .order_by(Contact.on_date)
    ):
        if not _was_cancelled_by_death(work, contact, facts):
            continue
        if _had_outcome(work, contact):
            contact.attendance = AttendanceStatus.DID_NOT_ATTEND
            contact.cancelled_on = contact.cancellation_reason = None
        elif once_missed(work, contact):
            contact.attendance = contact.cancelled_on = contact.cancellation_reason = None
        else:
            contact.attendance = AttendanceStatus.CANCELLED_BY_PROVIDER
            given_up.append(contact.on_date)
        touch(work, Kind.CONTACT, facts, contact.id)
    work.session.flush()
    return tuple(given_up)


def seek_on(work: Work, episode_id: int, because: Collection[str], pathway: Pathway) -> None:
    """Let the searches go on that ended for one of these reasons, as far as nothing else has ended them.

    A miss written up meanwhile, which opened none, opens one now.
    """
    facts = open_facts(work, episode_id)
    standing: dict[int, ContactFact] = {contact.id: contact for contact in facts.contacts}
    ladders = list(work.session.scalars(select(Ladder).where(Ladder.episode_id == episode_id)))
    for ladder in ladders:
        missed = standing.get(ladder.contact_id)
        if ladder.closed_because not in because or missed is None:
            continue
        ladder.closed_on = ladder.closed_because = None
        if (end := search_end(missed, facts.contacts)) is not None:
            end_search(ladder, *end)
        touch(work, Kind.SEARCH, facts, ladder.id)
    work.session.flush()
    seek_again(work, open_facts(work, episode_id), pathway)


def _was_cancelled_by_death(work: Work, contact: Contact, facts: EpisodeFacts) -> bool:
    """Return whether the last change of a contact was made together with one of the patient: their death."""
    changed = work.session.scalar(
        select(AuditEntry.at)
        .where(AuditEntry.kind == Kind.CONTACT, AuditEntry.subject_id == contact.id)
        .order_by(AuditEntry.id.desc())
        .limit(1)
    )
    together = select(AuditEntry.id).where(
        AuditEntry.kind == Kind.PATIENT,
        AuditEntry.subject_id == facts.patient.patient_id,
        AuditEntry.at == changed,
    )
    return changed is not None and work.session.scalar(together.limit(1)) is not None


def _had_outcome(work: Work, contact: Contact) -> bool:
    """Return whether its outcome had been written up before: of those only a missed one was touched."""
    written = select(AuditEntry.id).where(
        AuditEntry.kind == Kind.CONTACT,
        AuditEntry.subject_id == contact.id,
        AuditEntry.action == RECORDING,
    )
    return work.session.scalar(written.limit(1)) is not None
