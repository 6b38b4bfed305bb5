"""What a letter of the demo tells the GP about safety: the words of the record that it begins with."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from collabcare.domain.letter_beforehand import written_beforehand
from collabcare.domain.letter_safety import SAFETY_PART
from collabcare.queries.facts import episode_facts

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from collabcare.services.desk import Desk
    from collabcare.services.letters import IssueLetter


def telling(letter: IssueLetter, desk: Desk, session: Session) -> IssueLetter:
    """Return the letter with what is on record about safety, unless its author wrote that part."""
    facts, kind = episode_facts(session, letter.episode_id), desk.letter_kinds[letter.kind]
    if facts is None or not kind.clinical or SAFETY_PART in letter.typed:
        return letter
    known = written_beforehand(kind, facts, desk.rulebook.instruments, today=desk.today)
    safety = {part: text for part, text in known.items() if part == SAFETY_PART}
    return replace(letter, typed={**letter.typed, **safety})
