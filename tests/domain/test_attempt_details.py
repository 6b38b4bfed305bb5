"""When a try was made, who answered, what was promised, and why by that way."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.attempt_details import (
    earliest_try,
    note_of_unsafe_way,
    refuse_answered,
    refuse_time,
)
from collabcare.domain.attempts import why_not_this_way
from collabcare.domain.calendar import LONDON, london_date
from collabcare.domain.errors import RuleViolation
from collabcare.domain.reach_facts import ReachFacts
from collabcare.domain.reaching import safe_ways
from collabcare.domain.reengagement import AttemptOutcome, Channel
from tests.builders import MONDAY, calendar, day, facts
from tests.builders_reach import at, policy

if TYPE_CHECKING:
    from collabcare.domain.reaching import SafeWays

Out = AttemptOutcome
FRIDAY = day(4)


def ways(**reach: Any) -> SafeWays:  # noqa: ANN401 - any field
    return safe_ways(facts(reach=ReachFacts(**reach)), policy().reach)


@pytest.mark.parametrize(
    ("today", "first"),
    [
        pytest.param(day(2), day(1), id="yesterday"),
        pytest.param(day(7), FRIDAY, id="on a Monday, Friday"),
        pytest.param(date(2026, 4, 7), date(2026, 4, 2), id="after Easter, Thursday"),
    ],
)
def test_a_try_of_the_last_working_day_can_still_be_written_down(today: date, first: date) -> None:
    assert earliest_try(today, calendar()) == first


@pytest.mark.parametrize(
    ("tried_at", "words"),
    [
        pytest.param(at(day(2), 12), None, id="now"),
        pytest.param(at(day(1), 0, 1), None, id="yesterday, just after midnight"),
        pytest.param(at(day(2), 12, 1), "still to come", id="a minute ahead"),
        pytest.param(at(day(0), 23, 59), "since Tue 06-Jan-2026", id="the day before yesterday"),
        pytest.param(at(day(-1), 12), "before the missed appointment", id="before the miss"),
    ],
)
def test_the_time_of_a_try(tried_at: datetime, words: str | None) -> None:
    def check() -> None:
        refuse_time(tried_at, now=at(day(2), 12), missed_on=MONDAY, calendar=calendar())

    if words is None:
        check()
        return
    with pytest.raises(RuleViolation, match=words):
        check()


def test_the_day_of_a_try_is_a_london_day_also_when_the_clocks_change() -> None:
    """On 29-Mar-2026 clocks go forward at 01:00: half past midnight on the 30th is the 29th in UTC."""
    early = datetime(2026, 3, 30, 0, 30, tzinfo=LONDON)
    assert (early.astimezone(UTC).date(), london_date(early)) == (date(2026, 3, 29), date(2026, 3, 30))
    missed = date(2026, 3, 30)
    refuse_time(early, now=early, missed_on=missed, calendar=calendar())
    with pytest.raises(RuleViolation, match="before the missed"):
        refuse_time(early - timedelta(hours=1), now=early, missed_on=missed, calendar=calendar())


@given(st.integers(0, 366 * 24 * 60), st.integers(-60, 9 * 24 * 60))
def test_no_time_is_refused_with_anything_but_a_sentence(minute: int, minutes_ago: int) -> None:
    now = at(MONDAY) + timedelta(minutes=minute)
    tried = now - timedelta(minutes=minutes_ago)
    missed = london_date(now) - timedelta(days=5)
    first = max(missed, earliest_try(london_date(now), calendar()))
    try:
        refuse_time(tried, now=now, missed_on=missed, calendar=calendar())
    except RuleViolation:
        assert tried > now or london_date(tried) < first
    else:
        assert tried <= now
        assert london_date(tried) >= first


@pytest.mark.parametrize("outcome", [Out.THIRD_PARTY, Out.LEFT_MESSAGE, Out.DISCUSSED, Out.SENT])
def test_somebody_else_may_have_answered(outcome: AttemptOutcome) -> None:
    refuse_answered(outcome, "Her brother", None, on=MONDAY)


@pytest.mark.parametrize(
    ("outcome", "spoke_to", "promised_on", "words"),
    [
        (Out.SPOKE, "Her brother", None, "You spoke to the patient"),
        (Out.NO_ANSWER, "Her brother", None, "Nobody answered"),
        (Out.LEFT_MESSAGE, "", day(3), "nothing was promised"),
        (Out.SPOKE, "", day(-1), "before the day of the call"),
        (Out.THIRD_PARTY, "Her brother", day(400), "more than a year away"),
    ],
)
def test_what_nobody_said_is_refused(
    outcome: AttemptOutcome, spoke_to: str, promised_on: date | None, words: str
) -> None:
    with pytest.raises(RuleViolation, match=words):
        refuse_answered(outcome, spoke_to, promised_on, on=MONDAY)


@pytest.mark.parametrize("outcome", [Out.SPOKE, Out.THIRD_PARTY, Out.DISCUSSED])
@pytest.mark.parametrize("promised_on", [None, MONDAY, day(365)])
def test_a_day_may_be_promised_by_whoever_was_spoken_to(
    outcome: AttemptOutcome, promised_on: date | None
) -> None:
    refuse_answered(outcome, "", promised_on, on=MONDAY)


def test_a_safe_way_needs_no_reason_and_keeps_the_note_as_it_is() -> None:
    assert note_of_unsafe_way("", "", "Rang twice") == "Rang twice"
    assert note_of_unsafe_way("", "not needed", "") == ""


def test_a_way_that_is_not_to_be_used_is_logged_only_with_why_it_was() -> None:
    unsafe = why_not_this_way(ways(letters_safe=False), Channel.LETTER, Out.SENT)
    with pytest.raises(RuleViolation, match=r"Letters are recorded as not safe.*without saying why"):
        note_of_unsafe_way(unsafe, "", "Posted")
    kept = note_of_unsafe_way(unsafe, "Handed over by her worker", "New time offered")
    assert kept == "Why this way all the same: Handed over by her worker\nNew time offered"
    alone = note_of_unsafe_way(unsafe, "Handed over by her worker", "")
    assert alone == "Why this way all the same: Handed over by her worker"


def test_what_the_patient_said_needs_no_reason_whatever_the_way() -> None:
    nothing = why_not_this_way(ways(telephone_safe=False), Channel.CALL, Out.SPOKE)
    assert note_of_unsafe_way(nothing, "", "She rang") == "She rang"


def test_no_clock_time_is_left_out() -> None:
    for hour in range(24):
        refuse_time(
            datetime.combine(day(1), time(hour), LONDON),
            now=at(day(2), 12),
            missed_on=MONDAY,
            calendar=calendar(),
        )
