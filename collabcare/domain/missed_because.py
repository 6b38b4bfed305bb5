"""Why somebody did not come, as they say it: asked when they are reached, kept as it was said.

It is asked to learn what would help, and is never a reason against anybody. The choices are those that
studies of not attending in talking therapies name most often (Binnie and Boden, 2016), with the letter that
never arrived.
"""

from __future__ import annotations

from enum import StrEnum


class MissedBecause(StrEnum):
    """The reason, in the order in which it is offered."""

    FORGOT = "forgot"
    TOO_UNWELL = "too_unwell"
    OTHER_PRIORITIES = "other_priorities"
    DISSATISFIED = "dissatisfied"
    COULD_NOT_GET_THERE = "could_not_get_there"
    DID_NOT_KNOW = "did_not_know"
    SOMETHING_ELSE = "something_else"
    NOT_ASKED = "not_asked"
