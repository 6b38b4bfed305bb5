"""Moving an appointment: only before it begins, only to another time, and never as a cancellation."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.attendance import Side
from collabcare.domain.calendar import LONDON
from collabcare.domain.codes import ConsultationMechanism
from collabcare.domain.errors import RuleViolation
from collabcare.domain.ids import ContactId
from collabcare.domain.missed_run import missed_run
from collabcare.domain.moving import MoveFact, Slot, refuse_moving
from tests.builders import MONDAY, day, facts

AT_TEN = Slot(day(7), time(10, 0))
LATER = Slot(day(9), time(15, 30))


def now(on: date, hour: int = 9, minute: int = 0) -> datetime:
    """Return a moment by the clock on the wall."""
    return datetime.combine(on, time(hour, minute), LONDON)


def moved(asked_by: Side, on: date) -> MoveFact:
    """Return an appointment moved on a day."""
    return MoveFact(
        id=ContactId(9),
        was=AT_TEN,
        to=LATER,
        mechanism=ConsultationMechanism.TELEPHONE,
        moved_on=on,
        asked_by=asked_by,
    )


MAY = {
    "days before": (AT_TEN, day(3), now(day(3))),
    "a minute before it begins": (AT_TEN, day(7), now(day(7), 9, 59)),
    "on the day, where no time was agreed": (Slot(day(7)), day(7), now(day(7), 23, 59)),
}


@pytest.mark.parametrize(("was", "asked_on", "at"), MAY.values(), ids=MAY)
@pytest.mark.parametrize("side", Side)
def test_it_is_moved_for_whoever_asks_before_it_begins(
    was: Slot, asked_on: date, at: datetime, side: Side
) -> None:
    refuse_moving(was, LATER, asked_on, side, now=at)


MAY_NOT = {
    "as it begins": (AT_TEN, day(7), now(day(7), 10), Side.PATIENT, "did not attend, in touch after"),
    "asked before, written down when it had begun": (
        *(AT_TEN, day(6), now(day(7), 10), Side.PATIENT),
        "cannot be moved",
    ),
    "the day after, where no time was agreed": (
        *(Slot(day(7)), day(6), now(day(8), 0), Side.SERVICE),
        "cannot be moved",
    ),
    "the day after": (AT_TEN, day(8), now(day(8)), Side.PATIENT, "has begun or passed"),
    "the day after, by us": (AT_TEN, day(8), now(day(8)), Side.SERVICE, "cancelled by us"),
    "asked tomorrow": (AT_TEN, day(4), now(day(3)), Side.PATIENT, "still to come"),
}


@pytest.mark.parametrize(("was", "asked_on", "at", "side", "words"), MAY_NOT.values(), ids=MAY_NOT)
def test_what_has_begun_has_an_outcome_instead(
    was: Slot, asked_on: date, at: datetime, side: Side, words: str
) -> None:
    with pytest.raises(RuleViolation, match=words):
        refuse_moving(was, LATER, asked_on, side, now=at)


def test_the_same_time_is_no_other_time() -> None:
    with pytest.raises(RuleViolation, match="the time it has already"):
        refuse_moving(AT_TEN, AT_TEN, day(3), Side.PATIENT, now=now(day(3)))


@pytest.mark.parametrize(
    "changes", [date(2027, 3, 28), date(2026, 10, 25)], ids=["clocks go forward", "clocks go back"]
)
@given(minute=st.integers(0, 24 * 60 - 1))
def test_on_the_days_the_clocks_change_it_goes_by_the_clock_on_the_wall(changes: date, minute: int) -> None:
    begins = Slot(changes, time(2, 30))
    at = datetime.combine(changes, time(minute // 60, minute % 60), LONDON)
    wall = at.astimezone(LONDON).time()
    try:
        refuse_moving(begins, Slot(changes + timedelta(days=7)), changes, Side.PATIENT, now=at)
    except RuleViolation:
        assert wall >= time(2, 30)
    else:
        assert wall < time(2, 30)


def test_that_the_patient_asked_is_word_from_them_and_that_we_did_is_not() -> None:
    of = facts("D", moves=(moved(Side.PATIENT, day(2)),))
    heard = missed_run(of, today=day(9)).heard_since
    assert heard is not None
    assert (heard.on, heard.how) == (day(2), "They asked for another time on 07-Jan-2026.")
    for quiet in (moved(Side.SERVICE, day(2)), moved(Side.PATIENT, MONDAY - timedelta(days=1))):
        assert missed_run(facts("D", moves=(quiet,)), today=day(9)).heard_since is None


def test_a_run_of_misses_begins_anew_after_they_asked() -> None:
    of = facts("DD", moves=(moved(Side.PATIENT, day(2)),))
    run = missed_run(of, today=day(9))
    assert (run.began_on, run.heard_before, run.heard_since) == (day(7), day(2), None)
