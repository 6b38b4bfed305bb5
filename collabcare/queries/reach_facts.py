"""What makes haste, pauses, reviews before a closure as facts: each SELECT beside what its rows become."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import aliased

from collabcare.domain.reach_facts import (
    ClosingReviewFact,
    HasteFact,
    HasteKind,
    LookedAt,
    PauseFact,
    SafetyReviewFact,
    Track,
    TrackMoveFact,
)
from collabcare.queries.grouped import by_code
from collabcare.store import models as m

if TYPE_CHECKING:
    from collabcare.queries.grouped import AnyRow, AnySelect, Grouped

_HASTE = by_code(HasteKind)
_TRACK = by_code(Track)
_LOOKED_AT = by_code(LookedAt)
_REVIEW = (
    *(
        "id",
        "row_version",
        "opened_on",
        "practitioner_id",
        "communicated",
        "communicated_evidence",
        "safety_reviewed_on",
    ),
    *("prompt_reason", "instead", "prompt_reason_by_id", "gp_informed_on", "gp_letter_id"),
    *("opt_in_sent_on", "opted_in_on", "discussed_on", "signed_off_by_id", "signed_off_by_role"),
    *("signed_off_on", "way_back", "ended_on"),
)
_COLUMN_OF = {
    "row_version": "version",
    "prompt_reason_by_id": "prompt_reason_by",
    "signed_off_by_id": "signed_off_by",
}


def haste(which: ColumnElement[bool]) -> AnySelect:
    """Select the facts that make haste and stand, oldest first."""
    fact = m.Haste
    return (
        select(
            fact.episode_id,
            fact.id,
            fact.kind,
            fact.happened_on,
            fact.ended_on,
            fact.note,
            fact.recorded_at,
            fact.version,
        )
        .join(m.Episode, m.Episode.id == fact.episode_id)
        .where(which, fact.voided_reason.is_(None))
        .order_by(fact.happened_on, fact.id)
    )


def haste_fact(row: AnyRow) -> HasteFact:
    """Make one of them."""
    _, key, kind, happened_on, ended_on, note, recorded_at, row_version = row
    return HasteFact(
        id=key,
        kind=_HASTE[kind],
        happened_on=happened_on,
        ended_on=ended_on,
        note=note,
        recorded_at=recorded_at,
        row_version=row_version,
    )


def track_moves(which: ColumnElement[bool]) -> AnySelect:
    """Select the moves between tracks in the order in which they were made."""
    move = m.TrackMove
    return (
        select(
            move.episode_id,
            move.moved_on,
            move.to_track,
            move.moved_by,
            move.agreed_by,
            move.reason,
            move.recorded_at,
        )
        .join(m.Episode, m.Episode.id == move.episode_id)
        .where(which)
        .order_by(move.recorded_at, move.id)
    )


def track_move(row: AnyRow) -> TrackMoveFact:
    """Make one move."""
    _, moved_on, to_track, moved_by, agreed_by, reason, moved_at = row
    return TrackMoveFact(
        moved_on=moved_on,
        to=_TRACK[to_track],
        by_id=moved_by,
        agreed_by_id=agreed_by,
        reason=reason,
        moved_at=moved_at,
    )


def pauses(which: ColumnElement[bool]) -> AnySelect:
    """Select the pauses, oldest first."""
    pause = m.Pause
    return (
        select(
            pause.episode_id,
            pause.id,
            pause.started_on,
            pause.reason,
            pause.review_on,
            pause.ended_on,
            pause.version,
            pause.recorded_at,
        )
        .join(m.Episode, m.Episode.id == pause.episode_id)
        .where(which)
        .order_by(pause.started_on, pause.id)
    )


def pause(row: AnyRow) -> PauseFact:
    """Make one pause."""
    _, key, started_on, reason, review_on, ended_on, row_version, recorded_at = row
    return PauseFact(
        id=key,
        started_on=started_on,
        reason=reason,
        review_on=review_on,
        ended_on=ended_on,
        row_version=row_version,
        recorded_at=recorded_at,
    )


def closing_reviews(which: ColumnElement[bool]) -> AnySelect:
    """Select the reviews of not attending with who made the account of whoever signed, oldest first."""
    review, signer = m.ClosingReview, aliased(m.UserAccount)
    columns = review.__table__.c
    return (
        select(review.episode_id, *(columns[_COLUMN_OF.get(name, name)] for name in _REVIEW), signer.made_by)
        .join(m.Episode, m.Episode.id == review.episode_id)
        .outerjoin(signer, signer.id == review.signed_off_by)
        .where(which)
        .order_by(review.opened_on, review.id)
    )


def closing_review(row: AnyRow, looked: Grouped[SafetyReviewFact]) -> ClosingReviewFact:
    """Make one review, with the safety reviews in it."""
    _, *values, made_by = row
    mine = dict(zip(_REVIEW, values, strict=True))
    return ClosingReviewFact(
        **mine, signed_off_by_made_by_id=made_by, safety_reviews=looked.get(mine["id"], ())
    )


def safety_reviews(which: ColumnElement[bool]) -> AnySelect:
    """Select the safety reviews by review of not attending, the order of their days."""
    looked = m.SafetyReview
    return (
        select(
            looked.closing_review_id,
            looked.reviewed_on,
            looked.looked_at,
            looked.concluded,
            m.UserAccount.name,
            looked.reviewed_by,
        )
        .join(m.ClosingReview, m.ClosingReview.id == looked.closing_review_id)
        .join(m.Episode, m.Episode.id == m.ClosingReview.episode_id)
        .join(m.UserAccount, m.UserAccount.id == looked.reviewed_by)
        .where(which)
        .order_by(looked.reviewed_on, looked.id)
    )


def safety_review(row: AnyRow) -> SafetyReviewFact:
    """Make one safety review."""
    _, on, looked_at, concluded, by, by_id = row
    return SafetyReviewFact(
        on=on,
        looked_at=tuple(_LOOKED_AT[code] for code in looked_at),
        concluded=concluded,
        by=by,
        by_id=by_id,
    )
