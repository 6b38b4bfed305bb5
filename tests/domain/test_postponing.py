"""Letting something due wait, or declining it: with a reason, within caps, and never for good."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.due import what_is_due
from collabcare.domain.due_kinds import Due, DueKind
from collabcare.domain.errors import RuleViolation
from collabcare.domain.postponing import (
    PostponementFact,
    Waiting,
    latest_until,
    refuse_decision,
    why_not_later,
    with_decisions,
)
from collabcare.domain.reason import Basis, Reason
from tests.builders import MONDAY, calendar, day, facts, rulebook

WHY = Reason(Basis(rule="x", source="y", facts=(), say=lambda: "Last seen long ago"), ())
FRIDAY = day(4)


def contact(due_on: date = MONDAY) -> Due:
    return Due(DueKind.CONTACT, due_on, WHY)


def decided(until: date | None = FRIDAY, **changes: object) -> PostponementFact:
    made = PostponementFact(
        kind=DueKind.CONTACT,
        subject_id=None,
        due_on=MONDAY,
        decision=Waiting.DECLINED if until is None else Waiting.LATER,
        until=until,
        reason="On holiday until then",
        made_on=MONDAY,
        by="Jo Smith",
    )
    return replace(made, **changes)  # type: ignore[arg-type] # any field of it


def test_what_waits_is_due_on_the_day_it_waits_for_and_says_why() -> None:
    (due,) = with_decisions([contact()], [decided()], rulebook().postponing, today=MONDAY)
    assert (due.due_on, due.first_due_on) == (FRIDAY, MONDAY)
    assert due.put_off_words == "put off until 09-Jan-2026 by Jo Smith: On holiday until then"
    assert due.is_overdue(day(5))
    assert not due.is_overdue(FRIDAY)


def test_the_last_decision_stands_and_one_about_another_thing_does_not() -> None:
    later = decided(day(7), made_on=FRIDAY)
    other = decided(day(9), due_on=day(1))
    (due,) = with_decisions([contact()], [decided(), later, other], rulebook().postponing, today=FRIDAY)
    assert due.due_on == day(7)


def test_a_thing_put_off_twice_is_still_the_same_thing() -> None:
    book = rulebook().postponing
    (once,) = with_decisions([contact()], [decided()], book, today=MONDAY)
    assert decided(day(9)).is_about(once)
    assert why_not_later(once, [decided()], book) == ""
    assert "put off twice already" in why_not_later(once, [decided(), decided(day(9))], book)


@pytest.mark.parametrize("days", [0, 27, 28, 60])
def test_what_was_declined_is_asked_again_by_itself(days: int) -> None:
    measure = Due(DueKind.MEASURE, MONDAY, WHY)
    made = decided(None, kind=DueKind.MEASURE)
    shown = with_decisions([measure], [made], rulebook().postponing, today=day(days))
    assert (shown == [measure]) is (days >= 28)


@pytest.mark.parametrize("days", range(0, 60, 5))
def test_a_search_and_what_is_about_safety_are_never_touched(days: int) -> None:
    kinds = (DueKind.SAFETY_CONVERSATION, DueKind.SAFETY_REVIEW, DueKind.REENGAGE_PROMPT, DueKind.REENGAGE)
    for kind in (*kinds, DueKind.WORSENING, DueKind.OUTCOME, DueKind.PAUSE_REVIEW):
        due = Due(kind, MONDAY, WHY)
        for asked in (decided(kind=kind), decided(None, kind=kind)):
            with pytest.raises(RuleViolation, match="this cannot be"):
                refuse_decision(asked, due, (), rulebook().postponing, calendar())
        assert latest_until(due, rulebook().postponing, calendar(), today=day(days)) is None


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (decided(reason=" "), "Say why"),
        (decided(MONDAY), "Choose a later day"),
        (decided(day(8)), "until Mon 12-Jan-2026 at the latest"),
        (decided(None), "this cannot be declined"),
    ],
)
def test_the_caps_are_said(asked: PostponementFact, words: str) -> None:
    with pytest.raises(RuleViolation, match=words):
        refuse_decision(asked, contact(), (), rulebook().postponing, calendar())


def test_what_is_not_due_any_more_cannot_wait() -> None:
    with pytest.raises(RuleViolation, match="not due any more"):
        refuse_decision(decided(), None, (), rulebook().postponing, calendar())


@given(until=st.integers(1, 40), now=st.integers(0, 400))
def test_nothing_vanishes_however_long_ago_it_was_put_off(until: int, now: int) -> None:
    made = decided(MONDAY + timedelta(days=until))
    shown = with_decisions([contact()], [made], rulebook().postponing, today=day(now))
    assert [each.due_on for each in shown] == [MONDAY + timedelta(days=until)]


def test_the_one_definition_of_due_takes_it_in() -> None:
    seen = facts("A")
    (before,) = [
        each for each in what_is_due(seen, rulebook(), today=day(30)) if each.kind is DueKind.CONTACT
    ]
    made = decided(day(33), due_on=before.due_on, made_on=day(30))
    (after,) = [
        each
        for each in what_is_due(replace(seen, postponements=(made,)), rulebook(), today=day(30))
        if each.kind is DueKind.CONTACT
    ]
    assert (after.due_on, after.first_due_on) == (day(33), before.due_on)
