"""In what forms a letter reaches this patient: what the program prints, and what has to be made elsewhere.

Source: NHS Accessible Information Standard (DCB1605): a recorded need is met, each of several. Large print
is printed at the largest size recorded. What the program cannot make is kept as words to be made, stands on
Today, and counts as sent only once somebody has said that it went: two rows of the record, the second of
which ends the first. That a letter to somebody who needs an interpreter goes together with a translation is
this project's default.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from collabcare.domain.communication_needs import InformationFormat, need_words
from collabcare.domain.errors import RuleViolation
from collabcare.domain.languages import SIGNED_OR_TOUCHED, language_words

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from collabcare.domain.facts import LetterFact
    from collabcare.domain.ids import LetterId
    from collabcare.domain.reach_facts import ReachFacts

BODY_POINTS, LEAST_LARGE = 12, 16
_LARGE, _LARGE_POINTS = "large", (16, 18, 24)
_BRAILLE, _ENGLISH = "q1", "en"
_PART = "/"


class MadeElsewhere(StrEnum):
    """A form that the program cannot make; the values stand in the record after the kind of letter."""

    EASY_READ = "easy_read"
    BRAILLE = "braille"
    AUDIO = "audio"
    EMAIL = "email"
    PLAIN_TEXT = "plain_text"
    BSL_VIDEO = "bsl_video"
    TRANSLATED = "translated"


class LetterEnd(StrEnum):
    """What became of a letter that was to be made elsewhere."""

    SENT = "sent"
    OTHER_WAY = "other_way"
    NOT_NEEDED = "not_needed"


_KNOWN_BY = {
    "easy": MadeElsewhere.EASY_READ,
    "braille": MadeElsewhere.BRAILLE,
    "audio": MadeElsewhere.AUDIO,
    "bsl": MadeElsewhere.BSL_VIDEO,
    "email": MadeElsewhere.EMAIL,
    "plain text": MadeElsewhere.PLAIN_TEXT,
}
"""By a word of a format, what cannot be printed: the first of several names the letter in the record."""
FORM_WORDS = {
    MadeElsewhere.EASY_READ: "in easy read",
    MadeElsewhere.BRAILLE: "in Braille",
    MadeElsewhere.AUDIO: "as a recording",
    MadeElsewhere.EMAIL: "by email",
    MadeElsewhere.PLAIN_TEXT: "as plain text",
    MadeElsewhere.BSL_VIDEO: "as a BSL video",
    MadeElsewhere.TRANSLATED: "with a translation",
}
END_WORDS = {
    LetterEnd.SENT: "Sent in that form",
    LetterEnd.OTHER_WAY: "Had it another way",
    LetterEnd.NOT_NEEDED: "Not needed any more",
}
_MADE, _ENDS = frozenset(MadeElsewhere), frozenset(LetterEnd)
_ENDED = {
    LetterEnd.SENT: "sent",
    LetterEnd.OTHER_WAY: "told in another way",
    LetterEnd.NOT_NEEDED: "not sent",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FormNeeded:
    """The form a letter to this patient has to be made in elsewhere, and how that is said.

    ``words`` name every form they need, also the ``points`` of large print, which the program does print.
    """

    form: MadeElsewhere
    words: str
    points: int = BODY_POINTS

    @property
    def why(self) -> str:
        """Say why the printed page is not sent, and how to go on."""
        return (
            f"They need letters {self.words}, {self._cannot}. Keep the words: “Letter "
            f"{self.words} to arrange” then stands on Today."
        )

    @property
    def of_copy(self) -> str:
        """Say the same of the patient's copy of a letter to somebody else."""
        return (
            f"They need letters {self.words}, {self._cannot}. "
            f"Issuing puts their copy on Today: “Letter {self.words} to arrange”."
        )

    @property
    def on_page(self) -> str:
        """Say on the page of the words what it is."""
        if self.form is MadeElsewhere.TRANSLATED:
            return f"To be sent together with its translation: {self.words}."
        return f"The words of a letter to be made {self.words}. Not to be posted as it is."

    @property
    def in_short(self) -> str:
        """Say how the words are to go where there is room for one form only, as on a button."""
        one = self.form is MadeElsewhere.TRANSLATED or self.words == FORM_WORDS[self.form]
        return f"to go {self.words}" if one and self.points == BODY_POINTS else "to go in several forms"

    @property
    def _cannot(self) -> str:
        only_print = self.points > BODY_POINTS
        return "of which CollabCare makes only the print" if only_print else "which CollabCare cannot make"


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterToArrange:
    """A letter kept in words that has not reached the patient yet."""

    letter: LetterFact
    form: MadeElsewhere
    words: str


def form_needed(reach: ReachFacts) -> FormNeeded | None:
    """Return the forms that have to be made elsewhere; None where the program prints all that they need.

    Where nobody has asked, an ordinary letter may go, and the question is shown. Somebody who signs may read
    English: only the format recorded for them says otherwise.
    """
    recorded, language = _formats(reach), (reach.interpreter_language or "").strip().lower()
    forms = [made for word, made in _KNOWN_BY.items() if any(word in each for each in recorded)]
    if not forms and language == _BRAILLE:
        forms = [MadeElsewhere.BRAILLE]
    translated = bool(language) and language not in {*SIGNED_OR_TOUCHED, _ENGLISH}
    if not forms and not translated:
        return None
    points = points_needed(reach)
    print_too = (f"in {points} pt print",) if points > BODY_POINTS else ()
    words = _and(*(FORM_WORDS[form] for form in forms), *print_too)
    spoken = f"translated into {language_words(language)}" if translated else ""
    return FormNeeded(
        form=forms[0] if forms else MadeElsewhere.TRANSLATED,
        words=", ".join(filter(None, (words, spoken))),
        points=points,
    )


def points_needed(reach: ReachFacts) -> int:
    """Return the size of the body that their letters are printed in: 12 points, or the largest recorded."""
    sizes = [_points(each) for each in _formats(reach) if _LARGE in each]
    return max(sizes, default=BODY_POINTS)


def is_printed(reach: ReachFacts) -> bool:
    """Return whether every format recorded is one the program prints; no when nobody has asked."""
    recorded = _formats(reach)
    known = all(_LARGE in each or each == InformationFormat.STANDARD for each in recorded)
    return bool(recorded) and known and form_needed(reach) is None


def points_of(reach: ReachFacts, *, to_patient: bool, large_print: bool) -> int:
    """Return the size to print in: never smaller than somebody who will read it needs."""
    needed = points_needed(reach) if to_patient else BODY_POINTS
    return max(needed, LEAST_LARGE) if large_print else needed


def kept_as(kind: str, what: MadeElsewhere | LetterEnd) -> str:
    """Return the kind under which words to be made, or what became of them, stand in the record."""
    return f"{kind}{_PART}{what}"


def is_letter(kind: str) -> bool:
    """Return whether a row of this kind is a letter that was issued, not one to be made or its end."""
    return _PART not in kind


def base_kind(kind: str) -> str:
    """Return the kind of letter, whatever became of it."""
    return kind.partition(_PART)[0]


def letters_to_arrange(letters: Iterable[LetterFact]) -> tuple[LetterToArrange, ...]:
    """Return what still has to be made or sent, oldest first; an end is that of the oldest of its kind."""
    waiting: list[LetterToArrange] = []
    for letter in letters:
        base, _, what = letter.kind.partition(_PART)
        if what in _MADE:
            form = MadeElsewhere(what)
            waiting.append(LetterToArrange(letter=letter, form=form, words=_said(letter, form)))
        elif what in _ENDS:
            ended = next((each for each in waiting if base_kind(each.letter.kind) == base), None)
            waiting = [each for each in waiting if each is not ended]
    return tuple(waiting)


def told(letter: LetterFact) -> str:
    """Say under the title of a letter to whom it went, for whom its words are kept, or what became of it."""
    what = letter.kind.partition(_PART)[2]
    if what in _ENDS:
        return letter.recipient
    return f"Words kept for {letter.recipient}." if what in _MADE else f"To {letter.recipient}."


def recipient_words(name: str, needed: FormNeeded) -> str:
    """Return to whom words to be made are to go, and how."""
    return f"{name}{_HOW}{needed.words}"


def end_title(waiting: LetterToArrange, end: LetterEnd) -> str:
    """Return what the end of a letter is called in the story: ``Missed appointment: sent in Braille``."""
    how = "" if end is LetterEnd.OTHER_WAY else f" {waiting.words}"
    return f"{waiting.letter.title}: {_ENDED[end]}{how}"


def refuse_end(
    said: tuple[LetterId, LetterEnd, str], ended_on: date, letters: Iterable[LetterFact], *, today: date
) -> LetterToArrange:
    """Return the letter that ends; refuse an end that cannot be, or lacks how or why.

    ``said`` is the letter meant, what became of it, and how or why.

    Raises:
        RuleViolation: With what to do instead.
    """
    letter_id, end, how = said
    waiting = letters_to_arrange(letters)
    meant = next((each for each in waiting if each.letter.id == letter_id), None)
    if meant is None:
        raise RuleViolation("What became of that letter is recorded already. Look again.")
    if _first_of_its_kind(meant, waiting) is not meant:
        raise RuleViolation("Say first what became of the earlier letter of this kind.")
    if ended_on > today:
        raise RuleViolation("This cannot be in the future. Record it once it has happened.")
    if ended_on < meant.letter.issued_on:
        raise RuleViolation("That is before the letter was written. Check the date.")
    if end is not LetterEnd.SENT and not how.strip():
        raise RuleViolation("Say how they had it, or why it is not needed: it stays in the record.")
    return meant


def refuse_closing_with_letters(letters: Iterable[LetterFact]) -> None:
    """Refuse to end care while a letter is still to be made: it would stand on nobody's list.

    Raises:
        RuleViolation: Naming the letter and what to record first.
    """
    for waiting in letters_to_arrange(letters):
        raise RuleViolation(
            f"A letter {waiting.words} is still to be arranged: {waiting.letter.title}. "
            "Record what became of it, then end care."
        )


_HOW = ", to go "


def _first_of_its_kind(meant: LetterToArrange, waiting: tuple[LetterToArrange, ...]) -> LetterToArrange:
    base = base_kind(meant.letter.kind)
    return next(each for each in waiting if base_kind(each.letter.kind) == base)


def _said(letter: LetterFact, form: MadeElsewhere) -> str:
    """Return the form as it was said when the words were kept."""
    return letter.recipient.rpartition(_HOW)[2] if _HOW in letter.recipient else FORM_WORDS[form]


def _formats(reach: ReachFacts) -> tuple[str, ...]:
    """Return the formats recorded as they are compared: earlier records hold some in somebody's own words."""
    return tuple(" ".join(need_words(code).casefold().split()) for code in reach.information_formats)


def _points(large: str) -> int:
    return next((size for size in _LARGE_POINTS if str(size) in large), LEAST_LARGE)


def _and(*parts: str) -> str:
    return " and ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:])))
