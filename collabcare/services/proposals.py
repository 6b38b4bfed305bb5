"""Changes of care that are proposed, decided by another person, and answered by another service.

None of these moves a patient: step, holder and phase stay as they are until somebody changes them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from collabcare.domain.acting import Permission
from collabcare.domain.changes import Changes, Kind
from collabcare.domain.closing_unheard import refuse_acceptance_unsigned
from collabcare.domain.proposals import (
    ProposalDraft,
    refuse_answer,
    refuse_decision,
    refuse_proposal,
)
from collabcare.domain.typed_text import typed_block, typed_line
from collabcare.queries.case_people import SIGNING_OFF
from collabcare.services.another_person import with_people
from collabcare.services.open_facts import open_facts, touch
from collabcare.store.models import Proposal

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.ids import EpisodeId
    from collabcare.domain.plan_facts import ProposalFact, ProposalKind
    from collabcare.store.unit_of_work import UnitOfWork, Work

LONGEST_REASON = 2_000
LONGEST_SERVICE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Propose:
    """A change of care, with the service it hands over to if it does."""

    episode_id: EpisodeId
    kind: ProposalKind
    reason: str
    to_service: str = ""
    awaits_sign_off: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideProposal:
    """A signature, or a refusal to sign; ``seen`` is the ``row_version`` of the proposal looked at."""

    proposal_id: int
    seen: int
    agreed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerHandover:
    """What the other service said, and on which day; ``seen`` as for a decision."""

    proposal_id: int
    seen: int
    on: date


def propose(command: Propose, uow: UnitOfWork) -> Changes:
    """Propose a change of care; it then waits for whoever decides, on the agenda of supervision.

    Raises:
        RuleViolation: When there is no reason, or this is proposed already.
    """
    with uow.begin(Permission.PLAN_CARE, "Propose change of care") as work:
        facts = open_facts(work, command.episode_id)
        draft = ProposalDraft(
            kind=command.kind,
            reason=typed_block(command.reason, "The reason", LONGEST_REASON),
            to_service=typed_line(command.to_service, "The service", LONGEST_SERVICE),
            awaits_sign_off=command.awaits_sign_off,
        )
        refuse_proposal(draft, facts.proposals)
        made = work.add(
            Proposal(
                episode_id=facts.episode_id,
                kind=draft.kind,
                proposed_on=work.today,
                proposed_by=work.acting.user_id,
                reason=draft.reason,
                to_service=draft.to_service,
                awaits_sign_off=draft.awaits_sign_off,
                recorded_at=work.at,
            )
        )
        touch(work, Kind.PROPOSAL, facts, made.id)
        work.made = made.id
    return work.changes


def decide_proposal(command: DecideProposal, uow: UnitOfWork) -> Changes:
    """Sign a proposal off, or turn it down; whoever proposed it cannot.

    Raises:
        RuleViolation: When it is decided already, or the person deciding is not another one.
        StaleRecord: When somebody else changed it meanwhile.
    """
    words = SIGNING_OFF if command.agreed else "Turn down proposal"
    with uow.begin(Permission.RECORD_SUPERVISION, words) as work:
        proposal, fact, facts = _found(work, command.proposal_id, command.seen)
        refuse_decision(fact, with_people(work, facts), work.acting.user_id, today=work.today)
        proposal.decided_on, proposal.decided_by = work.today, work.acting.user_id
        proposal.agreed = command.agreed
        touch(work, Kind.PROPOSAL, facts, proposal.id)
    return work.changes


def accept_handover(command: AnswerHandover, uow: UnitOfWork) -> Changes:
    """Record that the other service takes the patient; who holds them here is for a person to change.

    Raises:
        RuleViolation: When it is no handover, is answered already, or the day cannot be; or when nobody else
            has signed it off for somebody not seen since a missed appointment.
        StaleRecord: When somebody else changed it meanwhile.
    """
    with uow.begin(Permission.PLAN_CARE, "Record handover accepted") as work:
        proposal, fact, facts = _found(work, command.proposal_id, command.seen)
        refuse_answer(fact, command.on, today=work.today)
        refuse_acceptance_unsigned(facts, fact, today=work.today)
        proposal.accepted_on = command.on
        touch(work, Kind.PROPOSAL, facts, proposal.id)
    return work.changes


def reject_handover(command: AnswerHandover, uow: UnitOfWork) -> Changes:
    """Record that the other service does not take the patient, who stays with whoever holds them.

    Raises:
        RuleViolation: When it is no handover, is answered already, or the day cannot be.
        StaleRecord: When somebody else changed it meanwhile.
    """
    with uow.begin(Permission.PLAN_CARE, "Record handover turned down") as work:
        proposal, fact, facts = _found(work, command.proposal_id, command.seen)
        refuse_answer(fact, command.on, today=work.today)
        proposal.rejected_on = command.on
        touch(work, Kind.PROPOSAL, facts, proposal.id)
    return work.changes


def _found(work: Work, proposal_id: int, seen: int) -> tuple[Proposal, ProposalFact, EpisodeFacts]:
    proposal = work.get(Proposal, proposal_id, seen=seen)
    facts = open_facts(work, proposal.episode_id)
    return proposal, next(each for each in facts.proposals if each.id == proposal.id), facts
