"""Correcting a form entered wrongly: a new version in its place, with a reason; nothing is rewritten.

What was entered first stays in the record as it was. A safety question it raised stays open until its outcome
is recorded: a correction never makes a prompt vanish. This project's own rule.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.errors import RuleViolation
from collabcare.domain.instruments import Safety

if TYPE_CHECKING:
    from collabcare.domain.facts import EpisodeFacts, MeasureFact
    from collabcare.domain.ids import MeasureId
    from collabcare.domain.instruments import Score


def corrected_form(facts: EpisodeFacts, measure_id: MeasureId, instrument: str, reason: str) -> MeasureFact:
    """Return the form that a new one of ``instrument`` takes the place of.

    Raises:
        RuleViolation: When it does not stand in this episode, is of another questionnaire, or has no reason.
    """
    form = next((each for each in facts.measures if each.id == measure_id), None)
    if form is None:
        raise RuleViolation("That form has been corrected already, or is not one of this episode's.")
    if form.instrument != instrument:
        raise RuleViolation(
            "A form is corrected by the same questionnaire. Record another one as a new form."
        )
    if not reason:
        raise RuleViolation("Say what was wrong with the form: the first entry stays in the record.")
    return form


def asks_again(score: Score, corrected: MeasureFact | None) -> bool:
    """Return whether a form opens a safety conversation: not when it only repeats what the first asked."""
    if score.safety is Safety.NONE:
        return False
    if corrected is None:
        return True
    return (score.safety, score.safety_answer) != (corrected.safety, corrected.safety_answer)
