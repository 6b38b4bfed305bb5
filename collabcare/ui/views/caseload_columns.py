"""The columns of the caseload: adding one is one entry here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.display import (
    fmt_change,
    fmt_date,
    fmt_date_long,
    fmt_days,
    fmt_lasting,
    fmt_name,
    spoken_dates,
)
from collabcare.domain.due_kinds import DUE_WORDS
from collabcare.domain.episode import PHASE_WORDS, WAITING
from collabcare.domain.instruments import compared
from collabcare.domain.nhs_number import fmt_nhs_number
from collabcare.domain.outcomes import Reliable
from collabcare.ui.models.rows import Column
from collabcare.ui.views.due_acts import due_act, due_tone
from collabcare.ui.widgets.look import Tone
from collabcare.ui.widgets.name_delegate import Flag, NameCell
from collabcare.ui.widgets.score_delegate import ScoreCell

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.caseload import CaseloadRow
    from collabcare.domain.instruments import Instrument
    from collabcare.domain.rulebook import Rulebook
    from collabcare.domain.tally import Number

_NEVER = "Never"
_SPARKLINE_POINTS = 12
TWO_LINES = ("Patient", "Step", "Due", "Last seen", "Next booked", "Supervision")
"""The columns painted in two lines."""
GROWING = {"Patient": 0.6, "Practice": 0.4}
"""Which columns take the room to spare, and how much of it each."""
LEAVING = ("Practice", "DNAs", "GAD-7", "Next booked", "Supervision", "Held by", "Step", "Last seen")
"""Which columns go first where there is no room; a preview shows all of it."""


def caseload_columns(rulebook: Rulebook) -> tuple[Column[CaseloadRow], ...]:
    """Return the columns, left to right; the scores follow the questionnaires of the service model."""
    first, *others = [rulebook.instruments[each] for each in rulebook.pathway.measures]
    return (
        _patient(),
        _practice(),
        _step(rulebook),
        _held_by(),
        _due(),
        _last_seen(),
        _next_booked(),
        _score_column(first, line=True, width=108),
        *(_score_column(instrument, line=False, width=76) for instrument in others),
        _dnas(),
        _supervision(),
    )


def also_searched(row: CaseloadRow) -> str:
    """Return what a search of the caseload finds besides what its cells say."""
    patient = row.facts.patient
    return f"{patient.nhs_number or ''} {patient.preferred_name or ''}"


def _patient() -> Column[CaseloadRow]:
    return Column(
        title="Patient",
        text=_patient_text,
        sort=lambda row: row.facts.patient.name.casefold(),
        spoken=_patient_spoken,
        tip=lambda row: "\n".join((row.facts.patient.name, *(flag.words for flag in _flags(row)))),
        cell=_patient_cell,
        width=172,
    )


def _practice() -> Column[CaseloadRow]:
    return Column(
        title="Practice",
        text=lambda row: row.facts.patient.gp_practice_name,
        tip=lambda row: row.facts.patient.gp_practice_name,
        width=100,
    )


def _step(rulebook: Rulebook) -> Column[CaseloadRow]:
    return Column(
        title="Step",
        text=lambda row: _step_text(row, rulebook),
        sort=_step_sort,
        tip=lambda row: rulebook.pathway.step(row.facts.step).name,
        cell=_step_cell,
        width=72,
    )


def _held_by() -> Column[CaseloadRow]:
    return Column(
        title="Held by",
        text=lambda row: row.facts.holder or "",
        spoken=lambda row: row.facts.holder or "Nobody",
        tip=lambda row: row.facts.holder or "Nobody holds this patient",
        width=84,
    )


def _due() -> Column[CaseloadRow]:
    return Column(
        title="Due",
        text=_due_text,
        sort=lambda row: row.next_due.due_on if row.next_due else None,
        spoken=lambda row: spoken_dates(_due_spoken(row)),
        tip=lambda row: "\n".join(f"{DUE_WORDS[due.kind]}: {due.why}" for due in row.due_now),
        cell=_due_cell,
        width=152,
    )


def _last_seen() -> Column[CaseloadRow]:
    return Column(
        title="Last seen",
        text=lambda row: fmt_date(row.last_seen) if row.last_seen else _NEVER,
        sort=lambda row: row.last_seen,
        spoken=lambda row: fmt_date_long(row.last_seen) if row.last_seen else _NEVER,
        cell=lambda row: _ago(row.last_seen, row.today),
        width=104,
    )


def _next_booked() -> Column[CaseloadRow]:
    return Column(
        title="Next booked",
        text=lambda row: fmt_date(row.next_booked) if row.next_booked else "",
        sort=lambda row: row.next_booked,
        spoken=lambda row: fmt_date_long(row.next_booked) if row.next_booked else "Nothing booked",
        cell=lambda row: _ahead(row.next_booked, row.today),
        width=104,
    )


def _dnas() -> Column[CaseloadRow]:
    return Column(
        title="DNAs",
        text=lambda row: str(row.dna_count),
        sort=lambda row: row.dna_count,
        tip=lambda _row: "Appointments not attended in this episode of care",
        numeric=True,
        width=56,
    )


def _supervision() -> Column[CaseloadRow]:
    return Column(
        title="Supervision",
        text=lambda row: fmt_date(row.last_discussed) if row.last_discussed else _NEVER,
        sort=lambda row: row.last_discussed,
        spoken=lambda row: fmt_date_long(row.last_discussed) if row.last_discussed else "Never discussed",
        tip=lambda row: "\n".join(reason.why for reason in row.agenda),
        cell=lambda row: _ago(row.last_discussed, row.today),
        width=104,
    )


def _patient_text(row: CaseloadRow) -> str:
    patient = row.facts.patient
    number = patient.nhs_number
    return f"{patient.name} {fmt_nhs_number(number) if number else ''}".strip()


def _patient_spoken(row: CaseloadRow) -> str:
    return ". ".join((_patient_text(row), *(flag.words for flag in _flags(row))))


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


def _step_text(row: CaseloadRow, rulebook: Rulebook) -> str:
    facts = row.facts
    if facts.phase in WAITING:
        return f"Waiting {fmt_lasting(facts.referral_received_on, row.today)}"
    step = rulebook.pathway.step(facts.step)
    return f"{step.number} of {len(rulebook.pathway.steps)}, {fmt_lasting(facts.step_since, row.today)}"


def _step_cell(row: CaseloadRow) -> NameCell:
    facts = row.facts
    if facts.phase in WAITING:
        return NameCell("Waiting", fmt_lasting(facts.referral_received_on, row.today), strong=False)
    return NameCell(f"Step {facts.step}", fmt_lasting(facts.step_since, row.today), strong=False)


def _step_sort(row: CaseloadRow) -> tuple[int, int]:
    waiting = row.facts.phase in WAITING
    since = row.facts.referral_received_on if waiting else row.facts.step_since
    return (0 if waiting else row.facts.step, -(row.today - since).days)


def _due_text(row: CaseloadRow) -> str:
    due = row.next_due
    return f"{DUE_WORDS[due.kind]}, {due.when(row.today)}" if due else ""


def _due_spoken(row: CaseloadRow) -> str:
    due = row.next_due
    return f"{_due_text(row)}. {due.why}" if due else "Nothing due"


def _due_cell(row: CaseloadRow) -> NameCell:
    due = row.next_due
    if due is None:
        return NameCell("Nothing due", PHASE_WORDS[row.facts.phase], strong=False)
    late = due.is_overdue(row.today)
    flags = (Flag("clock", due_tone(due, row.today), "Overdue"),) if late else ()
    when = due.when(row.today)
    return NameCell(f"{when[0].upper()}{when[1:]}", due_act(due.kind).short, flags, strong=late)


def _ago(day: date | None, today: date) -> NameCell:
    if day is None:
        return NameCell(_NEVER, "", strong=False)
    ago = "today" if day == today else f"{fmt_days((today - day).days)} ago"
    return NameCell(fmt_date(day), ago, strong=False)


def _ahead(day: date | None, today: date) -> NameCell:
    if day is None:
        return NameCell("", "", strong=False)
    return NameCell(
        fmt_date(day), "today" if day == today else f"in {fmt_days((day - today).days)}", strong=False
    )


def _score_column(instrument: Instrument, *, line: bool, width: int) -> Column[CaseloadRow]:
    points = _SPARKLINE_POINTS if line else 0

    def cell(row: CaseloadRow) -> ScoreCell | None:
        score = row.scores.get(instrument.id)
        if score is None or not score.history:
            return None
        past = score.history[-points:] if points else ()
        better = {Reliable.IMPROVEMENT: True, Reliable.DETERIORATION: False}
        return ScoreCell(
            value=score.history[-1],
            change=score.moved,
            better=None if score.reliable is None else better.get(score.reliable),
            history=tuple(_share(instrument, compared(instrument, total)) for total in past),
            cut_off=None if instrument.caseness is None else _share(instrument, instrument.caseness),
        )

    def text(row: CaseloadRow) -> str:
        score = row.scores.get(instrument.id)
        return score.latest if score else ""

    def total(row: CaseloadRow) -> Number | None:
        score = row.scores.get(instrument.id)
        return score.history[-1] if score and score.history else None

    def spoken(row: CaseloadRow) -> str:
        score = row.scores.get(instrument.id)
        if score is None:
            return f"No {instrument.name} score"
        words = f"{instrument.name} {score.latest} on {fmt_date_long(score.latest_on)}"
        if score.moved is None or not score.history:
            return words
        return f"{words}, {fmt_change(score.moved)} since the first"

    return Column(
        title=instrument.name, text=text, sort=total, spoken=spoken, tip=spoken, cell=cell, width=width
    )


def _share(instrument: Instrument, value: Number) -> float:
    """Return how far up its scale a value lies, from 0 to 1."""
    return float(value - instrument.total_min) / (instrument.total_max - instrument.total_min)
