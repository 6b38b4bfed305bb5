"""What the letter page reads: the patient, the kinds of letter, a letter put together, or one as issued."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from collabcare.domain.course import course_of
from collabcare.domain.due import letter_due
from collabcare.domain.errors import CollabCareError, RuleViolation
from collabcare.domain.letter_beforehand import written_beforehand
from collabcare.domain.needs import needs_to_ask
from collabcare.domain.search_letters import tries_now
from collabcare.queries.drafts import drafts
from collabcare.queries.facts import episode_facts
from collabcare.services.letters import compose_letter, letter_pdf, letters_offered

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.ids import EpisodeId, LetterId
    from collabcare.queries.drafts import DraftRow
    from collabcare.services.desk import Desk
    from collabcare.services.letters import IssueLetter, LetterOffer, PreparedLetter


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterPage:
    """Who the letter is about and which kinds can be written."""

    facts: EpisodeFacts
    offers: tuple[LetterOffer, ...]
    tries: frozenset[str]
    """The kinds that issuing can log as a try to reach the patient, who is sought."""
    due: str = ""
    """The kind that is due now or next; nothing where none is."""
    drafts: Mapping[str, DraftRow] = field(default_factory=dict)
    """What this user left unsaved about the patient, by the kind of form."""
    beforehand: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """What stands in a letter before its author writes, by the kind of letter and the part."""
    to_ask: str = ""
    """What to ask about the format of letters, where nobody has or it was long ago; a letter may go."""


def letter_page(session: Session, episode_id: EpisodeId, desk: Desk) -> LetterPage | None:
    """Return what the letter page shows, or None when there is no such episode."""
    facts = episode_facts(session, episode_id)
    if facts is None:
        return None
    course = course_of(facts, desk.rulebook, desk.today)
    step = course.search
    tries = frozenset() if step is None else tries_now(facts, desk.rulebook.search, step)
    ask = needs_to_ask(facts.reach, desk.rulebook.reengagement.reach, today=desk.today)
    return LetterPage(
        facts=facts,
        offers=letters_offered(facts, desk),
        beforehand={
            name: written_beforehand(kind, facts, desk.rulebook.instruments, today=desk.today)
            for name, kind in desk.letter_kinds.items()
        },
        tries=tries,
        due=letter_due(course, desk.rulebook),
        drafts=drafts(session, desk.acting.user_id, episode_id),
        to_ask="" if ask is None or facts.reach.information_formats else ask.sentence,
    )


def prepared_or_reason(session: Session, command: IssueLetter, desk: Desk) -> PreparedLetter | str:
    """Put a letter together to look at, or return the sentence that says what is missing."""
    try:
        return compose_letter(session, command, desk)
    except RuleViolation as reason:
        return str(reason)


def issued_or_reason(session: Session, letter_id: LetterId) -> bytes | str:
    """Return the page of a letter as it was issued, or the sentence that says why it is not shown."""
    try:
        return letter_pdf(session, letter_id)
    except CollabCareError as reason:
        return str(reason)
