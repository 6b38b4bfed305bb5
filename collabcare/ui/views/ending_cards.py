"""What the Ending page shows besides the review of not attending: the ways care ends, handovers, a death."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.closing_unheard import asked_before, unsaid
from collabcare.domain.closure import Ending
from collabcare.domain.display import fmt_date
from collabcare.domain.left_open import left_open
from collabcare.domain.proposals import is_handover_open, is_undecided
from collabcare.domain.safety_owed import talks_unassessed
from collabcare.domain.supervision_news import PROPOSAL_WORDS
from collabcare.domain.unmissed import missed_once
from collabcare.ui.views.suggested import quiet
from collabcare.ui.widgets.card import Card
from collabcare.ui.widgets.flow_box import FlowBox
from collabcare.ui.widgets.layouts import column
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from PySide6.QtWidgets import QLayout, QWidget

    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.plan_facts import ProposalFact
    from collabcare.queries.patient_page import PatientPage

_ENDS = (
    "Completed, advice given, another service, declined by the patient, moved, admitted or died. An open "
    "safety conversation and an open search come first."
)
_NOT_WRITTEN_TO = "Check that condolences were offered, and that nobody writes to them again."
_IN_ERROR = "Ended in error? A supervisor who did not end it can take it back here, with the reason."
_LEFT_OPEN = "Still open when care ends; it keeps nothing back, and stands on no list then:"
_OURS = "Until another service accepts, the patient stays ours."


def close_card(page: PatientPage, acts: Sequence[QWidget]) -> Card:
    """Offer to end care for any reason but not being reached, and say what comes first."""
    card = Card("End care")
    card.setObjectName("ending_close_card")
    card.body.addWidget(quiet(_ENDS))
    for words in comes_first(page.facts, page.today):
        card.body.addWidget(PlainLabel(words, TextRole.STRONG, wrap=True))
    _tell_left_open(card, _LEFT_OPEN, page)
    card.body.addWidget(FlowBox(*acts, gap=8))
    return card


def comes_first(facts: EpisodeFacts, today: date) -> list[str]:
    """Return what is open and has to be seen to before care can end."""
    said = list[str]()
    if facts.patient.died_on is not None:
        return said
    if facts.open_safety_prompts:
        said.append("A safety conversation is open. Record it first.")
    if talks_unassessed(facts):
        said.append("The safety assessment after a talk is not written. Write it first.")
    if words := unsaid(facts, Ending.DECLINED, today=today) or missed_once(facts, Ending.DECLINED):
        said.append(words)
    if not missed_once(facts, Ending.DECLINED) and (words := asked_before(facts, today=today)):
        said.append(words)
    return said


def ended_card(page: PatientPage, acts: Sequence[QWidget]) -> Card:
    """Say how and when care ended, and how the patient comes back."""
    facts, card = page.facts, Card("Care has ended")
    card.setObjectName("ending_ended_card")
    ending = facts.ending
    reason = ending.reason.label if ending and ending.reason else "No reason recorded"
    card.body.addWidget(
        PlainLabel(f"{fmt_date(facts.closed_on, weekday=True)}: {reason}", TextRole.STRONG, wrap=True)
    )
    for words in (ending.onward_to, ending.note) if ending else ():
        if words:
            card.body.addWidget(PlainLabel(words, wrap=True))
    patient = facts.patient
    if patient.died_on is not None:
        card.body.addWidget(PlainLabel(died_words(patient.died_on, patient.death_told_by), wrap=True))
        card.body.addWidget(quiet(_NOT_WRITTEN_TO))
    else:
        card.body.addWidget(quiet("They can come back at any time; what is stored is not asked again."))
    _tell_left_open(card, "Still open when care ended:", page)
    card.body.addWidget(quiet(_IN_ERROR))
    if acts:
        card.body.addWidget(FlowBox(*acts, gap=8))
    return card


def _tell_left_open(card: Card, head: str, page: PatientPage) -> None:
    """List what the ending leaves open, if anything."""
    if found := left_open(page.facts, page.rulebook, today=page.today):
        card.body.addWidget(PlainLabel(head, wrap=True))
        lines = [PlainLabel(words, TextRole.SECONDARY, wrap=True) for words in found]
        card.body.addLayout(column(*lines, gap=2))


def proposals_card(
    page: PatientPage, acts: Sequence[QWidget], of: Callable[[ProposalFact], Sequence[QWidget]]
) -> Card:
    """List what was proposed, the latest first, with what each still waits for."""
    made = page.facts.proposals
    card = Card("Handovers and proposals", count=len([each for each in made if _waits(each)]) or None)
    card.setObjectName("ending_proposals_card")
    card.body.addWidget(quiet(_OURS))
    for proposal in reversed(made):
        card.body.addLayout(_proposal(proposal, of(proposal)))
    if acts:
        card.body.addWidget(FlowBox(*acts, gap=8))
    return card


def death_card(page: PatientPage, acts: Sequence[QWidget]) -> Card:
    """Say that the patient has died, or offer to record it."""
    died_on = page.facts.patient.died_on
    card = Card("If they have died" if died_on is None else "They have died")
    card.setObjectName("ending_death_card")
    words = (
        "Record it here; everything to the patient stops."
        if died_on is None
        else died_words(died_on, page.facts.patient.death_told_by)
    )
    card.body.addWidget(quiet(words))
    card.body.addWidget(FlowBox(*acts, gap=8))
    return card


def died_words(died_on: date, told_by: str | None) -> str:
    """Say when they died and who told us, as far as it is recorded."""
    return f"Died {fmt_date(died_on)}, told by {told_by}." if told_by else f"Died {fmt_date(died_on)}."


def _proposal(proposal: ProposalFact, acts: Sequence[QWidget]) -> QLayout:
    to = f" to {proposal.to_service}" if proposal.to_service else ""
    title = PlainLabel(f"{PROPOSAL_WORDS[proposal.kind]}{to}", TextRole.STRONG, wrap=True)
    lines = column(title, quiet(_state(proposal)), gap=0)
    if acts:
        lines.addWidget(FlowBox(*acts, gap=8))
    return lines


def _state(proposal: ProposalFact) -> str:
    said = [f"Proposed {fmt_date(proposal.proposed_on)}"]
    if proposal.decided_on is not None:
        said.append(f"{'signed off' if proposal.agreed else 'turned down'} {fmt_date(proposal.decided_on)}")
    elif proposal.awaits_sign_off and is_undecided(proposal):
        said.append("waits for another person to sign it off")
    if proposal.accepted_on is not None:
        said.append(f"accepted {fmt_date(proposal.accepted_on)}")
    elif proposal.rejected_on is not None:
        said.append(f"not accepted {fmt_date(proposal.rejected_on)}")
    elif is_handover_open(proposal):
        said.append("waits for their answer")
    return ", ".join(said)


def _waits(proposal: ProposalFact) -> bool:
    return is_handover_open(proposal) or (proposal.awaits_sign_off and is_undecided(proposal))
