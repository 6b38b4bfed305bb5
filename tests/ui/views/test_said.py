"""What is said after each save: what was saved, by its name, and then what comes next."""

from __future__ import annotations

import re

import pytest

from collabcare.ui.views.every_page import PATIENT_PAGE_VIEWS
from collabcare.ui.views.safety_view import SAID_OF_SAFETY

TWO_SENTENCES = re.compile(r"(?:The|How|Who|What|Care|They) .+[.:,] .+\.")
SAID = {
    f"{name.value}: {kind}": words
    for name, view in PATIENT_PAGE_VIEWS.items()
    for kind, words in getattr(view, "SAID", {}).items()
} | {f"safety: {kind}": words for kind, words in SAID_OF_SAFETY.items()}


@pytest.mark.parametrize("kind", SAID)
def test_a_save_names_what_was_saved_and_says_what_comes_next(kind: str) -> None:
    words = SAID[kind]
    assert TWO_SENTENCES.fullmatch(words), words
    assert not re.match(r"(?:Saved|Done|Added)\b", words)
    assert "!" not in words


def test_there_is_something_to_look_at() -> None:
    assert len(SAID) > 25
