"""Taking back an end of care that was recorded in error; what it said stays, struck through."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from collabcare.domain.acting import Permission
from collabcare.domain.another_person import begins_at
from collabcare.domain.calendar import london_date
from collabcare.domain.changes import Changes, Kind
from collabcare.domain.codes import ClosureReason
from collabcare.domain.deaths import ENDED_BY_DEATH
from collabcare.domain.endings_taken_back import (
    phase_again,
    refuse_taking_back_ending,
    search_ended_with_care,
    set_up_again,
)
from collabcare.domain.errors import RuleViolation
from collabcare.domain.ids import UserId
from collabcare.domain.typed_text import typed_block
from collabcare.queries.facts import episode_facts
from collabcare.services.another_person import acts_for
from collabcare.services.death_undone import give_back, seek_on
from collabcare.services.open_facts import touch
from collabcare.store.models import AuditEntry, EndingTakenBack, Episode, Ladder, Patient

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Select

    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.ids import EpisodeId
    from collabcare.domain.pathway import Pathway
    from collabcare.store.unit_of_work import UnitOfWork, Work

LONGEST_REASON = 2_000
CLOSING, STAYING_WELL = "Close episode", "Start staying-well contacts"
"""The sentences of the audit trail by which it is known who ended care, and that staying well had begun."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeBackEnding:
    """An end of care recorded in error; ``seen`` is the version of the episode the user was looking at."""

    episode_id: EpisodeId
    seen: int
    reason: str


def take_back_ending(command: TakeBackEnding, uow: UnitOfWork, pathway: Pathway) -> Changes:
    """Let care go on that had not ended, or that ended with a death recorded in error.

    The search it ended goes on. What else it ended comes back as a suggestion, to be set up again.

    Raises:
        RuleViolation: When care has not ended, the patient is in care again, there is no reason, or this
            user is not another supervisor.
        StaleRecord: When somebody else changed the episode meanwhile.
    """
    with uow.begin(Permission.TAKE_BACK_ENDING, "Take back end of care") as work:
        episode = work.get(Episode, command.episode_id, seen=command.seen)
        facts = episode_facts(work.session, command.episode_id)
        if facts is None:
            raise RuleViolation("That episode is not in the record.")
        reason = typed_block(command.reason, "The reason", LONGEST_REASON)
        ended_by = _who_ended(work, episode)
        again = _in_care_again(work, episode)
        since = begins_at(facts.closed_on, None) if facts.closed_on is not None else None
        ended_it = ended_by is not None and acts_for(work, facts, {ended_by}, since)
        refuse_taking_back_ending(facts, work.acting, reason, ended_it=ended_it, in_care_again=again)
        died_on = _keep(work, episode, facts, reason, ended_by)
        given_up = () if died_on is None else give_back(work, facts, died_on)
        work.suggestions.append(set_up_again(facts, given_up))
        _open_again(work, episode, facts)
        if died_on is not None:
            work.session.flush()
            seek_on(work, episode.id, ENDED_BY_DEATH, pathway)
        work.touched(Kind.PATIENT, subject_id=facts.patient.patient_id, patient_id=facts.patient.patient_id)
        touch(work, Kind.EPISODE, facts, episode.id)
    return work.changes


def _who_ended(work: Work, episode: Episode) -> UserId | None:
    """Return who ended care last, as the audit trail says."""
    found = work.session.scalar(_last(episode, CLOSING))
    return None if found is None or found.actor_id is None else UserId(found.actor_id)


def _last(episode: Episode, action: str) -> Select[AuditEntry]:
    return (
        select(AuditEntry)
        .where(
            AuditEntry.episode_id == episode.id,
            AuditEntry.action == action,
            AuditEntry.kind == Kind.EPISODE,
        )
        .order_by(AuditEntry.id.desc())
        .limit(1)
    )


def _in_care_again(work: Work, episode: Episode) -> bool:
    others = select(Episode.id).where(
        Episode.patient_id == episode.patient_id, Episode.id != episode.id, Episode.closed_on.is_(None)
    )
    return work.session.scalar(others) is not None


def _keep(
    work: Work, episode: Episode, facts: EpisodeFacts, reason: str, ended_by: UserId | None
) -> date | None:
    """Keep the ending as it stood; return the day of the death that goes with it, if it was one."""
    died = episode.closure_reason == ClosureReason.DIED
    patient = work.get(Patient, episode.patient_id)
    work.session.add(
        EndingTakenBack(
            episode_id=episode.id,
            closed_on=facts.closed_on,
            closure_reason=episode.closure_reason,
            closure_note=episode.closure_note,
            tt_discharge_reason=episode.tt_discharge_reason,
            onward_step=episode.onward_step,
            onward_to=episode.onward_to,
            died_on=patient.died_on if died else None,
            death_told_by=patient.death_told_by if died else None,
            ended_by=ended_by,
            reason=reason,
            taken_back_by=work.acting.user_id,
            taken_back_at=work.at,
        )
    )
    died_on = patient.died_on if died else None
    if died:
        patient.died_on = patient.death_told_by = None
    return died_on


def _open_again(work: Work, episode: Episode, facts: EpisodeFacts) -> None:
    for ladder in work.session.scalars(select(Ladder).where(Ladder.episode_id == episode.id)):
        if search_ended_with_care(facts, ladder.closed_because, ladder.closed_on):
            ladder.closed_on = ladder.closed_because = None
            touch(work, Kind.SEARCH, facts, ladder.id)
    episode.phase, episode.phase_since = phase_again(facts, _staying_well_since(work, episode))
    episode.closed_on = episode.closure_reason = episode.closure_note = None
    episode.tt_discharge_reason = episode.onward_step = episode.onward_to = None


def _staying_well_since(work: Work, episode: Episode) -> date | None:
    found = work.session.scalar(_last(episode, STAYING_WELL))
    return None if found is None else london_date(found.at)
