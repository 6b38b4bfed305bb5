"""How one questionnaire has gone, in words: the latest score, what it means on its scale, and the change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from collabcare.domain.display import fmt_change, fmt_date
from collabcare.domain.instruments import Direction, band_for
from collabcare.domain.outcomes import Reliable, change_between, first_and_latest

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.instruments import Instrument
    from collabcare.domain.outcomes import Change

_RELIABLE_WORDS = {
    Reliable.IMPROVEMENT: "reliable improvement",
    Reliable.DETERIORATION: "reliable deterioration",
    Reliable.NONE: "no reliable change",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """One questionnaire so far; ``latest`` is empty when it was never answered, and a 0 is a score."""

    latest: str
    out_of: str
    band: str
    latest_on: date | None
    change: str
    reliable: Reliable | None


def progress(facts: EpisodeFacts, instrument: Instrument) -> Progress:
    """Put one questionnaire's scores of this episode into words."""
    measures = facts.measures_of(instrument.id)
    if not measures:
        return Progress(latest="", out_of="", band="", latest_on=None, change="", reliable=None)
    last = measures[-1]
    pair = first_and_latest(measures)
    change = None
    words = ""
    if pair and pair[0].total is not None and pair[1].total is not None:
        change = change_between(instrument, pair[0].total, pair[1].total)
        words = _change_words(instrument, change, pair[0].taken_on)
    return Progress(
        latest=last.text,
        out_of="" if last.total is None else f"of {instrument.total_max}",
        band="" if last.total is None else band_for(instrument, last.total),
        latest_on=last.taken_on,
        change=words,
        reliable=change.reliable if change else None,
    )


def _change_words(instrument: Instrument, change: Change, since: date) -> str:
    difference = fmt_change(change.last - change.first)
    words = f"{difference} since {fmt_date(since)}, {_RELIABLE_WORDS[change.reliable]}"
    if not change.crossed:
        return words
    side = "below" if instrument.direction is Direction.HIGHER_IS_WORSE else "above"
    return f"{words}, now {side} the cut-off of {instrument.caseness}"
