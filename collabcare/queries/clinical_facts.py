"""Measures, safety, supervision and letters as facts: each SELECT beside what its rows become."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, select

from collabcare.domain.facts import ActionFact, LetterFact, MeasureFact, ReviewFact, SafetyPromptFact
from collabcare.domain.instruments import EntryMode, Safety
from collabcare.store import models as m

if TYPE_CHECKING:
    from collabcare.queries.grouped import AnyRow, AnySelect


def measures(which: ColumnElement[bool]) -> AnySelect:
    """Select the questionnaires, oldest first."""
    return (
        select(
            m.Measure.episode_id, *(column for column in m.Measure.__table__.c if column.name != "episode_id")
        )
        .join(m.Episode, m.Episode.id == m.Measure.episode_id)
        .where(which)
        .order_by(m.Measure.taken_on, m.Measure.id)
    )


def measure(row: AnyRow) -> MeasureFact:
    """Make one questionnaire."""
    return MeasureFact(
        id=row.id,
        instrument=row.instrument,
        taken_on=row.taken_on,
        entry_mode=EntryMode(row.entry_mode),
        answers=_answers(row.answers),
        function_answer=row.function_answer,
        total=row.total,
        missing=row.missing,
        prorated=row.prorated,
        safety=Safety(row.safety),
        safety_answer=row.safety_answer,
        recorded_at=row.recorded_at,
    )


@lru_cache(maxsize=4096)
def _answers(written: str) -> tuple[int | None, ...]:
    """Read the answers as they are kept; the same forms come up again and again."""
    return tuple(None if mark == "-" else int(mark) for mark in written)


def safety_prompts(which: ColumnElement[bool]) -> AnySelect:
    """Select the safety conversations asked for, oldest first."""
    prompt = m.SafetyConversation
    return (
        select(
            prompt.episode_id,
            prompt.measure_id,
            prompt.opened_on,
            prompt.outcome,
            prompt.closed_on,
            prompt.note,
            m.Measure.instrument,
            m.Measure.safety,
            m.Measure.safety_answer,
            m.Measure.recorded_at,
        )
        .join(m.Episode, m.Episode.id == prompt.episode_id)
        .join(m.Measure, m.Measure.id == prompt.measure_id)
        .where(which)
        .order_by(prompt.opened_on, prompt.id)
    )


def safety_prompt(row: AnyRow) -> SafetyPromptFact:
    """Make one safety conversation."""
    return SafetyPromptFact(
        measure_id=row.measure_id,
        opened_on=row.opened_on,
        instrument=row.instrument,
        asked=Safety(row.safety),
        answer=row.safety_answer,
        outcome=row.outcome,
        closed_on=row.closed_on,
        note=row.note,
        recorded_at=row.recorded_at,
    )


def reviews(which: ColumnElement[bool]) -> AnySelect:
    """Select the supervision reviews, oldest first."""
    review = m.SupervisionReview
    return (
        select(
            review.episode_id,
            review.id,
            review.reviewed_on,
            review.question,
            review.decision,
            review.recorded_at,
            m.UserAccount.name.label("supervisor"),
        )
        .join(m.Episode, m.Episode.id == review.episode_id)
        .join(m.UserAccount, m.UserAccount.id == review.supervisor_id)
        .where(which)
        .order_by(review.reviewed_on, review.id)
    )


def review(row: AnyRow) -> ReviewFact:
    """Make one review."""
    return ReviewFact(
        id=row.id,
        reviewed_on=row.reviewed_on,
        supervisor=row.supervisor,
        question=row.question,
        decision=row.decision,
        recorded_at=row.recorded_at,
    )


def actions(which: ColumnElement[bool]) -> AnySelect:
    """Select the actions agreed, by due day."""
    action = m.SupervisionAction
    return (
        select(
            action.episode_id,
            action.id,
            action.review_id,
            action.text,
            action.owner_id,
            action.due_on,
            action.done_on,
            m.UserAccount.name.label("owner"),
            m.SupervisionReview.reviewed_on,
        )
        .join(m.Episode, m.Episode.id == action.episode_id)
        .join(m.SupervisionReview, m.SupervisionReview.id == action.review_id)
        .join(m.UserAccount, m.UserAccount.id == action.owner_id)
        .where(which)
        .order_by(action.due_on, action.id)
    )


def action(row: AnyRow) -> ActionFact:
    """Make one action."""
    return ActionFact(
        id=row.id,
        review_id=row.review_id,
        agreed_on=row.reviewed_on,
        text=row.text,
        owner_id=row.owner_id,
        owner=row.owner,
        due_on=row.due_on,
        done_on=row.done_on,
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
    return LetterFact(
        id=row.id, kind=row.kind, title=row.title, issued_on=row.issued_on, recipient=row.recipient
    )
