"""A step of a search that asks for two talks, of which one is done: what is still to do is said first."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from collabcare.domain.reengagement import Channel, talked_with

if TYPE_CHECKING:
    from collabcare.domain.facts import LadderFact
    from collabcare.domain.reengagement import Rung

_ASK = {Channel.GP_PRACTICE: "ask the GP practice", Channel.SUPERVISION: "ask the supervisor"}
_DECIDE = "decide and record: home visit, crisis team, or 999 in immediate danger"


def with_what_is_left(rung: Rung, ladder: LadderFact) -> Rung:
    """Return a step that asks for each of its talks, with those of them that are left, and said so."""
    done = talked_with(rung, ladder)
    left = [way for way in rung.of.only_by if way not in done]
    if not done or not (left or rung.of.decides):
        return rung
    asks = [_ASK[Channel(way)] for way in left]
    if rung.of.decides:
        said = f"Still to do: {'; '.join([*asks, _DECIDE])}"
    else:
        said = f"Still to do: {'; '.join(asks)}. {rung.of.what}"
    ways = tuple(way for way in rung.ways if way not in done) or rung.ways
    return rung._replace(of=replace(rung.of, what=said, ways=ways))
