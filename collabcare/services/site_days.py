"""The site's own closed and open days, which move every date counted in working days."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from collabcare.catalogue.days_off import england_calendar
from collabcare.domain.acting import Permission
from collabcare.domain.changes import Changes, Kind
from collabcare.domain.errors import RuleViolation
from collabcare.domain.site_days import refuse_site_day
from collabcare.domain.typed_text import typed_line
from collabcare.store.models import SiteDay

if TYPE_CHECKING:
    from datetime import date

    from collabcare.store.unit_of_work import UnitOfWork

LONGEST_REASON = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class AddSiteDay:
    """A day on which the site is shut, or open although others are not."""

    on: date
    is_open: bool
    reason: str


def add_site_day(command: AddSiteDay, uow: UnitOfWork) -> Changes:
    """Add a day of the site's own; a bank holiday known late is added the same way.

    Raises:
        RuleViolation: When it has no reason, is in the list already, or would change nothing.
    """
    with uow.begin(Permission.MANAGE_PRACTICE, "Add day to the site's calendar") as work:
        if work.session.scalar(select(SiteDay.id).where(SiteDay.on_date == command.on)) is not None:
            raise RuleViolation("That day is in the list already. Take it out first, then add it again.")
        reason = typed_line(command.reason, "The reason", LONGEST_REASON)
        refuse_site_day(command.on, reason, england_calendar(command.on), is_open=command.is_open)
        added = work.add(SiteDay(on_date=command.on, is_open=command.is_open, reason=reason))
        work.touched(Kind.SITE_DAY, subject_id=added.id)
        work.made = added.id
    return work.changes


def remove_site_day(on: date, uow: UnitOfWork) -> Changes:
    """Take a day out of the list again.

    Raises:
        RuleViolation: When it is not in the list.
    """
    with uow.begin(Permission.MANAGE_PRACTICE, "Remove day from the site's calendar") as work:
        found = work.session.scalar(select(SiteDay).where(SiteDay.on_date == on))
        if found is None:
            raise RuleViolation("That day is not in the list any more.")
        work.session.delete(found)
        work.touched(Kind.SITE_DAY, subject_id=found.id)
    return work.changes
