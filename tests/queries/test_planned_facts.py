"""What is agreed and planned comes back as the same facts: haste, pauses, reviews, safety, goals and more."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

import pytest

from collabcare.domain.ids import LetterId
from collabcare.domain.plan_facts import (
    GoalFact,
    GoalRating,
    MilestoneFact,
    MilestoneKind,
    ProposalFact,
    ProposalKind,
    RelapsePlanFact,
)
from collabcare.domain.reach_facts import (
    ClosingReviewFact,
    HasteFact,
    HasteKind,
    LookedAt,
    PauseFact,
    SafetyReviewFact,
    Track,
    TrackMoveFact,
)
from collabcare.domain.safety_facts import PlanStatus, SafetyAssessmentFact, SafetyPlanFact
from collabcare.queries.case_people import PEOPLE_SELECTS
from collabcare.queries.facts import SELECTS, episode_facts, open_caseload_facts
from collabcare.store import models as m
from collabcare.store.engine import WRITE
from tests.builders import day
from tests.queries.test_facts import noted
from tests.queries.written import AT, change, patient_of, signed, write
from tests.services.commands import COMMANDS, scene

if TYPE_CHECKING:
    from collabcare.domain.ids import EpisodeId
    from tests.record_fixtures import Practice

# Any below: any column of a row


def columns(fact: object, *but: str, **renamed: str) -> dict[str, Any]:
    """Return what a fact says by the columns it is kept in; numbers and versions are the database's own."""
    own = {*but, "id", "row_version"}
    names = [each.name for each in fields(fact) if each.name not in own]  # type: ignore[arg-type]  # a fact
    return {renamed.get(name, name): getattr(fact, name) for name in names}


def words(kind: type, *also: str) -> dict[str, Any]:
    """Return another text for each text of a fact, so that no two can be mixed up."""
    texts = [each.name for each in fields(kind) if each.type == "str" and each.default == ""]
    assert set(also) <= set(texts)
    return {name: f"What was said of {name}: 'all' of it\nin two lines" for name in texts}


def test_what_makes_haste_comes_back_but_for_mistakes(practice: Practice) -> None:
    episode = practice.refer("A")
    fact = HasteFact(
        kind=HasteKind.PERINATAL, happened_on=day(3), ended_on=day(9), note="34 weeks", recorded_at=AT
    )
    kept = m.Haste(episode_id=episode, recorded_by=practice.user("jo"), **columns(fact))
    wrong = m.Haste(
        episode_id=episode,
        kind=HasteKind.SELF_HARM,
        happened_on=day(1),
        voided_reason="Another patient's",
        **signed(practice),
    )
    early = m.Haste(episode_id=episode, kind=HasteKind.DEMENTIA, happened_on=day(0), **signed(practice))
    first, _, third = write(practice, kept, wrong, early)
    assert practice.facts(episode).haste == (
        HasteFact(kind=HasteKind.DEMENTIA, happened_on=day(0), recorded_at=AT, id=third),
        replace(fact, id=first),
    )


def test_moves_between_tracks_come_back_in_the_order_in_which_they_were_made(practice: Practice) -> None:
    episode = practice.refer("A")
    jo, amina = practice.user("jo"), practice.user("amina")
    there = TrackMoveFact(
        moved_on=day(1), to=Track.PROMPT, by_id=jo, agreed_by_id=None, reason="Sounded flat", moved_at=AT
    )
    back = TrackMoveFact(
        moved_on=day(1), to=Track.STANDARD, by_id=jo, agreed_by_id=amina, reason="Reached", moved_at=AT
    )
    named = {"by_id": "moved_by", "agreed_by_id": "agreed_by", "to": "to_track", "moved_at": "recorded_at"}
    write(practice, *(m.TrackMove(episode_id=episode, **columns(each, **named)) for each in (there, back)))
    assert practice.facts(episode).track_moves == (there, back)


def test_pauses_come_back(practice: Practice) -> None:
    episode = practice.refer("A")
    first = PauseFact(started_on=day(1), reason="Abroad", review_on=day(20), ended_on=day(15))
    second = PauseFact(started_on=day(30), reason="Bereaved", review_on=None)
    rows = [m.Pause(episode_id=episode, **{**columns(each), **signed(practice)}) for each in (first, second)]
    numbers = write(practice, *rows)
    first = replace(first, recorded_at=signed(practice)["recorded_at"])
    second = replace(second, id=numbers[1], recorded_at=first.recorded_at)
    assert practice.facts(episode).pauses == (replace(first, id=numbers[0]), second)
    change(practice, m.Pause, numbers[1], review_on=day(50))
    assert practice.facts(episode).pauses[1] == replace(second, review_on=day(50), row_version=2)


def written_look(practice: Practice, review_id: int) -> SafetyReviewFact:
    """Write a safety review as Amina's and return what it should read as."""
    looked = SafetyReviewFact(
        on=day(12),
        looked_at=(LookedAt.PLAN, LookedAt.OTHERS),
        concluded="Well",
        by=practice.staff["amina"].name,
        by_id=practice.user("amina"),
    )
    row = m.SafetyReview(
        closing_review_id=review_id,
        reviewed_on=looked.on,
        looked_at=looked.looked_at,
        concluded=looked.concluded,
        reviewed_by=looked.by_id,
        recorded_at=AT,
    )
    write(practice, row)
    return looked


def test_a_closing_review_comes_back_with_who_made_the_account_that_signed(practice: Practice) -> None:
    at = scene(practice)
    COMMANDS["issue_letter"].run(at, practice.staff["jo"].role)
    (letter,) = practice.facts(at.episode).letters
    amina, alex = practice.user("amina"), practice.user("alex")
    change(practice, m.UserAccount, amina, made_by=alex)
    fact = ClosingReviewFact(
        opened_on=day(10),
        practitioner_id=practice.user("jo"),
        communicated=True,
        safety_reviewed_on=day(12),
        prompt_reason_by_id=amina,
        gp_informed_on=day(13),
        gp_letter_id=LetterId(letter.id),
        opt_in_sent_on=day(14),
        opted_in_on=day(20),
        discussed_on=day(28),
        signed_off_by_id=amina,
        signed_off_by_role="supervisor",
        signed_off_on=day(29),
        ended_on=day(30),
        signed_off_by_made_by_id=alex,
        **words(ClosingReviewFact, "communicated_evidence", "prompt_reason", "instead", "way_back"),
    )
    named = {"prompt_reason_by_id": "prompt_reason_by", "signed_off_by_id": "signed_off_by"}
    kept = columns(fact, "signed_off_by_made_by_id", "safety_reviews", **named)
    full_one = m.ClosingReview(episode_id=at.episode, **kept, **signed(practice))
    empty = m.ClosingReview(
        episode_id=at.episode, opened_on=day(40), practitioner_id=practice.user("jo"), **signed(practice)
    )
    numbers = write(practice, full_one, empty)
    looked = written_look(practice, numbers[0])
    assert practice.facts(at.episode).closing_reviews == (
        replace(fact, id=numbers[0], safety_reviews=(looked,)),
        ClosingReviewFact(opened_on=day(40), practitioner_id=practice.user("jo"), id=numbers[1]),
    )


def assessment(episode: EpisodeId, practice: Practice, number: int, **values: Any) -> m.SafetyAssessment:  # noqa: ANN401 - see above
    return m.SafetyAssessment(
        episode_id=episode,
        number=number,
        **({"assessed_on": day(2), "review_on": day(20)} | values),
        **signed(practice),
    )


def test_every_version_of_a_safety_assessment_comes_back(practice: Practice) -> None:
    episode = practice.refer("A")
    said = words(SafetyAssessmentFact, "formulation", "if_contact_lost", "sharing_basis")
    second = assessment(episode, practice, 2, act_quickly_if_contact_lost=True, **said)
    numbers = write(practice, assessment(episode, practice, 1), second)
    first, last = practice.facts(episode).safety_assessments
    whole: dict[str, Any] = {"recorded_at": AT, "assessed_on": day(2), "review_on": day(20)}
    assert first == SafetyAssessmentFact(id=numbers[0], version=1, **whole)
    assert last == SafetyAssessmentFact(
        id=numbers[1], version=2, act_quickly_if_contact_lost=True, **whole, **said
    )


def test_every_version_of_a_safety_plan_comes_back_and_one_is_active(practice: Practice) -> None:
    episode = practice.refer("A")
    said = words(SafetyPlanFact, "professionals", "reasons_for_living", "declined_reason")
    kept: dict[str, Any] = {"made_on": day(2), "review_on": day(20), **said}
    statuses = (PlanStatus.ACTIVE, PlanStatus.DRAFT, PlanStatus.DECLINED)
    rows = [
        m.SafetyPlan(episode_id=episode, number=number, status=status, **kept, **signed(practice))
        for number, status in enumerate(statuses, start=1)
    ]
    numbers = write(practice, *rows)
    assert practice.facts(episode).safety_plans == tuple(
        SafetyPlanFact(id=key, version=number, status=status, recorded_at=AT, **kept)
        for number, (key, status) in enumerate(zip(numbers, statuses, strict=True), start=1)
    )
    with practice.reading() as session:  # as a service makes the draft active
        session.connection(execution_options=WRITE)
        session.get_one(m.SafetyPlan, numbers[0]).status = PlanStatus.SUPERSEDED
        session.get_one(m.SafetyPlan, numbers[1]).status = PlanStatus.ACTIVE
        session.commit()
    assert [(plan.status, plan.row_version) for plan in practice.facts(episode).safety_plans] == [
        (PlanStatus.SUPERSEDED, 2),
        (PlanStatus.ACTIVE, 2),
        (PlanStatus.DECLINED, 1),
    ]


def test_goals_come_back_with_their_ratings_in_order(practice: Practice) -> None:
    episode = practice.refer("A")
    old = m.Goal(
        episode_id=episode, place=1, text="Sleep", opened_on=day(0), closed_on=day(7), **signed(practice)
    )
    new = m.Goal(episode_id=episode, place=1, text="Sleep all night", opened_on=day(7), **signed(practice))
    other = m.Goal(episode_id=episode, place=2, text="See my sister", opened_on=day(0), **signed(practice))
    numbers = write(practice, old, new, other)
    given = [
        (numbers[1], day(14), 6),
        (numbers[1], day(7), 2),
        (numbers[1], day(14), 0),
        (numbers[0], day(0), 10),
    ]
    rows = [m.GoalRating(goal_id=g, rated_on=on, rating=r, **signed(practice)) for g, on, r in given]
    write(practice, *rows)
    rated = tuple(GoalRating(rated_on=on, rating=r) for on, r in ((day(7), 2), (day(14), 6), (day(14), 0)))
    assert practice.facts(episode).goals == (
        GoalFact(
            id=numbers[0],
            place=1,
            text="Sleep",
            opened_on=day(0),
            closed_on=day(7),
            ratings=(GoalRating(rated_on=day(0), rating=10),),
        ),
        GoalFact(id=numbers[2], place=2, text="See my sister", opened_on=day(0)),
        GoalFact(id=numbers[1], place=1, text="Sleep all night", opened_on=day(7), ratings=rated),
    )


def test_the_last_version_of_a_staying_well_plan_stands(practice: Practice) -> None:
    episode = practice.refer("A")
    fact = RelapsePlanFact(made_on=day(9), copy_given_on=day(10), **words(RelapsePlanFact, "way_back"))
    last = m.RelapsePlan(episode_id=episode, number=2, **columns(fact), **signed(practice))
    first = m.RelapsePlan(episode_id=episode, number=1, made_on=day(9), **signed(practice))
    write(practice, last, first)
    assert practice.facts(episode).relapse_plan == fact


def test_proposals_come_back(practice: Practice) -> None:
    episode = practice.refer("A")
    fact = ProposalFact(
        id=1,
        kind=ProposalKind.STEP_UP,
        proposed_on=day(3),
        by_id=practice.user("jo"),
        to_service="Community mental health team",
        awaits_sign_off=False,
        decided_on=day(4),
        accepted_on=day(5),
    )
    kept = m.Proposal(
        episode_id=episode,
        reason="Needs more",
        decided_by=practice.user("amina"),
        recorded_at=AT,
        **columns(fact, by_id="proposed_by"),
    )
    (number,) = write(practice, kept)
    assert practice.facts(episode).proposals == (replace(fact, id=number),)
    change(practice, m.Proposal, number, accepted_on=None, rejected_on=day(6))
    assert practice.facts(episode).proposals[0].rejected_on == day(6)


@pytest.mark.parametrize("kind", MilestoneKind)
def test_milestones_come_back_but_for_mistakes(practice: Practice, kind: MilestoneKind) -> None:
    episode = practice.refer("A")
    fact = MilestoneFact(kind=kind, reached_on=day(1), at=AT, finding="Suitable")
    kept = m.Milestone(episode_id=episode, **columns(fact, at="reached_at"), **signed(practice))
    wrong = m.Milestone(
        episode_id=episode, kind=kind, reached_on=day(0), voided_reason="Not held", **signed(practice)
    )
    number, _ = write(practice, kept, wrong)
    assert practice.facts(episode).milestones == (replace(fact, id=number),)


def full(practice: Practice, **changes: object) -> EpisodeId:
    """Let a patient have one of everything that only this schema can hold."""
    episode = practice.refer("AD", **changes)
    mine: dict[str, Any] = {"episode_id": episode, **signed(practice)}
    (goal, *_) = write(
        practice,
        m.Goal(**mine, place=1, text="Sleep", opened_on=day(0)),
        m.Haste(**mine, kind=HasteKind.PERINATAL, happened_on=day(0)),
        m.Pause(**mine, started_on=day(0), reason="Abroad"),
        m.ClosingReview(**mine, opened_on=day(0), practitioner_id=practice.user("jo")),
        m.SafetyAssessment(**mine, number=1, assessed_on=day(0), review_on=day(9)),
        m.SafetyPlan(**mine, number=1, status=PlanStatus.DRAFT, made_on=day(0)),
        m.RelapsePlan(**mine, number=1, made_on=day(0)),
        m.Milestone(**mine, kind=MilestoneKind.ASSESSMENT, reached_on=day(0)),
    )
    patient = {"patient_id": patient_of(practice, episode), **signed(practice)}
    contact = practice.last_contact(episode).id
    write(
        practice,
        m.GoalRating(goal_id=goal, rated_on=day(0), rating=3, **signed(practice)),
        m.GoalAction(goal_id=goal, text="Bed at ten", **signed(practice)),
        m.Medication(**patient, episode_id=episode, reported_by="gp"),
        m.Carer(**patient),
        m.Reminder(
            contact_id=contact,
            days_before=2,
            made_at=AT,
            made_on=day(0),
            channel="text",
            outcome="sent",
            made_by=practice.user("jo"),
        ),
    )
    return episode


@pytest.mark.parametrize("size", [1, 40])
def test_facts_with_everything_in_them_cost_the_same_selects(practice: Practice, size: int) -> None:
    episodes = [full(practice, surname=f"Patient {number}") for number in range(size)]
    with practice.reading() as session, noted(practice) as statements:
        together = {facts.episode_id: facts for facts in open_caseload_facts(session)}
    assert (
        sum(statement.startswith(("SELECT", "WITH")) for statement in statements) == SELECTS + PEOPLE_SELECTS
    )
    with practice.reading() as session:
        assert {key: episode_facts(session, key) for key in episodes} == together
    for facts in together.values():
        parts = (facts.haste, facts.pauses, facts.closing_reviews, facts.safety_assessments, facts.milestones)
        around = (facts.safety_plans, facts.goals, facts.medication, facts.carers, facts.reminders)
        assert [len(part) for part in (*parts, *around)] == [1] * 10
        assert facts.relapse_plan is not None
        assert (len(facts.goals[0].ratings), len(facts.goals[0].actions)) == (1, 1)
