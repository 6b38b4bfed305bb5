"""Recording that a patient has died, and taking that back when it was a mistake.

The searches end and what is booked is cancelled. The episodes stay open until a person closes them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from collabcare.domain.acting import Permission
from collabcare.domain.attempt_details import LONGEST_NAME
from collabcare.domain.attendance import CancellationReason, after_death
from collabcare.domain.changes import Changes, Kind
from collabcare.domain.codes import ClosureReason
from collabcare.domain.deaths import (
    ENDED_BY_DEATH,
    SEARCH_ENDED,
    book_again,
    refuse_death,
    refuse_ending_unseen,
    refuse_second_death,
    refuse_taking_back,
    refuse_untold_death,
    what_follows,
)
from collabcare.domain.ids import EpisodeId
from collabcare.domain.typed_text import typed_line
from collabcare.queries.case_people import RECORDING_DEATH
from collabcare.queries.facts import episode_facts
from collabcare.services.another_person import with_people
from collabcare.services.death_undone import give_back, seek_on
from collabcare.services.open_facts import touch
from collabcare.store.models import Contact, Episode, Ladder, Patient

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.ids import PatientId
    from collabcare.domain.pathway import Pathway
    from collabcare.store.unit_of_work import UnitOfWork, Work


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

    Raises:
        RuleViolation: With who ends care, or that the death is recorded first.
    """
    refuse_ending_unseen(with_people(work, facts), work.acting.user_id, now=work.at)


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
