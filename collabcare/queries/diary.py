"""What else is booked with whoever holds a patient, so that nobody is booked twice for one time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from collabcare.domain.booking_checks import Taken
from collabcare.store import models as m

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

    from collabcare.domain.facts import EpisodeFacts


def holders_diary(session: Session, facts: EpisodeFacts, today: date) -> tuple[Taken, ...]:
    """Return the times booked from today on with the holder of this episode, for anybody else, in one SELECT.

    It says nothing of whom they are for: another patient's name has no place on this one's page.
    """
    booked = m.Contact
    rows = session.execute(
        select(booked.on_date, booked.at_time, booked.minutes, booked.in_group)
        .join(m.Episode, m.Episode.id == booked.episode_id)
        .where(
            m.Episode.closed_on.is_(None),
            booked.episode_id != facts.episode_id,
            booked.practitioner_id == facts.holder_id,
            booked.on_date >= today,
            booked.attendance.is_(None),
            booked.voided_reason.is_(None),
            booked.moved_on.is_(None),
        )
        .order_by(booked.on_date, booked.at_time)
    )
    return tuple(Taken(on=on, at=at, minutes=minutes, group=group) for on, at, minutes, group in rows)
