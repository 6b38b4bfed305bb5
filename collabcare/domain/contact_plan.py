"""The contact plan of a course: the days a service model plans, and the word to say beyond the usual number.

The days are counted from the first contact and from nothing else: a missed or cancelled contact never moves
them. By when a patient is to be seen next is :mod:`collabcare.domain.contact_clock`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from collabcare.domain.episode import Phase
from collabcare.domain.errors import RuleViolation
from collabcare.domain.suggestion import Suggestion, Used

if TYPE_CHECKING:
    from collections.abc import Sequence

    from collabcare.domain.episode import EpisodePolicy
    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.pathway import Pathway


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """One contact of the plan, numbered from 1; ``kept_on`` is the contact that stands for it, if any."""

    number: int
    planned_on: date
    kept_on: date | None = None


def plan_dates(started_on: date, weeks: Sequence[int]) -> tuple[date, ...]:
    """Return the planned days, ``weeks`` after the start.

    Raises:
        RuleViolation: When one of them is beyond any calendar.
    """
    try:
        return tuple(started_on + timedelta(weeks=each) for each in weeks)
    except OverflowError as error:
        raise RuleViolation("That day is too far away. Check the date.") from error


def contact_plan(facts: EpisodeFacts, pathway: Pathway) -> tuple[Planned, ...]:
    """Return the plan of this episode beside the contacts that were kept, in order.

    It is empty before the first contact, and where the service model states no weeks.
    """
    attended = facts.attended
    if not attended:
        return ()
    days = plan_dates(attended[0].on, pathway.contact_weeks)
    kept = [contact.on for contact in attended]
    return tuple(
        Planned(number=place + 1, planned_on=day, kept_on=kept[place] if place < len(kept) else None)
        for place, day in enumerate(days)
    )


def contact_number_warning(number: int, policy: EpisodePolicy) -> Suggestion | None:
    """Say that contact ``number`` is beyond the usual course; it is to be agreed and is never blocked.

    Raises:
        RuleViolation: When there is no such contact.
    """
    if number < 1:
        raise RuleViolation("Contacts are counted from 1.")
    if number <= policy.contacts_before_warning:
        return None
    return Suggestion(
        sentence=f"This is contact {number}, beyond {policy.contacts_before_warning} contacts. "
        "Consider agreeing it in supervision.",
        rule=f"{policy.rule}.contact_number",
        used=(Used("Contact number", number),),
        source=policy.source,
    )


def next_contact_warning(facts: EpisodeFacts, policy: EpisodePolicy) -> Suggestion | None:
    """Say whether one more contact would be beyond the usual course; staying-well contacts do not count."""
    if facts.phase in {Phase.MAINTENANCE, Phase.CLOSED}:
        return None
    return contact_number_warning(len(facts.attended) + 1, policy)
