"""Changes of care that one person proposes and another decides, and handovers that a service answers.

Until another service accepts, the patient stays ours: nothing here moves a step, changes who holds a patient
or closes care. That the proposer does not sign, and through no account of their own making, is this project's
own rule.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from collabcare.domain.another_person import is_nobody_else, unseen_from
from collabcare.domain.errors import RuleViolation
from collabcare.domain.plan_facts import ProposalKind
from collabcare.domain.supervision_news import PROPOSAL_WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.ids import UserId
    from collabcare.domain.plan_facts import ProposalFact


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalDraft:
    """A change of care as it is proposed; ``to_service`` is the service it hands over to, if it does."""

    kind: ProposalKind
    reason: str
    to_service: str = ""
    awaits_sign_off: bool = True


def is_undecided(proposal: ProposalFact) -> bool:
    """Return whether nobody has decided it and no service has answered it."""
    return proposal.decided_on is None and proposal.accepted_on is None and proposal.rejected_on is None


def is_handover_open(proposal: ProposalFact) -> bool:
    """Return whether another service still owes an answer."""
    unanswered = proposal.accepted_on is None and proposal.rejected_on is None
    return bool(proposal.to_service) and unanswered and proposal.agreed is not False


def refuse_proposal(draft: ProposalDraft, proposals: Sequence[ProposalFact]) -> None:
    """Refuse a proposal without a reason, a second one of its kind, or an ending nobody would sign.

    Raises:
        RuleViolation: With what is missing or stands in the way.
    """
    if not draft.reason.strip():
        raise RuleViolation("Say why you propose this: whoever decides and whoever takes over will read it.")
    if draft.kind is ProposalKind.NON_ENGAGEMENT:
        if not draft.awaits_sign_off:
            raise RuleViolation("Ending because the patient is not reached is always signed off by another.")
        if draft.to_service.strip():
            raise RuleViolation("A patient who is not reached is not handed over. Propose a step instead.")
    for proposal in proposals:
        if proposal.kind is draft.kind and (is_undecided(proposal) or is_handover_open(proposal)):
            words = PROPOSAL_WORDS[draft.kind].lower()
            raise RuleViolation(f"This is proposed already ({words}). Wait for the answer to that first.")


def refuse_decision(proposal: ProposalFact, facts: EpisodeFacts, signer_id: UserId, *, today: date) -> None:
    """Refuse to decide twice, and to sign off one's own proposal, also by an account of the same making.

    Raises:
        RuleViolation: With who can sign it instead.
    """
    if not is_undecided(proposal):
        raise RuleViolation("This proposal has been decided or answered already.")
    if not proposal.awaits_sign_off:
        return
    if signer_id == proposal.by_id:
        raise RuleViolation("You proposed this, so somebody else signs it off: a supervisor or a colleague.")
    since = unseen_from(facts, today=today)
    if is_nobody_else({proposal.by_id}, signer_id, facts.people.accounts, since):
        raise RuleViolation(
            "Your account was made by whoever proposed this, or theirs by you, since they missed or were"
            " referred. Ask another person to sign."
        )


def may_decide(proposal: ProposalFact, facts: EpisodeFacts, user_id: UserId, *, today: date) -> bool:
    """Return whether a proposal is this user's to decide: for every page and save."""
    try:
        refuse_decision(proposal, facts, user_id, today=today)
    except RuleViolation:
        return False
    return True


def refuse_answer(proposal: ProposalFact, on: date, *, today: date) -> None:
    """Refuse an answer to what is no handover, is answered already, or was not asked yet on that day.

    Raises:
        RuleViolation: With what is wrong.
    """
    if not proposal.to_service:
        raise RuleViolation("This proposal hands nobody over, so there is no answer to record.")
    if not is_handover_open(proposal):
        raise RuleViolation("The answer to this handover is recorded already.")
    if on > today:
        raise RuleViolation("The answer cannot be dated in the future. Check the date.")
    if on < proposal.proposed_on:
        raise RuleViolation("The answer is dated before the handover was proposed. Check the date.")
