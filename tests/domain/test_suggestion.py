"""The facts a suggestion went by, as they are shown."""

from __future__ import annotations

from datetime import date

import pytest

from collabcare.domain.suggestion import Used


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "Last seen: not recorded"),
        (0, "Last seen: 0"),
        (True, "Last seen: yes"),
        (False, "Last seen: no"),
        (date(2026, 8, 6), "Last seen: 06-Aug-2026"),
        ("at home", "Last seen: at home"),
    ],
)
def test_a_fact_is_shown_as_recorded_and_nothing_recorded_is_no_zero(
    value: date | int | str | bool | None, words: str
) -> None:
    assert Used("Last seen", value).words == words
