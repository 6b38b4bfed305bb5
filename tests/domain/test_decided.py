"""What is decided when somebody who needs haste is not reached: the talks need words, the step a decision."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.closing_gate import gate
from collabcare.domain.decided import (
    Decided,
    decided_words,
    may_decide,
    refuse_decided,
    refuse_wordless,
    wordless,
)
from collabcare.domain.errors import RuleViolation
from collabcare.domain.gate_today import track_today
from collabcare.domain.reengagement import AttemptOutcome as Out
from collabcare.domain.reengagement import Channel as Way
from collabcare.domain.reengagement import outcomes_of, rungs
from collabcare.domain.typed_text import says_something
from tests.builders import MONDAY, attempt, calendar, day, ladder, rulebook
from tests.builders_reach import both_ladders, closing_review, does, policy, sought

if TYPE_CHECKING:
    from collabcare.domain.facts import AttemptFact

GP = attempt(3, day(1), channel=Way.GP_PRACTICE, outcome=Out.DISCUSSED, note="Seen last week")
BOSS = attempt(3, day(1), channel=Way.SUPERVISION, outcome=Out.DISCUSSED, note="Amina: visit")
VISIT = replace(BOSS, decided=Decided.HOME_VISIT, decided_words="Jo at 14:00")
DONE = {
    "both, and decided": ((GP, VISIT), True),
    "decided with the GP practice": (
        (replace(GP, decided=Decided.CRISIS_TEAM, decided_words="x"), BOSS),
        True,
    ),
    "decided on another day": ((GP, BOSS, replace(VISIT, on=day(2))), True),
    "nothing decided": ((GP, BOSS), False),
    "nobody asked the supervisor": ((replace(GP, decided=Decided.EMERGENCY, decided_words="x"),), False),
    "nothing written about the GP practice": ((replace(GP, note=" "), VISIT), False),
    "nobody answered at the GP practice": ((replace(GP, outcome=Out.NO_ANSWER), VISIT), False),
    "decided at another step": ((GP, BOSS, replace(VISIT, rung=4)), False),
}


@pytest.mark.parametrize(("made", "done"), DONE.values(), ids=DONE)
def test_the_step_is_done_once_both_were_asked_and_something_is_decided(
    made: tuple[AttemptFact, ...], done: bool
) -> None:
    search = ladder(MONDAY, attempts=(attempt(1), attempt(2), *made))
    third = rungs(search, both_ladders().prompt, calendar())[2]
    assert (third.done_on is not None) is done
    assert third.done_on is None or third.done_on == max(each.on for each in made)


@given(st.sampled_from(Way), st.sampled_from(Out), st.text(max_size=3), st.booleans())
def test_only_a_talk_with_others_needs_words_and_can_decide(
    channel: Way, outcome: Out, note: str, found: bool
) -> None:
    if wordless(channel, outcome, note, found=found):
        assert may_decide(channel, outcome)
        assert not says_something(note)
        with pytest.raises(RuleViolation, match="Write what"):
            refuse_wordless(channel, outcome, note, found=found)
    else:
        refuse_wordless(channel, outcome, note, found=found)
    assert may_decide(channel, outcome) is (
        channel in {Way.GP_PRACTICE, Way.SUPERVISION} and outcome in {Out.DISCUSSED, Out.THIRD_PARTY}
    )


@pytest.mark.parametrize("channel", [Way.GP_PRACTICE, Way.SUPERVISION])
def test_what_was_discussed_always_has_words(channel: Way) -> None:
    with pytest.raises(RuleViolation, match="Write what"):
        refuse_wordless(channel, Out.DISCUSSED, " ", found=True)


@pytest.mark.parametrize("decided", Decided)
def test_a_decision_has_words_and_is_made_with_others(decided: Decided) -> None:
    refuse_decided(decided, "Jo at 14:00", Way.SUPERVISION, Out.DISCUSSED)
    with pytest.raises(RuleViolation, match="Write w"):
        refuse_decided(decided, " ", Way.SUPERVISION, Out.DISCUSSED)
    for channel in Way:
        for outcome in outcomes_of(channel):
            if not may_decide(channel, outcome):
                with pytest.raises(RuleViolation, match="with the GP practice or in supervision"):
                    refuse_decided(decided, "Jo", channel, outcome)


def test_words_without_a_decision_are_refused_and_nothing_is_nothing() -> None:
    refuse_decided(None, " ", Way.CALL, Out.NO_ANSWER)
    with pytest.raises(RuleViolation, match="Choose what was decided"):
        refuse_decided(None, "Jo at 14:00", Way.SUPERVISION, Out.DISCUSSED)


def test_a_decision_is_said_with_its_words_and_names_no_degree_of_danger() -> None:
    assert decided_words(Decided.NONE_NOW, "Seen by the nurse today.") == (
        "Decided: none now, and why. Seen by the nurse today."
    )


def test_the_gate_says_what_was_decided_since_the_miss() -> None:
    of = sought(MONDAY, "A", attempts=(*does(1), *does(3, day(1), prompt=True)))
    of = replace(of, closing_reviews=(closing_review(MONDAY),))
    today = day(35)
    answer = gate(
        of, of.closing_reviews[0], policy().gate, track=track_today(of, rulebook(), today=today), today=today
    )
    part = next(each for each in answer.parts if each.condition == "G4")
    assert "Decided: crisis team. They ring at 14:00" in part.sentence
