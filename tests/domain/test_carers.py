"""Somebody close to a patient: consent before anything else, and a blank never a yes."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.carers import (
    CarerDraft,
    checked_carer,
    draft_of,
    nominated_carer,
    nominated_words,
)
from collabcare.domain.errors import RuleViolation
from collabcare.domain.people_facts import CarerFact
from tests.builders import MONDAY, day

ADA = CarerDraft(
    name=" Ada  Okafor ",
    relation="sister",
    telephone="07700 900321",
    may_contact=True,
    consent_on=MONDAY,
    nominated=True,
    may_share=" That she is in our care ",
)


def test_somebody_is_tidied() -> None:
    kept = checked_carer(ADA, today=MONDAY)
    assert (kept.name, kept.may_share) == ("Ada Okafor", "That she is in our care")
    assert checked_carer(CarerDraft(name="Ada"), today=MONDAY) == CarerDraft(name="Ada")


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "no name": ({"name": " "}, "Write who this is"),
    "rung, not asked": ({"may_contact": None, "consent_on": None, "may_share": ""}, "Nobody is rung"),
    "rung, refused": ({"may_contact": False, "may_share": ""}, "Nobody is rung"),
    "told, not asked": ({"may_contact": None, "consent_on": None, "nominated": False}, "Nothing is shared"),
    "told, refused": ({"may_contact": False, "nominated": False}, "Nothing is shared"),
    "no number": ({"telephone": " "}, "Write the number"),
    "no day": ({"consent_on": None}, "the day on which the patient was asked"),
    "a day of nothing": (
        {"may_contact": None, "nominated": False, "may_share": ""},
        "Say whether the patient agrees",
    ),
    "tomorrow": ({"consent_on": day(1)}, "asked in the future"),
    "long": ({"relation": "x" * 101}, "too long"),
}


@pytest.mark.parametrize(("changes", "words"), WRONG.values(), ids=WRONG)
def test_what_is_missing_is_said(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(RuleViolation, match=words):
        checked_carer(replace(ADA, **changes), today=MONDAY)


@given(
    may_contact=st.none() | st.booleans(),
    nominated=st.booleans(),
    may_share=st.sampled_from(["", "Everything"]),
    consent_on=st.none() | st.sampled_from([MONDAY, day(-3), day(3)]),
    text=st.text(max_size=120),
)
def test_nobody_is_ever_kept_to_be_rung_or_told_without_a_yes(**said: Any) -> None:  # noqa: ANN401 - a draft's
    text = said.pop("text")
    with suppress(RuleViolation):
        kept = checked_carer(CarerDraft(name=text, telephone=text, note=text, **said), today=MONDAY)
        assert kept.may_contact is said["may_contact"]
        if kept.nominated or kept.may_share:
            assert kept.may_contact is True
            assert kept.consent_on is not None


def test_whom_to_ring_is_one_line_of_what_is_known() -> None:
    assert nominated_words("Ada", "sister", "07700 900321") == "Ada, sister, 07700 900321"
    assert nominated_words("Ada", "", "1") == "Ada, 1"


def test_who_may_be_rung_is_nominated_and_still_among_them() -> None:
    gone = CarerFact(id=1, name="Old", nominated=True, may_contact=True, ended_on=MONDAY)
    ada = CarerFact(id=2, name="Ada", nominated=True, may_contact=True)
    assert nominated_carer((gone, CarerFact(id=3, name="Kemi"))) is None
    assert nominated_carer((gone, ada)) is ada


def test_a_form_begins_with_what_is_recorded() -> None:
    said: dict[str, Any] = {"relation": "son", "is_carer": True, "may_contact": False, "consent_on": MONDAY}
    assert draft_of(CarerFact(id=1, name="Obi", note="n", **said)) == CarerDraft(name="Obi", note="n", **said)
