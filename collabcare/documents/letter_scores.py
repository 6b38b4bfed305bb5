"""The scores of a letter: a table, a sentence of change for each measure, and the charts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.documents.composed import Charts, Paragraph, ScoreTable
from collabcare.domain.display import fmt_date_long
from collabcare.domain.instruments import Direction, band_for
from collabcare.domain.outcomes import Reliable, change_between, first_and_latest
from collabcare.domain.score_chart import score_chart

if TYPE_CHECKING:
    from collections.abc import Iterator

    from collabcare.documents.composed import Block
    from collabcare.documents.letter_source import LetterSource
    from collabcare.domain.facts import MeasureFact
    from collabcare.domain.instruments import Instrument


def score_words(source: LetterSource) -> Iterator[Block]:
    """Yield the table and what changed, for every measure that has a score."""
    scored = _scored(source)
    if not scored:
        return
    paired = any(first_and_latest(measures) for _instrument, measures in scored)
    headings = ("Scale", "First", "Latest", "Meaning") if paired else ("Scale", "Score", "Meaning")
    rows = (_row(instrument, measures, paired=paired) for instrument, measures in scored)
    yield ScoreTable(headings=headings, rows=tuple(rows))
    if sentences := [text for each in scored for text in _sentences(*each)]:
        yield Paragraph(text=" ".join(sentences))


def score_charts(source: LetterSource) -> Iterator[Block]:
    """Yield the charts of the measures that have scores on more than one day."""
    scenes = tuple(
        score_chart(instrument, measures)
        for instrument, measures in _scored(source)
        if first_and_latest(measures)
    )
    if scenes:
        yield Charts(scenes=scenes)


def change_sentence(instrument: Instrument, first: int, last: int) -> str:
    """Say how a score changed, and whether by more than the measure's own error."""
    if first == last:
        return f"{instrument.name} was {first} at first and is {last} now."
    verb = "fell" if last < first else "rose"
    change = change_between(instrument, first, last)
    limit = instrument.reliable_change
    rule = (
        f"a change of less than {limit} is within the measure’s own error"
        if change.reliable is Reliable.NONE
        else f"a change of {limit} or more is larger than the measure’s own error"
    )
    return f"{instrument.name} {verb} from {first} to {last}; {rule}."


def _scored(source: LetterSource) -> list[tuple[Instrument, tuple[MeasureFact, ...]]]:
    """Return the instruments that have a score, those of the service model first."""
    wanted = dict.fromkeys((*source.pathway.measures, *source.instruments))
    answered = [(source.instruments[name], source.facts.measures_of(name)) for name in wanted]
    return [each for each in answered if any(measure.total is not None for measure in each[1])]


def _row(instrument: Instrument, measures: tuple[MeasureFact, ...], *, paired: bool) -> tuple[str, ...]:
    complete = [measure for measure in measures if measure.total is not None]
    pair = first_and_latest(measures)
    latest = pair[1] if pair else complete[-1]
    first = (_score(pair[0]) if pair else "One score only",) if paired else ()
    name = f"{instrument.name}\n0 to {instrument.total_max}"
    return (name, *first, _score(latest), _meaning(instrument, latest.total))


def _score(measure: MeasureFact) -> str:
    return f"{measure.text}\n{fmt_date_long(measure.taken_on)}"


def _meaning(instrument: Instrument, total: int | None) -> str:
    band = band_for(instrument, total) if total is not None else ""
    lower_is_better = instrument.direction is Direction.HIGHER_IS_WORSE
    return f"{band[:1].upper()}{band[1:]} range\n{'Lower' if lower_is_better else 'Higher'} is better"


def _sentences(instrument: Instrument, measures: tuple[MeasureFact, ...]) -> Iterator[str]:
    pair = first_and_latest(measures)
    if pair is not None and pair[0].total is not None and pair[1].total is not None:
        yield change_sentence(instrument, pair[0].total, pair[1].total)
    if measures[-1].total is None:
        day = fmt_date_long(measures[-1].taken_on)
        yield f"The {instrument.name} of {day} was not complete, so it has no score."
