"""Formats and ways of talking together, from their lists."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.communication_needs import (
    FORMAT_WORDS,
    METHOD_WORDS,
    CommunicationMethod,
    InformationFormat,
    need_words,
    needs_said,
    read_need,
    read_needs,
)
from collabcare.domain.errors import RuleViolation
from collabcare.domain.reach_facts import ReachFacts
from collabcare.domain.reaching import needs_text_relay
from tests.builders import rulebook

RELAYED = {
    *(CommunicationMethod.BSL, CommunicationMethod.SIGN_SUPPORTED_ENGLISH, CommunicationMethod.LIP_READING),
    *(CommunicationMethod.TEXT_RELAY, CommunicationMethod.HEARING_LOOP, CommunicationMethod.DEAFBLIND_MANUAL),
}


@pytest.mark.parametrize("member", [*InformationFormat, *CommunicationMethod])
def test_each_is_read_however_it_is_typed_and_is_a_code_with_words(
    member: InformationFormat | CommunicationMethod,
) -> None:
    assert " " not in member.value
    assert need_words(member) == {**FORMAT_WORDS, **METHOD_WORDS}[member]
    assert read_need(type(member), f" {member.value.upper()} ", "it") is member


@pytest.mark.parametrize("kind", [InformationFormat, CommunicationMethod])
def test_several_are_read_each_once_and_in_order(
    kind: type[InformationFormat | CommunicationMethod],
) -> None:
    *most, last = kind
    assert read_needs(kind, [last.value.upper(), most[-1], last], "it") == (most[-1], last)
    assert read_needs(kind, [], "it") == ()
    assert read_needs(kind, [most[0], most[0]], "it") == (most[0],)
    with pytest.raises(RuleViolation, match=f"stand beside “{need_words(most[0])}”"):
        read_needs(kind, [last, most[0]], "it")


def test_they_are_said_with_commas_and_what_is_on_no_list_as_it_was_recorded() -> None:
    assert needs_said(("bsl", "writing", "taps_on_the_hand")) == "BSL, writing notes, taps on the hand"
    assert needs_said(()) == ""


@given(text=st.text())
def test_anything_else_is_refused_in_words(text: str) -> None:
    if text.strip().casefold() in {member.value.casefold() for member in InformationFormat}:
        return
    with pytest.raises(RuleViolation, match=r"^Choose the format they need from the list\.$"):
        read_need(InformationFormat, text, "the format they need")


@pytest.mark.parametrize("method", CommunicationMethod)
def test_who_cannot_hear_a_call_is_reached_by_text_relay(method: CommunicationMethod) -> None:
    """AIS-W3."""
    reach = ReachFacts(communication_methods=(method,))
    assert needs_text_relay(reach, rulebook().reengagement.reach) is (method in RELAYED)


def test_one_of_several_is_enough_for_text_relay() -> None:
    """AIS-W3."""
    reach = ReachFacts(communication_methods=("writing", "bsl"), information_formats=("large_print_18",))
    assert needs_text_relay(reach, rulebook().reengagement.reach)
    told = ReachFacts(communication_methods=("writing", "advocate"), information_formats=("audio",))
    assert not needs_text_relay(told, rulebook().reengagement.reach)


def test_a_bsl_video_is_for_somebody_who_signs() -> None:
    reach = ReachFacts(information_formats=(InformationFormat.BSL_VIDEO,))
    assert needs_text_relay(reach, rulebook().reengagement.reach)
