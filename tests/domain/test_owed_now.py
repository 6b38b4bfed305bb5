"""What is owed at once: the same day without a telephone, and the try beside talks after a second miss."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from collabcare.domain.reach_facts import HasteKind, Track
from collabcare.domain.reaching import Route, safe_ways
from collabcare.domain.reengagement import AttemptOutcome as Out
from collabcare.domain.reengagement import Channel as Way
from collabcare.domain.reengagement import rungs
from collabcare.domain.search_letters import OFFER, letter_first, rung_of_letter
from collabcare.domain.search_today import SearchStep, rungs_ahead, search_step
from tests.builders import MONDAY, attempt, calendar, day, ladder
from tests.builders_reach import both_ladders, does, haste, pause, policy, rules, snooze, sought

if TYPE_CHECKING:
    from collabcare.domain.facts import EpisodeFacts

NO_ANSWER, SENT, THIRD = Out.NO_ANSWER, Out.SENT, Out.THIRD_PARTY
MEETS = {
    "a call": (Way.CALL, NO_ANSWER, True),
    "a text": (Way.TEXT, SENT, True),
    "an email": (Way.EMAIL, SENT, True),
    "a visit": (Way.VISIT, NO_ANSWER, True),
    "word with the GP practice": (Way.GP_PRACTICE, THIRD, True),
    "a letter": (Way.LETTER, SENT, False),
    "a letter to the GP practice": (Way.GP_PRACTICE, SENT, False),
    "no answer at the GP practice": (Way.GP_PRACTICE, NO_ANSWER, False),
    "supervision": (Way.SUPERVISION, Out.DISCUSSED, False),
}


def silent() -> EpisodeFacts:
    """Return a search on the Prompt track for somebody without a telephone."""
    of = replace(sought(), haste=(haste(HasteKind.SELF_HARM),))
    return replace(of, patient=replace(of.patient, telephone=None, other_telephone=None))


def step(of: EpisodeFacts, on: int = 0) -> SearchStep:
    """Return the step to act on; there must be one."""
    found = search_step(of, rules(), today=day(on))
    assert found is not None
    return found


@pytest.mark.parametrize("rung", [1, 2])
@pytest.mark.parametrize(("way", "came", "meets"), MEETS.values(), ids=MEETS)
def test_what_meets_a_step_of_the_same_day(rung: int, way: Way, came: Out, meets: bool) -> None:
    search = ladder(MONDAY, attempts=(attempt(rung, channel=way, outcome=came),))
    found = rungs(search, both_ladders().prompt, calendar())[rung - 1]
    assert (found.done_on is not None) is meets


def test_without_a_telephone_the_step_says_what_can_be_done_today_and_offers_no_letter() -> None:
    of = silent()
    found = step(of)
    assert found.what.startswith("No telephone: reach them today by email if safe, a visit")
    assert "Call within" not in found.sentence
    assert letter_first(of, rules(), found) == ""
    ways = safe_ways(of, policy().reach, found.rung)
    assert Route.LETTER not in ways.suggested
    assert Route.GP_PRACTICE in ways.suggested
    ahead = [rung.what for rung in rungs_ahead(of, rules(), found)]
    assert ahead[0].startswith("No telephone: try again today another way")


def test_where_ringing_is_not_safe_it_says_so() -> None:
    of = silent()
    of = replace(
        of,
        patient=replace(of.patient, telephone="01632 960001"),
        reach=replace(of.reach, telephone_safe=False, text_safe=True),
    )
    assert step(of).what.startswith("Ringing is not safe: reach them today")
    assert Route.TEXT in safe_ways(of, policy().reach, step(of).rung).suggested


def test_on_the_standard_track_a_letter_takes_the_place_of_a_call() -> None:
    of = replace(silent(), haste=())
    assert step(of).track.track is Track.STANDARD
    assert letter_first(of, rules(), step(of)) == OFFER


def test_no_words_say_the_same_day_where_the_day_is_another() -> None:
    ladders = both_ladders()
    for rung in (*ladders.standard.rungs, *ladders.prompt.rungs):
        assert "same day" not in rung.what
        assert rung.working_days == 0 or "today" not in f"{rung.what} {rung.cannot_ring}"


def test_a_second_miss_owes_the_try_and_the_talks_and_says_the_try_first() -> None:
    again = step(sought(consecutive=2, first_rung=2))
    assert again.also is not None
    assert (again.rung.number, again.also.number) == (4, 2)
    assert again.what.startswith(
        "Try again by another channel or at another time, by Wed 07-Jan-2026; and talk with the GP practice"
    )
    assert again.what.endswith("by Mon 05-Jan-2026")
    assert (again.rung_of(Way.CALL), again.rung_of(Way.TEXT)) == (2, 2)
    assert (again.rung_of(Way.SUPERVISION), again.rung_of(Way.GP_PRACTICE)) == (4, 4)
    assert rung_of_letter(OFFER, rules(), again) == 2


def test_once_tried_only_the_talks_are_owed_and_once_talked_only_the_try() -> None:
    tried = step(sought(consecutive=2, first_rung=2, attempts=(attempt(2),)))
    assert (tried.rung.number, tried.also) == (4, None)
    talked = step(sought(consecutive=2, first_rung=2, attempts=does(4)))
    assert (talked.rung.number, talked.also) == (2, None)


def test_a_try_kept_under_the_talks_leaves_the_talks_first() -> None:
    again = step(sought(consecutive=2, first_rung=2, attempts=(attempt(4),)))
    assert again.also is not None
    assert again.what.startswith("Talk with the GP practice")


def test_a_first_miss_and_a_try_put_off_owe_one_thing() -> None:
    assert step(sought()).also is None
    put_off = step(sought(consecutive=2, first_rung=2, snoozes=(snooze(day(3), rung=2),)))
    assert put_off.also is not None
    assert put_off.also.due_on == day(2)


def test_where_no_letter_is_safe_no_step_says_to_write() -> None:
    of = sought()
    unsafe = replace(of, reach=replace(of.reach, letters_safe=False))
    ahead = [rung.what for rung in rungs_ahead(unsafe, rules(), step(unsafe))]
    assert not [what for what in ahead if what.startswith(("Write", "Send the keep-in-touch letter"))]
    assert sum(what.startswith("Letters are not safe: ") for what in ahead) == 2


def test_while_they_are_away_no_step_is_said_to_come_before_they_are_back() -> None:
    away = replace(sought(), pauses=(pause(day(9), day(25)),))
    now = step(away, 10)
    assert now.hidden_until == day(25)
    assert min(rung.due_on for rung in rungs_ahead(away, rules(), now)) >= day(25)


def test_of_talks_half_done_it_says_what_is_left() -> None:
    asked = attempt(4, channel=Way.GP_PRACTICE, outcome=Out.DISCUSSED, note="Seen last week")
    half = step(sought(consecutive=2, first_rung=2, attempts=(attempt(2), asked)))
    assert half.what == (
        "Still to do: ask the supervisor. Talk with the GP practice and take to supervision; adapt the offer"
    )
