"""Moving an appointment to another time: it is still the same appointment, and nobody cancelled anything.

The codes of the NHS Data Dictionary (ATTENDED OR DID NOT ATTEND) say how an appointment ended; one that was
moved has not ended, so it has none until its new time. Who asked is kept beside it. It counts towards no
cancellations in a row and leaves nothing to rebook. That the patient asked is word from the patient.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time, timedelta
from typing import TYPE_CHECKING, NamedTuple

from collabcare.domain.attendance import Side
from collabcare.domain.calendar import LONDON
from collabcare.domain.display import fmt_date, fmt_time
from collabcare.domain.errors import RuleViolation

if TYPE_CHECKING:
    from datetime import date, datetime

    from collabcare.domain.codes import ConsultationMechanism
    from collabcare.domain.ids import ContactId

ASKED_WORDS = {Side.PATIENT: "The patient asked", Side.SERVICE: "We asked"}
_AFTER = {Side.PATIENT: "did not attend, in touch after the slot", Side.SERVICE: "cancelled by us"}


class Slot(NamedTuple):
    """The time of an appointment; ``at`` is None while only its day is agreed."""

    on: date
    at: time | None = None

    @property
    def words(self) -> str:
        """Return the time as screens write it."""
        return f"{fmt_date(self.on, weekday=True)}{f' {fmt_time(self.at)}' if self.at else ''}"

    def may_have_begun(self, now: datetime) -> bool:
        """Return whether it may have begun by ``now`` (aware); where no time is known, the day is enough."""
        here = now.astimezone(LONDON)
        return (self.on, self.at or time.min) <= (here.date(), here.time())


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveFact:
    """One appointment as it was booked before it was moved, and the time it was moved to.

    ``note`` is what was said of it.
    """

    id: ContactId
    was: Slot
    to: Slot
    mechanism: ConsultationMechanism
    moved_on: date
    asked_by: Side
    note: str = ""


def refuse_moving(was: Slot, to: Slot, asked_on: date, asked_by: Side, *, now: datetime) -> None:
    """Refuse to move what has begun or passed, whenever it was asked for, or to move it nowhere.

    ``now`` is aware. From its start on an appointment has an outcome: word before it, written down late, is a
    cancellation with its day, and word after it is no advance warning.

    Raises:
        RuleViolation: With what to record instead.
    """
    here = now.astimezone(LONDON)
    if asked_on > here.date():
        raise RuleViolation("The day on which it was asked for is still to come. Check the date.")
    last_moment = was if was.at is not None else Slot(was.on + timedelta(days=1))
    if last_moment.may_have_begun(now):
        raise RuleViolation(
            f"That appointment has begun or passed, so it cannot be moved. Record what became of it"
            f" ({_AFTER[asked_by]}), and book another."
        )
    if was == to:
        raise RuleViolation("That is the time it has already. Choose another day or time.")
