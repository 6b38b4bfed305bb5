"""Days promised: kept on the day or before, kept late, still to come, or gone by."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.ids import ContactId
from collabcare.domain.promises import Kept, promises, promises_of
from collabcare.domain.reengagement import AttemptOutcome
from tests.builders import contact, day, facts, ladder
from tests.builders_loop import spoke, tried

if TYPE_CHECKING:
    from collabcare.domain.facts import AttemptFact

MOTHER = tried(2, AttemptOutcome.THIRD_PARTY, spoke_to="His mother", promised_on=day(5))


@pytest.mark.parametrize(
    ("seen", "spoken", "today", "kept", "on"),
    [
        pytest.param([], [], 5, Kept.OPEN, None, id="the day itself is not over"),
        pytest.param([], [], 6, Kept.PASSED, None, id="the day after"),
        pytest.param([5], [], 6, Kept.KEPT, 5, id="seen on the day"),
        pytest.param([4], [], 4, Kept.KEPT, 4, id="seen before it"),
        pytest.param([9], [], 9, Kept.LATE, 9, id="seen after it"),
        pytest.param([], [3], 9, Kept.KEPT, 3, id="rang before it"),
        pytest.param([9], [7], 9, Kept.LATE, 7, id="the first word counts"),
        pytest.param([1], [], 9, Kept.PASSED, None, id="seen before it was promised"),
        pytest.param([], [0], 9, Kept.PASSED, None, id="spoken to before it was promised"),
        pytest.param([8], [], 7, Kept.PASSED, None, id="what is still to come is not known"),
    ],
)
def test_what_became_of_a_promise(
    seen: list[int], spoken: list[int], today: int, kept: Kept, on: int | None
) -> None:
    attempts = sorted([MOTHER, *(spoke(n) for n in spoken)], key=lambda each: each.at)
    (found,) = promises(attempts, [(day(n), time(10)) for n in seen], today=day(today))
    assert (found.kept, found.kept_on) == (kept, None if on is None else day(on))


@pytest.mark.parametrize(
    ("at", "kept"),
    [(time(10), Kept.OPEN), (time(12), Kept.KEPT), (None, Kept.OPEN)],
    ids=["seen before it that day", "seen after it that day", "at a time nobody knows"],
)
def test_on_its_own_day_the_time_tells(at: time | None, kept: Kept) -> None:
    """It was made at 11 o'clock."""
    (found,) = promises([MOTHER], [(day(2), at)], today=day(3))
    assert found.kept is kept


def test_an_answer_entered_days_later_counts_from_its_own_day() -> None:
    entered = datetime.combine(day(9), time(9), UTC)
    promised = spoke(2, at=entered, promised_on=day(4))
    (found,) = promises([promised], [(day(4), time(10))], today=day(9))
    assert found.kept is Kept.KEPT


def test_it_is_said_who_promised_and_what_came_of_it() -> None:
    said = [promises([MOTHER], seen, today=day(6))[0].sentence for seen in ([], [(day(6), time(10))])]
    assert said == [
        "His mother said 10-Jan-2026; nothing heard yet.",
        "His mother said 10-Jan-2026; in touch on 11-Jan-2026.",
    ]
    own = tried(2, promised_on=day(5))
    assert promises([own], [], today=day(3))[0].sentence == "They said 10-Jan-2026."


def test_promises_of_an_episode_stand_in_the_order_in_which_they_were_made() -> None:
    second = tried(9, AttemptOutcome.THIRD_PARTY, promised_on=day(12))
    of = facts(
        contacts=(
            contact("D"),
            contact("D", day(7), id=ContactId(2)),
            contact("A", day(12), id=ContactId(3)),
        ),
        ladders=(ladder(day(7), attempts=(second,)), ladder(attempts=(MOTHER, tried(1)))),
    )
    found = promises_of(of, today=day(13))
    assert [(each.promised_on, each.kept) for each in found] == [
        (day(5), Kept.LATE),
        (day(12), Kept.KEPT),
    ]


@given(
    st.lists(st.tuples(st.integers(0, 20), st.integers(0, 30), st.booleans()), max_size=6),
    st.lists(st.integers(0, 30), max_size=4),
    st.integers(0, 30),
)
def test_a_promise_is_kept_after_it_was_made_and_never_in_the_future(
    made: list[tuple[int, int, bool]], seen: list[int], today: int
) -> None:
    attempts: list[AttemptFact] = [
        tried(on, AttemptOutcome.SPOKE if reached else AttemptOutcome.THIRD_PARTY, promised_on=day(promised))
        for on, promised, reached in sorted(made)
    ]
    found = promises(attempts, [(day(n), None) for n in seen], today=day(today))
    assert len(found) == sum(on <= today for on, _promised, _reached in made)
    for each in found:
        if each.kept_on is not None:
            assert each.attempt.on <= each.kept_on <= day(today)
        assert (each.kept in {Kept.KEPT, Kept.LATE}) == (each.kept_on is not None)
        assert (each.kept is Kept.OPEN) == (each.kept_on is None and day(today) <= each.promised_on)
