"""The ladder after a missed appointment: its dates, where it starts, and what counts as missed in a row."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.errors import RuleViolation
from collabcare.domain.in_a_row import consecutive_missed, consecutive_patient_cancellations
from collabcare.domain.reengagement import (
    AttemptOutcome,
    Channel,
    Missed,
    first_rung,
    ladder_dates,
    ladder_dates_after,
    next_rung,
    outcomes_of,
    refuse_attempt,
    rung_reached,
    rungs,
)
from tests.builders import STATUS_OF, attempt, calendar, contact, contacts, day, ladder, pathway
from tests.builders_reach import does

if TYPE_CHECKING:
    from collabcare.domain.facts import LadderFact

POLICY = pathway().ladder
MISSED = date(2026, 3, 9)
SENT, NO_ANSWER = AttemptOutcome.SENT, AttemptOutcome.NO_ANSWER


def dates(of: LadderFact) -> dict[int, date]:
    """Return the day each rung is due."""
    return {rung.number: rung.due_on for rung in rungs(of, POLICY, calendar())}


def march(number: int) -> date:
    """Return a day of March 2026, running on into April."""
    return date(2026, 2, 28) + timedelta(days=number)


def test_a_monday_miss_climbs_by_working_days() -> None:
    """DNA-W1: the sixth rung waits fourteen days for a reply to the letter."""
    assert dates(ladder(MISSED)) == {
        1: march(9),
        2: march(11),
        3: march(16),
        4: march(23),
        5: march(30),
        6: date(2026, 4, 13),
    }


LATE_SLOTS = {
    "before four": (time(15, 59), march(9)),
    "at four": (time(16, 0), march(10)),
    "in the evening": (time(19, 30), march(10)),
    "time not known": (None, march(9)),
}


@pytest.mark.parametrize(("ended", "first_call"), LATE_SLOTS.values(), ids=LATE_SLOTS)
def test_a_slot_that_ended_late_is_followed_up_the_next_working_day(
    ended: time | None, first_call: date
) -> None:
    found = dates(ladder(MISSED, slot_ended=ended))
    assert (found[1], found[2]) == (first_call, march(11))


def test_a_friday_evening_miss_is_followed_up_on_monday() -> None:
    assert dates(ladder(march(13), slot_ended=time(17, 0)))[1] == march(16)


def test_a_miss_before_a_bank_holiday_skips_it() -> None:
    """DNA-W5's dates on the standard track: Friday 28 August 2026, Monday is a bank holiday."""
    found = dates(ladder(date(2026, 8, 28)))
    assert found[2] == date(2026, 9, 2)
    assert found[3] == date(2026, 9, 7)


def test_a_saturday_clinic_is_followed_up_on_monday() -> None:
    found = dates(ladder(march(14)))
    assert (found[1], found[2]) == (march(16), march(17))


def test_the_reply_is_waited_for_from_the_day_the_letter_went() -> None:
    sent = attempt(5, march(27), channel=Channel.LETTER, outcome=SENT)
    assert dates(ladder(MISSED, attempts=(sent,)))[6] == date(2026, 4, 10)
    late = replace(sent, on=date(2026, 4, 8))
    assert dates(ladder(MISSED, attempts=(late,)))[6] == date(2026, 4, 22)


def test_a_reply_that_would_be_due_on_a_day_off_is_waited_for_until_the_next_working_day() -> None:
    """Fourteen days after Friday 20 March is Good Friday; Tuesday the 7th is the next working day."""
    sent = attempt(5, march(20), channel=Channel.LETTER, outcome=SENT)
    assert dates(ladder(MISSED, attempts=(sent,)))[6] == date(2026, 4, 7)


@pytest.mark.parametrize("outcome", [o for o in AttemptOutcome if o is not SENT])
def test_only_something_sent_counts_as_the_letter(outcome: AttemptOutcome) -> None:
    """A call on the letter's rung is an attempt, but no letter has gone whose reply could be waited for."""
    called = attempt(5, march(27), outcome=outcome)
    found = rungs(ladder(MISSED, attempts=(called,)), POLICY, calendar())
    assert [rung.done_on for rung in found] == [None] * 6
    assert found[-1].due_on == date(2026, 4, 13)


def test_a_second_miss_starts_higher_and_brings_the_gp_and_supervision_forward() -> None:
    """DNA-W8."""
    second = ladder(MISSED, consecutive=2, first_rung=first_rung(POLICY, 2))
    assert dates(second) == {2: march(11), 3: march(16), 4: march(9), 5: march(30), 6: date(2026, 4, 13)}
    assert next_rung(second, POLICY, calendar()).number == 4


@pytest.mark.parametrize(("consecutive", "rung"), [(1, 1), (2, 2), (3, 2), (9, 2)])
def test_a_ladder_starts_at_the_bottom_only_for_a_first_miss(consecutive: int, rung: int) -> None:
    assert first_rung(POLICY, consecutive) == rung


def test_the_next_rung_is_the_earliest_not_tried() -> None:
    one, two = attempt(1, march(9)), attempt(2, march(11))
    steps = [
        next_rung(ladder(MISSED, attempts=tried), POLICY, calendar()) for tried in ((), (one,), (one, two))
    ]
    assert [(rung.number, rung.due_on) for rung in steps] == [(1, march(9)), (2, march(11)), (3, march(16))]


def test_a_rung_left_out_is_still_asked_for() -> None:
    skipped = ladder(MISSED, attempts=(attempt(1, march(9)), attempt(3, march(10))))
    assert next_rung(skipped, POLICY, calendar()).number == 2


def test_a_rung_is_done_on_the_day_it_was_first_tried() -> None:
    twice = ladder(MISSED, attempts=(attempt(1, march(9)), attempt(1, march(12))))
    assert rungs(twice, POLICY, calendar())[0].done_on == march(9)


def test_after_the_last_rung_the_search_stays_open_at_it() -> None:
    """There is no rung after which nothing is asked any more."""
    tried = tuple(each for n in range(1, 7) for each in does(n, march(9 + n)))
    last = next_rung(ladder(MISSED, attempts=tried), POLICY, calendar())
    assert (last.number, last.done_on) == (6, march(15))


REACHED_ROWS = {
    "on the day": ((), march(9), 1),
    "nobody has tried, and the date for the fourth has come": ((), march(23), 4),
    "the day before": ((), march(22), 3),
    "three tried early": ((1, 2, 3), march(10), 4),
    "one tried": ((1,), march(10), 2),
    "all tried": ((1, 2, 3, 4, 5, 6), march(20), 6),
    "years on": ((), date(2028, 1, 1), 6),
}


@pytest.mark.parametrize(("tried", "today", "rung"), REACHED_ROWS.values(), ids=REACHED_ROWS)
def test_how_far_up_the_ladder_is_goes_by_the_date_or_by_the_attempts_whichever_is_further(
    tried: tuple[int, ...], today: date, rung: int
) -> None:
    of = ladder(MISSED, attempts=tuple(attempt(n, march(9)) for n in tried))
    assert rung_reached(of, POLICY, calendar(), today=today) == rung


MISSED_IN_A_ROW = {
    "": 0,
    "A": 0,
    "D": 1,
    "AAD": 1,
    "ADD": 2,
    "DDDD": 4,
    "DDA": 0,
    "DDL": 0,
    "DCD": 2,  # a cancellation neither adds nor resets
    "DPD": 2,
    "DND": 2,  # nor does arriving late
    "ADDA": 0,
    "DDADCC": 1,
    "PPPP": 0,
    "CC": 0,
    "NN": 0,
}


@pytest.mark.parametrize(("history", "missed"), MISSED_IN_A_ROW.items())
def test_only_being_seen_ends_a_run_of_missed_contacts(history: str, missed: int) -> None:
    statuses = [status for letter in history if (status := STATUS_OF[letter])]
    assert consecutive_missed(statuses) == missed


CANCELLED_IN_A_ROW = {
    "": 0,
    "C": 1,
    "CC": 2,  # DNA-W9
    "CCA": 0,  # being seen resets
    "CAC": 1,
    "CPC": 2,  # our own cancellation says nothing of the patient
    "CDC": 1,
    "CbC": 2,
    "CCP": 2,
}


@pytest.mark.parametrize(("history", "cancelled"), CANCELLED_IN_A_ROW.items())
def test_cancellations_by_the_patient_are_counted_apart_from_missing(history: str, cancelled: int) -> None:
    assert consecutive_patient_cancellations(contacts(history)) == cancelled


@given(st.text("CPN", max_size=6), st.text("ALDCPN", max_size=6))
def test_what_is_not_a_dna_never_adds_to_the_count(extra: str, history: str) -> None:
    before = [status for letter in history if (status := STATUS_OF[letter])]
    after = before + [status for letter in extra if (status := STATUS_OF[letter])]
    assert consecutive_missed(after) == consecutive_missed(before)


@given(
    st.dates(date(2025, 1, 1), date(2027, 12, 31)),
    st.none() | st.times(),
    st.integers(1, 5),
    st.none() | st.integers(0, 60),
)
def test_rungs_fall_on_working_days_not_before_the_miss_and_in_order(
    missed_on: date, ended: time | None, consecutive: int, letter_after: int | None
) -> None:
    of = ladder(
        missed_on, slot_ended=ended, consecutive=consecutive, first_rung=first_rung(POLICY, consecutive)
    )
    if letter_after is not None:
        on = missed_on + timedelta(days=letter_after)
        of = replace(of, attempts=(attempt(5, on, channel=Channel.LETTER, outcome=SENT),))
    found = rungs(of, POLICY, calendar())
    assert all(calendar().is_working_day(rung.due_on) for rung in found)
    assert all(rung.due_on >= missed_on for rung in found)
    in_order = [
        rung.due_on
        for rung in found
        if not (consecutive > 1 and rung.number == POLICY.second_miss_rung)
        and not (rung.number == 6 and letter_after is not None)
    ]
    assert in_order == sorted(in_order)


ODD_ATTEMPTS = [
    (Channel.GP_PRACTICE, AttemptOutcome.SPOKE),
    (Channel.SUPERVISION, AttemptOutcome.SPOKE),
    (Channel.CALL, AttemptOutcome.SENT),
    (Channel.VISIT, AttemptOutcome.SENT),
    (Channel.SUPERVISION, AttemptOutcome.SENT),
    (Channel.CALL, AttemptOutcome.DISCUSSED),
    (Channel.LETTER, AttemptOutcome.DISCUSSED),
]


@pytest.mark.parametrize(("channel", "outcome"), ODD_ATTEMPTS)
def test_an_outcome_a_channel_cannot_have_is_refused(channel: Channel, outcome: AttemptOutcome) -> None:
    """Talking to the GP practice is not reaching the patient, and a call is not a letter."""
    with pytest.raises(RuleViolation, match="cannot come of"):
        refuse_attempt(channel, outcome)


@pytest.mark.parametrize("channel", Channel)
def test_every_channel_can_fail_and_all_but_the_professional_ones_can_reach(channel: Channel) -> None:
    possible = outcomes_of(channel)
    for outcome in possible:
        refuse_attempt(channel, outcome)
    assert any(not outcome.reached for outcome in possible)
    professional = channel in {Channel.GP_PRACTICE, Channel.SUPERVISION}
    assert any(outcome.reached for outcome in possible) is not professional


def test_only_speaking_to_the_patient_reaches_them() -> None:
    assert [outcome for outcome in AttemptOutcome if outcome.reached] == [AttemptOutcome.SPOKE]


def test_a_history_of_letters_is_one_contact_a_week() -> None:
    """The tests' own notation, so that a slip in it is not taken for a slip in a rule."""
    assert [c.on for c in contacts("ADb")] == [day(0), day(7), day(14)]
    assert [c.status for c in contacts("ALDCPNb")] == list(STATUS_OF.values())
    assert contact("C", day(3)).cancelled_on == day(3)


def test_a_second_miss_in_a_row_begins_higher_and_brings_the_fourth_step_forward() -> None:
    """DNA-W8: the ladder of a further miss starts at rung 2; the talk with the GP is on the day itself."""
    again = ladder_dates_after(Missed(MISSED, None, 2), POLICY, calendar())
    assert [each.number for each in again] == [2, 3, 4, 5, 6]
    assert next(each.due_on for each in again if each.number == 4) == MISSED
    first = ladder_dates(MISSED, None, POLICY, calendar())
    others = {each.number: each.due_on for each in first if each.number != 4}
    assert all(others[each.number] == each.due_on for each in again if each.number != 4)
    with pytest.raises(RuleViolation, match="counted from 1"):
        ladder_dates_after(Missed(MISSED, None, 0), POLICY, calendar())
