"""The Friends and Family Test: the positive share, and nothing that leads to a patient."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain import facts, plan_facts, reach_facts, safety_facts
from collabcare.domain.errors import RuleViolation
from collabcare.domain.feedback import Feedback, feedback, feedback_of
from collabcare.store.models import Base
from tests.builders import instruments

FFT = instruments()["fft"]
COUNTS = st.dictionaries(st.integers(1, 6), st.integers(0, 500))


def test_the_published_example_is_88_percent() -> None:
    """171 very good and 43 good of 244."""
    found = feedback(FFT, {1: 171, 2: 43, 3: 12, 4: 5, 5: 3, 6: 10})
    assert (found.positive, found.answered, found.percent) == (214, 244, 88)
    assert found.sentence == "214 of 244 answers were positive (88%)."
    assert (found.rule, found.source) == ("Friends and Family Test positive share", FFT.source)


def test_without_answers_there_is_no_share() -> None:
    found = feedback(FFT, {})
    assert (found.positive, found.answered, found.percent) == (0, 0, None)
    assert found.sentence == "Nobody has answered yet."


def test_dont_know_counts_among_all_and_not_as_positive() -> None:
    assert feedback_of(FFT, [1, 6]).percent == 50
    assert feedback_of(FFT, [1, 1, 2]).counts == {1: 2, 2: 1, 3: 0, 4: 0, 5: 0, 6: 0}


@pytest.mark.parametrize("counts", [{0: 1}, {7: 1}, {True: 1}, {1: -1}, {1: 1.5}, {1: True}], ids=repr)
def test_what_is_no_count_of_a_category_is_refused(counts: Any) -> None:  # noqa: ANN401 - not counts
    with pytest.raises(RuleViolation, match=r"^Friends and Family Test"):
        feedback(FFT, counts)


@given(COUNTS)
def test_the_share_is_that_of_the_decimals(counts: dict[int, int]) -> None:
    found = feedback(FFT, counts)
    assert found.answered == sum(counts.values())
    if found.answered:
        exact = Decimal(100 * found.positive) / found.answered
        assert found.percent == int(exact.quantize(Decimal(1), ROUND_HALF_UP))


@given(st.lists(st.integers(1, 6), max_size=40))
def test_cards_counted_one_by_one_are_the_same(cards: list[int]) -> None:
    assert feedback_of(FFT, cards) == feedback(FFT, {card: cards.count(card) for card in cards})


def test_no_fact_and_no_table_of_the_record_has_room_for_an_answer() -> None:
    """It is anonymous: nothing that knows a patient may hold one."""
    words = ("feedback", "fft", "friends_and_family")
    named = [
        f"{kind.__name__}.{field.name}"
        for module in (facts, plan_facts, reach_facts, safety_facts)
        for kind in vars(module).values()
        if isinstance(kind, type) and is_dataclass(kind)
        for field in fields(kind)
    ]
    named += [f"{table.name}.{column.name}" for table in Base.metadata.tables.values() for column in table.c]
    assert len(named) > 100
    assert [each for each in named if any(word in each.lower() for word in words)] == []


def test_what_is_counted_knows_nobody() -> None:
    assert FFT.anonymous
    assert [name for name, each in instruments().items() if each.anonymous] == ["fft"]
    assert {field.name for field in fields(Feedback)} == {
        "counts",
        "positive",
        "answered",
        "percent",
        "sentence",
        "rule",
        "source",
    }
