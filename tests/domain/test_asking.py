"""A question for supervision: added to and never written over, taken back with a reason and kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.asking import last_asked, with_added, withdrawn_text
from collabcare.domain.errors import RuleViolation
from tests.builders import MONDAY, day


def test_what_is_added_stands_below_with_its_day_and_name() -> None:
    once = with_added("Step down?", "Or hold?", on=day(3), by="Jo Smith")
    assert once == "Step down?\nAdded 08-Jan-2026 by Jo Smith: Or hold?"
    assert with_added(None, "Or hold?", on=day(3), by="Jo Smith") == "Added 08-Jan-2026 by Jo Smith: Or hold?"
    with pytest.raises(RuleViolation, match="on the agenda already"):
        with_added("Step down?", "", on=day(3), by="Jo Smith")


def test_it_was_asked_last_when_something_was_added() -> None:
    whole = with_added("Step down?", "a", on=day(3), by="Jo")
    whole = with_added(whole, "b\nc", on=day(9), by="Jo")
    assert last_asked(whole, MONDAY, today=day(20)) == day(9)
    assert last_asked("Step down?", MONDAY, today=day(20)) == MONDAY
    assert last_asked(None, MONDAY, today=day(20)) == MONDAY


@pytest.mark.parametrize(
    "typed", ["Added 99-Jan-2026 by me", "Added 01-Jan-2030 by me", "Added 01-Jan-2020 by me"]
)
def test_somebody_who_types_such_words_moves_no_day(typed: str) -> None:
    assert last_asked(typed, MONDAY, today=day(20)) == MONDAY


def test_what_is_taken_back_says_why_and_keeps_what_was_asked() -> None:
    assert withdrawn_text("Step down?", MONDAY, "Settled") == (
        "Taken off the agenda of supervision.\nReason: Settled\nAsked on 05-Jan-2026: Step down?"
    )
    assert withdrawn_text(None, MONDAY, "Settled").endswith("Asked on 05-Jan-2026.")
    with pytest.raises(RuleViolation, match="Write why"):
        withdrawn_text("Step down?", MONDAY, "")


@given(st.text(max_size=200), st.text(min_size=1, max_size=200), st.integers(0, 60))
def test_nothing_that_was_asked_is_lost(first: str, more: str, later: int) -> None:
    whole = with_added(first or None, more, on=day(later), by="Jo")
    assert first in whole
    assert more in whole
    assert MONDAY <= last_asked(whole, MONDAY, today=day(60)) <= day(60)
