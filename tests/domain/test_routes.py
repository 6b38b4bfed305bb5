"""By which way an attempt went: kept as it was, named as it was, and counted so that calls look no better."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.errors import RuleViolation
from collabcare.domain.reach_facts import ReachFacts
from collabcare.domain.reaching import Route, SafeWays, safe_ways
from collabcare.domain.reengagement import AttemptOutcome, Channel
from collabcare.domain.routes import tried_words, usual_way, way_counted, way_kept, way_words
from tests.builders import attempt, facts, patient
from tests.builders_reach import policy

Out = AttemptOutcome


def ways(**asked: Any) -> SafeWays:  # noqa: ANN401 - any of the answers
    """Return the ways for somebody who said this of how to reach them."""
    return safe_ways(facts(patient=patient(), reach=ReachFacts(**asked)), policy().reach)


@pytest.mark.parametrize(
    ("channel", "outcome", "said"),
    [
        (Channel.TEXT, Out.SPOKE, "text message from the patient"),
        (Channel.LETTER, Out.SPOKE, "letter from the patient"),
        (Channel.CALL, Out.SPOKE, "call: spoke to the patient"),
        (Channel.TEXT, Out.SENT, "text message: sent, no reply yet"),
    ],
)
def test_what_they_wrote_is_word_from_them_and_nobody_spoke_to_them(
    channel: Channel, outcome: AttemptOutcome, said: str
) -> None:
    assert tried_words(attempt(1, channel=channel, outcome=outcome)) == said


KEPT = {
    "nobody says by which way a call went": (Channel.CALL, None, Out.NO_ANSWER, "", None),
    "text relay": (Channel.CALL, Route.TEXT_RELAY, Out.NO_ANSWER, "", Route.TEXT_RELAY),
    "a message on their own telephone is a voicemail": (
        *(Channel.CALL, Route.CALL, Out.LEFT_MESSAGE, ""),
        Route.VOICEMAIL,
    ),
    "somebody took it": (Channel.CALL, Route.CALL, Out.LEFT_MESSAGE, "Her flatmate", Route.CALL),
    "a message through relay": (Channel.CALL, Route.TEXT_RELAY, Out.LEFT_MESSAGE, "", Route.TEXT_RELAY),
    "a worker took it": (Channel.CALL, Route.SUPPORT_WORKER, Out.LEFT_MESSAGE, "", Route.SUPPORT_WORKER),
    "a letter is a letter": (Channel.LETTER, None, Out.SENT, "", Route.LETTER),
    "a home visit": (Channel.VISIT, Route.VISIT, Out.NO_ANSWER, "", Route.VISIT),
}


@pytest.mark.parametrize(("channel", "route", "outcome", "spoke_to", "kept"), KEPT.values(), ids=KEPT)
def test_the_way_is_kept_as_it_was(
    channel: Channel, route: Route | None, outcome: AttemptOutcome, spoke_to: str, kept: Route | None
) -> None:
    assert way_kept(channel, route, outcome, spoke_to) is kept


@given(st.sampled_from(Channel), st.sampled_from(Route), st.sampled_from(Out))
def test_a_way_goes_by_its_own_channel_or_is_refused(
    channel: Channel, route: Route, outcome: AttemptOutcome
) -> None:
    if route.channel is not channel:
        with pytest.raises(RuleViolation, match="do not go together"):
            way_kept(channel, route, outcome, "")
    else:
        kept = way_kept(channel, route, outcome, "")
        assert kept is not None
        assert kept.channel is channel
        assert way_counted(channel, kept).channel is channel


def test_a_voicemail_is_counted_as_the_call_it_was() -> None:
    assert way_counted(Channel.CALL, Route.VOICEMAIL) is Route.CALL
    assert way_counted(Channel.CALL, None) is Route.CALL
    assert way_counted(Channel.CALL, Route.NOMINATED_CONTACT) is Route.NOMINATED_CONTACT


def test_an_attempt_of_before_is_named_by_its_channel_alone() -> None:
    assert way_words(Channel.CALL, None) == "Call"
    assert way_words(Channel.CALL, Route.TEXT_RELAY) == "Text relay"
    assert tried_words(attempt(1)) == "call: no answer"
    assert tried_words(attempt(1, route=Route.NOMINATED_CONTACT)) == "somebody they named: no answer"
    at_gp = attempt(1, channel=Channel.GP_PRACTICE, outcome=Out.DISCUSSED)
    assert tried_words(at_gp) == "GP practice: discussed"


USUAL = {
    "a call, while nobody says otherwise": ({}, Route.CALL),
    "text relay for who cannot hear a call": ({"communication_methods": ("bsl",)}, Route.TEXT_RELAY),
    "whom they named, where ringing them is not safe": (
        {"telephone_safe": False, "nominated_contact": "Ada", "nominated_contact_consent": True},
        Route.NOMINATED_CONTACT,
    ),
    "nothing, where no way is safe": ({"telephone_safe": False}, None),
}


@pytest.mark.parametrize(("asked", "expected"), USUAL.values(), ids=USUAL)
def test_what_a_form_offers_first(asked: dict[str, object], expected: Route | None) -> None:
    assert usual_way(ways(**asked)) is expected
