"""What was decided when somebody who needs haste is not reached: who finds out now, or why nobody does.

It follows talking with the GP practice and the supervisor, and is recorded as a choice with the words of why.
It says what we do, never how great a danger is: no level and no score stands behind it.
"""

from __future__ import annotations

from enum import StrEnum

from collabcare.domain.errors import RuleViolation
from collabcare.domain.reengagement import AttemptOutcome, Channel
from collabcare.domain.typed_text import says_something


class Decided(StrEnum):
    """What was decided, in the order in which it is offered."""

    HOME_VISIT = "home_visit"
    CRISIS_TEAM = "crisis_team"
    EMERGENCY = "emergency"
    OTHER_WAY = "other_way"
    NONE_NOW = "none_now"


DECIDED_WORDS = {
    Decided.HOME_VISIT: "Home visit",
    Decided.CRISIS_TEAM: "Crisis team",
    Decided.EMERGENCY: "999, immediate danger",
    Decided.OTHER_WAY: "Other way of finding out",
    Decided.NONE_NOW: "None now, and why",
}
DECIDED_WITH = frozenset({Channel.GP_PRACTICE, Channel.SUPERVISION})
_TALKS = frozenset({AttemptOutcome.DISCUSSED, AttemptOutcome.THIRD_PARTY})


def decided_words(decided: Decided, words: str) -> str:
    """Return a decision in a sentence, with the words of who does what, or why nothing."""
    return f"Decided: {DECIDED_WORDS[decided][:1].lower()}{DECIDED_WORDS[decided][1:]}. {words}".rstrip()


def may_decide(channel: Channel | None, outcome: AttemptOutcome | None) -> bool:
    """Return whether a decision can have been made in this talk: with the GP practice or in supervision."""
    return channel in DECIDED_WITH and outcome in _TALKS


def wordless(channel: Channel, outcome: AttemptOutcome, note: str, *, found: bool) -> bool:
    """Return whether this is a talk with others of which nobody says what was said."""
    told = says_something(note) or (found and outcome is AttemptOutcome.THIRD_PARTY)
    return may_decide(channel, outcome) and not told


def refuse_wordless(channel: Channel, outcome: AttemptOutcome, note: str, *, found: bool) -> None:
    """Refuse a talk with the GP practice or in supervision of which nobody says what was said.

    ``found`` is whether something was found out that is recorded with it; what was discussed is always said.

    Raises:
        RuleViolation: With what to write.
    """
    if not wordless(channel, outcome, note, found=found):
        return
    if channel is Channel.SUPERVISION:
        raise RuleViolation("Write what was said in supervision, and with whom you spoke.")
    raise RuleViolation("Write what the GP practice said: when they were last seen, and what it will do.")


def refuse_decided(decided: Decided | None, words: str, channel: Channel, outcome: AttemptOutcome) -> None:
    """Refuse a decision made with nobody, one without a word of why, or words without a decision.

    Raises:
        RuleViolation: With what is missing.
    """
    if decided is None:
        if words.strip():
            raise RuleViolation("Choose what was decided, or leave out the words about it.")
        return
    if not may_decide(channel, outcome):
        raise RuleViolation(
            "A decision is made with the GP practice or in supervision. Log it with the talk."
        )
    if not says_something(words):
        why = "why nothing is done now" if decided is Decided.NONE_NOW else "who does what, and by when"
        raise RuleViolation(f"Write {why}.")
