"""The caseload in numbers: how many there are, how many were in contact in a period, how many improved.

They are counted over the rows that the caseload shows, and each view by the rule of its button, so that a
number here and a number there are the same. The statistics are those a registry of collaborative care is to
give (AIMS Center, University of Washington). What is not known is counted neither as yes nor as no, and how
many that leaves out is said.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from collabcare.domain.caseload_filters import (
    CaseloadFilter,
    count_among,
    filter_means,
    filter_words,
    is_among,
    is_open,
)
from collabcare.domain.in_contact import contact_days, seen_days
from collabcare.domain.instruments import is_case
from collabcare.domain.outcomes import Reliable, change_of
from collabcare.domain.shares import Share
from collabcare.domain.talking_therapies import outcome_of
from collabcare.domain.talking_therapies_rates import rates_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from collabcare.domain.caseload import CaseloadRow
    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.instruments import Instrument
    from collabcare.domain.outcomes import Change
    from collabcare.domain.periods import Period
    from collabcare.domain.talking_therapies import TalkingTherapiesPolicy
    from collabcare.domain.talking_therapies_rates import Rates


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewFigure:
    """How many patients a ready-made view holds today, of the open ones and whomever it shows beside them."""

    view: CaseloadFilter
    words: str
    means: str
    of_open: Share


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureFigures:
    """What became of the scores of one questionnaire among the open patients.

    ``compared`` are those with two scores on different days. ``improved`` and ``worse`` are reliable changes,
    None where no number is published to tell them by; ``recovered`` improved so and are now below the
    cut-off, of those who were not below it at first.
    """

    instrument: str
    compared: Share
    improved: Share | None
    worse: Share | None
    recovered: Share | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseloadFigures:
    """The figures of the open patients; those referred after the period are in no share of contacts."""

    open: int
    in_contact: Share
    seen: Share
    views: tuple[ViewFigure, ...]
    measures: tuple[MeasureFigures, ...]

    @property
    def sentence(self) -> str:
        """Return the most that fits in a sentence."""
        if not self.open:
            return "Nobody is on this caseload."
        people = "1 open patient" if self.open == 1 else f"{self.open:,} open patients"
        return f"{people}. In contact in these days: {self.in_contact.words}."


@dataclass(frozen=True, slots=True, kw_only=True)
class EndedFigures:
    """The care that ended in the period, and the rates over the finished courses among it."""

    ended: int
    rates: Rates


def caseload_figures(rows: Sequence[CaseloadRow], period: Period) -> CaseloadFigures:
    """Count the open patients among ``rows``; nothing is said of questionnaires where there are none.

    The dead whose GP is still owed a letter may be among the rows: they are in the count of their view alone.
    """
    in_care = [row for row in rows if is_open(row)]
    with_us = [row.facts for row in in_care if row.facts.referral_received_on <= period.last]
    return CaseloadFigures(
        open=len(in_care),
        in_contact=_any_in(period, [contact_days(facts) for facts in with_us]),
        seen=_any_in(period, [seen_days(facts) for facts in with_us]),
        views=tuple(_view(rows, view) for view in CaseloadFilter if rows and view is not CaseloadFilter.ALL),
        measures=tuple(_measure(in_care, each) for each in _leading(in_care)),
    )


def ended_figures(
    courses: Iterable[EpisodeFacts], instruments: Mapping[str, Instrument], policy: TalkingTherapiesPolicy
) -> EndedFigures:
    """Count the care that ended, as NHS Talking Therapies counts finished courses, for information only."""
    ended = tuple(courses)
    outcomes = ((facts, outcome_of(facts, instruments, policy)) for facts in ended)
    return EndedFigures(ended=len(ended), rates=rates_of(outcomes, policy))


def _any_in(period: Period, days: Sequence[Iterable[date]]) -> Share:
    return Share(sum(any(period.has(day) for day in each) for each in days), len(days))


def _view(rows: Sequence[CaseloadRow], view: CaseloadFilter) -> ViewFigure:
    days, held = rows[0].rulebook.caseload.no_contact_days, count_among(rows, view)
    return ViewFigure(
        view=view,
        words=filter_words(view, days),
        means=filter_means(view, days),
        of_open=Share(held, sum(is_open(row) or is_among(row, view) for row in rows)),
    )


def _leading(rows: Sequence[CaseloadRow]) -> tuple[Instrument, ...]:
    """Return the questionnaires the service model leads with."""
    if not rows:
        return ()
    book = rows[0].rulebook
    return tuple(book.instruments[each] for each in book.pathway.measures)


def _measure(rows: Sequence[CaseloadRow], instrument: Instrument) -> MeasureFigures:
    found = [whole.change for row in rows if (whole := change_of(row.facts, instrument)) and whole.change]
    of_all = instrument.reliable_change is not None
    return MeasureFigures(
        instrument=instrument.name,
        compared=Share(len(found), len(rows)),
        improved=_told(found, Reliable.IMPROVEMENT) if of_all else None,
        worse=_told(found, Reliable.DETERIORATION) if of_all else None,
        recovered=_recovered(found, instrument) if of_all and instrument.caseness is not None else None,
    )


def _told(found: Sequence[Change], which: Reliable) -> Share:
    return Share(sum(each.reliable is which for each in found), len(found))


def _recovered(found: Sequence[Change], instrument: Instrument) -> Share:
    cases = [each for each in found if is_case(instrument, each.first)]
    return Share(sum(each.significant is True for each in cases), len(cases))
