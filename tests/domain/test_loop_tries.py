"""The attempts of a search as they are counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from collabcare.domain.loop_tries import tries
from collabcare.domain.reengagement import AttemptOutcome, Channel
from tests.builders import day, ladder
from tests.builders_loop import spoke, tried, wrote

if TYPE_CHECKING:
    from collabcare.domain.facts import AttemptFact

BY_LETTER = {"channel": Channel.LETTER}
DISCUSSED = tried(1, AttemptOutcome.DISCUSSED, channel=Channel.SUPERVISION)
AT_GP = tried(1, AttemptOutcome.DISCUSSED, channel=Channel.GP_PRACTICE)
THROUGH_GP = tried(1, AttemptOutcome.LEFT_MESSAGE, channel=Channel.GP_PRACTICE)


@pytest.mark.parametrize(
    ("attempts", "expected"),
    [
        pytest.param([], [], id="none"),
        pytest.param([tried(0), spoke(2)], [(1, 0, None), (2, 2, 2)], id="two calls"),
        pytest.param([spoke(2), tried(0)], [(1, 0, None), (2, 2, 2)], id="entered the wrong way round"),
        pytest.param([tried(0), DISCUSSED, AT_GP, tried(3)], [(1, 0, None), (2, 3, None)], id="talk is none"),
        pytest.param([THROUGH_GP], [(1, 1, None)], id="a message passed on is one"),
        pytest.param([wrote(0), spoke(6, **BY_LETTER)], [(1, 0, 6)], id="an answer belongs to the letter"),
        pytest.param(
            [wrote(0), wrote(3), spoke(6, **BY_LETTER)], [(1, 0, None), (2, 3, 6)], id="to the latest letter"
        ),
        pytest.param([wrote(0), spoke(6)], [(1, 0, None), (2, 6, 6)], id="they rang, which is another way"),
        pytest.param([spoke(6, **BY_LETTER)], [(1, 6, 6)], id="wrote without being written to"),
        pytest.param(
            [wrote(0), spoke(6, **BY_LETTER), spoke(8, **BY_LETTER)], [(1, 0, 6), (2, 8, 8)], id="twice"
        ),
        pytest.param([tried(0), spoke(11)], [(1, 0, None)], id="what is still to come is not counted"),
    ],
)
def test_the_attempts_that_count(
    attempts: list[AttemptFact], expected: list[tuple[int, int, int | None]]
) -> None:
    found = tries(ladder(attempts=tuple(attempts)), today=day(10))
    assert [(each.number, each.on, each.reached_on) for each in found] == [
        (number, day(on), None if reached is None else day(reached)) for number, on, reached in expected
    ]


def test_an_answered_letter_is_still_the_letter_that_was_sent() -> None:
    (found,) = tries(ladder(attempts=(wrote(0), spoke(6, **BY_LETTER))), today=day(10))
    assert (found.channel, found.outcome) == (Channel.LETTER, AttemptOutcome.SENT)
