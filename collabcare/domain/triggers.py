"""Why a case comes to supervision: the triggers in the order cases are taken, and one reason of a case."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from collabcare.domain.reason import Telling

if TYPE_CHECKING:
    from typing import TypeAlias

    from collabcare.domain.reason import Explained

    Found: TypeAlias = tuple["Trigger", Explained]
    """A trigger and why, as the rules find it."""


class Trigger(StrEnum):
    """Why a case comes to supervision, in the order cases are taken.

    What waits for somebody's decision stands before what is a matter of time: a search on the Standard track
    and a proposal that needs no signature follow those that do, and come before the scores.
    """

    SAFETY = "safety"
    WORSENING = "worsening"
    ENGAGEMENT_PROMPT = "engagement_prompt"
    CLOSURE_SIGN_OFF = "closure_sign_off"
    ENGAGEMENT = "engagement"
    CLOSURE = "closure"
    CONSULT = "consult"
    NOT_IMPROVING = "not_improving"
    SCORES = "scores"
    OVERDUE = "overdue"
    FOUR_WEEK = "four_week"
    NEW = "new"
    REQUEST = "request"


TRIGGER_ORDER = tuple(Trigger)
TRIGGER_PLACE = {trigger: place for place, trigger in enumerate(TRIGGER_ORDER)}
TRIGGER_WORDS = {
    Trigger.SAFETY: "Safety",
    Trigger.WORSENING: "Worsening",
    Trigger.ENGAGEMENT_PROMPT: "Re-engaging promptly",
    Trigger.CLOSURE_SIGN_OFF: "To sign off",
    Trigger.ENGAGEMENT: "Re-engaging",
    Trigger.CLOSURE: "Change proposed",
    Trigger.CONSULT: "Specialist advice",
    Trigger.NOT_IMPROVING: "Not improving",
    Trigger.SCORES: "High score",
    Trigger.OVERDUE: "Not seen",
    Trigger.FOUR_WEEK: "Review due",
    Trigger.NEW: "New",
    Trigger.REQUEST: "Asked for",
}


class _AgendaReason(NamedTuple):
    trigger: Trigger
    reason: Explained


class AgendaReason(_AgendaReason, Telling):
    """One reason for discussing a case, in words made when they are read."""

    __slots__ = ()
