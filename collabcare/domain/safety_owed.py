"""The safety assessment that a talk leads to: owed until one of that day or a later one is recorded.

A talk about safety is followed by an assessment and a formulation in words (NHS England, Staying safe from
suicide, 2025). Done late it still counts, and nothing makes it go but the assessment.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from collabcare.domain.codes import ClosureReason
from collabcare.domain.display import fmt_date
from collabcare.domain.due_kinds import Due, DueKind
from collabcare.domain.errors import RuleViolation
from collabcare.domain.reason import Basis, Reason
from collabcare.domain.safety import SafetyOutcome

if TYPE_CHECKING:
    from collabcare.domain.facts import EpisodeFacts, SafetyPromptFact

ABOUT_SAFETY = frozenset({DueKind.SAFETY_CONVERSATION, DueKind.SAFETY_ASSESSMENT})
"""What a safety question leaves to do: the talk, and the assessment after it."""


def talks_unassessed(facts: EpisodeFacts) -> list[SafetyPromptFact]:
    """Return the talks about safety that no assessment of that day or later followed, the first first."""
    latest = max((each.assessed_on for each in facts.safety_assessments), default=date.min)
    owed = [
        prompt
        for prompt in facts.safety_prompts
        if prompt.closed_on is not None
        and prompt.closed_on > latest
        and prompt.outcome == SafetyOutcome.TALKED_TODAY
    ]
    return sorted(owed, key=lambda prompt: prompt.closed_on or date.max)


def assessment_to_write(facts: EpisodeFacts) -> Due | None:
    """Return the assessment to write since the first talk without one; several talks ask for one."""
    owed = talks_unassessed(facts)
    if not owed or (talked := owed[0].closed_on) is None:
        return None
    latest = max((each.assessed_on for each in facts.safety_assessments), default=None)
    return Due(DueKind.SAFETY_ASSESSMENT, talked, Reason(_OWED, (talked, latest)), owed[0].measure_id)


def refuse_closing_unassessed(facts: EpisodeFacts, reason: ClosureReason) -> None:
    """Refuse to end care while the assessment of a talk is not written: it would be on no list any more.

    Raises:
        RuleViolation: Naming the talk, unless the patient has died.
    """
    owed = talks_unassessed(facts)
    if owed and reason is not ClosureReason.DIED:
        raise RuleViolation(
            f"Safety was talked about on {fmt_date(owed[0].closed_on)} and the assessment is not written. "
            "Write the safety assessment before closing."
        )


def _say(talked: date, latest: date | None) -> str:
    before = f"; the latest is of {fmt_date(latest)}" if latest else ""
    return (
        f"Safety was talked about on {fmt_date(talked, weekday=True)}. Write the safety assessment: "
        f"none is recorded since{before}"
    )


_OWED = Basis(
    rule="safety.assessment",
    source=(
        "NHS England, Staying safe from suicide (2025): a conversation leads to a safety assessment and "
        "formulation."
    ),
    facts=("Talked on", "Latest assessment"),
    say=_say,
)
