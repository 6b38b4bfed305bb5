"""Staying-well plans: each one saved is a version, and the last stands."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from collabcare.domain.acting import Permission
from collabcare.domain.changes import Changes, Kind
from collabcare.domain.errors import StaleRecord
from collabcare.domain.plan_facts import RelapsePlanFact
from collabcare.domain.relapse_prevention import PLAN_PARTS
from collabcare.domain.staying_well import refuse_relapse_plan
from collabcare.domain.typed_text import typed_block
from collabcare.services.open_facts import open_facts, touch
from collabcare.store.models import RelapsePlan

if TYPE_CHECKING:
    from collabcare.domain.ids import EpisodeId
    from collabcare.store.unit_of_work import UnitOfWork

LONGEST_PART = 5_000
_NAMES = tuple(each.name for each in fields(RelapsePlanFact))


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveRelapsePlan:
    """A staying-well plan; ``seen`` is the plan it was written from, None when there was none."""

    episode_id: EpisodeId
    seen: RelapsePlanFact | None
    plan: RelapsePlanFact


def save_relapse_plan(command: SaveRelapsePlan, uow: UnitOfWork) -> Changes:
    """Keep a staying-well plan as a new version; parts may still be blank.

    Raises:
        RuleViolation: When nothing is written or nothing is new, or a day cannot be.
        StaleRecord: When somebody else saved a version meanwhile.
    """
    with uow.begin(Permission.PLAN_CARE, "Save staying-well plan") as work:
        facts = open_facts(work, command.episode_id)
        if command.seen != facts.relapse_plan:
            raise StaleRecord(
                "Somebody else saved the staying-well plan while you had it open. Your text is kept; look "
                "again, then save."
            )
        plan = _tidy(command.plan)
        received_on = facts.referral_received_on
        refuse_relapse_plan(plan, facts.relapse_plan, received_on=received_on, today=work.today)
        last = work.session.scalar(
            select(func.max(RelapsePlan.number)).where(RelapsePlan.episode_id == facts.episode_id)
        )
        made = work.add(
            RelapsePlan(
                episode_id=facts.episode_id,
                number=(last or 0) + 1,
                recorded_by=work.acting.user_id,
                recorded_at=work.at,
                **{name: getattr(plan, name) for name in _NAMES},
            )
        )
        touch(work, Kind.STAYING_WELL, facts, made.id)
        work.made = made.id
    return work.changes


def _tidy(plan: RelapsePlanFact) -> RelapsePlanFact:
    words: dict[str, Any] = {  # Any: mypy does not see that only the texts are named
        name: typed_block(getattr(plan, name), f"The part on {what}", LONGEST_PART)
        for name, what in PLAN_PARTS.items()
    }
    return replace(plan, **words)
