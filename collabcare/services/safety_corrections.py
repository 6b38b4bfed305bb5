"""Marking a safety assessment or the outcome of a conversation as entered in error; its words stay.

Whatever leaned on it is asked again: a question it had covered is open once more, and an assessment that was
said to stand after a talk is to be written again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from collabcare.domain.acting import Permission
from collabcare.domain.changes import Changes, Kind
from collabcare.domain.display import fmt_date
from collabcare.domain.errors import RuleViolation
from collabcare.domain.safety_facts import TalkKind
from collabcare.domain.typed_text import typed_block
from collabcare.services.open_facts import open_facts, touch
from collabcare.store.models import SafetyAssessment, SafetyConversation

if TYPE_CHECKING:
    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.ids import EpisodeId, MeasureId
    from collabcare.store.unit_of_work import UnitOfWork, Work

LONGEST_REASON = 2_000
_NO_REASON = "Say what was wrong: it stays in the record with your reason."


@dataclass(frozen=True, slots=True, kw_only=True)
class VoidAssessment:
    """A version of a safety assessment that was entered in error, such as one about another patient."""

    episode_id: EpisodeId
    assessment_id: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeBackOutcome:
    """The outcome of the conversation a measure asked for, when it was recorded in error."""

    episode_id: EpisodeId
    measure_id: MeasureId
    reason: str


def void_assessment(command: VoidAssessment, uow: UnitOfWork) -> Changes:
    """Mark a version of a safety assessment as entered in error; the one before it holds again.

    Raises:
        RuleViolation: When there is no reason, it is marked already or is not one of this episode's.
    """
    with uow.begin(Permission.PLAN_SAFETY, "Mark safety assessment as entered in error") as work:
        facts = open_facts(work, command.episode_id)
        reason = _reason(command.reason)
        row = work.get(SafetyAssessment, command.assessment_id)
        if row.episode_id != facts.episode_id or row.voided_reason is not None:
            raise RuleViolation("That assessment is marked as an error already, or is not this patient's.")
        row.voided_reason, row.voided_by, row.voided_at = reason, work.acting.user_id, work.at
        said = f"the safety assessment of {fmt_date(row.assessed_on)} was entered in error"
        _open_what_it_covered(work, facts, (TalkKind.ASSESSMENT, row.id), said)
        for talk in work.session.scalars(
            select(SafetyConversation).where(SafetyConversation.stands_id == row.id)
        ):
            _add(talk, f"To be assessed again: {said}; what was said then: {talk.stands_why}", work)
            talk.stands_id = talk.stands_why = talk.stands_on = talk.stands_by = None
            touch(work, Kind.SAFETY, facts, talk.id)
        touch(work, Kind.ASSESSMENT, facts, row.id)
    return work.changes


def take_back_outcome(command: TakeBackOutcome, uow: UnitOfWork) -> Changes:
    """Open a safety conversation again whose outcome was recorded in error; what was written stays.

    Raises:
        RuleViolation: When there is no reason, or it is open, or is not one of this episode's.
    """
    with uow.begin(Permission.RECORD_SAFETY_CONVERSATION, "Take back safety conversation") as work:
        facts = open_facts(work, command.episode_id)
        reason = _reason(command.reason)
        row = work.session.scalar(
            select(SafetyConversation).where(SafetyConversation.measure_id == command.measure_id)
        )
        if row is None or row.episode_id != facts.episode_id or row.closed_on is None:
            raise RuleViolation("That safety conversation is open, or is not this patient's.")
        said = f"the conversation of {fmt_date(row.closed_on)} was recorded in error"
        _open_what_it_covered(work, facts, (TalkKind.CONVERSATION, row.id), said)
        _open_again(
            row, f"Opened again: what was recorded on {fmt_date(row.closed_on)} was an error. {reason}", work
        )
        touch(work, Kind.SAFETY, facts, row.id)
    return work.changes


def _reason(typed: str) -> str:
    reason = typed_block(typed, "The reason", LONGEST_REASON)
    if not reason:
        raise RuleViolation(_NO_REASON)
    return reason


def _open_what_it_covered(work: Work, facts: EpisodeFacts, talk: tuple[TalkKind, int], said: str) -> None:
    """Open the conversations again that this talk had covered: nobody has talked about those answers."""
    kind, number = talk
    column = (
        SafetyConversation.covered_by_id
        if kind is TalkKind.CONVERSATION
        else SafetyConversation.covered_by_assessment_id
    )
    for covered in work.session.scalars(
        select(SafetyConversation).where(column == number, SafetyConversation.closed_on.is_not(None))
    ):
        _open_again(covered, f"Opened again: {said}.", work)
        touch(work, Kind.SAFETY, facts, covered.id)


def _open_again(row: SafetyConversation, why: str, work: Work) -> None:
    _add(row, why, work)
    row.outcome = row.closed_on = row.closed_by = None
    row.covered_by_id = row.covered_by_assessment_id = None
    row.stands_id = row.stands_why = row.stands_on = row.stands_by = None


def _add(row: SafetyConversation, words: str, work: Work) -> None:
    """Put words under the note: nothing written is replaced."""
    row.note = "\n\n".join(filter(None, (row.note, f"{fmt_date(work.today)}: {words}")))
