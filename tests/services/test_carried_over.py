"""What an earlier episode recorded is put right from the one in which the patient is back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.changes import Kind
from collabcare.domain.gate_today import track_today
from collabcare.domain.ids import EpisodeId
from collabcare.domain.reach_facts import HasteKind, Track
from collabcare.domain.safety_facts import PlanStatus
from collabcare.services.haste import (
    EndHaste,
    RecordHaste,
    VoidHaste,
    end_haste_fact,
    record_haste_fact,
    void_haste_fact,
)
from collabcare.services.safety_plans import EndPlan, SaveDraft, end_plan, save_draft
from tests.builders import MONDAY, day
from tests.services.test_returns import back
from tests.services.test_safety_plans import WHOLE, WHY, activate, begun

if TYPE_CHECKING:
    from tests.record_fixtures import Practice

from collabcare.domain.closure import Ending
from collabcare.services.episodes import CloseEpisode, close_episode


def close(practice: Practice, episode: EpisodeId) -> None:
    """Discharge somebody who is well."""
    ended = CloseEpisode(
        episode_id=episode, ending=Ending.COMPLETED, closed_on=practice.today, why_no_plan="Well"
    )
    close_episode(ended, practice.uow(), practice.rulebook)


def again(practice: Practice, before: EpisodeId) -> EpisodeId:
    """Close an episode, and let its patient come back thirty days on."""
    close(practice, before)
    return EpisodeId(back(practice, before, day(30)).made or 0)


def track(practice: Practice, episode: EpisodeId) -> Track:
    return track_today(practice.facts(episode), practice.rulebook, today=practice.today).track


def test_a_concern_recorded_before_counts_when_they_are_back_and_is_ended_there(practice: Practice) -> None:
    first = practice.refer("A")
    command = RecordHaste(episode_id=first, kind=HasteKind.SAFEGUARDING, happened_on=MONDAY)
    record_haste_fact(command, practice.uow())
    second = again(practice, first)
    assert track(practice, second) is Track.PROMPT
    (fact,) = practice.facts(second).earlier.haste
    ended = EndHaste(haste_id=fact.id, seen=fact.row_version, ended_on=day(29))
    changes = end_haste_fact(ended, practice.uow())
    assert changes.kinds == {Kind.HASTE}
    assert changes.episodes == {second}
    assert track(practice, second) is Track.STANDARD


def test_a_mistake_of_an_earlier_episode_is_marked_as_one(practice: Practice) -> None:
    first = practice.refer("A")
    command = RecordHaste(episode_id=first, kind=HasteKind.DEMENTIA, happened_on=MONDAY)
    record_haste_fact(command, practice.uow())
    second = again(practice, first)
    (fact,) = practice.facts(second).earlier.haste
    void = VoidHaste(haste_id=fact.id, seen=fact.row_version, reason="Another patient")
    void_haste_fact(void, practice.uow())
    assert practice.facts(second).earlier.haste == ()
    with practice.refused("entered in error already"):
        end_haste_fact(EndHaste(haste_id=fact.id, seen=2, ended_on=MONDAY), practice.uow())


def test_with_no_open_episode_nothing_of_a_closed_one_is_changed(practice: Practice) -> None:
    first = practice.refer("A")
    command = RecordHaste(episode_id=first, kind=HasteKind.DEMENTIA, happened_on=MONDAY)
    record_haste_fact(command, practice.uow())
    (fact,) = practice.facts(first).haste
    activate(practice, begun(practice, first))
    (plan,) = practice.facts(first).safety_plans
    close(practice, first)
    with practice.refused("is closed"):
        end_haste_fact(EndHaste(haste_id=fact.id, seen=1, ended_on=MONDAY), practice.uow())
    with practice.refused("is closed"):
        end_plan(EndPlan(plan_id=plan.id, seen=plan.row_version, reason=WHY), practice.uow())


def test_a_plan_still_active_counts_until_it_is_ended(practice: Practice) -> None:
    first = practice.refer("A")
    activate(practice, begun(practice, first))
    second = again(practice, first)
    assert track(practice, second) is Track.PROMPT
    (plan,) = practice.facts(second).earlier.safety_plans
    changes = end_plan(EndPlan(plan_id=plan.id, seen=plan.row_version, reason=WHY), practice.uow())
    assert changes.episodes == {second}
    assert track(practice, second) is Track.STANDARD


def test_a_new_plan_replaces_the_one_of_the_earlier_episode(practice: Practice) -> None:
    first = practice.refer("A")
    activate(practice, begun(practice, first))
    second = again(practice, first)
    activate(practice, begun(practice, second, made_on=day(30), review_on=day(60)))
    assert practice.facts(second).earlier.safety_plans == ()
    assert [plan.status for plan in practice.facts(first).safety_plans] == [PlanStatus.SUPERSEDED]
    (own,) = practice.facts(second).safety_plans
    end_plan(EndPlan(plan_id=own.id, seen=own.row_version, reason=WHY), practice.uow())
    assert track(practice, second) is Track.STANDARD
    activate(practice, begun(practice, second, made_on=day(30), review_on=day(60)))
    assert track(practice, second) is Track.PROMPT


def test_a_draft_left_in_a_closed_episode_is_not_worked_on(practice: Practice) -> None:
    first = practice.refer("A")
    draft = begun(practice, first)
    again(practice, first)
    with practice.refused("is closed"):
        save_draft(SaveDraft(plan_id=draft.id, seen=draft.row_version, draft=WHOLE), practice.uow())
