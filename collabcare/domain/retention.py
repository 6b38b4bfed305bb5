"""How long a record is kept, who may let it go, and what somebody who asks for their own gets, by when.

Nothing is ever disposed of by a rule: a date says from when people may review a record, and two people
decide. A legal hold or an inquiry overrides every date.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import MAXYEAR, date
from enum import StrEnum
from typing import TYPE_CHECKING

from collabcare.domain.calendar import age_on
from collabcare.domain.display import fmt_date
from collabcare.domain.errors import RuleViolation
from collabcare.domain.months import add_months
from collabcare.domain.suggestion import Used

if TYPE_CHECKING:
    from collections.abc import Sequence

    from collabcare.domain.calendar import NationalCalendar
    from collabcare.domain.ids import UserId

_TOO_LATE = "That date is too far in the future to count from. Check the year."


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectAccessPolicy:
    """Calendar months to answer a request, and how many more when it is complex."""

    rule: str
    source: str
    months: int
    more_months_when_complex: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildPolicy:
    """The birthday until which a record is kept of whose care ended ``under_age``, if that is later.

    ``until_in_last_year`` is the one for those whose care ended in the last year before that age.
    """

    under_age: int
    until_birthday: int
    until_in_last_year: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionPolicy:
    """Whole years a mental health record is kept after care ended, or after a death instead."""

    rule: str
    source: str
    years_after_care: int
    years_after_death: int
    children: ChildPolicy
    subject_access: SubjectAccessPolicy


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordHeld:
    """What retention goes by: each episode's discharge (None: open), the death, and whether it is held.

    Without a ``birth_date`` nothing tells that somebody was a child.
    """

    discharges: tuple[date | None, ...]
    died_on: date | None = None
    legal_hold: bool = False
    birth_date: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """From when a record may be reviewed; None while care goes on."""

    review_on: date | None
    sentence: str
    rule: str
    used: tuple[Used, ...]
    source: str


def review_on(discharged: date | None, died: date | None, policy: RetentionPolicy) -> date | None:
    """Return the earliest day a record may be reviewed; None for an open episode.

    A death replaces the discharge. A 29 February that the later year lacks is reached on 1 March.

    Raises:
        RuleViolation: When the day would be beyond the calendar.
    """
    if died is not None:
        return _years_later(died, policy.years_after_death)
    return None if discharged is None else _years_later(discharged, policy.years_after_care)


def retention_of(record: RecordHeld, policy: RetentionPolicy) -> Retention:
    """Return from when a whole record may be reviewed: a new referral restarts the count at its discharge."""
    day = _review_day(record, policy)
    if day is None:
        sentence = "Care is not over, so there is no day to review this record for disposal."
    elif record.legal_hold:
        sentence = "This record is held for a legal reason or an inquiry and is not reviewed for disposal."
    else:
        sentence = f"Keep until {fmt_date(day)}, then consider reviewing it; two people decide."
    return Retention(
        review_on=day,
        sentence=sentence,
        rule=policy.rule,
        used=(
            Used("Last discharge", _last_discharge(record)),
            Used("Died on", record.died_on),
            Used("Legal hold", record.legal_hold),
            *(() if record.birth_date is None else (Used("Date of birth", record.birth_date),)),
        ),
        source=policy.source,
    )


def on_disposal_list(record: RecordHeld, policy: RetentionPolicy, *, today: date) -> bool:
    """Return whether people may review a record for disposal: not while held or with an open episode."""
    if record.legal_hold or not record.discharges or None in record.discharges:
        return False
    day = _review_day(record, policy)
    return day is not None and day <= today


def refuse_disposal(
    record: RecordHeld,
    policy: RetentionPolicy,
    *,
    reviewed_by: UserId,
    agreed_by: UserId | None,
    today: date,
) -> None:
    """Refuse to dispose of a record that is not on the list, or that two different people have not reviewed.

    Raises:
        RuleViolation: With what stands in the way.
    """
    if record.legal_hold:
        raise RuleViolation("This record is held for a legal reason or an inquiry. It must be kept.")
    if not on_disposal_list(record, policy, today=today):
        raise RuleViolation("This record must still be kept. Nothing was removed.")
    if agreed_by is None or agreed_by == reviewed_by:
        raise RuleViolation("Disposal needs a second person who agrees. Nothing was removed.")


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectAccessDue:
    """By when somebody who asked for their own record must have it."""

    due_on: date
    sentence: str
    rule: str
    used: tuple[Used, ...]
    source: str


def subject_access_due(
    received: date, calendar: NationalCalendar, policy: SubjectAccessPolicy, *, complex_request: bool = False
) -> SubjectAccessDue:
    """Return the corresponding day a month on, or the month's last, moved on to a working day in England.

    A day on which only the site is closed puts off nothing the law asks for.

    Raises:
        RuleViolation: When the day would be beyond the calendar.
    """
    if received.year >= MAXYEAR - 1:
        raise RuleViolation(_TOO_LATE)
    months = policy.months + (policy.more_months_when_complex if complex_request else 0)
    due_on = calendar.this_or_next(add_months(received, months))
    return SubjectAccessDue(
        due_on=due_on,
        sentence=f"Give them their record by {fmt_date(due_on, weekday=True)}.",
        rule=policy.rule,
        used=(Used("Request received", received), Used("Complex request", complex_request)),
        source=policy.source,
    )


class RecordPart(StrEnum):
    """What a line asked for belongs to."""

    CARE = "care"
    SUPERVISION_DECISION = "supervision_decision"
    AUDIT = "audit"
    SUPERVISION_PERSONAL_NOTE = "supervision_personal_note"


class Withhold(StrEnum):
    """Why a person who checked the copy keeps a line back."""

    THIRD_PARTY = "third_party"
    SERIOUS_HARM = "serious_harm"


REDACTED = {
    Withhold.THIRD_PARTY: "[Left out: about somebody else]",
    Withhold.SERIOUS_HARM: "[Left out]",
}
"""What stands in the copy instead; a reason of serious harm is not itself said there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordLine:
    """One line of a record, with the reason to keep it back if somebody flagged one."""

    part: RecordPart
    text: str
    withhold: Withhold | None = None


def subject_access_lines(lines: Sequence[RecordLine]) -> tuple[RecordLine, ...]:
    """Return the copy of a record for its subject, in the same order; the lines given are not changed.

    A supervisor's personal notes are no part of the patient's record and are left out whole; decisions about
    the case are part of it. Flagged lines stand as redacted.
    """
    return tuple(
        line
        if line.withhold is None
        else RecordLine(part=line.part, text=REDACTED[line.withhold], withhold=line.withhold)
        for line in lines
        if line.part is not RecordPart.SUPERVISION_PERSONAL_NOTE
    )


def _review_day(record: RecordHeld, policy: RetentionPolicy) -> date | None:
    """Return the earliest day of review; a child's is not before the birthday the policy names."""
    discharged, born = _last_discharge(record), record.birth_date
    day = review_on(discharged, record.died_on, policy)
    if day is None or discharged is None or born is None or record.died_on is not None:
        return day
    children, age = policy.children, age_on(born, discharged)
    if age >= children.under_age:
        return day
    last_year = age == children.under_age - 1
    return max(day, _years_later(born, children.until_in_last_year if last_year else children.until_birthday))


def _last_discharge(record: RecordHeld) -> date | None:
    known = [day for day in record.discharges if day is not None]
    return max(known) if known and len(known) == len(record.discharges) else None


def _years_later(day: date, years: int) -> date:
    year = day.year + years
    if year > MAXYEAR:
        raise RuleViolation(_TOO_LATE)
    try:
        return day.replace(year=year)
    except ValueError:  # 29 February in a year without one
        return date(year, 3, 1)
