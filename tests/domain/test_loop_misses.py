"""One missed appointment and what followed it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from collabcare.domain.codes import ClosureReason
from collabcare.domain.loop_misses import Fate, Heard, Miss, Touch, misses
from collabcare.domain.reaching import Route
from collabcare.domain.reengagement import AttemptOutcome, Channel
from collabcare.domain.search_ends import SEARCH_END_WORDS, SearchEnd
from tests.builders import day, ladder
from tests.builders_loop import episode, slot, spoke, tried

if TYPE_CHECKING:
    from collabcare.domain.loop_facts import LoopEpisode

LONG_AFTER = day(300)
CALL = Route.CALL


def the_miss(of: LoopEpisode, today: int = 300) -> Miss:
    """Return the first miss of an episode."""
    return next(misses(of, today=day(today)))


HEARD = [
    pytest.param(episode("D"), None, id="nothing"),
    pytest.param(episode("D", tried(1)), None, id="no answer"),
    pytest.param(episode("D", tried(1), spoke(3)), Heard(day(3), Touch.SPOKE, CALL), id="spoken to"),
    pytest.param(episode("D", spoke(0)), Heard(day(0), Touch.SPOKE, CALL), id="on the missed day"),
    pytest.param(episode("DA"), Heard(day(7), Touch.SEEN), id="came the next week"),
    pytest.param(episode("DL"), Heard(day(7), Touch.SEEN), id="came late and was seen"),
    pytest.param(episode("AD"), None, id="seen before it"),
    pytest.param(episode("DN"), Heard(day(7), Touch.THEMSELVES), id="came too late to be seen"),
    pytest.param(episode("DC"), Heard(day(7), Touch.THEMSELVES), id="cancelled the next one"),
    pytest.param(episode("DP"), None, id="we cancelled the next one"),
    pytest.param(episode("DD", spoke(9)), Heard(day(9), Touch.SPOKE, CALL), id="missed twice"),
    pytest.param(episode("DA", spoke(7)), Heard(day(7), Touch.SPOKE, CALL), id="both on one day: spoken to"),
    pytest.param(
        replace(episode(), appointments=(slot("D", day(0)), slot("C", day(40), 2, cancelled_on=day(4)))),
        Heard(day(4), Touch.THEMSELVES),
        id="cancelled one to come, on the day they rang",
    ),
    pytest.param(
        replace(episode(), appointments=(slot("C", day(9), 2, cancelled_on=day(0)), slot("D", day(0)))),
        Heard(day(0), Touch.THEMSELVES),
        id="a cancellation of that day counts as after it",
    ),
    pytest.param(
        replace(episode(), appointments=(slot("A", day(0)), slot("D", day(0), 2))),
        None,
        id="seen before it that day",
    ),
    pytest.param(
        replace(episode(), appointments=(slot("D", day(0)), slot("A", day(0), 2))),
        Heard(day(0), Touch.SEEN),
        id="seen after it that day",
    ),
    pytest.param(
        replace(episode(), appointments=(slot("D", day(0), contacted_after=True),)),
        Heard(day(0), Touch.THEMSELVES),
        id="rang after the appointment",
    ),
    pytest.param(
        replace(episode(), appointments=(slot("D", day(0)), slot("D", day(5), 2, contacted_after=True))),
        Heard(day(5), Touch.THEMSELVES),
        id="rang after the second one",
    ),
    pytest.param(replace(episode("DC"), died_on=day(3)), None, id="cancelled because they had died"),
]


@pytest.mark.parametrize(("of", "heard"), HEARD)
def test_the_first_word_after_a_miss(of: LoopEpisode, heard: Heard | None) -> None:
    assert the_miss(of).heard == heard


def test_word_of_another_search_on_the_missed_day_came_before_it() -> None:
    """An earlier search ended that morning; the appointment of that day was missed afterwards."""
    before = ladder(day(-7), attempts=(spoke(0),), closed_on=day(0), closed_because="Reached")
    of = replace(episode("D"), searches=(before, *episode("D").searches))
    assert the_miss(of).heard is None
    assert the_miss(of).tried_on is None


def test_what_is_still_to_come_is_not_known() -> None:
    of = episode("DA", tried(6))
    assert (the_miss(of, 5).heard, the_miss(of, 5).tried_on, the_miss(of, 5).seen_on) == (None, None, None)
    assert (the_miss(of, 7).heard, the_miss(of, 7).tried_on) == (Heard(day(7), Touch.SEEN), day(6))
    assert [miss.on for miss in misses(episode("AD"), today=day(6))] == []


@pytest.mark.parametrize(
    ("of", "tried_on"),
    [
        (episode("D"), None),
        (episode("D", tried(2), tried(4)), 2),
        (episode("DD", tried(9)), 9),
        (episode("DA", tried(9)), None),
        (episode("D", tried(1, AttemptOutcome.DISCUSSED, channel=Channel.SUPERVISION)), None),
    ],
    ids=["nobody", "the first", "only after the second miss", "after they were seen", "only talked about"],
)
def test_the_first_attempt(of: LoopEpisode, tried_on: int | None) -> None:
    assert the_miss(of).tried_on == (None if tried_on is None else day(tried_on))


OVER = replace(episode("D"), closed_on=day(60))
MOVED = replace(
    episode("D"),
    searches=(ladder(closed_on=day(9), closed_because=SEARCH_END_WORDS[SearchEnd.MOVED]),),
)
FATES = [
    (episode("D", spoke(3)), Fate.REACHED),
    (replace(episode("D", spoke(3)), died_on=day(20)), Fate.REACHED),
    (episode("D", tried(3)), Fate.SOUGHT),
    (replace(episode("D"), died_on=day(4)), Fate.DIED),
    (replace(OVER, died_on=day(4), closure_reason=ClosureReason.DIED), Fate.DIED),
    (replace(OVER, closure_reason=ClosureReason.MOVED_AWAY), Fate.MOVED),
    (replace(OVER, closure_reason=ClosureReason.REFERRED_ELSEWHERE), Fate.MOVED),
    (replace(OVER, closure_reason=ClosureReason.ADMITTED_ELSEWHERE), Fate.MOVED),
    (MOVED, Fate.MOVED),
    (replace(OVER, closure_reason=ClosureReason.DID_NOT_ATTEND), Fate.ENDED),
    (replace(episode("D"), searches=()), Fate.ENDED),
]


@pytest.mark.parametrize(("of", "fate"), FATES)
def test_what_became_of_them(of: LoopEpisode, fate: Fate) -> None:
    assert the_miss(of).fate is fate


def test_a_move_known_before_the_miss_is_not_its_end() -> None:
    """They had moved, were back, and missed another one."""
    (earlier,) = MOVED.searches
    of = replace(episode("    D"), searches=(earlier, *episode("    D").searches))
    assert the_miss(of).fate is Fate.SOUGHT


@pytest.mark.parametrize(
    ("of", "today", "expected"),
    [
        pytest.param(episode("D  A"), 15, None, id="15 days not over"),
        pytest.param(episode("DA"), 15, None, id="not even when seen already"),
        pytest.param(episode("DA"), 16, True, id="seen within 15 days"),
        pytest.param(episode("D A"), 16, True, id="seen on day 14"),
        pytest.param(episode("D  A"), 30, False, id="seen on day 21"),
        pytest.param(episode("D"), 16, False, id="not seen"),
        pytest.param(replace(episode("D"), died_on=day(90)), 99, None, id="died without being reached"),
        pytest.param(replace(episode("D", spoke(2)), died_on=day(9)), 99, None, id="reached, died in them"),
        pytest.param(replace(episode("D", spoke(2)), died_on=day(16)), 99, False, id="died after them"),
        pytest.param(
            replace(episode("D", spoke(2)), closed_on=day(9), closure_reason=ClosureReason.MOVED_AWAY),
            99,
            None,
            id="reached, moved in them",
        ),
        pytest.param(
            replace(episode("D", spoke(2)), closed_on=day(9), closure_reason=ClosureReason.PATIENT_REQUESTED),
            99,
            False,
            id="reached, wanted no more",
        ),
        pytest.param(replace(episode("DA"), died_on=day(9)), 99, True, id="seen, then died"),
    ],
)
def test_seen_within_fifteen_days(of: LoopEpisode, today: int, expected: bool | None) -> None:
    assert the_miss(of, today).window(day(0), 15, today=day(today)) is expected


@pytest.mark.parametrize(("on", "expected"), [(15, True), (16, False)])
def test_the_fifteenth_day_counts(on: int, expected: bool) -> None:
    of = replace(episode(), appointments=(slot("D", day(0)), slot("A", day(on), 2)))
    assert the_miss(of).window(day(0), 15, today=LONG_AFTER) is expected
