"""Who the patient says they are, and how their last spell of care ended, as recorded.

Part of :class:`collabcare.domain.facts.EpisodeFacts`. Codes are national (NHS Data Dictionary); None means
that nobody has asked, which is not the same as "asked, prefers not to say".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collabcare.domain.closure import LocalStep, TherapyEnding
    from collabcare.domain.codes import ClosureReason, RejectionReason


@dataclass(frozen=True, slots=True, kw_only=True)
class DemographicFacts:
    """The patient's own answers, by code; the words for them are in :mod:`collabcare.domain.demographics`."""

    settled_accommodation: str | None = None
    ethnic_category: str | None = None
    gender_identity: str | None = None
    gender_same_as_birth: str | None = None
    sexual_orientation: str | None = None
    disability: tuple[str, ...] | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EndingFact:
    """How an episode ended; ``onward_to`` is where care goes on, or what was suggested instead."""

    reason: ClosureReason | None = None
    note: str | None = None
    tt_discharge_reason: TherapyEnding | None = None
    rejection_reason: RejectionReason | None = None
    onward_step: LocalStep | None = None
    onward_to: str | None = None
