"""Waiting times: counted in days, stopped by attended contacts only, and never negative."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.catalogue.waiting import load_waiting
from collabcare.domain.errors import RuleViolation
from collabcare.domain.waiting import (
    HelpDates,
    community_wait,
    first_to_second,
    no_activity,
    step_up_gap,
    treatment_dates,
    wait,
)
from collabcare.paths import resources_dir
from tests.builders import MONDAY, contact, contacts, day

POLICY = load_waiting(resources_dir() / "rules")
REFERRED = date(2026, 3, 2)
DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


def after(days: int) -> date:
    """Return the day so many days after the referral."""
    return REFERRED + timedelta(days=days)


@pytest.mark.parametrize(
    ("treated", "days", "six", "eighteen"),
    [
        pytest.param(date(2026, 4, 13), 42, True, True, id="WAIT-W1"),
        pytest.param(date(2026, 4, 14), 43, False, True, id="WAIT-W2"),
        pytest.param(REFERRED, 0, True, True, id="the same day"),
        pytest.param(after(126), 126, False, True, id="18 weeks to the day"),
        pytest.param(after(127), 127, False, False, id="a day more"),
    ],
)
def test_a_wait_is_counted_from_day_0(treated: date, days: int, six: bool, eighteen: bool) -> None:
    found = wait(REFERRED, treated, POLICY)
    assert (found.days, found.within_6_weeks, found.within_18_weeks) == (days, six, eighteen)
    assert not found.running
    assert found.sentence == f"{days} days."
    assert [each.value for each in found.used] == [REFERRED, treated]
    assert (found.rule, found.source) == (POLICY.first_treatment.rule, POLICY.first_treatment.source)


@pytest.mark.parametrize("history", [pytest.param("D", id="WAIT-W4"), "DCPN", "b", ""])
def test_only_attended_contacts_stop_the_clock(history: str) -> None:
    assert treatment_dates(contacts(history)) == ()
    found = wait(MONDAY, None, POLICY, today=day(10))
    assert (found.days, found.running, found.sentence) == (10, True, "10 days so far.")


@pytest.mark.parametrize("letter", ["A", "L"])
def test_a_contact_attended_on_time_or_late_stops_it(letter: str) -> None:
    assert treatment_dates(contacts("D" + letter + "b")) == (day(7),)


def test_an_assessment_is_no_treatment_and_the_days_are_in_order() -> None:
    held = [
        contact("A", day(14), appointment_type="05"),
        contact("A", day(0), appointment_type="01"),
        contact("D", day(3), appointment_type="02"),
        contact("A", day(7), appointment_type="02"),
    ]
    assert treatment_dates(held) == (day(7), day(14))


@pytest.mark.parametrize(
    ("so_far", "six", "eighteen"),
    [(0, None, None), (42, None, None), (43, False, None), (126, False, None), (127, False, False)],
)
def test_a_running_wait_is_missed_as_soon_as_it_is_and_met_never(
    so_far: int, six: bool | None, eighteen: bool | None
) -> None:
    found = wait(REFERRED, None, POLICY, today=after(so_far))
    assert (found.days, found.within_6_weeks, found.within_18_weeks) == (so_far, six, eighteen)
    assert found.running


def test_a_running_wait_on_no_day_has_no_length() -> None:
    found = wait(REFERRED, None, POLICY)
    assert (found.days, found.within_6_weeks, found.within_18_weeks) == (None, None, None)
    assert (found.running, found.sentence) == (True, "Still waiting.")
    assert found.used[1].words == "First treatment: not recorded"


@pytest.mark.parametrize(
    "today", [pytest.param(None, id="WAIT-W8"), pytest.param(after(30), id="WAIT-W8 today")]
)
def test_treatment_before_the_referral_is_a_mistake_and_not_a_wait(today: date | None) -> None:
    with pytest.raises(RuleViolation, match="dated before the wait began"):
        wait(REFERRED, after(-1), POLICY, today=today)


@pytest.mark.parametrize(
    ("referred", "treated"), [(after(5), None), (REFERRED, after(5)), (after(5), after(6))]
)
def test_what_is_still_to_come_is_refused(referred: date, treated: date | None) -> None:
    with pytest.raises(RuleViolation, match="Check the date"):
        wait(referred, treated, POLICY, today=after(4))


@pytest.mark.parametrize(
    ("days", "over", "band"),
    [
        (0, (), "Up to 28 days"),
        (28, (), "Up to 28 days"),
        (29, (28,), "29 to 90 days"),
        (90, (28,), "29 to 90 days"),
        (91, (28, 90), "More than 90 days"),
    ],
)
def test_second_treatment_and_step_up_are_flagged_after_28_and_90_days(
    days: int, over: tuple[int, ...], band: str
) -> None:
    second = first_to_second(REFERRED, after(days), POLICY)
    stepped = step_up_gap(REFERRED, after(days), POLICY)
    for found in (second, stepped):
        assert (found.days, found.over, found.band, found.running) == (days, over, band, False)
    assert (second.rule, stepped.rule) == (POLICY.second_treatment.rule, POLICY.step_up.rule)
    running = first_to_second(REFERRED, None, POLICY, today=after(days))
    assert (running.days, running.over, running.running) == (days, over, True)


def test_an_interval_without_an_end_or_a_day_is_not_known() -> None:
    found = step_up_gap(REFERRED, None, POLICY)
    assert (found.days, found.over, found.band) == (None, (), "Not known")


@pytest.mark.parametrize(
    ("days", "band"),
    [
        pytest.param(60, "Up to 60 days", id="WAIT-W7 60"),
        pytest.param(61, "61 to 90 days", id="WAIT-W7 61"),
        pytest.param(90, "61 to 90 days", id="90"),
        pytest.param(91, "91 to 120 days", id="91"),
        pytest.param(120, "91 to 120 days", id="WAIT-W7 120"),
        pytest.param(121, "More than 120 days", id="WAIT-W7 121"),
    ],
)
def test_an_open_referral_without_activity_is_in_a_band(days: int, band: str) -> None:
    found = no_activity(REFERRED, POLICY, today=after(days))
    assert (found.days, found.band, found.running) == (days, band, True)
    assert found.used[0].value == REFERRED


def test_activity_still_to_come_is_refused() -> None:
    with pytest.raises(RuleViolation, match="still to come"):
        no_activity(after(1), POLICY, today=REFERRED)


HELPED = HelpDates(
    assessed_on=date(2026, 3, 20),
    intervention_on=date(2026, 3, 27),
    plan_on=date(2026, 3, 30),
    outcome_measured_on=date(2026, 3, 20),
)


@pytest.mark.parametrize(
    ("plan_on", "days", "met"),
    [
        pytest.param(date(2026, 3, 30), 28, True, id="WAIT-W5 met"),
        pytest.param(date(2026, 3, 31), 29, False, id="WAIT-W5 not met"),
    ],
)
def test_the_community_wait_stops_on_the_latest_part_of_help(plan_on: date, days: int, met: bool) -> None:
    done = HelpDates(assessed_on=HELPED.assessed_on, intervention_on=HELPED.intervention_on, plan_on=plan_on)
    found = community_wait(REFERRED, done, POLICY)
    assert (found.days, found.met, found.running) == (days, met, False)
    assert (found.stopped_on, found.missing) == (plan_on, ())
    assert found.expected == ("baseline outcome measure",)
    assert (found.rule, found.source) == (POLICY.community.rule, POLICY.community.source)


def test_the_part_that_is_missing_is_named_and_the_clock_runs() -> None:
    done = HelpDates(assessed_on=HELPED.assessed_on)
    found = community_wait(REFERRED, done, POLICY, today=after(28))
    assert (found.days, found.met, found.running, found.stopped_on) == (28, None, True, None)
    assert found.missing == ("intervention", "care plan")
    assert found.sentence == "28 days so far. Still missing: intervention, care plan."
    assert community_wait(REFERRED, done, POLICY, today=after(29)).met is False
    assert community_wait(REFERRED, HelpDates(), POLICY).days is None


def test_a_baseline_is_expected_of_adults_and_stops_no_clock() -> None:
    assert community_wait(REFERRED, HELPED, POLICY).expected == ()
    assert community_wait(REFERRED, HelpDates(), POLICY, adult=False).expected == ()


@pytest.mark.parametrize(
    ("field", "what"),
    [
        ("assessed_on", "assessment"),
        ("intervention_on", "intervention"),
        ("plan_on", "care plan"),
        ("outcome_measured_on", "baseline outcome measure"),
    ],
)
def test_help_before_it_was_asked_for_or_to_come_is_refused(field: str, what: str) -> None:
    with pytest.raises(RuleViolation, match=f"The {what} is dated before the wait began"):
        community_wait(REFERRED, HelpDates(**{field: after(-1)}), POLICY)
    with pytest.raises(RuleViolation, match=f"The {what} is dated after today"):
        community_wait(REFERRED, HelpDates(**{field: after(2)}), POLICY, today=after(1))


@given(DAYS, st.none() | DAYS, st.none() | DAYS)
def test_any_dates_give_a_wait_of_at_least_0_days_or_a_plain_refusal(
    referred: date, treated: date | None, today: date | None
) -> None:
    try:
        found = wait(referred, treated, POLICY, today=today)
    except RuleViolation as refusal:
        assert str(refusal).endswith(".")  # noqa: PT017 - either ending is right
    else:
        assert found.days is None or found.days >= 0
        assert found.running is (treated is None)
        if found.within_6_weeks:
            assert found.within_18_weeks


@given(st.integers(0, 400), st.integers(0, 400))
def test_a_longer_wait_is_never_within_what_a_shorter_one_missed(one: int, other: int) -> None:
    shorter, longer = (wait(REFERRED, after(days), POLICY) for days in sorted((one, other)))
    assert bool(shorter.within_6_weeks) >= bool(longer.within_6_weeks)
    assert bool(shorter.within_18_weeks) >= bool(longer.within_18_weeks)
    bands = (no_activity(REFERRED, POLICY, today=after(days)) for days in sorted((one, other)))
    fewer, more = (len(found.over) for found in bands)
    assert fewer <= more


@given(st.permutations([3, 10, 40]))
def test_the_order_in_which_help_came_makes_no_difference(days: list[int]) -> None:
    assessed, intervened, planned = (after(each) for each in days)
    done = HelpDates(assessed_on=assessed, intervention_on=intervened, plan_on=planned)
    assert community_wait(REFERRED, done, POLICY).days == 40
