"""The gate and the last miss: however long ago it was, and what has been tried since."""

from __future__ import annotations

import pytest

from collabcare.domain.gate_parts import Condition
from tests.builders import MONDAY, day
from tests.builders_reach import sought
from tests.domain.test_closing_gate import asked, missing


@pytest.mark.parametrize("days", [0, 14, 35, 400], ids="DNA-W10 after {} days".format)
def test_two_misses_alone_never_close(days: int) -> None:
    """However long ago, not attending is no way to closed."""
    of = sought(MONDAY, "D", consecutive=2, first_rung=2)
    found = asked(of, day(days))
    assert not found.passed
    assert set(Condition) - {Condition.PROMPT_FACTS} <= set(missing(of, day(days)))
