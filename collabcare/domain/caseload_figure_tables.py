"""The caseload in numbers as tables: the same words on screen, on paper and in a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.caseload_filters import CaseloadFilter
from collabcare.domain.loop_table import LoopTable
from collabcare.domain.talking_therapies import LABEL

if TYPE_CHECKING:
    from collabcare.domain.caseload_figures import CaseloadFigures, EndedFigures, ViewFigure
    from collabcare.domain.loop_table import Cell
    from collabcare.domain.shares import Share

_NO_NUMBER = "no published number"
_TODAY = "today, of all open patients"
_TODAY_AND_DEAD = "today, of all open patients and the dead whose GP is owed a letter"


def caseload_table(of: CaseloadFigures) -> LoopTable:
    """Return how many there are, how many were in contact, and how many each view of the caseload holds."""
    with_us = "of all open patients referred by the last day"
    return LoopTable(
        id="caseload",
        title="Caseload",
        about="Everybody whose care is open today, as the caseload lists them. In contact: seen, or spoken to"
        " in a search. The lines after that are the caseload's buttons.",
        headings=("Measure", "How many", "Of whom"),
        rows=(
            ("Open patients", of.open, "today"),
            ("In contact in the period", of.in_contact, with_us),
            ("Seen in the period", of.seen, with_us),
            *((each.words, each.of_open, _of_whom(each)) for each in of.views),
        ),
    )


def _of_whom(figure: ViewFigure) -> str:
    """Say of whom a view holds so many: one holds people as well whose care has ended."""
    return _TODAY_AND_DEAD if figure.view is CaseloadFilter.DIED else _TODAY


def improved_table(of: CaseloadFigures) -> LoopTable:
    """Return what became of the scores of the leading questionnaires."""
    return LoopTable(
        id="improved",
        title="Improvement",
        about="The first score of the episode against the latest, whatever the period. Who has one score or"
        " none stands in the first share alone. A form with too many blanks is no score.",
        headings=(
            "Questionnaire",
            "Two scores to compare",
            "Reliably improved",
            "Reliably worse",
            "Improved to below cut-off",
        ),
        rows=tuple(
            (each.instrument, each.compared, _cell(each.improved), _cell(each.worse), _cell(each.recovered))
            for each in of.measures
        ),
    )


def ended_table(of: EndedFigures) -> LoopTable:
    """Return the rates over the courses that ended in the period."""
    rates = of.rates
    finished = rates.reliable_improvement.denominator
    cases, all_finished = "of finished courses not below both cut-offs at the start", "of finished courses"
    return LoopTable(
        id="ended",
        title="Care that ended",
        about=f"{LABEL}, for information: counted as NHS Talking Therapies counts, of the care that ended in"
        " the period. A finished course was seen for treatment at least twice.",
        headings=("Measure", "How many", "Of whom"),
        rows=(
            ("Care ended in the period", of.ended, "whatever the reason"),
            ("Finished courses", finished, "of these"),
            ("Kind of contact not recorded", rates.not_counted, "may be finished, in no line below"),
            ("Recovery", rates.recovery.share, cases),
            ("Reliable recovery", rates.reliable_recovery.share, cases),
            ("Reliable improvement", rates.reliable_improvement.share, all_finished),
            ("Reliable deterioration", rates.reliable_deterioration.share, all_finished),
        ),
    )


def _cell(share: Share | None) -> Cell:
    return _NO_NUMBER if share is None else share
