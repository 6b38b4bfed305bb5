"""A step of a search that asks for two things, of which one is done: what is still to do is said first."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from collabcare.domain.reengagement import CHANNEL_WORDS, AttemptOutcome, Channel

if TYPE_CHECKING:
    from collabcare.domain.facts import AttemptFact, LadderFact
    from collabcare.domain.reengagement import Rung


def with_what_is_left(rung: Rung, ladder: LadderFact) -> Rung:
    """Return a step that asks for each of its ways, with those of them that are left, and said so."""
    asked = rung.of.only_by
    done = {attempt.channel.value for attempt in ladder.attempts if _counts(attempt, rung, ladder)}
    left = tuple(way for way in asked if way not in done)
    if not rung.of.each_of or not left or left == asked:
        return rung
    taken = tuple(way for way in asked if way in done)
    said = f"Still to do: {_words(left)} ({_words(taken)}: done). {rung.of.what}"
    ways = tuple(way for way in rung.ways if way not in done)
    return rung._replace(of=replace(rung.of, what=said, ways=ways))


def _counts(attempt: AttemptFact, rung: Rung, ladder: LadderFact) -> bool:
    """Return whether a try took one of the ways of this step, as the step being done counts it."""
    since = ladder.restarted_at
    return (
        attempt.rung == rung.number
        and attempt.outcome is not AttemptOutcome.NO_ANSWER
        and (since is None or attempt.at > since)
    )


def _words(ways: tuple[str, ...]) -> str:
    """Return the ways as they stand inside a sentence."""
    words = [CHANNEL_WORDS[Channel(way)] for way in ways]
    return " and ".join(word if word.startswith("GP") else word.lower() for word in words)
