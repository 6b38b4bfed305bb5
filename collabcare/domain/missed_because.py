"""Why somebody did not come, as they say it: asked when they are reached, kept as it was said.

It is asked to learn what would help, and is never a reason against anybody. The choices are those that
studies of not attending in talking therapies name most often (Binnie and Boden, 2016), with the letter that
never arrived.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, Protocol

from collabcare.domain.codes import AttendanceStatus
from collabcare.domain.errors import RuleViolation
from collabcare.domain.reengagement import AttemptOutcome
from collabcare.domain.suggestion import Suggestion, Used

if TYPE_CHECKING:
    from collections.abc import Iterable

    from collabcare.domain.facts import ContactFact, EpisodeFacts


class MissedBecause(StrEnum):
    """The reason, in the order in which it is offered."""

    FORGOT = "forgot"
    TOO_UNWELL = "too_unwell"
    OTHER_PRIORITIES = "other_priorities"
    DISSATISFIED = "dissatisfied"
    COULD_NOT_GET_THERE = "could_not_get_there"
    DID_NOT_KNOW = "did_not_know"
    SOMETHING_ELSE = "something_else"
    NOT_ASKED = "not_asked"


BECAUSE_WORDS = {
    MissedBecause.FORGOT: "Forgot",
    MissedBecause.TOO_UNWELL: "Too unwell to attend",
    MissedBecause.OTHER_PRIORITIES: "Other priorities",
    MissedBecause.DISSATISFIED: "Dissatisfied with care",
    MissedBecause.COULD_NOT_GET_THERE: "Could not get there",
    MissedBecause.DID_NOT_KNOW: "Letter or message did not arrive",
    MissedBecause.SOMETHING_ELSE: "Something else",
    MissedBecause.NOT_ASKED: "Not asked",
}
MAY_SAY_WHY = frozenset({AttemptOutcome.SPOKE, AttemptOutcome.THIRD_PARTY})
"""Whoever is spoken to may say why; nobody learns it from a call that is not answered."""

_SOURCE = (
    "Binnie and Boden (2016): people who drop out of talking therapies name being too unwell and being "
    "dissatisfied beside forgetting, and were more depressed. The wording is this project's own."
)
_CONSIDER = {
    MissedBecause.TOO_UNWELL: (
        "They were too unwell to come. Consider whether they need more than was planned: how safe they feel, "
        "word to the GP, a shorter contact by telephone, an earlier step up."
    ),
    MissedBecause.DISSATISFIED: (
        "They are dissatisfied with care. Consider asking what would help, offering another way, time or "
        "person, and taking it to supervision."
    ),
}


class Says(Protocol):
    """Whatever may hold a reason: the missed contact itself, or a try to reach them."""

    @property
    def missed_because(self) -> MissedBecause | None:
        """Return the reason, None where nobody noted one."""

    @property
    def missed_because_words(self) -> str | None:
        """Return what was said beside it."""


class Why(NamedTuple):
    """One reason with the words said beside it."""

    because: MissedBecause
    words: str

    @property
    def sentence(self) -> str:
        """Return it as it stands in the story."""
        said = f" ({self.words})" if self.words else ""
        return f"Why they had not come: {BECAUSE_WORDS[self.because].lower()}{said}."


def refuse_because(because: MissedBecause | None, words: str, *, may_say: bool) -> None:
    """Refuse a reason nobody can have given, "something else" without words, and words without a reason.

    Raises:
        RuleViolation: With what to do instead.
    """
    if because is None:
        if words.strip():
            raise RuleViolation("Choose the reason beside its words, such as “Something else”.")
        return
    if not may_say:
        raise RuleViolation("Why they had not come is known only once somebody was spoken to.")
    if because is MissedBecause.SOMETHING_ELSE and not words.strip():
        raise RuleViolation("Write in a few words why they had not come.")


def why_of(says: Says) -> Why | None:
    """Return the reason that one record holds, None where it holds none."""
    because = says.missed_because
    return None if because is None else Why(because, says.missed_because_words or "")


def last_said(own: Says | None, tries: Iterable[Says]) -> Why | None:
    """Return the reason said last, in the tries to reach them or with the miss itself.

    "Not asked" gives way to any reason there is.
    """
    said = [why for each in (*([own] if own else ()), *tries) if (why := why_of(each)) is not None]
    asked = [why for why in said if why.because is not MissedBecause.NOT_ASKED]
    return next(reversed(asked or said), None)


def why_missed(facts: EpisodeFacts, contact: ContactFact) -> Why | None:
    """Return why the patient did not come to a contact, as far as anybody said."""
    tries = [tried for each in facts.ladders if each.contact_id == contact.id for tried in each.attempts]
    return last_said(contact if contact.status is AttendanceStatus.DID_NOT_ATTEND else None, tries)


def to_consider(because: MissedBecause | None) -> Suggestion | None:
    """Return what a reason suggests to think about, None for most of them."""
    if because is None or because not in _CONSIDER:
        return None
    return Suggestion(
        sentence=_CONSIDER[because],
        rule="missed_because",
        used=(Used("Why they had not come", BECAUSE_WORDS[because]),),
        source=_SOURCE,
    )
