"""How one questionnaire has gone, in words: the latest score, what it means on its scale, and the change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from collabcare.domain.display import fmt_change, fmt_date
from collabcare.domain.instruments import Direction, band_for, compared
from collabcare.domain.outcomes import Reliable, change_of
from collabcare.domain.scoring import WORK_NOT_APPLICABLE, work_not_applicable

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.facts import EpisodeFacts, MeasureFact
    from collabcare.domain.instruments import Instrument, Number
    from collabcare.domain.outcomes import Change, EpisodeChange

RELIABLE_WORDS = {
    Reliable.IMPROVEMENT: "reliable improvement",
    Reliable.DETERIORATION: "reliable deterioration",
    Reliable.NONE: "no reliable change",
}
NO_ROOM = "room for change too small"
NOT_COMPARABLE = "Not comparable: work counts on one form and does not apply on the other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """One questionnaire so far; ``latest`` is empty when it was never answered, and a 0 is a score.

    ``reliable`` is None where there is nothing to compare and where the instrument has no such number.
    """

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
    found = change_of(facts, instrument)
    return Progress(
        latest=last.text,
        out_of="" if last.total is None else _out_of(instrument, last, last.total),
        band="" if last.total is None else band_for(instrument, last.total),
        latest_on=last.taken_on,
        change=episode_change_words(instrument, found) if found else "",
        reliable=found.change.reliable if found and found.change else None,
    )


def good_direction(instrument: Instrument) -> str:
    """Say which way is better, for a chart or a table."""
    return "Lower is better" if instrument.direction is Direction.HIGHER_IS_WORSE else "Higher is better"


def episode_change_words(instrument: Instrument, found: EpisodeChange) -> str:
    """Put the change of an episode into words, with everything a reader must know to trust it."""
    since = fmt_date(found.first.taken_on)
    if found.change is None:
        return f"{NOT_COMPARABLE} (since {since})"
    change = found.change
    difference = fmt_change(-int(instrument.direction) * change.change)
    scale = " on the metric scale" if instrument.conversion else ""
    said = [f"{difference}{scale} since {since}{', prorated' if found.prorated else ''}", _label(change)]
    if change.crossed and instrument.caseness is not None:
        side = "below" if instrument.direction is Direction.HIGHER_IS_WORSE else "above"
        at = "at or " if instrument.below_is_case else ""
        said.append(f"now {at}{side} the cut-off of {instrument.caseness}")
    if change.no_room and change.reliable is Reliable.NONE:
        said.append(NO_ROOM)
    return ", ".join(said)


def _label(change: Change) -> str:
    """Name a change; where nobody has published a reliable change only its direction is said."""
    if change.reliable is not None:
        return RELIABLE_WORDS[change.reliable]
    if change.change == 0:
        return "no change"
    return "better" if change.change > 0 else "worse"


def _out_of(instrument: Instrument, measure: MeasureFact, total: Number) -> str:
    """Say what a score is out of: less where work does not apply, and its metric where it has one."""
    if work_not_applicable(instrument, measure.answers):
        return f"of {instrument.total_max - instrument.item_max} ({WORK_NOT_APPLICABLE})"
    metric = f" (metric {compared(instrument, total)})" if instrument.conversion else ""
    return f"of {instrument.total_max}{metric}"
