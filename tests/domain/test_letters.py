"""Filling facts into a letter's text."""

from __future__ import annotations

from collabcare.domain.letters import placeholders, stray_brace, substitute


def test_facts_are_filled_in_once_and_braces_inside_them_are_printed() -> None:
    """Nothing a patient is called can name another fact."""
    text = "Dear {patient.first}, about {patient.name}."
    facts = {"patient.first": "{patient.name}", "patient.name": "<none> {0.__class__}"}
    assert substitute(text, facts) == "Dear {patient.name}, about <none> {0.__class__}."
    assert placeholders(text) == {"patient.first", "patient.name"}


def test_a_brace_that_names_no_fact_is_noticed() -> None:
    assert not stray_brace("Dear {patient.first}")
    assert all(stray_brace(text) for text in ("{", "}", "{0.__class__}", "{patient}", "{{patient.first}}"))
