"""The misses since a patient was last in touch, what was tried since, and any word from them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.ids import ContactId, LadderId
from collabcare.domain.missed_run import is_attempt, missed_run
from collabcare.domain.reengagement import AttemptOutcome, Channel, outcomes_of
from tests.builders import attempt, contact, contacts, day, facts
from tests.builders_reach import at, searching, sought, tries

if TYPE_CHECKING:
    from collabcare.domain.facts import EpisodeFacts

TODAY = day(100)


def searched(history: str) -> EpisodeFacts:
    """Return a weekly history in which each miss opened a search with one call the next day."""
    held = contacts(history)
    missed = [each for each in held if each.status is not None and each.status.value == "3"]
    opened = tuple(
        searching(each.on, each.id, id=LadderId(n), attempts=(attempt(1, day((each.on - day(0)).days + 1)),))
        for n, each in enumerate(missed, start=1)
    )
    return facts(contacts=held, ladders=opened)


RUNS = {
    "D": (0, 1, False),
    "AD": (1, 1, False),
    "DD": (0, 2, False),
    "DAD": (2, 1, False),  # what was tried before they were seen counts for nothing
    "DCD": (2, 1, False),  # a cancellation is a word from them
    "DND": (2, 1, False),
    "DPD": (0, 2, False),  # ours is not
    "DA": (0, 1, True),
    "DC": (0, 1, True),
    "DN": (0, 1, True),
    "DP": (0, 1, False),
    "Db": (0, 1, False),
}


@pytest.mark.parametrize(("history", "expected"), RUNS.items())
def test_a_run_lasts_from_the_last_word_from_them(history: str, expected: tuple[int, int, bool]) -> None:
    found = missed_run(searched(history), today=TODAY)
    week, attempts, heard = expected
    assert found.began_on == day(7 * week)
    assert (len(found.attempts), found.heard_since is not None) == (attempts, heard)


def test_without_a_miss_there_is_no_run() -> None:
    found = missed_run(facts("AC"), today=TODAY)
    assert (found.last, found.began_on, found.attempts, found.heard_since) == (None, None, (), None)


def test_having_spoken_between_two_misses_begins_another_run() -> None:
    """DNA-W8: called, rebooked, missed again."""
    of = searched("DD")
    spoke = attempt(2, day(3), outcome=AttemptOutcome.SPOKE)
    first = replace(of.ladders[0], attempts=(*of.ladders[0].attempts, spoke), closed_on=day(3))
    found = missed_run(replace(of, ladders=(first, of.ladders[1])), today=TODAY)
    assert (found.began_on, found.heard_before, len(found.attempts)) == (day(7), day(3), 1)
    assert found.heard_since is None


SAME_DAY = [
    pytest.param("A", 9, False, id="seen in the morning, missed at noon"),
    pytest.param("A", 15, True, id="missed at noon, seen in the afternoon"),
    pytest.param("C", 9, True, id="cancelled another that day"),
]


@pytest.mark.parametrize(("letter", "hour", "heard"), SAME_DAY)
def test_on_one_day_the_order_tells(letter: str, hour: int, heard: bool) -> None:
    noon = contact("D", day(7), id=ContactId(1), at=at(day(7), 12).time())
    other = contact(letter, day(7), id=ContactId(2), at=at(day(7), hour).time())
    held = (other, noon) if hour < 12 else (noon, other)
    found = missed_run(facts(contacts=held, ladders=(searching(day(7), noon.id),)), today=TODAY)
    assert (found.heard_since is not None) is heard


def test_in_touch_after_the_slot_is_a_word_from_them() -> None:
    of = sought()
    called = replace(of.contacts[0], contacted_after=True, note="Rang, had forgotten")
    found = missed_run(replace(of, contacts=(called,)), today=TODAY)
    assert found.heard_since is not None
    assert "in touch after" in found.heard_since.how


@pytest.mark.parametrize("note", ["", "x", "11:30"])
def test_a_tick_without_what_they_said_is_none(note: str) -> None:
    of = sought()
    ticked = replace(of.contacts[0], contacted_after=True, note=note)
    assert missed_run(replace(of, contacts=(ticked,)), today=TODAY).heard_since is None


def test_what_was_tried_with_wrong_details_counts_for_nothing() -> None:
    of = sought(attempts=tries(day(0)), restarted_at=at(day(3)))
    assert [each.rung for each in missed_run(of, today=TODAY).attempts] == [3, 5]


def test_a_miss_to_come_is_none_yet() -> None:
    assert missed_run(sought(day(7)), today=day(3)).last is None


@pytest.mark.parametrize("channel", Channel)
def test_talking_about_somebody_is_no_attempt_to_reach_them(channel: Channel) -> None:
    for outcome in outcomes_of(channel):
        counts = is_attempt(attempt(1, channel=channel, outcome=outcome))
        if channel is Channel.GP_PRACTICE:
            assert counts is (outcome in {AttemptOutcome.LEFT_MESSAGE, AttemptOutcome.SENT})
        else:
            assert counts is (channel is not Channel.SUPERVISION)


@given(st.text("ADCPNLb", min_size=1, max_size=10))
def test_it_agrees_with_reading_the_history_backwards(history: str) -> None:
    words = history.replace("P", "").replace("b", "")
    after_last_miss = words.rpartition("D")[2] if "D" in words else ""
    run = words.rpartition("D")[0] + "D" if "D" in words else ""
    in_a_row = len(run) - len(run.rstrip("D"))
    found = missed_run(searched(history), today=TODAY)
    assert len(found.attempts) == in_a_row
    assert (found.heard_since is not None) is bool(after_last_miss)
