"""Where a search stands today: the step that shows, what holds it back, and that nothing ends it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.episode import Phase
from collabcare.domain.ids import ContactId
from collabcare.domain.reach_facts import HasteKind, SnoozeKind, Track
from collabcare.domain.reengagement import AttemptOutcome, Channel
from collabcare.domain.search_rules import SearchRules
from collabcare.domain.search_today import rungs_ahead, search_step
from tests.builders import MONDAY, attempt, calendar, contact, day, facts, pathway, patient, review
from tests.builders_reach import (
    PROMPT_PAUSE_DAYS,
    does,
    haste,
    pause,
    policy,
    rules,
    snooze,
    sought,
    track_move,
)

if TYPE_CHECKING:
    from collabcare.domain.facts import AttemptFact, EpisodeFacts
    from collabcare.domain.search_today import SearchStep

SENT, DISCUSSED = AttemptOutcome.SENT, AttemptOutcome.DISCUSSED
PROMPT = (haste(HasteKind.SAFEGUARDING, day(-20)),)


def step(of: EpisodeFacts, today: date = MONDAY) -> SearchStep:
    """Return the step to act on; there must be one."""
    found = search_step(of, rules(), today=today)
    assert found is not None
    return found


def test_the_first_step_is_due_the_same_day_and_says_why() -> None:
    found = step(sought())
    assert (found.rung.number, found.due_on, found.due_at, found.hidden_until) == (1, MONDAY, None, None)
    assert found.sentence.startswith("Did not attend Mon 05-Jan-2026. Call; check the details")
    assert [used.words for used in found.used][:3] == [
        "Missed on: 05-Jan-2026",
        "Missed in a row: 1",
        "Attempts: 0",
    ]
    assert (found.rule, bool(found.source)) == ("reengagement_step", True)


def test_a_second_miss_is_said() -> None:
    assert "2 in a row" in step(sought(consecutive=2, first_rung=2)).sentence


def test_a_fact_recorded_now_makes_the_search_prompt_at_once() -> None:
    of = sought()
    later = day(2)
    assert step(of, later).track.track is Track.STANDARD
    prompt = step(replace(of, haste=PROMPT), later)
    assert (prompt.track.track, prompt.rung.number, prompt.due_on) == (Track.PROMPT, 1, MONDAY)
    assert prompt.due_at is not None
    assert prompt.due_at.hour == 12
    agreed = replace(of, haste=PROMPT, track_moves=(track_move(Track.STANDARD, later),))
    assert step(agreed, later).track.track is Track.STANDARD


def test_worsening_makes_it_prompt() -> None:
    found = search_step(sought(), rules(), today=MONDAY, worsening_on=day(-3))
    assert found is not None
    assert found.track.track is Track.PROMPT


NOBODY = [
    pytest.param(facts("A"), id="nothing missed"),
    pytest.param(replace(sought(), patient=patient(died_on=day(1))), id="died"),
    pytest.param(replace(sought(), phase=Phase.CLOSED), id="closed"),
    pytest.param(sought(closed_on=day(1)), id="found"),
]


@pytest.mark.parametrize("of", NOBODY)
def test_nobody_is_sought(of: EpisodeFacts) -> None:
    assert search_step(of, rules(), today=day(2)) is None


def test_a_call_put_off_is_hidden_until_its_day_and_then_shows() -> None:
    of = sought(snoozes=(snooze(day(2)),))
    waiting = step(of, day(1))
    assert (waiting.rung.number, waiting.due_on, waiting.hidden_until) == (1, day(2), day(2))
    assert waiting.because == "Put off until Wed 07-Jan-2026: At work until then"
    shown = step(of, day(2))
    assert (shown.due_on, shown.hidden_until, shown.because) == (day(2), None, "")


def test_while_one_step_waits_another_that_is_due_shows() -> None:
    """The first call waits until Wednesday, so the fourth step, brought forward by a second miss, is next."""
    of = sought(consecutive=2, first_rung=1, snoozes=(snooze(day(2)),))
    assert step(of, day(1)).rung.number == 4


def test_a_step_of_the_first_prompt_day_waits_for_no_other_day() -> None:
    """Also where it was put off before the search was on that track."""
    found = step(replace(sought(snoozes=(snooze(day(1)),)), haste=PROMPT))
    assert (found.rung.number, found.due_on, found.hidden_until) == (1, MONDAY, None)
    assert found.due_at is not None


def test_a_step_that_waits_or_is_late_hides_no_later_one() -> None:
    late = step(sought(), day(15))
    assert [each.number for each in late.due_too] == [2, 3, 4]
    assert "Due as well: " in late.sentence
    assert step(sought()).due_too == ()
    waits = step(sought(snoozes=(snooze(day(8), day(7)),)), day(7))
    assert (waits.rung.number, [each.number for each in waits.due_too]) == (2, [3])


def test_a_rebooked_appointment_hides_the_search_until_the_working_day_after_it() -> None:
    booked = contact("b", day(4), id=ContactId(9))
    of = sought(snoozes=(snooze(day(7), kind=SnoozeKind.REBOOKED),))
    of = replace(of, contacts=(*of.contacts, booked))
    assert step(of, day(1)).hidden_until == day(7)
    cancelled = replace(of, contacts=(*of.contacts[:-1], contact("C", day(4), id=ContactId(9))))
    assert (step(cancelled, day(1)).hidden_until, step(cancelled, day(1)).due_on) == (None, MONDAY)


def test_a_known_absence_puts_the_search_off_until_its_return_date() -> None:
    of = replace(sought(), pauses=(pause(day(1), day(15)),))
    away = step(of, day(3))
    assert (away.hidden_until, away.because) == (day(15), "Away until Tue 20-Jan-2026: In hospital")
    back = step(of, day(15))
    assert (back.hidden_until, back.due_on) == (None, MONDAY)


def test_days_away_do_not_count_towards_the_steps_to_come() -> None:
    called = sought(attempts=(attempt(1, MONDAY),))
    of = replace(called, pauses=(pause(day(1), day(15), ended_on=day(8)),))
    assert step(called, day(8)).due_on == day(2)
    assert (step(of, day(8)).rung.number, step(of, day(8)).due_on) == (2, day(9))


def test_an_absence_without_a_return_date_puts_nothing_off() -> None:
    of = replace(sought(), pauses=(pause(day(1), None),))
    assert (step(of, day(3)).hidden_until, step(of, day(3)).due_on) == (None, MONDAY)


def test_an_absence_over_before_the_miss_changes_nothing() -> None:
    of = replace(sought(), pauses=(pause(day(-20), day(-10)),))
    assert step(of, day(3)) == step(sought(), day(3))


def test_when_all_is_done_the_supervisor_looks_each_week_until_they_are_in_touch() -> None:
    days = {1: MONDAY, 2: MONDAY, 3: day(1), 4: day(3)}
    done = tuple(each for n, on in days.items() for each in does(n, on, prompt=True))
    of = replace(sought(attempts=done), haste=PROMPT)
    unbooked = step(of, day(4))
    assert (unbooked.rung.number, unbooked.due_on, unbooked.books_first) == (4, day(3), True)
    assert unbooked.what.startswith("Still to do: book a firm appointment, and tell them of it. Write with a")
    of = replace(of, contacts=(*of.contacts, contact("b", day(16), id=ContactId(9))))
    assert (step(of, day(4)).rung.number, step(of, day(4)).due_on) == (4, day(10))
    reviewed = replace(of, reviews=(review(day(9)), review(day(30))))
    assert step(reviewed, day(11)).due_on == day(16)
    assert step(reviewed, day(400)).due_on == day(37)


def test_a_letter_with_a_firm_appointment_is_written_once_there_is_one_and_done_once_it_is_sent() -> None:
    done = tuple(each for n in (1, 2, 3) for each in does(n, prompt=True))
    of = replace(sought(attempts=done), haste=PROMPT)
    assert (step(of).rung.number, step(of).books_first) == (4, True)
    assert step(of).what.startswith("Book a firm appointment first. Write with a firm appointment")
    booked = replace(of, contacts=(*of.contacts, contact("b", day(9), id=ContactId(9))))
    assert not step(booked).books_first
    assert step(booked).what.startswith(
        "Still to do: send them word of the appointment on Wed 14-Jan-2026. Write with a firm appointment"
    )
    fell = replace(of, contacts=(*of.contacts, contact("P", day(9), id=ContactId(9))))
    assert step(fell).books_first


def test_how_far_it_is_goes_by_its_own_ladder() -> None:
    assert step(sought(), day(14)).reached == 4
    assert step(replace(sought(), haste=PROMPT), day(3)).reached == 4


def test_a_search_of_400_days_is_still_there() -> None:
    found = step(sought(), day(400))
    assert (found.rung.number, found.due_on, found.reached) == (1, MONDAY, 6)


def test_the_rules_take_both_ladders_from_the_service_model() -> None:
    of = SearchRules.of(pathway(), policy(), calendar(), prompt_pause_days=PROMPT_PAUSE_DAYS)
    assert of == rules()


DAYS = st.integers(0, 60)


@given(
    st.lists(st.tuples(st.integers(1, 6), DAYS, st.sampled_from(AttemptOutcome)), max_size=6),
    st.lists(st.tuples(st.integers(1, 6), DAYS, st.integers(1, 9)), max_size=4),
    st.lists(st.tuples(DAYS, st.none() | st.integers(1, 40)), max_size=2),
    st.integers(0, 500),
    st.booleans(),
)
def test_an_open_search_always_has_a_step_with_a_day(
    tried: list[tuple[int, int, AttemptOutcome]],
    later: list[tuple[int, int, int]],
    away: list[tuple[int, int | None]],
    today: int,
    prompt: bool,
) -> None:
    of = sought(
        attempts=tuple(attempt(rung, day(on), outcome=outcome) for rung, on, outcome in tried),
        snoozes=tuple(snooze(day(on + n), day(on), rung=rung) for rung, on, n in later),
    )
    absences = tuple(pause(day(on), day(on + n) if n is not None else None) for on, n in away)
    found = step(replace(of, pauses=absences, haste=PROMPT if prompt else ()), day(today))
    assert found.due_on >= MONDAY
    assert calendar().is_working_day(found.rung.due_on)
    assert found.hidden_until is None or found.hidden_until > day(today)
    longest = max([28, *(n or 0 for _on, n in away)])
    assert found.hidden_until is None or found.hidden_until <= day(today) + timedelta(days=longest + 10)


def test_the_steps_ahead_are_those_left_after_the_one_to_act_on_by_their_days() -> None:
    of = sought(attempts=(attempt(1, MONDAY),))
    found = step(of, MONDAY)
    ahead = rungs_ahead(of, rules(), found)
    assert found.rung.number == 2
    assert [rung.number for rung in ahead] == [3, 4, 5, 6]
    assert [rung.due_on for rung in ahead] == sorted(rung.due_on for rung in ahead)
    again = sought(consecutive=2, first_rung=2)
    assert [rung.number for rung in rungs_ahead(again, rules(), step(again, MONDAY))] == [3, 5, 6]


def test_when_all_is_done_nothing_is_ahead() -> None:
    of = sought(attempts=tuple(each for n in range(1, 7) for each in does(n)))
    assert rungs_ahead(of, rules(), step(of, day(30))) == ()


def test_a_bank_holiday_proclaimed_late_moves_the_steps_to_come_and_nothing_done() -> None:
    """Every date is counted afresh: a day off learnt of on the day before is off for every open search."""
    of = sought(attempts=(attempt(1, MONDAY),))
    late = replace(rules(), calendar=replace(rules().calendar, days_off=rules().calendar.days_off | {day(2)}))
    before, after = (search_step(of, each, today=day(1)) for each in (rules(), late))
    assert before is not None
    assert after is not None
    assert (before.due_on, after.due_on) == (day(2), day(3))
    assert after.ladder == before.ladder


# a promised day that has gone by


def promised(on: int, *later: AttemptFact, spoke_to: str = "") -> EpisodeFacts:
    """Return a search in which, at the second step, somebody said they would be in touch by a day."""
    first, told = attempt(1, day(0)), AttemptOutcome.THIRD_PARTY
    said = attempt(2, day(2), outcome=told, promised_on=day(on), spoke_to=spoke_to)
    return sought(attempts=(first, said, *later))


def test_a_promised_day_that_goes_by_brings_the_step_to_that_day_and_says_so() -> None:
    of = promised(3, spoke_to="His mother")
    own = step(of, day(3))
    assert (own.promise, own.due_on > day(4)) == (None, True)
    gone = step(of, day(4))
    assert (gone.rung, gone.due_on, gone.hidden_until, gone.because) == (own.rung, day(3), None, "")
    assert "His mother said they would be in touch on Thu 08-Jan-2026; nothing heard yet. " in gone.sentence
    assert "They said they would be in touch" in step(promised(3), day(4)).sentence


@pytest.mark.parametrize("on", range(2, 40))
def test_a_promise_never_puts_a_step_off_and_is_said_once_its_day_has_gone_by(on: int) -> None:
    own = step(promised(on), day(on)).due_on
    after = step(promised(on), day(on + 1))
    assert after.due_on == min(day(on), own)
    assert "nothing heard yet" in after.sentence


def test_once_they_are_in_touch_or_we_try_again_the_step_keeps_its_own_day() -> None:
    of = promised(3)
    seen = replace(of, contacts=(*of.contacts, contact("A", day(3), id=ContactId(9))))
    assert step(seen, day(4)).promise is None
    assert step(promised(3, attempt(2, day(4))), day(4)).promise is None
    assert step(promised(5, attempt(2, day(4))), day(6)).promise is not None


def test_a_call_put_off_does_not_hold_back_a_promise_gone_by_and_an_absence_does() -> None:
    of = promised(3)
    rung = step(of, day(3)).rung.number
    before = replace(of.ladders[0], snoozes=(snooze(day(9), day(2), rung=rung),))
    assert step(replace(of, ladders=(before,)), day(4)).due_on == day(3)
    since = replace(of.ladders[0], snoozes=(snooze(day(9), day(4), rung=rung),))
    assert step(replace(of, ladders=(since,)), day(4)).promise is None
    away = step(replace(of, pauses=(pause(day(3), day(20)),)), day(4))
    assert (away.promise, away.due_on >= day(20)) == (None, True)


def test_a_step_of_two_parts_says_first_what_is_still_to_do() -> None:
    practice, supervision = Channel.GP_PRACTICE, Channel.SUPERVISION
    asked = "Talk with the GP practice and take to supervision; adapt the offer"
    unmade = step(sought(first_rung=4))
    assert (unmade.rung.number, unmade.rung.what, unmade.rung.ways) == (4, asked, (practice, supervision))
    told = attempt(4, channel=practice, outcome=DISCUSSED)
    half = step(sought(first_rung=4, attempts=(told,)))
    assert half.rung.what == f"Still to do: ask the supervisor. {asked}"
    assert half.rung.ways == (supervision,)
    assert half.sentence.startswith("Did not attend Mon 05-Jan-2026. Still to do: ask the supervisor")
    other = attempt(4, channel=supervision, outcome=DISCUSSED)
    assert step(sought(first_rung=4, attempts=(other,))).rung.what.startswith(
        "Still to do: ask the GP practice."
    )
    both = step(sought(first_rung=4, attempts=(told, other)))
    assert both.rung.number != 4


def test_a_part_that_came_to_nothing_or_before_the_details_were_right_is_still_to_do() -> None:
    practice = Channel.GP_PRACTICE
    nobody = attempt(4, channel=practice, outcome=AttemptOutcome.NO_ANSWER)
    assert not step(sought(first_rung=4, attempts=(nobody,))).rung.what.startswith("Still")
    told = attempt(4, channel=practice, outcome=DISCUSSED)
    again = sought(first_rung=1, attempts=(told,), restarted_at=told.at + timedelta(hours=1))
    assert all(not each.what.startswith("Still") for each in rungs_ahead(again, rules(), step(again)))
