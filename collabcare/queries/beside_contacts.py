"""What stands in the story of an episode and is read by no rule: notes, and what was entered in error."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import aliased

from collabcare.domain.calendar import london_date
from collabcare.domain.codes import AttendanceStatus, ClosureReason, ConsultationMechanism
from collabcare.domain.display import fmt_date, lower_first
from collabcare.domain.milestones import MILESTONE_WORDS
from collabcare.domain.moving import Slot
from collabcare.domain.notes import InErrorFact, NoteFact
from collabcare.domain.plan_facts import MilestoneKind
from collabcare.store import models as m

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from collabcare.domain.ids import EpisodeId

_CLOSURE = {reason.value: reason for reason in ClosureReason}
_writer, _voider = aliased(m.UserAccount), aliased(m.UserAccount)


@dataclass(frozen=True, slots=True, kw_only=True)
class BesideContacts:
    """The notes that stand, oldest first; contacts, notes, endings and more entered in error."""

    notes: tuple[NoteFact, ...] = ()
    in_error: tuple[InErrorFact, ...] = ()
    recorded: Mapping[int, datetime] = field(default_factory=dict)
    """When each contact that stands was last written: its booking, or its outcome."""


NOTHING_BESIDE = BesideContacts()


def beside_contacts(session: Session, episode_id: EpisodeId) -> BesideContacts:
    """Return the notes of an episode and what was entered in error in it, in five SELECTs."""
    notes = _notes(session, episode_id)
    stand = tuple(fact for fact in notes if isinstance(fact, NoteFact))
    wrong = tuple(fact for fact in notes if isinstance(fact, InErrorFact))
    return BesideContacts(
        notes=stand,
        recorded=_recorded(session, episode_id),
        in_error=(
            *_contacts(session, episode_id),
            *_endings(session, episode_id),
            *wrong,
            *_assessments(session, episode_id),
            *_milestones(session, episode_id),
        ),
    )


def _recorded(session: Session, episode_id: EpisodeId) -> dict[int, datetime]:
    of = select(m.Contact.id, m.Contact.recorded_at).where(
        m.Contact.episode_id == episode_id, m.Contact.voided_reason.is_(None)
    )
    return {row.id: row.recorded_at for row in session.execute(of)}


def _notes(session: Session, episode_id: EpisodeId) -> list[NoteFact | InErrorFact]:
    note = m.Note
    rows = session.execute(
        select(note, _writer.name, _voider.name)
        .join(_writer, _writer.id == note.written_by)
        .outerjoin(_voider, _voider.id == note.voided_by)
        .where(note.episode_id == episode_id)
        .order_by(note.on_date, note.id)
    )
    found: list[NoteFact | InErrorFact] = []
    for row, by, voided_by in rows:
        if row.voided_reason is None:
            fact = NoteFact(
                id=row.id,
                row_version=row.version,
                on=row.on_date,
                text=row.text,
                by=by,
                recorded_at=row.recorded_at,
            )
            found.append(fact)
        else:
            found.append(
                InErrorFact(
                    key=f"note:{row.id}",
                    on=row.on_date,
                    what=f"note, {by}",
                    text=row.text,
                    reason=row.voided_reason,
                    by=voided_by,
                    marked_on=_day(row.voided_at),
                )
            )
    return found


def _contacts(session: Session, episode_id: EpisodeId) -> list[InErrorFact]:
    contact = m.Contact
    rows = session.execute(
        select(contact, _writer.name, _voider.name)
        .join(_writer, _writer.id == contact.practitioner_id)
        .outerjoin(_voider, _voider.id == contact.voided_by)
        .where(contact.episode_id == episode_id, contact.voided_reason.is_not(None))
        .order_by(contact.on_date, contact.id)
    )
    return [
        InErrorFact(
            key=f"contact:{row.id}",
            on=row.on_date,
            what=_what(row, by),
            text=row.note,
            reason=row.voided_reason or "",
            by=voided_by,
            marked_on=_day(row.voided_at),
        )
        for row, by, voided_by in rows
    ]


def _assessments(session: Session, episode_id: EpisodeId) -> list[InErrorFact]:
    made = m.SafetyAssessment
    rows = session.execute(
        select(made, _writer.name, _voider.name)
        .join(_writer, _writer.id == made.recorded_by)
        .outerjoin(_voider, _voider.id == made.voided_by)
        .where(made.episode_id == episode_id, made.voided_reason.is_not(None))
        .order_by(made.number)
    )
    return [
        InErrorFact(
            key=f"assessment:{row.id}",
            on=row.assessed_on,
            what=f"safety assessment, version {row.number}, {by}",
            text="\n".join(filter(None, (row.own_words, row.formulation))),
            reason=row.voided_reason or "",
            by=voided_by,
            marked_on=_day(row.voided_at),
        )
        for row, by, voided_by in rows
    ]


def _milestones(session: Session, episode_id: EpisodeId) -> list[InErrorFact]:
    """Return the milestones marked as an error; who marked one is in the audit trail."""
    reached = m.Milestone
    rows = session.execute(
        select(reached, _writer.name)
        .join(_writer, _writer.id == reached.recorded_by)
        .where(reached.episode_id == episode_id, reached.voided_reason.is_not(None))
        .order_by(reached.reached_on, reached.id)
    )
    return [
        InErrorFact(
            key=f"milestone:{row.id}",
            on=row.reached_on,
            what=f"{lower_first(MILESTONE_WORDS[MilestoneKind(row.kind)])}, {by}",
            text=row.finding,
            reason=row.voided_reason or "",
            by=None,
            marked_on=None,
        )
        for row, by in rows
    ]


def _endings(session: Session, episode_id: EpisodeId) -> list[InErrorFact]:
    """Return the ends of care that were taken back."""
    ending = m.EndingTakenBack
    rows = session.execute(
        select(ending, _voider.name)
        .join(_voider, _voider.id == ending.taken_back_by)
        .where(ending.episode_id == episode_id)
        .order_by(ending.id)
    )
    return [
        InErrorFact(
            key=f"ending:{row.id}",
            on=row.closed_on,
            what="care ended" if reason is None else f"care ended, {reason.label.lower()}",
            text="\n".join(filter(None, (_death(row), row.onward_to, row.closure_note))),
            reason=row.reason,
            by=by,
            marked_on=_day(row.taken_back_at),
        )
        for row, by in rows
        for reason in [_CLOSURE.get(row.closure_reason or "")]
    ]


def _death(row: m.EndingTakenBack) -> str:
    if row.died_on is None:
        return ""
    told = f", told by {row.death_told_by}" if row.death_told_by else ""
    return f"Recorded as died {fmt_date(row.died_on)}{told}."


def _what(contact: m.Contact, by: str) -> str:
    status = "Booked" if contact.attendance is None else AttendanceStatus(contact.attendance).label
    how = ConsultationMechanism(contact.mechanism).label.lower()
    when = Slot(contact.on_date, contact.at_time).words
    return f"{status[:1].lower()}{status[1:]} {when}, {how}, {by}"


def _day(at: datetime | None) -> date | None:
    return None if at is None else london_date(at)
