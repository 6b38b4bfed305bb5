"""Correcting a form: with a reason, once, and without making a question vanish."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from collabcare.domain.corrections import asks_again, corrected_form
from collabcare.domain.errors import RuleViolation
from collabcare.domain.ids import MeasureId
from collabcare.domain.instruments import score
from tests.builders import facts, measure, phq9

if TYPE_CHECKING:
    from collabcare.domain.facts import MeasureFact

LOW, WITH_9, BLANK_9 = (1, *(0,) * 8), (*(0,) * 8, 1), (*(0,) * 8, None)


def scored(answers: tuple[int | None, ...]) -> MeasureFact:
    """Return a PHQ-9 as it was recorded."""
    form = score(phq9(), answers)
    return measure(form.total, answers=answers, safety=form.safety, safety_answer=form.safety_answer)


def test_the_form_corrected_is_one_that_stands() -> None:
    form = measure(1, id=MeasureId(7), answers=LOW)
    known = facts(measures=(form,))
    assert corrected_form(known, MeasureId(7), "phq9", "Wrong sheet") == form
    for wrong, instrument, reason in ((8, "phq9", "x"), (7, "gad7", "x"), (7, "phq9", "")):
        with pytest.raises(RuleViolation):
            corrected_form(known, MeasureId(wrong), instrument, reason)


@pytest.mark.parametrize(
    ("before", "after", "asks"),
    [
        (None, LOW, False),
        (None, WITH_9, True),
        (WITH_9, LOW, False),
        (LOW, WITH_9, True),
        (WITH_9, WITH_9, False),
        (BLANK_9, BLANK_9, False),
        (BLANK_9, WITH_9, True),
    ],
)
def test_a_correction_asks_only_what_was_not_asked_before(
    before: tuple[int | None, ...] | None, after: tuple[int | None, ...], *, asks: bool
) -> None:
    corrected = None if before is None else scored(before)
    assert asks_again(score(phq9(), after), corrected) is asks
