"""Who is on duty for what safety asks for the same day, and what holds when nobody is here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from collabcare.domain.acting import Permission, Role
from collabcare.domain.changes import Changes, Kind
from collabcare.domain.crisis_lines import refuse_duty
from collabcare.domain.typed_text import typed_block
from collabcare.store.models import Site, UserAccount

if TYPE_CHECKING:
    from collabcare.domain.ids import UserId
    from collabcare.store.unit_of_work import UnitOfWork

LONGEST_WORDS = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class PutOnDuty:
    """Somebody to be on duty from now on, None for nobody."""

    user_id: UserId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SayOutOfHours:
    """What a patient and a colleague are told to do when nobody is here."""

    words: str


def put_on_duty(command: PutOnDuty, uow: UnitOfWork) -> Changes:
    """Let somebody be on duty in place of whoever was.

    Raises:
        RuleViolation: When that person has left, or may not record a safety conversation.
    """
    with uow.begin(Permission.MANAGE_PRACTICE, "Set who is on duty") as work:
        if command.user_id is not None:
            user = work.get(UserAccount, command.user_id)
            refuse_duty(Role(user.role), active=user.active)
        site = work.session.scalars(select(Site)).one()
        site.duty_id = command.user_id
        work.touched(Kind.SITE, subject_id=site.id)
    return work.changes


def say_out_of_hours(command: SayOutOfHours, uow: UnitOfWork) -> Changes:
    """Keep what is said about the hours when nobody is here; empty takes it back.

    Raises:
        RuleViolation: When it is too long.
    """
    with uow.begin(Permission.MANAGE_PRACTICE, "Set out-of-hours words") as work:
        site = work.session.scalars(select(Site)).one()
        site.out_of_hours = typed_block(command.words, "What to do out of hours", LONGEST_WORDS)
        work.touched(Kind.SITE, subject_id=site.id)
    return work.changes
