"""For how long somebody has been sought, as a label: missed, over 28 days, over 90 days, and promised.

A label and nothing else: it removes nobody from any list, sorts nobody by need, and has no colour. It counts
from the first appointment missed in a row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.display import fmt_date, fmt_days
from collabcare.domain.missed_run import missed_run
from collabcare.domain.promises import Kept, promises_of

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.reengagement_policy import ReengagementPolicy


MISSED = "Missed"
"""The label of the first days."""


def days_sought(facts: EpisodeFacts, *, today: date) -> int | None:
    """Return the days since the first appointment missed in a row, None for who is not sought."""
    search = facts.open_ladder
    if search is None or facts.patient.died_on is not None:
        return None
    since = missed_run(facts, today=today).began_on or search.missed_on
    return (today - since).days


def sought_label(facts: EpisodeFacts, policy: ReengagementPolicy, *, today: date) -> str:
    """Return the label, such as ``Sought for over 28 days``, with what they promised; may be empty."""
    days = days_sought(facts, today=today)
    if days is None:
        return ""
    over = [each for each in policy.sought_over_days if days > each]
    said = f"Sought for over {fmt_days(over[-1])}" if over else MISSED
    promised_on = promised_ahead(facts, today=today)
    return f"{said}, promised for {fmt_date(promised_on)}" if promised_on else said


def promised_ahead(facts: EpisodeFacts, *, today: date) -> date | None:
    """Return the day, still to come, on which somebody who is sought said to be in touch, else None."""
    if days_sought(facts, today=today) is None:
        return None
    made = promises_of(facts, today=today)
    return (
        made[-1].promised_on
        if made and made[-1].kept is Kept.OPEN and made[-1].promised_on >= today
        else None
    )
