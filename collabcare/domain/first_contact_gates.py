"""What a service model asks for before a referral is submitted or a patient is first seen.

Bradford asks for the GP's own review of the file before a referral, and for a review by the whole team
before the first appointment. A gate says what is missing; it never keeps a patient waiting by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from collabcare.domain.display import fmt_date
from collabcare.domain.suggestion import Suggestion, Used

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.plan_facts import MilestoneKind
    from collabcare.domain.quotation import Quotation

RULE = "Gates before first contact of the service model"


class GateBefore(StrEnum):
    """What a gate stands before."""

    REFERRAL = "referral"
    FIRST_CONTACT = "first_contact"

    @property
    def words(self) -> str:
        """Return it in a sentence."""
        return "the referral" if self is GateBefore.REFERRAL else "the first contact"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """One thing to be done first: the milestone that shows it was, and what it stands before."""

    name: str
    milestone: MilestoneKind
    before: GateBefore
    quotation: Quotation


class GateState(StrEnum):
    """Whether what a gate asks for was done, and in time; on the day itself is in time."""

    PASSED = "passed"
    MISSING = "missing"
    LATE = "late"


@dataclass(frozen=True, slots=True, kw_only=True)
class GateStanding:
    """Where an episode stands with one gate; ``suggestion`` is None once it is passed."""

    gate: Gate
    state: GateState
    reached_on: date | None
    suggestion: Suggestion | None


def gates_standing(facts: EpisodeFacts, gates: tuple[Gate, ...], *, today: date) -> tuple[GateStanding, ...]:
    """Return the standing of every gate on ``today``, in the order of the file."""
    return tuple(_standing(facts, gate, today) for gate in gates)


def gates_missing(facts: EpisodeFacts, gates: tuple[Gate, ...], *, today: date) -> tuple[Gate, ...]:
    """Return the gates for which nothing is recorded by ``today``."""
    return tuple(
        standing.gate
        for standing in gates_standing(facts, gates, today=today)
        if standing.state is GateState.MISSING
    )


def _standing(facts: EpisodeFacts, gate: Gate, today: date) -> GateStanding:
    reached = min(
        (m.reached_on for m in facts.milestones if m.kind is gate.milestone and m.reached_on <= today),
        default=None,
    )
    seen = min((contact.on for contact in facts.attended), default=None)
    behind = facts.referral_received_on if gate.before is GateBefore.REFERRAL else seen
    if reached is None:
        state = GateState.MISSING
        sentence = f"{gate.name} is not recorded. Consider seeing to it {_before(gate, seen)}."
    elif behind is not None and reached > behind:
        state = GateState.LATE
        sentence = (
            f"{gate.name} was done on {fmt_date(reached)}, after {gate.before.words} on {fmt_date(behind)}. "
            "Consider raising it in supervision."
        )
    else:
        return GateStanding(gate=gate, state=GateState.PASSED, reached_on=reached, suggestion=None)
    suggestion = Suggestion(
        sentence=sentence,
        rule=RULE,
        used=(Used(gate.name, reached), Used(gate.before.words.removeprefix("the ").capitalize(), behind)),
        source=gate.quotation.cited,
    )
    return GateStanding(gate=gate, state=state, reached_on=reached, suggestion=suggestion)


def _before(gate: Gate, seen: date | None) -> str:
    if gate.before is GateBefore.REFERRAL:
        return "with the GP practice: this service asks for it before a referral"
    return "before the first contact" if seen is None else "now: the first contact is past"
