"""Which discussions in supervision can have been about ending care because a patient is not reached.

One of before the last miss was about something else, and one whose own decision was to go on trying decided
against ending. What was decided is free text, so only words that say so plainly are read as that; whoever
signs reads the decision itself.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.facts import EpisodeFacts, ReviewFact

_GO_ON = re.compile(
    r"\b(?:(?:keep|keep on|go on|carry on)\s+(?:trying|looking|ringing|writing|calling)"
    r"|continue\s+(?:to\s+try|trying)|try\s+(?:again|once\s+more))\b",
    re.IGNORECASE,
)
_NOT_TO_END = re.compile(
    r"\b(?:do\s+not|don.t|not\s+to|not\s+a\s+reason\s+to)\s+(?:end|close|discharge)\b", re.IGNORECASE
)
_NO_MORE = re.compile(
    r"\b(?:no|not|never|cannot|stop|without|enough)\b[^.;:!?]*$|n.t\b[^.;:!?]*$", re.IGNORECASE
)


def goes_on_trying(decision: str) -> bool:
    """Return whether the words of a decision say that the search goes on, or that care is not to end."""
    words = " ".join(decision.split())
    if _NOT_TO_END.search(words) is not None:
        return True
    return any(_NO_MORE.search(words[: found.start()]) is None for found in _GO_ON.finditer(words))


def about_ending(facts: EpisodeFacts, *, after: date | None) -> tuple[ReviewFact, ...]:
    """Return the discussions since the last miss that may have decided to end care, oldest first.

    None is left where a later one decided to go on trying.
    """
    return tuple(
        each
        for each in facts.reviews
        if (after is None or each.reviewed_on > after)
        and not goes_on_trying(each.decision)
        and decided_to_go_on(facts, each.reviewed_on) is None
    )


def decided_to_go_on(facts: EpisodeFacts, day: date) -> date | None:
    """Return the day on which supervision last decided to go on trying, that day or since, and nothing else.

    None where the last discussion of all was about something else: then what it decided may be to end care.
    """
    last = max((each.reviewed_on for each in facts.reviews), default=None)
    if last is None or last < day:
        return None
    held = [each for each in facts.reviews if each.reviewed_on == last]
    return last if all(goes_on_trying(each.decision) for each in held) else None
