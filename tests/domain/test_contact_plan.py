"""The contact plan: its days, which nothing missed moves, and the word beyond twelve contacts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.contact_plan import (
    contact_number_warning,
    contact_plan,
    next_contact_warning,
    plan_dates,
)
from collabcare.domain.episode import Phase
from collabcare.domain.errors import RuleViolation
from tests.builders import contacts, day, facts, pathway
from tests.builders_change import episode_policy

EPI_W1 = (
    date(2026, 1, 5),
    date(2026, 1, 12),
    date(2026, 1, 19),
    date(2026, 1, 26),
    date(2026, 2, 2),
    date(2026, 2, 16),
    date(2026, 3, 2),
    date(2026, 3, 16),
    date(2026, 3, 30),
    date(2026, 4, 13),
)


@pytest.mark.parametrize("started_on", [pytest.param(date(2026, 1, 5), id="EPI-W1")])
def test_the_plan_has_ten_contacts_over_fourteen_weeks(started_on: date) -> None:
    assert plan_dates(started_on, pathway().contact_weeks) == EPI_W1


@pytest.mark.parametrize("history", ["A", "AD", "ADDC", "DA", "PA", "A  A", "AAAAAAAAAAAA"])
def test_nothing_missed_moves_a_planned_day(history: str) -> None:
    """A missed contact before the first attended one does not start the plan either."""
    one = facts(contacts=contacts(history))
    started = one.attended[0].on
    planned = contact_plan(one, pathway())
    assert tuple(each.planned_on for each in planned) == plan_dates(started, pathway().contact_weeks)
    assert [each.number for each in planned] == list(range(1, 11))


def test_each_kept_contact_stands_for_the_next_of_the_plan() -> None:
    planned = contact_plan(facts("ADA"), pathway())
    assert [each.kept_on for each in planned] == [day(0), day(14), *[None] * 8]


def test_there_is_no_plan_before_the_first_contact_or_where_none_is_stated() -> None:
    assert contact_plan(facts("D"), pathway()) == ()
    assert contact_plan(facts("A"), replace(pathway(), contact_weeks=())) == ()


@given(st.dates(), st.lists(st.integers(0, 600_000), max_size=5, unique=True).map(sorted))
def test_planned_days_rise_from_the_start(started_on: date, weeks: list[int]) -> None:
    try:
        planned = plan_dates(started_on, weeks)
    except RuleViolation:
        assert weeks[-1] > (date.max - started_on).days // 7
        return
    assert [(on - started_on).days for on in planned] == [7 * each for each in weeks]


@pytest.mark.parametrize(
    ("number", "warned"),
    [(1, False), (12, False), pytest.param(13, True, id="EPI-W2"), (30, True)],
)
def test_beyond_twelve_contacts_is_to_be_agreed_and_is_never_blocked(number: int, warned: bool) -> None:
    found = contact_number_warning(number, episode_policy())
    assert (found is not None) is warned
    if found is not None:
        assert found.sentence == (
            f"This is contact {number}, beyond 12 contacts. Consider agreeing it in supervision."
        )
        assert found.rule == "episode.contact_number"
        assert found.used[0].words == f"Contact number: {number}"
        assert found.source == episode_policy().source


def test_contacts_are_counted_from_one() -> None:
    with pytest.raises(RuleViolation, match="counted from 1"):
        contact_number_warning(0, episode_policy())


def test_only_contacts_that_were_kept_are_counted() -> None:
    twelve = facts("AAAAAAAAAAAA")
    assert next_contact_warning(twelve, episode_policy()) is not None
    assert next_contact_warning(facts("AAAAAAAAAAADDDCP"), episode_policy()) is None
    for phase in (Phase.MAINTENANCE, Phase.CLOSED):
        assert next_contact_warning(replace(twelve, phase=phase), episode_policy()) is None
