"""What clocks and gates of a service model ask for: recorded when reached, voided when it was a mistake."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from collabcare.domain.acting import Permission
from collabcare.domain.changes import Changes, Kind
from collabcare.domain.milestones import MilestoneDraft, refuse_milestone, refuse_voiding
from collabcare.domain.typed_text import typed_block
from collabcare.services.open_facts import open_facts, touch
from collabcare.store.models import Milestone

if TYPE_CHECKING:
    from collabcare.domain.ids import EpisodeId
    from collabcare.store.unit_of_work import UnitOfWork

LONGEST_FINDING = 5_000
_LONGEST_REASON = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordMilestone:
    """Something reached in an episode."""

    episode_id: EpisodeId
    milestone: MilestoneDraft


@dataclass(frozen=True, slots=True, kw_only=True)
class VoidMilestone:
    """A milestone entered in error; ``seen`` is the ``row_version`` of it the user was looking at."""

    milestone_id: int
    seen: int
    reason: str


def record_milestone(command: RecordMilestone, uow: UnitOfWork) -> Changes:
    """Record that something a clock or gate asks for was reached.

    Raises:
        RuleViolation: When its day or hour cannot be.
    """
    with uow.begin(Permission.PLAN_CARE, "Record milestone") as work:
        facts = open_facts(work, command.episode_id)
        finding = typed_block(command.milestone.finding, "The finding", LONGEST_FINDING)
        draft = replace(command.milestone, finding=finding)
        refuse_milestone(draft, birth_date=facts.patient.birth_date, now=work.at)
        made = work.add(
            Milestone(
                episode_id=facts.episode_id,
                kind=draft.kind,
                reached_on=draft.reached_on,
                reached_at=draft.at,
                finding=draft.finding,
                recorded_by=work.acting.user_id,
                recorded_at=work.at,
            )
        )
        touch(work, Kind.MILESTONE, facts, made.id)
        work.made = made.id
    return work.changes


def void_milestone(command: VoidMilestone, uow: UnitOfWork) -> Changes:
    """Mark a milestone as entered in error: no clock counts it, and it stays in the record with the reason.

    Raises:
        RuleViolation: When there is no reason, or it is marked already.
        StaleRecord: When somebody else marked it meanwhile.
    """
    with uow.begin(Permission.PLAN_CARE, "Void milestone") as work:
        milestone = work.get(Milestone, command.milestone_id, seen=command.seen)
        facts = open_facts(work, milestone.episode_id)
        reason = typed_block(command.reason, "The reason", _LONGEST_REASON)
        refuse_voiding(reason, voided=milestone.voided_reason is not None)
        milestone.voided_reason = reason
        touch(work, Kind.MILESTONE, facts, milestone.id)
    return work.changes
