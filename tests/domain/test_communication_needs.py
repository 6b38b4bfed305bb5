"""Formats and ways of talking together, from their lists."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.communication_needs import CommunicationMethod, InformationFormat, read_need
from collabcare.domain.errors import RuleViolation
from collabcare.domain.reach_facts import ReachFacts
from collabcare.domain.reaching import needs_text_relay
from tests.builders import rulebook

LONGEST_KEPT = 24
RELAYED = {
    *(CommunicationMethod.BSL, CommunicationMethod.SIGN_SUPPORTED_ENGLISH, CommunicationMethod.LIP_READING),
    *(CommunicationMethod.TEXT_RELAY, CommunicationMethod.HEARING_LOOP, CommunicationMethod.DEAFBLIND_MANUAL),
}


@pytest.mark.parametrize("member", [*InformationFormat, *CommunicationMethod])
def test_each_is_read_however_it_is_typed_and_fits_where_it_is_kept(
    member: InformationFormat | CommunicationMethod,
) -> None:
    assert len(member.value) <= LONGEST_KEPT
    assert read_need(type(member), f" {member.value.upper()} ", "it") is member


@given(text=st.text())
def test_anything_else_is_refused_in_words(text: str) -> None:
    if text.strip().casefold() in {member.value.casefold() for member in InformationFormat}:
        return
    with pytest.raises(RuleViolation, match=r"^Choose the format they need from the list\.$"):
        read_need(InformationFormat, text, "the format they need")


@pytest.mark.parametrize("method", CommunicationMethod)
def test_who_cannot_hear_a_call_is_reached_by_text_relay(method: CommunicationMethod) -> None:
    """AIS-W3."""
    reach = ReachFacts(communication_method=method)
    assert needs_text_relay(reach, rulebook().reengagement.reach) is (method in RELAYED)


def test_a_bsl_video_is_for_somebody_who_signs() -> None:
    reach = ReachFacts(information_format=InformationFormat.BSL_VIDEO)
    assert needs_text_relay(reach, rulebook().reengagement.reach)
