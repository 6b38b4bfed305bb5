"""For how long somebody has been sought, as a label that removes nobody."""

from __future__ import annotations

from dataclasses import replace

import pytest

from collabcare.domain.reengagement import AttemptOutcome
from collabcare.domain.sought_label import days_sought, sought_label
from tests.builders import MONDAY, attempt, day, patient
from tests.builders_reach import policy, sought

SOUGHT = sought(MONDAY, "A")


def label(today: int, *, promised: int | None = None) -> str:
    tried = attempt(
        1,
        day(1),
        outcome=AttemptOutcome.THIRD_PARTY,
        spoke_to="Sister",
        promised_on=None if promised is None else day(promised),
    )
    of = replace(SOUGHT, ladders=(replace(SOUGHT.ladders[0], attempts=(tried,)),))
    return sought_label(of, policy(), today=day(today))


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (0, "Missed"),
        (28, "Missed"),
        (29, "Sought for over 28 days"),
        (90, "Sought for over 28 days"),
        (91, "Sought for over 90 days"),
        (4000, "Sought for over 90 days"),
    ],
)
def test_the_label_changes_and_never_goes_away(today: int, words: str) -> None:
    assert label(today) == words


def test_what_they_promised_is_said_while_it_is_ahead() -> None:
    assert label(2, promised=3) == "Missed, promised for 08-Jan-2026"
    assert label(3, promised=3) == "Missed, promised for 08-Jan-2026"
    assert label(4, promised=3) == "Missed"
    assert label(29, promised=40) == "Sought for over 28 days, promised for 14-Feb-2026"


def test_nobody_sought_has_none() -> None:
    ended = replace(SOUGHT, ladders=(replace(SOUGHT.ladders[0], closed_on=day(2)),))
    dead = replace(SOUGHT, patient=patient(died_on=day(1)))
    for of in (ended, dead):
        assert days_sought(of, today=day(3)) is None
        assert sought_label(of, policy(), today=day(3)) == ""
