"""The only declaration of the schema: one module for each part of the record."""

from __future__ import annotations

from collabcare.store.models.base import Base, UtcDateTime, Versioned
from collabcare.store.models.care import Contact, Episode, Note, Patient, Referral, StepMove
from collabcare.store.models.clinical import (
    Letter,
    Measure,
    SafetyConversation,
    SupervisionAction,
    SupervisionReview,
)
from collabcare.store.models.desk import Draft, Preference, Snippet
from collabcare.store.models.endings import EndingTakenBack
from collabcare.store.models.people import Carer, Cover, Medication, Reminder
from collabcare.store.models.plans import Goal, GoalAction, GoalRating, Milestone, Proposal, RelapsePlan
from collabcare.store.models.postponing import Postponement
from collabcare.store.models.reach import (
    Attempt,
    ClosingReview,
    Haste,
    Ladder,
    Pause,
    SafetyReview,
    Snooze,
    TrackMove,
)
from collabcare.store.models.safety import SafetyAssessment, SafetyPlan
from collabcare.store.models.site import (
    AuditEntry,
    GpPractice,
    Site,
    SiteDay,
    SiteHelpline,
    SiteStep,
    UserAccount,
)

__all__ = [
    "Attempt",
    "AuditEntry",
    "Base",
    "Carer",
    "ClosingReview",
    "Contact",
    "Cover",
    "Draft",
    "EndingTakenBack",
    "Episode",
    "Goal",
    "GoalAction",
    "GoalRating",
    "GpPractice",
    "Haste",
    "Ladder",
    "Letter",
    "Measure",
    "Medication",
    "Milestone",
    "Note",
    "Patient",
    "Pause",
    "Postponement",
    "Preference",
    "Proposal",
    "Referral",
    "RelapsePlan",
    "Reminder",
    "SafetyAssessment",
    "SafetyConversation",
    "SafetyPlan",
    "SafetyReview",
    "Site",
    "SiteDay",
    "SiteHelpline",
    "SiteStep",
    "Snippet",
    "Snooze",
    "StepMove",
    "SupervisionAction",
    "SupervisionReview",
    "TrackMove",
    "UserAccount",
    "UtcDateTime",
    "Versioned",
]
