"""Moving a patient between steps of care, and ending an episode."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from collabcare.domain.acting import Permission, Role, allowed
from collabcare.domain.changes import Changes, Kind
from collabcare.domain.codes import ATTENDED, ClosureReason
from collabcare.domain.episode import Phase, refuse_closing, step_direction
from collabcare.domain.errors import RuleViolation
from collabcare.domain.typed_text import typed_block
from collabcare.store.models import (
    Contact,
    Episode,
    Ladder,
    Patient,
    Referral,
    SafetyConversation,
    StepMove,
    UserAccount,
)

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.ids import EpisodeId, UserId
    from collabcare.domain.pathway import Pathway
    from collabcare.store.unit_of_work import UnitOfWork, Work

LONGEST_REASON = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveStep:
    """A move up or down; ``seen`` is the version of the episode the user was looking at."""

    episode_id: EpisodeId
    seen: int
    to_step: int
    reason: str
    agreed_with_patient: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseEpisode:
    """An ending with its reason, from the patient's last day of care."""

    episode_id: EpisodeId
    reason: ClosureReason
    note: str = ""
    closed_on: date


def move_step(command: MoveStep, uow: UnitOfWork, pathway: Pathway) -> Changes:
    """Move the patient up or down a step, with the reason; the GP is then to be told.

    Raises:
        RuleViolation: When there is no reason, no such step, or no move.
        StaleRecord: When somebody else moved the patient meanwhile.
    """
    with uow.begin(Permission.MOVE_STEP, "Move step") as work:
        episode = open_episode(work, command.episode_id, seen=command.seen)
        reason = typed_block(command.reason, "The reason", LONGEST_REASON)
        if not reason:
            raise RuleViolation(
                "Say why the patient is moving: the GP and the next practitioner will read it."
            )
        to_step = pathway.step(command.to_step).number
        move = work.add(
            StepMove(
                episode_id=episode.id,
                moved_on=work.today,
                from_step=episode.step,
                to_step=to_step,
                direction=step_direction(episode.step, to_step),
                reason=reason,
                agreed_with_patient=command.agreed_with_patient,
                gp_informed_on=None,
                moved_by=work.acting.user_id,
            )
        )
        episode.step, episode.step_since = to_step, work.today
        work.touched(Kind.STEP, subject_id=move.id, patient_id=episode.patient_id, episode_id=episode.id)
    return work.changes


def start_maintenance(episode_id: EpisodeId, uow: UnitOfWork) -> Changes:
    """Move an active episode to staying-well contacts."""
    with uow.begin(Permission.MOVE_STEP, "Start staying-well contacts") as work:
        episode = open_episode(work, episode_id)
        if episode.phase != Phase.ACTIVE:
            raise RuleViolation("Only an active episode can move to staying-well contacts.")
        episode.phase, episode.phase_since = Phase.MAINTENANCE, work.today
        work.touched(
            Kind.EPISODE, subject_id=episode.id, patient_id=episode.patient_id, episode_id=episode.id
        )
    return work.changes


def allocate(episode_id: EpisodeId, holder_id: UserId, uow: UnitOfWork) -> Changes:
    """Give an episode to a practitioner, who holds it from now on."""
    with uow.begin(Permission.ADD_PATIENT, "Allocate") as work:
        episode = open_episode(work, episode_id)
        episode.holder_id = holder(work, holder_id)
        if episode.phase == Phase.REFERRED:
            episode.phase, episode.phase_since = Phase.ALLOCATED, work.today
        work.touched(
            Kind.EPISODE, subject_id=episode.id, patient_id=episode.patient_id, episode_id=episode.id
        )
    return work.changes


def close_episode(command: CloseEpisode, uow: UnitOfWork) -> Changes:
    """End an episode, unless that would drop somebody who is still being sought or not yet safe to leave.

    Raises:
        RuleViolation: With what stands in the way; not attending is never a way to closed.
    """
    with uow.begin(Permission.CLOSE_EPISODE, "Close episode") as work:
        episode = open_episode(work, command.episode_id)
        _check_end(work, episode, command.closed_on)
        ladder = work.session.scalar(
            select(Ladder).where(Ladder.episode_id == episode.id, Ladder.closed_on.is_(None))
        )
        unspoken = work.session.scalar(
            select(SafetyConversation.id).where(
                SafetyConversation.episode_id == episode.id, SafetyConversation.closed_on.is_(None)
            )
        )
        refuse_closing(command.reason, safety_open=unspoken is not None, ladder_open=ladder is not None)
        if ladder is not None:
            ladder.closed_on, ladder.closed_because = command.closed_on, command.reason.label
        if command.reason is ClosureReason.DIED:
            work.get(Patient, episode.patient_id).died_on = command.closed_on
        episode.phase, episode.phase_since = Phase.CLOSED, command.closed_on
        episode.closed_on, episode.closure_reason = command.closed_on, command.reason
        episode.closure_note = typed_block(command.note, "The note", LONGEST_REASON) or None
        work.touched(
            Kind.EPISODE, subject_id=episode.id, patient_id=episode.patient_id, episode_id=episode.id
        )
    return work.changes


def _check_end(work: Work, episode: Episode, closed_on: date) -> None:
    if closed_on > work.today:
        raise RuleViolation("The episode cannot end in the future.")
    if closed_on < received_on(work, episode):
        raise RuleViolation("The episode cannot end before the referral was received. Check the date.")
    last_seen = work.session.scalar(
        select(func.max(Contact.on_date)).where(
            Contact.episode_id == episode.id,
            Contact.attendance.in_(ATTENDED),
            Contact.voided_reason.is_(None),
        )
    )
    if last_seen is not None and closed_on < last_seen:
        raise RuleViolation("The patient was seen after that day, so care did not end then. Check the date.")


def holder(work: Work, user_id: UserId) -> UserId:
    """Return ``user_id`` if this user can hold patients: somebody still here who may see them.

    Raises:
        RuleViolation: When they have left, or their role sees no patients.
    """
    user = work.get(UserAccount, user_id)
    if not user.active or not allowed(Role(user.role), Permission.RECORD_CONTACT):
        raise RuleViolation("Choose a practitioner or supervisor of this service to hold the patient.")
    return user_id


def open_episode(work: Work, episode_id: EpisodeId, *, seen: int | None = None) -> Episode:
    """Fetch an episode that is still open.

    Raises:
        RuleViolation: When it is closed.
        StaleRecord: When somebody changed it since ``seen``.
    """
    episode = work.get(Episode, episode_id, seen=seen)
    if episode.closed_on is not None:
        raise RuleViolation("This episode of care is closed, so nothing can be added to it.")
    return episode


def received_on(work: Work, episode: Episode) -> date:
    """Return the day the referral of an episode was received: nothing done in it is earlier."""
    return work.session.scalars(select(Referral.received_on).where(Referral.episode_id == episode.id)).one()
