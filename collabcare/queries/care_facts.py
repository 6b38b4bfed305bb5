"""Contacts, steps and re-engagement as facts: each SELECT beside what its rows become."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, select

from collabcare.domain.codes import AttendanceStatus, ConsultationMechanism
from collabcare.domain.episode import StepDirection
from collabcare.domain.facts import AttemptFact, ContactFact, LadderFact, StepMoveFact
from collabcare.domain.reengagement import AttemptOutcome, Channel
from collabcare.domain.slots import slot_end
from collabcare.store import models as m

if TYPE_CHECKING:
    from collabcare.queries.grouped import AnyRow, AnySelect, Grouped


def contacts(which: ColumnElement[bool]) -> AnySelect:
    """Select the contacts that stand, oldest first."""
    return (
        select(
            m.Contact.episode_id,
            m.Contact.id,
            m.Contact.on_date,
            m.Contact.at_time,
            m.Contact.minutes,
            m.Contact.attendance,
            m.Contact.mechanism,
            m.Contact.note,
            m.Contact.cancelled_on,
            m.UserAccount.name.label("practitioner"),
        )
        .join(m.Episode, m.Episode.id == m.Contact.episode_id)
        .join(m.UserAccount, m.UserAccount.id == m.Contact.practitioner_id)
        .where(which, m.Contact.voided_reason.is_(None))
        .order_by(m.Contact.on_date, m.Contact.at_time, m.Contact.id)
    )


def contact(row: AnyRow) -> ContactFact:
    """Make one contact."""
    return ContactFact(
        id=row.id,
        on=row.on_date,
        at=row.at_time,
        minutes=row.minutes,
        status=None if row.attendance is None else AttendanceStatus(row.attendance),
        mechanism=ConsultationMechanism(row.mechanism),
        practitioner=row.practitioner,
        note=row.note,
        cancelled_on=row.cancelled_on,
    )


def step_moves(which: ColumnElement[bool]) -> AnySelect:
    """Select the moves between steps, oldest first."""
    move = m.StepMove
    return (
        select(
            move.episode_id,
            move.moved_on,
            move.from_step,
            move.to_step,
            move.direction,
            move.reason,
            move.agreed_with_patient,
            move.gp_informed_on,
        )
        .join(m.Episode, m.Episode.id == move.episode_id)
        .where(which)
        .order_by(move.moved_on, move.id)
    )


def step_move(row: AnyRow) -> StepMoveFact:
    """Make one move."""
    return StepMoveFact(
        moved_on=row.moved_on,
        from_step=row.from_step,
        to_step=row.to_step,
        direction=StepDirection(row.direction),
        reason=row.reason,
        agreed_with_patient=row.agreed_with_patient,
        gp_informed_on=row.gp_informed_on,
    )


def ladders(which: ColumnElement[bool]) -> AnySelect:
    """Select the searches for patients who did not attend, oldest first."""
    ladder = m.Ladder
    return (
        select(
            ladder.episode_id,
            ladder.id,
            ladder.contact_id,
            ladder.first_rung,
            ladder.consecutive,
            ladder.closed_on,
            ladder.closed_because,
            m.Contact.on_date,
            m.Contact.at_time,
            m.Contact.minutes,
        )
        .join(m.Episode, m.Episode.id == ladder.episode_id)
        .join(m.Contact, m.Contact.id == ladder.contact_id)
        .where(which)
        .order_by(m.Contact.on_date, ladder.id)
    )


def ladder(row: AnyRow, attempts: Grouped[AttemptFact]) -> LadderFact:
    """Make one search with its attempts."""
    return LadderFact(
        id=row.id,
        contact_id=row.contact_id,
        missed_on=row.on_date,
        slot_ended=slot_end(row.at_time, row.minutes),
        first_rung=row.first_rung,
        consecutive=row.consecutive,
        attempts=attempts.get(row.id, ()),
        closed_on=row.closed_on,
        closed_because=row.closed_because,
    )


def attempts(which: ColumnElement[bool]) -> AnySelect:
    """Select the attempts of those searches, oldest first."""
    attempt = m.Attempt
    return (
        select(
            attempt.ladder_id,
            attempt.rung,
            attempt.on_date,
            attempt.at,
            attempt.channel,
            attempt.outcome,
            attempt.note,
            m.UserAccount.name.label("made_by"),
        )
        .join(m.Ladder, m.Ladder.id == attempt.ladder_id)
        .join(m.Episode, m.Episode.id == m.Ladder.episode_id)
        .join(m.UserAccount, m.UserAccount.id == attempt.made_by)
        .where(which)
        .order_by(attempt.at, attempt.id)
    )


def attempt(row: AnyRow) -> AttemptFact:
    """Make one attempt."""
    return AttemptFact(
        rung=row.rung,
        on=row.on_date,
        at=row.at,
        channel=Channel(row.channel),
        outcome=AttemptOutcome(row.outcome),
        by=row.made_by,
        note=row.note,
    )
