"""When a patient was last in contact: the one definition, for the caseload and for letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from collabcare.domain.facts import AttemptFact, ContactFact, EpisodeFacts


def last_in_contact(facts: EpisodeFacts) -> ContactFact | AttemptFact | None:
    """Return the last time the patient was seen, or spoken to in a search; None when neither ever was.

    On one day being seen goes before being spoken to. Being last seen is another matter: see ``attended``.
    """
    seen = next((each for each in reversed(facts.contacts) if each.status and each.status.attended), None)
    spoke = max(_spoken(facts), key=lambda attempt: (attempt.on, attempt.at), default=None)
    if seen is None or (spoke is not None and spoke.on > seen.on):
        return spoke
    return seen


def seen_days(facts: EpisodeFacts) -> Iterator[date]:
    """Yield the days the patient was seen, oldest first."""
    return (each.on for each in facts.contacts if each.status and each.status.attended)


def contact_days(facts: EpisodeFacts) -> Iterator[date]:
    """Yield every day the patient was in contact, by the same definition and in no order."""
    yield from seen_days(facts)
    yield from (attempt.on for attempt in _spoken(facts))


def _spoken(facts: EpisodeFacts) -> Iterator[AttemptFact]:
    return (each for ladder in facts.ladders for each in ladder.attempts if each.outcome.reached)
