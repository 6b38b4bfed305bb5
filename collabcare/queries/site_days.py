"""The site's own days: shut although others work, or open although others do not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from collabcare.store import models as m

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteDays:
    """What the working calendar takes beside the bank holidays, and why, for the screen that edits it."""

    closed: frozenset[date]
    open: frozenset[date]
    reasons: dict[date, str]


def site_days(session: Session) -> SiteDays:
    """Return the days the site has put in, in one SELECT."""
    rows = session.execute(
        select(m.SiteDay.on_date, m.SiteDay.is_open, m.SiteDay.reason).order_by(m.SiteDay.on_date)
    ).all()
    return SiteDays(
        closed=frozenset(day for day, is_open, _ in rows if not is_open),
        open=frozenset(day for day, is_open, _ in rows if is_open),
        reasons={day: reason for day, _, reason in rows},
    )
