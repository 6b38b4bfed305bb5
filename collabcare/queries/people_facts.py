"""Medication, carers and reminders as facts: each SELECT beside what its rows become.

Medication and carers belong to the patient, so they are the same in each of their episodes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import aliased

from collabcare.domain.people_facts import (
    CarerFact,
    MedicationFact,
    MedicationSource,
    ReminderFact,
    ReminderOutcome,
)
from collabcare.domain.reengagement import Channel
from collabcare.queries.grouped import by_code
from collabcare.store import models as m

if TYPE_CHECKING:
    from collabcare.queries.grouped import AnyRow, AnySelect

_SOURCE = by_code(MedicationSource)
_CHANNEL = by_code(Channel)
_OUTCOME = by_code(ReminderOutcome)


def medication(which: ColumnElement[bool]) -> AnySelect:
    """Select the medication that stands, oldest first; what was taken before we heard of it comes first."""
    taken = m.Medication
    return (
        select(
            m.Episode.id,
            taken.id,
            taken.version,
            taken.episode_id,
            taken.name,
            taken.dose,
            taken.purpose,
            taken.reported_by,
            taken.antidepressant,
            taken.started_on,
            taken.ended_on,
            taken.end_note,
            taken.taking,
            taken.replaces_id,
            taken.recorded_at,
        )
        .join(m.Episode, m.Episode.patient_id == taken.patient_id)
        .where(which, taken.voided_reason.is_(None))
        .order_by(taken.started_on.is_not(None), taken.started_on, taken.id)
    )


def medicine(row: AnyRow) -> MedicationFact:
    """Make one medicine at one dose."""
    _, key, version, told_in, name, dose, purpose, reported_by, antidepressant, *more = row
    started_on, ended_on, end_note, taking, replaces_id, recorded_at = more
    return MedicationFact(
        id=key,
        row_version=version,
        episode_id=told_in,
        name=name,
        dose=dose,
        purpose=purpose,
        reported_by=_SOURCE[reported_by],
        antidepressant=antidepressant,
        started_on=started_on,
        ended_on=ended_on,
        end_note=end_note,
        taking=taking,
        replaces_id=replaces_id,
        recorded_at=recorded_at,
    )


def carers(which: ColumnElement[bool]) -> AnySelect:
    """Select the people close to the patient: whoever may be rung first, who no longer is last."""
    near = m.Carer
    return (
        select(
            m.Episode.id,
            near.id,
            near.version,
            near.name,
            near.relation,
            near.telephone,
            near.is_carer,
            near.next_of_kin,
            near.nominated,
            near.may_contact,
            near.may_share,
            near.consent_on,
            near.note,
            near.ended_on,
        )
        .join(m.Episode, m.Episode.patient_id == near.patient_id)
        .where(which)
        .order_by(near.ended_on.is_not(None), near.nominated.desc(), near.id)
    )


def carer(row: AnyRow) -> CarerFact:
    """Make one of them."""
    _, key, version, name, relation, telephone, is_carer, next_of_kin, nominated, *more = row
    may_contact, may_share, consent_on, note, ended_on = more
    return CarerFact(
        id=key,
        row_version=version,
        name=name,
        relation=relation,
        telephone=telephone,
        is_carer=is_carer,
        next_of_kin=next_of_kin,
        nominated=nominated,
        may_contact=may_contact,
        may_share=may_share,
        consent_on=consent_on,
        note=note,
        ended_on=ended_on,
    )


def reminders(which: ColumnElement[bool]) -> AnySelect:
    """Select the reminders given, oldest first.

    An appointment whose outcome was taken back stands on in another row, which has its reminders too.
    """
    given, stands_on = m.Reminder, aliased(m.Contact)
    return (
        select(
            m.Contact.episode_id,
            given.contact_id,
            given.days_before,
            given.made_on,
            given.made_at,
            given.channel,
            given.outcome,
            given.note,
            m.UserAccount.name,
        )
        .join(m.Contact, m.Contact.id == given.contact_id)
        .join(m.Episode, m.Episode.id == m.Contact.episode_id)
        .join(m.UserAccount, m.UserAccount.id == given.made_by)
        .outerjoin(stands_on, stands_on.moved_from_id == m.Contact.id)
        .where(which, or_(stands_on.id.is_(None), m.Contact.moved_on.is_not(None)))
        .order_by(given.made_at, given.id)
    )


def reminder(row: AnyRow) -> ReminderFact:
    """Make one reminder."""
    _, contact_id, days_before, made_on, made_at, channel, outcome, note, made_by = row
    return ReminderFact(
        contact_id=contact_id,
        days_before=days_before,
        made_on=made_on,
        made_at=made_at,
        channel=_CHANNEL[channel],
        outcome=_OUTCOME[outcome],
        note=note,
        by=made_by,
    )
