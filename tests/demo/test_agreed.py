"""What some of the demo's people have agreed and recorded besides their contacts, as the rules read it."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

import pytest

from collabcare.clock import SteadyClock
from collabcare.demo.chance import dice
from collabcare.demo.diary import london
from collabcare.demo.scores import other_answers
from collabcare.domain.due_kinds import DueKind
from collabcare.domain.episode import Phase
from collabcare.domain.gate_parts import Condition
from collabcare.domain.gate_today import gate_today
from collabcare.domain.instruments import score
from collabcare.domain.reach_facts import HasteKind
from collabcare.domain.relapse_prevention import missing_from_plan
from collabcare.domain.safety_assessment import standing_assessment
from collabcare.domain.safety_facts import PlanStatus
from collabcare.domain.safety_plan import standing_plan
from collabcare.domain.waits import wait_lines
from collabcare.paths import resources_dir
from collabcare.queries.caseload import caseload
from collabcare.services.sign_in import load_rulebook
from collabcare.store.record import open_record
from tests.builders import instruments
from tests.demo_record import DEMO_TODAY

if TYPE_CHECKING:
    from collections.abc import Callable

    from collabcare.demo.build import DemoRecord
    from collabcare.demo.library import Library
    from collabcare.domain.caseload import CaseloadRow
    from collabcare.domain.facts import EpisodeFacts
    from tests.demo.conftest import Plan


@pytest.fixture(scope="module")
def rows(built_demo: DemoRecord) -> list[CaseloadRow]:
    rulebook = load_rulebook(
        resources_dir(), "pcn_practitioner", SteadyClock(london(DEMO_TODAY, time(9, 30)))
    )
    first = built_demo.sign_ins[0]
    with open_record(built_demo.path, first.login, first.password) as record, record.sessions() as session:
        return caseload(session, rulebook, DEMO_TODAY)


def the_one(rows: list[CaseloadRow], is_it: Callable[[EpisodeFacts], bool]) -> CaseloadRow:
    """Return the only person of whom something is true."""
    (found,) = [row for row in rows if is_it(row.facts)]
    return found


def due(row: CaseloadRow) -> set[DueKind]:
    return {each.kind for each in row.due_now}


def test_somebody_has_a_safety_plan_and_two_versions_of_a_formulation(rows: list[CaseloadRow]) -> None:
    row = the_one(rows, lambda facts: standing_plan(facts) is not None)
    standing = standing_assessment(row.facts)
    assert standing is not None
    assert standing.version == 2
    assert standing.formulation
    assert standing.review_on >= DEMO_TODAY
    assert DueKind.SAFETY_REVIEW in due(row)


def test_somebody_would_rather_not_have_a_plan_and_has_a_formulation(rows: list[CaseloadRow]) -> None:
    declined = PlanStatus.DECLINED
    row = the_one(rows, lambda facts: [plan.status for plan in facts.safety_plans] == [declined])
    standing = standing_assessment(row.facts)
    assert standing is not None
    assert standing.formulation


def test_somebody_is_sought_promptly_for_a_recorded_fact(rows: list[CaseloadRow]) -> None:
    row = the_one(rows, lambda facts: any(each.kind is HasteKind.RELIES_ON_OTHERS for each in facts.haste))
    assert row.facts.open_ladder is not None
    assert DueKind.REENGAGE_PROMPT in due(row)


def test_somebody_is_paused_and_their_day_has_come(rows: list[CaseloadRow]) -> None:
    row = the_one(rows, lambda facts: facts.phase is Phase.PAUSED)
    assert due(row) == {DueKind.PAUSE_REVIEW}


def test_a_handover_is_signed_off_and_not_answered(rows: list[CaseloadRow]) -> None:
    row = the_one(rows, lambda facts: bool(facts.proposals))
    assert row.facts.proposals[0].agreed
    assert DueKind.HANDOVER in due(row)


def test_goals_are_rated_over_time(rows: list[CaseloadRow]) -> None:
    people = [row.facts for row in rows if row.facts.goals]
    assert len(people) >= 3
    for goal in (goal for facts in people for goal in facts.goals):
        assert len({rating.rated_on for rating in goal.ratings}) >= 3
        assert all(0 <= rating.rating <= 10 for rating in goal.ratings)


def test_one_staying_well_plan_is_whole_and_one_is_begun(rows: list[CaseloadRow]) -> None:
    plans = [row.facts.relapse_plan for row in rows if row.facts.relapse_plan]
    whole, begun = sorted(plans, key=lambda plan: len(missing_from_plan(plan)))
    assert missing_from_plan(whole) == ()
    assert missing_from_plan(begun)


def test_somebody_came_back_within_a_year(rows: list[CaseloadRow]) -> None:
    row = the_one(rows, lambda facts: facts.previous_closed_on is not None)
    ended = row.facts.previous_closed_on
    assert ended is not None
    assert 0 < (row.facts.referral_received_on - ended).days < 365
    assert row.facts.contacts


def test_a_review_of_not_attending_lacks_its_signature_only(
    rows: list[CaseloadRow], built_demo: DemoRecord
) -> None:
    row = the_one(rows, lambda facts: bool(facts.closing_reviews))
    answer = gate_today(row.facts, row.rulebook, today=DEMO_TODAY)
    assert not answer.passed
    assert not answer.called_off
    assert [part.condition for part in answer.parts if not part.met] == [Condition.SIGNED_OFF]


def test_how_to_reach_people_and_what_they_need_is_recorded(rows: list[CaseloadRow]) -> None:
    reach = [row.facts.reach for row in rows]
    assert any(each.voicemail_safe is False for each in reach)
    assert any(each.information_formats for each in reach)
    assert any(len(each.communication_methods) > 1 for each in reach)
    assert any(each.telephone_safe is None for each in reach)
    interpreted = [row.facts for row in rows if row.facts.reach.interpreter_language]
    assert interpreted
    for contact in (contact for facts in interpreted for contact in facts.contacts if contact.status):
        assert contact.interpreter == "1"


def test_other_forms_are_filled_in_here_and_there(rows: list[CaseloadRow]) -> None:
    used = {measure.instrument for row in rows for measure in row.facts.measures}
    assert {"phq9", "gad7", "dialog", "core10", "rstar"} <= used


@pytest.mark.parametrize("instrument", ["dialog", "core10", "rstar"])
@pytest.mark.parametrize("phq9", [0, 12, 23, 27])
def test_other_answers_can_be_scored_and_open_no_conversation(instrument: str, phq9: int) -> None:
    for seed in range(30):
        scored = score(instruments()[instrument], other_answers(instrument, phq9, dice(seed, "other", 0)))
        assert scored.total is not None
        assert not scored.safety_answer


def test_every_wish_belongs_to_a_note_that_somebody_can_have(library: Library) -> None:
    notes = {note for kind in library.places.notes.values() for note in kind}
    assert set(library.places.wishes) <= notes


def test_a_note_and_what_is_recorded_of_it_agree(plan: Plan, library: Library) -> None:
    for person in (life.person for life in plan(300)):
        if person.wish and "voicemail" in person.contact_note:
            assert person.wish.safe.voicemail_safe is False
        if person.contact_note in library.places.notes["interpreter"]:
            assert person.wish is not None
            assert person.wish.needs.interpreter_language is not None


def test_some_still_wait_for_help_and_a_milestone_ended_the_wait_of_others(rows: list[CaseloadRow]) -> None:
    now = london(DEMO_TODAY, time(9, 30))
    said = {row.facts.episode_id: wait_lines(row.facts, row.rulebook, now=now)[0].sentence for row in rows}
    by_milestone = [row.facts.episode_id for row in rows if row.facts.milestones]
    assert any(said[episode].startswith("Met ") for episode in by_milestone)
    assert any(each.startswith("Day ") and " of 28, until " in each for each in said.values())
