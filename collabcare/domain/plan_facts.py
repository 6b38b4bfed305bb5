"""Goals, plans and proposals as they are recorded. Part of :class:`collabcare.domain.facts.EpisodeFacts`.

``row_version`` is what a command hands back, so that two people do not change the same thing unseen.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

    from collabcare.domain.ids import UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalRating:
    """How close the patient felt to a goal, 0 to 10, on one day."""

    rated_on: date
    rating: int


class LifeDomain(StrEnum):
    """The part of life a goal is about, in this project's own words; it scores nothing."""

    HOME = "home"
    MONEY = "money"
    WORK_AND_LEARNING = "work_and_learning"
    RELATIONSHIPS = "relationships"
    HEALTH = "health"
    DAILY_LIFE = "daily_life"
    MEANING_AND_JOY = "meaning_and_joy"
    COMMUNITY = "community"
    SAFETY_AND_RIGHTS = "safety_and_rights"


class ActionOwner(StrEnum):
    """Who takes a step towards a goal; most are the patient's own."""

    PATIENT = "patient"
    US = "us"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalActionFact:
    """One step towards a goal: open until it is done or dropped, due on a day only where one was agreed."""

    id: int
    text: str
    whose: ActionOwner = ActionOwner.PATIENT
    due_on: date | None = None
    done_on: date | None = None
    dropped_on: date | None = None
    recorded_at: datetime | None = None
    row_version: int = 1

    @property
    def is_open(self) -> bool:
        """Return whether it is still to be done."""
        return self.done_on is None and self.dropped_on is None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalFact:
    """One goal in the patient's words; a new wording closes it and opens another.

    ``domain`` is the part of life it is about, None when nobody chose one.
    """

    id: int
    place: int
    text: str
    opened_on: date
    closed_on: date | None = None
    ratings: tuple[GoalRating, ...] = ()
    row_version: int = 1
    domain: LifeDomain | None = None
    actions: tuple[GoalActionFact, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RelapsePlanFact:
    """A staying-well plan."""

    made_on: date
    warning_signs: str = ""
    triggers: str = ""
    what_helped: str = ""
    medication: str = ""
    if_it_returns: str = ""
    who_to_contact: str = ""
    way_back: str = ""
    copy_given_on: date | None = None


class ProposalKind(StrEnum):
    """A change of care that somebody other than the practitioner must agree to or accept."""

    STEP_UP = "step_up"
    STEP_DOWN = "step_down"
    DISCHARGE = "discharge"
    NON_ENGAGEMENT = "non_engagement"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalFact:
    """A proposed change; a handover stays ours until ``accepted_on`` is set by the service that takes it."""

    id: int
    kind: ProposalKind
    proposed_on: date
    by_id: UserId
    to_service: str = ""
    awaits_sign_off: bool = True
    decided_on: date | None = None
    agreed: bool | None = None
    accepted_on: date | None = None
    rejected_on: date | None = None
    row_version: int = 1


class MilestoneKind(StrEnum):
    """Something with a date that a service model's clock or gate asks for."""

    FILE_REVIEW = "file_review"
    MDT_REVIEW = "mdt_review"
    ASSESSMENT = "assessment"
    INTERVENTION = "intervention"
    CARE_PLAN = "care_plan"
    CRISIS_ASSESSMENT = "crisis_assessment"
    TREATMENT_START = "treatment_start"
    CRISIS_REFERRAL = "crisis_referral"


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneFact:
    """One such thing done, with what was found; ``at`` only where a clock runs in hours."""

    kind: MilestoneKind
    reached_on: date
    at: datetime | None = None
    finding: str = ""
    id: int = 0
    row_version: int = 1
