"""What services ask before they write: is the episode open, when was it referred, who can hold a patient."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from collabcare.domain.acting import Permission, Role, allowed
from collabcare.domain.errors import RuleViolation
from collabcare.store.models import Episode, Referral, UserAccount

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.ids import EpisodeId, UserId
    from collabcare.store.unit_of_work import Work


def holder(work: Work, user_id: UserId) -> UserId:
    """Return ``user_id`` if this user can hold patients: somebody still here who may see them.

    Raises:
        RuleViolation: When they have left, or their role sees no patients.
    """
    work.get(UserAccount, user_id)
    if not can_hold(work, user_id):
        raise RuleViolation("Choose a practitioner or supervisor of this service to hold the patient.")
    return user_id


def can_hold(work: Work, user_id: int | None) -> bool:
    """Return whether this user is somebody still here who may see patients."""
    user = None if user_id is None else work.session.get(UserAccount, user_id)
    return user is not None and user.active and allowed(Role(user.role), Permission.RECORD_CONTACT)


def give(episode: Episode, user_id: int, on: date) -> None:
    """Let a user hold the patient from now on; they are allocated since the day somebody first did."""
    episode.holder_id = user_id
    if episode.allocated_on is None:
        episode.allocated_on = on


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
