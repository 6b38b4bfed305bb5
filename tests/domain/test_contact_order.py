"""On one day the times tell what was first; a miss without a time is the later one."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

import pytest

from collabcare.domain.contact_order import is_before_miss
from tests.builders import day

if TYPE_CHECKING:
    from datetime import date

NINE, TEN = time(9), time(10)


@pytest.mark.parametrize(
    ("on", "at", "missed_at", "before"),
    [
        (day(6), None, NINE, True),
        (day(8), NINE, None, False),
        (day(7), NINE, TEN, True),
        (day(7), TEN, NINE, False),
        (day(7), TEN, TEN, False),
        (day(7), NINE, None, True),
        (day(7), None, NINE, False),
        (day(7), None, None, False),
    ],
)
def test_what_was_before_a_miss(on: date, at: time | None, missed_at: time | None, *, before: bool) -> None:
    assert is_before_miss(on, at, missed_on=day(7), missed_at=missed_at) is before
