"""What may be recorded as the outcome of a contact: once only, by whoever was there, and as it was.

Part of :mod:`collabcare.domain.attendance`. An interpreter who did not come is our failure and never the
patient's; nor has anybody who died missed an appointment.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from collabcare.domain.attendance import Side, absence
from collabcare.domain.calendar import LONDON
from collabcare.domain.codes import CANCELLED, AttendanceStatus
from collabcare.domain.demographics import InterpreterAtContact
from collabcare.domain.display import fmt_date, fmt_time
from collabcare.domain.errors import RuleViolation
from collabcare.domain.typed_text import says_something

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, time

_DNA = AttendanceStatus.DID_NOT_ATTEND
_NOT_IN_TIME = frozenset({_DNA, AttendanceStatus.ARRIVED_LATE_NOT_SEEN})
_FELL_THROUGH_FOR_THEM = frozenset({_DNA, AttendanceStatus.CANCELLED_BY_PATIENT})


class Outcome(NamedTuple):
    """One outcome of a day as somebody recorded it; ``at`` is the start of the contact, None if not known."""

    at: time | None
    status: AttendanceStatus
    note: str
    by_id: int


def word_from_patient(status: AttendanceStatus, slot: datetime | None, told: datetime | None) -> bool:
    """Return whether the patient was in touch only after the slot; ``slot`` is when it began.

    Nothing is said where either time is not known, or the appointment did not fall through because of them.

    Raises:
        RuleViolation: When word came before the slot and it is recorded as missed, or the other way round.
    """
    if slot is None or told is None or status not in _FELL_THROUGH_FOR_THEM:
        return False
    found = absence(slot, told, Side.PATIENT)
    if found.status is status:
        return found.contacted_after
    if status is _DNA:
        raise RuleViolation(
            "They told us before it began, so it was not missed. Record that they cancelled it."
        )
    raise RuleViolation(
        "They told us after it had begun, so it was not cancelled. Record that they did not attend, and that"
        " they were in touch afterwards."
    )


def not_begun(status: AttendanceStatus, on: date, at: time | None, *, now: datetime) -> str:
    """Return why nobody can yet have missed what has not begun, or come too late to it, or nothing.

    ``now`` is aware. Where no time is known the day is enough.
    """
    if status not in _NOT_IN_TIME or at is None or datetime.combine(on, at, LONDON) <= now:
        return ""
    return (
        f"This appointment begins at {fmt_time(at)} on {fmt_date(on, weekday=True)}, so nobody has missed it"
        " yet. Record what became of it from then on. A cancellation can be recorded before."
    )


def refuse_not_begun(status: AttendanceStatus, on: date, at: time | None, *, now: datetime) -> None:
    """Refuse to say that somebody did not come, or came too late, to what has not begun; ``now`` is aware.

    Raises:
        RuleViolation: With when it begins, and what can be recorded before.
    """
    if why := not_begun(status, on, at, now=now):
        raise RuleViolation(why)


def refuse_wordless_tick(*, contacted_after: bool, note: str) -> None:
    """Refuse to tick that the patient was in touch after the slot without how, and what they said.

    Raises:
        RuleViolation: With what to write.
    """
    if contacted_after and not says_something(note):
        raise RuleViolation(
            "Write in the note how they were in touch after the slot, and what they said; or untick it."
        )


def refuse_interpreter_as_absence(
    status: AttendanceStatus | None, interpreter: InterpreterAtContact | None
) -> None:
    """Refuse to record an interpreter who did not come as a patient who did not attend.

    Raises:
        RuleViolation: With what to record instead.
    """
    if status is _DNA and interpreter is InterpreterAtContact.DID_NOT_ATTEND:
        raise RuleViolation(
            "The interpreter did not come, so the patient did not miss it. Record that we cancelled, and"
            " rebook with an interpreter."
        )


def refuse_after_death(status: AttendanceStatus | None, on: date, died_on: date | None) -> None:
    """Refuse a contact after a death, unless it is recorded as cancelled; a booking has no status.

    Raises:
        RuleViolation: With what to record instead.
    """
    if died_on is None or on <= died_on or status in CANCELLED:
        return
    if status is None:
        raise RuleViolation("The patient has died, so nothing can be booked.")
    raise RuleViolation(
        "The patient had died by then. Record it as cancelled on their behalf, or check the dates."
    )


def refuse_cancelled_later(cancelled_on: date, *, today: date) -> None:
    """Refuse a cancellation that is still to come.

    Raises:
        RuleViolation: With what to check.
    """
    if cancelled_on > today:
        raise RuleViolation("The day it was cancelled is still to come. Check the date.")


def refuse_same_contact(asked: Outcome, recorded: Iterable[Outcome]) -> None:
    """Refuse a contact that somebody has recorded already; ``recorded`` are the outcomes of that day.

    Two contacts do not begin at the same time. Where no time is known, only another person's record of the
    same outcome in the same words is taken for the same contact. A slot that was cancelled may be used again.

    Raises:
        RuleViolation: With what to look at.
    """
    for each in recorded:
        if asked.at is not None and each.at == asked.at:
            if each.status is asked.status or each.status not in CANCELLED:
                raise RuleViolation(
                    f"The outcome of {fmt_time(asked.at)} that day is recorded already. Look at it first."
                )
            continue
        same = (each.at, each.status, each.note) == (asked.at, asked.status, asked.note)
        if same and each.by_id != asked.by_id:
            raise RuleViolation(
                "Somebody else recorded this contact already. If yours was another one, give its time."
            )
