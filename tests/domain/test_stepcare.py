"""Step up, hold or step down: what the scores suggest, and what never plays a part."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.course import course_of
from collabcare.domain.episode import Phase
from collabcare.domain.instruments import Safety
from collabcare.domain.stepcare import StepAdvice, step_to_consider, suggest_step
from collabcare.domain.treat_to_target import Flag
from tests.builders import day, facts, measure, prompt, rulebook

if TYPE_CHECKING:
    from collabcare.domain.facts import EpisodeFacts, MeasureFact
    from collabcare.domain.stepcare import StepSuggestion

UP, HOLD, DOWN = StepAdvice.UP, StepAdvice.HOLD, StepAdvice.DOWN


def scores(*totals: int, every: int = 28, instrument: str = "phq9") -> tuple[MeasureFact, ...]:
    """Return one score every so many days from the first Monday."""
    return tuple(
        measure(total, day(every * place), instrument=instrument) for place, total in enumerate(totals)
    )


def suggested(of: EpisodeFacts) -> StepSuggestion:
    """Return what is suggested on the day of the latest score."""
    last = max((each.taken_on for each in of.measures), default=day(0))
    return suggest_step(of, rulebook(), today=last)


ADVICE_ROWS = {
    "worse": (scores(10, 16), UP),
    "not improving at 8 weeks": (scores(18, 17, 16), UP),
    "little change at 4 weeks": (scores(18, 17), HOLD),
    "part way": (scores(18, 12), HOLD),
    "response once": (scores(18, 9), HOLD),
    "response held": (scores(18, 9, 9), DOWN),
    "remission held, 7 days apart": (scores(12, 4, 4, every=7), HOLD),
    "remission held, 14 days apart": (scores(12, 4, 4, every=14), DOWN),
    "better and worse again": (scores(18, 4, 4, 10), UP),
    "one score": (scores(18), HOLD),
    "none": ((), HOLD),
    "low at the start": (scores(9, 8, 8, 8), HOLD),
}


@pytest.mark.parametrize(("measures", "advice"), ADVICE_ROWS.values(), ids=ADVICE_ROWS)
def test_scores_suggest_up_hold_or_down(measures: tuple[MeasureFact, ...], advice: StepAdvice) -> None:
    assert suggested(facts("A", measures=measures)).advice is advice


def test_one_measure_that_asks_for_a_look_holds_what_another_has_reached() -> None:
    well = scores(18, 9, 9)
    stuck = scores(14, 13, 13, instrument="gad7")
    assert suggested(facts("A", measures=(*well, *stuck))).advice is UP
    early = (measure(14, day(28), instrument="gad7"), measure(13, day(56), instrument="gad7"))
    assert suggested(facts("A", measures=(*well, *early))).advice is HOLD


def test_an_old_score_suggests_nothing_down() -> None:
    well = facts("A", measures=scores(18, 9, 9))
    assert suggest_step(well, rulebook(), today=day(84)).advice is DOWN
    assert suggest_step(well, rulebook(), today=day(85)).advice is HOLD


PHASE_ROWS = {
    Phase.REFERRED: (HOLD, HOLD),
    Phase.ALLOCATED: (HOLD, HOLD),
    Phase.ASSESSING: (UP, DOWN),
    Phase.ACTIVE: (UP, DOWN),
    Phase.MAINTENANCE: (UP, HOLD),
    Phase.PAUSED: (HOLD, HOLD),
    Phase.CLOSED: (HOLD, HOLD),
}


@pytest.mark.parametrize(("phase", "expected"), PHASE_ROWS.items(), ids=PHASE_ROWS)
def test_only_where_care_goes_on(phase: Phase, expected: tuple[StepAdvice, StepAdvice]) -> None:
    closed_on = day(60) if phase is Phase.CLOSED else None
    worse = facts("A", phase=phase, closed_on=closed_on, measures=scores(10, 16))
    well = facts("A", phase=phase, closed_on=closed_on, measures=scores(18, 9, 9))
    assert (suggested(worse).advice, suggested(well).advice) == expected


def test_staying_well_only_worsening_speaks() -> None:
    stuck = facts("A", phase=Phase.MAINTENANCE, measures=scores(18, 17, 16))
    assert suggested(stuck).advice is HOLD


def test_it_says_what_to_consider_with_the_flags_it_comes_from() -> None:
    found = suggested(facts("A", measures=scores(18, 17, 16)))
    assert [flag.kind for flag in found.flags] == [Flag.NOT_IMPROVING]
    assert found.since == day(56)
    assert found.sentence.startswith("Consider with the patient a step up from Guided support. PHQ-9 18 on")
    assert found.rule == "step_care.up"
    assert found.used == found.flags[0].used
    assert found.source


WORD_ROWS = {
    "up": (2, scores(10, 16), "Consider with the patient a step up from Guided support. "),
    "up from the last": (5, scores(10, 16), "Shared care with the specialist team is the last step here"),
    "down": (2, scores(18, 9, 9), "Consider with the patient a step down from Guided support. It has held. "),
    "down from the first": (
        1,
        scores(18, 9, 9),
        "Consider with the patient how to end well from Self-management with check-ins. It has held. ",
    ),
    "hold": (2, (), "No change of step is suggested by the scores. Carry on with Guided support."),
    "a step of another model": (9, (), "No change of step is suggested by the scores. Carry on with step 9."),
}


@pytest.mark.parametrize(("step", "measures", "words"), WORD_ROWS.values(), ids=WORD_ROWS)
def test_the_words_fit_the_step(step: int, measures: tuple[MeasureFact, ...], words: str) -> None:
    assert suggested(facts("A", step=step, measures=measures)).sentence.startswith(words)


def test_nothing_is_to_be_considered_without_scores_or_while_holding() -> None:
    for of in (facts("A"), facts("A", measures=scores(18, 12))):
        assert step_to_consider(course_of(of, rulebook(), day(28)), rulebook()) is None


ANSWERS = st.lists(st.integers(0, 3), min_size=9, max_size=9)


@given(st.lists(st.integers(0, 27), min_size=1, max_size=6), ANSWERS, st.booleans())
def test_no_single_answer_ever_plays_a_part(totals: list[int], answers: list[int], asked: bool) -> None:
    """The design ban: an answer opens a conversation and never moves anybody's care up or down."""
    plain = facts("A", measures=scores(*totals))
    told = replace(
        plain,
        measures=tuple(
            replace(each, answers=tuple(answers), safety=Safety.PROMPT, safety_answer=answers[8])
            for each in plain.measures
        ),
        safety_prompts=(prompt(day(0), answer=answers[8]),) if asked else (),
    )
    assert suggested(told).advice is suggested(plain).advice
    assert suggested(told).sentence == suggested(plain).sentence


@given(st.integers(10, 27), st.integers(0, 27), st.integers(0, 27))
def test_a_higher_latest_score_never_turns_up_into_hold_or_hold_into_down(
    first: int, last: int, other: int
) -> None:
    low, high = sorted((last, other))
    order = [DOWN, HOLD, UP]

    def place(total: int) -> int:
        return order.index(suggested(facts("A", measures=scores(first, first, total, total))).advice)

    assert place(low) <= place(high)
