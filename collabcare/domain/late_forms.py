"""A form that comes in after care has ended: kept, counted in no figure, its answer talked about that day.

Somebody may post what they would not say. The form never opens care by itself: whether they come back is
decided with them. This project's own rule.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.calendar import london_date
from collabcare.domain.due_kinds import Due, DueKind
from collabcare.domain.errors import RuleViolation
from collabcare.domain.safety_reason import why_open

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from collabcare.domain.course import Course
    from collabcare.domain.rulebook import Rulebook
    from collabcare.domain.safety_facts import FormRoute

_TODAY = "If an answer worries you, ring the patient today, or tell their GP or whoever is on duty."


def refuse_late_form(
    route: FormRoute | None, *, died_on: date | None, back_in_care: bool, corrects: bool
) -> None:
    """Refuse to keep a form in a closed episode, unless it came from outside and the patient is not back.

    Raises:
        RuleViolation: With where it belongs, or whom to tell of its answers today.
    """
    if died_on is not None:
        raise RuleViolation("This patient has died, so nothing is asked any more and no form is kept.")
    if back_in_care:
        raise RuleViolation("The patient is back in our care. Enter the form in the care that is open.")
    if corrects:
        raise RuleViolation(
            "Care has ended, so a form is not corrected any more. Write what is right in a letter to the GP, "
            "or refer them again."
        )
    if route is None or not route.remote:
        raise RuleViolation(
            "This episode of care is closed. A form that came by post, telephone, text or email is still "
            f"kept: say how it came. {_TODAY}"
        )


def late_conversations(course: Course, rulebook: Rulebook) -> Iterator[Due]:
    """Yield the conversations that forms asked for after care had ended, due on the day they came in.

    Each is for whoever held the patient, for duty and for the supervisors, until its outcome is recorded.
    """
    late = {form.id for form in course.facts.late_forms}
    for prompt in course.prompts:
        ended_on = course.facts.closed_on if prompt.measure_id in late else None
        came = prompt.opened_on if prompt.arrived_at is None else london_date(prompt.arrived_at)
        reason = why_open(prompt, rulebook.instruments[prompt.instrument], ended_on=ended_on)
        yield Due(DueKind.SAFETY_CONVERSATION, came, reason, prompt.measure_id, for_duty=True)
