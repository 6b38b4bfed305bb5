"""What is done to many patients at once: a new holder for all of them, or letters looked at one by one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import select

from collabcare.domain.acting import Permission
from collabcare.domain.changes import Changes, Kind
from collabcare.domain.counting import counted, uncounted
from collabcare.domain.episode import Phase
from collabcare.domain.errors import RuleViolation
from collabcare.domain.letter_beforehand import MEDICATION_PART, written_beforehand
from collabcare.domain.typed_text import says_something, typed_block
from collabcare.queries.case_people import REASSIGNING
from collabcare.queries.facts import episode_facts
from collabcare.services.another_person import note_given_away
from collabcare.services.in_care import give, holder, open_episode
from collabcare.services.letters import IssueLetter, compose_letter
from collabcare.services.notes import LONGEST_REASON
from collabcare.store.files import write_document
from collabcare.store.models import Letter, Note, UserAccount

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.orm import Session

    from collabcare.domain.counting import Counting
    from collabcare.domain.ids import EpisodeId, UserId
    from collabcare.services.desk import Desk
    from collabcare.services.letters import PreparedLetter
    from collabcare.store.models import Episode
    from collabcare.store.unit_of_work import UnitOfWork, Work


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOn:
    """One episode to hand on; ``seen`` is the version the user was looking at."""

    episode_id: EpisodeId
    seen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AllocateMany:
    """Episodes, who is to hold them from now on, and why: it stays in each story as a note."""

    episodes: tuple[HandOn, ...]
    holder_id: UserId
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedLetter:
    """One patient's letter as it would be issued, or why it is not issued with the others.

    ``command`` names the page that was drawn, so that no other page can be issued in its place.
    """

    command: IssueLetter
    recipient: str = ""
    why_not: str = ""
    pdf: bytes = b""


def allocate_many(command: AllocateMany, uow: UnitOfWork, counting: Counting = uncounted) -> Changes:
    """Give every episode to one practitioner, in one transaction: all of them, or none.

    Those the practitioner holds already stay as they are.

    Raises:
        RuleViolation: When there is nobody to hand on, the holder cannot hold patients, nothing says why, or
            an episode is closed.
        StaleRecord: When somebody changed one of them since the user looked.
        Cancelled: When it is stopped; nobody was handed on then.
    """
    with uow.begin(Permission.ADD_PATIENT, REASSIGNING) as work:
        to = holder(work, command.holder_id)
        reason = typed_block(command.reason, "Why they are handed on", LONGEST_REASON)
        if not says_something(reason):
            raise RuleViolation("Write why they are handed on: it stays in each story.")
        moved = 0
        for each in counted(command.episodes, counting):
            episode = open_episode(work, each.episode_id, seen=each.seen)
            if episode.holder_id == to:
                continue
            _note_why(work, episode, to, reason)
            note_given_away(work, episode, to)
            give(episode, to, work.today)
            if episode.phase == Phase.REFERRED:
                episode.phase, episode.phase_since = Phase.ALLOCATED, work.today
            work.touched(
                Kind.EPISODE, subject_id=episode.id, patient_id=episode.patient_id, episode_id=episode.id
            )
            moved += 1
        if not moved:
            raise RuleViolation("Nobody is to be handed on: choose patients somebody else holds.")
    return work.changes


def _note_why(work: Work, episode: Episode, to: UserId, reason: str) -> None:
    """Keep in the story who held the patient, who holds them now, and why."""
    names = {
        user: work.session.scalars(select(UserAccount.name).where(UserAccount.id == user)).one()
        for user in (episode.holder_id, to)
        if user is not None
    }
    before = f"from {names[episode.holder_id]} " if episode.holder_id else ""
    text = f"Reassigned {before}to {names[to]}: {reason}"
    note = Note(
        episode_id=episode.id,
        on_date=work.today,
        text=text,
        written_by=work.acting.user_id,
        recorded_at=work.at,
    )
    work.add(note)


def check_letter(session: Session, episode_id: EpisodeId, kind: str, desk: Desk) -> CheckedLetter:
    """Put one patient's letter together and draw it, as the letter page does; nothing is kept.

    A letter with anything at all to look at is not issued unseen: it comes back with why.
    """
    asked = IssueLetter(episode_id=episode_id, kind=kind, typed=_medicines(session, episode_id, kind, desk))
    today = select(Letter.id).where(
        Letter.episode_id == episode_id, Letter.kind == kind, Letter.issued_on == desk.today
    )
    if session.scalars(today).first() is not None:
        return CheckedLetter(command=asked, why_not="A letter of this kind was issued today.")
    try:
        prepared = compose_letter(session, asked, desk)
    except RuleViolation as refusal:
        return CheckedLetter(command=asked, why_not=str(refusal))
    if prepared.findings:
        return CheckedLetter(command=asked, why_not=prepared.findings[0].text)
    return CheckedLetter(
        command=replace(asked, previewed=prepared.sha256),
        recipient=_recipient(prepared),
        pdf=prepared.pdf,
    )


def _medicines(session: Session, episode_id: EpisodeId, kind: str, desk: Desk) -> dict[str, str]:
    """Return the medicines as they were told; words about safety are never sent unread."""
    facts, wanted = episode_facts(session, episode_id), desk.letter_kinds.get(kind)
    if facts is None or wanted is None:
        return {}
    known = written_beforehand(wanted, facts, desk.rulebook.instruments, today=desk.today)
    return {part: text for part, text in known.items() if part == MEDICATION_PART}


def _recipient(prepared: PreparedLetter) -> str:
    return ", ".join(prepared.letter.window[:2])


def save_letter(pdf: bytes, to: Path) -> None:
    """Write the page of an issued letter as a file.

    Raises:
        EnvironmentProblem: When it cannot be written; the letter is safe in the record.
    """
    write_document(to, pdf)
