"""Recording a fact that makes us act sooner, when it ceases to hold, and that it was a mistake."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.errors import RuleViolation
from collabcare.domain.reach_facts import HasteFact, HasteKind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

HASTE_WORDS = {
    HasteKind.SELF_HARM: "Self-harm",
    HasteKind.CRISIS_CONTACT: "Contact with crisis services",
    HasteKind.INPATIENT_DISCHARGE: "Discharge from a ward",
    HasteKind.CRISIS_TEAM_DISCHARGE: "Discharge from the crisis team",
    HasteKind.SAFEGUARDING: "Safeguarding concern",
    HasteKind.CHILD_CONCERN: "Concern for a child",
    HasteKind.DOMESTIC_ABUSE: "Domestic abuse",
    HasteKind.PERINATAL: "Pregnancy or a baby",
    HasteKind.ANTIDEPRESSANT_STARTED: "Antidepressant started",
    HasteKind.ANTIDEPRESSANT_CHANGED: "Antidepressant changed",
    HasteKind.SUICIDE_CONCERN: "Concern about suicide",
    HasteKind.RELIES_ON_OTHERS: "Relies on others to attend",
    HasteKind.LEARNING_DISABILITY: "Learning disability",
    HasteKind.DEMENTIA: "Dementia",
    HasteKind.UNMET_FORMAT_NEED: "Interpreter or format need not met",
    HasteKind.PRACTITIONER_JUDGEMENT: "Practitioner's judgement",
}
"""Each fact as it is shown to choose from."""
HAPPENS_ONCE = frozenset(
    {
        HasteKind.SELF_HARM,
        HasteKind.CRISIS_CONTACT,
        HasteKind.INPATIENT_DISCHARGE,
        HasteKind.CRISIS_TEAM_DISCHARGE,
        HasteKind.ANTIDEPRESSANT_STARTED,
        HasteKind.ANTIDEPRESSANT_CHANGED,
    }
)
"""What happened on a day and counts for so long after it; the others hold until somebody says they do not."""


def refuse_haste(asked: HasteFact, recorded: Iterable[HasteFact], *, birth_date: date, today: date) -> None:
    """Refuse a fact whose day cannot be, a judgement without its reason, or one recorded already.

    Raises:
        RuleViolation: With what to check.
    """
    if asked.happened_on > today:
        raise RuleViolation("This cannot have happened in the future. Check the date.")
    if asked.happened_on < birth_date:
        raise RuleViolation("This is dated before the patient was born. Check the date.")
    if asked.kind is HasteKind.PRACTITIONER_JUDGEMENT and not asked.note.strip():
        raise RuleViolation("Say what makes you think that we should act sooner.")
    for each in recorded:
        holds = asked.kind not in HAPPENS_ONCE and each.ended_on is None
        if each.kind is asked.kind and (holds or each.happened_on == asked.happened_on):
            raise RuleViolation(f"This is recorded already ({HASTE_WORDS[asked.kind].lower()}).")


def refuse_haste_end(fact: HasteFact, ended_on: date, *, today: date) -> None:
    """Refuse an end of what happened once, ended already, or cannot have ended then.

    Raises:
        RuleViolation: With what to do instead.
    """
    if fact.kind in HAPPENS_ONCE:
        raise RuleViolation("This happened on a day and does not end. If it is wrong, mark it as an error.")
    if fact.ended_on is not None:
        raise RuleViolation("That is recorded as ended already.")
    if ended_on > today:
        raise RuleViolation("It cannot have ended in the future. Check the date.")
    if ended_on < fact.happened_on:
        raise RuleViolation("It cannot have ended before it began. Check the date.")
