"""The types SQLite lacks: scores exact to the last digit, answers of any size, several codes in one place."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, TypeVar, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine
from sqlalchemy.dialects import sqlite

from collabcare.store.models.base import Answers, Codes, Number, one_of

if TYPE_CHECKING:
    from sqlalchemy.types import TypeDecorator

T = TypeVar("T")
DIALECT = sqlite.dialect()


def kept(kind: TypeDecorator[T], value: T | None) -> object:
    """Return what the database holds."""
    return kind.process_bind_param(value, DIALECT)


def back(kind: TypeDecorator[T], value: T | None) -> T | None:
    """Return what comes back of a value written and read."""
    return kind.process_result_value(kept(kind, value), DIALECT)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (11, "11"),
        (0, "0"),
        (-3, "-3"),
        (True, "1"),
        (Decimal("4.25"), "4.25"),
        (Decimal("4.00"), "4.00"),
        (Decimal("1E+1"), "10"),
        (Decimal("0.10"), "0.10"),
        (Decimal("19.25"), "19.25"),
    ],
)
def test_a_score_is_kept_as_its_digits(value: int | Decimal, written: str) -> None:
    assert kept(Number(), value) == written
    assert back(Number(), value) == value


def test_no_score_stays_no_score() -> None:
    assert back(Number(), None) is None


@given(st.integers(-(10**9), 10**9))
def test_a_whole_score_comes_back_whole(total: int) -> None:
    assert type(back(Number(), total)) is int
    assert back(Number(), total) == total


@given(st.decimals(-1000, 1000, places=4))
def test_a_decimal_score_comes_back_with_its_places(total: Decimal) -> None:
    again = back(Number(), total)
    assert isinstance(again, Decimal)
    assert str(again) == f"{total:f}"


@pytest.mark.parametrize("value", [4.25, 0.1, Decimal("NaN"), Decimal("Infinity")])
def test_what_is_not_exact_is_refused(value: float | Decimal) -> None:
    with pytest.raises(ValueError, match="not an exact number"):
        kept(Number(), cast("Decimal", value))


@pytest.mark.parametrize(
    ("answers", "written"),
    [
        ((), ""),
        ((2, 1, 0, None, 3), "210-3"),
        ((10, None, 3), "10,-,3,"),
        ((10,), "10,"),
        ((None,), "-"),
        ((2, 1, 3, 4, 4, 80), "2,1,3,4,4,80,"),
        ((0, 0, 100), "0,0,100,"),
    ],
)
def test_answers_are_kept_as_they_stand_on_the_form(answers: tuple[int | None, ...], written: str) -> None:
    assert kept(Answers(), answers) == written
    assert back(Answers(), answers) == answers


@given(st.lists(st.none() | st.integers(0, 100)))
def test_any_answers_come_back_as_they_were(answers: list[int | None]) -> None:
    assert back(Answers(), tuple(answers)) == tuple(answers)


@given(st.lists(st.none() | st.integers(0, 9)))
def test_answers_of_one_digit_are_written_as_the_first_release_wrote_them(answers: list[int | None]) -> None:
    as_ever = "".join("-" if answer is None else str(answer) for answer in answers)
    assert kept(Answers(), tuple(answers)) == as_ever


def test_answers_are_read_with_and_without_the_last_comma() -> None:
    assert Answers().process_result_value("10,-,3", DIALECT) == (10, None, 3)


def test_an_answer_below_zero_is_refused() -> None:
    with pytest.raises(ValueError, match="below zero"):
        kept(Answers(), (1, -1))


@pytest.mark.parametrize(("codes", "written"), [((), ""), (("NN",), "NN"), (("04", "06"), "04 06")])
def test_several_codes_are_kept_in_one_place(codes: tuple[str, ...], written: str) -> None:
    assert kept(Codes(), codes) == written
    assert back(Codes(), codes) == codes


@pytest.mark.parametrize("code", ["", "0 4"])
def test_what_is_no_code_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match="not a code"):
        kept(Codes(), ("04", code))


@pytest.mark.parametrize("kind", [Answers(), Codes()])
def test_nothing_recorded_is_not_an_empty_list(kind: TypeDecorator[object]) -> None:
    assert kept(kind, None) is None
    assert back(kind, None) is None


def test_a_rule_over_codes_does_not_hang_on_their_order_and_lets_null_pass() -> None:
    assert one_of("code", ["b", "a"]) == one_of("code", ["a", "b"]) == "code in ('a','b')"
    with create_engine("sqlite://").connect() as connection:
        holds = [
            connection.exec_driver_sql(f"select {rule}").scalar()
            for rule in ("'a' in ('a','b')", "'c' in ('a','b')", "null in ('a','b')")
        ]
    assert holds == [1, 0, None]
