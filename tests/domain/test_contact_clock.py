"""The contact clock: by when a patient is to be seen, and what does not put it off."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.codes import AttendanceStatus
from collabcare.domain.contact_clock import booked_late, contact_by, next_contact_by
from collabcare.domain.due import what_is_due
from collabcare.domain.due_kinds import DueKind
from collabcare.domain.episode import Phase
from collabcare.domain.foresight import effect_if_recorded
from collabcare.domain.ids import ContactId
from tests.builders import (
    contact,
    contacts,
    day,
    facts,
    ladder,
    pathway,
    rulebook,
)
from tests.domain.whats_due import CLOCK, CONTACT, FIRST, REBOOK, REENGAGE, clock, due, only

if TYPE_CHECKING:
    from collabcare.domain.facts import EpisodeFacts


def test_a_referral_with_nothing_booked_waits_for_its_first_contact() -> None:
    assert only(facts(), day(7), *CLOCK) == [
        (FIRST, day(7), "Referred 29-Dec-2025, waiting 14 days; nothing booked")
    ]


def test_a_first_contact_missed_leaves_the_first_contact_clock_running() -> None:
    """WAIT-W4: only being seen stops it."""
    missed = facts("D", ladders=(ladder(day(0), closed_on=day(1)),))
    assert clock(missed, day(20)) == [(REBOOK, day(7))]
    assert clock(facts("A"), day(20)) == [(CONTACT, day(7))]


PLAN_ROWS = [("A" * seen, weeks) for seen, weeks in enumerate((1, 1, 1, 1, 2, 2, 2, 2, 2, 4, 4, 4), start=1)]


@pytest.mark.parametrize(("history", "weeks"), PLAN_ROWS, ids=[len(row[0]) for row in PLAN_ROWS])
def test_the_next_contact_follows_the_plan_of_ten_in_fourteen_weeks_and_then_every_four(
    history: str, weeks: int
) -> None:
    of = facts(history)
    last = of.contacts[-1].on
    assert only(of, last, CONTACT) == [
        (
            CONTACT,
            last + timedelta(weeks=weeks),
            f"Last seen {last.day:02d}-{last:%b}-2026; nothing booked",
        )
    ]


@pytest.mark.parametrize("extra", ["D", "C", "P", "N", "DD", "CP", "DCPN"])
def test_a_missed_or_cancelled_contact_does_not_move_the_contact_clock(extra: str) -> None:
    """The clock that a missed contact resets is how people are lost."""
    seen, since = facts("AAAAA"), facts("AAAAA" + extra)
    assert next_contact_by(since, pathway()) == next_contact_by(seen, pathway()) == day(42)


def test_a_dna_inside_the_interval_leaves_the_day_as_it_was() -> None:
    """Seen, due in fourteen days, missed on day ten, reached on day eleven: still due on day fourteen."""
    seen = (*contacts("AAAAA"), contact("D", day(38), id=9))
    of = facts("AAAAA", contacts=seen, ladders=(ladder(day(38), contact_id=9, closed_on=day(39)),))
    assert clock(of, day(39)) == [(REBOOK, day(42))]


@given(st.text("ALDCPN", max_size=8), st.text("DCPN", min_size=1, max_size=4))
def test_nothing_but_being_seen_puts_a_contact_off(history: str, extra: str) -> None:
    before, after = facts(history), facts(history + extra)
    assert next_contact_by(after, pathway()) == next_contact_by(before, pathway())
    found = clock(after, day(90))
    wanted = next_contact_by(before, pathway()) or before.referral_received_on + timedelta(days=14)
    assert len(found) == 1
    if after.contacts[-1].status is AttendanceStatus.DID_NOT_ATTEND:
        assert found[0][1] <= wanted
    booked = replace(after, contacts=(*after.contacts, contact("b", day(290), id=ContactId(90))))
    assert clock(booked, day(90))[0][1] == wanted  # a booking answers to the plan, whatever fell through


@given(st.text("ALDCPN", max_size=8))
def test_an_open_patient_always_has_one_next_thing_about_contact(history: str) -> None:
    """Booked, searched for, waiting, or due: nobody falls between them."""
    open_search = (ladder(day(7 * history.index("D"))),) if "D" in history else ()
    for of in (facts(history), facts(history, ladders=open_search), facts(history + "b")):
        found = due(of, of.contacts[-1].on if of.contacts else day(0))
        about = [each for each in found if each.kind in {*CLOCK, REENGAGE}]
        booked = any(c.status is None for c in of.contacts)
        assert len(about) == (0 if booked and of.open_ladder is None else 1)


ENDINGS = {
    "P": AttendanceStatus.CANCELLED_BY_PROVIDER,
    "C": AttendanceStatus.CANCELLED_BY_PATIENT,
    "N": AttendanceStatus.ARRIVED_LATE_NOT_SEEN,
}
REBOOK_ROWS = {
    "by the patient": ("AAAAAC", "Cancelled by the patient Mon 09-Feb-2026; nothing booked since"),
    "by us": ("AAAAAP", "We cancelled Mon 09-Feb-2026; nothing booked since"),
    "DNA-W6 late and not seen": (
        "AAAAAN",
        "Arrived late Mon 09-Feb-2026 and could not be seen; nothing booked since",
    ),
    "DNA-W9 two by the patient": (
        "AAAACC",
        (
            "Cancelled 2 times in a row, last Mon 09-Feb-2026; ask what would make it easier, "
            "last seen 26-Jan-2026"
        ),
    ),
    "DNA-W9 being seen between resets": (
        "AAACAC",
        "Cancelled by the patient Mon 09-Feb-2026; nothing booked since, last seen 02-Feb-2026",
    ),
}


@pytest.mark.parametrize(("history", "words"), REBOOK_ROWS.values(), ids=REBOOK_ROWS)
def test_an_appointment_that_fell_through_is_to_be_rebooked_and_opens_no_search(
    history: str, words: str
) -> None:
    found = due(facts(history), day(35))
    assert [(each.kind, each.why) for each in found if each.kind in {*CLOCK, REENGAGE}] == [(REBOOK, words)]


@pytest.mark.parametrize("status", ["P", "C", "N"], ids=["by us", "by the patient", "late and not seen"])
@pytest.mark.parametrize("history", ["AAAAAAAAAA", "AA", ""], ids=["plan later", "plan that day", "first"])
def test_rebooking_is_due_in_five_working_days_and_listed_from_the_day_it_fell_through(
    history: str, status: str
) -> None:
    """Whatever day the plan wants: what the form says, Today says, late only after the fifth working day."""
    of, number = facts(history + status), 7 * len(history)
    [found] = [each for each in due(of, day(number)) if each.kind in CLOCK]
    assert (found.kind, found.due_on) == (REBOOK, day(number + 7))
    assert not found.is_listed(day(number - 1))
    assert found.is_listed(day(number))
    assert [found.is_overdue(day(number + more)) for more in (0, 7, 8)] == [False, False, True]
    effect = effect_if_recorded(of, of.contacts[-1], ENDINGS[status], rulebook(), today=day(number))
    assert effect.rebook_by == found.due_on


def test_somebody_never_seen_is_said_to_be_when_the_first_contact_is_late() -> None:
    of = facts("C")
    assert only(of, day(30), REBOOK) == [
        (REBOOK, day(7), "Cancelled by the patient Mon 05-Jan-2026; nothing booked since")
    ]
    late = facts("  C")
    assert only(late, day(30), REBOOK) == [
        (REBOOK, day(21), "Cancelled by the patient Mon 19-Jan-2026; nothing booked since, not yet seen")
    ]


def test_a_cancellation_made_early_is_rebooked_from_the_day_it_was_made() -> None:
    made_early = contact("C", day(60), cancelled_on=day(38), id=9)
    of = facts("AAAAA", contacts=(*contacts("AAAAA"), made_early))
    assert clock(of, day(38)) == [(REBOOK, day(45))]


def test_being_seen_after_the_cancellation_settles_it_though_its_day_lies_ahead() -> None:
    """Booked for day 60, cancelled on day 20, seen on day 28: the plan counts from day 28."""
    cancelled = contact("P", day(60), cancelled_on=day(20), id=9)
    of = facts("AAAAA", contacts=(*contacts("AAAAA"), cancelled))
    assert clock(of, day(28)) == [(CONTACT, day(42))]


def test_a_cancellation_after_being_seen_that_day_is_still_to_be_rebooked() -> None:
    cancelled = contact("P", day(60), cancelled_on=day(63), id=9)
    of = facts("AAAAAAAAAA", contacts=(*contacts("AAAAAAAAAA"), cancelled))
    assert clock(of, day(63)) == [(REBOOK, day(70))]


def test_what_fell_through_last_is_what_is_said_not_what_was_booked_furthest_ahead() -> None:
    ahead = contact("C", day(60), cancelled_on=day(1), id=9)
    of = facts(
        "AD", contacts=(*contacts("AD"), ahead), ladders=(ladder(day(7), contact_id=2, closed_on=day(8)),)
    )
    assert only(of, day(9), REBOOK) == [
        (REBOOK, day(7), "Did not attend Mon 12-Jan-2026; nothing booked since, last seen 05-Jan-2026")
    ]


def test_a_dna_whose_search_ended_is_rebooked_from_the_day_the_patient_was_reached() -> None:
    history = "A" * 10 + "D"
    of = facts(history, ladders=(ladder(day(70), contact_id=11, closed_on=day(72)),))
    assert clock(of, day(72)) == [(REBOOK, day(79))]


def test_being_seen_later_on_the_day_of_the_miss_settles_it() -> None:
    of = facts("AD", contacts=(*contacts("AD"), contact("A", day(7), at=None, id=9)))
    ordered = replace(of, contacts=(of.contacts[0], of.contacts[2], of.contacts[1]))
    assert clock(ordered, day(8)) == [(CONTACT, day(14))]


@pytest.mark.parametrize("history", ["b", "Ab", "AAb", "ADb", "ACb"])
def test_nothing_is_due_about_contact_once_something_is_booked(history: str) -> None:
    of = facts(history)
    assert clock(of, of.contacts[-1].on) == []


def test_a_booking_whose_day_has_passed_asks_what_happened() -> None:
    of = facts("Ab")
    assert only(of, day(6), DueKind.OUTCOME) == []
    assert only(of, day(7), DueKind.OUTCOME) == [
        (DueKind.OUTCOME, day(7), "Booked for today 10:00; record how it went")
    ]
    assert only(of, day(8), DueKind.OUTCOME) == [
        (DueKind.OUTCOME, day(7), "Booked for Mon 12-Jan-2026; what happened is not recorded")
    ]
    assert clock(of, day(8)) == []


def test_an_appointment_of_today_is_due_the_same_day_and_not_late_until_tomorrow() -> None:
    of = facts(contacts=(contact("b", day(7), at=None),))
    (found,) = [each for each in due(of, day(7)) if each.kind is DueKind.OUTCOME]
    assert (found.why, found.when(day(7))) == ("Booked for today; record how it went", "due today")
    assert not found.is_overdue(day(7))
    assert found.is_overdue(day(8))


STAYING_WELL_ROWS = {
    "first month": (0, 31),
    "seen at one month": (31, 90),
    "seen at three": (90, 181),
    "seen at six, and after the plan every four weeks": (181, 209),
    "seen later still": (200, 228),
}


@pytest.mark.parametrize(("seen", "wanted"), STAYING_WELL_ROWS.values(), ids=STAYING_WELL_ROWS)
def test_staying_well_contacts_are_at_one_three_and_six_months_and_nobody_drops_off_after(
    seen: int, wanted: int
) -> None:
    of = facts("A", phase=Phase.MAINTENANCE, phase_since=day(0), contacts=(contact("A", day(seen)),))
    assert clock(of, day(seen)) == [(CONTACT, day(wanted))]


@pytest.mark.parametrize(("at_least", "again"), [(2, True), (3, False)])
def test_how_many_cancellations_ask_what_would_help_is_the_number_of_the_rules(
    at_least: int, *, again: bool
) -> None:
    book = rulebook()
    policy = replace(book.attendance, cancellations_before_prompt=at_least)
    found = what_is_due(facts("AAAACC"), replace(book, attendance=policy), today=day(35))
    why = next(each.why for each in found if each.kind is REBOOK)
    assert ("ask what would make it easier" in why) is again


# a contact booked late


def booked_for(number: int, history: str = "A") -> EpisodeFacts:
    """Return a patient seen as ``history`` has it, week by week, and booked for a day."""
    held = contacts(history)
    return replace(facts(), contacts=(*held, contact("b", day(number), id=ContactId(90))))


@pytest.mark.parametrize(
    ("booked_on", "today", "is_due"),
    [
        pytest.param(14, 0, False, id="on the last day that still stands for it"),
        pytest.param(15, 0, True, id="a day later it does not"),
        pytest.param(200, 0, True, id="far ahead"),
        pytest.param(37, 30, False, id="overdue, and booked within a week from today"),
        pytest.param(38, 30, True, id="overdue, and booked later"),
        pytest.param(38, 31, False, id="once the day comes near it stands for it"),
        pytest.param(38, 38, False, id="on the day it is to be written up"),
    ],
)
def test_a_booking_stands_for_a_contact_only_near_the_day_it_is_due(
    booked_on: int, today: int, *, is_due: bool
) -> None:
    found = clock(booked_for(booked_on), day(today))
    assert found == ([(CONTACT, day(7))] if is_due else [])


def test_a_contact_booked_late_says_for_when_and_by_when_it_was_due() -> None:
    assert only(booked_for(100), day(0), CONTACT) == [
        (CONTACT, day(7), "Booked for 15-Apr-2026, due by 12-Jan-2026")
    ]


def test_a_first_contact_booked_late_is_a_first_contact_due() -> None:
    assert only(booked_for(100, ""), day(0), *CLOCK) == [
        (FIRST, day(7), "Booked for 15-Apr-2026, due by 12-Jan-2026")
    ]


def test_what_fell_through_and_is_booked_late_is_due_by_the_plan() -> None:
    assert clock(booked_for(100, "AC"), day(8)) == [(CONTACT, day(7))]
    assert clock(booked_for(14, "AC"), day(8)) == []


def test_what_is_not_written_up_comes_first() -> None:
    unwritten = replace(booked_for(100), contacts=(*contacts("Ab"), contact("b", day(100))))
    assert clock(unwritten, day(8)) == []
    assert only(unwritten, day(8), DueKind.OUTCOME) != []


@given(st.integers(0, 120), st.integers(0, 120))
def test_a_day_is_pointed_out_exactly_when_it_would_leave_the_contact_due(booked_on: int, today: int) -> None:
    """The form says beforehand what every list says once it is saved."""
    of, book = facts("A"), rulebook()
    if booked_on < today:
        return
    said = booked_late(day(booked_on), contact_by(of, book.pathway), book.episode, today=day(today))
    after = booked_for(booked_on)
    left = [each for each in due(after, day(today)) if each.kind is CONTACT]
    assert (said is not None) == (bool(left) and booked_on > today)


def test_what_is_pointed_out_is_a_plain_sentence() -> None:
    book = rulebook()
    said = booked_late(day(98), day(7), book.episode, today=day(0))
    assert said is not None
    assert said.sentence == (
        "That is 91 days after 12-Jan-2026, when the contact plan wants them seen. Consider an earlier day."
    )
    assert contact_by(facts(""), book.pathway) == day(7)
