"""Taking a case to supervision, recording what was decided, and doing what was agreed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from collabcare.domain.acting import Permission, Role
from collabcare.domain.asking import last_asked, with_added, withdrawn_text
from collabcare.domain.changes import Changes, Kind
from collabcare.domain.errors import RuleViolation
from collabcare.domain.ids import ActionId, EpisodeId, UserId
from collabcare.domain.typed_text import typed_block
from collabcare.services.in_care import open_episode, received_on
from collabcare.store.models import Measure, Note, SupervisionAction, SupervisionReview, UserAccount

if TYPE_CHECKING:
    from datetime import date

    from collabcare.store.models import Episode
    from collabcare.store.unit_of_work import UnitOfWork, Work

LONGEST_TEXT = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestSupervision:
    """A case the practitioner wants discussed, with the question to ask."""

    episode_id: EpisodeId
    question: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawRequest:
    """A case that need not be discussed any more, with the reason."""

    episode_id: EpisodeId
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreedAction:
    """Something somebody is to do by a day."""

    text: str
    owner_id: UserId
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordReview:
    """One discussion of a case: what was asked, what was decided, and what follows."""

    episode_id: EpisodeId
    reviewed_on: date
    supervisor_id: UserId
    question: str = ""
    decision: str
    actions: tuple[AgreedAction, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReopenAction:
    """An action that is not done after all; ``seen`` is its ``row_version`` since it was marked done."""

    action_id: ActionId
    seen: int


def request_supervision(command: RequestSupervision, uow: UnitOfWork) -> Changes:
    """Put a case on the agenda of the next supervision; asked already, it is added to what was asked.

    Raises:
        RuleViolation: When nothing is added, or the question would be too long.
    """
    with uow.begin(Permission.REQUEST_SUPERVISION, "Ask for supervision") as work:
        episode = open_episode(work, command.episode_id)
        question = typed_block(command.question, "The question", LONGEST_TEXT)
        if episode.supervision_requested_on is None:
            episode.supervision_requested_on = work.today
        else:
            whole = with_added(episode.supervision_question, question, on=work.today, by=work.acting.name)
            question = typed_block(whole, "The whole question", LONGEST_TEXT)
        episode.supervision_question = question or None
        work.touched(
            Kind.SUPERVISION, subject_id=episode.id, patient_id=episode.patient_id, episode_id=episode.id
        )
    return work.changes


def ask_to_discuss(work: Work, episode: Episode) -> None:
    """Put a case on the agenda inside a transaction, unless it is there already; what was asked stays."""
    if episode.supervision_requested_on is None:
        episode.supervision_requested_on = work.today
        work.touched(
            Kind.SUPERVISION, subject_id=episode.id, patient_id=episode.patient_id, episode_id=episode.id
        )


def withdraw_request(command: WithdrawRequest, uow: UnitOfWork) -> Changes:
    """Take a case off the agenda; what was asked, when, and why it need not be any more becomes a note.

    Raises:
        RuleViolation: When nobody asked to discuss it, or there is no reason.
    """
    with uow.begin(Permission.REQUEST_SUPERVISION, "Take back the question for supervision") as work:
        episode = open_episode(work, command.episode_id)
        asked_on = episode.supervision_requested_on
        if asked_on is None:
            raise RuleViolation("Nobody asks to discuss this case, so there is nothing to take back.")
        reason = typed_block(command.reason, "The reason", LONGEST_TEXT)
        note = work.add(
            Note(
                episode_id=episode.id,
                on_date=work.today,
                text=withdrawn_text(episode.supervision_question, asked_on, reason),
                written_by=work.acting.user_id,
                recorded_at=work.at,
            )
        )
        episode.supervision_requested_on = episode.supervision_question = None
        for kind, subject in ((Kind.SUPERVISION, episode.id), (Kind.NOTE, note.id)):
            work.touched(kind, subject_id=subject, patient_id=episode.patient_id, episode_id=episode.id)
    return work.changes


def record_review(command: RecordReview, uow: UnitOfWork) -> Changes:
    """Record a discussion with its decision and actions; it answers what was asked for by its day.

    Raises:
        RuleViolation: When there is no decision, the day cannot be, or the supervisor is not one.
    """
    with uow.begin(Permission.RECORD_SUPERVISION, "Record supervision review") as work:
        episode = open_episode(work, command.episode_id)
        if command.reviewed_on > work.today:
            raise RuleViolation("The discussion cannot be in the future. Check the date.")
        if command.reviewed_on < received_on(work, episode):
            raise RuleViolation("The discussion is dated before the referral was received. Check the date.")
        decision = typed_block(command.decision, "The decision", LONGEST_TEXT)
        if not decision:
            raise RuleViolation("Write what was decided, even if it is to carry on as planned.")
        if work.get(UserAccount, command.supervisor_id).role != Role.SUPERVISOR:
            raise RuleViolation("Choose the supervisor the case was discussed with.")
        review = work.add(
            SupervisionReview(
                episode_id=episode.id,
                reviewed_on=command.reviewed_on,
                supervisor_id=command.supervisor_id,
                question=typed_block(command.question, "The question", LONGEST_TEXT),
                scores_seen=_scores_seen(work, episode.id, command.reviewed_on),
                decision=decision,
                recorded_by=work.acting.user_id,
                recorded_at=work.at,
            )
        )
        for action in command.actions:
            _add_action(action, review, work)
        asked = episode.supervision_requested_on
        if asked is not None and command.reviewed_on >= last_asked(
            episode.supervision_question, asked, today=work.today
        ):
            episode.supervision_requested_on = episode.supervision_question = None
        work.touched(
            Kind.SUPERVISION, subject_id=review.id, patient_id=episode.patient_id, episode_id=episode.id
        )
    return work.changes


def complete_action(action_id: ActionId, uow: UnitOfWork) -> Changes:
    """Mark an agreed action as done today."""
    with uow.begin(Permission.RECORD_SUPERVISION, "Complete supervision action") as work:
        action = work.get(SupervisionAction, action_id)
        episode = open_episode(work, EpisodeId(action.episode_id))
        if action.done_on is not None:
            raise RuleViolation("That action is done already.")
        action.done_on = work.today
        work.touched(
            Kind.SUPERVISION, subject_id=action.id, patient_id=episode.patient_id, episode_id=episode.id
        )
    return work.changes


def reopen_action(command: ReopenAction, uow: UnitOfWork) -> Changes:
    """Take back that an agreed action is done: it is to do again, and the audit trail keeps both.

    Raises:
        StaleRecord: When somebody changed it since.
        RuleViolation: When it is not done.
    """
    with uow.begin(Permission.RECORD_SUPERVISION, "Reopen supervision action") as work:
        action = work.get(SupervisionAction, command.action_id)
        episode = open_episode(work, EpisodeId(action.episode_id))
        if action.done_on is None:
            raise RuleViolation("That action is to do already.")
        work.get(SupervisionAction, command.action_id, seen=command.seen)
        action.done_on = None
        work.touched(
            Kind.SUPERVISION, subject_id=action.id, patient_id=episode.patient_id, episode_id=episode.id
        )
    return work.changes


def _add_action(action: AgreedAction, review: SupervisionReview, work: Work) -> None:
    text = typed_block(action.text, "The action", LONGEST_TEXT)
    if not text:
        raise RuleViolation("Write what is to be done, or leave the action out.")
    if action.due_on < review.reviewed_on:
        raise RuleViolation("The action is due before it was agreed. Check its date.")
    if not work.get(UserAccount, action.owner_id).active:
        raise RuleViolation("Choose somebody who still works here to do it.")
    work.session.add(
        SupervisionAction(
            review_id=review.id,
            episode_id=review.episode_id,
            text=text,
            owner_id=action.owner_id,
            due_on=action.due_on,
        )
    )


def _scores_seen(work: Work, episode_id: int, reviewed_on: date) -> str:
    """Write the latest complete score of each instrument as the discussion saw it."""
    latest = {
        instrument: f"{instrument} {total} on {taken_on.isoformat()}"
        for instrument, total, taken_on in work.session.execute(
            select(Measure.instrument, Measure.total, Measure.taken_on)
            .where(
                Measure.episode_id == episode_id, Measure.total.is_not(None), Measure.taken_on <= reviewed_on
            )
            .order_by(Measure.taken_on, Measure.id)
        )
    }
    return "; ".join(latest.values())
