"""The safety assessment that a talk leads to: owed until one of that day or a later one is recorded.

A talk about safety is followed by an assessment and a formulation in words (NHS England, Staying safe from
suicide, 2025). Done late it still counts, and nothing makes it go but the assessment.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from collabcare.domain.codes import ClosureReason
from collabcare.domain.display import fmt_date, fmt_days
from collabcare.domain.due_kinds import Due, DueKind
from collabcare.domain.errors import RuleViolation, StaleRecord
from collabcare.domain.reason import Basis, Reason
from collabcare.domain.safety import SafetyOutcome
from collabcare.domain.safety_assessment import standing_assessment
from collabcare.domain.typed_text import tells_something

if TYPE_CHECKING:
    from collabcare.domain.facts import EpisodeFacts, SafetyPromptFact
    from collabcare.domain.safety_facts import SafetyAssessmentFact


def talks_unassessed(facts: EpisodeFacts) -> list[SafetyPromptFact]:
    """Return the talks that no assessment of that day or later followed, the first first.

    A talk after which somebody said that the assessment there was still stands is followed up, too.
    """
    latest = max((each.assessed_on for each in facts.safety_assessments), default=date.min)
    owed = [
        prompt
        for prompt in facts.safety_prompts
        if prompt.closed_on is not None
        and prompt.closed_on > latest
        and prompt.outcome == SafetyOutcome.TALKED_TODAY
        and prompt.stands is None
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


def refuse_still_stands(facts: EpisodeFacts, assessment_id: int, why: str, *, today: date) -> None:
    """Refuse to let an assessment stand in the place of a new one where it cannot.

    Raises:
        RuleViolation: When nothing is owed, it is not the one that holds, it has no formulation or its review
            is overdue, or nobody says why it still holds.
        StaleRecord: When another one was recorded meanwhile.
    """
    standing = standing_assessment(facts)
    if not talks_unassessed(facts):
        raise RuleViolation("No safety assessment is to be written now.")
    if standing is None or not standing.formulation.strip():
        raise RuleViolation("There is no formulation that could still stand. Write the safety assessment.")
    if standing.id != assessment_id:
        raise StaleRecord("Another safety assessment was recorded meanwhile. Look at it first.")
    if standing.review_on < today:
        raise RuleViolation(
            f"The assessment of {fmt_date(standing.assessed_on)} was to be reviewed by "
            f"{fmt_date(standing.review_on)}. Look at it again with the patient and write a new version."
        )
    if not tells_something(why):
        raise RuleViolation("Write a sentence: what was talked about and why the formulation still holds.")


def may_still_stand(facts: EpisodeFacts, standing: SafetyAssessmentFact, *, today: date) -> bool:
    """Return whether the assessment that holds may be said to stand after a talk."""
    held = bool(standing.formulation.strip()) and standing.review_on >= today
    return held and bool(talks_unassessed(facts))


def still_stands_words(facts: EpisodeFacts, prompt: SafetyPromptFact) -> str:
    """Say that no new assessment was written after a talk, which one still stood, and who said so when."""
    if (stands := prompt.stands) is None:
        return ""
    of = next((each for each in facts.safety_assessments if each.id == stands.assessment_id), None)
    old = "" if of is None else f" of {fmt_date(of.assessed_on)}, {_old(of.assessed_on, stands.on)} old then,"
    said = f"{stands.by}, {fmt_date(stands.on, weekday=True)}"
    return f"No new assessment: the one{old} still stood ({said}). {stands.why}"


def _old(assessed: date, on: date) -> str:
    return fmt_days((on - assessed).days)


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
