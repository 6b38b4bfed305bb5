"""The PHQ-9's optional pattern of symptoms."""

from __future__ import annotations

from dataclasses import replace

import pytest

from collabcare.domain.depressive_pattern import DepressivePattern, depressive_pattern
from tests.builders import gad7, phq9

SYNDROME = phq9().syndrome
assert SYNDROME is not None
ON = replace(phq9(), syndrome=replace(SYNDROME, shown=True))
ROWS = {
    "five symptoms and a core one": ("220222000", DepressivePattern.MAJOR),
    "item 9 counts from 1": ("220220001", DepressivePattern.MAJOR),
    "item 3 does not count from 1": ("221220001", DepressivePattern.MAJOR),
    "four symptoms": ("220220000", DepressivePattern.OTHER),
    "two symptoms": ("200000001", DepressivePattern.OTHER),
    "one symptom": ("200000000", DepressivePattern.NEITHER),
    "no core symptom": ("113333333", DepressivePattern.NEITHER),
    "all at 1": ("111111111", DepressivePattern.NEITHER),
}


@pytest.mark.parametrize(("marks", "pattern"), ROWS.values(), ids=ROWS)
def test_symptoms_are_counted_as_published(marks: str, pattern: DepressivePattern) -> None:
    assert depressive_pattern(ON, [int(mark) for mark in marks]) is pattern


def test_it_is_off_as_shipped() -> None:
    assert depressive_pattern(phq9(), [3] * 9) is None


def test_other_forms_blanks_and_other_lengths_have_none() -> None:
    assert depressive_pattern(gad7(), [3] * 7) is None
    assert depressive_pattern(ON, [*[3] * 8, None]) is None
    assert depressive_pattern(ON, []) is None
