"""Moving a patient between steps, and giving them to somebody."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from collabcare.domain.changes import Kind
from collabcare.domain.due import what_is_due
from collabcare.domain.due_kinds import DueKind
from collabcare.domain.episode import Phase, StepDirection
from collabcare.domain.errors import StaleRecord
from collabcare.domain.ids import EpisodeId, UserId
from collabcare.services.episodes import (
    LONGEST_REASON,
    MoveStep,
    allocate,
    move_step,
    start_maintenance,
)
from tests.builders import MONDAY, day, pathway, rulebook
from tests.builders_pathways import model

if TYPE_CHECKING:
    from tests.record_fixtures import Practice


def move(practice: Practice, episode: EpisodeId, **changes: Any) -> MoveStep:  # noqa: ANN401 - any field
    """Return a move up from step 2, from what is on the screen now."""
    made = MoveStep(
        episode_id=episode,
        seen=practice.facts(episode).version,
        to_step=3,
        reason="Needs more support",
        agreed_with_patient=True,
    )
    return replace(made, **changes)


# steps


@pytest.mark.parametrize(
    ("to_step", "direction"), [(3, StepDirection.UP), (5, StepDirection.UP), (1, StepDirection.DOWN)]
)
def test_a_move_is_kept_with_its_reason_and_the_gp_is_to_be_told(
    practice: Practice, to_step: int, direction: StepDirection
) -> None:
    """EPI-W6."""
    episode = practice.refer("A")
    practice.on(day(3))
    changes = move_step(
        move(practice, episode, to_step=to_step, agreed_with_patient=False), practice.uow(), pathway()
    )
    facts = practice.facts(episode)
    assert (facts.step, facts.step_since) == (to_step, day(3))
    start, made = facts.step_moves
    assert start.direction is StepDirection.START
    assert (made.from_step, made.to_step, made.direction) == (2, to_step, direction)
    assert (made.reason, made.agreed_with_patient, made.gp_informed_on) == ("Needs more support", False, None)
    assert changes.kinds == {Kind.STEP}
    due = what_is_due(facts, rulebook(), today=practice.today)
    steps = [d for d in due if d.letter == "gp_step_change"]
    assert [(d.kind, d.due_on) for d in steps] == [(DueKind.GP_LETTER, day(10))]


REFUSED_MOVES = {
    "no reason": ({"reason": " \n "}, "Say why the patient is moving"),
    "a reason of control characters": ({"reason": "\x00\x07"}, "Say why the patient is moving"),
    "too long a reason": ({"reason": "x" * (LONGEST_REASON + 1)}, "The reason is too long"),
    "the step they are on": ({"to_step": 2}, "on that step already"),
    "no such step": ({"to_step": 6}, "has no step 6"),
    "step 0": ({"to_step": 0}, "has no step 0"),
    "no such episode": ({"episode_id": EpisodeId(99)}, "not in the record"),
}


@pytest.mark.parametrize(("changes", "words"), REFUSED_MOVES.values(), ids=REFUSED_MOVES)
def test_a_move_that_cannot_be_is_refused_without_a_trace(
    practice: Practice, changes: dict[str, object], words: str
) -> None:
    episode = practice.refer("A")
    with practice.refused(words):
        move_step(move(practice, episode, **changes), practice.uow(), pathway())


def test_a_move_the_service_model_does_not_allow_is_refused_with_those_it_does(practice: Practice) -> None:
    episode = practice.refer("A", step=3)
    east_london = model("east_london_step_down")
    with practice.refused("From Secondary care a patient can move to Enhanced primary care"):
        move_step(move(practice, episode, to_step=1), practice.uow(), east_london)
    move_step(move(practice, episode, to_step=2), practice.uow(), east_london)
    assert practice.facts(episode).step == 2


def test_two_people_moving_one_patient_do_not_overwrite_each_other(practice: Practice) -> None:
    episode = practice.refer("A")
    jo, amina = move(practice, episode), move(practice, episode, to_step=1)
    move_step(jo, practice.uow("jo"), pathway())
    with practice.refused("Somebody else changed this", StaleRecord):
        move_step(amina, practice.uow("amina"), pathway())


def test_a_move_seen_after_anything_else_changed_the_episode_is_stale(practice: Practice) -> None:
    """The first contact made the episode active while the form was open."""
    episode = practice.refer()
    stale = move(practice, episode)
    practice.happen("A", episode, MONDAY)
    with practice.refused("Somebody else changed this", StaleRecord):
        move_step(stale, practice.uow(), pathway())


# phases and holders


def test_an_active_patient_can_move_to_staying_well_contacts(practice: Practice) -> None:
    episode = practice.refer("A")
    practice.on(day(3))
    start_maintenance(episode, practice.uow())
    facts = practice.facts(episode)
    assert (facts.phase, facts.phase_since) == (Phase.MAINTENANCE, day(3))
    with practice.refused("Only an active episode"):
        start_maintenance(episode, practice.uow())


def test_a_patient_not_yet_seen_cannot_move_to_staying_well_contacts(practice: Practice) -> None:
    episode = practice.refer()
    with practice.refused("Only an active episode"):
        start_maintenance(episode, practice.uow())


def test_allocating_a_waiting_referral_gives_it_a_holder_from_today(practice: Practice) -> None:
    episode = practice.refer(holder_id=None)
    before = practice.facts(episode)
    assert (before.phase, before.holder) == (Phase.REFERRED, None)
    allocate(episode, practice.user("sam"), practice.uow("amina"))
    after = practice.facts(episode)
    assert (after.phase, after.phase_since, after.holder) == (Phase.ALLOCATED, MONDAY, "Sam Brown")
    assert (before.allocated_on, after.allocated_on) == (None, MONDAY)


def test_a_patient_passed_on_is_allocated_since_the_first(practice: Practice) -> None:
    """Or a case passed on every other week would never come to supervision as new."""
    episode = practice.refer()
    practice.on(day(10))
    allocate(episode, practice.user("sam"), practice.uow("amina"))
    assert practice.facts(episode).allocated_on == day(-7)


def test_whoever_sees_a_patient_whom_nobody_holds_holds_them_from_then_on(practice: Practice) -> None:
    episode = practice.refer(holder_id=None)
    practice.happen("A", episode, day(3))
    facts = practice.facts(episode)
    assert (facts.holder, facts.allocated_on) == ("Jo Smith", day(3))


def test_passing_a_patient_on_leaves_their_phase_alone(practice: Practice) -> None:
    episode = practice.refer("A")
    allocate(episode, practice.user("sam"), practice.uow("amina"))
    facts = practice.facts(episode)
    assert (facts.phase, facts.phase_since, facts.holder) == (Phase.ACTIVE, MONDAY, "Sam Brown")


@pytest.mark.parametrize("login", ["rita", "alex", "lee"])
def test_nobody_holds_patients_who_cannot_see_them_or_has_left(practice: Practice, login: str) -> None:
    episode = practice.refer()
    with practice.refused("Choose a practitioner or supervisor"):
        allocate(episode, practice.user(login), practice.uow("amina"))
    with practice.refused("Choose a practitioner or supervisor"):
        practice.refer(holder_id=practice.user(login))


def test_a_patient_cannot_be_given_to_somebody_unknown(practice: Practice) -> None:
    episode = practice.refer()
    with practice.refused("not in the record"):
        allocate(episode, UserId(99), practice.uow("amina"))
