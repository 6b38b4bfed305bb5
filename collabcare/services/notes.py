"""Writing a note of a day, and marking one as entered in error; neither changes what is due."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from collabcare.domain.acting import Permission
from collabcare.domain.changes import Changes, Kind
from collabcare.domain.ids import EpisodeId
from collabcare.domain.milestones import refuse_voiding
from collabcare.domain.notes import LONGEST_NOTE, refuse_note, refuse_same_note
from collabcare.domain.typed_text import typed_block
from collabcare.services.in_care import open_episode, received_on
from collabcare.store.models import Note

if TYPE_CHECKING:
    from datetime import date

    from collabcare.store.models import Episode
    from collabcare.store.unit_of_work import UnitOfWork, Work

LONGEST_REASON = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteNote:
    """A note and the day it is about."""

    episode_id: EpisodeId
    on: date
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VoidNote:
    """A note entered in error; ``seen`` is its ``row_version`` as it was shown."""

    note_id: int
    seen: int
    reason: str


def write_note(command: WriteNote, uow: UnitOfWork) -> Changes:
    """Keep a note; it counts as no contact and moves no date.

    Raises:
        RuleViolation: When it says nothing, its day cannot be, or it is there already.
    """
    with uow.begin(Permission.WRITE_NOTE, "Write note") as work:
        episode = open_episode(work, command.episode_id)
        text = typed_block(command.text, "The note", LONGEST_NOTE)
        refuse_note(text, command.on, received_on=received_on(work, episode), today=work.today)
        mine = select(Note.on_date, Note.text).where(
            Note.episode_id == episode.id,
            Note.written_by == work.acting.user_id,
            Note.voided_reason.is_(None),
        )
        refuse_same_note([(on, said) for on, said in work.session.execute(mine)], command.on, text)
        made = work.add(
            Note(
                episode_id=episode.id,
                on_date=command.on,
                text=text,
                written_by=work.acting.user_id,
                recorded_at=work.at,
            )
        )
        _touch(work, episode, made)
        work.made = made.id
    return work.changes


def void_note(command: VoidNote, uow: UnitOfWork) -> Changes:
    """Mark a note as entered in error; it stays in the record with the reason.

    Raises:
        RuleViolation: When there is no reason, it is marked already, or the episode is closed.
        StaleRecord: When somebody else changed it meanwhile.
    """
    with uow.begin(Permission.WRITE_NOTE, "Mark note as entered in error") as work:
        note = work.get(Note, command.note_id, seen=command.seen)
        episode = open_episode(work, EpisodeId(note.episode_id))
        reason = typed_block(command.reason, "The reason", LONGEST_REASON)
        refuse_voiding(reason, voided=note.voided_reason is not None)
        note.voided_reason, note.voided_by, note.voided_at = reason, work.acting.user_id, work.at
        _touch(work, episode, note)
    return work.changes


def _touch(work: Work, episode: Episode, note: Note) -> None:
    work.touched(Kind.NOTE, subject_id=note.id, patient_id=episode.patient_id, episode_id=episode.id)
