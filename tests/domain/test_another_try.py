"""The same try once more does no further step, and the form asks about it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from collabcare.domain.another_try import is_another_try, same_try
from collabcare.domain.reaching import Route
from collabcare.domain.reengagement import Channel, rungs
from tests.builders import MONDAY, attempt, calendar, ladder, pathway

if TYPE_CHECKING:
    from collabcare.domain.reengagement_policy import LadderPolicy

FIRST = attempt(1)
LATER: dict[str, tuple[dict[str, Any], bool]] = {
    "the same call at once": ({}, False),
    "minutes later": ({"at": FIRST.at + timedelta(minutes=30)}, False),
    "by somebody else": ({"by": "Sam Brown"}, False),
    "a voicemail": ({"route": Route.VOICEMAIL}, False),
    "hours later": ({"at": FIRST.at + timedelta(hours=4)}, True),
    "a text": ({"channel": Channel.TEXT}, True),
    "to somebody they named": ({"route": Route.NOMINATED_CONTACT}, True),
}


@pytest.mark.parametrize(("changes", "another"), LATER.values(), ids=LATER)
@pytest.mark.parametrize("track", ["ladder", "prompt_ladder"])
def test_the_second_step_is_done_by_a_try_that_really_differs(
    track: str, changes: dict[str, Any], *, another: bool
) -> None:
    policy: LadderPolicy = getattr(pathway(), track)
    search = ladder(attempts=(FIRST, attempt(2, **changes)))
    done = {each.number: each.done_on for each in rungs(search, policy, calendar())}
    assert (done[1], done[2]) == (MONDAY, MONDAY if another else None)


def test_none_asks_for_no_difference() -> None:
    assert is_another_try(FIRST, (FIRST,), None)


def test_a_try_of_minutes_before_or_of_the_day_may_be_the_same() -> None:
    search = ladder(attempts=(FIRST,))
    near, far = FIRST.at + timedelta(minutes=10), FIRST.at + timedelta(minutes=11)
    assert same_try(search, Channel.CALL, None, near, minutes=10) == FIRST
    assert same_try(search, Channel.CALL, None, far, minutes=10) is None
    assert same_try(search, Channel.CALL, Route.CALL, MONDAY, minutes=10) == FIRST
    assert same_try(search, Channel.TEXT, None, MONDAY, minutes=10) is None
