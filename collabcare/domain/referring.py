"""What a referral is asked besides the usual: the time it came and how soon a response is asked for.

Both are asked only where a clock of the service model runs in hours from the referral on: elsewhere nothing
hangs on them.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from collabcare.domain.calendar import LONDON
from collabcare.domain.clocks import ClockEvent, Counted
from collabcare.domain.errors import RuleViolation

if TYPE_CHECKING:
    from datetime import date, time

    from collabcare.domain.pathway import Pathway

_FROM_REFERRAL = frozenset({ClockEvent.REFERRAL, ClockEvent.CRISIS_REFERRAL})


def hours_count(pathway: Pathway) -> bool:
    """Return whether a clock of this service model runs in real time from a referral on."""
    return any(clock.counted is Counted.ELAPSED and clock.start in _FROM_REFERRAL for clock in pathway.clocks)


def received_instant(on: date, at: time | None, *, now: datetime) -> datetime | None:
    """Return the instant a referral came, by London time; None where only its day is known.

    Raises:
        RuleViolation: When it has not come yet.
    """
    if at is None:
        return None
    instant = datetime.combine(on, at, LONDON)
    if instant > now:
        raise RuleViolation("The referral cannot have been received in the future. Check its time.")
    return instant
