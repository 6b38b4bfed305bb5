"""Milestones: the day, the hour where a clock runs in hours, and taking one back."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.calendar import london_date
from collabcare.domain.errors import RuleViolation
from collabcare.domain.milestones import MilestoneDraft, refuse_milestone, refuse_voiding
from collabcare.domain.plan_facts import MilestoneKind

NOW = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
"""Half past midnight on 1 July in London."""
BORN = date(2026, 6, 1)


def draft(on: date, at: datetime | None = None) -> MilestoneDraft:
    """Return a crisis assessment."""
    return MilestoneDraft(kind=MilestoneKind.CRISIS_ASSESSMENT, reached_on=on, at=at)


@given(
    on=st.dates(date(2026, 5, 25), date(2026, 7, 5)),
    at=st.none() | st.datetimes(datetime(2026, 5, 25), datetime(2026, 7, 5), timezones=st.just(UTC)),  # noqa: DTZ001 - hypothesis adds the zone
)
def test_a_milestone_is_in_the_patients_life_and_its_hour_on_its_day(on: date, at: datetime | None) -> None:
    fits = BORN <= on <= london_date(NOW) and (at is None or (london_date(at) == on and at <= NOW))
    if fits:
        refuse_milestone(draft(on, at), birth_date=BORN, now=NOW)
        return
    with pytest.raises(RuleViolation, match=r"Check (the date|the time|both)\.$"):
        refuse_milestone(draft(on, at), birth_date=BORN, now=NOW)


def test_the_london_day_counts_and_not_the_one_in_greenwich() -> None:
    refuse_milestone(draft(date(2026, 7, 1), NOW), birth_date=BORN, now=NOW)
    with pytest.raises(RuleViolation, match="on another day"):
        refuse_milestone(draft(date(2026, 6, 30), NOW), birth_date=BORN, now=NOW)


def test_an_hour_still_to_come_is_refused() -> None:
    with pytest.raises(RuleViolation, match="Check the time"):
        refuse_milestone(draft(date(2026, 7, 1), NOW + timedelta(minutes=1)), birth_date=BORN, now=NOW)


def test_a_time_without_a_zone_is_refused_in_words() -> None:
    with pytest.raises(RuleViolation, match="a clock time in England"):
        refuse_milestone(draft(date(2026, 7, 1), NOW.replace(tzinfo=None)), birth_date=BORN, now=NOW)


def test_taking_one_back_needs_a_reason_and_happens_once() -> None:
    refuse_voiding("Another patient", voided=False)
    with pytest.raises(RuleViolation, match="Say what was wrong"):
        refuse_voiding(" ", voided=False)
    with pytest.raises(RuleViolation, match="already"):
        refuse_voiding("Another patient", voided=True)
