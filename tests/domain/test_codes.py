"""National codes: the right code for the right word, and nothing superseded or invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.codes import (
    ATTENDED,
    CANCELLED,
    AppointmentType,
    AttendanceStatus,
    ClosureReason,
    Coded,
    ConsultationMechanism,
    Gender,
    ReferralReason,
    ReferralSource,
    RejectionReason,
    ResponsePriority,
    read_code,
    referral_reason,
)
from collabcare.domain.errors import RuleViolation

CODES: dict[type[Coded], set[str]] = {
    AttendanceStatus: {"5", "6", "7", "2", "3", "4"},
    ConsultationMechanism: {"01", "02", "04", "05", "09", "10", "11", "12", "13", "98"},
    Gender: {"1", "2", "9", "X"},
    ReferralSource: {
        *("A1", "A3", "A4", "B1", "B2", "C1", "C3", "D1", "E1", "E3", "G4"),
        *("H1", "H2", "I2", "M5", "M7", "N1", "N2", "N3", "P1"),
    },
    ReferralReason: {f"{n:02d}" for n in range(1, 29)} - {"17"},
    ClosureReason: {f"{n:02d}" for n in range(1, 10)},
    AppointmentType: {f"{n:02d}" for n in range(1, 8)},
    ResponsePriority: {"1", "2", "3"},
    RejectionReason: {"01", "02", "03"},
}
WRONG: dict[type[Coded], set[str]] = {
    AttendanceStatus: {"0", "1", "8", ""},  # ATT-W5: 0 is not valid for what is still to come
    ConsultationMechanism: {"03", "06", "08", "1", "99"},  # MECH-W6: superseded codes on a new record
    Gender: {"0", "M", "F"},
    ReferralSource: {"A2", "Z9"},
    ReferralReason: {"17", "00", "29"},
    ClosureReason: {"00", "10"},
    AppointmentType: {"00", "08"},
    ResponsePriority: {"0", "4"},
    RejectionReason: {"00", "04"},
}


@pytest.mark.parametrize("kind", CODES, ids=lambda kind: kind.__name__)
def test_each_set_has_its_national_codes_and_no_others(kind: type[Coded]) -> None:
    assert {member.value for member in kind} == CODES[kind]
    for code in WRONG[kind]:
        with pytest.raises(ValueError, match="is not a valid"):
            kind(code)


@pytest.mark.parametrize("kind", CODES, ids=lambda kind: kind.__name__)
def test_a_code_finds_its_member_and_the_member_its_words(kind: type[Coded]) -> None:
    for member in kind:
        assert kind(str(member.value)) is member
        assert member == member.value
        assert member.label
    assert len({member.label for member in kind}) == len(kind)


EVENTS = {
    "on time": ("5", "Attended"),
    "late, seen": ("6", "Attended late"),
    "ATT-W4 late, not seen": ("7", "Arrived late, could not be seen"),
    "ATT-W1 cancelled that morning": ("2", "Cancelled by patient"),
    "ATT-W2 told us after the slot": ("3", "Did not attend"),
    "ATT-W3 the practitioner was ill": ("4", "Cancelled by us"),
    "ATT-W6 died before the appointment": ("2", "Cancelled by patient"),
}


@pytest.mark.parametrize(("code", "label"), EVENTS.values(), ids=EVENTS)
def test_each_ending_of_a_contact_has_its_code(code: str, label: str) -> None:
    assert AttendanceStatus(code).label == label


def test_only_being_seen_counts_as_attended() -> None:
    assert {status.value for status in AttendanceStatus if status.attended} == {"5", "6"} == ATTENDED
    assert {"2", "4"} == CANCELLED


MECHANISMS = {
    "MECH-W1 a telephone session": ("02", "Telephone"),
    "MECH-W2 a video session": ("11", "Video"),
    "MECH-W4 an exchange of text messages": ("09", "Text message"),
    "in the room": ("01", "Face to face"),
    "somebody who cannot speak": ("04", "Talk type (text relay)"),
}


@pytest.mark.parametrize(("code", "label"), MECHANISMS.values(), ids=MECHANISMS)
def test_each_way_of_meeting_has_its_code(code: str, label: str) -> None:
    assert ConsultationMechanism(code).label == label


REASONS = {
    "04": "Depression",
    "05": "Anxiety",
    "11": "Post-traumatic stress disorder",
    "15": "Self-harm behaviours",
}


@pytest.mark.parametrize(("code", "label"), REASONS.items())
def test_the_commonest_reasons_for_referral(code: str, label: str) -> None:
    assert ReferralReason(code).label == label


CLOSINGS = {
    "CLOSE-W1": ("02", "Treatment completed"),
    "CLOSE-W3": ("07", "Patient requested discharge"),
    "CLOSE-W4": ("09", "Patient refused to be seen"),
    "CLOSE-W5": ("08", "Referred to another service"),
    "CLOSE-W6": ("06", "Patient died"),
}


@pytest.mark.parametrize(("code", "label"), CLOSINGS.values(), ids=CLOSINGS)
def test_each_ending_of_care_has_its_code(code: str, label: str) -> None:
    assert ClosureReason(code).label == label


def test_only_contacts_with_treatment_in_them_are_treatment() -> None:
    assert {kind.value for kind in AppointmentType if kind.is_treatment} == {"02", "03", "05"}


@pytest.mark.parametrize("kind", CODES, ids=lambda kind: kind.__name__)
def test_a_code_is_read_or_refused_in_one_sentence(kind: type[Coded]) -> None:
    for member in kind:
        assert read_code(kind, f" {member.value} ", "this list") is member
    for code in WRONG[kind]:
        with pytest.raises(RuleViolation, match=r"^That is not a code for this list\. Use one of .+\.$"):
            read_code(kind, code, "this list")


def test_the_retired_reason_for_referral_says_so() -> None:
    with pytest.raises(RuleViolation, match="17 is retired"):
        referral_reason("17")
    assert referral_reason("18") is ReferralReason.IN_CRISIS


@given(st.text(max_size=4))
def test_whatever_is_read_is_a_code_or_a_refusal(code: str) -> None:
    try:
        assert referral_reason(code) in ReferralReason
    except RuleViolation as refusal:
        assert str(refusal).endswith(".")  # noqa: PT017 - either ending is right
