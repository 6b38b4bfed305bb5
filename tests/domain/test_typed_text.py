"""Text as people type or paste it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.errors import RuleViolation
from collabcare.domain.typed_text import typed_block, typed_line

BLOCKS = {
    "as typed": ("Rang twice.\nNo reply.", "Rang twice.\nNo reply."),
    "blank ends": ("  \n Rang. \n\n", "Rang."),
    "Windows lines": ("one\r\ntwo\rthree", "one\ntwo\nthree"),
    "Word's lines": ("one\x0btwo\u2028three\x0cfour\x85five", "one\ntwo\nthree\nfour\nfive"),
    "a NUL in the middle": ("before\x00after", "beforeafter"),
    "other controls": ("a\x07b\x1bc\x7fd\x9fe", "abcde"),
    "tabs stay": ("a\tb", "a\tb"),
    "half a character": ("a\ud83db", "ab"),
    "a whole one": ("a😀b", "a😀b"),
    "names": ("Łukasz Nguyễn & <none> O'Brien", "Łukasz Nguyễn & <none> O'Brien"),
    "nothing": ("", ""),
    "nothing but space": (" \n\t ", ""),
}


@pytest.mark.parametrize(("typed", "kept"), BLOCKS.values(), ids=BLOCKS)
def test_a_block_keeps_every_letter_and_no_control(typed: str, kept: str) -> None:
    assert typed_block(typed, "The note", 100) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("  van  der\tBerg ", "van der Berg"), ("a\nb", "a b"), ("\x00A\x00", "A"), ("O'Brien", "O'Brien")],
)
def test_a_line_is_one_line(typed: str, kept: str) -> None:
    assert typed_line(typed, "The surname", 100) == kept


def test_what_is_too_long_is_refused_whole_with_its_length() -> None:
    assert typed_block("x" * 1000, "The note", 1000) == "x" * 1000
    with pytest.raises(RuleViolation, match=r"^The note is too long: 1,001 characters\. Keep it to 1,000\.$"):
        typed_block("x" * 1001, "The note", 1000)
    with pytest.raises(RuleViolation, match="The surname is too long"):
        typed_line("x" * 200_000, "The surname", 100)


@given(st.text())
def test_what_is_kept_can_be_stored_and_is_kept_the_same_again(text: str) -> None:
    kept = typed_block(text, "The note", 10_000)
    kept.encode("utf-8")
    assert typed_block(kept, "The note", 10_000) == kept
    assert "\x00" not in kept
    assert "\r" not in kept
