"""Who works for whom today: cover and duty, as Today and the rail read them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from collabcare.domain.cover import CoverFact, covered_by
from collabcare.queries.cover import covers
from collabcare.queries.support import colleagues, on_duty
from collabcare.queries.worklist import NO_COLLEAGUES, Colleagues

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

    from collabcare.domain.ids import UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """The cover that holds or is to come, who is on duty, and who works here."""

    covers: tuple[CoverFact, ...] = ()
    on_duty: frozenset[UserId] = frozenset()
    colleagues: Colleagues = field(default_factory=lambda: NO_COLLEAGUES)

    def covered_by(self, user_id: UserId, *, today: date) -> dict[UserId, str]:
        """Return whom this user covers today, by number with the name."""
        return covered_by(user_id, self.covers, today=today)


def team(session: Session, today: date) -> Team:
    """Return it in at most four SELECTs; while nobody is set as on duty, the supervisors are."""
    return Team(covers=covers(session, today), on_duty=on_duty(session), colleagues=colleagues(session))
