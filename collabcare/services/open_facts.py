"""What the rules read of an episode inside a transaction, and the note that something in it changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from collabcare.domain.changes import Kind
from collabcare.domain.errors import RuleViolation
from collabcare.domain.ids import EpisodeId
from collabcare.queries.facts import episode_facts
from collabcare.services.in_care import open_episode
from collabcare.store.models import ClosingReview, Episode

if TYPE_CHECKING:
    from collabcare.domain.facts import EpisodeFacts
    from collabcare.store.unit_of_work import Work

_MAY_ASK_US_TO_ACT = frozenset(
    {
        Kind.ASSESSMENT,
        Kind.HASTE,
        Kind.MEDICATION,
        Kind.SAFETY,
        Kind.SAFETY_PLAN,
        Kind.TRACK,
    }
)


def open_facts(work: Work, episode_id: int) -> EpisodeFacts:
    """Return the facts of an episode that is still open, with what this transaction has written so far.

    Raises:
        RuleViolation: When there is no such episode, or it is closed.
    """
    facts = episode_facts(work.session, EpisodeId(open_episode(work, EpisodeId(episode_id)).id))
    if facts is None:
        raise RuleViolation("That episode has no referral, so nothing can be added to it.")
    return facts


def facts_now(work: Work, episode_id: int) -> EpisodeFacts:
    """Return the facts of the open episode in which what was recorded in ``episode_id`` still counts.

    That is the same episode, or the one in which its patient is back after it was closed.

    Raises:
        RuleViolation: When the patient is not in our care.
    """
    recorded_in = work.get(Episode, EpisodeId(episode_id))
    back = select(Episode.id).where(
        Episode.patient_id == recorded_in.patient_id,
        Episode.id > recorded_in.id,
        Episode.closed_on.is_(None),
    )
    closed = recorded_in.closed_on is not None
    return open_facts(work, (work.session.scalar(back) if closed else None) or recorded_in.id)


def touch(work: Work, kind: Kind, facts: EpisodeFacts, subject_id: int) -> None:
    """Note a change in an episode, for the screens and the audit trail.

    What may ask us to act soon withdraws what a supervisor agreed to before it was known: the reason to close
    and the signature in an open review of not attending are to be given again.
    """
    work.touched(
        kind, subject_id=subject_id, patient_id=facts.patient.patient_id, episode_id=facts.episode_id
    )
    if kind in _MAY_ASK_US_TO_ACT:
        look_again(work, facts.episode_id)


def look_again(work: Work, episode_id: int) -> None:
    """Withdraw what was agreed to in an open review of not attending before something new was known."""
    agreed = ClosingReview.prompt_reason_by.is_not(None) | ClosingReview.signed_off_by.is_not(None)
    which = ClosingReview.episode_id == episode_id, ClosingReview.ended_on.is_(None), agreed
    for review in work.session.scalars(select(ClosingReview).where(*which)):
        review.prompt_reason_by = None
        review.signed_off_by = review.signed_off_on = review.signed_off_by_role = None
