"""The site's own days: shut although others work, or open although others do not.

They move the dates of every search and every deadline in working days, so a day that would change nothing is
refused: it would only mislead whoever reads the list.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.errors import RuleViolation

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.calendar import WorkingCalendar


def refuse_site_day(on: date, reason: str, usual: WorkingCalendar, *, is_open: bool) -> None:
    """Refuse a day without a reason, or one that is worked or free anyway by the ``usual`` calendar.

    Raises:
        RuleViolation: With what is missing or why it changes nothing.
    """
    if not reason.strip():
        raise RuleViolation("Say why, such as staff training or a Saturday clinic.")
    works = usual.is_working_day(on)
    if is_open and works:
        raise RuleViolation("The service works on that day anyway, so there is nothing to add.")
    if not is_open and not works:
        raise RuleViolation("That day is a weekend or bank holiday, so the service is closed anyway.")
