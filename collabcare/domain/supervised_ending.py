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
    """Return the discussions held after the last miss that did not decide to go on trying, oldest first."""
    return tuple(
        each
        for each in facts.reviews
        if (after is None or each.reviewed_on > after) and not goes_on_trying(each.decision)
    )


def decided_to_go_on(facts: EpisodeFacts, day: date) -> bool:
    """Return whether what supervision decided that day was to go on trying, and nothing else."""
    held = [each for each in facts.reviews if each.reviewed_on == day]
    return bool(held) and all(goes_on_trying(each.decision) for each in held)
