"""The day something happened on."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.errors import RuleViolation
from collabcare.domain.recorded_days import refuse_day

DAYS = st.dates(date(2020, 1, 1), date(2020, 1, 9))


@given(on=DAYS, received_on=DAYS, today=DAYS)
def test_only_a_day_from_the_referral_to_today_can_be(on: date, received_on: date, today: date) -> None:
    if received_on <= on <= today:
        refuse_day("The goal", on, received_on=received_on, today=today)
        return
    words = "in the future" if on > today else "before the referral"
    with pytest.raises(RuleViolation, match=f"^The goal .*{words}.* Check the date.$"):
        refuse_day("The goal", on, received_on=received_on, today=today)
