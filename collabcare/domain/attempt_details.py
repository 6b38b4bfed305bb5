"""What stands beside a try to reach a patient: when it was made, who answered, what was promised, and why so.

Part of :mod:`collabcare.domain.attempts`. A try is written down when it was made or soon after: one long past
cannot be put into the record as if it had been known.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from collabcare.domain.calendar import london_date
from collabcare.domain.display import fmt_date
from collabcare.domain.errors import RuleViolation
from collabcare.domain.reengagement import AttemptOutcome

if TYPE_CHECKING:
    from datetime import date, datetime

    from collabcare.domain.calendar import WorkingCalendar

LONGEST_NAME = 200
_PROMISES = frozenset({AttemptOutcome.SPOKE, AttemptOutcome.THIRD_PARTY, AttemptOutcome.DISCUSSED})
_WITH_SOMEBODY = frozenset(
    {AttemptOutcome.THIRD_PARTY, AttemptOutcome.LEFT_MESSAGE, AttemptOutcome.DISCUSSED, AttemptOutcome.SENT}
)
_FARTHEST = timedelta(days=365)
_REASON = "Why this way all the same: "


def earliest_try(today: date, calendar: WorkingCalendar) -> date:
    """Return the first day whose tries can still be written down: yesterday, or the last working day."""
    return calendar.this_or_previous(today - timedelta(days=1))


def refuse_time(tried_at: datetime, *, now: datetime, missed_on: date, calendar: WorkingCalendar) -> None:
    """Refuse a try that is still to come, was made before the miss, or was made too long ago.

    Raises:
        RuleViolation: With the first day that can be given.
    """
    if tried_at > now:
        raise RuleViolation("This try is still to come. Check the day and the time.")
    on = london_date(tried_at)
    if on < missed_on:
        raise RuleViolation("This try is dated before the missed appointment. Check the date.")
    if on < (earliest := earliest_try(london_date(now), calendar)):
        raise RuleViolation(
            f"Only tries made since {fmt_date(earliest, weekday=True)} can be written down now. Log it as of"
            " today and say in the note when it was."
        )


def refuse_answered(outcome: AttemptOutcome, spoke_to: str, promised_on: date | None, *, on: date) -> None:
    """Refuse somebody who cannot have answered, or a promise nobody made or whose day cannot be.

    ``spoke_to`` is who answered when it was not the patient; ``on`` is the day of the try.

    Raises:
        RuleViolation: With what does not go together.
    """
    if spoke_to and outcome not in _WITH_SOMEBODY:
        if outcome.reached:
            raise RuleViolation("You spoke to the patient, so leave out who else answered.")
        raise RuleViolation("Nobody answered. Choose another outcome, or leave out whom you spoke to.")
    if promised_on is None:
        return
    if outcome not in _PROMISES:
        raise RuleViolation("Nobody was spoken to, so nothing was promised. Leave the day out.")
    if promised_on < on:
        raise RuleViolation("The promised day is before the day of the call. Check the date.")
    if promised_on - on > _FARTHEST:
        raise RuleViolation("The promised day is more than a year away. Check the date.")


def note_of_unsafe_way(why_not: str, reason: str, note: str) -> str:
    """Return the note with the reason for a way that is not to be used, as its first line.

    ``why_not`` is what :func:`collabcare.domain.attempts.why_not_this_way` has against it, or nothing.

    Raises:
        RuleViolation: When such a way was used and nobody says why.
    """
    if not why_not:
        return note
    if not reason:
        raise RuleViolation(f"{why_not} It cannot be logged as a try to reach them without saying why.")
    return f"{_REASON}{reason}\n{note}".strip()
