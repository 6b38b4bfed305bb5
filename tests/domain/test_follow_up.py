"""How often it was agreed to see somebody: the day it makes due, and that nobody is without one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.contact_clock import next_contact_by
from collabcare.domain.follow_up import FOLLOW_UP_WORDS, FollowUp, follow_up_of
from tests.builders import day, facts, pathway, review
from tests.domain.whats_due import CONTACT, FIRST, clock, only

WEEKS = [each for each in FollowUp if each.weeks]
SEEN = "as agreed; last seen 19-Jan-2026; nothing booked"


def test_the_intervals_are_those_of_the_registries_and_come_back_as_they_were_kept() -> None:
    assert [each.weeks for each in WEEKS] == [1, 2, 3, 4, 6, 8]
    assert [follow_up_of(each.weeks) for each in FollowUp] == list(FollowUp)
    assert FOLLOW_UP_WORDS[FollowUp.SIX] == "Every 6 weeks"
    assert list(FOLLOW_UP_WORDS) == list(FollowUp)


@pytest.mark.parametrize("often", WEEKS)
def test_they_are_due_so_many_weeks_after_they_were_last_seen(often: FollowUp) -> None:
    weeks = often.weeks or 0
    of = facts("AAA", follow_up_weeks=weeks)
    said = f"{FOLLOW_UP_WORDS[often]}, {SEEN}"
    assert only(of, day(15), CONTACT) == [(CONTACT, day(14 + 7 * weeks), said)]


def test_as_needed_the_day_to_look_at_the_case_again_stands_for_it() -> None:
    of = facts("AAA", follow_up_weeks=0)
    assert only(of, day(15), CONTACT) == [(CONTACT, day(42), f"As needed, {SEEN}")]
    discussed = facts("AAA", follow_up_weeks=0, reviews=(review(day(20)),))
    assert clock(discussed, day(21)) == [(CONTACT, day(48))]


def test_before_anybody_has_seen_them_the_first_contact_is_due() -> None:
    assert clock(facts(follow_up_weeks=8), day(0)) == [(FIRST, day(7))]


@given(st.sampled_from(FollowUp), st.text("ALDCPN", max_size=6), st.text("DCPN", max_size=3))
def test_no_interval_leaves_anybody_without_a_day_and_no_miss_moves_it(
    often: FollowUp, history: str, extra: str
) -> None:
    of, since = (facts(made, follow_up_weeks=often.weeks) for made in (history, history + extra))
    assert next_contact_by(since, pathway()) == next_contact_by(of, pathway())
    assert len(clock(since, day(400))) == 1
