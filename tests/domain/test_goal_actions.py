"""Steps towards a goal: the patient's own come first, and one that is over is over."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.errors import RuleViolation
from collabcare.domain.goal_actions import (
    action_words,
    done_action,
    dropped_action,
    new_action,
    next_own_step,
    open_actions,
    settled_actions,
    when_words,
)
from collabcare.domain.plan_facts import ActionOwner, GoalActionFact, GoalFact
from tests.builders import MONDAY, day

PATIENT, US, OTHER = ActionOwner.PATIENT, ActionOwner.US, ActionOwner.OTHER


def goal(*actions: GoalActionFact, closed: bool = False) -> GoalFact:
    return GoalFact(
        id=1,
        place=1,
        text="Choir",
        opened_on=MONDAY,
        closed_on=day(7) if closed else None,
        actions=actions,
    )


def step(id: int, whose: ActionOwner = PATIENT, due: int | None = None, **ended: object) -> GoalActionFact:
    due_on = None if due is None else day(due)
    return GoalActionFact(id=id, text="Ring", whose=whose, due_on=due_on, **ended)  # type: ignore[arg-type]  # any end


def test_a_step_keeps_its_words_owner_and_day() -> None:
    made = new_action(goal(), " Ring the choir ", US, day(3), today=MONDAY)
    assert (made.text, made.whose, made.due_on, made.is_open) == ("Ring the choir", US, day(3), True)
    assert new_action(goal(), "Ring", PATIENT, MONDAY, today=MONDAY).due_on == MONDAY


REFUSED = {
    "a closed goal": (goal(closed=True), "Ring", None, "This goal is closed"),
    "no words": (goal(), "  ", None, "Write what is to be done"),
    "a day gone by": (goal(), "Ring", day(-1), "a day that has gone by"),
}


@pytest.mark.parametrize(("of", "text", "due", "words"), REFUSED.values(), ids=REFUSED)
def test_a_step_that_cannot_be_is_refused(of: GoalFact, text: str, due: object, words: str) -> None:
    with pytest.raises(RuleViolation, match=words):
        new_action(of, text, PATIENT, due, today=MONDAY)  # type: ignore[arg-type]  # a day or none


def test_a_step_is_done_once_however_late_and_never_ahead() -> None:
    done = done_action(step(1, due=-30), MONDAY, today=MONDAY)
    assert (done.done_on, done.is_open) == (MONDAY, False)
    with pytest.raises(RuleViolation, match="done already"):
        done_action(done, MONDAY, today=MONDAY)
    with pytest.raises(RuleViolation, match="in the future"):
        done_action(step(1), day(1), today=MONDAY)
    dropped = dropped_action(step(1), MONDAY)
    with pytest.raises(RuleViolation, match="was dropped"):
        dropped_action(dropped, MONDAY)


def test_the_patients_own_steps_come_first_then_by_day_then_those_without() -> None:
    of = goal(
        step(1, US, 1), step(2), step(3, due=9), step(4, OTHER), step(5, due=2), step(6, done_on=MONDAY)
    )
    assert [each.id for each in open_actions(of)] == [5, 3, 2, 1, 4]
    assert [each.id for each in settled_actions(of)] == [6]
    nearest = next_own_step(of)
    assert nearest is not None
    assert nearest.id == 5
    assert next_own_step(goal(step(1, US))) is None


WORDS = {
    "own": (PATIENT, "Ring the choir", "I will ring the choir"),
    "when, not what": (PATIENT, "Tuesday and Friday, a walk", "I will do this: Tuesday and Friday, a walk"),
    "a count": (PATIENT, "10 minutes after lunch", "I will do this: 10 minutes after lunch"),
    "ours, when": (US, "On Monday the list", "We will do this: On Monday the list"),
    "begins like a day": (PATIENT, "Sunbathe", "I will sunbathe"),
    "ours": (US, "Send the form.", "We will send the form."),
    "others": (OTHER, "Femi drives", "Femi drives"),
    "said already": (PATIENT, "I will ring", "I will ring"),
    "shortened": (PATIENT, "I'll ring", "I'll ring"),
    "a name": (PATIENT, "NHS talks again", "I will NHS talks again"),
    "I": (PATIENT, "I ring", "I ring"),
}


@pytest.mark.parametrize(("whose", "text", "said"), WORDS.values(), ids=WORDS)
def test_a_step_reads_as_a_sentence_of_its_owner(whose: ActionOwner, text: str, said: str) -> None:
    assert action_words(GoalActionFact(id=1, text=text, whose=whose)) == said


WHEN = {
    "no day": (step(1), ""),
    "today": (step(1, due=0), "today"),
    "to come": (step(1, due=1), "by Tue 06-Jan-2026"),
    "done": (step(1, due=1, done_on=MONDAY), "done 05-Jan-2026"),
    "dropped": (step(1, dropped_on=MONDAY), "dropped 05-Jan-2026"),
}


@pytest.mark.parametrize(("action", "said"), WHEN.values(), ids=WHEN)
def test_when_a_step_is_due_or_what_became_of_it(action: GoalActionFact, said: str) -> None:
    assert when_words(action, today=MONDAY) == said


@given(
    st.lists(
        st.tuples(
            st.sampled_from(ActionOwner), st.none() | st.integers(-40, 40), st.booleans(), st.booleans()
        )
    )
)
def test_every_step_is_in_one_list_and_owners_never_mix(
    drawn: list[tuple[ActionOwner, int | None, bool, bool]],
) -> None:
    actions = [
        step(n, whose, due, **({"done_on": MONDAY} if done else {"dropped_on": MONDAY} if dropped else {}))
        for n, (whose, due, done, dropped) in enumerate(drawn, start=1)
    ]
    of = goal(*actions)
    found = (*open_actions(of), *settled_actions(of))
    assert sorted(each.id for each in found) == [each.id for each in actions]
    owners = [list(ActionOwner).index(each.whose) for each in open_actions(of)]
    assert owners == sorted(owners)


@given(st.text(max_size=40), st.sampled_from(ActionOwner), st.integers(-9, 9))
def test_whatever_is_typed_is_a_step_or_a_sentence(text: str, whose: ActionOwner, due: int) -> None:
    try:
        made = new_action(goal(), text, whose, MONDAY + timedelta(days=due), today=MONDAY)
    except RuleViolation:
        return
    assert made.text.strip()
    assert action_words(made)
