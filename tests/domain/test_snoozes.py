"""Putting a step of a search off: the reasons there are, how long, how often, and when it shows again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.errors import RuleViolation
from collabcare.domain.ids import ContactId, LadderId
from collabcare.domain.reach_facts import SnoozeKind, Track
from collabcare.domain.reengagement import AttemptOutcome
from collabcare.domain.snoozes import latest_until, put_off_until, refuse_snooze
from tests.builders import MONDAY, attempt, calendar, contact, day, facts, ladder
from tests.builders_reach import does, policy, rules, snooze, sought

if TYPE_CHECKING:
    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.reach_facts import SnoozeFact

S, P = Track.STANDARD, Track.PROMPT
REBOOKED = SnoozeKind.REBOOKED
FRIDAY = day(4)


def rebooked(on: date = FRIDAY, *snoozes: SnoozeFact, spoken: bool = False) -> EpisodeFacts:
    """Return a search for somebody who has another appointment, agreed with somebody or only booked."""
    told = attempt(1, MONDAY, outcome=AttemptOutcome.THIRD_PARTY, spoke_to="His wife")
    of = sought(MONDAY, snoozes=snoozes, attempts=(told,) if spoken else ())
    return replace(of, contacts=(*of.contacts, contact("b", on, id=ContactId(9))))


def acted_on_today() -> EpisodeFacts:
    """Return a search in which both tries of the first day were made."""
    return sought(MONDAY, attempts=(*does(1), *does(2)))


ALLOWED = [
    pytest.param(snooze(day(1)), sought(), S, id="tomorrow"),
    pytest.param(snooze(day(2)), sought(), S, id="two working days"),
    pytest.param(snooze(day(1), rung=3), acted_on_today(), P, id="one, on the Prompt track"),
    pytest.param(
        snooze(day(7), kind=REBOOKED, rung=2),
        rebooked(spoken=True),
        P,
        id="for an appointment agreed with somebody, on the Prompt track",
    ),
    pytest.param(
        snooze(day(10), day(8), rung=2),
        sought(snoozes=(snooze(day(9), day(8)),)),
        S,
        id="the next, put off one",
    ),
    pytest.param(snooze(day(8), day(4)), sought(), S, id="over the weekend"),
    pytest.param(snooze(day(7), kind=REBOOKED), rebooked(), S, id="the working day after the appointment"),
    pytest.param(snooze(day(2)), sought(snoozes=(snooze(day(1)),)), S, id="a second time"),
    pytest.param(
        snooze(day(2)), sought(snoozes=(snooze(day(1), rung=2),) * 2), S, id="another step twice before"
    ),
]


@pytest.mark.parametrize(("asked", "of", "track"), ALLOWED)
def test_a_step_may_wait_within_limits(asked: SnoozeFact, of: EpisodeFacts, track: Track) -> None:
    refuse_snooze(asked, of, rules(), track=track)


REFUSED = [
    pytest.param(snooze(day(3)), sought(), S, "until Wed 07-Jan-2026 at the latest", id="too long"),
    pytest.param(
        snooze(day(2), rung=3),
        acted_on_today(),
        P,
        "until Tue 06-Jan-2026",
        id="too long on the Prompt track",
    ),
    pytest.param(snooze(day(1)), sought(), P, "for its own day", id="the first day of the Prompt track"),
    pytest.param(snooze(day(1), rung=2), sought(), P, "for its own day", id="the second try of that day"),
    pytest.param(snooze(day(1)), sought(snoozes=(snooze(day(1)),) * 2), S, "twice already", id="thrice"),
    pytest.param(snooze(MONDAY), sought(), S, "Choose a later day", id="until today"),
    pytest.param(snooze(day(1), reason="  "), sought(), S, "Say why", id="no reason"),
    pytest.param(snooze(day(1), rung=3), sought(), S, "Only a step", id="another step"),
    pytest.param(snooze(day(1), kind=REBOOKED), sought(), S, "Nothing is booked", id="no appointment"),
    pytest.param(
        snooze(day(7), kind=REBOOKED), rebooked(), P, "once somebody was spoken to", id="agreed by nobody"
    ),
    pytest.param(snooze(day(8), kind=REBOOKED), rebooked(), S, "until Mon 12-Jan-2026", id="long after it"),
    pytest.param(snooze(day(1)), facts(), S, "not being sought", id="nobody is sought"),
    pytest.param(snooze(day(1), ladder_id=LadderId(2)), sought(), S, "not being sought", id="an old search"),
]


@pytest.mark.parametrize(("asked", "of", "track", "words"), REFUSED)
def test_a_step_may_not_wait_otherwise(asked: SnoozeFact, of: EpisodeFacts, track: Track, words: str) -> None:
    with pytest.raises(RuleViolation, match=words):
        refuse_snooze(asked, of, rules(), track=track)


@pytest.mark.parametrize(("most", "words"), [(0, "0 times"), (1, "once"), (3, "3 times")])
def test_how_often_comes_from_the_policy(most: int, words: str) -> None:
    numbers = policy()
    own = replace(rules(), policy=replace(numbers, snoozes=replace(numbers.snoozes, per_rung=most)))
    with pytest.raises(RuleViolation, match=words):
        refuse_snooze(snooze(day(1)), sought(snoozes=(snooze(day(1)),) * most), own, track=S)


def until(of: EpisodeFacts, rung: int = 1, track: Track = S) -> date | None:
    """Return the day a step is put off to."""
    found = put_off_until(rung, of, rules(), track=track)
    return found.until if found else None


def test_a_call_put_off_holds_its_own_step_only() -> None:
    of = sought(snoozes=(snooze(day(2)),))
    assert (until(of), until(of, 2)) == (day(2), None)


def test_a_search_gone_prompt_waits_no_longer_than_that_track_allows() -> None:
    of = sought(snoozes=(snooze(day(2)), snooze(day(2), rung=3)))
    assert (until(of, track=P), until(of, 3, P)) == (None, day(1))


def test_a_rebooked_appointment_holds_the_whole_search() -> None:
    of = rebooked(FRIDAY, snooze(day(7), kind=REBOOKED))
    assert [until(of, rung) for rung in (1, 2, 3)] == [day(7)] * 3


@pytest.mark.parametrize("letter", ["C", "P", "N", "D"])
def test_a_booking_that_falls_through_holds_nothing(letter: str) -> None:
    of = rebooked(FRIDAY, snooze(day(7), kind=REBOOKED))
    gone = replace(of, contacts=(*of.contacts[:-1], contact(letter, FRIDAY, id=ContactId(9))))
    assert until(gone) is None


def test_one_put_off_too_often_counts_as_often_as_allowed() -> None:
    thrice = tuple(snooze(day(n + 1), day(n)) for n in range(3))
    assert until(sought(snoozes=thrice)) == day(2)


def test_nothing_put_off_and_nobody_sought() -> None:
    assert until(sought()) is None
    assert until(facts(ladders=(ladder(closed_on=day(1)),))) is None


@given(
    st.sampled_from(SnoozeKind),
    st.integers(0, 400),
    st.integers(-5, 400),
    st.sampled_from(Track),
    st.integers(0, 400),
)
def test_no_step_is_put_off_past_what_the_rules_allow(
    kind: SnoozeKind, made: int, lasting: int, track: Track, booked: int
) -> None:
    asked = snooze(day(made + lasting), day(made), kind=kind)
    of = rebooked(day(booked), asked, spoken=True)
    found = until(of, track=track)
    latest = latest_until(asked, of, rules(), track=track)
    if latest is None or (kind is SnoozeKind.CALL_LATER and track is P):
        assert found is None
        return
    assert found is not None
    assert found <= latest
    most = {S: 2, P: 1}[track]
    limit = day(made) if kind is SnoozeKind.CALL_LATER else day(booked)
    steps = most if kind is SnoozeKind.CALL_LATER else 1
    assert latest == calendar().nth_after(limit, steps)
    assert latest <= limit + timedelta(days=4 + steps)
