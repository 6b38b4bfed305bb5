"""What may be recorded as the outcome of a contact."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.calendar import LONDON
from collabcare.domain.codes import CANCELLED, AttendanceStatus
from collabcare.domain.contact_outcome import (
    Outcome,
    refuse_after_death,
    refuse_cancelled_later,
    refuse_interpreter_as_absence,
    refuse_not_begun,
    refuse_same_contact,
    word_from_patient,
)
from collabcare.domain.demographics import InterpreterAtContact
from collabcare.domain.errors import RuleViolation
from tests.builders import MONDAY, day

A = AttendanceStatus
SLOT = datetime.combine(MONDAY, time(10), UTC)
TEN, ELEVEN = time(10), time(11)


def test_word_before_the_slot_is_a_cancellation_however_late() -> None:
    """ATT-W1."""
    told = SLOT - timedelta(minutes=1)
    assert word_from_patient(A.CANCELLED_BY_PATIENT, SLOT, told) is False
    with pytest.raises(RuleViolation, match="told us before it began, so it was not missed"):
        word_from_patient(A.DID_NOT_ATTEND, SLOT, told)


@pytest.mark.parametrize("late", [timedelta(0), timedelta(days=2)])
def test_word_from_its_start_on_is_a_missed_contact_with_a_note(late: timedelta) -> None:
    """ATT-W2."""
    assert word_from_patient(A.DID_NOT_ATTEND, SLOT, SLOT + late) is True
    with pytest.raises(RuleViolation, match="told us after it had begun, so it was not cancelled"):
        word_from_patient(A.CANCELLED_BY_PATIENT, SLOT, SLOT + late)


@pytest.mark.parametrize(
    ("status", "slot", "told"),
    [
        (A.DID_NOT_ATTEND, None, SLOT),
        (A.DID_NOT_ATTEND, SLOT, None),
        (A.CANCELLED_BY_PROVIDER, SLOT, SLOT),
        (A.ATTENDED_LATE, SLOT, SLOT),
    ],
)
def test_nothing_is_said_where_a_time_is_not_known_or_it_was_not_them(
    status: A, slot: datetime | None, told: datetime | None
) -> None:
    assert word_from_patient(status, slot, told) is False


@given(st.sampled_from(A), st.sampled_from([None, *InterpreterAtContact]))
def test_an_interpreter_who_did_not_come_is_never_a_patient_who_did_not(
    status: A, interpreter: InterpreterAtContact | None
) -> None:
    if status is A.DID_NOT_ATTEND and interpreter is InterpreterAtContact.DID_NOT_ATTEND:
        with pytest.raises(RuleViolation, match="the patient did not miss it"):
            refuse_interpreter_as_absence(status, interpreter)
    else:
        refuse_interpreter_as_absence(status, interpreter)


@given(st.sampled_from([None, *A]), st.integers(-3, 3))
def test_nobody_who_has_died_misses_attends_or_is_booked(status: A | None, days: int) -> None:
    """ATT-W6."""
    refuse_after_death(status, day(days), None)
    if days > 0 and status not in CANCELLED:
        words = "nothing can be booked" if status is None else "had died by then"
        with pytest.raises(RuleViolation, match=words):
            refuse_after_death(status, day(days), MONDAY)
    else:
        refuse_after_death(status, day(days), MONDAY)


@pytest.mark.parametrize(("on", "refused"), [(day(-1), False), (MONDAY, False), (day(1), True)])
def test_a_cancellation_has_been_made_by_now(on: date, refused: bool) -> None:
    if refused:
        with pytest.raises(RuleViolation, match="still to come"):
            refuse_cancelled_later(on, today=MONDAY)
    else:
        refuse_cancelled_later(on, today=MONDAY)


def outcome(at: time | None, status: A = A.DID_NOT_ATTEND, note: str = "", by: int = 1) -> Outcome:
    return Outcome(at, status, note, by)


SAME = {
    "the same again by another person": (outcome(TEN, by=2), outcome(TEN), "10:00 that day is recorded"),
    "the same again by oneself": (outcome(TEN), outcome(TEN), "recorded already"),
    "another outcome of one slot": (outcome(TEN, A.ATTENDED_LATE), outcome(TEN), "recorded already"),
    "no time, the same words by another": (outcome(None, by=2), outcome(None), "give its time"),
}
OTHER = {
    "another time": (outcome(ELEVEN), outcome(TEN)),
    "a slot that was cancelled is used again": (
        outcome(TEN, A.ATTENDED_ON_TIME),
        outcome(TEN, A.CANCELLED_BY_PATIENT),
    ),
    "no time, by oneself": (outcome(None), outcome(None)),
    "no time, other words": (outcome(None, note="x", by=2), outcome(None)),
    "no time, another outcome": (outcome(None, A.ATTENDED_LATE, by=2), outcome(None)),
    "a time beside none": (outcome(TEN, by=2), outcome(None)),
    "none beside a time": (outcome(None, by=2), outcome(TEN)),
}


@pytest.mark.parametrize(("asked", "there", "words"), SAME.values(), ids=SAME)
def test_a_contact_is_recorded_once(asked: Outcome, there: Outcome, words: str) -> None:
    with pytest.raises(RuleViolation, match=words):
        refuse_same_contact(asked, [outcome(time(8)), there])


@pytest.mark.parametrize(("asked", "there"), OTHER.values(), ids=OTHER)
def test_another_contact_of_that_day_is_another_contact(asked: Outcome, there: Outcome) -> None:
    refuse_same_contact(asked, [there])
    refuse_same_contact(asked, [])


@given(status=st.sampled_from(A), minutes=st.integers(-3_000, 3_000), at=st.none() | st.times())
def test_only_what_they_did_not_come_to_waits_until_it_has_begun(
    status: AttendanceStatus, minutes: int, at: time | None
) -> None:
    begins = datetime.combine(MONDAY, at or TEN, LONDON)
    now = begins.astimezone(UTC) + timedelta(minutes=minutes)
    early = at is not None and minutes < 0 and status in {A.DID_NOT_ATTEND, A.ARRIVED_LATE_NOT_SEEN}
    try:
        refuse_not_begun(status, MONDAY, at, now=now)
    except RuleViolation:
        assert early
    else:
        assert not early


@pytest.mark.parametrize(("fold", "begun"), [(0, False), (1, True)])
def test_in_the_hour_the_clocks_go_back_it_begins_the_first_time_it_is_that_late(
    fold: int, *, begun: bool
) -> None:
    """25 October 2026: half past one comes twice in London, at 00:30 and at 01:30 in UTC."""
    on, at = date(2026, 10, 25), time(1, 30)
    now = datetime(2026, 10, 25, fold, 29, tzinfo=UTC)
    if begun:
        refuse_not_begun(A.DID_NOT_ATTEND, on, at, now=now)
    else:
        with pytest.raises(RuleViolation, match="begins at 01:30 on Sun 25-Oct-2026"):
            refuse_not_begun(A.DID_NOT_ATTEND, on, at, now=now)
