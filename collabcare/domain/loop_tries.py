"""The attempts of one search as they are counted, each with what came of it.

An answer to a letter, text or email is no attempt of its own: it belongs to the one it answers. Talking about
the patient with others is no attempt either.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from collabcare.domain.missed_run import is_attempt
from collabcare.domain.reengagement import Channel
from collabcare.domain.routes import way_counted

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.facts import AttemptFact, LadderFact
    from collabcare.domain.reaching import Route
    from collabcare.domain.reengagement import AttemptOutcome

_ANSWERED_LATER = frozenset({Channel.TEXT, Channel.EMAIL, Channel.LETTER})


class Try(NamedTuple):
    """One attempt: its place in the search from 1, its way, and the day it reached the patient, if any."""

    number: int
    channel: Channel
    way: Route
    outcome: AttemptOutcome
    on: date
    reached_on: date | None


def tries(search: LadderFact, *, today: date) -> tuple[Try, ...]:
    """Return the attempts of a search in order of time."""
    found: list[Try] = []
    for attempt in sorted(search.attempts, key=lambda each: (each.on, each.at)):
        if attempt.on > today or not is_attempt(attempt):
            continue
        reached_on = attempt.on if attempt.outcome.reached else None
        asked = _answered(found, attempt.channel) if reached_on else None
        if asked is not None:
            found[asked.number - 1] = asked._replace(reached_on=reached_on)
        else:
            found.append(_made(len(found) + 1, attempt, reached_on))
    return tuple(found)


def _made(number: int, attempt: AttemptFact, reached_on: date | None) -> Try:
    way = way_counted(attempt.channel, attempt.route)
    return Try(number, attempt.channel, way, attempt.outcome, attempt.on, reached_on)


def _answered(found: list[Try], channel: Channel) -> Try | None:
    """Return the latest letter, text or email of this channel that is still without an answer."""
    if channel not in _ANSWERED_LATER:
        return None
    waiting = [each for each in found if each.channel is channel and each.reached_on is None]
    return waiting[-1] if waiting else None
