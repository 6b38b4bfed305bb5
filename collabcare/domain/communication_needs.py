"""The form in which a patient needs information, and the way in which they can be spoken to.

Source: NHS Accessible Information Standard (DCB1605): needs are asked about, recorded, flagged, shared, met
and reviewed. The lists are this project's own, in the words that screens show.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from collabcare.domain.errors import RuleViolation

if TYPE_CHECKING:
    from collections.abc import Mapping


class InformationFormat(StrEnum):
    """The form of letters and leaflets; "standard" is an answer, nothing recorded is a question to ask."""

    STANDARD = "standard"
    LARGE_PRINT_16 = "large print 16 pt"
    LARGE_PRINT_18 = "large print 18 pt"
    LARGE_PRINT_24 = "large print 24 pt"
    EASY_READ = "easy read"
    BRAILLE = "Braille"
    AUDIO = "audio"
    EMAIL = "email"
    PLAIN_TEXT = "plain text"
    BSL_VIDEO = "BSL video"


class CommunicationMethod(StrEnum):
    """The way of talking together; "none needed" is an answer, nothing recorded is a question to ask."""

    NONE_NEEDED = "none needed"
    BSL = "BSL"
    SIGN_SUPPORTED_ENGLISH = "sign language (SSE)"
    MAKATON = "Makaton"
    LIP_READING = "lip reading"
    TEXT_RELAY = "text relay"
    HEARING_LOOP = "hearing loop"
    DEAFBLIND_MANUAL = "deafblind manual"
    WRITING = "writing"
    ADVOCATE = "with an advocate"


class InterpreterGender(StrEnum):
    """Whom somebody would rather have interpret; nothing recorded is a question to ask."""

    WOMAN = "a woman"
    MAN = "a man"
    EITHER = "either"


class PreferredWay(StrEnum):
    """How somebody would rather be reached; what they prefer and what is safe are two questions.

    Each is a channel an attempt to reach them is recorded under.
    """

    CALL = "call"
    TEXT = "text"
    EMAIL = "email"
    LETTER = "letter"


Need = TypeVar("Need", bound=StrEnum)


def read_need(kind: type[Need], text: str, what: str) -> Need:
    """Return the need a recorded text stands for; capitals make no difference.

    Raises:
        RuleViolation: When the list has no such need; ``what`` names the list.
    """
    for member in kind:
        if member.value.casefold() == text.strip().casefold():
            return member
    raise RuleViolation(f"Choose {what} from the list.")


def read_preferred_way(text: str | None, safe: Mapping[PreferredWay, bool | None]) -> PreferredWay | None:
    """Return how somebody would rather be reached, None when nobody has asked.

    Raises:
        RuleViolation: When it is not on the list, or they say that this very way is not safe.
    """
    if not (text or "").strip():
        return None
    way = read_need(PreferredWay, text or "", "how they would rather be reached")
    if safe.get(way) is False:
        raise RuleViolation(
            f"They prefer to be reached by {way}, but that is recorded as not safe. Ask which it is."
        )
    return way
