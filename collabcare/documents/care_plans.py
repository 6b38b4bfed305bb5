"""The patient's own pages on paper: goals with the plan towards them, and the staying-well plan.

One page each, or in large print as many as it takes; drawn as the copy of a safety plan is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.documents.safety_plan import PlanSheet, safety_plan_pdf, safety_plan_text

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.safety_page import PlanPage

__all__ = ["PlanSheet", "care_plan_name", "care_plan_pdf", "care_plan_text"]


def care_plan_pdf(page: PlanPage, sheet: PlanSheet) -> bytes:
    """Draw a page of the patient's as a tagged PDF.

    Raises:
        RuleViolation: When a character has no print.
    """
    return safety_plan_pdf(page, sheet)


def care_plan_text(page: PlanPage) -> str:
    """Return the words of the page in the order they are read, for a screen reader."""
    return safety_plan_text(page)


def care_plan_name(what: str, day: date, *, large_print: bool = False) -> str:
    """Return a name for the file that says nothing of the patient: ``goals-2026-11-21.pdf``."""
    return f"{what}-{day.isoformat()}{'-large-print' if large_print else ''}.pdf"
