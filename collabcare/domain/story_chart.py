"""The story of one episode as one drawing: scores over time, and under them what was done when.

One measure, or several under one another, as points on proportional time with their cut-offs; below the axis
the contacts, the moves between steps, the supervision reviews and the changes of medication; pauses as a
band. Numbers between 0 and 1, so that screen and paper draw the same, and the same marks as rows of a table.
Only this episode is drawn.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from collabcare.domain.display import fmt_count, fmt_date_long
from collabcare.domain.prorated import fmt_score, marked_score
from collabcare.domain.score_chart import ScoreChart, score_chart
from collabcare.domain.story_happenings import happenings
from collabcare.domain.story_marks import LEGEND_WORDS, SEEN, Happening, StoryKind, StoryMark, StoryTrack
from collabcare.domain.time_axis import time_axis

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.instruments import Instrument
    from collabcare.domain.rulebook import Rulebook
    from collabcare.domain.time_axis import ChartTick, TimeAxis


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryRow:
    """One mark as a line of the table."""

    day: date
    what: str
    detail: str
    spoken: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryLegend:
    """What one shape in the drawing stands for."""

    kind: StoryKind
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryChart:
    """Everything there is to draw of one episode.

    ``marks`` are in order of time, the scores among them; ``today`` is its place on the axis, None once care
    has ended. ``more`` are the scores of other measures over the same time.
    """

    scores: ScoreChart
    marks: tuple[StoryMark, ...]
    ticks: tuple[ChartTick, ...]
    today: float | None
    legend: tuple[StoryLegend, ...]
    description: str
    more: tuple[ScoreChart, ...] = ()

    @property
    def charts(self) -> tuple[ScoreChart, ...]:
        """Return the scores of each measure, top down."""
        return (self.scores, *self.more)

    @property
    def said(self) -> str:
        """Return the whole picture in a few sentences, with the cut-offs and which way is good."""
        said = [self.description]
        for each in self.charts:
            whose = f"{each.title}: " if self.more else ""
            said += [f"{whose}{part}" for part in (each.cut_off_label, each.good_direction) if part]
        return " ".join(f"{part.rstrip('.')}." for part in said)

    @property
    def rows(self) -> tuple[StoryRow, ...]:
        """Return the marks as the rows of a table, newest first."""
        return tuple(
            StoryRow(
                day=mark.day,
                what=mark.what,
                detail=f"{mark.detail[:1].upper()}{mark.detail[1:]}",
                spoken=mark.spoken,
            )
            for mark in reversed(self.marks)
        )

    @property
    def tracks(self) -> tuple[StoryTrack, ...]:
        """Return the lines under the axis that have something on them, top down; contacts always have one."""
        used = {mark.track for mark in self.marks} | {StoryTrack.CONTACTS}
        return tuple(track for track in StoryTrack if track in used and track is not StoryTrack.PLOT)

    def on(self, track: StoryTrack) -> tuple[StoryMark, ...]:
        """Return the marks of one line, in order of time."""
        return tuple(mark for mark in self.marks if mark.track is track)


def story_chart(
    facts: EpisodeFacts,
    instrument: Instrument,
    rulebook: Rulebook,
    *,
    today: date,
    more: Sequence[Instrument] = (),
) -> StoryChart:
    """Lay out one episode with the scores of one instrument, from the referral to today or what is booked.

    ``more`` are instruments whose scores stand under the first, over the same time.
    """
    drawn = [(each, facts.measures_of(each.id)) for each in (instrument, *more)]
    told = happenings(facts, rulebook.pathway, today=today)
    shown_to = facts.closed_on or today
    days = [
        facts.referral_received_on,
        shown_to,
        *(measure.taken_on for _of, measures in drawn for measure in measures),
    ]
    axis = time_axis([*days, *(day for each in told if each.bounds for day in each.days)])
    scores, *others = (score_chart(each, measures, axis) for each, measures in drawn)
    points = (mark for number, each in enumerate((scores, *others)) for mark in _scores(each, number))
    marks = [*points, *(_mark(each, axis) for each in told if axis.holds(each.day))]
    marks.sort(key=lambda mark: (mark.day, mark.kind.order, mark.minute))
    return StoryChart(
        scores=scores,
        marks=tuple(marks),
        ticks=axis.ticks,
        today=axis.place(today) if facts.closed_on is None and axis.holds(today) else None,
        legend=_legend(marks),
        description=_describe((scores, *others), marks, axis),
        more=tuple(others),
    )


def story_measures(facts: EpisodeFacts, rulebook: Rulebook) -> tuple[Instrument, ...]:
    """Return the measures the story can be drawn with: the pathway's first, then those that have a score."""
    leading = rulebook.pathway.measures
    scored = {measure.instrument for measure in facts.measures if measure.total is not None}
    wanted = dict.fromkeys((*leading, *rulebook.instruments))
    found = [rulebook.instruments[name] for name in wanted if name in scored or name in leading[:1]]
    return tuple(each for each in found if each.total_max > each.total_min)


def lanes(places: Sequence[float], apart: float) -> tuple[int, ...]:
    """Share out marks of one line over lanes, so that no two of a lane are nearer than ``apart``.

    ``places`` are in order; the first lane that has room is taken, so what stands alone stays in lane 0.
    """
    ends: list[float] = []
    given: list[int] = []
    for place in places:
        free = next((lane for lane, end in enumerate(ends) if place - end >= apart), len(ends))
        ends[free : free + 1] = [place]
        given.append(free)
    return tuple(given)


def _scores(chart: ScoreChart, plot: int) -> list[StoryMark]:
    points = [
        StoryMark(
            kind=StoryKind.PRORATED if point.prorated else StoryKind.SCORE,
            day=point.day,
            x=point.x,
            y=point.y,
            what=f"{chart.title} {fmt_score(point.value, prorated=point.prorated)}",
            detail=point.meaning,
            spoken=f"{point.spoken}, {point.meaning}" if point.meaning else point.spoken,
            label=marked_score(point.value, prorated=point.prorated),
            plot=plot,
        )
        for point in chart.points
    ]
    blanks = [
        StoryMark(
            kind=StoryKind.NO_SCORE,
            day=blank.day,
            x=blank.x,
            y=0.0,
            what=f"{chart.title}: no score",
            detail=blank.words.partition(": ")[2],
            spoken=blank.spoken,
            plot=plot,
        )
        for blank in chart.blanks
    ]
    return points + blanks


def _mark(told: Happening, axis: TimeAxis) -> StoryMark:
    return StoryMark(
        kind=told.kind,
        day=told.day,
        x=axis.place(told.day),
        what=told.what,
        detail=told.detail,
        spoken=told.spoken,
        label=told.label,
        until=None if told.until is None else axis.place(told.until),
        minute=told.minute,
    )


def _legend(marks: Sequence[StoryMark]) -> tuple[StoryLegend, ...]:
    used = {mark.kind for mark in marks}
    return tuple(StoryLegend(kind=kind, words=LEGEND_WORDS[kind]) for kind in StoryKind if kind in used)


def _describe(charts: Sequence[ScoreChart], marks: Sequence[StoryMark], axis: TimeAxis) -> str:
    """Say the whole picture in a few sentences, for those who do not see it."""
    kinds = [mark.kind for mark in marks]
    count = kinds.count
    said = [
        fmt_count(sum(kind in SEEN for kind in kinds), "contact attended", "contacts attended"),
        *(f"{count(kind)} {words}" for kind, words in _COUNTED.items() if count(kind)),
    ]
    moves = count(StoryKind.STEP)
    reviews = count(StoryKind.SUPERVISION)
    changes = sum(mark.track is StoryTrack.MEDICATION for mark in marks)
    said += [fmt_count(moves, "step move")] if moves else []
    said += [fmt_count(reviews, "supervision review")] if reviews else []
    said += [fmt_count(changes, "medication change")] if changes else []
    said += [fmt_count(count(StoryKind.PAUSED), "pause")] if count(StoryKind.PAUSED) else []
    span = f"From {fmt_date_long(axis.first)} to {fmt_date_long(axis.last)}"
    return f"{' '.join(each.description for each in charts)} {span}: {', '.join(said)}."


_COUNTED = {
    StoryKind.NOT_ATTENDED: "not attended",
    StoryKind.TOO_LATE: "arrived too late to be seen",
    StoryKind.CANCELLED_BY_PATIENT: "cancelled by the patient",
    StoryKind.CANCELLED_BY_US: "cancelled by us",
    StoryKind.NOT_RECORDED: "without an outcome",
    StoryKind.BOOKED: "booked",
}
