"""Snippets in a note: ``;name`` stands for words, and ``[[ ]]`` in them for what is still to be filled in."""

from __future__ import annotations

import re
from typing import NamedTuple

from collabcare.domain.errors import RuleViolation

_NAMED = re.compile(r"(?:^|(?<=\s));([\w-]+)\Z")
_NAME = re.compile(r"[\w-]+")
_FIELD = re.compile(r"\[\[[^\[\]\n]*\]\]")


class Snippet(NamedTuple):
    """Words by a name of one word; a user's own stand before the practice's of the same name."""

    name: str
    text: str


class Span(NamedTuple):
    """From which character to before which."""

    start: int
    end: int


def asked_for(before: str, snippets: tuple[Snippet, ...]) -> tuple[Span, Snippet] | None:
    """Return the snippet named right before the cursor and where its name stands, None without one."""
    named = _NAMED.search(before)
    if named is None:
        return None
    name = named.group(1).casefold()
    found = next((each for each in snippets if each.name.casefold() == name), None)
    return None if found is None else (Span(named.start(), named.end()), found)


def fields(text: str) -> tuple[Span, ...]:
    """Return where something is still to be filled in, in order."""
    return tuple(Span(*found.span()) for found in _FIELD.finditer(text))


def next_field(text: str, after: int) -> Span | None:
    """Return the first field that begins at ``after`` or later."""
    return next((field for field in fields(text) if field.start >= after), None)


def field_before(text: str, before: int) -> Span | None:
    """Return the last field that ends at ``before`` or earlier."""
    return next((field for field in reversed(fields(text)) if field.end <= before), None)


def snippet_name(typed: str) -> str:
    """Return a name as it is kept, whether or not it was typed with its semicolon.

    Raises:
        RuleViolation: When it is not one word.
    """
    name = typed.strip().removeprefix(";")
    if not _NAME.fullmatch(name):
        raise RuleViolation("A name is one word of letters and digits, such as: risk. It is typed as ;risk")
    return name
