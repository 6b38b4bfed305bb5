"""What became of a letter that had to be made elsewhere, such as in Braille; one that went is a try."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from collabcare.domain.acting import Permission
from collabcare.domain.changes import Changes, Kind
from collabcare.domain.course import course_of
from collabcare.domain.display import fmt_date
from collabcare.domain.letter_formats import LetterEnd, base_kind, end_title, kept_as, refuse_end
from collabcare.domain.letters import is_to_gp
from collabcare.domain.search_letters import tries_now
from collabcare.domain.typed_text import typed_block
from collabcare.services.open_facts import open_facts, touch
from collabcare.services.searches import LetterSent, log_letter
from collabcare.store.models import Letter

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.ids import EpisodeId, LetterId
    from collabcare.domain.letter_formats import LetterToArrange
    from collabcare.domain.rulebook import Rulebook
    from collabcare.store.unit_of_work import UnitOfWork, Work

LONGEST_HOW = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class EndLetter:
    """What became of a letter whose words were kept; ``how`` it was made and sent, or why it was not."""

    episode_id: EpisodeId
    letter_id: LetterId
    end: LetterEnd
    ended_on: date
    how: str = ""


def end_letter(command: EndLetter, uow: UnitOfWork, rulebook: Rulebook) -> Changes:
    """Record what became of a letter to be made elsewhere; one that went is a try, where they are sought.

    Raises:
        RuleViolation: When that is recorded already, its day cannot be, or how or why is missing.
    """
    with uow.begin(Permission.ISSUE_LETTER, "Record what became of letter") as work:
        facts = open_facts(work, command.episode_id)
        how = typed_block(command.how, "How or why", LONGEST_HOW)
        waiting = refuse_end(
            (command.letter_id, command.end, how), command.ended_on, facts.letters, today=work.today
        )
        made = work.add(_end_of(waiting, command, how, work))
        if command.end is LetterEnd.SENT:
            _log(work, facts, waiting, rulebook)
        touch(work, Kind.LETTER, facts, made.id)
        work.made = made.id
    return work.changes


def _end_of(waiting: LetterToArrange, command: EndLetter, how: str, work: Work) -> Letter:
    words = work.get(Letter, waiting.letter.id)
    said = " ".join(filter(None, (f"On {fmt_date(command.ended_on)}.", how)))
    return Letter(
        episode_id=command.episode_id,
        kind=kept_as(base_kind(words.kind), command.end),
        kind_version=words.kind_version,
        title=end_title(waiting, command.end),
        recipient=said,
        issued_on=work.today,
        issued_at=work.at,
        issued_by=work.acting.user_id,
        text=f"{said}\n\n{words.text}",
        sha256=words.sha256,
        pdf=words.pdf,
    )


def _log(work: Work, facts: EpisodeFacts, waiting: LetterToArrange, rulebook: Rulebook) -> None:
    """Log it as a try in the form they need, where it is a letter to somebody who is sought."""
    kind = base_kind(waiting.letter.kind)
    step = course_of(facts, rulebook, work.today).search
    if step is not None and not is_to_gp(kind) and kind in tries_now(facts, rulebook.search, step):
        log_letter(work, facts, LetterSent(kind, f"{waiting.letter.title}, {waiting.words}", True), rulebook)  # noqa: FBT003 - in the form they need
