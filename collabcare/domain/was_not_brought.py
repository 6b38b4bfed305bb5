"""Whether to ask, of a missed appointment, if the patient was not brought: a child, or who relies on others.

Source: NHS Data Dictionary, discharge after patient did not attend; the flag is this project's own. It asks
us to act sooner, since somebody else decided whether they came.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from collabcare.domain.attendance import ask_was_not_brought
from collabcare.domain.calendar import age_on
from collabcare.domain.codes import AttendanceStatus
from collabcare.domain.display import fmt_date
from collabcare.domain.haste import HASTE_WORDS
from collabcare.domain.reach_facts import HasteKind

if TYPE_CHECKING:
    from collabcare.domain.facts import ContactFact, EpisodeFacts
    from collabcare.domain.rulebook import Rulebook
    from collabcare.domain.suggestion import Suggestion

_RELIES = (HasteKind.RELIES_ON_OTHERS, HasteKind.LEARNING_DISABILITY, HasteKind.DEMENTIA)


def asked_if_missed(facts: EpisodeFacts, contact: ContactFact, rulebook: Rulebook) -> Suggestion | None:
    """Return the question with why it is asked, None where nothing recorded asks it or it is answered."""
    if contact.was_not_brought:
        return None
    age, policy = age_on(facts.patient.birth_date, contact.on), rulebook.attendance
    why = _relies(facts, contact)
    asked = ask_was_not_brought(
        AttendanceStatus.DID_NOT_ATTEND, age, policy, relies_on_others=why is not None
    )
    return None if asked is None else replace(asked, sentence=f"{why or f'Aged {age}'}. {asked.sentence}")


def _relies(facts: EpisodeFacts, contact: ContactFact) -> str | None:
    """Return what is recorded of relying on others, in words."""
    for haste in (*facts.haste, *facts.earlier.haste):
        holds = haste.ended_on is None or haste.ended_on > contact.on
        if haste.kind in _RELIES and holds and haste.happened_on <= contact.on:
            return f"{HASTE_WORDS[haste.kind]} ({fmt_date(haste.happened_on)})"
    for other in reversed(facts.contacts):
        if other.was_not_brought and other.id != contact.id:
            return f"Was not brought on {fmt_date(other.on)}"
    return None
