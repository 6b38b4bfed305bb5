"""The gate and the last miss: however long ago it was, and what has been tried since."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from collabcare.domain.gate_parts import Condition
from collabcare.domain.ids import ContactId, LadderId
from collabcare.domain.reengagement import AttemptOutcome, Channel
from tests.builders import MONDAY, attempt, contact, day
from tests.builders_reach import searching, sought
from tests.domain.test_closing_gate import LETTER, READY, asked, missing, tried

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.facts import AttemptFact, EpisodeFacts


@pytest.mark.parametrize("days", [0, 14, 35, 400], ids="DNA-W10 after {} days".format)
def test_two_misses_alone_never_close(days: int) -> None:
    """However long ago, not attending is no way to closed."""
    of = sought(MONDAY, "D", consecutive=2, first_rung=2)
    found = asked(of, day(days))
    assert not found.passed
    assert set(Condition) - {Condition.PROMPT_FACTS} <= set(missing(of, day(days)))


AGAIN_ON = day(24)


def again(*tries: AttemptFact) -> EpisodeFacts:
    """Return an episode with everything met, and then a second miss with these tries since."""
    first = replace(READY.ladders[0], closed_on=AGAIN_ON)
    second = searching(AGAIN_ON, ContactId(3), id=LadderId(2), consecutive=2, attempts=tries)
    missed = contact("D", AGAIN_ON, id=ContactId(3))
    return replace(READY, contacts=(*READY.contacts, missed), ladders=(first, second))


CALL = attempt(2, day(25))
OTHERS = {
    "nobody": (),
    "supervision": (replace(CALL, channel=Channel.SUPERVISION, outcome=AttemptOutcome.DISCUSSED),),
    "the GP practice": (replace(CALL, channel=Channel.GP_PRACTICE, outcome=AttemptOutcome.LEFT_MESSAGE),),
    "a day to come": (replace(CALL, on=day(36)),),
}


@pytest.mark.parametrize("tries", OTHERS.values(), ids=OTHERS)
def test_many_tries_before_the_last_miss_are_not_enough(tries: tuple[AttemptFact, ...]) -> None:
    """GATE-W1: a miss that nobody has answered is the newest word from them."""
    of = again(*tries)
    assert missing(of) == [Condition.ATTEMPTS]
    part = asked(of).parts[0]
    assert part.sentence == (
        "Nobody has tried since they last missed, Thu 29-Jan-2026: try once more, and log it."
    )


@pytest.mark.parametrize("on", [AGAIN_ON, day(25), day(35)])
def test_one_try_since_is_enough_also_on_the_day_of_the_miss(on: date) -> None:
    assert missing(again(replace(CALL, on=on))) == []


def test_a_try_in_the_earlier_search_on_the_day_of_the_later_miss_is_not_since() -> None:
    """It was logged before they missed again."""
    of = again()
    first = replace(of.ladders[0], attempts=(*of.ladders[0].attempts, replace(CALL, rung=4, on=AGAIN_ON)))
    assert missing(replace(of, ladders=(first, of.ladders[1]))) == [Condition.ATTEMPTS]


@pytest.mark.parametrize(("days", "expected"), [((8, 8, 8), [Condition.ATTEMPTS]), ((8, 8, 9), [])])
def test_tries_of_one_day_are_not_enough_tried(days: tuple[int, int, int], expected: list[Condition]) -> None:
    ring, text, write = (day(each) for each in days)
    of = tried(
        attempt(1, ring),
        attempt(2, text, channel=Channel.TEXT, outcome=AttemptOutcome.SENT),
        replace(LETTER, on=write),
    )
    assert [each for each in missing(of) if each is Condition.ATTEMPTS] == expected
    if expected:
        assert "Try on at least 2 different days; so far 1." in asked(of).missing[0].sentence
