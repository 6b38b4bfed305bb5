"""What the record of a contact needs, and what one still lacks."""

from __future__ import annotations

from dataclasses import asdict, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.codes import ATTENDED, AttendanceStatus, ConsultationMechanism
from collabcare.domain.contact_record import ContactRecord, missing_from_contact, refuse_incomplete
from collabcare.domain.errors import RuleViolation
from tests.builders import MONDAY, day

WHOLE = ContactRecord(
    on=MONDAY,
    status=AttendanceStatus.ATTENDED_ON_TIME,
    mechanism=ConsultationMechanism.TELEPHONE,
    minutes=20,
    scores_taken=True,
    medication="Taken most days, no side effects",
    intervention="Behavioural activation",
    homework="A walk each day",
    safety_asked=True,
    safety_note="No thoughts of harm",
    plan="Weekly calls",
    next_contact_on=day(7),
)
LACKS: list[tuple[dict[str, object], str]] = [
    ({"on": None}, "the date"),
    ({"mechanism": None}, "how it was held"),
    ({"minutes": None}, "how long it took"),
    ({"scores_taken": None}, "scores"),
    ({"medication": " "}, "medication and side effects"),
    ({"intervention": ""}, "what was done"),
    ({"homework": ""}, "what the patient does until next time"),
    ({"safety_asked": None}, "whether safety was talked about"),
    ({"safety_note": ""}, "what was said about safety"),
    ({"plan": ""}, "the plan"),
    ({"next_contact_on": None}, "the next contact date"),
]


def test_a_whole_record_lacks_nothing() -> None:
    assert missing_from_contact(WHOLE) == ()
    refuse_incomplete(WHOLE)


@pytest.mark.parametrize(("blank", "said"), LACKS)
def test_each_blank_is_named(blank: dict[str, object], said: str) -> None:
    short = ContactRecord(**asdict(WHOLE) | blank)
    assert missing_from_contact(short) == (said,)
    with pytest.raises(RuleViolation, match=f"Still to record: {said}"):
        refuse_incomplete(short)


def test_a_no_is_an_answer() -> None:
    """Not asking about safety that day, or taking no scores, is recorded as such; a blank is not a no."""
    assert missing_from_contact(replace(WHOLE, scores_taken=False, safety_asked=False, safety_note="")) == ()


def test_no_next_date_is_needed_where_care_ends() -> None:
    assert missing_from_contact(replace(WHOLE, next_contact_on=None, closing=True)) == ()


@pytest.mark.parametrize("status", sorted(set(AttendanceStatus) - ATTENDED))
def test_a_contact_that_was_not_kept_needs_its_outcome_and_a_next_date(status: AttendanceStatus) -> None:
    assert missing_from_contact(ContactRecord(on=MONDAY, status=status)) == ("the next contact date",)
    assert missing_from_contact(ContactRecord(on=MONDAY, status=status, next_contact_on=day(7))) == ()


def test_without_an_outcome_that_is_all_that_is_asked_for() -> None:
    assert missing_from_contact(ContactRecord()) == ("the date", "what became of it")


@given(st.sets(st.sampled_from(range(len(LACKS)))))
def test_filling_one_gap_leaves_the_others(places: set[int]) -> None:
    blanks = {key: value for place in places for key, value in LACKS[place][0].items()}
    expected = {LACKS[place][1] for place in places}
    if {"safety_asked", "safety_note"} <= blanks.keys():
        expected.discard("what was said about safety")
    assert set(missing_from_contact(ContactRecord(**asdict(WHOLE) | blanks))) == expected
