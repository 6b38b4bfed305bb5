"""Safety plans: drafts, one active version at most, and nothing that was agreed is ever lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from collabcare.domain.changes import Kind
from collabcare.domain.errors import StaleRecord
from collabcare.domain.plan_drafts import PlanDraft
from collabcare.domain.safety_assessment import formulation_needed
from collabcare.domain.safety_facts import PlanStatus
from collabcare.domain.safety_plan import standing_plan
from collabcare.domain.supervision import agenda_reasons
from collabcare.domain.triggers import Trigger
from collabcare.services.safety_plans import (
    LONGEST_STEP,
    ActivatePlan,
    BeginDraft,
    DeclinePlan,
    EndPlan,
    KeepPlan,
    SaveDraft,
    activate_plan,
    begin_draft,
    decline_plan,
    end_plan,
    keep_plan,
    save_draft,
)
from tests.builders import MONDAY, day, rulebook
from tests.builders_safety import policy

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.ids import EpisodeId
    from collabcare.domain.safety_facts import SafetyPlanFact
    from tests.record_fixtures import Practice

WHY = "It no longer fits; we will make another."
WHOLE = PlanDraft(
    made_on=MONDAY,
    warning_signs="Not sleeping",
    by_myself="A walk",
    professionals="Jo Smith, NHS 111",
    review_on=day(28),
)


def begun(practice: Practice, episode: EpisodeId, **changes: Any) -> SafetyPlanFact:  # noqa: ANN401 - any field of the draft
    """Begin a draft and return it as the facts have it."""
    begin_draft(BeginDraft(episode_id=episode, draft=replace(WHOLE, **changes)), practice.uow())
    return practice.facts(episode).safety_plans[-1]


def activate(practice: Practice, plan: SafetyPlanFact) -> None:
    """Make a draft active."""
    activate_plan(ActivatePlan(plan_id=plan.id, seen=plan.row_version), practice.uow())


def statuses(practice: Practice, episode: EpisodeId) -> list[PlanStatus]:
    """Return the status of each version, the first first."""
    return [plan.status for plan in practice.facts(episode).safety_plans]


def test_a_draft_is_worked_on_and_made_active(practice: Practice) -> None:
    """SPLAN-W1: steps 1, 2 and 5 and a review date make a plan."""
    episode = practice.refer("A")
    draft = begun(practice, episode, professionals="")
    changed = replace(WHOLE, surroundings=" Tablets to the pharmacy ")
    changes = save_draft(SaveDraft(plan_id=draft.id, seen=1, draft=changed), practice.uow())
    assert changes.kinds == {Kind.SAFETY_PLAN}
    assert changes.episodes == {episode}
    saved = practice.facts(episode).safety_plans[0]
    assert (saved.row_version, saved.surroundings, saved.status) == (
        2,
        "Tablets to the pharmacy",
        PlanStatus.DRAFT,
    )
    activate(practice, saved)
    standing = standing_plan(practice.facts(episode))
    assert standing is not None
    assert (standing.version, standing.review_on, standing.professionals) == (1, day(28), "Jo Smith, NHS 111")
    reasons = agenda_reasons(practice.facts(episode), rulebook(), today=practice.today)
    assert Trigger.SAFETY in {reason.trigger for reason in reasons}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        pytest.param({"professionals": " "}, "stays a draft. Fill in step 5", id="SPLAN-W2"),
        pytest.param({"review_on": None}, "Choose the day on which the plan is reviewed", id="no review"),
    ],
)
def test_a_plan_without_step_5_or_review_stays_a_draft(
    practice: Practice, changes: dict[str, Any], words: str
) -> None:
    episode = practice.refer("A")
    plan = begun(practice, episode, **changes)
    with practice.refused(words):
        activate(practice, plan)
    assert statuses(practice, episode) == [PlanStatus.DRAFT]


def test_a_new_version_supersedes_and_the_old_one_is_kept(practice: Practice) -> None:
    """SPLAN-W4."""
    episode = practice.refer("A")
    activate(practice, begun(practice, episode))
    second = begun(practice, episode, by_myself="Music")
    activate(practice, second)
    first, second = practice.facts(episode).safety_plans
    assert (first.status, first.by_myself) == (PlanStatus.SUPERSEDED, "A walk")
    assert (second.status, second.version, second.by_myself) == (PlanStatus.ACTIVE, 2, "Music")
    lines = [line.subject_id for line in practice.audit() if line.action == "Make safety plan active"]
    assert lines == [first.id, first.id, second.id]


def test_a_patient_who_declines_is_offered_a_formulation_all_the_same(practice: Practice) -> None:
    """SPLAN-W5."""
    episode = practice.refer("A")
    command = DeclinePlan(episode_id=episode, offered_on=MONDAY, reason=" I know whom to ring ")
    decline_plan(command, practice.uow())
    facts = practice.facts(episode)
    (plan,) = facts.safety_plans
    assert (plan.status, plan.declined_reason) == (PlanStatus.DECLINED, "I know whom to ring")
    needed = formulation_needed(facts, policy())
    assert needed is not None
    assert "declined" in needed.sentence


@pytest.mark.parametrize(
    ("on", "reason", "words"),
    [
        (MONDAY, " ", "what the patient said"),
        (day(1), "No", "offered in the future"),
        (MONDAY - timedelta(days=8), "No", "before the referral was received"),
    ],
    ids=["no reason", "tomorrow", "too early"],
)
def test_an_offer_that_cannot_be_is_refused(practice: Practice, on: date, reason: str, words: str) -> None:
    episode = practice.refer("A")
    with practice.refused(words):
        decline_plan(DeclinePlan(episode_id=episode, offered_on=on, reason=reason), practice.uow())


def test_there_is_one_draft_at_a_time(practice: Practice) -> None:
    episode = practice.refer("A")
    draft = begun(practice, episode)
    with practice.refused("A draft of the safety plan has been begun already"):
        begun(practice, episode)
    with practice.refused("Say why the plan is no longer in use"):
        end_plan(EndPlan(plan_id=draft.id, seen=draft.row_version, reason=" "), practice.uow())
    end_plan(EndPlan(plan_id=draft.id, seen=draft.row_version, reason=WHY), practice.uow())
    begun(practice, episode)
    assert statuses(practice, episode) == [PlanStatus.ENDED, PlanStatus.DRAFT]


def test_of_two_people_at_one_draft_the_second_is_told(practice: Practice) -> None:
    episode = practice.refer("A")
    draft = begun(practice, episode)
    save_draft(SaveDraft(plan_id=draft.id, seen=1, draft=replace(WHOLE, by_myself="Tea")), practice.uow())
    with practice.refused("Somebody else changed this", StaleRecord):
        save_draft(SaveDraft(plan_id=draft.id, seen=1, draft=WHOLE), practice.uow("sam"))
    with practice.refused("Somebody else changed this", StaleRecord):
        activate(practice, draft)


def test_what_was_agreed_is_not_rewritten_and_ends_only_once(practice: Practice) -> None:
    episode = practice.refer("A")
    activate(practice, begun(practice, episode))
    active = practice.facts(episode).safety_plans[0]
    with practice.refused("Only a draft can be changed"):
        save_draft(SaveDraft(plan_id=active.id, seen=active.row_version, draft=WHOLE), practice.uow())
    with practice.refused("Only a draft of this patient's safety plan"):
        activate(practice, active)
    end_plan(EndPlan(plan_id=active.id, seen=active.row_version, reason=WHY), practice.uow())
    ended = practice.facts(episode).safety_plans[0]
    assert (ended.status, standing_plan(practice.facts(episode))) == (PlanStatus.ENDED, None)
    assert (ended.ended_on, ended.ended_reason) == (MONDAY, WHY)
    with practice.refused("not in use"):
        end_plan(EndPlan(plan_id=ended.id, seen=ended.row_version, reason=WHY), practice.uow())


WRONG = {
    "nothing written": ({"warning_signs": "", "by_myself": " ", "professionals": ""}, "at least one step"),
    "tomorrow": ({"made_on": day(1)}, "cannot be dated in the future"),
    "reviewed before": ({"review_on": MONDAY - timedelta(days=1)}, "The review is before the plan was made"),
    "too long": ({"by_myself": "x" * (LONGEST_STEP + 1)}, "Things I can do myself is too long"),
}


@pytest.mark.parametrize(("changes", "words"), WRONG.values(), ids=WRONG)
def test_a_draft_that_cannot_be_is_refused(practice: Practice, changes: dict[str, Any], words: str) -> None:
    episode = practice.refer("A")
    with practice.refused(words):
        begun(practice, episode, **changes)


def test_a_plan_looked_at_and_unchanged_is_a_version_of_that_day_in_the_same_words(
    practice: Practice,
) -> None:
    episode = practice.refer("A")
    activate(practice, begun(practice, episode, copy_given="Paper", shared_with="GP"))
    practice.on(day(29))
    old = practice.facts(episode).safety_plans[-1]
    keep_plan(KeepPlan(plan_id=old.id, seen=old.row_version, review_on=day(57)), practice.uow())
    assert statuses(practice, episode) == [PlanStatus.SUPERSEDED, PlanStatus.ACTIVE]
    before, after = practice.facts(episode).safety_plans
    same = ("warning_signs", "by_myself", "professionals", "copy_given", "shared_with")
    assert [getattr(after, name) for name in same] == [getattr(before, name) for name in same]
    assert (after.version, after.made_on, after.review_on) == (2, day(29), day(57))
    assert (before.made_on, before.review_on) == (MONDAY, day(28)), "the version before stays as it was"


def test_only_the_plan_in_use_is_kept_and_only_to_a_day_to_come(practice: Practice) -> None:
    episode = practice.refer("A")
    plan = begun(practice, episode)
    with practice.refused("Only the safety plan in use can be kept"):
        keep_plan(KeepPlan(plan_id=plan.id, seen=plan.row_version, review_on=day(57)), practice.uow())
    activate(practice, plan)
    practice.on(day(29))
    plan = practice.facts(episode).safety_plans[-1]
    with practice.refused("The review"):
        keep_plan(KeepPlan(plan_id=plan.id, seen=plan.row_version, review_on=day(20)), practice.uow())
    with practice.refused("Somebody else changed this", StaleRecord):
        keep_plan(KeepPlan(plan_id=plan.id, seen=plan.row_version - 1, review_on=day(57)), practice.uow())
    begun(practice, episode)
    with practice.refused("A draft of the safety plan has been begun already"):
        keep_plan(KeepPlan(plan_id=plan.id, seen=plan.row_version, review_on=day(57)), practice.uow())
