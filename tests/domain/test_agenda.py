"""The weekly list of supervision: who comes, once each, in which order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.agenda import agenda
from collabcare.domain.caseload import caseload_rows
from collabcare.domain.episode import Phase
from collabcare.domain.ids import EpisodeId, UserId
from collabcare.domain.plan_facts import ProposalFact, ProposalKind
from collabcare.domain.reach_facts import HasteFact, HasteKind
from collabcare.domain.triggers import TRIGGER_ORDER, TRIGGER_PLACE, TRIGGER_WORDS, Trigger
from tests.builders import (
    MONDAY,
    contact,
    day,
    facts,
    ladder,
    measure,
    patient,
    prompt,
    review,
    rulebook,
)

if TYPE_CHECKING:
    from collabcare.domain.facts import EpisodeFacts

TODAY = day(100)


def named(surname: str, number: int, of: EpisodeFacts) -> EpisodeFacts:
    """Return the same history as somebody else's."""
    return replace(of, patient=patient(surname=surname), episode_id=EpisodeId(number))


def names(*of: EpisodeFacts, today: date = TODAY) -> list[str]:
    """Return the surnames of the agenda, in order."""
    rows = agenda(caseload_rows(of, rulebook(), today))
    return [row.facts.patient.surname for row in rows]


def calm(**changes: object) -> EpisodeFacts:
    """Return a case seen lately, booked and discussed: only what is added brings it."""
    held = (contact("A", day(0), id=1), contact("A", day(95), id=2), contact("b", day(102), id=3))
    return facts("", **{"contacts": held, "phase": Phase.ACTIVE, "reviews": (review(day(90)),), **changes})


def proposed(kind: ProposalKind, *, signs: bool) -> tuple[ProposalFact, ...]:
    """Return a change of care proposed last week."""
    return (ProposalFact(id=1, kind=kind, proposed_on=day(93), by_id=UserId(1), awaits_sign_off=signs),)


def sought(**changes: object) -> EpisodeFacts:
    """Return a patient who missed the last appointment three weeks ago and is sought since."""
    held = (contact("A", day(70), id=1), contact("D", day(77), id=2), contact("b", day(102), id=3))
    return calm(contacts=held, ladders=(ladder(day(77), contact_id=2),), **changes)


HASTE = (HasteFact(kind=HasteKind.PERINATAL, happened_on=day(0)),)
CASES = {
    Trigger.SAFETY: calm(safety_prompts=(prompt(day(95)),)),
    Trigger.WORSENING: calm(measures=(measure(8, day(0)), measure(14, day(88)))),
    Trigger.ENGAGEMENT_PROMPT: sought(haste=HASTE),
    Trigger.CLOSURE_SIGN_OFF: calm(proposals=proposed(ProposalKind.DISCHARGE, signs=True)),
    Trigger.ENGAGEMENT: sought(),
    Trigger.CLOSURE: calm(proposals=proposed(ProposalKind.STEP_UP, signs=False)),
    Trigger.CONSULT: calm(measures=(measure(14, day(0)), measure(13, day(88)))),
    Trigger.NOT_IMPROVING: calm(measures=(measure(14, day(28)), measure(13, day(88)))),
    Trigger.SCORES: calm(measures=(measure(16, day(95)),)),
    Trigger.OVERDUE: calm(contacts=(contact("A", day(95)),)),
    Trigger.FOUR_WEEK: calm(reviews=(review(day(72)),)),
    Trigger.NEW: calm(reviews=()),
    Trigger.REQUEST: calm(supervision_requested_on=day(99)),
}
"""One case for each trigger, of which it is the first reason."""


def test_cases_are_taken_in_the_order_of_their_first_reason() -> None:
    assert list(CASES) == list(TRIGGER_ORDER)
    of = [named(trigger.value, place, case) for place, (trigger, case) in enumerate(CASES.items())]
    rows = agenda(caseload_rows(reversed(of), rulebook(), TODAY))
    assert [row.agenda[0].trigger for row in rows] == list(TRIGGER_ORDER)
    assert [row.facts.patient.surname for row in rows] == [trigger.value for trigger in CASES]


def test_the_order_given_stands_with_the_two_it_leaves_open_in_between() -> None:
    given_order = [
        Trigger.SAFETY,
        Trigger.WORSENING,
        Trigger.ENGAGEMENT_PROMPT,
        Trigger.CLOSURE_SIGN_OFF,
        Trigger.CONSULT,
        Trigger.NOT_IMPROVING,
        Trigger.SCORES,
        Trigger.OVERDUE,
        Trigger.FOUR_WEEK,
        Trigger.NEW,
        Trigger.REQUEST,
    ]
    left_open = {Trigger.ENGAGEMENT, Trigger.CLOSURE}
    assert [trigger for trigger in TRIGGER_ORDER if trigger not in left_open] == given_order
    assert set(TRIGGER_WORDS) == set(TRIGGER_PLACE) == set(Trigger)


def test_of_the_same_reason_the_one_discussed_longest_ago_comes_first_after_the_never_discussed() -> None:
    asked = {"supervision_requested_on": day(99), "safety_prompts": (prompt(day(95)),)}
    of = (
        named("Lately", 1, calm(**asked)),
        named("Long ago", 2, calm(**asked, reviews=(review(day(40)),))),
        named("Never", 3, calm(**asked, reviews=())),
    )
    assert names(*of) == ["Never", "Long ago", "Lately"]


def test_then_by_name() -> None:
    asked = calm(supervision_requested_on=day(99))
    assert names(named("zhou", 1, asked), named("Łukasz", 2, asked), named("Adams", 3, asked)) == [
        "Adams",
        "Łukasz",
        "zhou",
    ]


def test_a_case_with_two_triggers_is_one_row_with_two_reasons() -> None:
    """SUP-W7."""
    both = calm(supervision_requested_on=day(99), safety_prompts=(prompt(day(95)),))
    (row,) = agenda(caseload_rows([both], rulebook(), TODAY))
    assert [reason.trigger for reason in row.agenda] == [Trigger.SAFETY, Trigger.REQUEST]


def test_who_has_no_reason_or_is_closed_is_not_listed() -> None:
    """SUP-W5."""
    closed = calm(phase=Phase.CLOSED, closed_on=day(98), supervision_requested_on=day(97))
    assert names(calm(), closed) == []


def test_a_practitioner_on_leave_has_a_list_for_whoever_covers() -> None:
    """SUP-W8: nothing asks whether the holder is at work."""
    asked = calm(supervision_requested_on=day(99), holder_id=UserId(9), holder="On leave")
    assert names(asked) == ["Okafor"]


@given(st.lists(st.sampled_from(list(CASES)), max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_the_caseload_makes_no_difference(chosen: list[Trigger], random: object) -> None:
    of = [named(f"Patient {number:02}", number, CASES[each]) for number, each in enumerate(chosen)]
    expected = names(*of)
    random.shuffle(of)  # type: ignore[attr-defined] # hypothesis gives a Random it does not name
    assert names(*of) == expected
    assert len(expected) == len(chosen)


@given(st.integers(0, 27), st.integers(0, 27))
def test_no_score_and_no_answer_moves_a_case_within_its_trigger(one: int, other: int) -> None:
    """Only the trigger and the time since the last discussion count."""
    first = calm(safety_prompts=(prompt(day(95), answer=1),), measures=(measure(one, day(95)),))
    second = calm(safety_prompts=(prompt(day(95), answer=3),), measures=(measure(other, day(95)),))
    assert names(named("A", 1, first), named("B", 2, second)) == ["A", "B"]
    assert names(named("B", 1, first), named("A", 2, second)) == ["A", "B"]


def test_the_example_of_a_month() -> None:
    """SUP-W1: last discussed on 1 June."""
    later = contact("b", MONDAY + timedelta(days=600))
    of = facts("", contacts=(later,), phase=Phase.MAINTENANCE, reviews=(review(date(2026, 6, 1)),))
    assert names(of, today=date(2026, 6, 21)) == []
    assert names(of, today=date(2026, 6, 22)) == ["Okafor"]
