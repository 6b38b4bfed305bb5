"""When a patient was last in contact: the one definition, for the caseload and for letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collabcare.domain.facts import AttemptFact, ContactFact, EpisodeFacts


def last_in_contact(facts: EpisodeFacts) -> ContactFact | AttemptFact | None:
    """Return the last time the patient was seen, or spoken to in a search; None when neither ever was.

    On one day being seen goes before being spoken to. Being last seen is another matter: see ``attended``.
    """
    seen = next((each for each in reversed(facts.contacts) if each.status and each.status.attended), None)
    spoken = [each for ladder in facts.ladders for each in ladder.attempts if each.outcome.reached]
    spoke = max(spoken, key=lambda attempt: (attempt.on, attempt.at), default=None)
    if seen is None or (spoke is not None and spoke.on > seen.on):
        return spoke
    return seen
