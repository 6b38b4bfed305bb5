"""A step of a search that asks for two things, of which one is done: what is still to do is said first.

Two talks, or a letter and the firm appointment it names.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from collabcare.domain.display import fmt_date
from collabcare.domain.reengagement import Channel, talked_with

if TYPE_CHECKING:
    from collections.abc import Iterable

    from collabcare.domain.facts import ContactFact, EpisodeFacts, LadderFact
    from collabcare.domain.reengagement import Rung
    from collabcare.domain.reengagement_policy import RungPolicy

_ASK = {Channel.GP_PRACTICE: "ask the GP practice", Channel.SUPERVISION: "ask the supervisor"}
_DECIDE = "decide and record: home visit, crisis team, or 999 in immediate danger"
_BOOK_FIRST = "Book a firm appointment first"
_STILL_TO_BOOK = "Still to do: book a firm appointment, and tell them of it"


def with_bookings(every: Iterable[Rung], facts: EpisodeFacts, ladder: LadderFact) -> list[Rung]:
    """Return the steps, one that asks for an appointment as well as done only while one is booked.

    What was booked before the miss for a later day is one too; what fell through is none any more. Until one
    is, no letter is asked for: it could not name it.
    """
    return [
        _by_booking(rung, facts.next_booked(ladder.missed_on)) if rung.of.books else rung for rung in every
    ]


def _by_booking(rung: Rung, booked: ContactFact | None) -> Rung:
    if booked is None:
        said = _BOOK_FIRST if rung.done_on is None else _STILL_TO_BOOK
        return rung._replace(of=_unbooked(rung.of, said), done_on=None)
    if rung.done_on is not None:
        return rung
    named = f"send them word of the appointment on {fmt_date(booked.on, weekday=True)}"
    return rung._replace(of=replace(rung.of, what=f"Still to do: {named}. {rung.of.what}"))


@lru_cache(maxsize=64)  # the same few steps for everybody who is sought
def _unbooked(of: RungPolicy, said: str) -> RungPolicy:
    """Return a step that asks for an appointment first, and for no letter yet."""
    return replace(of, what=f"{said}. {of.what}", ways=())


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
