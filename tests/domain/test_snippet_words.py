"""What is typed as a snippet, and what is still to be filled in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.errors import RuleViolation
from collabcare.domain.snippet_words import (
    Snippet,
    Span,
    asked_for,
    field_before,
    fields,
    next_field,
    snippet_name,
)

PLAN = Snippet("plan", "Agreed to [[what]] by [[day]].")
OURS = (PLAN, Snippet("safe-words", "As above."), Snippet("plan", "The practice's"))


@pytest.mark.parametrize(
    ("before", "span"),
    [
        (";plan", Span(0, 5)),
        ("Seen. ;PLAN", Span(6, 11)),
        ("Seen.\n;plan", Span(6, 11)),
        (";plan ", None),
        ("a;plan", None),
        (";plant", None),
        (";", None),
        ("", None),
    ],
)
def test_a_name_counts_right_before_the_cursor_at_the_start_of_a_word(before: str, span: Span | None) -> None:
    found = asked_for(before, OURS)
    assert found == (None if span is None else (span, PLAN)), "the user's own comes first"


def test_a_name_may_have_a_hyphen() -> None:
    assert asked_for(";safe-words", OURS) == (Span(0, 11), OURS[1])


def test_fields_stand_in_order_and_on_one_line_each() -> None:
    text = "[[a]] b [[]] c [[d\ne]] [[f]"
    assert fields(text) == (Span(0, 5), Span(8, 12))
    assert next_field(text, 1) == Span(8, 12)
    assert next_field(text, 9) is None
    assert field_before(text, 12) == Span(8, 12)
    assert field_before(text, 11) == Span(0, 5)
    assert field_before(text, 4) is None


@given(st.text(alphabet="[]ab \n", max_size=40))
def test_going_from_field_to_field_meets_each_once(text: str) -> None:
    met, at = [], 0
    while (field := next_field(text, at)) is not None:
        met.append(field)
        at = field.end
    assert tuple(met) == fields(text)
    assert all(text[start:end].startswith("[[") and text[start:end].endswith("]]") for start, end in met)


@pytest.mark.parametrize(("typed", "kept"), [("plan", "plan"), (" ;plan ", "plan"), ("Über-2", "Über-2")])
def test_a_name_is_one_word(typed: str, kept: str) -> None:
    assert snippet_name(typed) == kept


@pytest.mark.parametrize("typed", ["two words", "", ";", "a.b", "a;b"])
def test_what_is_no_word_is_refused(typed: str) -> None:
    with pytest.raises(RuleViolation, match="one word"):
        snippet_name(typed)
