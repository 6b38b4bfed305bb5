"""Filling in a letter's wording: one strict pass, and a gap is refused instead of printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.errors import RuleViolation
from collabcare.domain.letters import LETTER_FACTS, placeholders, substitute

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from collabcare.domain.letters import Paragraph


def fill(paragraphs: Iterable[Paragraph], facts: Mapping[str, str]) -> list[str]:
    """Return the paragraphs to print, in order, with their facts filled in.

    Raises:
        RuleViolation: Saying what is missing; a letter never goes out with a gap in it.
    """
    wanted = [paragraph.text for paragraph in paragraphs if paragraph.wanted(facts)]
    refuse_gaps((name for text in wanted for name in sorted(placeholders(text))), facts)
    return [substitute(text, facts) for text in wanted]


def fill_line(text: str, facts: Mapping[str, str]) -> str:
    """Fill in one line, such as a heading.

    Raises:
        RuleViolation: Saying what is missing.
    """
    refuse_gaps(sorted(placeholders(text)), facts)
    return substitute(text, facts)


def refuse_gaps(needed: Iterable[str], facts: Mapping[str, str]) -> None:
    """Refuse to go on without every needed fact.

    Raises:
        RuleViolation: Saying what is missing, each thing once.
    """
    missing = dict.fromkeys(LETTER_FACTS[name] for name in needed if not facts.get(name))
    if missing:
        raise RuleViolation(f"Complete before sending: {', '.join(missing)}.")
