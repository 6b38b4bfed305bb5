"""Measures, safety, supervision and letters as facts: each SELECT beside what its rows become."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import aliased

from collabcare.domain.facts import ActionFact, LetterFact, MeasureFact, ReviewFact, SafetyPromptFact
from collabcare.domain.instruments import EntryMode, Safety
from collabcare.domain.safety_facts import FormRoute, SafetyTalk, StillStands, TalkKind
from collabcare.queries.grouped import Making, by_code, by_code_or_none
from collabcare.store import models as m

if TYPE_CHECKING:
    from collabcare.queries.grouped import AnyRow, AnySelect

_covering, _assessment = aliased(m.SafetyConversation), aliased(m.SafetyAssessment)
_ENTRY_MODE = by_code(EntryMode)
_SAFETY = by_code(Safety)
_ROUTE = by_code_or_none(FormRoute)

MEASURE = Making(
    kind=MeasureFact,
    fields=(
        *("id", "instrument", "taken_on", "entry_mode", "answers", "function_answer", "total", "missing"),
        *("prorated", "safety", "safety_answer", "recorded_at", "route", "arrived_at", "correction"),
        "after_end",
    ),
    codes={"entry_mode": _ENTRY_MODE, "safety": _SAFETY, "route": _ROUTE},
)
REVIEW = Making(
    kind=ReviewFact,
    fields=("id", "reviewed_on", "supervisor", "question", "decision", "recorded_at"),
)
ACTION = Making(
    kind=ActionFact,
    fields=("id", "review_id", "agreed_on", "text", "owner_id", "owner", "due_on", "done_on", "version"),
)


def measures(which: ColumnElement[bool]) -> AnySelect:
    """Select the questionnaires that stand, oldest first; what was corrected is no fact any more."""
    form = m.Measure
    corrected = select(form.corrects_id).where(form.corrects_id.is_not(None))
    return (
        select(
            form.episode_id,
            form.id,
            form.instrument,
            form.taken_on,
            form.entry_mode,
            form.answers,
            form.function_answer,
            form.total,
            form.missing,
            form.prorated,
            form.safety,
            form.safety_answer,
            form.recorded_at,
            form.form_route,
            form.arrived_at,
            form.correction_reason,
            form.after_end,
        )
        .join(m.Episode, m.Episode.id == form.episode_id)
        .where(which, form.id.not_in(corrected))
        .order_by(form.taken_on, form.id)
    )


def safety_prompts(which: ColumnElement[bool]) -> AnySelect:
    """Select the safety conversations asked for, oldest first."""
    prompt = m.SafetyConversation
    return (
        select(
            prompt.episode_id,
            prompt.measure_id,
            prompt.opened_on,
            m.Measure.instrument,
            m.Measure.safety,
            m.Measure.safety_answer,
            prompt.outcome,
            prompt.closed_on,
            prompt.note,
            m.Measure.recorded_at,
            m.Measure.form_route,
            m.Measure.arrived_at,
            prompt.ask_by,
            prompt.ask_on,
            prompt.tried_on,
            prompt.id,
            prompt.covered_by_id,
            _covering.closed_on,
            prompt.covered_by_assessment_id,
            _assessment.assessed_on,
            prompt.stands_id,
            prompt.stands_why,
            prompt.stands_on,
            m.UserAccount.name,
        )
        .join(m.Episode, m.Episode.id == prompt.episode_id)
        .join(m.Measure, m.Measure.id == prompt.measure_id)
        .outerjoin(_covering, _covering.id == prompt.covered_by_id)
        .outerjoin(_assessment, _assessment.id == prompt.covered_by_assessment_id)
        .outerjoin(m.UserAccount, m.UserAccount.id == prompt.stands_by)
        .where(which)
        .order_by(prompt.opened_on, prompt.id)
    )


def safety_prompt(row: AnyRow) -> SafetyPromptFact:
    """Make one safety conversation."""
    _, measure_id, opened_on, instrument, asked, answer, outcome, closed_on, note, *more = row
    recorded_at, route, arrived_at, ask_by, ask_on, tried_on, key, *links = more
    talk, talked, assessment, assessed, stands, why, since, by = links
    covered = (TalkKind.CONVERSATION, talk, talked) if talk else (TalkKind.ASSESSMENT, assessment, assessed)
    return SafetyPromptFact(
        measure_id=measure_id,
        opened_on=opened_on,
        instrument=instrument,
        asked=_SAFETY[asked],
        answer=answer,
        outcome=outcome,
        closed_on=closed_on,
        note=note,
        recorded_at=recorded_at,
        route=_ROUTE[route],
        arrived_at=arrived_at,
        ask_by=ask_by,
        ask_on=ask_on,
        tried_on=tried_on,
        id=key,
        covered_by=SafetyTalk(*covered) if covered[1] else None,
        stands=StillStands(stands, why, since, by) if stands else None,
    )


def reviews(which: ColumnElement[bool]) -> AnySelect:
    """Select the supervision reviews, oldest first."""
    review = m.SupervisionReview
    return (
        select(
            review.episode_id,
            review.id,
            review.reviewed_on,
            m.UserAccount.name,
            review.question,
            review.decision,
            review.recorded_at,
        )
        .join(m.Episode, m.Episode.id == review.episode_id)
        .join(m.UserAccount, m.UserAccount.id == review.supervisor_id)
        .where(which)
        .order_by(review.reviewed_on, review.id)
    )


def actions(which: ColumnElement[bool]) -> AnySelect:
    """Select the actions agreed, by due day."""
    action = m.SupervisionAction
    return (
        select(
            action.episode_id,
            action.id,
            action.review_id,
            m.SupervisionReview.reviewed_on,
            action.text,
            action.owner_id,
            m.UserAccount.name,
            action.due_on,
            action.done_on,
            action.version,
        )
        .join(m.Episode, m.Episode.id == action.episode_id)
        .join(m.SupervisionReview, m.SupervisionReview.id == action.review_id)
        .join(m.UserAccount, m.UserAccount.id == action.owner_id)
        .where(which)
        .order_by(action.due_on, action.id)
    )


def letters(which: ColumnElement[bool]) -> AnySelect:
    """Select the letters issued, oldest first, without their pages."""
    letter = m.Letter
    return (
        select(letter.episode_id, letter.id, letter.kind, letter.title, letter.issued_on, letter.recipient)
        .join(m.Episode, m.Episode.id == letter.episode_id)
        .where(which)
        .order_by(letter.issued_on, letter.id)
    )


def letter(row: AnyRow) -> LetterFact:
    """Make one letter."""
    _, key, kind, title, issued_on, recipient = row
    return LetterFact(id=key, kind=kind, title=title, issued_on=issued_on, recipient=recipient)
