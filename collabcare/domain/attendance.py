"""What each ending of an appointment does: who was seen, who is searched for, who rebooks and by when.

Source of the codes: NHS Data Dictionary, ATTENDED OR DID NOT ATTEND (being superseded by ATTENDANCE STATUS,
with the same values). What they set in motion is this project's own and comes from a policy. A cancellation,
ours or theirs, is never held against the patient.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from collabcare.domain.codes import CANCELLED, AttendanceStatus, Coded
from collabcare.domain.errors import RuleViolation
from collabcare.domain.suggestion import Suggestion, Used

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from collabcare.domain.calendar import WorkingCalendar
    from collabcare.domain.facts import ContactFact
    from collabcare.domain.ids import ContactId

_DICTIONARY = "NHS Data Dictionary, ATTENDED OR DID NOT ATTEND"
_NOT_BROUGHT = "NHS Data Dictionary, discharge after patient did not attend; the flag is this project's own"


class AttendanceElement(StrEnum):
    """The names the national data sets know the code by, oldest first."""

    ATTENDED_OR_DID_NOT_ATTEND = "ATTENDED OR DID NOT ATTEND"
    ATTENDANCE_STATUS = "ATTENDANCE STATUS"


ATTENDANCE_CODES = {
    AttendanceElement.ATTENDED_OR_DID_NOT_ATTEND: frozenset(AttendanceStatus),
    AttendanceElement.ATTENDANCE_STATUS: frozenset(AttendanceStatus),
}
"""Which codes each version of the element has: the same ones in every release seen so far."""
IN_THE_FUTURE = "0"
"""Says in some systems that the appointment is still to come; national returns do not allow it."""


class CancellationReason(Coded):
    """Why an appointment was cancelled, by either side."""

    CLINICAL = "01", "Clinical reason"
    NON_CLINICAL = "02", "Other reason"


class Side(StrEnum):
    """Who an appointment fell through because of; telling us on the patient's behalf is the patient's."""

    PATIENT = "patient"
    SERVICE = "service"


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendancePolicy:
    """What the endings set in motion; the service model may name other working days for rebooking."""

    rule: str
    source: str
    rebook_working_days: int
    cancellations_before_prompt: int
    adult_from_age: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceEffect:
    """What one ending does; ``rebook_by`` is None when nothing has to be rebooked."""

    status: AttendanceStatus
    attended: bool
    starts_search: bool
    rebook_by: date | None
    held_against_patient: bool
    sentence: str
    rule: str
    used: tuple[Used, ...]
    source: str


_SENTENCES = {
    AttendanceStatus.ATTENDED_ON_TIME: "Seen.",
    AttendanceStatus.ATTENDED_LATE: "Seen, though late.",
    AttendanceStatus.ARRIVED_LATE_NOT_SEEN: "They came and could not be seen. Offer another appointment.",
    AttendanceStatus.CANCELLED_BY_PATIENT: "Cancelled, not missed. Offer another appointment.",
    AttendanceStatus.CANCELLED_BY_PROVIDER: "We cancelled, so we rebook.",
    AttendanceStatus.DID_NOT_ATTEND: "They did not attend. Find out how they are.",
}
_CANCELLED_AGAIN = "Cancelled again. Ask what would make it easier, and keep in touch until they are seen."


def effect_of(
    status: AttendanceStatus,
    told_on: date,
    calendar: WorkingCalendar,
    policy: AttendancePolicy,
    *,
    cancelled_in_a_row: int = 0,
) -> AttendanceEffect:
    """Return what an ending known on ``told_on`` does.

    ``cancelled_in_a_row`` counts the patient's cancellations in a row, this one included: from the policy's
    number on they prompt to ask what would help. No cancellation starts a search: only a missed appointment
    does, and then it is the search that rebooks.
    """
    again = (
        status is AttendanceStatus.CANCELLED_BY_PATIENT
        and cancelled_in_a_row >= policy.cancellations_before_prompt
    )
    missed = status is AttendanceStatus.DID_NOT_ATTEND
    rebook = not (status.attended or missed)
    counted = (
        (Used("Cancellations by the patient in a row", cancelled_in_a_row),)
        if status is AttendanceStatus.CANCELLED_BY_PATIENT
        else ()
    )
    return AttendanceEffect(
        status=status,
        attended=status.attended,
        starts_search=missed,
        rebook_by=calendar.nth_after(told_on, policy.rebook_working_days) if rebook else None,
        held_against_patient=missed,
        sentence=_CANCELLED_AGAIN if again else _SENTENCES[status],
        rule=policy.rule,
        used=(Used("Outcome", status.label), Used("Known on", told_on), *counted),
        source=policy.source,
    )


@dataclass(frozen=True, slots=True)
class Absence:
    """How an appointment nobody was seen at is recorded."""

    status: AttendanceStatus
    contacted_after: bool = False


def absence(slot: datetime, told: datetime | None, side: Side) -> Absence:
    """Return how an appointment that fell through is recorded, from when we were told (None: not at all).

    Word from the patient before the slot is a cancellation, however late; from its start on it is no advance
    warning, so it is a missed appointment with the note that they were in touch afterwards.

    Raises:
        RuleViolation: When one of the times has a time zone and the other has none.
    """
    if side is Side.SERVICE:
        return Absence(AttendanceStatus.CANCELLED_BY_PROVIDER)
    if told is None:
        return Absence(AttendanceStatus.DID_NOT_ATTEND)
    if (slot.utcoffset() is None) != (told.utcoffset() is None):
        raise RuleViolation("Give both times as clock times of the same place.")
    if told < slot:
        return Absence(AttendanceStatus.CANCELLED_BY_PATIENT)
    return Absence(AttendanceStatus.DID_NOT_ATTEND, contacted_after=True)


def refuse_cancellation(
    status: AttendanceStatus, cancelled_on: date | None, reason: CancellationReason | None, *, slot_on: date
) -> None:
    """Refuse a cancellation without its day and reason, or a day and reason without a cancellation.

    Raises:
        RuleViolation: With what is missing or does not belong.
    """
    if status not in CANCELLED:
        if cancelled_on is not None or reason is not None:
            raise RuleViolation("Only a cancelled appointment has a cancellation date and reason.")
        return
    if cancelled_on is None or reason is None:
        raise RuleViolation("Record the day it was cancelled, and whether the reason was clinical.")
    if status is AttendanceStatus.CANCELLED_BY_PATIENT and cancelled_on > slot_on:
        raise RuleViolation(
            "They told us after the day of the appointment, so it was not cancelled. Record that they did not"
            " attend, and that they were in touch afterwards."
        )


def refuse_flags(
    status: AttendanceStatus | None, *, was_not_brought: bool = False, contacted_after: bool = False
) -> None:
    """Refuse "was not brought" and "in touch afterwards" on anything but a missed appointment.

    Raises:
        RuleViolation: With the flag that does not belong.
    """
    if status is AttendanceStatus.DID_NOT_ATTEND:
        return
    if was_not_brought:
        raise RuleViolation('"Was not brought" belongs to a missed appointment only.')
    if contacted_after:
        raise RuleViolation('"In touch afterwards" belongs to a missed appointment only.')


def ask_was_not_brought(
    status: AttendanceStatus, age: int, policy: AttendancePolicy, *, relies_on_others: bool
) -> Suggestion | None:
    """Return a prompt to consider "was not brought", for a child or somebody who relies on others."""
    young = age < policy.adult_from_age
    if status is not AttendanceStatus.DID_NOT_ATTEND or not (young or relies_on_others):
        return None
    return Suggestion(
        sentence="Somebody else may decide whether they come. Consider recording that they were not brought.",
        rule="Was not brought",
        used=(
            Used("Outcome", status.label),
            Used("Age", age),
            Used("Relies on others to attend", relies_on_others),
        ),
        source=_NOT_BROUGHT,
    )


def exported_status(status: AttendanceStatus | None) -> str | None:
    """Return the code a national return gets, or None to leave it out: what is to come has none, never 0."""
    return None if status is None else status.value


def imported_status(code: str | None, element: AttendanceElement) -> AttendanceStatus | None:
    """Return what a code under either name of the element stands for; nothing and 0 are still to come.

    Raises:
        RuleViolation: When that version of the element has no such code.
    """
    if code is None or code.strip() in {"", IN_THE_FUTURE}:
        return None
    for status in ATTENDANCE_CODES[element]:
        if status.value == code.strip():
            return status
    raise RuleViolation(f"{element.value} has no such code. Check where the record came from.")


@dataclass(frozen=True, slots=True, kw_only=True)
class AfterDeath:
    """What a death does to the diary: what counts as cancelled, what was wrongly recorded as missed."""

    cancelled: tuple[ContactId, ...]
    wrongly_missed: tuple[ContactId, ...]
    status: AttendanceStatus
    closes_search: bool
    sentence: str
    rule: str
    used: tuple[Used, ...]
    source: str


def after_death(died_on: date, contacts: Sequence[ContactFact]) -> AfterDeath:
    """Return what becomes of the appointments of somebody who died.

    An appointment the patient did not live to attend is cancelled on their behalf (2) and was never missed;
    the search for them ends at once. One on the day of the death counts as missed only if somebody said so.
    """
    booked = tuple(c.id for c in contacts if c.status is None and c.on >= died_on)
    missed = tuple(c.id for c in contacts if c.status is AttendanceStatus.DID_NOT_ATTEND and c.on > died_on)
    return AfterDeath(
        cancelled=booked,
        wrongly_missed=missed,
        status=AttendanceStatus.CANCELLED_BY_PATIENT,
        closes_search=True,
        sentence="The patient has died. Their appointments are cancelled and nobody searches for them.",
        rule="Appointments after a death",
        used=(Used("Died on", died_on), Used("Appointments still booked", len(booked))),
        source=_DICTIONARY,
    )
