"""Changes of care: one proposes, another decides, and a patient stays ours until a service accepts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import update

from collabcare.domain.changes import Kind
from collabcare.domain.due import what_is_due
from collabcare.domain.due_kinds import DueKind
from collabcare.domain.errors import StaleRecord
from collabcare.domain.plan_facts import ProposalKind
from collabcare.domain.supervision import agenda_reasons
from collabcare.domain.triggers import Trigger
from collabcare.services.proposals import (
    LONGEST_REASON,
    AnswerHandover,
    DecideProposal,
    Propose,
    accept_handover,
    decide_proposal,
    propose,
    reject_handover,
)
from collabcare.store.engine import WRITE
from collabcare.store.models import Proposal, UserAccount
from tests.builders import MONDAY, day, rulebook

if TYPE_CHECKING:
    from collabcare.domain.ids import EpisodeId
    from collabcare.domain.plan_facts import ProposalFact
    from tests.record_fixtures import Practice


def proposed(practice: Practice, episode: EpisodeId, **changes: Any) -> ProposalFact:  # noqa: ANN401 - any field of the command
    """Let Jo propose a step up to the community team, and return it as the facts have it."""
    command = Propose(
        episode_id=episode, kind=ProposalKind.STEP_UP, reason="Worse since May", to_service="CMHT"
    )
    propose(replace(command, **changes), practice.uow())
    return practice.facts(episode).proposals[-1]


def decision(proposal: ProposalFact, *, agreed: bool = True) -> DecideProposal:
    """Return a signature, or a refusal."""
    return DecideProposal(proposal_id=proposal.id, seen=proposal.row_version, agreed=agreed)


def answer(practice: Practice, proposal: ProposalFact, **changes: Any) -> AnswerHandover:  # noqa: ANN401 - any field of the command
    """Return an answer of today."""
    made = AnswerHandover(proposal_id=proposal.id, seen=proposal.row_version, on=practice.today)
    return replace(made, **changes)


def triggers(practice: Practice, episode: EpisodeId) -> set[Trigger]:
    """Return why this case is on the agenda today."""
    found = agenda_reasons(practice.facts(episode), rulebook(), today=practice.today)
    return {reason.trigger for reason in found}


def due_kinds(practice: Practice, episode: EpisodeId) -> set[DueKind]:
    """Return what is due for this patient."""
    return {due.kind for due in what_is_due(practice.facts(episode), rulebook(), today=practice.today)}


def test_a_proposal_waits_for_a_signature_and_for_the_other_service(practice: Practice) -> None:
    episode = practice.refer("A")
    before = practice.facts(episode)
    proposal = proposed(practice, episode, to_service=" CMHT ")
    assert (proposal.kind, proposal.proposed_on, proposal.by_id, proposal.to_service) == (
        ProposalKind.STEP_UP,
        MONDAY,
        practice.user("jo"),
        "CMHT",
    )
    assert proposal.awaits_sign_off
    assert Trigger.CLOSURE_SIGN_OFF in triggers(practice, episode)
    assert DueKind.HANDOVER in due_kinds(practice, episode)
    after = practice.facts(episode)
    assert (after.step, after.holder_id, after.phase) == (before.step, before.holder_id, before.phase)
    line = practice.audit()[-1]
    assert (line.action, line.kind) == ("Propose change of care", "proposal")


def test_another_person_signs_it_off(practice: Practice) -> None:
    episode = practice.refer("A")
    proposal = proposed(practice, episode)
    with practice.refused("You proposed this, so somebody else signs"):
        decide_proposal(decision(proposal), practice.uow("jo"))
    changes = decide_proposal(decision(proposal), practice.uow("amina"))
    assert changes.kinds == {Kind.PROPOSAL}
    assert changes.episodes == {episode}
    signed = practice.facts(episode).proposals[0]
    assert (signed.decided_on, signed.rejected_on, signed.accepted_on) == (MONDAY, None, None)
    with practice.reading() as session:
        assert session.get_one(Proposal, proposal.id).decided_by == practice.user("amina")
    assert Trigger.CLOSURE_SIGN_OFF not in triggers(practice, episode)
    assert DueKind.HANDOVER in due_kinds(practice, episode)
    with practice.refused("decided or answered already"):
        decide_proposal(decision(signed), practice.uow("sam"))


def test_an_account_of_the_proposers_making_does_not_sign(practice: Practice) -> None:
    episode = practice.refer("A")
    proposal = proposed(practice, episode)
    with practice.reading() as session:
        session.connection(execution_options=WRITE)
        made = update(UserAccount).where(UserAccount.login == "sam").values(made_by=practice.user("jo"))
        session.execute(made)
        session.commit()
    with practice.refused("made by whoever proposed this"):
        decide_proposal(decision(proposal), practice.uow("sam"))


def test_what_needs_no_signature_may_be_decided_by_whoever_proposed_it(practice: Practice) -> None:
    episode = practice.refer("A")
    proposal = proposed(practice, episode, kind=ProposalKind.DISCHARGE, to_service="", awaits_sign_off=False)
    assert Trigger.CLOSURE in triggers(practice, episode)
    decide_proposal(decision(proposal), practice.uow("jo"))
    assert practice.facts(episode).proposals[0].decided_on == MONDAY


def test_a_proposal_turned_down_goes_no_further(practice: Practice) -> None:
    episode = practice.refer("A")
    proposal = proposed(practice, episode)
    decide_proposal(decision(proposal, agreed=False), practice.uow("amina"))
    turned = practice.facts(episode).proposals[0]
    assert (turned.decided_on, turned.agreed, turned.rejected_on) == (MONDAY, False, None)
    assert Trigger.CLOSURE not in triggers(practice, episode)
    assert practice.audit()[-1].action == "Turn down proposal"
    assert DueKind.HANDOVER not in due_kinds(practice, episode)
    proposed(practice, episode)


def test_a_handover_turned_down_leaves_the_patient_with_their_holder(practice: Practice) -> None:
    episode = practice.refer("A")
    proposal = proposed(practice, episode)
    practice.on(day(3))
    changes = reject_handover(answer(practice, proposal), practice.uow())
    assert changes.kinds == {Kind.PROPOSAL}
    facts = practice.facts(episode)
    assert (facts.proposals[0].rejected_on, facts.proposals[0].accepted_on) == (day(3), None)
    assert (facts.holder_id, facts.closed_on) == (practice.user("jo"), None)
    assert DueKind.HANDOVER not in due_kinds(practice, episode)
    assert Trigger.CLOSURE in triggers(practice, episode)
    with practice.refused("recorded already"):
        accept_handover(answer(practice, facts.proposals[0]), practice.uow())


def test_a_handover_accepted_closes_nothing_by_itself(practice: Practice) -> None:
    episode = practice.refer("A")
    proposal = proposed(practice, episode)
    practice.on(day(3))
    accept_handover(answer(practice, proposal, on=day(2)), practice.uow())
    facts = practice.facts(episode)
    assert (facts.proposals[0].accepted_on, facts.proposals[0].rejected_on) == (day(2), None)
    assert (facts.holder_id, facts.closed_on) == (practice.user("jo"), None)
    assert DueKind.HANDOVER not in due_kinds(practice, episode)


def test_an_answer_that_cannot_be_is_refused(practice: Practice) -> None:
    episode = practice.refer("A")
    practice.on(day(1))
    proposal = proposed(practice, episode)
    own = proposed(practice, episode, kind=ProposalKind.DISCHARGE, to_service="")
    for record in (accept_handover, reject_handover):
        with practice.refused("cannot be dated in the future"):
            record(answer(practice, proposal, on=day(2)), practice.uow())
        with practice.refused("before the handover was proposed"):
            record(answer(practice, proposal, on=MONDAY), practice.uow())
        with practice.refused("hands nobody over"):
            record(answer(practice, own), practice.uow())
    accept_handover(answer(practice, proposal), practice.uow())
    with practice.refused("Somebody else changed this", StaleRecord):
        reject_handover(answer(practice, proposal), practice.uow("sam"))


WRONG = {
    "no reason": ({"reason": " "}, "Say why you propose this"),
    "too long": ({"reason": "x" * (LONGEST_REASON + 1)}, "The reason is too long"),
    "nobody signs an ending": (
        {"kind": ProposalKind.NON_ENGAGEMENT, "to_service": "", "awaits_sign_off": False},
        "always signed off by another",
    ),
    "not reached, yet handed over": ({"kind": ProposalKind.NON_ENGAGEMENT}, "not handed over"),
}


@pytest.mark.parametrize(("changes", "words"), WRONG.values(), ids=WRONG)
def test_a_proposal_that_cannot_be_is_refused(
    practice: Practice, changes: dict[str, Any], words: str
) -> None:
    episode = practice.refer("A")
    with practice.refused(words):
        proposed(practice, episode, **changes)


def test_the_same_change_is_not_proposed_twice_while_it_waits(practice: Practice) -> None:
    episode = practice.refer("A")
    proposed(practice, episode)
    with practice.refused(r"This is proposed already \(step up\)"):
        proposed(practice, episode)
    proposed(practice, episode, kind=ProposalKind.STEP_DOWN)
