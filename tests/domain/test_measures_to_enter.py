"""Which questionnaire comes next, and what is asked before a second one of a day."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.measures_to_enter import entered_already, entered_on, next_to_enter, second_of_the_day
from tests.builders import MONDAY, facts, instruments, measure

BOTH = ("phq9", "gad7")
FORTNIGHT = 14


def test_a_second_form_of_a_day_is_asked_about_in_plain_words() -> None:
    held = facts(measures=(measure(16),))
    first = entered_on(held, "phq9", MONDAY)
    assert first is not None
    assert entered_on(held, "gad7", MONDAY) is None
    assert entered_on(held, "phq9", MONDAY + timedelta(days=1)) is None
    phq9 = instruments()["phq9"]
    assert second_of_the_day(phq9, first, today=MONDAY) == (
        "PHQ-9 was already entered today: 16. A second one on the same day replaces it as that day's score. "
        "Enter it as a correction?"
    )
    later = entered_already(phq9, first, today=MONDAY + timedelta(days=3))
    assert later.startswith("PHQ-9 was already entered for Mon ")


def test_what_is_due_comes_before_what_is_not() -> None:
    lately, long_ago = MONDAY - timedelta(days=3), MONDAY - timedelta(days=20)
    held = facts(measures=(measure(9, long_ago, instrument="gad7"), measure(16, lately)))
    assert next_to_enter(held, BOTH, (MONDAY,), interval_days=FORTNIGHT) == "gad7"
    assert next_to_enter(held, BOTH, (MONDAY, lately), interval_days=FORTNIGHT) == "gad7"
    assert next_to_enter(held, ("phq9",), (MONDAY,), interval_days=FORTNIGHT) == "phq9"
    assert next_to_enter(held, ("phq9",), (MONDAY, lately), interval_days=FORTNIGHT) is None
    assert next_to_enter(facts(), BOTH, (MONDAY,), interval_days=FORTNIGHT) == "phq9"


@given(st.lists(st.tuples(st.sampled_from(BOTH), st.integers(0, 40)), max_size=6))
def test_what_is_entered_that_day_is_never_offered(entered: list[tuple[str, int]]) -> None:
    forms = (measure(5, MONDAY - timedelta(days=ago), instrument=name) for name, ago in entered)
    held = facts(measures=tuple(forms))
    offered = next_to_enter(held, BOTH, (MONDAY,), interval_days=FORTNIGHT)
    today = {name for name, ago in entered if ago == 0}
    assert offered not in today
    assert (offered is None) == (today == set(BOTH))
