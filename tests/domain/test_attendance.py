"""What each ending of an appointment does, and what it never does to the patient."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.catalogue.attendance import load_attendance
from collabcare.domain.attendance import (
    ATTENDANCE_CODES,
    Absence,
    AttendanceElement,
    CancellationReason,
    Side,
    absence,
    after_death,
    ask_was_not_brought,
    effect_of,
    exported_status,
    imported_status,
    refuse_cancellation,
    refuse_flags,
)
from collabcare.domain.codes import AttendanceStatus
from collabcare.domain.errors import RuleViolation
from collabcare.domain.ids import ContactId
from collabcare.paths import resources_dir
from tests.builders import MONDAY, calendar, contact, contacts, day

POLICY = load_attendance(resources_dir() / "rules")
SLOT = datetime(2026, 1, 5, 14, 0)  # noqa: DTZ001 - a clock time on the wall, as it is booked
NINE = SLOT.replace(hour=9)
SEEN, LATE, MISSED = (AttendanceStatus(code) for code in "563")
THEIRS, OURS, TOO_LATE = (AttendanceStatus(code) for code in "247")


@pytest.mark.parametrize(
    ("told", "side", "expected"),
    [
        pytest.param(SLOT.replace(hour=8), Side.PATIENT, Absence(THEIRS), id="ATT-W1"),
        pytest.param(SLOT.replace(hour=16), Side.PATIENT, Absence(MISSED, contacted_after=True), id="ATT-W2"),
        pytest.param(NINE, Side.SERVICE, Absence(OURS), id="ATT-W3"),
        pytest.param(SLOT.replace(minute=30), Side.SERVICE, Absence(OURS), id="we never came"),
        pytest.param(None, Side.PATIENT, Absence(MISSED), id="no word"),
        pytest.param(None, Side.SERVICE, Absence(OURS), id="we gave no word"),
        pytest.param(SLOT, Side.PATIENT, Absence(MISSED, contacted_after=True), id="at the very time"),
        pytest.param(SLOT - timedelta(minutes=1), Side.PATIENT, Absence(THEIRS), id="a minute before"),
    ],
)
def test_what_fell_through_is_recorded_by_when_we_were_told(
    told: datetime | None, side: Side, expected: Absence
) -> None:
    assert absence(SLOT, told, side) == expected


def test_times_of_two_kinds_are_refused_in_words() -> None:
    with pytest.raises(RuleViolation, match="clock times of the same place"):
        absence(SLOT, NINE.replace(tzinfo=UTC), Side.PATIENT)
    with pytest.raises(RuleViolation, match="clock times of the same place"):
        absence(SLOT.replace(tzinfo=UTC), NINE, Side.PATIENT)


@pytest.mark.parametrize(
    ("status", "attended", "search", "rebook", "against"),
    [
        (SEEN, True, False, False, False),
        (LATE, True, False, False, False),
        pytest.param(TOO_LATE, False, False, True, False, id="ATT-W4"),
        (THEIRS, False, False, True, False),
        pytest.param(OURS, False, False, True, False, id="ATT-W3"),
        (MISSED, False, True, False, True),
    ],
)
def test_each_ending_does_what_the_table_says(
    status: AttendanceStatus, attended: bool, search: bool, rebook: bool, against: bool
) -> None:
    effect = effect_of(status, MONDAY, calendar(), POLICY, cancelled_in_a_row=1)
    assert (effect.status, effect.attended, effect.starts_search) == (status, attended, search)
    assert effect.rebook_by == (date(2026, 1, 12) if rebook else None)
    assert effect.held_against_patient is against
    assert effect.sentence.endswith(".")
    assert (effect.rule, effect.source) == (POLICY.rule, POLICY.source)
    assert effect.used[0].value == status.label


@pytest.mark.parametrize(
    ("in_a_row", "prompts"),
    [
        (0, False),
        (1, False),
        pytest.param(2, True, id="DNA-W9 a prompt to ask, and no search"),
        (3, True),
    ],
)
def test_cancelling_again_asks_what_would_help_and_never_starts_a_search(
    in_a_row: int, prompts: bool
) -> None:
    effect = effect_of(THEIRS, MONDAY, calendar(), POLICY, cancelled_in_a_row=in_a_row)
    assert not effect.starts_search
    assert ("what would make it easier" in effect.sentence) is prompts
    assert not effect.held_against_patient
    assert effect.rebook_by is not None
    assert effect.used[-1].value == in_a_row


@given(st.integers(0, 9), st.dates(date(2025, 1, 1), date(2027, 12, 31)))
def test_our_own_cancellations_never_start_a_search_and_rebooking_is_a_working_day(
    in_a_row: int, told_on: date
) -> None:
    effect = effect_of(OURS, told_on, calendar(), POLICY, cancelled_in_a_row=in_a_row)
    assert not effect.starts_search
    assert effect.rebook_by is not None
    assert effect.rebook_by > told_on
    assert calendar().is_working_day(effect.rebook_by)


def test_a_cancellation_has_its_day_and_reason() -> None:
    reason = CancellationReason.CLINICAL
    refuse_cancellation(THEIRS, MONDAY, reason, slot_on=MONDAY)
    refuse_cancellation(OURS, day(1), CancellationReason.NON_CLINICAL, slot_on=MONDAY)
    refuse_cancellation(SEEN, None, None, slot_on=MONDAY)
    assert [each.value for each in CancellationReason] == ["01", "02"]


@pytest.mark.parametrize(
    ("status", "cancelled_on", "reason", "words"),
    [
        (THEIRS, None, CancellationReason.CLINICAL, "the day it was cancelled"),
        (OURS, MONDAY, None, "whether the reason was clinical"),
        (SEEN, MONDAY, None, "Only a cancelled appointment"),
        (MISSED, None, CancellationReason.CLINICAL, "Only a cancelled appointment"),
        (THEIRS, day(1), CancellationReason.CLINICAL, "after the day of the appointment"),
    ],
)
def test_half_a_cancellation_is_refused(
    status: AttendanceStatus, cancelled_on: date | None, reason: CancellationReason | None, words: str
) -> None:
    with pytest.raises(RuleViolation, match=words):
        refuse_cancellation(status, cancelled_on, reason, slot_on=MONDAY)


@pytest.mark.parametrize("status", [None, SEEN, LATE, TOO_LATE, THEIRS, OURS])
def test_not_brought_and_in_touch_afterwards_belong_to_a_missed_appointment(
    status: AttendanceStatus | None,
) -> None:
    refuse_flags(status)
    refuse_flags(MISSED, was_not_brought=True, contacted_after=True)
    with pytest.raises(RuleViolation, match="Was not brought"):
        refuse_flags(status, was_not_brought=True)
    with pytest.raises(RuleViolation, match="In touch afterwards"):
        refuse_flags(status, contacted_after=True)


@pytest.mark.parametrize(
    ("status", "age", "relies", "asked"),
    [
        (MISSED, 17, False, True),
        (MISSED, 18, False, False),
        (MISSED, 80, True, True),
        (THEIRS, 17, True, False),
        (SEEN, 10, True, False),
    ],
)
def test_somebody_who_relies_on_others_may_not_have_been_brought(
    status: AttendanceStatus, age: int, relies: bool, asked: bool
) -> None:
    prompt = ask_was_not_brought(status, age, POLICY, relies_on_others=relies)
    assert (prompt is not None) is asked
    if prompt:
        assert "Consider" in prompt.sentence
        assert prompt.used[1].value == age


@pytest.mark.parametrize("status", [pytest.param(None, id="ATT-W5"), *AttendanceStatus])
def test_what_is_to_come_is_left_out_of_a_return_and_never_0(status: AttendanceStatus | None) -> None:
    exported = exported_status(status)
    assert exported != "0"
    assert (exported is None) is (status is None)
    for element in AttendanceElement:
        assert imported_status(exported, element) is status


@pytest.mark.parametrize("element", AttendanceElement)
@pytest.mark.parametrize("code", [None, "", " ", "0"])
def test_what_is_to_come_in_another_system_has_no_outcome(
    code: str | None, element: AttendanceElement
) -> None:
    assert imported_status(code, element) is None


@pytest.mark.parametrize("element", AttendanceElement)
@pytest.mark.parametrize("code", ["1", "8", "05", "A"])
def test_a_code_the_element_does_not_have_is_refused(code: str, element: AttendanceElement) -> None:
    with pytest.raises(RuleViolation, match=f"^{element.value} has no such code"):
        imported_status(code, element)


def test_both_names_of_the_element_have_the_same_codes() -> None:
    names = ["ATTENDED OR DID NOT ATTEND", "ATTENDANCE STATUS"]
    assert [element.value for element in AttendanceElement] == names
    assert ATTENDANCE_CODES.keys() == set(AttendanceElement)
    assert {code for codes in ATTENDANCE_CODES.values() for code in codes} == set(AttendanceStatus)


@pytest.mark.parametrize(
    "died_on", [pytest.param(day(6), id="ATT-W6"), pytest.param(day(7), id="ATT-W6 on the day")]
)
def test_somebody_who_died_before_the_appointment_did_not_miss_it(died_on: date) -> None:
    held = (*contacts("A"), contact("b", day(7), id=ContactId(2)), contact("b", day(14), id=ContactId(3)))
    after = after_death(died_on, held)
    assert (after.cancelled, after.wrongly_missed) == ((2, 3), ())
    assert after.status.value == "2"
    assert after.closes_search
    assert after.used[0].value == died_on
    assert (after.rule, "ATTENDED OR DID NOT ATTEND" in after.source) == ("Appointments after a death", True)


def test_what_was_recorded_as_missed_after_the_death_is_put_right_and_before_it_stands() -> None:
    held = contacts("DDDb")
    after = after_death(day(7), held)
    assert (after.wrongly_missed, after.cancelled) == ((3,), (4,))
