"""The patient's copy of a safety plan on paper: one page, or in large print as many as it takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.safety_page import PlanPage


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSheet:
    """What the page says of itself, and how large it is set: large print in ``points``, 16 or more."""

    service: str
    printed_on: date
    large_print: bool = False
    is_demo: bool = False
    points: int = 16


def safety_plan_pdf(page: PlanPage, sheet: PlanSheet) -> bytes:
    """Draw the page as a tagged PDF; a long plan is set smaller, down to 10 points, to stay on one.

    Raises:
        RuleViolation: When a character has no print.
    """
    from collabcare.documents.pdf.plan_pages import plan_pdf

    return plan_pdf(page, sheet)


def safety_plan_text(page: PlanPage) -> str:
    """Return the words of the page in the order they are read, for a screen reader."""
    lines = [*filter(None, (page.draft,)), page.title, page.whose, *page.dates]
    for section in page.sections:
        lines += ["", section.heading, *section.lines]
    return "\n".join([*lines, "", page.foot]) + "\n"


def safety_plan_name(day: date, *, large_print: bool = False) -> str:
    """Return a name for the file that says nothing of the patient: ``safety-plan-2026-11-21.pdf``."""
    return f"safety-plan-{day.isoformat()}{'-large-print' if large_print else ''}.pdf"
