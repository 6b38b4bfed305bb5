"""Which patients each view of the caseload holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from collabcare.domain.caseload import CaseloadRow, caseload_row
from collabcare.domain.caseload_filters import FILTER_MEANS, FILTER_WORDS, CaseloadFilter, is_among
from collabcare.domain.episode import Phase
from tests.builders import MONDAY, day, facts, ladder, rulebook

if TYPE_CHECKING:
    from collabcare.domain.facts import EpisodeFacts


def row(of: EpisodeFacts, after: int = 0) -> CaseloadRow:
    """Return a row as of so many days after the first Monday."""
    return caseload_row(of, rulebook(), MONDAY + timedelta(days=after))


def among(of: CaseloadRow) -> set[CaseloadFilter]:
    """Return the views a patient belongs to."""
    return {each for each in CaseloadFilter if is_among(of, each)}


def test_everybody_is_in_all() -> None:
    assert CaseloadFilter.ALL in among(row(facts("A"), after=1))


@pytest.mark.parametrize(("after", "late"), [(0, False), (60, True)])
def test_overdue_means_what_the_rule_for_due_says(after: int, late: bool) -> None:
    shown = row(facts("A"), after=after)
    assert (CaseloadFilter.OVERDUE in among(shown)) is late is bool(shown.overdue)


def test_re_engaging_lasts_until_the_patient_is_reached() -> None:
    missed = facts("AD", ladders=(ladder(day(7)),))
    assert CaseloadFilter.REENGAGING in among(row(missed, after=8))
    reached = replace(missed, ladders=(ladder(day(7), closed_on=day(8), closed_because="Reached"),))
    assert CaseloadFilter.REENGAGING not in among(row(reached, after=8))


def test_waiting_ends_with_the_first_contact() -> None:
    assert CaseloadFilter.WAITING in among(row(facts("")))
    assert CaseloadFilter.WAITING not in among(row(facts("A"), after=1))
    assert CaseloadFilter.WAITING in among(row(facts("", phase=Phase.REFERRED, holder_id=None)))


def test_due_supervision_has_a_reason() -> None:
    seen = row(facts("A"), after=1)
    assert (CaseloadFilter.DUE_SUPERVISION in among(seen)) is bool(seen.agenda)


def test_every_view_has_words_and_a_meaning() -> None:
    assert FILTER_WORDS.keys() == FILTER_MEANS.keys() == set(CaseloadFilter)
    assert all(words.endswith(".") for words in FILTER_MEANS.values())
