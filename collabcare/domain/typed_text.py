"""Text as people type or paste it: freed of what no screen or page can show, and never cut short.

What is too long is refused in words, because half a note is worse than being asked to shorten it.
"""

from __future__ import annotations

import re

from collabcare.domain.errors import RuleViolation

_LINE_END = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_SENTENCE = 4
_WORD = re.compile(r"[^\W\d_]+")
_NOT_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def typed_block(text: str, what: str, longest: int) -> str:
    """Return a text of several lines without control characters or blank ends.

    Raises:
        RuleViolation: When it has more than ``longest`` characters; ``what`` begins the sentence.
    """
    block = _NOT_TEXT.sub("", _LINE_END.sub("\n", text)).strip()
    if len(block) > longest:
        raise RuleViolation(f"{what} is too long: {len(block):,} characters. Keep it to {longest:,}.")
    return block


def typed_line(text: str, what: str, longest: int) -> str:
    """Return a text of one line, with every run of white space made one space.

    Raises:
        RuleViolation: When it has more than ``longest`` characters; ``what`` begins the sentence.
    """
    return typed_block(" ".join(text.split()), what, longest)


def says_something(text: str) -> bool:
    """Return whether a text has two words at least: a digit or a letter typed in passing says nothing.

    What ends or answers something is asked this: a search, a talk about safety, a talk with others about
    somebody who is sought, a part of the review before closing. So is who told us of a death or of where
    somebody who is sought is: a name and who they are, or a role and its place.
    """
    return len(_WORD.findall(text)) > 1


def tells_something(text: str) -> bool:
    """Return whether a text has a sentence's worth of words: four different ones of two letters at least.

    What ends a talk about safety is asked this: what was said and agreed fits in no "x x" and no "was fine".
    """
    return len({word.casefold() for word in _WORD.findall(text) if len(word) > 1}) >= _SENTENCE
