"""What waits to be finished for one episode, by its number: for whoever writes many things one after another.

Screens learn these numbers from EpisodeFacts; reading all of that before each write would be waste here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from collabcare.domain.errors import RuleViolation
from collabcare.domain.ids import ActionId, ContactId, EpisodeId, LadderId
from collabcare.store import models as m

if TYPE_CHECKING:
    from datetime import date
    from typing import Any

    from sqlalchemy import Select
    from sqlalchemy.orm import Session


def booking_on(session: Session, episode_id: EpisodeId, day: date) -> ContactId:
    """Return the appointment booked for ``day`` whose outcome is not recorded."""
    booked = select(m.Contact.id).where(
        m.Contact.episode_id == episode_id,
        m.Contact.on_date == day,
        m.Contact.attendance.is_(None),
        m.Contact.voided_reason.is_(None),
        m.Contact.moved_on.is_(None),
    )
    return ContactId(_first(session, booked))


def open_ladder(session: Session, episode_id: EpisodeId) -> LadderId:
    """Return the search for a patient who did not attend."""
    ladder = select(m.Ladder.id).where(m.Ladder.episode_id == episode_id, m.Ladder.closed_on.is_(None))
    return LadderId(_first(session, ladder))


def oldest_open_action(session: Session, episode_id: EpisodeId) -> ActionId:
    """Return the supervision action not done that is due first."""
    action = m.SupervisionAction
    found = (
        select(action.id)
        .where(action.episode_id == episode_id, action.done_on.is_(None))
        .order_by(action.due_on, action.id)
        .limit(1)
    )
    return ActionId(_first(session, found))


def episode_version(session: Session, episode_id: EpisodeId) -> int:
    """Return the version of an episode as a screen opened now would show it."""
    return _first(session, select(m.Episode.version).where(m.Episode.id == episode_id))


def _first(session: Session, query: Select[Any]) -> int:  # Any: each query selects one whole number
    found: int | None = session.scalar(query)
    if found is None:
        raise RuleViolation("There is nothing of that kind waiting for this patient.")
    return found
