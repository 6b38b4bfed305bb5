"""Scores of the demo: answers that make up their totals, totals that follow a course."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.demo import scores
from collabcare.demo.chance import dice
from collabcare.demo.stories import Course
from collabcare.domain.instruments import score
from tests.builders import instruments

WEEKS = [0, 1, 2, 3, 4, 6, 8, 10, 12, 14]
SEEDS = range(40)


@given(total=st.integers(0, 23), safety=st.integers(0, 3), seed=st.integers(0, 99))
def test_nine_answers_make_up_their_total(total: int, safety: int, seed: int) -> None:
    answers = scores.phq9_answers(total, safety, dice(seed, "answers", 0))
    scored = score(instruments()["phq9"], answers)
    assert scored.total == total
    assert scored.safety_answer == min(safety, total)


@given(total=st.integers(0, 21), seed=st.integers(0, 99))
def test_seven_answers_make_up_their_total(total: int, seed: int) -> None:
    scored = score(instruments()["gad7"], scores.gad7_answers(total, dice(seed, "answers", 0)))
    assert scored.total == total


def test_a_total_beyond_the_eight_items_is_lowered_to_what_they_can_make_up() -> None:
    assert sum(scores.phq9_answers(27, 0, dice(1, "answers", 0))) == 24


@pytest.mark.parametrize("course", Course)
def test_every_course_stays_within_its_scale(course: Course) -> None:
    for seed in SEEDS:
        rng = dice(seed, "course", 0)
        assert all(0 <= total <= 23 for total in scores.phq9_totals(course, WEEKS, rng))
        assert all(0 <= total <= 21 for total in scores.gad7_totals(course, WEEKS, rng))


def first_and_last(course: Course) -> list[tuple[int, int]]:
    """Return the first and last PHQ-9 of this course for many people."""
    found = [scores.phq9_totals(course, WEEKS, dice(seed, "course", 0)) for seed in SEEDS]
    return [(totals[0], totals[-1]) for totals in found]


def test_courses_go_where_their_names_say() -> None:
    assert all(2 * last <= first for first, last in first_and_last(Course.RESPONDING))
    assert all(last < 5 for _, last in first_and_last(Course.RECOVERED))
    assert all(last < first < 2 * last for first, last in first_and_last(Course.PARTIAL))
    assert all(abs(first - last) < 5 for first, last in first_and_last(Course.STALLED))
    assert all(last - first >= 4 for first, last in first_and_last(Course.WORSENING))


def test_nobody_seen_has_no_scores() -> None:
    assert scores.phq9_totals(Course.PARTIAL, [], dice(1, "course", 0)) == []


def test_a_blank_is_a_blank() -> None:
    assert scores.with_blank((1, 2, 3), 2) == (1, None, 3)
