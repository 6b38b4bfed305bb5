"""How somebody gets on: the latest answer to the question on function, in its words."""

from __future__ import annotations

from collabcare.domain.function import function_now
from tests.builders import MONDAY, day, facts, instruments, measure

BOOK = instruments()
ANSWERS = (1, 1, 1, 1, 1, 1, 1, 1, 0)


def test_the_latest_answer_stands_with_its_day() -> None:
    forms = (
        measure(8, MONDAY, answers=ANSWERS, function_answer=2),
        measure(8, day(7), answers=ANSWERS, function_answer=0),
        measure(8, day(14), answers=ANSWERS, function_answer=None),
    )
    found = function_now(facts(measures=forms), BOOK, ("phq9", "gad7"))
    assert found is not None
    assert (found.words, found.instrument, found.on) == ("not difficult at all", "PHQ-9", day(7))


def test_nothing_is_said_where_it_does_not_apply_or_is_not_followed() -> None:
    well = (measure(0, MONDAY, answers=(0,) * 9, function_answer=1),)
    assert function_now(facts(measures=well), BOOK, ("phq9",)) is None
    assert function_now(facts(), BOOK, ("phq9",)) is None
    asked = (measure(8, MONDAY, answers=ANSWERS, function_answer=1),)
    assert function_now(facts(measures=asked), BOOK, ("gad7",)) is None
