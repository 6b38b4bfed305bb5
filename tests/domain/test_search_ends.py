"""What follows once a search has found the patient."""

from __future__ import annotations

import pytest

from collabcare.domain.codes import ClosureReason
from collabcare.domain.search_ends import SEARCH_END_WORDS, Need, SearchEnd, after_contact


@pytest.mark.parametrize("end", SearchEnd)
def test_only_wrong_details_leave_the_search_open(end: SearchEnd) -> None:
    found = after_contact(end)
    assert found.closes_search is (end is not SearchEnd.WRONG_DETAILS)
    assert found.begins_again is (end is SearchEnd.WRONG_DETAILS)
    assert found.needs
    assert found.used[0].value == SEARCH_END_WORDS[end]
    assert found.sentence.endswith(".")
    assert (found.rule, bool(found.source)) == ("reengagement_end", True)


@pytest.mark.parametrize("end", SearchEnd)
def test_no_end_of_a_search_offers_closing_for_not_attending(end: SearchEnd) -> None:
    assert ClosureReason.DID_NOT_ATTEND not in after_contact(end).closure_reasons


def test_declining_still_asks_for_a_safety_review_and_the_gp() -> None:
    found = after_contact(SearchEnd.DECLINES)
    assert found.needs == (Need.SAFETY_REVIEW, Need.GP_INFORMED)
    assert found.closure_reasons == (ClosureReason.PATIENT_REQUESTED, ClosureReason.REFUSED_TO_BE_SEEN)


def test_a_pause_asks_for_the_day_of_return() -> None:
    assert after_contact(SearchEnd.WANTS_PAUSE).needs == (Need.RETURN_DATE,)
