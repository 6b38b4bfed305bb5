"""Arranging who looks after whose patients, and ending it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from collabcare.domain.acting import Permission
from collabcare.domain.changes import Changes, Kind
from collabcare.domain.cover import CoverFact, refuse_cover
from collabcare.domain.errors import RuleViolation
from collabcare.queries.cover import covers
from collabcare.services.in_care import can_hold
from collabcare.store.models import Cover, UserAccount

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.ids import UserId
    from collabcare.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrangeCover:
    """A colleague's patients looked after by another; ``until_on`` None is until it is ended."""

    covered_id: UserId
    by_id: UserId
    from_on: date
    until_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EndCover:
    """Cover to end today; ``seen`` is its ``row_version`` as it was shown."""

    cover_id: int
    seen: int


def arrange_cover(command: ArrangeCover, uow: UnitOfWork) -> Changes:
    """Arrange it; who holds a patient does not change.

    Raises:
        RuleViolation: When it is for oneself, for days gone by, arranged already, or by somebody who cannot.
    """
    with uow.begin(Permission.ARRANGE_COVER, "Arrange cover") as work:
        if not can_hold(work, command.by_id):
            raise RuleViolation("Choose a practitioner or supervisor who signs in to cover.")
        asked = CoverFact(
            id=0,
            row_version=0,
            covered_id=command.covered_id,
            covered=work.get(UserAccount, command.covered_id).name,
            by_id=command.by_id,
            by=work.get(UserAccount, command.by_id).name,
            from_on=command.from_on,
            until_on=command.until_on,
        )
        refuse_cover(asked, covers(work.session, work.today), today=work.today)
        made = work.add(
            Cover(
                covered_id=command.covered_id,
                by_id=command.by_id,
                from_on=command.from_on,
                until_on=command.until_on,
                recorded_by=work.acting.user_id,
                recorded_at=work.at,
            )
        )
        work.touched(Kind.COVER, subject_id=made.id)
        work.made = made.id
    return work.changes


def end_cover(command: EndCover, uow: UnitOfWork) -> Changes:
    """End cover from today on.

    Raises:
        RuleViolation: When it has ended already.
        StaleRecord: When somebody else changed it meanwhile.
    """
    with uow.begin(Permission.ARRANGE_COVER, "End cover") as work:
        cover = work.get(Cover, command.cover_id, seen=command.seen)
        if cover.ended_on is not None:
            raise RuleViolation("That cover has ended already.")
        cover.ended_on = work.today
        work.touched(Kind.COVER, subject_id=cover.id)
    return work.changes
