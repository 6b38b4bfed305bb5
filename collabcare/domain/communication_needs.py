"""The forms in which a patient needs information, and the ways in which they can be spoken to.

Somebody may need several of each: a BSL user may need large print as well, and write notes.

Source: NHS Accessible Information Standard (DCB1605): needs are asked about, recorded, flagged, shared, met
and reviewed. The lists are this project's own: codes in the record, words on screens and in letters.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

from collabcare.domain.errors import RuleViolation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class InformationFormat(StrEnum):
    """A form of letters and leaflets; "standard" is an answer, nothing recorded is a question to ask."""

    STANDARD = "standard"
    LARGE_PRINT_16 = "large_print_16"
    LARGE_PRINT_18 = "large_print_18"
    LARGE_PRINT_24 = "large_print_24"
    EASY_READ = "easy_read"
    BRAILLE = "braille"
    AUDIO = "audio"
    EMAIL = "email"
    PLAIN_TEXT = "plain_text"
    BSL_VIDEO = "bsl_video"


class CommunicationMethod(StrEnum):
    """A way of talking together; "none needed" is an answer, nothing recorded is a question to ask."""

    NONE_NEEDED = "none_needed"
    BSL = "bsl"
    SIGN_SUPPORTED_ENGLISH = "sign_supported"
    MAKATON = "makaton"
    LIP_READING = "lip_reading"
    TEXT_RELAY = "text_relay"
    HEARING_LOOP = "hearing_loop"
    DEAFBLIND_MANUAL = "deafblind_manual"
    WRITING = "writing"
    ADVOCATE = "advocate"


FORMAT_WORDS: dict[str, str] = {
    InformationFormat.STANDARD: "standard",
    InformationFormat.LARGE_PRINT_16: "large print 16 pt",
    InformationFormat.LARGE_PRINT_18: "large print 18 pt",
    InformationFormat.LARGE_PRINT_24: "large print 24 pt",
    InformationFormat.EASY_READ: "easy read",
    InformationFormat.BRAILLE: "Braille",
    InformationFormat.AUDIO: "audio",
    InformationFormat.EMAIL: "email",
    InformationFormat.PLAIN_TEXT: "plain text",
    InformationFormat.BSL_VIDEO: "BSL video",
}
METHOD_WORDS: dict[str, str] = {
    CommunicationMethod.NONE_NEEDED: "none needed",
    CommunicationMethod.BSL: "BSL",
    CommunicationMethod.SIGN_SUPPORTED_ENGLISH: "sign language (SSE)",
    CommunicationMethod.MAKATON: "Makaton",
    CommunicationMethod.LIP_READING: "lip reading",
    CommunicationMethod.TEXT_RELAY: "text relay",
    CommunicationMethod.HEARING_LOOP: "hearing loop",
    CommunicationMethod.DEAFBLIND_MANUAL: "deafblind manual",
    CommunicationMethod.WRITING: "writing notes",
    CommunicationMethod.ADVOCATE: "with an advocate",
}
USUAL = frozenset[str]({InformationFormat.STANDARD, CommunicationMethod.NONE_NEEDED})
"""The answers that say no more is needed: neither stands beside another."""
_WORDS = {**FORMAT_WORDS, **METHOD_WORDS}


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


def read_needs(kind: type[Need], codes: Iterable[str], what: str) -> tuple[Need, ...]:
    """Return the needs recorded codes stand for, each once and in the order of the list; empty is not asked.

    Raises:
        RuleViolation: When the list has no such need, or "nothing is needed" stands beside a need.
    """
    given = {read_need(kind, code, what) for code in codes}
    alone = sorted(USUAL & given)
    if alone and len(given) > 1:
        raise RuleViolation(
            f"Nothing can stand beside “{need_words(alone[0])}”: it says that no more is needed. Remove one."
        )
    return tuple(member for member in kind if member in given)


def need_words(code: str) -> str:
    """Return one need by its words; one that is on no list reads as it was recorded."""
    return _WORDS.get(code) or code.replace("_", " ")


def needs_said(codes: Iterable[str]) -> str:
    """Return needs by their words with commas between; nothing where nobody has asked."""
    return ", ".join(need_words(code) for code in codes)


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
