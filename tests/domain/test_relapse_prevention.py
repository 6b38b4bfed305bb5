"""Staying well: when a plan is offered, what it needs, and the way back."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.codes import ClosureReason
from collabcare.domain.errors import RuleViolation
from collabcare.domain.months import add_months
from collabcare.domain.plan_facts import RelapsePlanFact
from collabcare.domain.relapse_prevention import (
    COPY_GIVEN,
    PLAN_PARTS,
    WayBack,
    closing_warning,
    held,
    maintenance_dates,
    missing_from_plan,
    plan_to_offer,
    refuse_closing_without_reason,
    way_back,
    way_back_of,
)
from tests.builders import MONDAY, day, facts, instruments, measure, pathway, patient, phq9
from tests.builders_change import relapse_policy, target_policy

if TYPE_CHECKING:
    from collabcare.domain.tally import Number

COMPLETE = RelapsePlanFact(
    made_on=MONDAY,
    warning_signs="Sleeping badly",
    triggers="Winter",
    what_helped="Walking",
    medication="Reviewed by the GP",
    if_it_returns="Ring us",
    who_to_contact="The practice",
    way_back="Ring us within a year",
    copy_given_on=MONDAY,
)
MARCH = date(2026, 3, 1)

# scores by their day after 1 March 2026, then whether a plan is offered
OFFERS = [
    pytest.param([(0, 4), (14, 4)], True, id="RLP-W1"),
    pytest.param([(0, 4), (7, 4)], False, id="RLP-W2"),
    pytest.param([(0, 4), (13, 4)], False, id="13 days"),
    pytest.param([(-28, 18), (0, 9), (14, 9)], True, id="response held"),
    pytest.param([(-28, 18), (0, 9), (14, 4)], True, id="response, then remission"),
    pytest.param([(-28, 18), (0, 9), (14, 10)], False, id="the latest is neither"),
    pytest.param([(-28, 18), (0, 4), (7, 12), (14, 4)], False, id="a rise in between starts afresh"),
    pytest.param([(-28, 18), (0, 4), (7, 12), (14, 4), (28, 4)], True, id="held again since the rise"),
    pytest.param([(-28, 9), (0, 5), (14, 5)], False, id="half of a first score below 10"),
    pytest.param([(0, 4)], False, id="one score"),
    pytest.param([], False, id="none"),
]


@pytest.mark.parametrize(("scores", "offered"), OFFERS)
def test_a_plan_is_offered_once_remission_or_response_has_held(
    scores: list[tuple[int, int]], offered: bool
) -> None:
    measures = tuple(measure(total, MARCH + timedelta(days=days)) for days, total in scores)
    found = plan_to_offer(facts("A", measures=measures), phq9(), target_policy(), relapse_policy())
    assert (found is not None) is offered


def test_the_offer_says_how_long_it_has_held_and_only_asks_to_consider_it() -> None:
    measures = (measure(4, MARCH), measure(4, MARCH + timedelta(days=14)))
    found = plan_to_offer(facts("A", measures=measures), phq9(), target_policy(), relapse_policy())
    assert found is not None
    assert found.sentence == (
        "PHQ-9 has been in remission or response for 14 days, since 01-Mar-2026. "
        "Consider offering a staying-well plan."
    )
    assert found.rule == "relapse_prevention.offer"
    assert found.source == relapse_policy().source
    assert [used.words for used in found.used] == [
        "PHQ-9 in remission or response since: 01-Mar-2026",
        "PHQ-9 latest score on: 15-Mar-2026",
    ]


def test_nobody_is_offered_a_plan_twice_or_after_care_has_ended() -> None:
    well = facts("A", measures=(measure(4), measure(4, day(14))))
    for ended in (
        replace(well, relapse_plan=COMPLETE),
        replace(well, closed_on=day(20)),
        replace(well, patient=patient(died_on=day(20))),
    ):
        assert plan_to_offer(ended, phq9(), target_policy(), relapse_policy()) is None


def test_scores_from_before_the_first_of_the_episode_do_not_count_towards_it() -> None:
    """A 3 of three weeks before the referral says nothing about how this episode went."""
    one = facts("A", measures=(measure(3, day(-28)), measure(4, day(-1)), measure(4, day(7))))
    assert held(one, phq9(), target_policy()) == (day(-1), day(7))


def test_a_measure_without_a_target_never_holds() -> None:
    core = instruments()["core10"]
    scores = (measure(2, instrument="core10"), measure(2, day(30), instrument="core10"))
    assert held(facts("A", measures=scores), core, target_policy()) is None


@given(st.lists(st.tuples(st.integers(0, 100), st.integers(0, 27)), max_size=10))
def test_what_has_held_reaches_up_to_the_latest_score(scores: list[tuple[int, int]]) -> None:
    measures = tuple(measure(total, day(n)) for n, total in sorted(scores))
    found = held(facts("A", measures=measures), phq9(), target_policy())
    standing = {m.taken_on: m.total or 0 for m in measures}
    if found is None:
        assert not standing or not _well(standing, max(standing))
        return
    since, latest = found
    assert latest == max(standing)
    assert all(_well(standing, on) for on in standing if on >= since)
    before = [on for on in standing if on < since]
    assert not before or not _well(standing, max(before))


def _well(standing: dict[date, Number], on: date) -> bool:
    first, total = standing[min(standing)], standing[on]
    return total < 5 or (first >= 10 and 2 * total <= first)


@pytest.mark.parametrize("field", PLAN_PARTS)
def test_a_plan_lacks_what_is_blank(field: str) -> None:
    assert missing_from_plan(RelapsePlanFact(**asdict(COMPLETE) | {field: "  "})) == (PLAN_PARTS[field],)


def test_a_plan_is_complete_when_a_copy_is_given_and_none_lacks_everything() -> None:
    assert missing_from_plan(COMPLETE) == ()
    assert missing_from_plan(replace(COMPLETE, copy_given_on=None)) == (COPY_GIVEN,)
    assert missing_from_plan(None) == (*PLAN_PARTS.values(), COPY_GIVEN)
    assert missing_from_plan(RelapsePlanFact(made_on=MONDAY)) == (*PLAN_PARTS.values(), COPY_GIVEN)


def test_every_part_of_a_plan_has_its_words() -> None:
    written = set(RelapsePlanFact.__slots__) - {"made_on", "copy_given_on"}
    assert set(PLAN_PARTS) == written


def test_staying_well_contacts_are_at_one_three_and_six_months() -> None:
    policy = relapse_policy()
    expected = (date(2026, 4, 1), date(2026, 6, 1), date(2026, 9, 1))
    assert maintenance_dates(MARCH, policy) == expected
    assert maintenance_dates(MARCH, policy, pathway().maintenance_months) == expected
    assert maintenance_dates(date(2026, 1, 31), policy, (1,)) == (date(2026, 2, 28),)


@pytest.mark.parametrize("closing", ClosureReason)
def test_closing_without_a_plan_warns_and_asks_for_a_reason(closing: ClosureReason) -> None:
    """RLP-W4."""
    found = closing_warning(None, closing, relapse_policy())
    if closing is ClosureReason.DIED:
        assert found is None
        refuse_closing_without_reason(None, closing, "")
        return
    assert found is not None
    assert found.sentence == (
        "There is no staying-well plan. Consider making one before closing, or say why there is none."
    )
    told = closing_warning(None, closing, relapse_policy(), why_none="Did not want one")
    assert told is not None
    assert told.sentence == "There is no staying-well plan. The reason is kept with the end of care."
    for blank in ("", "  \n"):
        with pytest.raises(RuleViolation, match="say why there is none"):
            refuse_closing_without_reason(None, closing, blank)
    refuse_closing_without_reason(None, closing, "Moved away before it could be made")


@pytest.mark.parametrize(
    ("plan", "warned"),
    [
        pytest.param(None, True, id="RLP-W4"),
        (replace(COMPLETE, triggers="", copy_given_on=None), True),
        (COMPLETE, False),
    ],
)
def test_a_plan_with_gaps_warns_like_none_at_all(plan: RelapsePlanFact | None, warned: bool) -> None:
    completed = ClosureReason.TREATMENT_COMPLETED
    found = closing_warning(plan, completed, relapse_policy())
    assert (found is not None) is warned
    if not warned:
        refuse_closing_without_reason(plan, completed, "")
    elif plan is not None and found is not None:
        assert found.sentence.startswith(f"The staying-well plan lacks: triggers, {COPY_GIVEN}.")


CLOSED = date(2026, 1, 15)
BACK = {
    "RLP-W5-11": (date(2026, 12, 15), WayBack.STEP_BACK_UP),
    "EPI-W5-11": (date(2026, 12, 1), WayBack.STEP_BACK_UP),
    "exactly 12 months": (date(2027, 1, 15), WayBack.STEP_BACK_UP),
    "12 months and a day": (date(2027, 1, 16), WayBack.NEW_REFERRAL),
    "RLP-W5-13": (date(2027, 2, 15), WayBack.NEW_REFERRAL),
    "EPI-W5-13": (date(2027, 2, 20), WayBack.NEW_REFERRAL),
    "the same day": (CLOSED, WayBack.STEP_BACK_UP),
}


@pytest.mark.parametrize(("back_on", "way"), BACK.values(), ids=BACK)
def test_the_way_back_is_open_for_twelve_months(back_on: date, way: WayBack) -> None:
    found = way_back(CLOSED, back_on, relapse_policy())
    assert (found.way, found.open_until) == (way, date(2027, 1, 15))
    assert ("no new referral" in found.suggestion.sentence) is (way is WayBack.STEP_BACK_UP)
    assert found.suggestion.rule == "relapse_prevention.way_back"


def test_nobody_comes_back_before_care_has_ended() -> None:
    with pytest.raises(RuleViolation, match="before care ended"):
        way_back(CLOSED, CLOSED - timedelta(days=1), relapse_policy())


@pytest.mark.parametrize(
    ("previous", "way"),
    [
        (None, None),
        pytest.param(day(-7) - timedelta(days=330), WayBack.STEP_BACK_UP, id="EPI-W5-11"),
        pytest.param(day(-7) - timedelta(days=400), WayBack.NEW_REFERRAL, id="EPI-W5-13"),
        pytest.param(day(3), WayBack.STEP_BACK_UP, id="referred again while still open"),
    ],
)
def test_an_episode_is_linked_to_the_one_before(previous: date | None, way: WayBack | None) -> None:
    found = way_back_of(facts("A", previous_closed_on=previous), relapse_policy())
    assert (found and found.way) == way


@given(st.dates(), st.dates())
def test_the_way_back_never_ends_sooner_than_the_year(closed_on: date, back_on: date) -> None:
    try:
        found = way_back(closed_on, back_on, relapse_policy())
    except RuleViolation:
        assert back_on < closed_on or closed_on.year == date.max.year
        return
    assert found.open_until == add_months(closed_on, 12)
    assert (found.way is WayBack.STEP_BACK_UP) == (back_on <= found.open_until)


@given(st.dates(), st.integers(-20_000, 200_000))
def test_months_are_counted_or_refused(on: date, months: int) -> None:
    try:
        found = add_months(on, months)
    except RuleViolation:
        assert not 1 <= on.year + (on.month - 1 + months) // 12 <= 9999
        return
    assert (found.year * 12 + found.month) - (on.year * 12 + on.month) == months
    assert found.day == on.day or (found + timedelta(days=1)).day == 1
