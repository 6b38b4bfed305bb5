"""What the Practice page shows: the site's lines, who is on duty, and its own days."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from collabcare.queries.site import users
from collabcare.queries.site_days import site_days
from collabcare.queries.support import crisis_support

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from collabcare.domain.crisis_lines import CrisisSupport
    from collabcare.queries.site import UserRow
    from collabcare.queries.site_days import SiteDays


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticePage:
    """Everything the page and its forms read."""

    support: CrisisSupport
    users: tuple[UserRow, ...]
    days: SiteDays


def practice_page(session: Session) -> PracticePage:
    """Return the page in four SELECTs."""
    return PracticePage(support=crisis_support(session), users=tuple(users(session)), days=site_days(session))
