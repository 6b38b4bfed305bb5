"""How long is long in a step: the practice's own figures in place of the service model's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from collabcare.domain.acting import Permission
from collabcare.domain.changes import Changes, Kind
from collabcare.domain.errors import RuleViolation
from collabcare.domain.step_days import StepDays, refuse_step_days
from collabcare.store.models import SiteStep

if TYPE_CHECKING:
    from collabcare.domain.pathway import Pathway
    from collabcare.store.unit_of_work import UnitOfWork, Work


@dataclass(frozen=True, slots=True, kw_only=True)
class SetStepDays:
    """The practice's own figures for a step, None for every step."""

    step: int | None
    long_days: int
    very_long_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UseModelDays:
    """A step that goes by the service model's figures again."""

    step: int


def set_step_days(command: SetStepDays, uow: UnitOfWork, pathway: Pathway) -> Changes:
    """Keep the practice's own figures of a step, in place of any it had.

    Raises:
        RuleViolation: When there is no such step, the figures cannot be, or they hold already.
    """
    with uow.begin(Permission.MANAGE_PRACTICE, "Set days in a step") as work:
        steps = [each.number for each in pathway.steps] if command.step is None else [command.step]
        changed = [_set(_days(command, step), work, pathway) for step in steps]
        if not any(changed):
            raise RuleViolation("Those are the figures that hold already, so there is nothing to save.")
    return work.changes


def use_model_days(command: UseModelDays, uow: UnitOfWork) -> Changes:
    """Let a step go by the service model's figures again.

    Raises:
        RuleViolation: When it does.
    """
    with uow.begin(Permission.MANAGE_PRACTICE, "Take back days in a step") as work:
        own = _own(work, command.step)
        if own is None:
            raise RuleViolation("That step goes by the service model's figures already.")
        work.session.delete(own)
        work.touched(Kind.STEP_DAYS, subject_id=own.id)
    return work.changes


def _days(command: SetStepDays, step: int) -> StepDays:
    return StepDays(step=step, long_days=command.long_days, very_long_days=command.very_long_days)


def _set(days: StepDays, work: Work, pathway: Pathway) -> bool:
    """Write the figures of one step, and return whether they are others than before."""
    refuse_step_days(days, pathway)
    own = _own(work, days.step)
    if own is None:
        own = work.add(SiteStep(step=days.step, long_days=days.long_days, very_long_days=days.very_long_days))
    elif (own.long_days, own.very_long_days) == (days.long_days, days.very_long_days):
        return False
    own.long_days, own.very_long_days = days.long_days, days.very_long_days
    work.touched(Kind.STEP_DAYS, subject_id=own.id)
    return True


def _own(work: Work, step: int) -> SiteStep | None:
    return work.session.scalar(select(SiteStep).where(SiteStep.step == step))
