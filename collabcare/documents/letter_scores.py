"""The scores of a letter: a table, a sentence of change for each measure, and the charts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.documents.composed import Charts, Paragraph, ScoreTable
from collabcare.domain.display import fmt_date_long
from collabcare.domain.instruments import band_for, compared
from collabcare.domain.outcomes import Reliable, change_between, change_of, standing_scores
from collabcare.domain.progress import NO_ROOM, NOT_COMPARABLE, good_direction
from collabcare.domain.score_chart import score_chart
from collabcare.domain.scoring import WORK_NOT_APPLICABLE, comparable, work_not_applicable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import TypeAlias

    from collabcare.documents.composed import Block
    from collabcare.documents.letter_source import LetterSource
    from collabcare.domain.facts import MeasureFact
    from collabcare.domain.instruments import Instrument, Number
    from collabcare.domain.outcomes import Change, EpisodeChange

    _Scored: TypeAlias = tuple[Instrument, tuple[MeasureFact, ...], EpisodeChange | None]


_PAIR = 2


def score_words(source: LetterSource) -> Iterator[Block]:
    """Yield the table and what changed, for every measure that has a score."""
    scored = _scored(source)
    if not scored:
        return
    paired = any(found for _instrument, _measures, found in scored)
    headings = ("Scale", "First", "Latest", "Meaning") if paired else ("Scale", "Score", "Meaning")
    rows = (_row(*each, paired=paired) for each in scored)
    yield ScoreTable(headings=headings, rows=tuple(rows))
    if sentences := [text for each in scored for text in _sentences(*each)]:
        yield Paragraph(text=" ".join(sentences))


def score_charts(source: LetterSource) -> Iterator[Block]:
    """Yield the charts of the measures that have scores on more than one day."""
    scenes = tuple(
        score_chart(instrument, measures) for instrument, measures, found in _scored(source) if found
    )
    if scenes:
        yield Charts(scenes=scenes)


def change_sentence(instrument: Instrument, change: Change) -> str:
    """Say how a score changed, and whether by more than the measure’s own error where that is published."""
    first, last = (compared(instrument, total) for total in (change.first, change.last))
    name = f"{instrument.name} (metric score)" if instrument.conversion else instrument.name
    if first == last:
        return f"{name} was {first} at first and is {last} now."
    said = f"{name} {'fell' if last < first else 'rose'} from {first} to {last}"
    limit = instrument.reliable_change
    if limit is None:
        return f"{said}; {good_direction(instrument).lower()}."
    if change.reliable is Reliable.NONE:
        room = f"; {NO_ROOM}" if change.no_room else ""
        return f"{said}; a change of less than {limit} is within the measure’s own error{room}."
    return f"{said}; a change of {limit} or more is larger than the measure’s own error."


def _since_the_one_before(
    instrument: Instrument, standing: Sequence[MeasureFact], found: EpisodeChange
) -> Iterator[str]:
    """Say a change since the score before the latest that is larger than error: the first may hide it."""
    if len(standing) <= _PAIR or standing[-1] != found.last:
        return
    before, last = standing[-2], standing[-1]
    if before.total is None or last.total is None:
        return
    if instrument.not_applicable_item is not None and not comparable(
        instrument, before.answers, last.answers
    ):
        return
    change = change_between(instrument, before.total, last.total)
    if change.reliable in {Reliable.NONE, None}:
        return
    was, now = (compared(instrument, total) for total in (change.first, change.last))
    moved = "fell" if now < was else "rose"
    limit = instrument.reliable_change
    yield (
        f"Since {fmt_date_long(before.taken_on)} it {moved} from {was} to {now}; a change of {limit} or more"
        " is larger than the measure’s own error."
    )


def _scored(source: LetterSource) -> list[_Scored]:
    """Return the instruments that have a score, those of the service model first."""
    wanted = dict.fromkeys((*source.pathway.measures, *source.instruments))
    answered = [(source.instruments[name], source.facts.measures_of(name)) for name in wanted]
    return [
        (instrument, measures, change_of(source.facts, instrument))
        for instrument, measures in answered
        if any(measure.total is not None for measure in measures)
    ]


def _row(
    instrument: Instrument,
    measures: tuple[MeasureFact, ...],
    found: EpisodeChange | None,
    *,
    paired: bool,
) -> tuple[str, ...]:
    latest = found.last if found else standing_scores(measures)[-1]
    first = (_score(instrument, found.first) if found else "One score only",) if paired else ()
    name = f"{instrument.name}\n{instrument.total_min} to {instrument.total_max}"
    return (name, *first, _score(instrument, latest), _meaning(instrument, latest.total))


def _score(instrument: Instrument, measure: MeasureFact) -> str:
    work = f" ({WORK_NOT_APPLICABLE})" if work_not_applicable(instrument, measure.answers) else ""
    return f"{measure.text}{work}\n{fmt_date_long(measure.taken_on)}"


def _meaning(instrument: Instrument, total: Number | None) -> str:
    band = band_for(instrument, total) if total is not None else ""
    meaning = f"{band[:1].upper()}{band[1:]} range\n" if band else ""
    return f"{meaning}{good_direction(instrument)}"


def _sentences(
    instrument: Instrument, measures: tuple[MeasureFact, ...], found: EpisodeChange | None
) -> Iterator[str]:
    if found is not None and found.change is not None:
        yield change_sentence(instrument, found.change)
        yield from _since_the_one_before(instrument, standing_scores(measures), found)
    elif found is not None:
        yield f"{instrument.name}: {NOT_COMPARABLE[:1].lower()}{NOT_COMPARABLE[1:]}."
    if measures[-1].total is None:
        day = fmt_date_long(measures[-1].taken_on)
        yield f"The {instrument.name} of {day} was not complete, so it has no score."
