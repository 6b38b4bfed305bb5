"""What is recorded about reaching a patient: the safe ways, what makes haste, pauses, the way back.

Part of :class:`collabcare.domain.facts.EpisodeFacts`. ``row_version`` is what a command hands back, so that
two people do not change the same thing unseen.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

    from collabcare.domain.ids import LadderId, LetterId, UserId


class Track(StrEnum):
    """How fast we act when the patient does not attend; it says nothing about the patient."""

    STANDARD = "standard"
    PROMPT = "prompt"


class HasteKind(StrEnum):
    """A recorded fact that puts a missed appointment on the Prompt track, or qualifies one that does."""

    SELF_HARM = "self_harm"
    CRISIS_CONTACT = "crisis_contact"
    INPATIENT_DISCHARGE = "inpatient_discharge"
    CRISIS_TEAM_DISCHARGE = "crisis_team_discharge"
    SAFEGUARDING = "safeguarding"
    CHILD_CONCERN = "child_concern"
    DOMESTIC_ABUSE = "domestic_abuse"
    PERINATAL = "perinatal"
    ANTIDEPRESSANT_STARTED = "antidepressant_started"
    ANTIDEPRESSANT_CHANGED = "antidepressant_changed"
    SUICIDE_CONCERN = "suicide_concern"
    RELIES_ON_OTHERS = "relies_on_others"
    LEARNING_DISABILITY = "learning_disability"
    DEMENTIA = "dementia"
    UNMET_FORMAT_NEED = "unmet_format_need"
    PRACTITIONER_JUDGEMENT = "practitioner_judgement"


@dataclass(frozen=True, slots=True, kw_only=True)
class HasteFact:
    """One such fact: the day it happened, and the day it ceased to hold (None while it does)."""

    kind: HasteKind
    happened_on: date
    ended_on: date | None = None
    note: str = ""
    recorded_at: datetime | None = None
    id: int = 0
    row_version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackMoveFact:
    """A move between tracks by a person; back to Standard only ever with a supervisor's agreement."""

    moved_on: date
    to: Track
    by_id: UserId
    agreed_by_id: UserId | None
    reason: str
    moved_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachFacts:
    """How this patient can safely be reached; None or no code is "nobody has asked", which is no yes."""

    accommodation: str | None = None
    telephone_safe: bool | None = None
    voicemail_safe: bool | None = None
    text_safe: bool | None = None
    email_safe: bool | None = None
    letters_safe: bool | None = None
    nominated_contact: str | None = None
    nominated_contact_consent: bool = False
    interpreter_language: str | None = None
    information_formats: tuple[str, ...] = ()
    communication_methods: tuple[str, ...] = ()
    needs_reviewed_on: date | None = None
    employment: str | None = None
    safe_times: str | None = None
    interpreter_dialect: str | None = None
    interpreter_gender: str | None = None
    communication_professional: str | None = None
    carer_support: str | None = None
    preferred_way: str | None = None


class SnoozeKind(StrEnum):
    """Why a rung of a ladder may wait."""

    REBOOKED = "rebooked"
    CALL_LATER = "call_later"


@dataclass(frozen=True, slots=True, kw_only=True)
class SnoozeFact:
    """One rung put off: it shows again on ``until`` whatever happens."""

    ladder_id: LadderId
    rung: int
    kind: SnoozeKind
    made_on: date
    until: date
    reason: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseFact:
    """A time in which no contact is expected, with the day it must be looked at again.

    ``recorded_at`` is when it was decided, None for one that is only thought about.
    """

    started_on: date
    reason: str
    review_on: date | None
    ended_on: date | None = None
    id: int = 0
    row_version: int = 1
    recorded_at: datetime | None = None


class LookedAt(StrEnum):
    """What is looked at when safety is reviewed after a missed appointment."""

    FORMULATION = "formulation"
    PLAN = "plan"
    ANSWERS = "answers"
    CHILDREN = "children"
    OTHERS = "others"


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyReviewFact:
    """One look at safety in a review of not attending: by whom, at what, and what was concluded in words."""

    on: date
    looked_at: tuple[LookedAt, ...]
    concluded: str
    by: str
    by_id: UserId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingReviewFact:
    """What a review of not attending recorded, before anybody may close for it.

    ``safety_reviews`` stand oldest first; ``safety_reviewed_on`` is a bare day as it was noted before there
    were any, and meets nothing.
    ``signed_off_by_id`` is who agreed; ``prompt_reason`` is the supervisor's, and ``instead`` what replaces
    our follow-up; ``opted_in_on`` is set as soon as the patient answers the opt-in letter in any way.
    ``signed_off_by_made_by_id`` is who made the account of the person signing, None when that is not known.
    """

    opened_on: date
    practitioner_id: UserId
    communicated: bool | None = None
    communicated_evidence: str = ""
    safety_reviewed_on: date | None = None
    prompt_reason: str = ""
    instead: str = ""
    prompt_reason_by_id: UserId | None = None
    gp_informed_on: date | None = None
    gp_letter_id: LetterId | None = None
    opt_in_sent_on: date | None = None
    opted_in_on: date | None = None
    discussed_on: date | None = None
    signed_off_by_id: UserId | None = None
    signed_off_by_role: str | None = None
    signed_off_on: date | None = None
    way_back: str = ""
    ended_on: date | None = None
    signed_off_by_made_by_id: UserId | None = None
    safety_reviews: tuple[SafetyReviewFact, ...] = ()
    id: int = 0
    row_version: int = 1
