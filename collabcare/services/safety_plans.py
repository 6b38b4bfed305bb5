"""Safety plans: written as drafts, made active, replaced, ended, or offered and declined."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

from collabcare.domain.acting import Permission
from collabcare.domain.changes import Changes, Kind
from collabcare.domain.errors import RuleViolation
from collabcare.domain.plan_drafts import (
    PlanDraft,
    refuse_draft,
    refuse_ending,
    refuse_keeping,
    refuse_second_draft,
    refuse_writing,
)
from collabcare.domain.recorded_days import refuse_day
from collabcare.domain.safety_assessment import next_version
from collabcare.domain.safety_facts import PlanStatus, SafetyPlanFact
from collabcare.domain.safety_plan import PLAN_HEADINGS, REASONS_HEADING, activated, refuse_declined
from collabcare.domain.typed_text import typed_block
from collabcare.services.open_facts import facts_now, open_facts, touch
from collabcare.store.models import SafetyPlan

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.ids import EpisodeId
    from collabcare.store.unit_of_work import UnitOfWork, Work

LONGEST_STEP = 5_000
_WORDS = {
    **{step.value: heading for step, heading in PLAN_HEADINGS.items()},
    "reasons_for_living": REASONS_HEADING,
    "copy_given": "The note on the copy",
    "shared_with": "The note on sharing",
}
_NAMES = tuple(each.name for each in fields(PlanDraft))


@dataclass(frozen=True, slots=True, kw_only=True)
class BeginDraft:
    """A new draft of a safety plan."""

    episode_id: EpisodeId
    draft: PlanDraft


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveDraft:
    """A draft worked on; ``seen`` is the ``row_version`` of the plan the user was looking at."""

    plan_id: int
    seen: int
    draft: PlanDraft


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivatePlan:
    """A draft to be made active in place of the plan before it."""

    plan_id: int
    seen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeActive:
    """A draft as it is written, to be kept and made active in one."""

    draft: BeginDraft | SaveDraft


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepPlan:
    """The active plan as looked at with the patient, nothing in it changed, and when it is looked at next."""

    plan_id: int
    seen: int
    review_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class EndPlan:
    """A plan no longer in use, or a draft put aside, and why."""

    plan_id: int
    seen: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclinePlan:
    """A plan that was offered, and what the patient said about not wanting one."""

    episode_id: EpisodeId
    offered_on: date
    reason: str


def begin_draft(command: BeginDraft, uow: UnitOfWork) -> Changes:
    """Begin a new version of the safety plan as a draft.

    Raises:
        RuleViolation: When a draft has been begun already, nothing is written, or a day cannot be.
    """
    with uow.begin(Permission.PLAN_SAFETY, "Begin draft of safety plan") as work:
        work.made = _begun(work, command).id
    return work.changes


def save_draft(command: SaveDraft, uow: UnitOfWork) -> Changes:
    """Keep what was changed in a draft.

    Raises:
        RuleViolation: When it is no draft any more, nothing is written, or a day cannot be.
        StaleRecord: When somebody else changed the draft meanwhile.
    """
    with uow.begin(Permission.PLAN_SAFETY, "Save draft of safety plan") as work:
        _saved(work, command)
    return work.changes


def activate_plan(command: ActivatePlan, uow: UnitOfWork) -> Changes:
    """Make a draft the active plan; the one before it, of an earlier episode too, is kept as replaced.

    Raises:
        RuleViolation: When it is not a draft, or lacks what an active plan must have.
        StaleRecord: When somebody else changed the draft meanwhile.
    """
    with uow.begin(Permission.PLAN_SAFETY, "Make safety plan active") as work:
        plan, facts = _found(work, command.plan_id, command.seen)
        _put_into_use(work, plan, facts)
    return work.changes


def make_active(command: MakeActive, uow: UnitOfWork) -> Changes:
    """Keep a draft as it is written and make it the active plan: both, or neither.

    Raises:
        RuleViolation: When it lacks what a draft or an active plan must have, or is no draft any more.
        StaleRecord: When somebody else changed the draft meanwhile.
    """
    with uow.begin(Permission.PLAN_SAFETY, "Make safety plan active") as work:
        draft = command.draft
        plan = _begun(work, draft) if isinstance(draft, BeginDraft) else _saved(work, draft)
        _put_into_use(work, plan, open_facts(work, plan.episode_id))
        work.made = plan.id
    return work.changes


def keep_plan(command: KeepPlan, uow: UnitOfWork) -> Changes:
    """Record that the active plan was reviewed with the patient and stays: a new version in the same words.

    Raises:
        RuleViolation: When it is not in use, a draft has been begun, or the review day cannot be.
        StaleRecord: When somebody else changed it meanwhile.
    """
    with uow.begin(Permission.PLAN_SAFETY, "Keep safety plan unchanged") as work:
        plan, facts = _found(work, command.plan_id, command.seen)
        refuse_keeping(PlanStatus(plan.status))
        words: dict[str, Any] = {name: getattr(plan, name) for name in _NAMES}  # Any: the texts and the days
        words |= {"made_on": work.today, "review_on": command.review_on}
        kept = _begun(work, BeginDraft(episode_id=facts.episode_id, draft=PlanDraft(**words)))
        _put_into_use(work, kept, open_facts(work, plan.episode_id))
        work.made = kept.id
    return work.changes


def end_plan(command: EndPlan, uow: UnitOfWork) -> Changes:
    """End an active plan that no longer fits, or put a draft aside; its words stay in the record.

    Raises:
        RuleViolation: When it is not in use, or the reason is missing.
        StaleRecord: When somebody else changed it meanwhile.
    """
    with uow.begin(Permission.PLAN_SAFETY, "End safety plan") as work:
        plan = work.get(SafetyPlan, command.plan_id, seen=command.seen)
        facts = facts_now(work, plan.episode_id)
        refuse_ending(PlanStatus(plan.status))
        reason = typed_block(command.reason, "The reason", LONGEST_STEP)
        if not reason:
            raise RuleViolation("Say why the plan is no longer in use: whoever reads it next will ask.")
        plan.ended_on, plan.ended_reason = work.today, reason
        plan.status = PlanStatus.ENDED
        touch(work, Kind.SAFETY_PLAN, facts, plan.id)
    return work.changes


def decline_plan(command: DeclinePlan, uow: UnitOfWork) -> Changes:
    """Record that a safety plan was offered and declined, in the patient's words; a formulation is still due.

    Raises:
        RuleViolation: When the reason is missing, or the day cannot be.
    """
    with uow.begin(Permission.PLAN_SAFETY, "Record safety plan declined") as work:
        facts = open_facts(work, command.episode_id)
        reason = typed_block(command.reason, "The reason", LONGEST_STEP)
        offer = SafetyPlanFact(
            id=0, version=0, status=PlanStatus.DECLINED, made_on=command.offered_on, declined_reason=reason
        )
        refuse_declined(offer, today=work.today)
        refuse_day("The offer", offer.made_on, received_on=facts.referral_received_on, today=work.today)
        declined = SafetyPlan(status=offer.status, made_on=offer.made_on, declined_reason=reason)
        work.made = _add(work, facts, declined).id
    return work.changes


def _begun(work: Work, command: BeginDraft) -> SafetyPlan:
    facts = open_facts(work, command.episode_id)
    refuse_second_draft(facts.safety_plans)
    draft = _checked(command.draft, facts, work)
    words = {name: getattr(draft, name) for name in _NAMES}
    return _add(work, facts, SafetyPlan(status=PlanStatus.DRAFT, **words))


def _saved(work: Work, command: SaveDraft) -> SafetyPlan:
    plan, facts = _found(work, command.plan_id, command.seen)
    refuse_writing(PlanStatus(plan.status))
    draft = _checked(command.draft, facts, work)
    for name in _NAMES:
        setattr(plan, name, getattr(draft, name))
    touch(work, Kind.SAFETY_PLAN, facts, plan.id)
    return plan


def _put_into_use(work: Work, plan: SafetyPlan, facts: EpisodeFacts) -> None:
    """Make a draft active, and the one before it, of an earlier episode too, replaced."""
    after = activated(facts.safety_plans, plan.number, today=work.today)
    changed = [new for old, new in zip(facts.safety_plans, after, strict=True) if old != new]
    for fact in sorted(changed, key=lambda each: each.status is PlanStatus.ACTIVE):
        work.get(SafetyPlan, fact.id).status = fact.status
        work.session.flush()  # the old one first: an episode has one active plan at most
        touch(work, Kind.SAFETY_PLAN, facts, fact.id)
    for earlier in facts.earlier.safety_plans:
        if earlier.status is PlanStatus.ACTIVE:
            work.get(SafetyPlan, earlier.id).status = PlanStatus.SUPERSEDED
            touch(work, Kind.SAFETY_PLAN, facts, earlier.id)


def _found(work: Work, plan_id: int, seen: int) -> tuple[SafetyPlan, EpisodeFacts]:
    plan = work.get(SafetyPlan, plan_id, seen=seen)
    return plan, open_facts(work, plan.episode_id)


def _add(work: Work, facts: EpisodeFacts, plan: SafetyPlan) -> SafetyPlan:
    plan.episode_id = facts.episode_id
    plan.number = next_version([each.version for each in facts.safety_plans])
    plan.recorded_by, plan.recorded_at = work.acting.user_id, work.at
    work.add(plan)
    touch(work, Kind.SAFETY_PLAN, facts, plan.id)
    return plan


def _checked(draft: PlanDraft, facts: EpisodeFacts, work: Work) -> PlanDraft:
    words: dict[str, Any] = {  # Any: mypy does not see that only the texts are named
        name: typed_block(getattr(draft, name), heading, LONGEST_STEP) for name, heading in _WORDS.items()
    }
    tidy = replace(draft, **words)
    refuse_draft(tidy, received_on=facts.referral_received_on, today=work.today)
    return tidy
