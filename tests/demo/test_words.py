"""What the demo's notes and letters say: plain, kind, nothing a patient could not read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from collabcare.demo.chance import dice

if TYPE_CHECKING:
    from collabcare.demo.acts import Life
    from collabcare.demo.library import Library

NOT_WRITTEN = re.compile(
    r"\brisk\b|\d ?mg\b|\btablets?\b|non-?complian|attention.seeking|manipulat|refus(?:es|ed) to engage|"
    r"\bDNA\b|fail(?:s|ed) to attend|claims?\b|denie[sd]|!",
    re.IGNORECASE,
)
"""A level of anything, a dose, and the words that put somebody down."""
PRONOUNS = re.compile(r"\b(?:he|she|his|her|hers|him|himself|herself)\b", re.IGNORECASE)


def texts(life: Life) -> list[str]:
    """Return everything that was written about one person."""
    found = []
    for act in life.acts:
        for name in ("note", "reason", "question", "decision"):
            value = getattr(act, name, "")
            if type(value) is str:
                found.append(value)
        found += [action.text for action in getattr(act, "actions", ())]
        found += [text for _part, text in getattr(act, "typed", ())]
    return [text for text in found if text]


def test_nothing_is_written_that_a_patient_could_not_read(lives: list[Life]) -> None:
    written = {text for life in lives for text in texts(life)}
    assert len(written) > 500
    assert [text for text in written if NOT_WRITTEN.search(text)] == []


def test_nobody_is_called_he_or_she_by_a_code(lives: list[Life]) -> None:
    assert [text for life in lives for text in texts(life) if PRONOUNS.search(text)] == []


def test_sentences_are_whole(lives: list[Life]) -> None:
    for text in (text for life in lives for text in texts(life)):
        assert "{" not in text
        assert text[0].isupper() or text[0].isdigit()
        assert "  " not in text


def test_a_note_does_not_say_the_same_twice(lives: list[Life]) -> None:
    for life in lives:
        for text in texts(life):
            sentences = re.split(r"(?<=[.?]) ", text)
            assert len(sentences) == len(set(sentences)), text


def test_all_sentences_can_be_said(library: Library) -> None:
    rng = dice(1, "words", 0)
    for theme in library.themes:
        for sentence in library.words.all_sentences():
            assert sentence.format(about=rng.choice(theme.about), goal=theme.goal, activity=theme.activity)
