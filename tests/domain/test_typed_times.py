"""Times as people type them."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.display import fmt_time, fmt_time_letter
from collabcare.domain.typed_times import NOT_A_TIME, TypedTime, read_time


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("930", time(9, 30)),
        ("9:30", time(9, 30)),
        ("9.30", time(9, 30)),
        ("9 30", time(9, 30)),
        ("0930", time(9, 30)),
        ("9", time(9)),
        ("14", time(14)),
        ("1430", time(14, 30)),
        ("2pm", time(14)),
        ("2.15 PM", time(14, 15)),
        ("12am", time(0)),
        ("12pm", time(12)),
        ("0:15", time(0, 15)),
        ("02:30", time(2, 30)),
        ("23:59", time(23, 59)),
    ],
)
def test_reads_usual_ways_to_write_a_time(text: str, at: time) -> None:
    assert read_time(text) == TypedTime(at)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("2", "Morning or afternoon? Write 02:00 or 14:00."),
        ("2:30", "Morning or afternoon? Write 02:30 or 14:30."),
        ("24:00", "There is no hour 24 on the 24-hour clock."),
        ("9:75", "There is no minute 75."),
        ("14pm", "There is no 14 pm. Write the hour from 1 to 12, or leave out am and pm."),
        ("noon", NOT_A_TIME),
        ("9:3", NOT_A_TIME),
        ("12345", NOT_A_TIME),
    ],
)
def test_says_in_words_why_there_is_no_time(text: str, problem: str) -> None:
    assert read_time(text) == TypedTime(None, problem)


def test_nothing_is_neither_a_time_nor_a_problem() -> None:
    assert read_time("  ") == TypedTime(None)


@given(st.times())
def test_a_time_as_we_write_it_is_read_back(at: time) -> None:
    at = at.replace(second=0, microsecond=0)
    assert read_time(fmt_time(at)) == TypedTime(at)
    assert read_time(fmt_time_letter(at)) == TypedTime(at)


@given(st.text(max_size=12))
def test_any_text_gets_a_time_or_a_sentence(text: str) -> None:
    read = read_time(text)
    assert read.at is None or not read.problem
    if text.strip() and read.at is None:
        assert read.problem.endswith((".", "?"))
