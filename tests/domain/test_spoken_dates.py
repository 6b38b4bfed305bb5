"""Short dates are read out in full and never broken at the end of a line."""

from __future__ import annotations

from datetime import date

import pytest

from collabcare.domain.display import fmt_date, fmt_date_long, spoken_dates, unbroken_dates


@pytest.mark.parametrize("month", range(1, 13))
def test_a_short_date_is_spoken_with_its_full_month(month: int) -> None:
    day = date(2026, month, 6)
    assert spoken_dates(f"Seen {fmt_date(day)}.") == f"Seen {fmt_date_long(day)}."


def test_what_is_no_date_is_left_alone() -> None:
    words = "Step-up on 2026-01-06, ref 06-Abc-2026"
    assert spoken_dates(words) == unbroken_dates(words) == words


def test_no_line_breaks_inside_a_date() -> None:
    assert "-" not in unbroken_dates("06-Aug-2026")
    assert unbroken_dates("well-known, 06-Aug-2026").startswith("well-known")
