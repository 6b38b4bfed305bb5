"""The legal moves of an episode."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.codes import ClosureReason
from collabcare.domain.episode import (
    NEXT_PHASES,
    PHASE_WORDS,
    Phase,
    StepDirection,
    gp_to_be_told,
    no_next_date,
    refuse_closing,
    refuse_pause,
    refuse_phase,
    refuse_resuming,
    refuse_step_move,
    step_direction,
)
from collabcare.domain.errors import RuleViolation
from collabcare.domain.reach_facts import PauseFact
from tests.builders import MONDAY, contact, day, facts, ladder, move, patient
from tests.builders_change import episode_policy

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.facts import EpisodeFacts, StepMoveFact


@given(st.integers(1, 9), st.integers(1, 9))
def test_a_move_has_a_direction_or_is_none(from_step: int, to_step: int) -> None:
    if from_step == to_step:
        with pytest.raises(RuleViolation, match="on that step already"):
            step_direction(from_step, to_step)
    else:
        expected = StepDirection.UP if to_step > from_step else StepDirection.DOWN
        assert step_direction(from_step, to_step) is expected


def test_a_move_is_said_in_words() -> None:
    assert [direction.words for direction in StepDirection] == ["Stepped up", "Stepped down", "Started"]


@pytest.mark.parametrize(
    ("reason", "safety_open", "ladder_open", "gate_passed"),
    list(product(ClosureReason, (False, True), (False, True), (False, True))),
)
def test_an_ending_is_refused_whenever_it_would_drop_somebody(
    reason: ClosureReason, safety_open: bool, ladder_open: bool, gate_passed: bool
) -> None:
    not_attending = reason is ClosureReason.DID_NOT_ATTEND
    refused = reason is not ClosureReason.DIED and (
        (not_attending and not gate_passed) or safety_open or (ladder_open and not not_attending)
    )
    if refused:
        with pytest.raises(RuleViolation):
            refuse_closing(reason, safety_open=safety_open, ladder_open=ladder_open, gate_passed=gate_passed)
    else:
        refuse_closing(reason, safety_open=safety_open, ladder_open=ladder_open, gate_passed=gate_passed)


def test_every_phase_has_its_words() -> None:
    assert set(PHASE_WORDS) == set(Phase)


ORDER = [Phase.REFERRED, Phase.ALLOCATED, Phase.ASSESSING, Phase.ACTIVE, Phase.MAINTENANCE]


@pytest.mark.parametrize(("now", "to"), list(product(Phase, Phase)))
def test_a_phase_can_be_left_only_for_what_may_follow(now: Phase, to: Phase) -> None:
    if to in NEXT_PHASES[now]:
        refuse_phase(now, to)
    else:
        with pytest.raises(RuleViolation, match=r"cannot become|is closed"):
            refuse_phase(now, to)


@pytest.mark.parametrize("place", range(4))
def test_care_goes_forward_through_its_phases_and_may_pause_or_end_at_each(place: int) -> None:
    refuse_phase(ORDER[place], ORDER[place + 1])
    for to in (Phase.PAUSED, Phase.CLOSED):
        refuse_phase(ORDER[place], to)


def test_care_steps_back_up_from_staying_well_and_never_from_closed() -> None:
    refuse_phase(Phase.MAINTENANCE, Phase.ACTIVE)
    for to in Phase:
        with pytest.raises(RuleViolation, match="has a new episode"):
            refuse_phase(Phase.CLOSED, to)


@pytest.mark.parametrize("waiting", [Phase.REFERRED, Phase.ALLOCATED])
def test_nobody_is_staying_well_who_was_never_treated(waiting: Phase) -> None:
    with pytest.raises(RuleViolation, match="cannot become “Staying well”"):
        refuse_phase(waiting, Phase.MAINTENANCE)


def test_a_pause_ends_where_it_began_or_further_on() -> None:
    refuse_resuming(Phase.ASSESSING, Phase.ASSESSING)
    refuse_resuming(Phase.ASSESSING, Phase.ACTIVE)
    refuse_resuming(Phase.ACTIVE, Phase.CLOSED)
    with pytest.raises(RuleViolation, match="cannot become"):
        refuse_resuming(Phase.ASSESSING, Phase.MAINTENANCE)


PAUSES = {
    "EPI-W4": ("In hospital", None, "Choose the day"),
    "no reason": (" ", day(14), "why care is paused"),
    "29 days": ("In hospital", day(29), "within 28 days, not after 29 days"),
    "before it starts": ("In hospital", day(-1), "before it starts"),
}


@pytest.mark.parametrize(("reason", "review_on", "says"), PAUSES.values(), ids=PAUSES)
def test_a_pause_nobody_would_come_back_to_is_refused(reason: str, review_on: date | None, says: str) -> None:
    with pytest.raises(RuleViolation, match=says):
        refuse_pause(reason, MONDAY, review_on, episode_policy())


@pytest.mark.parametrize("days", [0, 1, 28])
def test_a_pause_with_a_reason_is_looked_at_within_four_weeks(days: int) -> None:
    refuse_pause("In hospital", MONDAY, day(days), episode_policy())


@given(st.text(max_size=5), st.dates(), st.none() | st.dates())
def test_a_pause_is_refused_or_short(reason: str, started_on: date, review_on: date | None) -> None:
    try:
        refuse_pause(reason, started_on, review_on, episode_policy())
    except RuleViolation:
        return
    assert reason.strip()
    assert review_on is not None
    assert 0 <= (review_on - started_on).days <= 28


START = move(from_step=None, to_step=2, direction=StepDirection.START)
HISTORY = (START, move(day(7)))
MOVES = {
    "no reason": (move(day(8), from_step=3, to_step=2, direction=StepDirection.DOWN, reason=" "), "Say why"),
    "from another step": (move(day(8), from_step=2, to_step=4), "not on the step"),
    "a start within a history": (START, "not on the step"),
    "before the last": (move(day(6), from_step=3, to_step=4), "earlier than the one before"),
    "the wrong way": (move(day(8), from_step=3, to_step=2), "goes the other way"),
    "nowhere": (move(day(8), from_step=3, to_step=3), "on that step already"),
}


@pytest.mark.parametrize(("wrong", "says"), MOVES.values(), ids=MOVES)
def test_a_move_that_does_not_go_on_from_the_history_is_refused(wrong: StepMoveFact, says: str) -> None:
    with pytest.raises(RuleViolation, match=says):
        refuse_step_move(HISTORY, wrong)


def test_the_history_begins_with_the_start_and_goes_on_either_way() -> None:
    refuse_step_move((), START)
    refuse_step_move(HISTORY, move(day(7), from_step=3, to_step=4))
    refuse_step_move(HISTORY, move(day(30), from_step=3, to_step=1, direction=StepDirection.DOWN))
    with pytest.raises(RuleViolation, match="not on the step"):
        refuse_step_move((), move())


@pytest.mark.parametrize(
    ("moves", "days"),
    [
        pytest.param((move(day(3)),), [3], id="EPI-W6"),
        ((move(day(3), gp_informed_on=day(4)),), []),
        ((START,), []),
        ((START, move(day(3)), move(day(9), direction=StepDirection.DOWN)), [3, 9]),
        ((), []),
    ],
)
def test_a_move_the_gp_does_not_know_of_is_an_open_task(
    moves: tuple[StepMoveFact, ...], days: list[int]
) -> None:
    found = gp_to_be_told(moves, episode_policy())
    assert [task.used[0].value for task in found] == [day(number) for number in days]
    assert all(task.sentence.endswith("tell the GP.") for task in found)
    assert all((task.rule, task.source) == ("episode.gp_informed", episode_policy().source) for task in found)


BOOKED = contact("b", day(20))
NEXT_DATES = {
    "nothing booked": (facts("A"), True),
    "booked": (facts("A", contacts=(contact("A"), BOOKED)), False),
    "booked for today": (facts("A", contacts=(contact("b", day(10)),)), False),
    "booked in the past, not written up": (facts("A", contacts=(contact("b", day(9)),)), True),
    "waiting": (facts(""), True),
    "a search is open": (facts("AD", ladders=(ladder(),)), True),
    "closed": (facts("A", phase=Phase.CLOSED), False),
    "died": (facts("A", patient=patient(died_on=day(3))), False),
}


@pytest.mark.parametrize(("one", "flagged"), NEXT_DATES.values(), ids=NEXT_DATES)
def test_a_patient_with_no_next_date_is_flagged(one: EpisodeFacts, flagged: bool) -> None:
    found = no_next_date(one, episode_policy(), today=day(10))
    assert (found is not None) is flagged
    if found is not None:
        assert found.sentence == "There is no next date. Consider booking the next contact."
        assert found.rule == "episode.no_next_date"
        assert [used.name for used in found.used] == ["Last seen on", "Next contact on"]


@pytest.mark.parametrize(
    ("pauses", "flagged"),
    [
        ((PauseFact(started_on=day(1), reason="In hospital", review_on=day(20)),), False),
        ((PauseFact(started_on=day(1), reason="In hospital", review_on=day(10)),), False),
        ((PauseFact(started_on=day(1), reason="In hospital", review_on=day(9)),), True),
        ((PauseFact(started_on=day(1), reason="In hospital", review_on=None),), True),
        ((PauseFact(started_on=day(1), reason="In hospital", review_on=day(9), ended_on=day(9)),), True),
        ((), True),
    ],
)
def test_a_pause_with_a_day_of_review_is_a_next_date(pauses: tuple[PauseFact, ...], flagged: bool) -> None:
    paused = replace(facts("A"), phase=Phase.PAUSED, pauses=pauses)
    found = no_next_date(paused, episode_policy(), today=day(10))
    assert (found is not None) is flagged
    if found is not None:
        assert found.sentence.endswith("or give the pause a day of review.")
