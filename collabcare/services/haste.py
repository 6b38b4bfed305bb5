"""Recording what makes us act sooner when a patient does not attend, and moving between the two tracks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from collabcare.domain.acting import Permission
from collabcare.domain.changes import Changes, Kind
from collabcare.domain.errors import RuleViolation
from collabcare.domain.haste import refuse_haste, refuse_haste_end
from collabcare.domain.milestones import refuse_voiding
from collabcare.domain.reach_facts import HasteFact, HasteKind, Track, TrackMoveFact
from collabcare.domain.tracks import (
    refuse_held_since,
    refuse_taking_back_while_sought,
    refuse_track_move,
)
from collabcare.domain.typed_text import typed_block
from collabcare.services.another_person import on_case
from collabcare.services.open_facts import facts_now, open_facts, touch
from collabcare.store.models import Haste, TrackMove

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.ids import EpisodeId
    from collabcare.store.unit_of_work import UnitOfWork

LONGEST_NOTE = 5_000
LONGEST_REASON = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordHaste:
    """Something that happened, or holds from a day on."""

    episode_id: EpisodeId
    kind: HasteKind
    happened_on: date
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EndHaste:
    """The day such a fact ceased to hold; ``seen`` is its ``row_version`` as it was shown."""

    haste_id: int
    seen: int
    ended_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class VoidHaste:
    """A fact entered in error; ``seen`` as for ending it."""

    haste_id: int
    seen: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveTrack:
    """A move between the tracks; to go slower is for a supervisor who does not hold the case to record."""

    episode_id: EpisodeId
    to: Track
    reason: str


def record_haste_fact(command: RecordHaste, uow: UnitOfWork) -> Changes:
    """Record a fact that makes us act sooner: an open search is on the Prompt track at once.

    Raises:
        RuleViolation: When its day cannot be, a judgement has no reason, or it is recorded already.
    """
    with uow.begin(Permission.RECORD_HASTE, "Record what makes us act sooner") as work:
        facts = open_facts(work, command.episode_id)
        note = typed_block(command.note, "The note", LONGEST_NOTE)
        asked = HasteFact(kind=command.kind, happened_on=command.happened_on, note=note)
        refuse_haste(asked, facts.haste, birth_date=facts.patient.birth_date, today=work.today)
        made = work.add(
            Haste(
                episode_id=facts.episode_id,
                kind=asked.kind,
                happened_on=asked.happened_on,
                note=note,
                recorded_by=work.acting.user_id,
                recorded_at=work.at,
            )
        )
        touch(work, Kind.HASTE, facts, made.id)
        work.made = made.id
    return work.changes


def end_haste_fact(command: EndHaste, uow: UnitOfWork) -> Changes:
    """Record that such a fact no longer holds; a search that it sped up goes on as fast as before.

    Raises:
        RuleViolation: When it does not end, has ended, or cannot have ended then.
        StaleRecord: When somebody else changed it meanwhile.
    """
    with uow.begin(Permission.RECORD_HASTE, "End what makes us act sooner") as work:
        row = work.get(Haste, command.haste_id, seen=command.seen)
        facts = facts_now(work, row.episode_id)
        refuse_haste_end(_standing(facts, row), command.ended_on, today=work.today)
        row.ended_on = command.ended_on
        touch(work, Kind.HASTE, facts, row.id)
    return work.changes


def void_haste_fact(command: VoidHaste, uow: UnitOfWork) -> Changes:
    """Mark such a fact as entered in error: no rule goes by it, and it stays in the record with the reason.

    Raises:
        RuleViolation: When there is no reason, it is marked already, or the patient is being sought and
            somebody else than another supervisor would make us slower by it.
        StaleRecord: When somebody else changed it meanwhile.
    """
    with uow.begin(Permission.RECORD_HASTE, "Void what makes us act sooner") as work:
        row = work.get(Haste, command.haste_id, seen=command.seen)
        facts = facts_now(work, row.episode_id)
        reason = typed_block(command.reason, "The reason", LONGEST_REASON)
        refuse_voiding(reason, voided=row.voided_reason is not None)
        refuse_taking_back_while_sought(facts, on_case(work, facts))
        row.voided_reason = reason
        touch(work, Kind.HASTE, facts, row.id)
    return work.changes


def move_track(command: MoveTrack, uow: UnitOfWork) -> Changes:
    """Move a patient to the Prompt track, or back to Standard as another supervisor.

    Raises:
        RuleViolation: When there is no reason, or somebody else than another supervisor makes us slower.
    """
    with uow.begin(Permission.MOVE_TRACK, "Move between tracks") as work:
        facts = open_facts(work, command.episode_id)
        reason = typed_block(command.reason, "The reason", LONGEST_REASON)
        slower = command.to is Track.STANDARD
        move = TrackMoveFact(
            moved_on=work.today,
            to=command.to,
            by_id=work.acting.user_id,
            agreed_by_id=work.acting.user_id if slower else None,
            reason=reason,
        )
        refuse_track_move(move, holder_id=facts.holder_id, agreed_by_role=work.acting.role)
        if slower:
            refuse_held_since(facts, on_case(work, facts))
        made = work.add(
            TrackMove(
                episode_id=facts.episode_id,
                moved_on=move.moved_on,
                to_track=move.to,
                moved_by=move.by_id,
                agreed_by=move.agreed_by_id,
                reason=reason,
                recorded_at=work.at,
            )
        )
        touch(work, Kind.TRACK, facts, made.id)
        work.made = made.id
    return work.changes


def _standing(facts: EpisodeFacts, row: Haste) -> HasteFact:
    """Return the fact of a row; one marked as an error is none."""
    recorded = (*facts.earlier.haste, *facts.haste)
    found = next((each for each in recorded if each.id == row.id), None)
    if found is None:
        raise RuleViolation("That is marked as entered in error already.")
    return found
