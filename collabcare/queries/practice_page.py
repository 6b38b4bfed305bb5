"""What the Practice page shows: the site's lines, who is on duty, its own days, and its days in a step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from collabcare.domain.calendar import london_date
from collabcare.domain.changes import Kind
from collabcare.domain.crisis_lines import SAVE_LINE
from collabcare.domain.display import fmt_date
from collabcare.queries.site import users
from collabcare.queries.site_days import site_days
from collabcare.queries.step_days import own_step_days
from collabcare.queries.support import crisis_support
from collabcare.store import models as m

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from collabcare.domain.crisis_lines import CrisisSupport
    from collabcare.domain.step_days import StepDays
    from collabcare.queries.site import UserRow
    from collabcare.queries.site_days import SiteDays


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticePage:
    """Everything the page and its forms read."""

    support: CrisisSupport
    users: tuple[UserRow, ...]
    days: SiteDays
    steps: tuple[StepDays, ...]
    checked: Mapping[int, str]
    """By the site's own line, who wrote or confirmed it last, and on which day."""


def practice_page(session: Session) -> PracticePage:
    """Return the page in six SELECTs."""
    return PracticePage(
        support=crisis_support(session),
        users=tuple(users(session)),
        days=site_days(session),
        steps=own_step_days(session),
        checked=_checked(session),
    )


def _checked(session: Session) -> dict[int, str]:
    """Read from the audit trail who saved each line last."""
    entry, user = m.AuditEntry, m.UserAccount
    saved = (
        select(entry.subject_id, entry.at, user.name)
        .join(user, user.id == entry.actor_id)
        .where(entry.kind == Kind.HELPLINE, entry.action == SAVE_LINE, entry.subject_id.is_not(None))
        .order_by(entry.id)
    )
    return {
        line: f"Confirmed by {name}, {fmt_date(london_date(at))}"
        for line, at, name in session.execute(saved)
        if line is not None
    }
