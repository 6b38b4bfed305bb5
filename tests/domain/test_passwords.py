"""What a new password must be: long, and said in words while it is typed."""

from __future__ import annotations

import pytest

from collabcare.domain.errors import RuleViolation
from collabcare.domain.passwords import password_hint, password_problem, refuse_weak


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "12 more to go"),
        ("short", "7 more to go"),
        ("elevenchars", "1 more to go"),
        ("aaaaaaaaaaaaaaaaaaa", "repeats the same few"),
        ("ababABABababABAB", "repeats the same few"),
    ],
)
def test_a_weak_password_is_refused_in_words(typed: str, words: str) -> None:
    assert words in password_problem(typed)
    with pytest.raises(RuleViolation, match=words):
        refuse_weak(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "passwordpassword",
        "Password Password",
        "Password2026!",
        "qwerty-letmein-1",
        "Welcome12345678",
        "1234567890123456",
        "tulips tulips tulips",
        "yellowyellow7",
        "collabcare2026",
    ],
)
def test_common_words_and_one_word_repeated_are_easily_guessed(typed: str) -> None:
    assert password_hint(typed).startswith("That is easily guessed")
    with pytest.raises(RuleViolation, match="easily guessed"):
        refuse_weak(typed)


@pytest.mark.parametrize(
    "typed",
    ["three quick w", "correct horse battery", "çàéñ-Łódź-zebra", "84019385719203", "welcome copper tulip"],
)
def test_length_is_enough(typed: str) -> None:
    assert password_problem(typed) == ""
    refuse_weak(typed)


def test_the_hint_says_how_far_one_is() -> None:
    hints = [password_hint(text) for text in ("", "three", "three quick w", "three quick words")]
    assert hints[0].startswith("At least 12 characters")
    assert hints[1:] == [
        "Use at least 12 characters: 7 more to go.",
        "Long enough. Longer is stronger.",
        "Strong.",
    ]
