"""Contacts, steps and re-engagement as facts: each SELECT beside what its rows become.

Rows are taken apart by place: by name costs three times as much, and a caseload has ten thousand of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, exists, or_, select

from collabcare.domain.codes import AttendanceStatus, ConsultationMechanism
from collabcare.domain.decided import Decided
from collabcare.domain.episode import StepDirection
from collabcare.domain.facts import AttemptFact, ContactFact, LadderFact, StepMoveFact
from collabcare.domain.missed_because import MissedBecause
from collabcare.domain.reach_facts import SnoozeFact, SnoozeKind
from collabcare.domain.reaching import Route
from collabcare.domain.reengagement import AttemptOutcome, Channel
from collabcare.domain.slots import slot_end
from collabcare.queries.grouped import Making, by_code, by_code_or_none
from collabcare.store import models as m

if TYPE_CHECKING:
    from collabcare.queries.grouped import AnyRow, AnySelect, Grouped

BECAUSE = by_code_or_none(MissedBecause)
_STATUS = by_code_or_none(AttendanceStatus)
_MECHANISM = by_code(ConsultationMechanism)
_DIRECTION = by_code(StepDirection)
_CHANNEL = by_code(Channel)
_OUTCOME = by_code(AttemptOutcome)
_ROUTE = by_code_or_none(Route)
_DECIDED = by_code_or_none(Decided)
_SNOOZE = by_code(SnoozeKind)

CONTACT = Making(
    kind=ContactFact,
    fields=(
        *("id", "on", "at", "minutes", "status", "mechanism", "practitioner", "note", "cancelled_on"),
        *("appointment_type", "group", "was_not_brought", "interpreter", "contacted_after", "joint"),
        *("cancellation_reason", "interpreter_booked", "place", "row_version", "missed_because"),
        "missed_because_words",
    ),
    codes={"status": _STATUS, "mechanism": _MECHANISM, "missed_because": BECAUSE},
)
STEP_MOVE = Making(
    kind=StepMoveFact,
    fields=(
        *("moved_on", "from_step", "to_step", "direction", "reason", "agreed_with_patient"),
        "gp_informed_on",
    ),
    codes={"direction": _DIRECTION},
)


def contacts(which: ColumnElement[bool]) -> AnySelect:
    """Select the contacts that stand, oldest first; one that was moved stands at its new time only."""
    booked = m.Contact
    return (
        select(
            booked.episode_id,
            booked.id,
            booked.on_date,
            booked.at_time,
            booked.minutes,
            booked.attendance,
            booked.mechanism,
            m.UserAccount.name,
            booked.note,
            booked.cancelled_on,
            booked.appointment_type,
            booked.in_group,
            booked.was_not_brought,
            booked.interpreter,
            booked.contacted_after,
            booked.joint,
            booked.cancellation_reason,
            booked.interpreter_booked,
            booked.place,
            booked.version,
            booked.missed_because,
            booked.missed_because_words,
        )
        .join(m.Episode, m.Episode.id == booked.episode_id)
        .join(m.UserAccount, m.UserAccount.id == booked.practitioner_id)
        .where(which, booked.voided_reason.is_(None), booked.moved_on.is_(None))
        .order_by(booked.on_date, booked.at_time, booked.id)
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


def ladders(which: ColumnElement[bool]) -> AnySelect:
    """Select the searches for patients who did not attend, oldest first.

    A search for a miss that was entered in error is one only if somebody was tried to be reached in it.
    """
    ladder = m.Ladder
    tried = exists().where(m.Attempt.ladder_id == ladder.id)
    return (
        select(
            ladder.episode_id,
            ladder.id,
            ladder.contact_id,
            m.Contact.on_date,
            m.Contact.at_time,
            m.Contact.minutes,
            ladder.first_rung,
            ladder.consecutive,
            ladder.closed_on,
            ladder.closed_because,
            ladder.restarted_at,
            m.Contact.recorded_at,
        )
        .join(m.Episode, m.Episode.id == ladder.episode_id)
        .join(m.Contact, m.Contact.id == ladder.contact_id)
        .where(which, or_(m.Contact.voided_reason.is_(None), tried))
        .order_by(m.Contact.on_date, ladder.id)
    )


def ladder(row: AnyRow, attempts: Grouped[AttemptFact], snoozes: Grouped[SnoozeFact]) -> LadderFact:
    """Make one search with its attempts and what of it was put off."""
    _, key, contact_id, missed_on, at, minutes, first_rung, consecutive, *more = row
    closed_on, closed_because, restarted_at, opened_at = more
    return LadderFact(
        id=key,
        contact_id=contact_id,
        missed_on=missed_on,
        slot_ended=slot_end(at, minutes),
        first_rung=first_rung,
        consecutive=consecutive,
        attempts=attempts.get(key, ()),
        closed_on=closed_on,
        closed_because=closed_because,
        snoozes=snoozes.get(key, ()),
        restarted_at=restarted_at,
        opened_at=opened_at,
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
            m.UserAccount.name,
            attempt.note,
            attempt.accessible,
            attempt.spoke_to,
            attempt.promised_on,
            attempt.route,
            attempt.made_by,
            attempt.missed_because,
            attempt.missed_because_words,
            attempt.decided,
            attempt.decided_words,
        )
        .join(m.Ladder, m.Ladder.id == attempt.ladder_id)
        .join(m.Episode, m.Episode.id == m.Ladder.episode_id)
        .join(m.UserAccount, m.UserAccount.id == attempt.made_by)
        .where(which)
        .order_by(attempt.at, attempt.id)
    )


def attempt(row: AnyRow) -> AttemptFact:
    """Make one attempt."""
    _, rung, on, at, channel, outcome, made_by, note, accessible, *more = row
    spoke_to, promised_on, route, by_id, because, because_words, decided, decided_words = more
    return AttemptFact(
        rung=rung,
        on=on,
        at=at,
        channel=_CHANNEL[channel],
        outcome=_OUTCOME[outcome],
        by=made_by,
        note=note,
        accessible=accessible,
        spoke_to=spoke_to,
        promised_on=promised_on,
        route=_ROUTE[route],
        by_id=by_id,
        missed_because=BECAUSE[because],
        missed_because_words=because_words,
        decided=_DECIDED[decided],
        decided_words=decided_words or "",
    )


def snoozes(which: ColumnElement[bool]) -> AnySelect:
    """Select the rungs of those searches that were put off, oldest first."""
    snooze = m.Snooze
    return (
        select(
            snooze.ladder_id,
            snooze.rung,
            snooze.kind,
            snooze.made_on,
            snooze.until,
            snooze.reason,
            m.UserAccount.name,
        )
        .join(m.Ladder, m.Ladder.id == snooze.ladder_id)
        .join(m.Episode, m.Episode.id == m.Ladder.episode_id)
        .join(m.UserAccount, m.UserAccount.id == snooze.made_by)
        .where(which)
        .order_by(snooze.made_on, snooze.id)
    )


def snooze(row: AnyRow) -> SnoozeFact:
    """Make one putting off."""
    ladder_id, rung, kind, made_on, until, reason, made_by = row
    return SnoozeFact(
        ladder_id=ladder_id,
        rung=rung,
        kind=_SNOOZE[kind],
        made_on=made_on,
        until=until,
        reason=reason,
        by=made_by,
    )
