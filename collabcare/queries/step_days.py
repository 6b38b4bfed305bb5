"""The practice's own figures of how long is long in a step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from collabcare.domain.step_days import StepDays
from collabcare.store import models as m

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def own_step_days(session: Session) -> tuple[StepDays, ...]:
    """Return the steps for which the practice set its own figures, in order, in one SELECT."""
    rows = session.execute(
        select(m.SiteStep.step, m.SiteStep.long_days, m.SiteStep.very_long_days).order_by(m.SiteStep.step)
    )
    return tuple(StepDays(step=step, long_days=long, very_long_days=very) for step, long, very in rows)
