"""A day of the site's own has a reason and changes something."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.errors import RuleViolation
from collabcare.domain.site_days import refuse_site_day
from tests.builders import calendar


@given(on=st.dates(date(2026, 1, 1), date(2026, 12, 31)), is_open=st.booleans())
def test_only_a_day_that_changes_something_is_taken(on: date, is_open: bool) -> None:
    if calendar().is_working_day(on) is not is_open:
        refuse_site_day(on, "Training", calendar(), is_open=is_open)
        return
    with pytest.raises(RuleViolation, match="anyway"):
        refuse_site_day(on, "Training", calendar(), is_open=is_open)


def test_a_day_without_a_reason_is_refused() -> None:
    with pytest.raises(RuleViolation, match="Say why"):
        refuse_site_day(date(2026, 3, 4), " ", calendar(), is_open=False)
