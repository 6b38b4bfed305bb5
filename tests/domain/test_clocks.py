"""Clocks in real time, whole dates and working days; nights, weekends and the change of the clocks."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.calendar import LONDON, london_date
from collabcare.domain.clocks import (
    Clock,
    ClockEvent,
    ClockStanding,
    ClockState,
    Counted,
    Moment,
    clock_standing,
    clocks_standing,
    due_moment,
    event_moment,
)
from collabcare.domain.errors import RuleViolation
from collabcare.domain.plan_facts import MilestoneKind
from collabcare.domain.service_model import Span
from tests.builders import calendar, contact, day, facts
from tests.builders_pathways import SAID, milestone, model, models

if TYPE_CHECKING:
    from collabcare.domain.plan_facts import MilestoneFact

RUNNING, MET, MISSED = ClockState.RUNNING, ClockState.MET, ClockState.MISSED
UNCLEAR, STOPPED, NOT_STARTED = ClockState.UNCLEAR, ClockState.STOPPED, ClockState.NOT_STARTED
MINUTE = timedelta(minutes=1)


def wall(text: str) -> datetime:
    """Return the instant of a London wall clock: ``2026-03-09 14:00``."""
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


def moment(text: str) -> Moment:
    """Return a moment from a day, or a day and a time."""
    return (
        Moment(on=date.fromisoformat(text))
        if len(text) == 10
        else Moment(on=wall(text).date(), at=wall(text))
    )


def clock(length: int | None, span: Span, counted: Counted = Counted.ELAPSED) -> Clock:
    """Return a clock from a referral to the first contact."""
    return Clock(
        name="Made up",
        start=ClockEvent.REFERRAL,
        stop=ClockEvent.FIRST_CONTACT,
        length=length,
        span=span,
        counted=counted,
        quotation=SAID,
    )


def stand(of: Clock, started: str, stopped: str, now: str) -> ClockStanding:
    """Return where a clock stands; a blank is nothing recorded."""
    return clock_standing(
        of,
        started=moment(started) if started else None,
        stopped=moment(stopped) if stopped else None,
        calendar=calendar(),
        now=wall(now),
    )


DUE = {
    "4 hours": ("norfolk_suffolk", "2026-03-09 14:00", "2026-03-09 18:00"),
    "4 hours over midnight": ("norfolk_suffolk", "2026-03-09 22:30", "2026-03-10 02:30"),
    "4 hours on a bank holiday": ("norfolk_suffolk", "2026-12-25 22:30", "2026-12-26 02:30"),
    "4 hours as the clocks go forward": ("norfolk_suffolk", "2026-03-28 23:00", "2026-03-29 04:00"),
    "4 hours as they go back": ("norfolk_suffolk", "2026-10-24 23:00", "2026-10-25 02:00"),
    "2 days over a weekend": ("northants_pclw", "2026-03-06 15:00", "2026-03-08 15:00"),
    "2 days as the clocks go forward": ("northants_pclw", "2026-03-28 15:00", "2026-03-30 16:00"),
    "48 hours": ("meirionnydd", "2026-04-03 09:15", "2026-04-05 09:15"),
    "48 hours as the clocks go back": ("meirionnydd", "2026-10-24 12:00", "2026-10-26 11:00"),
}


@pytest.mark.parametrize(("name", "started", "due"), DUE.values(), ids=DUE)
def test_a_clock_in_hours_runs_in_real_time(name: str, started: str, due: str) -> None:
    of = model(name).clocks[0]
    found = due_moment(of, moment(started), calendar())
    assert found == Moment(on=wall(due).date(), at=wall(due).astimezone(UTC))
    assert stand(of, started, due, "2026-12-31 00:00").state is MET
    late = (wall(due).astimezone(UTC) + MINUTE).astimezone(LONDON)
    missed = clock_standing(
        of,
        started=moment(started),
        stopped=Moment(on=late.date(), at=late),
        calendar=calendar(),
        now=wall("2026-12-31 00:00"),
    )
    assert missed.state is MISSED


@pytest.mark.parametrize(("now", "state"), [("18:00", RUNNING), ("18:01", MISSED)])
def test_four_hours_run_out_on_the_minute(now: str, state: ClockState) -> None:
    found = stand(model("norfolk_suffolk").clocks[0], "2026-03-09 14:00", "", f"2026-03-09 {now}")
    assert (found.state, found.stopped) == (state, None)


STATES = {
    # a day without its hour: certain only where any hour of it gives the same answer
    "day to day, the next day": ("2026-03-09", "2026-03-10", MET),
    "day to day, two days on": ("2026-03-09", "2026-03-11", UNCLEAR),
    "day to day, three days on": ("2026-03-09", "2026-03-12", MISSED),
    "day to an hour in any case in time": ("2026-03-09", "2026-03-11 00:00", MET),
    "day to an hour that may be in time": ("2026-03-09", "2026-03-11 12:00", UNCLEAR),
    "stopped before it started": ("2026-03-09", "2026-03-08", UNCLEAR),
    "stopped the hour before it started": ("2026-03-09 12:00", "2026-03-09 11:00", UNCLEAR),
    "the same day": ("2026-03-09 12:00", "2026-03-09", MET),
    "not started": ("", "2026-03-09", NOT_STARTED),
}


@pytest.mark.parametrize(("started", "stopped", "state"), STATES.values(), ids=STATES)
def test_what_is_recorded_decides_or_says_that_it_cannot(
    started: str, stopped: str, state: ClockState
) -> None:
    assert stand(clock(48, Span.HOURS), started, stopped, "2026-05-01 12:00").state is state


@pytest.mark.parametrize(
    ("now", "state"),
    [("2026-03-11 00:00", RUNNING), ("2026-03-11 12:00", UNCLEAR), ("2026-03-12 00:00", MISSED)],
)
def test_a_clock_from_a_day_without_its_hour_warns_from_the_start_of_that_day(
    now: str, state: ClockState
) -> None:
    assert stand(clock(48, Span.HOURS), "2026-03-09", "", now).state is state


DATES = {
    "14 days": (clock(14, Span.DAYS, Counted.CALENDAR), "2026-03-02", "2026-03-16"),
    "2 weeks": (clock(2, Span.WEEKS, Counted.CALENDAR), "2026-03-02", "2026-03-16"),
    "WAIT-W1": (model("talking_therapies").clocks[0], "2026-03-02", "2026-04-13"),
    "WAIT-W2 within 18 weeks": (model("talking_therapies").clocks[1], "2026-03-02", "2026-07-06"),
    "WAIT-W5": (model("community_mental_health_framework").clocks[0], "2026-03-02", "2026-03-30"),
    "3 working days over Easter": (clock(3, Span.DAYS, Counted.WORKING), "2026-04-02", "2026-04-09"),
}


@pytest.mark.parametrize(("of", "started", "due"), DATES.values(), ids=DATES)
def test_a_clock_in_dates_is_met_to_the_end_of_its_last_day(of: Clock, started: str, due: str) -> None:
    """WAIT-W1, WAIT-W2 and WAIT-W5: the 42nd day is within 6 weeks and the 43rd is not."""
    last = date.fromisoformat(due)
    after = (last + timedelta(days=1)).isoformat()
    assert due_moment(of, moment(started), calendar()) == Moment(on=last)
    assert stand(of, started, due, f"{due} 23:59").state is MET
    assert stand(of, started, after, f"{after} 12:00").state is MISSED
    assert stand(of, started, "", f"{due} 23:59").state is RUNNING
    assert stand(of, started, "", f"{after} 00:00").state is MISSED
    assert stand(of, started, "2026-01-01", f"{after} 00:00").state is UNCLEAR


@pytest.mark.parametrize("counted", [Counted.ELAPSED, Counted.CALENDAR])
def test_a_clock_without_a_number_runs_and_stops_and_is_never_missed(counted: Counted) -> None:
    of = clock(None, Span.DAYS, counted)
    assert stand(of, "2026-03-02", "", "2027-03-02 12:00").state is RUNNING
    found = stand(of, "2026-03-02", "2026-12-01", "2027-03-02 12:00")
    assert (found.state, found.due, found.suggestion) == (STOPPED, None, None)


SENTENCES = {
    "running": (
        ("2026-03-09 14:00", "", "2026-03-09 15:00"),
        "Crisis assessment is due by Mon 09-Mar-2026 18:00 (Crisis team's assessment within 4 hours).",
    ),
    "missed": (
        ("2026-03-09 14:00", "", "2026-03-09 19:00"),
        "Crisis assessment was due by Mon 09-Mar-2026 18:00 and is not recorded. Consider acting on it now.",
    ),
    "late": (
        ("2026-03-09 14:00", "2026-03-09 18:30", "2026-03-09 19:00"),
        (
            "Crisis assessment was due by Mon 09-Mar-2026 18:00 and came on Mon 09-Mar-2026 18:30. Consider "
            "telling supervision why."
        ),
    ),
    "backwards": (
        ("2026-03-09 14:00", "2026-03-08", "2026-03-09 19:00"),
        "Crisis assessment is dated before the referral to the crisis team. Check the dates.",
    ),
    "by a day alone": (
        ("2026-03-09", "2026-03-09", "2026-03-09 19:00"),
        "Whether the crisis assessment is in time hangs on the hour. Record the times, if known.",
    ),
}


@pytest.mark.parametrize(("times", "sentence"), SENTENCES.values(), ids=SENTENCES)
def test_what_a_clock_says(times: tuple[str, str, str], sentence: str) -> None:
    said = stand(model("norfolk_suffolk").clocks[0], *times).suggestion
    assert said is not None
    assert said.sentence == sentence
    assert (said.rule, "4 h" in said.source) == ("Clocks of the service model", True)
    assert [fact.name for fact in said.used] == ["Referral to the crisis team", "Crisis assessment"]


def test_meirionnydd_has_two_clocks_at_once() -> None:
    """Referral to contact in 48 hours, and contact to treatment, for which no number is stated."""
    clocks = model("meirionnydd").clocks
    of = facts(
        referral_received_on=day(0),
        contacts=(contact("D", day(0)), contact("A", day(1), at=time(9), appointment_type="01")),
        milestones=(milestone(MilestoneKind.TREATMENT_START, day(4)),),
    )
    now = datetime.combine(day(5), time(12), tzinfo=LONDON)
    first, second = clocks_standing(of, clocks, calendar(), now=now)
    assert (first.state, first.started, first.stopped) == (
        MET,
        Moment(on=day(0)),
        event_moment(of, clocks[0].stop),
    )
    assert (second.state, second.started, second.stopped) == (STOPPED, first.stopped, Moment(on=day(4)))
    first, second = clocks_standing(replace(of, milestones=()), clocks, calendar(), now=now)
    assert (first.suggestion, second.state) == (None, RUNNING)
    assert second.suggestion is not None
    assert second.suggestion.sentence == (
        "From contact to the start of treatment: counting since Tue 06-Jan-2026 09:00; the service model "
        "sets no limit."
    )


def test_only_attended_contacts_stop_a_clock() -> None:
    """WAIT-W4: an appointment offered and not attended leaves the clock running."""
    now = datetime.combine(day(30), time(12), tzinfo=LONDON)
    missed = facts("DCN", milestones=(milestone(MilestoneKind.MDT_REVIEW, day(0)),))
    seen = facts("DA", milestones=missed.milestones)
    states = [clocks_standing(of, model("bradford").clocks, calendar(), now=now)[0] for of in (missed, seen)]
    assert [each.state for each in states] == [MISSED, MET]
    assert event_moment(facts(contacts=(contact("A", at=None),)), ClockEvent.FIRST_CONTACT) == Moment(
        on=day(0)
    )


def crisis(*held: tuple[MilestoneKind, int, int]) -> tuple[MilestoneFact, ...]:
    """Return milestones, each with its day and hour."""
    return tuple(
        milestone(kind, day(on), datetime.combine(day(on), time(hour), tzinfo=LONDON))
        for kind, on, hour in held
    )


def test_a_second_crisis_starts_its_own_clock() -> None:
    asked, held = MilestoneKind.CRISIS_REFERRAL, MilestoneKind.CRISIS_ASSESSMENT
    clocks = model("norfolk_suffolk").clocks
    now = datetime.combine(day(20), time(10), tzinfo=LONDON)
    once = facts(milestones=crisis((asked, 10, 9), (held, 10, 12)))
    again = facts(milestones=crisis((asked, 10, 9), (held, 10, 12), (asked, 20, 9)))
    answered = facts(milestones=crisis((asked, 10, 9), (held, 10, 12), (asked, 20, 9), (held, 20, 14)))
    never = facts(milestones=crisis((held, 10, 12)))
    states = [
        clocks_standing(of, clocks, calendar(), now=now)[0].state for of in (once, again, answered, never)
    ]
    assert states == [MET, RUNNING, MISSED, NOT_STARTED]


def test_a_clock_in_hours_starts_at_the_hour_the_referral_came_in_where_it_is_recorded() -> None:
    """Friday 17:00: 48 hours run out on Sunday 17:00 and not as Sunday begins."""
    came_in = wall("2026-03-06 17:00")
    known = facts(referral_received_on=came_in.date(), referral_received_at=came_in)
    clocks = model("meirionnydd").clocks[:1]
    standing = {
        hour: clocks_standing(known, clocks, calendar(), now=wall(f"2026-03-08 {hour}"))[0]
        for hour in ("17:00", "17:01")
    }
    assert {hour: found.state for hour, found in standing.items()} == {"17:00": RUNNING, "17:01": MISSED}
    assert standing["17:00"].due == Moment(on=date(2026, 3, 8), at=wall("2026-03-08 17:00").astimezone(UTC))
    noted_late = replace(known, referral_received_at=wall("2026-03-07 00:30"))
    assert event_moment(noted_late, ClockEvent.REFERRAL) == Moment(on=came_in.date())


def test_help_is_received_on_the_latest_of_its_parts() -> None:
    kinds = (MilestoneKind.ASSESSMENT, MilestoneKind.INTERVENTION, MilestoneKind.CARE_PLAN)
    parts = tuple(milestone(kind, day(on)) for kind, on in zip(kinds, (18, 25, 28), strict=True))
    assert event_moment(facts(milestones=parts), ClockEvent.HELP_RECEIVED) == Moment(on=day(28))
    assert event_moment(facts(milestones=parts[:2]), ClockEvent.HELP_RECEIVED) is None


@pytest.mark.parametrize("event", ClockEvent)
def test_every_event_has_its_words_and_can_be_asked_for(event: ClockEvent) -> None:
    assert event.words
    found = event_moment(facts(), event)
    assert (found is not None) == (event is ClockEvent.REFERRAL)


def test_a_time_without_its_zone_is_refused() -> None:
    naive = datetime(2026, 3, 9, 14)  # noqa: DTZ001 - what is refused
    with pytest.raises(RuleViolation, match="a time with its zone"):
        due_moment(clock(4, Span.HOURS), Moment(on=naive.date(), at=naive), calendar())


@pytest.mark.parametrize("counted", Counted)
def test_a_date_beyond_the_calendar_is_refused_with_a_sentence(counted: Counted) -> None:
    with pytest.raises(RuleViolation, match=r"too far away|outside the calendar"):
        due_moment(clock(4, Span.DAYS, counted), Moment(on=date.max), calendar())


instants = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - given its zone beside


@given(instants, st.integers(1, 200), st.integers(0, 20_000))
def test_so_many_hours_are_so_many_real_hours(start: datetime, hours: int, minutes: int) -> None:
    stop = start + timedelta(minutes=minutes)
    found = clock_standing(
        clock(hours, Span.HOURS),
        started=Moment(on=london_date(start), at=start.astimezone(LONDON)),
        stopped=Moment(on=london_date(stop), at=stop.astimezone(LONDON)),
        calendar=calendar(),
        now=stop,
    )
    assert found.state is (MET if minutes <= hours * 60 else MISSED)
    assert found.due is not None
    assert found.due.bounds[0] - start == timedelta(hours=hours)


@given(instants, st.integers(1, 30), st.integers(0, 60))
def test_a_working_clock_runs_out_on_a_working_day(start: datetime, days: int, later: int) -> None:
    of = clock(days, Span.DAYS, Counted.WORKING)
    due = due_moment(of, Moment(on=start.date()), calendar())
    assert due is not None
    assert calendar().is_working_day(due.on)
    between = [start.date() + timedelta(days=n) for n in range(1, (due.on - start.date()).days + 1)]
    assert sum(calendar().is_working_day(each) for each in between) == days
    now = start + timedelta(days=later)
    found = clock_standing(of, started=Moment(on=start.date()), stopped=None, calendar=calendar(), now=now)
    assert found.state is (RUNNING if london_date(now) <= due.on else MISSED)


@given(
    st.sampled_from(sorted(models())),
    st.lists(
        st.tuples(st.sampled_from(MilestoneKind), st.integers(-20, 200), st.none() | st.integers(0, 23))
    ),
    st.text("ADC ", max_size=5),
    instants,
)
def test_whatever_is_recorded_every_clock_gives_an_answer(
    name: str, held: list[tuple[MilestoneKind, int, int | None]], history: str, now: datetime
) -> None:
    recorded = tuple(
        milestone(
            kind, day(on), None if hour is None else datetime.combine(day(on), time(hour), tzinfo=LONDON)
        )
        for kind, on, hour in held
    )
    found = clocks_standing(facts(history, milestones=recorded), model(name).clocks, calendar(), now=now)
    assert [each.clock for each in found] == list(model(name).clocks)
    assert all((each.suggestion is None) == (each.state in {MET, STOPPED, NOT_STARTED}) for each in found)
