"""The only declaration of the schema: one module for each part of the record."""

from __future__ import annotations

from collabcare.store.models.base import Base, UtcDateTime, Versioned
from collabcare.store.models.care import Contact, Episode, Patient, Referral, StepMove
from collabcare.store.models.clinical import (
    Letter,
    Measure,
    SafetyConversation,
    SupervisionAction,
    SupervisionReview,
)
from collabcare.store.models.plans import Goal, GoalRating, Milestone, Proposal, RelapsePlan
from collabcare.store.models.reach import (
    Attempt,
    ClosingReview,
    Haste,
    Ladder,
    Pause,
    Snooze,
    TrackMove,
)
from collabcare.store.models.safety import SafetyAssessment, SafetyPlan
from collabcare.store.models.site import AuditEntry, GpPractice, Site, SiteDay, UserAccount

__all__ = [
    "Attempt",
    "AuditEntry",
    "Base",
    "ClosingReview",
    "Contact",
    "Episode",
    "Goal",
    "GoalRating",
    "GpPractice",
    "Haste",
    "Ladder",
    "Letter",
    "Measure",
    "Milestone",
    "Patient",
    "Pause",
    "Proposal",
    "Referral",
    "RelapsePlan",
    "SafetyAssessment",
    "SafetyConversation",
    "SafetyPlan",
    "Site",
    "SiteDay",
    "Snooze",
    "StepMove",
    "SupervisionAction",
    "SupervisionReview",
    "TrackMove",
    "UserAccount",
    "UtcDateTime",
    "Versioned",
]
