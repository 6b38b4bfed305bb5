"""The columns about a questionnaire: first, latest, when and the change of each that the service leads with.

A score of 0 is a score, and a change to 0 is a change; a blank is neither.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from collabcare.domain.caseload_column import CaseloadColumn, Order, joined
from collabcare.domain.display import fmt_change, fmt_date, fmt_date_long, spoken_dates
from collabcare.domain.outcomes import baseline_of
from collabcare.domain.progress import RELIABLE_WORDS
from collabcare.domain.prorated import WORD, fmt_score

if TYPE_CHECKING:
    from collections.abc import Iterable

    from collabcare.domain.caseload import CaseloadRow, ScoreCell
    from collabcare.domain.caseload_column import Lines
    from collabcare.domain.instruments import Instrument
    from collabcare.domain.rulebook import Rulebook

MEASURE, FIRST, CHANGE, TAKEN_ON = "measure", "measure_first", "measure_change", "measure_on"
PERCENT = "measure_percent"
_OTHERS = {MEASURE: "score:", FIRST: "first:", CHANGE: "change:", PERCENT: "percent:", TAKEN_ON: "on:"}
"""What stands before the name of a questionnaire that is not the chosen one, by what its column shows."""


def other_score(instrument_id: str, shows: str = MEASURE) -> str:
    """Return the id of a column of a questionnaire that is not the chosen one: its latest score, or else."""
    return f"{_OTHERS[shows]}{instrument_id}"


def other_scores(instrument_id: str) -> tuple[str, ...]:
    """Return the ids of all columns of a questionnaire that is not the chosen one."""
    return tuple(other_score(instrument_id, shows) for shows in _OTHERS)


def shown_by(column_id: str, chosen: str) -> tuple[str, str] | None:
    """Return what a column shows of which questionnaire, None when it is about none."""
    if column_id in _OTHERS:
        return column_id, chosen
    before, colon, instrument_id = column_id.partition(":")
    return next(((shows, instrument_id) for shows, name in _OTHERS.items() if name == before + colon), None)


def instrument_of(column_id: str, chosen: str) -> str | None:
    """Return the questionnaire whose latest score a column shows, None for every other column."""
    shown = shown_by(column_id, chosen)
    return shown[1] if shown is not None and shown[0] == MEASURE else None


def measures_offered(rulebook: Rulebook, rows: Iterable[CaseloadRow]) -> tuple[str, ...]:
    """Return what may be chosen: what the service model leads with, then any that somebody filled in."""
    filled = {measure.instrument for row in rows for measure in row.facts.measures}
    leading = rulebook.pathway.measures
    others = sorted(
        (each for each in filled - set(leading) if each in rulebook.instruments),
        key=lambda each: rulebook.instruments[each].name,
    )
    return (*leading, *others)


def score_columns(instrument: Instrument, *, chosen: bool) -> tuple[CaseloadColumn, ...]:
    """Return the columns of one questionnaire: the ``chosen`` one, or another the service leads with."""
    name = instrument.name
    ids = {shows: shows if chosen else other_score(instrument.id, shows) for shows in _OTHERS}
    return (
        _score_column(ids[MEASURE], instrument),
        _first_column(ids[FIRST], instrument),
        CaseloadColumn(
            id=ids[CHANGE],
            title=f"{name} change",
            means=f"How far the {name} score moved since the first, in points and per cent; if reliably.",
            text=lambda row: joined(change_lines(instrument, row)),
            sort=partial(_moved, instrument),
            order=Order.NUMBER,
        ),
        CaseloadColumn(
            id=ids[PERCENT],
            title=f"{name} change %",
            means=f"How far the {name} score has moved since the first, in per cent of the first.",
            text=partial(_percent_text, instrument),
            sort=partial(_percent, instrument),
            order=Order.NUMBER,
        ),
        CaseloadColumn(
            id=ids[TAKEN_ON],
            title=f"{name} on",
            means=f"The day of the latest {name}.",
            text=partial(_day, instrument),
            sort=partial(_on, instrument),
            spoken=partial(_day_spoken, instrument),
            order=Order.DATE,
        ),
    )


def _score_column(column_id: str, instrument: Instrument) -> CaseloadColumn:
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


def _first_column(column_id: str, instrument: Instrument) -> CaseloadColumn:
    """Return the column of one questionnaire's first score."""

    def text(row: CaseloadRow) -> str:
        return joined(first_lines(instrument, row))

    return CaseloadColumn(
        id=column_id,
        title=f"{instrument.name} first",
        means=f"The first {instrument.name} score of this episode, and its day.",
        text=text,
        sort=partial(_first_number, instrument),
        spoken=lambda row: spoken_dates(text(row)) or f"No {instrument.name} score",
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
    return score.total if score else None


def _first_number(instrument: Instrument, row: CaseloadRow) -> object:
    score = score_of(instrument, row)
    return score.first if score else None


def first_lines(instrument: Instrument, row: CaseloadRow) -> Lines:
    """Say the first score, and on the second line its day."""
    score = score_of(instrument, row)
    if score is None or not score.standing:
        return ("", "")
    form, total = baseline_of(score.facts, score.standing)
    return (fmt_score(total, prorated=form.prorated), fmt_date(form.taken_on))


def _moved(instrument: Instrument, row: CaseloadRow) -> object:
    score = score_of(instrument, row)
    return score.moved if score else None


def _percent(instrument: Instrument, row: CaseloadRow) -> float | None:
    """Return the change in per cent of the first score; of a scale that does not start at 0 there is none."""
    score = score_of(instrument, row)
    if score is None or score.moved is None or not score.first or instrument.total_min != 0:
        return None
    return float(100 * score.moved / score.first)


def _percent_text(instrument: Instrument, row: CaseloadRow) -> str:
    percent = _percent(instrument, row)
    return "" if percent is None else f"{fmt_change(round(percent))}%"


def change_lines(instrument: Instrument, row: CaseloadRow) -> Lines:
    """Say the change, and on the second line whether it is reliable where a published number tells."""
    score = score_of(instrument, row)
    if score is None or score.moved is None:
        return ("", "")
    words = (
        RELIABLE_WORDS.get(score.reliable) if score.reliable else "",
        WORD if score.change_prorated else "",
    )
    return (_change_text(instrument, row), ", ".join(filter(None, words)))


def _change_text(instrument: Instrument, row: CaseloadRow) -> str:
    """Write the change in points, and per cent of the first where the scale starts at 0 and it was above."""
    score = score_of(instrument, row)
    if score is None or score.moved is None or score.first is None:
        return ""
    points, percent = fmt_change(score.moved), _percent_text(instrument, row)
    return f"{points} ({percent})" if percent else points


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
    if score.moved is None or score.total is None:
        return words
    return f"{words}, {fmt_change(score.moved)} since the first"
