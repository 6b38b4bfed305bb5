"""Goals, staying-well plans, proposals and milestones as facts: each SELECT beside what its rows become."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, select

from collabcare.domain.plan_facts import (
    ActionOwner,
    GoalActionFact,
    GoalFact,
    GoalRating,
    LifeDomain,
    MilestoneFact,
    MilestoneKind,
    ProposalFact,
    ProposalKind,
    RelapsePlanFact,
)
from collabcare.queries.grouped import by_code, by_code_or_none
from collabcare.store import models as m

if TYPE_CHECKING:
    from collabcare.queries.grouped import AnyRow, AnySelect, Grouped

_PROPOSAL = by_code(ProposalKind)
_MILESTONE = by_code(MilestoneKind)
_DOMAIN = by_code_or_none(LifeDomain)
_OWNER = by_code(ActionOwner)
_RELAPSE_PLAN = (
    *("made_on", "warning_signs", "triggers", "what_helped", "medication", "if_it_returns"),
    *("who_to_contact", "way_back", "copy_given_on"),
)


def goals(which: ColumnElement[bool]) -> AnySelect:
    """Select the goals, oldest first."""
    goal = m.Goal
    return (
        select(
            goal.episode_id,
            goal.id,
            goal.place,
            goal.text,
            goal.opened_on,
            goal.closed_on,
            goal.version,
            goal.domain,
        )
        .join(m.Episode, m.Episode.id == goal.episode_id)
        .where(which)
        .order_by(goal.opened_on, goal.place, goal.id)
    )


def goal(row: AnyRow, ratings: Grouped[GoalRating], actions: Grouped[GoalActionFact]) -> GoalFact:
    """Make one goal with its ratings and the steps towards it."""
    _, key, place, text, opened_on, closed_on, version, domain = row
    return GoalFact(
        id=key,
        place=place,
        text=text,
        opened_on=opened_on,
        closed_on=closed_on,
        ratings=ratings.get(key, ()),
        row_version=version,
        domain=_DOMAIN[domain],
        actions=actions.get(key, ()),
    )


def goal_ratings(which: ColumnElement[bool]) -> AnySelect:
    """Select how close those goals felt, oldest first; of two for one day the later entered comes later."""
    rating = m.GoalRating
    return (
        select(rating.goal_id, rating.rated_on, rating.rating)
        .join(m.Goal, m.Goal.id == rating.goal_id)
        .join(m.Episode, m.Episode.id == m.Goal.episode_id)
        .where(which)
        .order_by(rating.rated_on, rating.id)
    )


def goal_rating(row: AnyRow) -> GoalRating:
    """Make one rating."""
    _, rated_on, rating = row
    return GoalRating(rated_on=rated_on, rating=rating)


def goal_actions(which: ColumnElement[bool]) -> AnySelect:
    """Select the steps towards those goals in the order in which they were agreed."""
    action = m.GoalAction
    return (
        select(
            action.goal_id,
            action.id,
            action.text,
            action.whose,
            action.due_on,
            action.done_on,
            action.dropped_on,
            action.recorded_at,
            action.version,
        )
        .join(m.Goal, m.Goal.id == action.goal_id)
        .join(m.Episode, m.Episode.id == m.Goal.episode_id)
        .where(which)
        .order_by(action.id)
    )


def goal_action(row: AnyRow) -> GoalActionFact:
    """Make one step."""
    _, key, text, whose, due_on, done_on, dropped_on, recorded_at, version = row
    return GoalActionFact(
        id=key,
        text=text,
        whose=_OWNER[whose],
        due_on=due_on,
        done_on=done_on,
        dropped_on=dropped_on,
        recorded_at=recorded_at,
        row_version=version,
    )


def relapse_plans(which: ColumnElement[bool]) -> AnySelect:
    """Select every version of the staying-well plans, the first first."""
    plan = m.RelapsePlan
    columns = plan.__table__.c
    return (
        select(plan.episode_id, *(columns[name] for name in _RELAPSE_PLAN))
        .join(m.Episode, m.Episode.id == plan.episode_id)
        .where(which)
        .order_by(plan.number)
    )


def relapse_plan(row: AnyRow) -> RelapsePlanFact:
    """Make one version."""
    _, *values = row
    return RelapsePlanFact(**dict(zip(_RELAPSE_PLAN, values, strict=True)))


def proposals(which: ColumnElement[bool]) -> AnySelect:
    """Select the changes of care proposed, oldest first."""
    proposal = m.Proposal
    return (
        select(
            proposal.episode_id,
            proposal.id,
            proposal.kind,
            proposal.proposed_on,
            proposal.proposed_by,
            proposal.to_service,
            proposal.awaits_sign_off,
            proposal.decided_on,
            proposal.agreed,
            proposal.accepted_on,
            proposal.rejected_on,
            proposal.version,
        )
        .join(m.Episode, m.Episode.id == proposal.episode_id)
        .where(which)
        .order_by(proposal.proposed_on, proposal.id)
    )


def proposal(row: AnyRow) -> ProposalFact:
    """Make one proposal."""
    _, key, kind, proposed_on, by, to_service, awaits, *answers, version = row
    decided_on, agreed, accepted_on, rejected_on = answers
    return ProposalFact(
        id=key,
        kind=_PROPOSAL[kind],
        proposed_on=proposed_on,
        by_id=by,
        to_service=to_service,
        awaits_sign_off=awaits,
        decided_on=decided_on,
        agreed=agreed,
        accepted_on=accepted_on,
        rejected_on=rejected_on,
        row_version=version,
    )


def milestones(which: ColumnElement[bool]) -> AnySelect:
    """Select the milestones that stand, oldest first."""
    milestone = m.Milestone
    return (
        select(
            milestone.episode_id,
            milestone.kind,
            milestone.reached_on,
            milestone.reached_at,
            milestone.finding,
            milestone.id,
            milestone.version,
        )
        .join(m.Episode, m.Episode.id == milestone.episode_id)
        .where(which, milestone.voided_reason.is_(None))
        .order_by(milestone.reached_on, milestone.id)
    )


def milestone(row: AnyRow) -> MilestoneFact:
    """Make one milestone."""
    _, kind, reached_on, reached_at, finding, key, version = row
    return MilestoneFact(
        kind=_MILESTONE[kind],
        reached_on=reached_on,
        at=reached_at,
        finding=finding,
        id=key,
        row_version=version,
    )
