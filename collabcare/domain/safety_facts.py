"""Safety assessments, formulations and plans as they are recorded.

Part of :class:`collabcare.domain.facts.EpisodeFacts`. What nobody has talked about is None or empty and is
shown as "not discussed": empty is never "safe" (NHS England, Staying safe from suicide, 2025).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date, datetime


class FormRoute(StrEnum):
    """How a completed form came to us; all but the first come in without us being with the patient."""

    IN_PERSON = "in_person"
    POST = "post"
    PHONE = "phone"
    TEXT = "text"
    EMAIL = "email"

    @property
    def remote(self) -> bool:
        """Return whether nobody of ours was with the patient when it was filled in."""
        return self is not FormRoute.IN_PERSON


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentWords:
    """What was talked about in a safety assessment, in words; empty is what was not."""

    assessed_on: date
    present: str = ""
    own_words: str = ""
    thoughts_and_plans: str = ""
    past_and_what_helped: str = ""
    stressors: str = ""
    strengths: str = ""
    changeable: str = ""
    communication_needs: str = ""
    dependants: str = ""
    family_views: str = ""
    formulation: str = ""
    quick_concern: str = ""
    if_contact_lost: str = ""
    act_quickly_if_contact_lost: bool = False
    action_now: str = ""
    shared_with: str = ""
    sharing_basis: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyAssessmentFact(AssessmentWords):
    """One version of a safety assessment with its formulation."""

    id: int
    recorded_at: datetime | None = None
    version: int
    review_on: date


class TalkKind(StrEnum):
    """What a talk about safety was recorded as."""

    CONVERSATION = "conversation"
    ASSESSMENT = "assessment"


class SafetyTalk(NamedTuple):
    """One talk about safety that may cover a later question: its record's number, and its day."""

    kind: TalkKind
    id: int
    on: date


class StillStands(NamedTuple):
    """That the assessment there was still stands after a talk, so that no new one was written."""

    assessment_id: int
    why: str
    on: date
    by: str


class PlanStatus(StrEnum):
    """Where a version of a safety plan stands."""

    DRAFT = "draft"
    ACTIVE = "active"
    SUPERSEDED = "superseded"
    ENDED = "ended"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanWords:
    """A safety plan as it is written; the six steps are in the patient's own words."""

    made_on: date
    warning_signs: str = ""
    by_myself: str = ""
    people_and_places: str = ""
    people_to_ask: str = ""
    professionals: str = ""
    surroundings: str = ""
    reasons_for_living: str = ""
    copy_given: str = ""
    shared_with: str = ""
    review_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyPlanFact(PlanWords):
    """One version of a patient's safety plan.

    ``row_version`` counts the changes made to this version while it was a draft, and to its status.
    """

    id: int
    version: int
    status: PlanStatus
    recorded_at: datetime | None = None
    declined_reason: str = ""
    ended_on: date | None = None
    ended_reason: str = ""
    row_version: int = 1

    @property
    def ended_in_use(self) -> bool:
        """Return whether it ended after it was in use, as far as can be told.

        Only a plan with step 5 and a review day can have been active; a draft put aside without them was not.
        """
        whole = bool(self.professionals.strip()) and self.review_on is not None
        return whole and self.status is PlanStatus.ENDED
