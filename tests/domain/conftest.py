"""A questionnaire unlike the shipped ones, so that a rule is tested and not a file."""

from __future__ import annotations

from dataclasses import replace

import pytest

from collabcare.domain.instruments import Band, Direction, Instrument, Option
from tests.builders import phq9


@pytest.fixture
def wellbeing() -> Instrument:
    """Ten items from 1 to 5, higher is better, at or below 24 is outside the usual range."""
    return replace(
        phq9(),
        id="wellbeing",
        name="Wellbeing",
        items=tuple(f"Item {number}" for number in range(1, 11)),
        options=tuple(Option(value=value, label=str(value)) for value in range(1, 6)),
        item_count=10,
        item_min=1,
        item_max=5,
        split=None,
        syndrome=None,
        function_question=None,
        function_options=(),
        max_missing=0,
        caseness=24,
        reliable_change=5,
        bands=(Band(upto=24, label="below the usual range"), Band(upto=50, label="within the usual range")),
        safety_item=None,
        direction=Direction.HIGHER_IS_BETTER,
    )
