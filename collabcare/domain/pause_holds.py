"""For how long pauses hold a search back, as the track allows that holds now.

Part of :mod:`collabcare.domain.search_today`. A pause that was decided while nobody asked us to act soon may
last for weeks. Once the search is on the Prompt track it holds no step back for longer than a pause of such a
search may last, counted from the turn; whatever is decided after the turn was decided with it in view.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from collabcare.domain.calendar import days_after, london_date
from collabcare.domain.reach_facts import Track

if TYPE_CHECKING:
    from datetime import date, datetime

    from collabcare.domain.facts import LadderFact
    from collabcare.domain.reach_facts import PauseFact
    from collabcare.domain.tracks import TrackAnswer


class _Turn(NamedTuple):
    """When a search came to be on the Prompt track: its day, and its instant where that is known."""

    on: date
    at: datetime | None


def pauses_held(
    pauses: tuple[PauseFact, ...], ladder: LadderFact, track: TrackAnswer, prompt_pause_days: int
) -> tuple[PauseFact, ...]:
    """Return the pauses with the days on which they end for this search; only the search reads them so."""
    if track.track is not Track.PROMPT or not pauses:
        return pauses
    turn = _turn(ladder, track)
    latest = days_after(turn.on, prompt_pause_days)
    return tuple(each if _decided_since(each, turn) else _until(each, latest) for each in pauses)


def _turn(ladder: LadderFact, track: TrackAnswer) -> _Turn:
    """Return when the search was opened, or when the first fact was recorded that asks us to act soon."""
    opened_on = ladder.missed_on if ladder.opened_at is None else london_date(ladder.opened_at)
    if track.since is None or track.since < opened_on:
        return _Turn(opened_on, ladder.opened_at)
    if track.since > opened_on:
        return _Turn(track.since, track.since_at)
    known = [at for at in (ladder.opened_at, track.since_at) if at is not None]
    return _Turn(opened_on, max(known, default=None))


def _decided_since(pause: PauseFact, turn: _Turn) -> bool:
    """Return whether a pause was decided after the turn; if nobody knows on one day, it was not."""
    if pause.recorded_at is None:
        return True
    decided = london_date(pause.recorded_at)
    if decided != turn.on:
        return decided > turn.on
    return turn.at is not None and pause.recorded_at >= turn.at


def _until(pause: PauseFact, latest: date) -> PauseFact:
    if pause.ended_on is not None:
        return replace(pause, ended_on=min(pause.ended_on, latest))
    return replace(pause, review_on=pause.review_on and min(pause.review_on, latest))
