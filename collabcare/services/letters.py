"""Writing letters: looking at one before it goes, issuing it, and finding it again as it was issued.

A letter is drawn afresh from the record inside the transaction that keeps it. What is kept is the very page.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING

from sqlalchemy import select

from collabcare.documents.letter_facts import letter_facts
from collabcare.documents.letter_source import LetterSource
from collabcare.documents.letters import Additions, compose, render_letter
from collabcare.domain.acting import ROLE_WORDS, Permission
from collabcare.domain.changes import Changes, Kind
from collabcare.domain.episode import Phase
from collabcare.domain.errors import DamagedRecord, RuleViolation, StaleRecord
from collabcare.domain.letter_formats import base_kind, kept_as, recipient_words
from collabcare.domain.letter_safety import SAFETY_PART, needs_a_reason, why_left_out
from collabcare.domain.letters import LetterAuthor, LetterKind, LetterSite, LetterTo
from collabcare.domain.reaching import may_post_home, not_to_be_rung
from collabcare.domain.typed_text import typed_block
from collabcare.queries.facts import episode_facts
from collabcare.queries.support import crisis_lines
from collabcare.services.notes import LONGEST_REASON
from collabcare.services.open_facts import touch
from collabcare.services.searches import LetterSent, log_letter
from collabcare.store.models import Letter, Note, StepMove, UserAccount

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from sqlalchemy.orm import Session

    from collabcare.documents.composed import ComposedLetter, Finding
    from collabcare.domain.acting import Acting
    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.ids import EpisodeId, LetterId
    from collabcare.domain.letter_formats import FormNeeded
    from collabcare.domain.safety_page import Helpline
    from collabcare.services.desk import Desk
    from collabcare.store.unit_of_work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class SentAsAttempt:
    """A letter is a try to reach the patient; ``accessible`` in the format and language they need."""

    accessible: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueLetter:
    """What the letter form asks for.

    ``typed`` holds the author's words by the id of the part they stand in. ``copy_to_patient`` None means
    what is usual for this kind, to somebody who said that letters are safe. ``previewed`` is the sha256 of
    the page the author looked at, so that no other page is issued in its place. ``attempt`` logs it as a try
    to reach a patient who is sought. ``why_no_safety`` is why a letter to the GP says nothing about safety
    although an answer is on record: a note in the record, printed nowhere.
    """

    episode_id: EpisodeId
    kind: str
    typed: Mapping[str, str] = field(default_factory=dict)
    copy_to_patient: bool | None = None
    large_print: bool = False
    previewed: str | None = None
    attempt: SentAsAttempt | None = None
    why_no_safety: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedLetter:
    """A letter put together and drawn, not issued: what the preview shows."""

    letter: ComposedLetter
    pdf: bytes
    sha256: str
    file_name: str

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Return what to look at before it goes."""
        return self.letter.findings

    @property
    def may_issue(self) -> bool:
        """Return whether nothing in it keeps it from being issued."""
        return not self.letter.blocking

    @property
    def may_keep_words(self) -> bool:
        """Return whether its words may be kept, to be made elsewhere in the form the patient needs."""
        return self.letter.form is not None and not self.letter.faults


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterOffer:
    """A kind of letter with why it cannot be written now; blank when it can."""

    kind: LetterKind
    why_not: str


def letters_offered(facts: EpisodeFacts, desk: Desk) -> tuple[LetterOffer, ...]:
    """Return every kind of letter, each with what has to be in the record first."""
    author = LetterAuthor(name=desk.acting.name, role=ROLE_WORDS[desk.acting.role])
    known = letter_facts(_source(facts, author, desk, desk.today, desk.rulebook.helplines.lines))
    offers = []
    for kind in desk.letter_kinds.values():
        missing = kind.missing(known)
        offers.append(LetterOffer(kind=kind, why_not=f"Needs {', '.join(missing)}." if missing else ""))
    return tuple(offers)


def compose_letter(session: Session, command: IssueLetter, desk: Desk) -> PreparedLetter:
    """Put together and draw a letter to look at; nothing is kept.

    Raises:
        RuleViolation: Saying what is missing, or what cannot be printed.
    """
    facts = _facts(session, command.episode_id)
    lines = crisis_lines(session, desk.rulebook.helplines)
    source = _source(facts, _author(session, desk.acting), desk, desk.today, lines)
    return _prepared(source, command, desk)


def issue_letter(command: IssueLetter, desk: Desk) -> Changes:
    """Issue a letter: keep its page and, when the GP is told of a move between steps, note that too.

    Raises:
        RuleViolation: Saying what is missing, what cannot be printed, or which words may not be sent.
        StaleRecord: When the record has changed since the page that was looked at.
    """
    with desk.uow.begin(Permission.ISSUE_LETTER, "Issue letter") as work:
        facts, prepared = _looked_at(command, desk, work)
        if prepared.letter.blocking:
            raise RuleViolation(prepared.letter.blocking[0].text)
        letter = work.add(_kept(prepared, command.episode_id, work))
        _keep_why(command, facts, desk, work)
        if prepared.letter.form_of_copy is not None:
            work.add(_words_kept(prepared, facts, prepared.letter.form_of_copy, work))
        kind = desk.letter_kinds[command.kind]
        if kind.to is LetterTo.GP and kind.tells_of_steps:
            _mark_told(work, facts)
        if command.attempt is not None:
            log_letter(
                work, facts, LetterSent(kind.id, kind.title, command.attempt.accessible), desk.rulebook
            )
        work.touched(
            Kind.LETTER,
            subject_id=letter.id,
            patient_id=facts.patient.patient_id,
            episode_id=command.episode_id,
        )
        work.made = letter.id
    return work.changes


def keep_words(command: IssueLetter, desk: Desk) -> Changes:
    """Keep the words of a letter that has to be made elsewhere in the form the patient needs.

    Nothing is sent by it and no attempt is logged: what became of it is recorded once it went.

    Raises:
        RuleViolation: When the letter can be printed as they need it, or something in it is to be put right.
        StaleRecord: When the record has changed since the page that was looked at.
    """
    with desk.uow.begin(Permission.ISSUE_LETTER, "Keep words of letter to be made") as work:
        facts, prepared = _looked_at(command, desk, work)
        if prepared.letter.form is None:
            raise RuleViolation("This letter is printed in the form they need. Issue it.")
        if prepared.letter.faults:
            raise RuleViolation(prepared.letter.faults[0].text)
        letter = work.add(_words_kept(prepared, facts, prepared.letter.form, work))
        touch(work, Kind.LETTER, facts, letter.id)
        work.made = letter.id
    return work.changes


def letter_pdf(session: Session, letter_id: LetterId) -> bytes:
    """Return the page of a letter exactly as it was issued.

    Raises:
        RuleViolation: When there is no such letter.
        DamagedRecord: When the page is not the one that was issued.
    """
    row = session.execute(select(Letter.pdf, Letter.sha256).where(Letter.id == letter_id)).one_or_none()
    if row is None:
        raise RuleViolation("That letter is not in the record.")
    if sha256(row.pdf).hexdigest() != row.sha256:
        raise DamagedRecord(
            "This letter is not as it was issued, so it is not shown. Nothing else was touched. "
            "Restore a backup, or write the letter again."
        )
    return bytes(row.pdf)


def letter_file_name(kind: str, day: date) -> str:
    """Return a name for a letter's file that says nothing of the patient: ``gp_review-2026-11-21.pdf``."""
    return f"{base_kind(kind)}-{day.isoformat()}.pdf"


def _looked_at(command: IssueLetter, desk: Desk, work: Work) -> tuple[EpisodeFacts, PreparedLetter]:
    """Put the letter together inside the transaction; it must be the page that was looked at."""
    facts = _facts(work.session, command.episode_id)
    lines = crisis_lines(work.session, desk.rulebook.helplines)
    source = _source(facts, _author(work.session, work.acting), desk, work.today, lines)
    prepared = _prepared(source, command, desk)
    letter = prepared.letter
    if facts.phase is Phase.CLOSED and (elsewhere := letter.form or letter.form_of_copy):
        raise RuleViolation(
            f"Care has ended, so a letter {elsewhere.words} would stand on nobody’s list. Leave the patient "
            "out, or write it before care ends."
        )
    if command.previewed is not None and command.previewed != prepared.sha256:
        raise StaleRecord("The record changed since you looked at this letter. Look again, then issue it.")
    return facts, prepared


def _prepared(source: LetterSource, command: IssueLetter, desk: Desk) -> PreparedLetter:
    kind = desk.letter_kinds.get(command.kind)
    if kind is None:
        raise RuleViolation(f"There is no letter called '{command.kind}'.")
    usual = command.copy_to_patient
    if usual is None:
        safe = source.facts.reach.letters_safe is True and may_post_home(source.facts)
        usual = kind.copy_to_patient and safe
    letter = compose(
        kind,
        source,
        Additions(
            typed=command.typed,
            copy_to_patient=usual,
            large_print=command.large_print,
            why_no_safety=command.why_no_safety,
        ),
    )
    pdf = render_letter(letter)
    name = letter_file_name(kind.id, source.today)
    return PreparedLetter(letter=letter, pdf=pdf, sha256=sha256(pdf).hexdigest(), file_name=name)


def _facts(session: Session, episode_id: EpisodeId) -> EpisodeFacts:
    facts = episode_facts(session, episode_id)
    if facts is None:
        raise RuleViolation("That episode is not in the record.")
    return facts


def _source(
    facts: EpisodeFacts, author: LetterAuthor, desk: Desk, today: date, lines: tuple[Helpline, ...]
) -> LetterSource:
    here = desk.site
    return LetterSource(
        facts=facts,
        pathway=desk.rulebook.pathway,
        instruments=desk.rulebook.instruments,
        site=LetterSite(
            name=here.name,
            address=here.address,
            postcode=here.postcode,
            telephone=here.telephone,
            is_demo=here.is_demo,
        ),
        author=author,
        today=today,
        crisis_lines=lines,
        reply_days=desk.rulebook.reengagement.gate.reply_days,
        not_rung=not_to_be_rung(facts.reach, desk.rulebook.reengagement.reach),
    )


def _author(session: Session, acting: Acting) -> LetterAuthor:
    title = session.scalar(select(UserAccount.job_title).where(UserAccount.id == acting.user_id))
    return LetterAuthor(name=acting.name, role=title or ROLE_WORDS[acting.role])


def _kept(prepared: PreparedLetter, episode_id: EpisodeId, work: Work) -> Letter:
    letter = prepared.letter
    return Letter(
        episode_id=episode_id,
        kind=letter.kind,
        kind_version=letter.kind_version,
        title=letter.title,
        recipient=", ".join(letter.window[:2] if letter.to is LetterTo.GP else letter.window[:1]),
        issued_on=work.today,
        issued_at=work.at,
        issued_by=work.acting.user_id,
        text=letter.text,
        sha256=prepared.sha256,
        pdf=prepared.pdf,
    )


def _words_kept(prepared: PreparedLetter, facts: EpisodeFacts, form: FormNeeded, work: Work) -> Letter:
    kept = _kept(prepared, facts.episode_id, work)
    kept.kind = kept_as(kept.kind, form.form)
    kept.recipient = recipient_words(facts.patient.name, form)
    return kept


def _keep_why(command: IssueLetter, facts: EpisodeFacts, desk: Desk, work: Work) -> None:
    """Keep in the story why a letter to the GP said nothing about safety, where it has to say so."""
    kind = desk.letter_kinds[command.kind]
    silent = (
        any(part.id == SAFETY_PART for part in kind.typed) and not command.typed.get(SAFETY_PART, "").strip()
    )
    if not silent or not needs_a_reason(kind, facts, desk.rulebook.instruments):
        return
    why = typed_block(command.why_no_safety, "Why nothing is said about safety", LONGEST_REASON)
    note = work.add(
        Note(
            episode_id=facts.episode_id,
            on_date=work.today,
            text=why_left_out(kind.title, why),
            written_by=work.acting.user_id,
            recorded_at=work.at,
        )
    )
    touch(work, Kind.NOTE, facts, note.id)


def _mark_told(work: Work, facts: EpisodeFacts) -> None:
    """Note that the GP has been told of every move there was to tell of."""
    untold = select(StepMove).where(
        StepMove.episode_id == facts.episode_id,
        StepMove.from_step.is_not(None),
        StepMove.gp_informed_on.is_(None),
    )
    for move in work.session.scalars(untold):
        move.gp_informed_on = work.today
        work.touched(
            Kind.STEP,
            subject_id=move.id,
            patient_id=facts.patient.patient_id,
            episode_id=facts.episode_id,
        )
