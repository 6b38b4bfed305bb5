"""How a contact is best held: not by telephone with somebody who is not to be rung, or cannot hear it.

What is recorded about reaching somebody is applied where a time is booked (NHS Accessible Information
Standard, DCB1605: needs are met, not only noted). It is asked about and never refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.codes import ConsultationMechanism
from collabcare.domain.reaching import needs_text_relay, sign_language

if TYPE_CHECKING:
    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.reengagement_policy import ReachPolicy


def not_by_telephone(facts: EpisodeFacts, policy: ReachPolicy) -> str:
    """Return why a contact is not to be held by telephone with this patient, nothing where it may be."""
    reach = facts.reach
    if not facts.patient.has_telephone:
        return "No telephone number is recorded."
    if reach.telephone_safe is False:
        return "Ringing is recorded as not safe for them."
    if signed := sign_language(reach):
        return f"They use {signed}: a voice call does not reach them."
    if needs_text_relay(reach, policy):
        return "A voice call does not reach them: they need text relay."
    return ""


def usual_for(
    facts: EpisodeFacts, policy: ReachPolicy, usual: ConsultationMechanism
) -> ConsultationMechanism:
    """Return how to suggest that a contact is held: as usual, or face to face instead of by telephone."""
    by_telephone = usual is ConsultationMechanism.TELEPHONE
    return ConsultationMechanism.FACE_TO_FACE if by_telephone and not_by_telephone(facts, policy) else usual


def booked_by_telephone(facts: EpisodeFacts, policy: ReachPolicy, held: ConsultationMechanism) -> str:
    """Return what to ask before a time is booked by telephone against what is recorded, or nothing."""
    why = not_by_telephone(facts, policy) if held is ConsultationMechanism.TELEPHONE else ""
    return why and f"{why} Save again to book it by telephone all the same."
