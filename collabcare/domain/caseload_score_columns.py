"""The columns about a questionnaire: first, latest, when and the change of the chosen one, and others.

A score of 0 is a score, and a change to 0 is a change; a blank is neither.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from collabcare.domain.caseload_column import CaseloadColumn, Order
from collabcare.domain.display import fmt_change, fmt_date, fmt_date_long

if TYPE_CHECKING:
    from collections.abc import Iterable

    from collabcare.domain.caseload import CaseloadRow, ScoreCell
    from collabcare.domain.instruments import Instrument
    from collabcare.domain.rulebook import Rulebook

MEASURE, FIRST, CHANGE, TAKEN_ON = "measure", "measure_first", "measure_change", "measure_on"
_OTHER = "score:"


def other_score(instrument_id: str) -> str:
    """Return the id of the column of a questionnaire that is not the chosen one."""
    return f"{_OTHER}{instrument_id}"


def instrument_of(column_id: str, chosen: str) -> str | None:
    """Return the questionnaire whose latest score a column shows, None for every other column."""
    if column_id == MEASURE:
        return chosen
    return column_id.removeprefix(_OTHER) if column_id.startswith(_OTHER) else None


def measures_offered(rulebook: Rulebook, rows: Iterable[CaseloadRow]) -> tuple[str, ...]:
    """Return what may be chosen: what the service model leads with, then any that somebody filled in."""
    filled = {measure.instrument for row in rows for measure in row.facts.measures}
    leading = rulebook.pathway.measures
    others = sorted(
        (each for each in filled - set(leading) if each in rulebook.instruments),
        key=lambda each: rulebook.instruments[each].name,
    )
    return (*leading, *others)


def chosen_score_columns(instrument: Instrument) -> tuple[CaseloadColumn, ...]:
    """Return the four columns of the questionnaire that was chosen."""
    name = instrument.name
    return (
        score_column(MEASURE, instrument),
        CaseloadColumn(
            id=FIRST,
            title=f"{name} first",
            means=f"The first {name} score of this episode.",
            text=partial(_first, instrument),
            sort=partial(_first_number, instrument),
            order=Order.NUMBER,
        ),
        CaseloadColumn(
            id=CHANGE,
            title=f"{name} change",
            means=f"How far the {name} score has moved since the first, in points and per cent.",
            text=partial(change_text, instrument),
            sort=partial(_moved, instrument),
            order=Order.NUMBER,
        ),
        CaseloadColumn(
            id=TAKEN_ON,
            title=f"{name} on",
            means=f"The day of the latest {name}.",
            text=partial(_day, instrument),
            sort=partial(_on, instrument),
            spoken=partial(_day_spoken, instrument),
            order=Order.DATE,
        ),
    )


def score_column(column_id: str, instrument: Instrument) -> CaseloadColumn:
    """Return the column of one questionnaire's latest score."""
    return CaseloadColumn(
        id=column_id,
        title=instrument.name,
        means=f"The latest {instrument.name} score, its change since the first and a line of its past.",
        text=partial(_latest, instrument),
        sort=partial(_latest_number, instrument),
        spoken=partial(_score_spoken, instrument),
        order=Order.NUMBER,
    )


def score_of(instrument: Instrument, row: CaseloadRow) -> ScoreCell | None:
    """Return what a row knows of one questionnaire."""
    return row.scores.get(instrument.id)


def _latest(instrument: Instrument, row: CaseloadRow) -> str:
    score = score_of(instrument, row)
    return score.latest if score else ""


def _latest_number(instrument: Instrument, row: CaseloadRow) -> object:
    score = score_of(instrument, row)
    return score.history[-1] if score and score.history else None


def _first_number(instrument: Instrument, row: CaseloadRow) -> object:
    score = score_of(instrument, row)
    return score.first if score else None


def _first(instrument: Instrument, row: CaseloadRow) -> str:
    score = score_of(instrument, row)
    return "" if score is None or score.first is None else str(score.first)


def _moved(instrument: Instrument, row: CaseloadRow) -> object:
    score = score_of(instrument, row)
    return score.moved if score else None


def change_text(instrument: Instrument, row: CaseloadRow) -> str:
    """Write the change in points, and per cent of the first where the scale starts at 0 and it was above."""
    score = score_of(instrument, row)
    if score is None or score.moved is None or score.first is None:
        return ""
    points = fmt_change(score.moved)
    if instrument.total_min != 0 or not score.first:
        return points
    return f"{points} ({fmt_change(round(100 * score.moved / score.first))}%)"


def _on(instrument: Instrument, row: CaseloadRow) -> object:
    score = score_of(instrument, row)
    return score.latest_on if score else None


def _day(instrument: Instrument, row: CaseloadRow) -> str:
    score = score_of(instrument, row)
    return fmt_date(score.latest_on) if score else ""


def _day_spoken(instrument: Instrument, row: CaseloadRow) -> str:
    score = score_of(instrument, row)
    return fmt_date_long(score.latest_on) if score else f"No {instrument.name} score"


def _score_spoken(instrument: Instrument, row: CaseloadRow) -> str:
    score = score_of(instrument, row)
    if score is None:
        return f"No {instrument.name} score"
    words = f"{instrument.name} {score.latest} on {fmt_date_long(score.latest_on)}"
    if score.moved is None or not score.history:
        return words
    return f"{words}, {fmt_change(score.moved)} since the first"
