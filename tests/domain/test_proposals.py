"""Changes of care: who may decide, what is still open, and that a service answers once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.case_people import Account, CasePeople
from collabcare.domain.errors import RuleViolation
from collabcare.domain.ids import UserId
from collabcare.domain.plan_facts import ProposalFact, ProposalKind
from collabcare.domain.proposals import (
    ProposalDraft,
    is_handover_open,
    is_undecided,
    may_decide,
    refuse_answer,
    refuse_decision,
    refuse_proposal,
)
from tests.builders import MONDAY, day, facts

if TYPE_CHECKING:
    from datetime import date

JO, AMINA = UserId(1), UserId(2)
DRAFT = ProposalDraft(kind=ProposalKind.STEP_UP, reason="Worse", to_service="CMHT")


def fact(**changes: Any) -> ProposalFact:  # noqa: ANN401 - any field of the fact
    """Return Jo's proposal of a step up to the community team."""
    made = ProposalFact(id=1, kind=ProposalKind.STEP_UP, proposed_on=MONDAY, by_id=JO, to_service="CMHT")
    return replace(made, **changes)


@pytest.mark.parametrize(
    ("changes", "undecided", "handover"),
    [
        ({}, True, True),
        ({"to_service": ""}, True, False),
        ({"decided_on": MONDAY}, False, True),
        ({"accepted_on": MONDAY}, False, False),
        ({"rejected_on": MONDAY}, False, False),
    ],
)
def test_what_is_open(changes: dict[str, Any], undecided: bool, handover: bool) -> None:
    assert is_undecided(fact(**changes)) is undecided
    assert is_handover_open(fact(**changes)) is handover


@pytest.mark.parametrize(
    ("standing", "again"),
    [
        ({}, False),
        ({"decided_on": MONDAY}, False),
        ({"decided_on": MONDAY, "to_service": ""}, True),
        ({"rejected_on": MONDAY}, True),
        ({"kind": ProposalKind.DISCHARGE}, True),
    ],
)
def test_a_change_is_proposed_again_only_once_it_is_answered(standing: dict[str, Any], again: bool) -> None:
    if again:
        refuse_proposal(DRAFT, [fact(**standing)])
        return
    with pytest.raises(RuleViolation, match=r"proposed already \(step up\)"):
        refuse_proposal(DRAFT, [fact(**standing)])


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"reason": "\t"}, "Say why"),
        ({"kind": ProposalKind.NON_ENGAGEMENT, "awaits_sign_off": False}, "always signed off"),
        ({"kind": ProposalKind.NON_ENGAGEMENT}, "not handed over"),
    ],
)
def test_what_a_proposal_lacks_is_said(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(RuleViolation, match=words):
        refuse_proposal(replace(DRAFT, **changes), [])


def test_ending_because_the_patient_is_not_reached_can_be_proposed() -> None:
    refuse_proposal(replace(DRAFT, kind=ProposalKind.NON_ENGAGEMENT, to_service=""), [])


@given(
    signer=st.integers(1, 3), maker=st.none() | st.integers(1, 3), awaits=st.booleans(), since=st.booleans()
)
def test_nobody_signs_their_own_proposal_nor_through_an_account_they_made_since(
    signer: int, maker: int | None, awaits: bool, since: bool
) -> None:
    proposal = fact(awaits_sign_off=awaits)
    made_at = datetime(2026, 3, 1, 9, tzinfo=UTC) if since else datetime(2019, 3, 1, 9, tzinfo=UTC)
    accounts = (Account(UserId(signer), None if maker is None else UserId(maker), made_at),)
    of = facts(people=CasePeople(accounts=accounts))
    if awaits and (signer == JO or (maker == JO and since)):
        assert not may_decide(proposal, of, UserId(signer), today=day(90))
        with pytest.raises(RuleViolation, match="somebody else signs" if signer == JO else "made by whoever"):
            refuse_decision(proposal, of, UserId(signer), today=day(90))
        return
    assert may_decide(proposal, of, UserId(signer), today=day(90))
    refuse_decision(proposal, of, UserId(signer), today=day(90))


@pytest.mark.parametrize("answered", ["decided_on", "accepted_on", "rejected_on"])
def test_what_is_decided_is_decided(answered: str) -> None:
    with pytest.raises(RuleViolation, match="decided or answered already"):
        refuse_decision(fact(**{answered: MONDAY}), facts(), AMINA, today=MONDAY)


@pytest.mark.parametrize(
    ("changes", "on", "words"),
    [
        ({"to_service": ""}, day(1), "hands nobody over"),
        ({"accepted_on": MONDAY}, day(1), "recorded already"),
        ({}, day(3), "in the future"),
        ({}, day(-1), "before the handover was proposed"),
    ],
)
def test_an_answer_that_cannot_be(changes: dict[str, Any], on: date, words: str) -> None:
    with pytest.raises(RuleViolation, match=words):
        refuse_answer(fact(**changes), on, today=day(2))


@pytest.mark.parametrize("on", [MONDAY, day(2)])
def test_a_service_answers_from_the_day_of_the_proposal_to_today(on: date) -> None:
    refuse_answer(fact(decided_on=MONDAY), on, today=day(2))
