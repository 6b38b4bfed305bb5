"""The dates of both ladders, as the command line and the screens give them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.catalogue.days_off import england_calendar
from collabcare.domain.calendar import LONDON, WorkingCalendar
from collabcare.domain.errors import RuleViolation
from collabcare.domain.in_a_row import cancelled_again, consecutive_missed
from collabcare.domain.reach_facts import Track
from collabcare.domain.reengagement import (
    AttemptOutcome,
    Channel,
    first_rung,
    ladder_dates,
    next_rung,
    rung_reached,
    rungs,
)
from tests.builders import attempt, calendar, contacts, ladder
from tests.builders_reach import at, both_ladders, does

if TYPE_CHECKING:
    from collabcare.domain.facts import LadderFact

STANDARD, PROMPT = both_ladders().standard, both_ladders().prompt
SENT, DISCUSSED = AttemptOutcome.SENT, AttemptOutcome.DISCUSSED
MONDAY_MISS, FRIDAY_MISS = date(2026, 3, 9), date(2026, 8, 28)
MORNING = time(10, 30)

EXAMPLES = [
    pytest.param(MONDAY_MISS, Track.STANDARD, 1, date(2026, 3, 9), id="DNA-W1-R1"),
    pytest.param(MONDAY_MISS, Track.STANDARD, 2, date(2026, 3, 11), id="DNA-W1-R2"),
    pytest.param(MONDAY_MISS, Track.STANDARD, 3, date(2026, 3, 16), id="DNA-W1-R3"),
    pytest.param(MONDAY_MISS, Track.STANDARD, 4, date(2026, 3, 23), id="DNA-W1-R4"),
    pytest.param(MONDAY_MISS, Track.STANDARD, 5, date(2026, 3, 30), id="DNA-W1-R5"),
    pytest.param(MONDAY_MISS, Track.STANDARD, 6, date(2026, 4, 13), id="DNA-W1-R6"),
    pytest.param(FRIDAY_MISS, Track.PROMPT, 1, date(2026, 8, 28), id="DNA-W5-R1"),
    pytest.param(FRIDAY_MISS, Track.PROMPT, 2, date(2026, 8, 28), id="DNA-W5-R2"),
    pytest.param(FRIDAY_MISS, Track.PROMPT, 3, date(2026, 9, 1), id="DNA-W5-R3"),
    pytest.param(FRIDAY_MISS, Track.PROMPT, 4, date(2026, 9, 3), id="DNA-W5-R4"),
    pytest.param(date(2026, 4, 2), Track.STANDARD, 2, date(2026, 4, 8), id="over Easter"),
    pytest.param(date(2026, 12, 24), Track.PROMPT, 3, date(2026, 12, 29), id="over Christmas"),
    pytest.param(date(2026, 12, 24), Track.PROMPT, 4, date(2026, 12, 31), id="before New Year"),
    pytest.param(date(2026, 3, 14), Track.PROMPT, 1, date(2026, 3, 16), id="a Saturday, on Monday"),
]


@pytest.mark.parametrize(("missed_on", "track", "rung", "due_on"), EXAMPLES)
def test_each_rung_falls_due_on_its_working_day(
    missed_on: date, track: Track, rung: int, due_on: date
) -> None:
    dates = ladder_dates(missed_on, MORNING, both_ladders().of(track), calendar())
    assert {each.number: each.due_on for each in dates}[rung] == due_on


def test_the_prompt_ladder_ends_at_its_fourth_rung() -> None:
    assert [each.number for each in ladder_dates(MONDAY_MISS, None, PROMPT, calendar())] == [1, 2, 3, 4]


HOURS = [
    pytest.param(time(10, 30), time(12, 30), id="DNA-W5-R1 within two hours"),
    pytest.param(time(16, 0), time(18, 0), id="the four o'clock rule is the Standard track's"),
    pytest.param(time(21, 59), time(23, 59), id="just before midnight"),
    pytest.param(time(22, 30), time(23, 59), id="never past midnight"),
    pytest.param(time.max, time.max, id="a slot that ran to midnight"),
    pytest.param(None, None, id="time not known"),
]


@pytest.mark.parametrize(("ended", "at_time"), HOURS)
def test_the_first_prompt_call_is_within_two_hours_of_the_slot(
    ended: time | None, at_time: time | None
) -> None:
    first, second, *_rest = ladder_dates(MONDAY_MISS, ended, PROMPT, calendar())
    assert (first.due_on, first.at) == (MONDAY_MISS, at_time)
    assert (second.due_on, second.at) == (MONDAY_MISS, None)


def test_two_hours_are_two_hours_in_the_night_the_clocks_change() -> None:
    """On 29 March 2026 the hour from one to two does not exist; a night clinic that Sunday is open."""
    sunday = date(2026, 3, 29)
    opened = WorkingCalendar(days_off=frozenset(), days_on=frozenset({sunday}))
    assert ladder_dates(sunday, time(0, 30), PROMPT, opened)[0].at == time(3, 30)


def test_a_moved_first_call_has_no_hour() -> None:
    assert ladder_dates(date(2026, 3, 14), MORNING, PROMPT, calendar())[0].at is None


def test_the_reply_is_waited_for_from_the_day_the_letter_really_went() -> None:
    late = ladder_dates(MONDAY_MISS, None, STANDARD, calendar(), rung5_sent=date(2026, 4, 8))
    assert late[-1].due_on == date(2026, 4, 22)
    friday = ladder_dates(MONDAY_MISS, None, STANDARD, calendar(), rung5_sent=date(2026, 3, 20))
    assert friday[-1].due_on == date(2026, 4, 7)  # Good Friday, then the weekend, then Easter Monday


def test_a_letter_cannot_go_before_the_miss() -> None:
    with pytest.raises(RuleViolation, match="before the missed appointment"):
        ladder_dates(MONDAY_MISS, None, STANDARD, calendar(), rung5_sent=date(2026, 3, 8))


def test_the_prompt_track_waits_for_no_reply() -> None:
    with pytest.raises(RuleViolation, match="waits for no reply"):
        ladder_dates(MONDAY_MISS, None, PROMPT, calendar(), rung5_sent=MONDAY_MISS)


def test_a_bank_holiday_added_late_simply_gives_new_dates() -> None:
    mourning = date(2026, 3, 10)
    known, later = england_calendar(MONDAY_MISS), england_calendar(MONDAY_MISS, [mourning])
    assert ladder_dates(MONDAY_MISS, None, STANDARD, known)[1].due_on == date(2026, 3, 11)
    assert ladder_dates(MONDAY_MISS, None, STANDARD, later)[1].due_on == date(2026, 3, 12)


def test_a_saturday_clinic_follows_its_misses_up_on_the_saturday() -> None:
    saturday = date(2026, 3, 14)
    clinic = england_calendar(saturday, open_days=[saturday])
    standard = ladder_dates(saturday, MORNING, STANDARD, clinic)
    prompt = ladder_dates(saturday, MORNING, PROMPT, clinic)
    assert (standard[0].due_on, prompt[0].due_on, prompt[0].at) == (saturday, saturday, time(12, 30))


def test_two_steps_may_fall_on_one_working_day() -> None:
    first, second, third, *_rest = STANDARD.rungs
    together = (first, second, replace(third, working_days=second.working_days))
    of_both = replace(STANDARD, rungs=together, letter_rung=None, second_miss_rung=None)
    dates = ladder_dates(MONDAY_MISS, None, of_both, calendar())
    assert [each.due_on.day for each in dates] == [9, 11, 11]


DATES = st.dates(date(2019, 1, 1), date(2033, 1, 1))
TIMES = st.none() | st.times()


@given(DATES, TIMES, st.sampled_from(Track), st.none() | st.integers(0, 400))
def test_no_date_is_on_a_day_off_or_before_the_miss(
    missed_on: date, ended: time | None, track: Track, sent_after: int | None
) -> None:
    known = england_calendar(missed_on)
    sent = missed_on + timedelta(days=sent_after) if sent_after is not None else None
    sent = sent if track is Track.STANDARD else None
    dates = ladder_dates(missed_on, ended, both_ladders().of(track), known, rung5_sent=sent)
    assert all(known.is_working_day(each.due_on) for each in dates)
    assert all(each.due_on >= missed_on for each in dates)
    without_reply = [each.due_on for each in dates if each.number < 6]
    assert without_reply == sorted(without_reply)
    for each in dates:
        if each.at is not None and ended is not None:
            assert (each.due_on, each.at >= min(ended, time(23, 59))) == (missed_on, True)


@given(st.dates(), TIMES, st.sampled_from(Track), st.none() | st.dates())
def test_any_date_gives_dates_or_a_plain_refusal(
    missed_on: date, ended: time | None, track: Track, sent: date | None
) -> None:
    try:
        dates = ladder_dates(missed_on, ended, both_ladders().of(track), calendar(), rung5_sent=sent)
    except RuleViolation as refusal:
        said = str(refusal)
    else:
        said = f"{dates[0].what}."
    assert said.endswith(".")


@pytest.mark.parametrize("track", Track)
def test_the_end_of_the_calendar_is_refused_in_words(track: Track) -> None:
    with pytest.raises(RuleViolation, match="outside the calendar"):
        ladder_dates(date.max, time(23, 0), both_ladders().of(track), calendar())


@given(DATES, TIMES, st.sampled_from(Track))
def test_the_dates_are_those_of_a_search_that_nobody_has_begun(
    missed_on: date, ended: time | None, track: Track
) -> None:
    policy = both_ladders().of(track)
    shown = rungs(ladder(missed_on, slot_ended=ended), policy, calendar())
    given_out = ladder_dates(missed_on, ended, policy, calendar())
    assert [(r.number, r.due_on, r.what) for r in shown] == [(d.number, d.due_on, d.what) for d in given_out]
    assert [r.due_at.time() if r.due_at else None for r in shown] == [d.at for d in given_out]


AGAIN = [
    pytest.param(Track.STANDARD, [(2, 11), (3, 16), (4, 9), (5, 30), (6, 13)], id="DNA-W8 Standard"),
    pytest.param(Track.PROMPT, [(2, 9), (3, 10), (4, 12)], id="DNA-W8 Prompt"),
]


@pytest.mark.parametrize(("track", "expected"), AGAIN)
def test_a_second_miss_begins_at_the_second_rung(track: Track, expected: list[tuple[int, int]]) -> None:
    """Rebooked and missed again: the Standard track brings its fourth step forward to the day itself."""
    policy = both_ladders().of(track)
    again = ladder(MONDAY_MISS, consecutive=2, first_rung=first_rung(policy, 2))
    assert [(rung.number, rung.due_on.day) for rung in rungs(again, policy, calendar())] == expected


NOT_MISSED = [
    pytest.param("N", id="DNA-W6 arrived late and could not be seen"),
    pytest.param("CC", id="DNA-W9 cancelled twice is not missed"),
    pytest.param("PP", id="ATT-W3 we cancelled"),
]


@pytest.mark.parametrize("history", NOT_MISSED)
def test_only_not_attending_counts_as_missed(history: str) -> None:
    statuses = [each.status for each in contacts(history) if each.status is not None]
    assert consecutive_missed(statuses) == 0


def all_done(track: Track = Track.PROMPT) -> LadderFact:
    """Return a search in which every step was taken on its day."""
    policy, prompt = both_ladders().of(track), track is Track.PROMPT
    steps = rungs(ladder(MONDAY_MISS), policy, calendar())
    made = [each for rung in steps for each in does(rung.number, rung.due_on, prompt=prompt)]
    return ladder(MONDAY_MISS, attempts=tuple(made))


def test_the_prompt_track_stays_at_four_with_a_review_each_week() -> None:
    """The letter goes on Thursday the 12th; a week on, and a week after each look, it is asked again."""
    first = next_rung(all_done(), PROMPT, calendar())
    assert (first.number, first.due_on, first.due_at) == (4, date(2026, 3, 19), None)
    looked = attempt(4, date(2026, 3, 20), channel=Channel.SUPERVISION, outcome=DISCUSSED)
    after = replace(all_done(), attempts=(*all_done().attempts, looked))
    assert next_rung(after, PROMPT, calendar()).due_on == date(2026, 3, 27)
    reviewed = next_rung(after, PROMPT, calendar(), reviewed_on=date(2026, 3, 27))
    assert reviewed.due_on == date(2026, 4, 7)  # a week on is Good Friday


def test_the_standard_track_stays_open_at_its_last_rung() -> None:
    last = next_rung(all_done(Track.STANDARD), STANDARD, calendar())
    assert (last.number, last.due_on) == (6, date(2026, 5, 11))
    forgotten = replace(STANDARD, review_days=None)
    assert next_rung(all_done(Track.STANDARD), forgotten, calendar()).due_on == date(2026, 4, 13)


def test_a_letter_is_no_telling_of_the_gp() -> None:
    """A step taken on the Standard track does not stand for another one once the track is Prompt."""
    wrote = ladder(MONDAY_MISS, attempts=(attempt(3, MONDAY_MISS, channel=Channel.LETTER, outcome=SENT),))
    assert rungs(wrote, STANDARD, calendar())[2].done_on == MONDAY_MISS
    assert rungs(wrote, PROMPT, calendar())[2].done_on is None


def test_wrong_details_put_right_begin_the_search_again() -> None:
    """The number was somebody else's: what was tried counts for nothing, and the dates run from now."""
    fixed = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
    before, after = attempt(1, MONDAY_MISS), attempt(1, fixed.date(), at=at(fixed.date()))
    again = ladder(MONDAY_MISS, first_rung=2, attempts=(before,), restarted_at=fixed)
    found = rungs(again, STANDARD, calendar())
    assert [(rung.number, rung.due_on.day, rung.done_on) for rung in found[:3]] == [
        (1, 12, None),
        (2, 16, None),
        (3, 19, None),
    ]
    tried = replace(again, attempts=(before, after))
    assert rungs(tried, STANDARD, calendar())[0].done_on == fixed.date()
    assert rung_reached(again, STANDARD, calendar(), today=fixed.date()) == 1
    prompt = rungs(again, PROMPT, calendar())[0]
    assert prompt.due_at == datetime(2026, 3, 12, 11, 0, tzinfo=LONDON)


def test_a_search_of_400_days_ago_is_still_there() -> None:
    old = ladder(MONDAY_MISS - timedelta(days=400))
    assert next_rung(old, STANDARD, calendar()).number == 1
    assert rung_reached(old, STANDARD, calendar(), today=MONDAY_MISS) == 6


CANCELLED = [
    pytest.param("CC", True, id="DNA-W9"),
    pytest.param("CAC", False, id="DNA-W9 a contact between resets"),
    pytest.param("CLC", False, id="DNA-W9 a late contact between resets"),
    pytest.param("C", False, id="once"),
    pytest.param("CPC", True, id="our own cancellation says nothing of the patient"),
    pytest.param("CCD", False, id="a miss is another matter"),
]


@pytest.mark.parametrize(("history", "asks"), CANCELLED)
def test_two_cancellations_in_a_row_ask_what_would_help(history: str, asks: bool) -> None:
    prompt = cancelled_again(contacts(history), 2)
    assert (prompt is not None) is asks
    if prompt is not None:
        assert prompt.sentence.startswith("Cancelled 2 times in a row. Ask what would make it easier")
