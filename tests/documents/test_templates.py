"""Filling in: one strict pass, and never a gap."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.documents.templates import fill, fill_line
from collabcare.domain.errors import RuleViolation
from collabcare.domain.letters import Condition, Paragraph, placeholders, stray_brace

NAME = "patient.name"


def test_a_fact_is_printed_as_it_is_whatever_it_looks_like() -> None:
    facts = {NAME: "{gp.practice} {0.__class__} {{}} %s", "gp.practice": "Elm Tree"}
    said = fill([Paragraph(text="{patient.name} of {gp.practice}.")], facts)
    assert said == ["{gp.practice} {0.__class__} {{}} %s of Elm Tree."]


@given(st.text())
def test_any_text_at_all_passes_through_unchanged(text: str) -> None:
    assert fill_line("{patient.name}", {NAME: text or "x"}) == (text or "x")


def test_a_gap_refuses_to_print_and_says_each_thing_once() -> None:
    letter = [
        Paragraph(text="{patient.name} and {service.telephone}"),
        Paragraph(text="{patient.name} again"),
        Paragraph(text="{gp.practice}"),
    ]
    with pytest.raises(RuleViolation) as refusal:
        fill(letter, {NAME: "", "gp.practice": "Elm Tree"})
    words = "Complete before sending: the patient's name, the service's telephone number."
    assert str(refusal.value) == words


def test_a_paragraph_is_left_out_with_its_needs() -> None:
    unless_missed = Paragraph(text="{missed.on}", when=(Condition(fact="missed.on", there=True),))
    assert fill([unless_missed, Paragraph(text="Always.")], {}) == ["Always."]


@pytest.mark.parametrize(
    ("text", "named", "stray"),
    [
        ("{patient.name}", {"patient.name"}, False),
        ("{ patient.name }", set(), True),
        ("{patient}", set(), True),
        ("{patient.name.upper}", {"patient.name.upper"}, False),
        ("{patient.name!r}", set(), True),
        ("{patient.name:>10}", set(), True),
        ("{Patient.Name}", set(), True),
        ("{0}", set(), True),
        ("{{patient.name}}", {"patient.name"}, True),
        ("100 % plain", set(), False),
    ],
)
def test_only_a_dotted_name_in_braces_is_a_placeholder(text: str, named: set[str], stray: bool) -> None:
    assert placeholders(text) == named
    assert stray_brace(text) is stray
