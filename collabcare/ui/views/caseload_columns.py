"""How the columns of the caseload are drawn: what each says stands in the domain, its two lines here."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from collabcare.domain import caseload_answers as answers
from collabcare.domain import caseload_columns as offered
from collabcare.domain.caseload_column import NEVER, Order
from collabcare.domain.caseload_contact_columns import weeks_treated
from collabcare.domain.caseload_layout import FIRST_COLUMN, Layout
from collabcare.domain.caseload_score_columns import (
    CHANGE,
    FIRST,
    MEASURE,
    PERCENT,
    TAKEN_ON,
    change_lines,
    first_lines,
    other_score,
    score_of,
    shown_by,
)
from collabcare.domain.display import fmt_date, fmt_days, fmt_lasting, fmt_name
from collabcare.domain.due_kinds import DUE_WORDS
from collabcare.domain.episode import PHASE_WORDS, WAITING, Phase
from collabcare.domain.instruments import compared
from collabcare.domain.long_care import long_care, long_in_treatment
from collabcare.domain.nhs_number import fmt_nhs_number
from collabcare.domain.outcomes import Reliable
from collabcare.ui.models.rows import Column
from collabcare.ui.views.due_acts import due_act, due_tone
from collabcare.ui.widgets.look import Tone
from collabcare.ui.widgets.name_delegate import Flag, NameCell
from collabcare.ui.widgets.score_delegate import ScoreCell
from collabcare.ui.widgets.wrapped_delegate import WrappedCell

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from collabcare.domain.caseload import CaseloadRow
    from collabcare.domain.caseload_column import CaseloadColumn
    from collabcare.domain.instruments import Instrument
    from collabcare.domain.long_care import LongCare
    from collabcare.domain.rulebook import Rulebook
    from collabcare.domain.tally import Number

_SPARKLINE_POINTS = 12
_ANY_WIDTH = 101
_SCORE, _SCORE_WITH_LINE = 76, 108
_WIDTHS = {
    FIRST_COLUMN: 168,
    "flags": 150,
    "practice": 119,
    "step": 78,
    "phase": 164,
    "holder": 76,
    "due": 148,
    "follow_up": 120,
    "follow_up_agreed": 130,
    "days_since": 152,
    "last_contact": 132,
    "sessions": 74,
    "sought": 150,
    "dnas": 54,
    FIRST: 101,
    CHANGE: 148,
    MEASURE: _SCORE_WITH_LINE,
    "goals": 132,
    "weeks": 126,
    "weeks_treated": 140,
    PERCENT: 130,
    "source": 118,
    "missing": 140,
}
_NUMERIC = frozenset({"days_since", "sessions", "dnas", "weeks"})
GROWING = {FIRST_COLUMN: 0.6, "practice": 0.4}
"""Which columns take the room to spare, and how much of it each."""
_NEITHER_WAY = "–"
_NOT_BEGUN = {Phase.REFERRED: "Not yet allocated", Phase.ALLOCATED: "Awaits first contact"}
"""The phases whose words are too long for a second line, in fewer."""


def usual_columns(rulebook: Rulebook, measure: str | None = None) -> tuple[str, ...]:
    """Return the ids of the columns as they come: they fit a small laptop at 100 %."""
    leading = rulebook.pathway.measures
    chosen = measure or leading[0]
    return (
        *(FIRST_COLUMN, "practice", "step", "holder", "due", "last_seen", "next_booked", MEASURE),
        *(other_score(each) for each in leading if each != chosen),
        *("dnas", "case_review"),
    )


def leaving(rulebook: Rulebook) -> tuple[str, ...]:
    """Return which of the usual columns go first where there is no room; a preview shows all of it."""
    scores = (other_score(each) for each in reversed(rulebook.pathway.measures))
    return ("practice", "dnas", *scores, "next_booked", "case_review", "holder", "step", "last_seen")


def columns_offered(rulebook: Rulebook, measure: str | None = None) -> tuple[Column[CaseloadRow], ...]:
    """Return every column there is, ready to be drawn."""
    chosen = measure or rulebook.pathway.measures[0]
    return tuple(_drawn(each, rulebook, chosen) for each in offered.caseload_columns(rulebook, chosen))


def caseload_columns(rulebook: Rulebook, layout: Layout | None = None) -> tuple[Column[CaseloadRow], ...]:
    """Return the columns of a layout in its order; left out, those that come of themselves."""
    liked = layout or Layout()
    there = {each.id: each for each in columns_offered(rulebook, liked.measure)}
    if liked.is_usual:
        return tuple(there[each] for each in usual_columns(rulebook, liked.measure) if each in there)
    return tuple(_sized(there[each.id], each.width) for each in liked.columns if each.id in there)


def _sized(column: Column[CaseloadRow], width: int | None) -> Column[CaseloadRow]:
    return column if width is None else Column(**{**vars(column), "width": width})


def _drawn(column: CaseloadColumn, rulebook: Rulebook, measure: str) -> Column[CaseloadRow]:
    shown = shown_by(column.id, measure)
    cell, width = _CELLS.get(column.id), _WIDTHS.get(shown[0] if shown else column.id, _ANY_WIDTH)
    if shown is not None:
        shows, instrument = shown[0], rulebook.instruments[shown[1]]
        if shows == MEASURE:
            chosen = column.id == MEASURE
            cell = partial(_score_cell, instrument, line=chosen)
            width = _SCORE_WITH_LINE if chosen else _SCORE
        elif shows in _MEASURE_CELLS:
            cell = partial(_MEASURE_CELLS[shows], instrument)
    return Column(
        id=column.id,
        title=column.title,
        means=column.means,
        text=column.text,
        sort=column.sort,
        spoken=_patient_spoken if column.id == FIRST_COLUMN else column.spoken,
        tip=_TIPS.get(column.id, column.spoken or column.text),
        cell=cell,
        numeric=column.id in _NUMERIC or bool(shown and shown[0] == PERCENT),
        width=width,
        dated=column.order is Order.DATE,
    )


def _patient_tip(row: CaseloadRow) -> str:
    return "\n".join((row.facts.patient.name, *(flag.words for flag in _flags(row))))


def _step_tip(row: CaseloadRow) -> str:
    name = row.rulebook.pathway.step(row.facts.step).name
    return "\n".join((name, *(each.suggestion.sentence for each in _long(row))))


def _due_tip(row: CaseloadRow) -> str:
    return "\n".join(f"{DUE_WORDS[due.kind]}: {due.why}" for due in row.due_now)


def _patient_spoken(row: CaseloadRow) -> str:
    patient = row.facts.patient
    number = fmt_nhs_number(patient.nhs_number) if patient.nhs_number else ""
    return ". ".join((f"{patient.name} {number}".strip(), *(flag.words for flag in _flags(row))))


def _patient_cell(row: CaseloadRow) -> NameCell:
    patient = row.facts.patient
    number = fmt_nhs_number(patient.nhs_number) if patient.nhs_number else "NHS No. Not Known"
    return NameCell(fmt_name(patient.surname, patient.given_name), number, _flags(row))


def _flags(row: CaseloadRow) -> tuple[Flag, ...]:
    found = []
    if row.facts.open_safety_prompts:
        found.append(Flag("message", Tone.NEUTRAL, "Safety conversation to close"))
    if row.facts.open_ladder is not None:
        found.append(Flag("not-attended", Tone.ATTENTION, "Not attended, not reached yet"))
    if row.facts.supervision_requested_on is not None:
        found.append(Flag("supervision", Tone.ACCENT, "To be discussed in supervision"))
    return tuple(found)


def _step_cell(row: CaseloadRow) -> NameCell:
    facts = row.facts
    if facts.phase in WAITING:
        return _quiet("Waiting", fmt_lasting(facts.referral_received_on, row.today))
    since = fmt_lasting(facts.step_since, row.today).removeprefix("since ")
    if long := _long(row):  # a mark takes the room of three letters
        return NameCell(f"Step {facts.step}", since.replace("weeks", "wks"), _long_flags(long), strong=False)
    return _quiet(f"Step {facts.step}", since)


def _long(row: CaseloadRow) -> tuple[LongCare, ...]:
    return long_care(row.facts, row.rulebook, today=row.today)


def _long_flags(found: Sequence[LongCare]) -> tuple[Flag, ...]:
    """Mark what is longest: there is room for one."""
    if not found:
        return ()
    very = any(each.very for each in found)
    words = "; ".join(each.words for each in found)
    return (Flag("warning" if very else "clock", Tone.DANGER if very else Tone.ATTENTION, words),)


def _weeks_treated_cell(row: CaseloadRow) -> NameCell | None:
    long = long_in_treatment(row.facts, row.rulebook.caseload, today=row.today)
    if long is None:
        return None
    months = row.rulebook.caseload.long_treatment_months
    return NameCell(str(weeks_treated(row)), f"{months} months or more", _long_flags([long]), strong=False)


def _due_cell(row: CaseloadRow) -> NameCell:
    due = row.next_due
    if due is None:
        phase = row.facts.phase
        return _quiet("Nothing due", _NOT_BEGUN.get(phase, PHASE_WORDS[phase]))
    if (beside := row.late_beside) is not None:
        late_words = due_act(beside.kind).short  # with its days it is cut off: the clock says that it is late
        marked = (Flag("clock", due_tone(beside, row.today), f"{late_words}, {beside.when(row.today)}"),)
        return NameCell(due_act(due.kind).short, late_words, marked, strong=False)
    late = due.is_overdue(row.today)
    flags = (Flag("clock", due_tone(due, row.today), "Overdue"),) if late else ()
    when = due.when(row.today)
    return NameCell(f"{when[0].upper()}{when[1:]}", due_act(due.kind).short, flags, strong=late)


def _follow_up_cell(row: CaseloadRow) -> NameCell:
    due = answers.follow_up(row)
    return _quiet(fmt_date(due.due_on), due.when(row.today)) if due else _quiet("", "")


def _last_contact_cell(row: CaseloadRow) -> NameCell:
    contact = answers.last_contact(row.facts)
    if contact is None or contact.status is None:
        return _quiet(NEVER, "")
    return _quiet(fmt_date(contact.on), contact.status.label)


def _goals_cell(row: CaseloadRow) -> NameCell:
    goals = answers.goals_so_far(row.facts)
    if not goals.total:
        return _quiet("", "")
    now = ", ".join(_NEITHER_WAY if last is None else str(last) for _first, last in goals.open)
    return _quiet(f"{goals.reached} of {goals.total} reached", f"now {now} of 10" if now else "")


def _ago(day: date | None, today: date) -> NameCell:
    if day is None:
        return _quiet(NEVER, "")
    return _quiet(fmt_date(day), "today" if day == today else f"{fmt_days((today - day).days)} ago")


def _ahead(day: date | None, today: date) -> NameCell:
    if day is None:
        return _quiet("", "")
    return _quiet(fmt_date(day), "today" if day == today else f"in {fmt_days((day - today).days)}")


def _quiet(first: str, second: str) -> NameCell:
    return NameCell(first, second, strong=False)


def _letter_cell(row: CaseloadRow) -> NameCell:
    letter = answers.last_gp_letter(row.facts)
    return _ago(letter.issued_on if letter else None, row.today)


def _first_seen_cell(row: CaseloadRow) -> NameCell:
    return _ago(next((each.on for each in row.facts.attended), None), row.today)


_CELLS: dict[str, Callable[[CaseloadRow], object]] = {
    FIRST_COLUMN: _patient_cell,
    "practice": lambda row: WrappedCell(row.facts.patient.gp_practice_name),
    "flags": lambda row: WrappedCell(offered.flags_text(row)),
    "step": _step_cell,
    "phase": lambda row: _quiet(*offered.phase_lines(row)),
    "holder": lambda row: WrappedCell(row.facts.holder or ""),
    "due": _due_cell,
    "follow_up": _follow_up_cell,
    "last_seen": lambda row: _ago(row.last_seen, row.today),
    "last_contact": _last_contact_cell,
    "next_booked": lambda row: _ahead(row.next_booked, row.today),
    "first_seen": _first_seen_cell,
    "weeks_treated": _weeks_treated_cell,
    "case_review": lambda row: _ago(row.last_discussed, row.today),
    "goals": _goals_cell,
    "gp_letter": _letter_cell,
    "source": lambda row: WrappedCell(row.facts.referral_source.label),
    "referred": lambda row: _ago(row.facts.referral_received_on, row.today),
}
_TIPS: dict[str, Callable[[CaseloadRow], str]] = {
    FIRST_COLUMN: _patient_tip,
    "step": _step_tip,
    "due": _due_tip,
    "holder": lambda row: row.facts.holder or "Nobody holds this patient",
    "case_review": lambda row: "\n".join(reason.why for reason in row.agenda),
}


def _taken_cell(instrument: Instrument, row: CaseloadRow) -> NameCell:
    score = score_of(instrument, row)
    return _ago(score.latest_on, row.today) if score else _quiet("", "")


_MEASURE_CELLS: dict[str, Callable[[Instrument, CaseloadRow], object]] = {
    FIRST: lambda instrument, row: _quiet(*first_lines(instrument, row)),
    CHANGE: lambda instrument, row: _quiet(*change_lines(instrument, row)),
    TAKEN_ON: _taken_cell,
}


def _score_cell(instrument: Instrument, row: CaseloadRow, *, line: bool) -> ScoreCell | NameCell | None:
    """Return the latest score, or that the latest form has none: an earlier one is no score of its day."""
    score = score_of(instrument, row)
    if score is None:
        return None
    if score.total is None:
        first, _, blanks = score.latest.partition(" (")
        return _quiet(first, blanks.removesuffix(")"))
    past = score.history[-_SPARKLINE_POINTS:] if line else ()
    better = {Reliable.IMPROVEMENT: True, Reliable.DETERIORATION: False}
    return ScoreCell(
        value=score.total,
        prorated=score.newest.prorated,
        change=score.moved,
        better=None if score.reliable is None else better.get(score.reliable),
        history=tuple(_share(instrument, compared(instrument, total)) for total in past),
        cut_off=None if instrument.caseness is None else _share(instrument, instrument.caseness),
    )


def _share(instrument: Instrument, value: Number) -> float:
    """Return how far up its scale a value lies, from 0 to 1."""
    return float(value - instrument.total_min) / (instrument.total_max - instrument.total_min)
