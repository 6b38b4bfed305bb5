"""What a patient's earlier episodes recorded that still says how soon we act when they do not attend.

Part of :class:`collabcare.domain.facts.EpisodeFacts`. Somebody who comes back is the same person: what was
answered or recorded a month ago counts although that episode is closed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collabcare.domain.facts import MeasureFact
    from collabcare.domain.reach_facts import HasteFact
    from collabcare.domain.safety_facts import SafetyAssessmentFact, SafetyPlanFact


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierFacts:
    """No more of the earlier episodes than the track of a search reads; every tuple is in order of time.

    ``measures`` are those with a safety question answered 1 or more, ``safety_plans`` those in use or ended.
    """

    measures: tuple[MeasureFact, ...] = ()
    haste: tuple[HasteFact, ...] = ()
    safety_assessments: tuple[SafetyAssessmentFact, ...] = ()
    safety_plans: tuple[SafetyPlanFact, ...] = ()


NOTHING_EARLIER = EarlierFacts()
"""There is no earlier episode, or nothing in it that still counts."""
