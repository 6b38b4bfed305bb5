"""When a review of not attending waits for another person only, and who that may be.

Whoever holds the case or held it since the miss, reviews it or tried to reach the patient is not another
person, nor is an account of their making since (see the gate, :mod:`collabcare.domain.closing_gate`).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from collabcare.domain.acting import Role
from collabcare.domain.another_person import OF_ONE_MAKING
from collabcare.domain.closing_parts import ONLY_THEY_SIGN, may_sign_as
from collabcare.domain.display import fmt_date
from collabcare.domain.due_kinds import Due, DueKind
from collabcare.domain.gate_parts import OWN_CASE, Condition, is_practitioners, practitioners_of
from collabcare.domain.gate_today import gate_today, open_review
from collabcare.domain.ids import UserId
from collabcare.domain.missed_run import missed_run
from collabcare.domain.reason import Basis, Reason

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from collabcare.domain.closing_parts import SignerFact
    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.rulebook import Rulebook

_ANOTHER = UserId(0)


def signature_due(facts: EpisodeFacts, rulebook: Rulebook, *, today: date) -> Iterator[Due]:
    """Yield the review that lacks nothing but another person's word: the signature, or a reason before it.

    It must have been discussed, and every other part be met. It is due since it was discussed, and nobody is
    late with it: whether closing is right is to be thought about in peace.
    """
    review = open_review(facts)
    if review is None or review.discussed_on is None:
        return
    lacks = {part.condition for part in gate_today(facts, rulebook, today=today).missing}
    if not lacks:
        return
    signed = replace(
        review,
        signed_off_by_id=_ANOTHER,
        signed_off_by_role=Role.SUPERVISOR.value,
        signed_off_on=today,
        signed_off_by_made_by_id=None,
    )
    asked = gate_today(facts, rulebook, today=today, review=signed)
    if asked.called_off or not {part.condition for part in asked.missing} <= {Condition.PROMPT_FACTS}:
        return
    values = (review.discussed_on, Condition.PROMPT_FACTS in lacks)
    reason = Reason(_WAITS, values, rulebook.reengagement.gate.source)
    yield Due(DueKind.CLOSING_SIGNATURE, review.discussed_on, reason, review.id)


def may_sign(due: Due, facts: EpisodeFacts, signer: SignerFact | None, *, today: date) -> bool:
    """Return whether what waits for a signature is this person's to act on: for every list and page.

    A supervisor or a second registered clinician signs; a reason that is needed first is a supervisor's.
    Neither is a practitioner of the case, or has an account that is of one's making since they missed.
    """
    if open_review(facts) is None or signer is None or why_not_sign(facts, signer, today=today):
        return False
    return signer.role is Role.SUPERVISOR or not _asks_reason(due)


def why_not_sign(facts: EpisodeFacts, signer: SignerFact, *, today: date) -> str:
    """Return why the signature of the open review is not this person's to give, and whose; else nothing."""
    review = open_review(facts)
    if review is None:
        return ""
    own = practitioners_of(facts, review, missed_run(facts, today=today), today=today)
    if signer.user_id in own:
        return OWN_CASE
    if is_practitioners(facts, signer.user_id, own, today=today):
        return OF_ONE_MAKING
    return "" if may_sign_as(signer) else ONLY_THEY_SIGN


def _asks_reason(due: Due) -> bool:
    return isinstance(due.reason, Reason) and due.reason.values[-1] is True


def _say_waits(discussed_on: date, reason: bool) -> str:  # noqa: FBT001 - a value of the rule
    what = "a supervisor’s reason and signature" if reason else "another person’s signature"
    return f"Review before ending care, not reached: discussed {fmt_date(discussed_on)}, waits for {what}"


_WAITS = Basis(
    rule="due.closing_signature", facts=("Discussed on", "A reason is needed as well"), say=_say_waits
)
