"""Reasons are put into words when they are read, from the facts they hold."""

from __future__ import annotations

from datetime import date

import pytest

from collabcare.domain.codes import AttendanceStatus
from collabcare.domain.reason import Basis, Reason
from collabcare.domain.suggestion import Used

LATE = Basis(
    rule="made_up.late",
    facts=("Since", "Outcome"),
    say=lambda since, outcome: f"{outcome.label} since {since.year}",
    source="Made up",
)


def test_a_reason_says_its_sentence_rule_facts_and_source() -> None:
    reason = Reason(LATE, (date(2026, 1, 5), AttendanceStatus.DID_NOT_ATTEND))
    assert reason.sentence == "Did not attend since 2026"
    assert reason.rule == "made_up.late"
    assert reason.used == (Used("Since", date(2026, 1, 5)), Used("Outcome", "Did not attend"))
    assert reason.source == "Made up"


def test_a_figure_with_a_source_of_its_own_names_that() -> None:
    assert (
        Reason(LATE, (date(2026, 1, 5), AttendanceStatus.DID_NOT_ATTEND), "The model").source == "The model"
    )


def test_every_fact_has_a_name() -> None:
    with pytest.raises(ValueError, match="shorter"):
        _ = Reason(LATE, (date(2026, 1, 5),)).used
