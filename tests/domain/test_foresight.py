"""What would follow from an outcome, told before it is saved, agrees with what follows once it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from collabcare.domain.codes import AttendanceStatus
from collabcare.domain.contact_clock import next_contact_by
from collabcare.domain.foresight import (
    effect_if_recorded,
    plan_if_attended,
    search_if_missed,
    search_if_paused,
    search_if_put_off,
    shows_again,
    with_contact,
)
from collabcare.domain.ids import ContactId
from collabcare.domain.reach_facts import HasteKind, ReachFacts, SnoozeKind, Track
from tests.builders import MONDAY, contact, day, facts, pathway, rulebook
from tests.builders_reach import haste, pause, snooze, sought

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.facts import ContactFact

UNSAVED = ContactId(0)


def missed(on: int = 21) -> ContactFact:
    """Return a contact about to be recorded as missed."""
    return contact("b", day(on), id=UNSAVED)


def test_a_first_miss_starts_at_the_bottom_on_the_same_day() -> None:
    ahead = search_if_missed(facts("AAA"), missed(), rulebook(), today=day(21))
    assert ahead is not None
    assert (ahead.ladder.consecutive, ahead.rung.number, ahead.due_on) == (1, 1, day(21))
    assert ahead.track.track is Track.STANDARD


def test_a_second_miss_in_a_row_brings_the_gp_and_supervision_forward() -> None:
    ahead = search_if_missed(facts("AD"), missed(14), rulebook(), today=day(14))
    assert ahead is not None
    assert (ahead.ladder.consecutive, ahead.rung.number, ahead.due_on) == (2, 4, day(14))


def test_a_recorded_fact_makes_the_first_call_due_within_two_hours_and_says_why() -> None:
    of = facts("AAA", haste=(haste(HasteKind.SAFEGUARDING, day(1)),))
    ahead = search_if_missed(of, missed(), rulebook(), today=day(21))
    assert ahead is not None
    assert ahead.due_at is not None
    assert (ahead.rung.number, ahead.due_at.hour, ahead.due_at.minute) == (1, 12, 30)
    assert "Safeguarding concern (06-Jan-2026)" in ahead.track.sentence


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"was_not_brought": True}, id="not brought"),
        pytest.param({}, id="needs an interpreter and had none"),
    ],
)
def test_what_is_known_of_this_very_contact_counts(changes: dict[str, Any]) -> None:
    of = facts("AAA", reach=ReachFacts(interpreter_language=None if changes else "pl"))
    ahead = search_if_missed(of, replace(missed(), **changes), rulebook(), today=day(21))
    assert ahead is not None
    assert ahead.track.track is Track.PROMPT


def test_somebody_seen_since_is_not_looked_for() -> None:
    assert search_if_missed(facts("AAA"), missed(10), rulebook(), today=day(21)) is None


def test_a_miss_typed_in_late_is_counted_in_the_search_that_a_later_one_opened() -> None:
    of = sought(day(14), "A")
    ahead = search_if_missed(of, missed(10), rulebook(), today=day(15))
    assert ahead is not None
    assert (ahead.ladder.id, ahead.ladder.missed_on) == (of.ladders[0].id, day(14))
    assert ahead.ladder.consecutive == 2
    over = sought(day(14), "A", closed_on=day(15), closed_because="Reached")
    assert search_if_missed(over, missed(10), rulebook(), today=day(16)) is None


def test_a_miss_during_a_search_begins_the_next_one_higher() -> None:
    of = sought(day(14), "A")
    ahead = search_if_missed(of, missed(21), rulebook(), today=day(21))
    assert ahead is not None
    assert (ahead.ladder.missed_on, ahead.ladder.first_rung, ahead.ladder.consecutive) == (day(21), 2, 2)


@pytest.mark.parametrize(
    ("status", "cancelled_on", "rebook_by"),
    [
        pytest.param("4", day(19), day(25), id="we cancelled, five working days"),
        pytest.param("2", day(19), day(25), id="they cancelled"),
        pytest.param("7", None, day(28), id="too late to be seen"),
        pytest.param("5", None, None, id="seen"),
        pytest.param("3", None, None, id="the search rebooks"),
    ],
)
def test_what_falls_through_is_rebooked_in_the_days_of_the_service_model(
    status: str, cancelled_on: date | None, rebook_by: date | None
) -> None:
    about = replace(missed(), cancelled_on=cancelled_on)
    effect = effect_if_recorded(facts("AAA"), about, AttendanceStatus(status), rulebook(), today=day(21))
    assert effect.rebook_by == rebook_by
    assert effect.held_against_patient is (status == "3")


def test_a_second_cancellation_by_the_patient_asks_what_would_help() -> None:
    of = facts("AC")
    effect = effect_if_recorded(
        of, missed(), AttendanceStatus.CANCELLED_BY_PATIENT, rulebook(), today=day(21)
    )
    assert effect.sentence.startswith("Cancelled again.")
    assert not effect.starts_search


@pytest.mark.parametrize(("history", "weeks"), [("", 1), ("A", 1), ("AAAA", 2), ("AD", 1)])
def test_the_plan_after_a_contact_is_the_one_the_rule_gives_once_it_is_recorded(
    history: str, weeks: int
) -> None:
    on = day(7 * len(history))
    held = contact("A", on, id=ContactId(len(history) + 1))
    once_recorded = replace(facts(history), contacts=(*facts(history).contacts, held))
    planned = plan_if_attended(facts(history), replace(held, id=UNSAVED, status=None), pathway())
    assert planned == on + timedelta(weeks=weeks) == next_contact_by(once_recorded, pathway())


def test_the_outcome_of_a_booking_takes_its_place() -> None:
    booked = facts("Ab")
    with_outcome = with_contact(booked, contact("A", day(7), id=booked.contacts[1].id))
    assert [c.status for c in with_outcome.contacts].count(None) == 0
    assert [c.on for c in with_outcome.contacts] == [MONDAY, day(7)]


def test_putting_off_and_pausing_say_the_same_day_for_the_same_thing() -> None:
    of, today = sought(MONDAY), MONDAY
    put_off = search_if_put_off(of, snooze(day(2)), rulebook(), today=today)
    paused = search_if_paused(of, pause(MONDAY, day(2)), rulebook(), today=today)
    assert put_off is not None
    assert paused is not None
    assert put_off.due_on == paused.due_on == day(2)
    for step in (put_off, paused):
        assert shows_again(step, today=today).startswith("The search shows again on Wed 07-Jan-2026.")


def test_what_is_put_off_never_shows_before_a_known_absence_is_over() -> None:
    away = replace(sought(MONDAY), pauses=(pause(MONDAY, day(11)),))
    step = search_if_put_off(away, snooze(day(2)), rulebook(), today=MONDAY)
    assert step is not None
    assert step.due_on == day(11)
    assert shows_again(step, today=MONDAY) == "The search shows again on Fri 16-Jan-2026."


def test_a_call_put_off_does_not_hide_the_next_step_that_is_due() -> None:
    step = search_if_put_off(sought(MONDAY), snooze(day(16), day(14)), rulebook(), today=day(14))
    assert step is not None
    assert step.rung.number == 2
    assert shows_again(step, today=day(14)).startswith(
        "The next step of the search is due already: try again"
    )


def test_where_another_step_comes_before_the_one_put_off_both_days_are_said() -> None:
    missed_on = day(3)
    step = search_if_put_off(sought(missed_on), snooze(day(8), day(4)), rulebook(), today=day(4))
    assert step is not None
    assert (step.rung.number, step.due_on) == (2, day(7))
    assert shows_again(step, today=day(4), put_off=(1, day(8))) == (
        "Put off until Tue 13-Jan-2026. Before that another step is due, on Mon 12-Jan-2026: "
        f"{step.what[:1].lower()}{step.what[1:]}."
    )
    assert shows_again(step, today=day(4), put_off=(2, day(8))).startswith(
        "Put off until Tue 13-Jan-2026. The search shows again on Mon 12-Jan-2026."
    )
    waits = step._replace(due_on=day(8))
    assert shows_again(waits, today=day(4), put_off=(2, day(8))) == "Put off until Tue 13-Jan-2026."


def test_a_pause_does_not_shorten_what_waits_for_an_appointment() -> None:
    of = sought(MONDAY)
    asked = snooze(day(8), kind=SnoozeKind.REBOOKED)
    step = search_if_put_off(of, asked, rulebook(), today=MONDAY, booked_on=day(7))
    assert step is not None
    assert step.due_on == day(8)
    waiting = replace(
        of,
        contacts=(*of.contacts, contact("b", day(7), id=ContactId(9))),
        ladders=tuple(replace(each, snoozes=(asked,)) for each in of.ladders),
    )
    paused = search_if_paused(waiting, pause(MONDAY, day(2)), rulebook(), today=MONDAY)
    assert paused is not None
    assert paused.due_on == day(8)


def test_where_nobody_is_sought_nothing_shows_again() -> None:
    assert search_if_paused(facts("AAA"), pause(MONDAY, day(2)), rulebook(), today=MONDAY) is None
    assert shows_again(None, today=MONDAY) == ""
