"""For how long a pause holds a search back once it is on the Prompt track."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

import pytest

from collabcare.domain.pause_holds import pauses_held
from collabcare.domain.reach_facts import HasteKind
from collabcare.domain.tracks import track_of
from tests.builders import MONDAY, day, ladder
from tests.builders_reach import PROMPT_PAUSE_DAYS, haste, pause, policy, sought

if TYPE_CHECKING:
    from collabcare.domain.reach_facts import PauseFact

FAR = day(28)


def at(number: int, hour: int = 9) -> datetime:
    """Return an instant of a day."""
    return datetime.combine(day(number), time(hour), UTC)


def held(
    taken: PauseFact, *, opened: datetime | None = None, fact_on: int = -20, recorded: datetime | None = None
) -> PauseFact:
    """Return the pause as it holds back a search for a miss of Monday, with one fact that asks for haste."""
    search = replace(ladder(MONDAY), opened_at=opened)
    of = replace(
        sought(), ladders=(search,), haste=(haste(HasteKind.SELF_HARM, day(fact_on), recorded_at=recorded),)
    )
    track = track_of(of, policy().tracks, today=day(20))
    (found,) = pauses_held((taken,), search, track, PROMPT_PAUSE_DAYS)
    return found


ROWS: dict[str, tuple[datetime | None, datetime | None, int, datetime | None, date]] = {
    "only thought about": (None, None, -20, None, FAR),
    "after the miss was written up": (at(0, 10), at(0, 9), -20, None, FAR),
    "before it was written up the same day": (at(0, 8), at(0, 9), -20, None, day(7)),
    "before it was written up days later": (at(2), at(5), -20, None, day(12)),
    "nobody knows when it was written up": (at(0), None, -20, None, day(7)),
    "before the fact": (at(1), at(0), 3, at(3), day(10)),
    "before the fact was recorded": (at(4), at(0), 3, at(5), day(12)),
    "the same day before the fact": (at(3, 8), at(0), 3, at(3), day(10)),
    "the same day after the fact": (at(3, 10), at(0), 3, at(3), FAR),
    "on the day of a fact of no known hour": (at(3, 23), at(0), 3, None, day(10)),
    "after the fact": (at(4), at(0), 3, at(3), FAR),
    "fact and miss on one day, the pause between": (at(0, 10), at(0, 9), 0, at(0, 11), day(7)),
}


@pytest.mark.parametrize(("decided", "opened", "fact_on", "recorded", "until"), ROWS.values(), ids=ROWS)
def test_only_what_was_decided_after_the_turn_holds_to_its_own_day(
    decided: datetime | None,
    opened: datetime | None,
    fact_on: int,
    recorded: datetime | None,
    until: date,
) -> None:
    taken = replace(pause(MONDAY, FAR), recorded_at=decided)
    found = held(taken, opened=opened, fact_on=fact_on, recorded=recorded)
    assert (found.review_on, found.ended_on) == (until, None)


@pytest.mark.parametrize(("ended", "counts"), [(day(3), day(3)), (day(20), day(7))])
def test_a_pause_that_ended_took_no_more_days_either(ended: date, counts: date) -> None:
    taken = replace(pause(MONDAY, FAR, ended), recorded_at=at(0, 8))
    assert held(taken, opened=at(0, 9)).ended_on == counts


def test_one_without_a_day_puts_nothing_off_and_gets_none() -> None:
    taken = replace(pause(MONDAY, None), recorded_at=at(0, 8))
    assert held(taken, opened=at(0, 9)).review_on is None


def test_the_standard_track_takes_pauses_as_they_are() -> None:
    taken = replace(pause(MONDAY, FAR), recorded_at=at(-1))
    of = sought()
    track = track_of(of, policy().tracks, today=MONDAY)
    assert pauses_held((taken,), ladder(MONDAY), track, PROMPT_PAUSE_DAYS) == (taken,)
