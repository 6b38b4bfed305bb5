"""The commands that plan care, safety and the site's days, each with a way to carry it out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import select

from collabcare.domain.ids import PatientId
from collabcare.domain.milestones import MilestoneDraft
from collabcare.domain.patient_details import SafeContact
from collabcare.domain.plan_drafts import PlanDraft
from collabcare.domain.plan_facts import MilestoneKind, ProposalKind, RelapsePlanFact
from collabcare.services.deaths import RecordDeath, TakeBackDeath, record_death, take_back_death
from collabcare.services.goals import (
    CloseGoal,
    OpenGoal,
    RateGoals,
    RewordGoal,
    close_goal,
    open_goal,
    rate_goals,
    reword_goal,
)
from collabcare.services.milestones import RecordMilestone, VoidMilestone, record_milestone, void_milestone
from collabcare.services.patient_details import ChangeDetails, change_details
from collabcare.services.proposals import (
    AnswerHandover,
    DecideProposal,
    Propose,
    accept_handover,
    decide_proposal,
    propose,
    reject_handover,
)
from collabcare.services.safety_assessments import RecordAssessment, record_assessment
from collabcare.services.safety_plans import (
    ActivatePlan,
    BeginDraft,
    DeclinePlan,
    EndPlan,
    SaveDraft,
    activate_plan,
    begin_draft,
    decline_plan,
    end_plan,
    save_draft,
)
from collabcare.services.site_days import AddSiteDay, add_site_day, remove_site_day
from collabcare.services.staying_well import SaveRelapsePlan, save_relapse_plan
from collabcare.services.step_days import SetStepDays, UseModelDays, set_step_days, use_model_days
from collabcare.store.models import Patient
from tests.builders import MONDAY, day, instruments
from tests.builders_safety import draft, policy

if TYPE_CHECKING:
    from collections.abc import Callable

    from collabcare.domain.acting import Role
    from collabcare.domain.changes import Changes
    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.ids import EpisodeId
    from tests.record_fixtures import Practice
    from tests.services.commands import Scene

PLAN = PlanDraft(made_on=MONDAY, warning_signs="Not sleeping", professionals="Jo Smith", review_on=day(28))
SHUT = day(23)
"""A Wednesday on which the site is shut already."""


def prepare(practice: Practice, episode: EpisodeId) -> None:
    """Let there be one of each: a goal, a draft, a milestone, a closed day, another patient who died.

    Of two proposals the later is signed off.
    """
    gbo = instruments()["gbo"]
    open_goal(OpenGoal(episode_id=episode, text="Walk", opened_on=MONDAY), practice.uow(), gbo)
    begin_draft(BeginDraft(episode_id=episode, draft=PLAN), practice.uow())
    proposal = Propose(episode_id=episode, kind=ProposalKind.STEP_UP, reason="Worse", to_service="CMHT")
    propose(proposal, practice.uow("sam"))
    signed = propose(replace(proposal, kind=ProposalKind.STEP_DOWN), practice.uow("sam")).made or 0
    decide_proposal(DecideProposal(proposal_id=signed, seen=1, agreed=True), practice.uow())
    reviewed = MilestoneDraft(kind=MilestoneKind.MDT_REVIEW, reached_on=MONDAY)
    record_milestone(RecordMilestone(episode_id=episode, milestone=reviewed), practice.uow())
    add_site_day(AddSiteDay(on=SHUT, is_open=False, reason="Training"), practice.uow("alex"))
    mine = SetStepDays(step=2, long_days=30, very_long_days=60)
    set_step_days(mine, practice.uow("alex"), practice.rulebook.pathway)
    patient = practice.facts(practice.refer("A", surname="Hope")).patient
    dead = RecordDeath(
        patient_id=patient.patient_id, seen=patient.version, died_on=practice.today, told_by="Her sister"
    )
    record_death(dead, practice.uow())


def _facts(at: Scene) -> EpisodeFacts:
    return at.practice.facts(at.episode)


def _open_goal(at: Scene, role: Role) -> Changes:
    command = OpenGoal(episode_id=at.episode, text="Sleep", opened_on=day(14))
    return open_goal(command, at.uow(role), instruments()["gbo"])


def _reword_goal(at: Scene, role: Role) -> Changes:
    goal = _facts(at).goals[0]
    command = RewordGoal(goal_id=goal.id, seen=goal.row_version, text="Run", on=day(14))
    return reword_goal(command, at.uow(role))


def _close_goal(at: Scene, role: Role) -> Changes:
    goal = _facts(at).goals[0]
    command = CloseGoal(goal_id=goal.id, seen=goal.row_version, closed_on=day(14))
    return close_goal(command, at.uow(role), instruments()["gbo"])


def _rate_goals(at: Scene, role: Role) -> Changes:
    ratings = ((_facts(at).goals[0].id, 4),)
    command = RateGoals(episode_id=at.episode, rated_on=day(14), ratings=ratings)
    return rate_goals(command, at.uow(role), instruments()["gbo"])


def _record_assessment(at: Scene, role: Role) -> Changes:
    written = draft(day(14), review_on=day(20))
    return record_assessment(
        RecordAssessment(episode_id=at.episode, seen=0, draft=written), at.uow(role), policy()
    )


def _begin_draft(at: Scene, role: Role) -> Changes:
    return begin_draft(BeginDraft(episode_id=at.well, draft=PLAN), at.uow(role))


def _save_draft(at: Scene, role: Role) -> Changes:
    plan = _facts(at).safety_plans[0]
    changed = replace(PLAN, by_myself="Music")
    return save_draft(SaveDraft(plan_id=plan.id, seen=plan.row_version, draft=changed), at.uow(role))


def _activate_plan(at: Scene, role: Role) -> Changes:
    plan = _facts(at).safety_plans[0]
    return activate_plan(ActivatePlan(plan_id=plan.id, seen=plan.row_version), at.uow(role))


def _end_plan(at: Scene, role: Role) -> Changes:
    plan = _facts(at).safety_plans[0]
    return end_plan(
        EndPlan(plan_id=plan.id, seen=plan.row_version, reason="Things have changed"), at.uow(role)
    )


def _decline_plan(at: Scene, role: Role) -> Changes:
    command = DeclinePlan(episode_id=at.episode, offered_on=day(14), reason="Has one")
    return decline_plan(command, at.uow(role))


def _save_relapse_plan(at: Scene, role: Role) -> Changes:
    plan = RelapsePlanFact(made_on=day(14), triggers="Winter")
    return save_relapse_plan(SaveRelapsePlan(episode_id=at.episode, seen=None, plan=plan), at.uow(role))


def _propose(at: Scene, role: Role) -> Changes:
    command = Propose(episode_id=at.episode, kind=ProposalKind.DISCHARGE, reason="Well")
    return propose(command, at.uow(role))


def _decide_proposal(at: Scene, role: Role) -> Changes:
    proposal = _facts(at).proposals[0]
    command = DecideProposal(proposal_id=proposal.id, seen=proposal.row_version, agreed=True)
    return decide_proposal(command, at.uow(role))


def _answer(at: Scene) -> AnswerHandover:
    proposal = _facts(at).proposals[-1]
    return AnswerHandover(proposal_id=proposal.id, seen=proposal.row_version, on=day(14))


def _record_milestone(at: Scene, role: Role) -> Changes:
    made = MilestoneDraft(kind=MilestoneKind.ASSESSMENT, reached_on=day(14))
    return record_milestone(RecordMilestone(episode_id=at.episode, milestone=made), at.uow(role))


def _void_milestone(at: Scene, role: Role) -> Changes:
    milestone = _facts(at).milestones[0]
    command = VoidMilestone(milestone_id=milestone.id, seen=milestone.row_version, reason="Other patient")
    return void_milestone(command, at.uow(role))


def _change_details(at: Scene, role: Role) -> Changes:
    patient = _facts(at).patient
    safe = SafeContact(telephone_safe=True)
    command = ChangeDetails(patient_id=patient.patient_id, seen=patient.version, safe=safe)
    return change_details(command, at.uow(role))


def _record_death(at: Scene, role: Role) -> Changes:
    patient = _facts(at).patient
    command = RecordDeath(
        patient_id=patient.patient_id, seen=patient.version, died_on=day(14), told_by="Her sister"
    )
    return record_death(command, at.uow(role))


def _take_back_death(at: Scene, role: Role) -> Changes:
    with at.practice.reading() as session:
        dead = session.scalars(select(Patient).where(Patient.died_on.is_not(None))).one()
    command = TakeBackDeath(patient_id=PatientId(dead.id), seen=dead.version)
    return take_back_death(command, at.uow(role), at.practice.rulebook.pathway)


def _add_site_day(at: Scene, role: Role) -> Changes:
    command = AddSiteDay(on=date(2026, 12, 24), is_open=False, reason="Shut early")
    return add_site_day(command, at.uow(role))


def _set_step_days(at: Scene, role: Role) -> Changes:
    command = SetStepDays(step=None, long_days=50, very_long_days=100)
    return set_step_days(command, at.uow(role), at.practice.rulebook.pathway)


PLAN_ROWS: dict[str, tuple[str, Callable[[Scene, Role], Changes]]] = {
    "accept_handover": ("PS", lambda at, role: accept_handover(_answer(at), at.uow(role))),
    "activate_plan": ("PS", _activate_plan),
    "add_site_day": ("SA", _add_site_day),
    "begin_draft": ("PS", _begin_draft),
    "change_details": ("PSA", _change_details),
    "close_goal": ("PS", _close_goal),
    "decide_proposal": ("PS", _decide_proposal),
    "decline_plan": ("PS", _decline_plan),
    "end_plan": ("PS", _end_plan),
    "open_goal": ("PS", _open_goal),
    "propose": ("PS", _propose),
    "rate_goals": ("PS", _rate_goals),
    "record_assessment": ("PS", _record_assessment),
    "record_death": ("PS", _record_death),
    "record_milestone": ("PS", _record_milestone),
    "reject_handover": ("PS", lambda at, role: reject_handover(_answer(at), at.uow(role))),
    "remove_site_day": ("SA", lambda at, role: remove_site_day(SHUT, at.uow(role))),
    "reword_goal": ("PS", _reword_goal),
    "save_draft": ("PS", _save_draft),
    "save_relapse_plan": ("PS", _save_relapse_plan),
    "set_step_days": ("SA", _set_step_days),
    "take_back_death": ("PS", _take_back_death),
    "use_model_days": ("SA", lambda at, role: use_model_days(UseModelDays(step=2), at.uow(role))),
    "void_milestone": ("PS", _void_milestone),
}
"""By the name of the function: who may, by the first letters of their roles, and how."""
