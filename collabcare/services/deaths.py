"""Recording that a patient has died, and taking that back when it was a mistake.

The searches end and what is booked is cancelled. The episodes stay open until a person closes them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from collabcare.domain.acting import Permission
from collabcare.domain.attempt_details import LONGEST_NAME
from collabcare.domain.attendance import CancellationReason, after_death
from collabcare.domain.changes import Changes, Kind
from collabcare.domain.codes import ClosureReason
from collabcare.domain.deaths import (
    ENDED_BY_DEATH,
    SEARCH_ENDED,
    book_again,
    died_unseen,
    not_seen_since,
    refuse_death,
    refuse_ending_unseen,
    refuse_second_death,
    refuse_taking_back,
    refuse_untold_death,
    what_follows,
)
from collabcare.domain.ids import EpisodeId, UserId
from collabcare.domain.moving import Slot
from collabcare.domain.search_ends import SEARCH_END_WORDS, SearchEnd
from collabcare.domain.typed_text import typed_line
from collabcare.queries.facts import episode_facts
from collabcare.services.another_person import maker_of
from collabcare.services.death_undone import give_back, seek_on
from collabcare.services.open_facts import touch
from collabcare.store.models import AuditEntry, Contact, Episode, Ladder, Patient

if TYPE_CHECKING:
    from datetime import date, datetime

    from collabcare.domain.facts import ContactFact, EpisodeFacts
    from collabcare.domain.ids import PatientId
    from collabcare.domain.pathway import Pathway
    from collabcare.store.unit_of_work import UnitOfWork, Work


RECORDING_DEATH = "Record death"
"""The sentence of the audit trail by which it is known who recorded a death."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordDeath:
    """The day a patient died, and who told us, by name or role.

    ``seen`` is the version of the patient the user was looking at.
    """

    patient_id: PatientId
    seen: int
    died_on: date | None
    told_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeBackDeath:
    """A death recorded in error; ``seen`` as for recording one."""

    patient_id: PatientId
    seen: int


def record_death(command: RecordDeath, uow: UnitOfWork) -> Changes:
    """Record a death: searches end, appointments from that day on are cancelled, no episode is closed.

    What is left for a person to do comes back as a suggestion for each episode still open.

    Raises:
        RuleViolation: When the day cannot be, or a death is recorded already.
        StaleRecord: When somebody else changed the patient meanwhile.
    """
    with uow.begin(Permission.RECORD_DEATH, RECORDING_DEATH) as work:
        patient = work.get(Patient, command.patient_id, seen=command.seen)
        before = [facts for facts in _episodes(work, patient) if facts.closed_on is None]
        died_on = note_death(work, patient, command.died_on, command.told_by)
        work.suggestions += [what_follows(facts, died_on) for facts in before]
    return work.changes


def note_death(work: Work, patient: Patient, on: date | None, told_by: str) -> date:
    """Record a death inside a transaction, with everything that follows from it, and return its day.

    Raises:
        RuleViolation: When its day or who told us is missing, the day cannot be, or one is recorded already.
    """
    refuse_second_death(patient.died_on)
    told_by = typed_line(told_by, "Who told us", LONGEST_NAME)
    died_on = refuse_untold_death(on, told_by)
    episodes = _episodes(work, patient)
    refuse_death(died_on, episodes, birth_date=patient.birth_date, today=work.today)
    patient.died_on, patient.death_told_by = died_on, told_by
    work.touched(Kind.PATIENT, subject_id=patient.id, patient_id=patient.id)
    for facts in episodes:
        if facts.closed_on is None:
            _end_what_is_sought(work, facts, died_on)
    return died_on


def refuse_ending_alone(work: Work, facts: EpisodeFacts) -> None:
    """Refuse to end care with a death that only whoever asks has seen, for somebody who was to be sought.

    A missed appointment that was taken back counts too, while they have not been seen since; so does one
    without an outcome, also where it had gone by when the death cancelled it.

    Raises:
        RuleViolation: With who ends care, or that the death is recorded first.
    """
    if died_unseen(facts) or _was_sought_unseen(work, facts) or _may_have_missed(work, facts):
        recorded_by, died_on = _recorded_by(work, facts), facts.patient.died_on
        refuse_ending_unseen(recorded_by, work.acting.user_id, died_on, made_by_id=maker_of(work))


def take_back_death(command: TakeBackDeath, uow: UnitOfWork, pathway: Pathway) -> Changes:
    """Take back a death recorded in error: the searches it ended go on where they were.

    What was missed is missed again. The appointments it cancelled were given up: they count as cancelled by
    us, and Today asks to book again.

    Raises:
        RuleViolation: When no death is recorded, or care has ended with it.
        StaleRecord: When somebody else changed the patient meanwhile.
    """
    with uow.begin(Permission.RECORD_DEATH, "Take back death recorded in error") as work:
        patient = work.get(Patient, command.patient_id, seen=command.seen)
        episodes = _episodes(work, patient)
        died_on = refuse_taking_back(
            patient.died_on, ended_with_it=any(_ended_with_it(each) for each in episodes)
        )
        patient.died_on = patient.death_told_by = None
        work.touched(Kind.PATIENT, subject_id=patient.id, patient_id=patient.id)
        for facts in episodes:
            if facts.closed_on is None:
                given_up = give_back(work, facts, died_on)
                work.suggestions += [book_again(given_up)] if given_up else []
                seek_on(work, facts.episode_id, ENDED_BY_DEATH, pathway)
                touch(work, Kind.EPISODE, facts, facts.episode_id)
    return work.changes


def _was_sought_unseen(work: Work, facts: EpisodeFacts) -> bool:
    sought_on = work.session.scalar(
        select(func.max(Contact.on_date))
        .join(Ladder, Ladder.contact_id == Contact.id)
        .where(Ladder.episode_id == facts.episode_id)
    )
    return sought_on is not None and not any(each.on >= sought_on for each in facts.attended)


def _may_have_missed(work: Work, facts: EpisodeFacts) -> bool:
    """Return whether an appointment went by without an outcome, before they were seen again.

    One that had gone by when the death was recorded, which cancelled it, went by so too.
    """
    unwritten = [
        each
        for each in facts.contacts
        if each.status is None and Slot(each.on, each.at).may_have_begun(work.at)
    ]
    return not_seen_since(facts, unwritten) or any(
        Slot(each.on, each.at).may_have_begun(_last_changed(work, each)) for each in _by_death(facts)
    )


def _by_death(facts: EpisodeFacts) -> list[ContactFact]:
    """Return what the death may have cancelled: what was cancelled for a clinical reason, from its day on."""
    died_on, clinical = facts.patient.died_on, CancellationReason.CLINICAL
    cancelled = [each for each in facts.contacts if each.cancellation_reason == clinical]
    return [each for each in cancelled if died_on and each.on >= died_on]


def _last_changed(work: Work, contact: ContactFact) -> datetime:
    changed = select(func.max(AuditEntry.at)).where(
        AuditEntry.kind == Kind.CONTACT, AuditEntry.subject_id == contact.id
    )
    return work.session.scalar(changed) or work.at


def _recorded_by(work: Work, facts: EpisodeFacts) -> set[UserId]:
    """Return who recorded the death: as the audit trail names them, or by a try that found it out."""
    recorded = work.session.scalar(
        select(AuditEntry.actor_id)
        .where(
            AuditEntry.kind == Kind.PATIENT,
            AuditEntry.subject_id == facts.patient.patient_id,
            AuditEntry.action == RECORDING_DEATH,
        )
        .order_by(AuditEntry.id.desc())
        .limit(1)
    )
    found_out = SEARCH_END_WORDS[SearchEnd.DIED]
    tried = {
        each.by_id
        for ladder in facts.ladders
        if ladder.closed_because == found_out
        for each in ladder.attempts
    }
    return {UserId(each) for each in (recorded, *tried) if each is not None}


def _episodes(work: Work, patient: Patient) -> list[EpisodeFacts]:
    keys = work.session.scalars(
        select(Episode.id).where(Episode.patient_id == patient.id).order_by(Episode.id)
    ).all()
    found = (episode_facts(work.session, EpisodeId(key)) for key in keys)
    return [facts for facts in found if facts is not None]


def _ended_with_it(facts: EpisodeFacts) -> bool:
    return facts.ending is not None and facts.ending.reason is ClosureReason.DIED


def _end_what_is_sought(work: Work, facts: EpisodeFacts, died_on: date) -> None:
    """End the searches and cancel what they did not live to attend; what was said of a miss stays in its row.

    It is said only of a missed appointment, and is there again when the death is taken back.
    """
    after = after_death(died_on, facts.contacts)
    for key in (*after.cancelled, *after.wrongly_missed):
        contact = work.get(Contact, key)
        contact.attendance = after.status
        contact.cancelled_on = min(work.today, contact.on_date)
        contact.cancellation_reason = CancellationReason.CLINICAL
        touch(work, Kind.CONTACT, facts, contact.id)
    for ladder in _ladders(work, facts):
        if after.closes_search and ladder.closed_on is None:
            ladder.closed_on, ladder.closed_because = work.today, SEARCH_ENDED
    touch(work, Kind.EPISODE, facts, facts.episode_id)


def _ladders(work: Work, facts: EpisodeFacts) -> list[Ladder]:
    return list(work.session.scalars(select(Ladder).where(Ladder.episode_id == facts.episode_id)))
