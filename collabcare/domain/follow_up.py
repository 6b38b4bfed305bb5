"""How often it was agreed to see a patient, where that is not what the service model's contact plan says.

Source: collaborative-care registries (SCOPE, University of Washington) offer 1, 2, 3, 4, 6 or 8 weeks, or "as
needed". That somebody seen as needed is looked at again when supervision would discuss them is this project's
own: an interval without a day would be a way out of sight.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collabcare.domain.facts import EpisodeFacts

FOLLOW_UP_SOURCE = "Agreed for this patient."


class FollowUp(StrEnum):
    """What can be agreed; the record keeps the weeks, 0 for as needed and nothing for the plan."""

    PLAN = "plan"
    ONE = "1"
    TWO = "2"
    THREE = "3"
    FOUR = "4"
    SIX = "6"
    EIGHT = "8"
    AS_NEEDED = "0"

    @property
    def weeks(self) -> int | None:
        """Return it as the record keeps it."""
        return None if self is FollowUp.PLAN else int(self)


FOLLOW_UP_WORDS = {
    FollowUp.PLAN: "As the service model plans",
    FollowUp.ONE: "Every week",
    **{each: f"Every {each} weeks" for each in FollowUp if each.value in "23468"},
    FollowUp.AS_NEEDED: "As needed",
}


def follow_up_of(weeks: int | None) -> FollowUp:
    """Return what was agreed, from the weeks in the record."""
    return FollowUp.PLAN if weeks is None else FollowUp(str(weeks))


def agreed_by(facts: EpisodeFacts, last_seen: date, review_days: int) -> date | None:
    """Return by when a patient is to be seen again as agreed, None where the service model's plan holds.

    As needed there is no such day: then it is the one on which the case is to be looked at again, so many
    days after they were last seen or discussed.
    """
    if facts.follow_up_weeks is None:
        return None
    if facts.follow_up_weeks:
        return last_seen + timedelta(weeks=facts.follow_up_weeks)
    looked_at = (review.reviewed_on for review in facts.reviews)
    return max((last_seen, *looked_at)) + timedelta(days=review_days)
