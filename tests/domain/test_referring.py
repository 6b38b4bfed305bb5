"""What a referral is asked besides the usual, and the instant it came."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from collabcare.domain.errors import RuleViolation
from collabcare.domain.referring import hours_count, received_instant
from tests.builders_pathways import model, models

NOW = datetime(2026, 7, 6, 9, 0, tzinfo=UTC)


def test_hours_count_where_a_clock_runs_in_real_time_from_a_referral() -> None:
    counted = {name for name in models() if hours_count(model(name))}
    assert {"meirionnydd", "catterick", "norfolk_suffolk"} <= counted
    assert not {"talking_therapies", "lift", "pcn_practitioner"} & counted


def test_the_instant_is_by_london_time() -> None:
    assert received_instant(date(2026, 7, 6), time(10, 0), now=NOW) == NOW
    assert received_instant(date(2026, 7, 6), None, now=NOW) is None


def test_a_referral_has_come_already() -> None:
    with pytest.raises(RuleViolation, match="in the future"):
        received_instant(date(2026, 7, 6), time(10, 1), now=NOW)
