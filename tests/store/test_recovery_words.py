"""The printed recovery key: forgiving about how it is typed, exact about what is wrong with it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.errors import RuleViolation
from collabcare.store.recovery_words import new_recovery_words, recovery_credential

# The BIP-39 test vector for sixteen bytes of 0x7f.
WORDS = "legal winner thank year wave sausage worth useful legal winner thank yellow"


def test_the_words_mean_the_same_bytes_for_ever() -> None:
    assert recovery_credential(WORDS).secret == b"\x7f" * 16


def test_new_words_are_twelve_readable_and_never_the_same() -> None:
    keys = {new_recovery_words() for _ in range(50)}
    assert len(keys) == 50
    for words in keys:
        assert len(words) == 12
        assert len(recovery_credential(" ".join(words)).secret) == 16


@pytest.mark.parametrize(
    "typed",
    [
        WORDS.upper(),
        f"  {WORDS.replace(' ', '   ')}\n",
        WORDS.replace(" ", ", "),
        WORDS.replace(" ", "\r\n"),
        "\n".join(f"{n}. {word}" for n, word in enumerate(WORDS.split(), 1)),
        " ".join(f"{n:02d}:{word}" for n, word in enumerate(WORDS.split(), 1)),
        WORDS.replace(" ", " - "),
        WORDS.replace("a", "ａ"),  # noqa: RUF001 - a Japanese keyboard's full-width letter
    ],
)
def test_it_may_be_typed_as_people_type(typed: str) -> None:
    assert recovery_credential(typed).secret == b"\x7f" * 16


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (WORDS.replace("winner", "winer", 1), r"word 2 \(winer\) is not in the word list"),
        (WORDS.replace("thank", "thnk"), r"word 3 \(thnk\) and word 11 \(thnk\) are not in the word list"),
        (WORDS.replace("year", "wave"), "do not belong together"),
        (WORDS.replace("thank year", "year thank"), "do not belong together"),
        (WORDS.rsplit(" ", 1)[0], "has 12 words; 11 were given"),
        (f"{WORDS} zoo", "has 12 words; 13 were given"),
        ("", "has 12 words; 0 were given"),
    ],
)
def test_a_slip_is_told_where_it_is(typed: str, sentence: str) -> None:
    with pytest.raises(RuleViolation, match=sentence):
        recovery_credential(typed)


@given(st.text(max_size=3000))
def test_nothing_typed_breaks_it(typed: str) -> None:
    with pytest.raises(RuleViolation):
        recovery_credential(typed)


def test_the_words_are_not_shown_by_accident() -> None:
    assert "7f" not in repr(recovery_credential(WORDS))
