"""The only declaration of the schema: one module for each part of the record."""

from __future__ import annotations

from collabcare.store.models.base import Base, UtcDateTime, Versioned
from collabcare.store.models.care import (
    Attempt,
    Contact,
    Episode,
    Ladder,
    Patient,
    Referral,
    StepMove,
)
from collabcare.store.models.clinical import (
    Letter,
    Measure,
    SafetyConversation,
    SupervisionAction,
    SupervisionReview,
)
from collabcare.store.models.site import AuditEntry, GpPractice, Site, UserAccount

__all__ = [
    "Attempt",
    "AuditEntry",
    "Base",
    "Contact",
    "Episode",
    "GpPractice",
    "Ladder",
    "Letter",
    "Measure",
    "Patient",
    "Referral",
    "SafetyConversation",
    "Site",
    "StepMove",
    "SupervisionAction",
    "SupervisionReview",
    "UserAccount",
    "UtcDateTime",
    "Versioned",
]
