"""When something that a service model's clock or gate asks for was reached, and when that was a mistake.

A file review comes before the referral where a service model asks for it, so a milestone may too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from collabcare.domain.calendar import london_date
from collabcare.domain.errors import RuleViolation
from collabcare.domain.plan_facts import MilestoneKind

if TYPE_CHECKING:
    from datetime import date, datetime

MILESTONE_WORDS = {
    MilestoneKind.FILE_REVIEW: "GP file review",
    MilestoneKind.MDT_REVIEW: "Team review (MDT)",
    MilestoneKind.ASSESSMENT: "Assessment",
    MilestoneKind.INTERVENTION: "Intervention",
    MilestoneKind.CARE_PLAN: "Care plan",
    MilestoneKind.CRISIS_ASSESSMENT: "Crisis assessment",
    MilestoneKind.TREATMENT_START: "Start of treatment",
    MilestoneKind.CRISIS_REFERRAL: "Referral to the crisis team",
}
"""Each kind as screens name it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneDraft:
    """A milestone as it is recorded; ``at`` (aware) is given only where a clock runs in hours."""

    kind: MilestoneKind
    reached_on: date
    at: datetime | None = None
    finding: str = ""


def refuse_milestone(draft: MilestoneDraft, *, birth_date: date, now: datetime) -> None:
    """Refuse a milestone in the future, before the patient was born, or whose hour is on another day.

    Raises:
        RuleViolation: With what to check.
    """
    if draft.reached_on > london_date(now):
        raise RuleViolation("This cannot have been reached in the future. Check the date.")
    if draft.reached_on < birth_date:
        raise RuleViolation("This is dated before the patient was born. Check the date.")
    if draft.at is None:
        return
    if draft.at.utcoffset() is None:
        raise RuleViolation("Give the time as a clock time in England.")
    if london_date(draft.at) != draft.reached_on:
        raise RuleViolation("The time is on another day than the date. Check both.")
    if draft.at > now:
        raise RuleViolation("This cannot have been reached in the future. Check the time.")


def refuse_voiding(reason: str, *, voided: bool) -> None:
    """Refuse to take back a milestone without saying why, or twice.

    Raises:
        RuleViolation: With what is missing.
    """
    if voided:
        raise RuleViolation("That is marked as entered in error already.")
    if not reason.strip():
        raise RuleViolation("Say what was wrong: the entry stays in the record with your reason.")
