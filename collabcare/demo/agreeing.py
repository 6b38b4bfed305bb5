"""Let the staff of the demo record what was agreed besides the contacts, each through the real services."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from collabcare.demo import acts
from collabcare.demo.telling import telling
from collabcare.domain import closing_parts
from collabcare.domain.gate_today import open_review
from collabcare.domain.letters import UNREACHED, letters_of
from collabcare.domain.medication import MedicineDraft
from collabcare.domain.milestones import MilestoneDraft
from collabcare.domain.patient_details import Demographics
from collabcare.domain.people_facts import MedicationSource
from collabcare.domain.plan_drafts import PlanDraft
from collabcare.domain.plan_facts import ProposalKind, RelapsePlanFact
from collabcare.domain.reach_facts import LookedAt
from collabcare.domain.safety_assessment import AssessmentDraft
from collabcare.domain.safety_reviewed import there_to_read
from collabcare.queries.facts import episode_facts
from collabcare.services import (
    carers,
    closing_reviews,
    goal_actions,
    goals,
    haste,
    medication,
    milestones,
    patient_details,
    pauses,
    proposals,
    safety_assessments,
    safety_plans,
    staying_well,
)
from collabcare.services.letters import issue_letter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from collabcare.demo.case import Case
    from collabcare.domain.facts import EpisodeFacts
    from collabcare.services.desk import Desk


def record(act: acts.Act, case: Case, desk: Desk, session: Session) -> None:
    """Record one thing that was agreed, as somebody who has the patient's page open."""
    match act:
        case acts.Told():
            _tell(act, case, desk, session)
        case acts.GoalsAgreed() | acts.GoalsRated():
            _set_goals(act, case, desk)
        case acts.StepAgreed() | acts.StepDone():
            _step(act, case, desk)
        case acts.Medicated() | acts.DoseChanged():
            _medicate(act, case, desk)
        case acts.Assessed():
            _assess(act, case, desk)
        case acts.SafetyPlanned() | acts.PlanDeclined():
            _plan_safety(act, case, desk)
        case acts.Proposed() | acts.SignedOff():
            _hand_over(act, case, desk)
        case acts.ReviewOpened():
            _review_closing(act, case, desk, session)
        case _:
            _agree(act, case, desk)


def _tell(act: acts.Told, case: Case, desk: Desk, session: Session) -> None:
    facts = episode_facts(session, case.episode_id)
    if facts is None:
        return
    command = patient_details.ChangeDetails(
        patient_id=facts.patient.patient_id,
        seen=facts.patient.version,
        safe=act.wish.safe,
        needs=replace(act.wish.needs, needs_reviewed_on=act.at.date()),
        demographics=Demographics(allergies=act.wish.allergies) if act.wish.allergies else None,
    )
    patient_details.change_details(command, desk.uow)
    if act.wish.carer is not None:
        draft = replace(act.wish.carer, consent_on=act.at.date())
        carers.save_carer(carers.SaveCarer(patient_id=command.patient_id, draft=draft), desk.uow)


def _set_goals(act: acts.GoalsAgreed | acts.GoalsRated, case: Case, desk: Desk) -> None:
    instrument, today, episode_id = desk.rulebook.instruments["gbo"], act.at.date(), case.episode_id
    match act:
        case acts.GoalsAgreed():
            opened = [
                goals.OpenGoal(episode_id=episode_id, text=text, opened_on=today, domain=area)
                for (_name, text), area in zip(act.typed, act.areas, strict=True)
            ]
            case.goals = tuple(goals.open_goal(goal, desk.uow, instrument).made or 0 for goal in opened)
        case acts.GoalsRated():
            ratings = tuple(zip(case.goals, act.ratings, strict=True))
            rating = goals.RateGoals(episode_id=episode_id, rated_on=today, ratings=ratings)
            goals.rate_goals(rating, desk.uow, instrument)


def _step(act: acts.StepAgreed | acts.StepDone, case: Case, desk: Desk) -> None:
    """Agree a step towards the first goal, or take the one agreed first."""
    match act:
        case acts.StepAgreed():
            step = goal_actions.AddAction(
                goal_id=case.goals[0], text=act.text, whose=act.whose, due_on=act.due_on
            )
            case.steps += (goal_actions.add_action(step, desk.uow).made or 0,)
        case acts.StepDone():
            done = goal_actions.FinishAction(action_id=case.steps[0], seen=1, done_on=act.at.date())
            goal_actions.finish_action(done, desk.uow)


def _medicate(act: acts.Medicated | acts.DoseChanged, case: Case, desk: Desk) -> None:
    """Write down a medicine as it is told, or another dose of the one told of last."""
    policy = desk.rulebook.medication
    match act:
        case acts.Medicated():
            draft = MedicineDraft(
                name=act.name,
                dose=act.dose,
                purpose=act.purpose,
                reported_by=act.source,
                antidepressant=act.antidepressant,
                started_on=act.started_on,
                taking=act.taking,
            )
            told = medication.AddMedicine(episode_id=case.episode_id, medicine=draft)
            case.medicine_id = medication.add_medicine(told, desk.uow, policy).made or 0
        case acts.DoseChanged():
            change = medication.ChangeDose(
                medicine_id=case.medicine_id,
                seen=1,
                dose=act.dose,
                on=act.on,
                reported_by=MedicationSource.PATIENT,
            )
            case.medicine_id = medication.change_dose(change, desk.uow, policy).made or 0


def _assess(act: acts.Assessed, case: Case, desk: Desk) -> None:
    """Keep an assessment as the next version; what is agreed for when contact is lost asks us to be quick."""
    draft = AssessmentDraft(
        assessed_on=act.at.date(),
        review_on=act.review_on,
        act_quickly_if_contact_lost=any(part == "if_contact_lost" for part, _words in act.typed),
        sharing_basis="consent",
        **dict(act.typed),
    )
    command = safety_assessments.RecordAssessment(
        episode_id=case.episode_id, seen=case.assessments, draft=draft
    )
    safety_assessments.record_assessment(command, desk.uow, desk.rulebook.safety)
    case.assessments += 1


def _plan_safety(act: acts.SafetyPlanned | acts.PlanDeclined, case: Case, desk: Desk) -> None:
    today, episode_id = act.at.date(), case.episode_id
    match act:
        case acts.SafetyPlanned():
            draft = PlanDraft(made_on=today, review_on=act.review_on, **dict(act.typed))
            begun = safety_plans.BeginDraft(episode_id=episode_id, draft=draft)
            made = safety_plans.begin_draft(begun, desk.uow).made
            safety_plans.activate_plan(safety_plans.ActivatePlan(plan_id=made or 0, seen=1), desk.uow)
        case acts.PlanDeclined():
            declined = safety_plans.DeclinePlan(episode_id=episode_id, offered_on=today, reason=act.reason)
            safety_plans.decline_plan(declined, desk.uow)


def _hand_over(act: acts.Proposed | acts.SignedOff, case: Case, desk: Desk) -> None:
    match act:
        case acts.Proposed():
            proposal = proposals.Propose(
                episode_id=case.episode_id,
                kind=ProposalKind.STEP_UP,
                reason=act.reason,
                to_service=act.to_service,
            )
            case.proposal_id = proposals.propose(proposal, desk.uow).made or 0
        case acts.SignedOff():
            signed = proposals.DecideProposal(proposal_id=case.proposal_id, seen=1, agreed=True)
            proposals.decide_proposal(signed, desk.uow)


def _review_closing(act: acts.ReviewOpened, case: Case, desk: Desk, session: Session) -> None:
    """Open the review and fill in its parts one by one, each beside the review as it then stands."""
    opened = closing_reviews.OpenClosingReview(episode_id=case.episode_id)
    closing_reviews.open_closing_review(opened, desk.uow, desk.rulebook)
    issue_letter(telling(case.letter(UNREACHED), desk, session), desk)
    facts = episode_facts(session, case.episode_id)
    review = open_review(facts) if facts else None
    if facts is None or review is None:
        return
    for seen, part in enumerate(_parts(act, facts), start=review.row_version):
        filled = closing_reviews.RecordClosingPart(review_id=review.id, seen=seen, part=part)
        closing_reviews.record_closing_part(filled, desk.uow, desk.rulebook)


def _parts(act: acts.ReviewOpened, facts: EpisodeFacts) -> Iterator[closing_parts.Part]:
    typed = dict(act.typed)
    yield closing_parts.Communicated(correctly=True, evidence=typed["communicated"])
    yield closing_parts.SafetyReviewed(
        on=act.at.date(),
        looked_at=tuple(each for each in there_to_read(facts) if each is not LookedAt.CHILDREN),
        concluded=typed["concluded"],
    )
    if letters := letters_of(facts, (UNREACHED,)):
        yield closing_parts.GpTold(on=letters[-1].issued_on, letter_id=letters[-1].id)
    if act.opt_in_sent_on is not None:
        yield closing_parts.OptInSent(on=act.opt_in_sent_on)
    if act.discussed_on is not None:
        yield closing_parts.Discussed(on=act.discussed_on)
    yield closing_parts.WayBackStated(words=typed["way_back"])


def _agree(act: acts.Act, case: Case, desk: Desk) -> None:
    today, episode_id = act.at.date(), case.episode_id
    match act:
        case acts.Reached():
            draft = MilestoneDraft(kind=act.kind, reached_on=today, finding=act.finding)
            reached = milestones.RecordMilestone(episode_id=episode_id, milestone=draft)
            milestones.record_milestone(reached, desk.uow)
        case acts.Hastened():
            fact = haste.RecordHaste(episode_id=episode_id, kind=act.kind, happened_on=today, note=act.note)
            haste.record_haste_fact(fact, desk.uow)
        case acts.WellPlanned():
            copy_given_on = today if act.copy_given else None
            plan = RelapsePlanFact(made_on=today, copy_given_on=copy_given_on, **dict(act.typed))
            kept = staying_well.SaveRelapsePlan(episode_id=episode_id, seen=None, plan=plan)
            staying_well.save_relapse_plan(kept, desk.uow)
            case.well_planned = act.copy_given
        case acts.PausedCare():
            pause = pauses.PauseEpisode(episode_id=episode_id, reason=act.reason, review_on=act.review_on)
            pauses.pause_episode(pause, desk.uow, desk.rulebook)
