"""Every column the caseload can show, in the order in which they are offered.

The grid, its export and the sentence that says how rows are sorted all read these, so that a cell says the
same everywhere. Adding a column is one entry here, and one in the drawing of the grid where it has two lines.
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from collabcare.domain import caseload_answers as answers
from collabcare.domain.caseload_column import CaseloadColumn, Order, dated, joined
from collabcare.domain.caseload_contact_columns import contact_columns
from collabcare.domain.caseload_score_columns import score_columns
from collabcare.domain.display import (
    fmt_count,
    fmt_date,
    fmt_date_long,
    fmt_lasting,
    spoken_dates,
)
from collabcare.domain.due_kinds import DUE_WORDS
from collabcare.domain.episode import PHASE_WORDS, WAITING
from collabcare.domain.flags import FLAG_ORDER, flag_words
from collabcare.domain.follow_up import FOLLOW_UP_WORDS, FollowUp, follow_up_of
from collabcare.domain.long_care import long_in_step
from collabcare.domain.nhs_number import fmt_nhs_number
from collabcare.domain.searching import fold

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.caseload import CaseloadRow
    from collabcare.domain.caseload_column import Lines
    from collabcare.domain.due_kinds import Due
    from collabcare.domain.rulebook import Rulebook

_WEEK = 7


def caseload_columns(rulebook: Rulebook, measure: str | None = None) -> tuple[CaseloadColumn, ...]:
    """Return every column there is; ``measure`` is the questionnaire chosen, left out the leading one.

    A questionnaire nobody knows any more counts as left out.
    """
    leading = rulebook.pathway.measures
    chosen = measure if measure in rulebook.instruments else leading[0]
    others = (rulebook.instruments[each] for each in leading if each != chosen)
    return (
        *_who(),
        *_where(rulebook),
        *_due(),
        *contact_columns(),
        dated(
            "case_review",
            "Supervision",
            "When the case was last discussed in supervision.",
            _discussed,
            "Never discussed",
        ),
        *score_columns(rulebook.instruments[chosen], chosen=True),
        *(column for each in others for column in score_columns(each, chosen=False)),
        *_progress(),
        *_referral(),
    )


def _who() -> tuple[CaseloadColumn, ...]:
    return (
        CaseloadColumn(
            id="patient",
            title="Patient",
            means="The name over the NHS number, with what stands out.",
            text=_patient,
            sort=lambda row: row.facts.patient.name_order,
        ),
        CaseloadColumn(
            id="flags",
            title="Flags",
            means="Everything that stands out, a safety conversation to close first.",
            text=flags_text,
            sort=lambda row: min((FLAG_ORDER.index(kind) for kind in row.flag_kinds), default=None),
            order=Order.NUMBER,
        ),
        CaseloadColumn(
            id="born",
            title="Born",
            means="The date of birth.",
            text=lambda row: fmt_date(row.facts.patient.birth_date),
            sort=lambda row: row.facts.patient.birth_date,
            spoken=lambda row: fmt_date_long(row.facts.patient.birth_date),
            order=Order.DATE,
        ),
        CaseloadColumn(
            id="practice",
            title="Practice",
            means="The GP practice.",
            text=lambda row: row.facts.patient.gp_practice_name,
        ),
    )


def _where(rulebook: Rulebook) -> tuple[CaseloadColumn, ...]:
    return (
        CaseloadColumn(
            id="step",
            title="Step",
            means="The step of care and the time in it, or waited so far. A mark says that it is long.",
            text=lambda row: _step(row, rulebook),
            sort=_step_order,
            order=Order.NUMBER,
        ),
        CaseloadColumn(
            id="phase",
            title="Status",
            means="Where the episode of care stands, and since when.",
            text=lambda row: joined(phase_lines(row)),
            sort=lambda row: fold(PHASE_WORDS[row.facts.phase]),
        ),
        CaseloadColumn(
            id="holder",
            title="Held by",
            means="Who holds the patient.",
            text=lambda row: row.facts.holder or "",
            spoken=lambda row: row.facts.holder or "Nobody",
        ),
    )


def _due() -> tuple[CaseloadColumn, ...]:
    return (
        CaseloadColumn(
            id="due",
            title="Due",
            means="The most pressing thing to do, and when it is or was due.",
            text=due_text,
            sort=lambda row: row.next_due.due_on if row.next_due else None,
            spoken=_due_spoken,
            order=Order.DATE,
        ),
        CaseloadColumn(
            id="follow_up",
            title="Follow-up due",
            means="When the next contact is due.",
            text=_follow_up,
            sort=lambda row: due.due_on if (due := answers.follow_up(row)) else None,
            spoken=lambda row: spoken_dates(_follow_up(row)) or "No follow-up due",
            order=Order.DATE,
        ),
        CaseloadColumn(
            id="follow_up_agreed",
            title="Follow-up agreed",
            means="How often it was agreed to see them; blank where the service model's contact plan holds.",
            text=_follow_up_agreed,
            sort=_follow_up_weeks,
            spoken=lambda row: FOLLOW_UP_WORDS[follow_up_of(row.facts.follow_up_weeks)],
            order=Order.NUMBER,
        ),
    )


def _progress() -> tuple[CaseloadColumn, ...]:
    return (
        CaseloadColumn(
            id="goals",
            title="Goals",
            means="How many goals are reached, and how close the patient feels to those still open, 0 to 10.",
            text=_goals,
            sort=lambda row: answers.goals_so_far(row.facts).closeness,
            order=Order.NUMBER,
        ),
        dated(
            "gp_letter",
            "GP letter",
            "When a letter to the GP was last issued.",
            _gp_letter_on,
            "No letter to the GP yet",
        ),
        CaseloadColumn(
            id="missing",
            title="Missing",
            means="What the record lacks once somebody has been seen: a score, a plan, a letter to the GP.",
            text=lambda row: _capital(", ".join(answers.missing_parts(row))),
        ),
    )


def _referral() -> tuple[CaseloadColumn, ...]:
    return (
        CaseloadColumn(
            id="source",
            title="Referred by",
            means="Where the referral came from.",
            text=lambda row: row.facts.referral_source.label,
        ),
        CaseloadColumn(
            id="referred",
            title="Referred",
            means="When the referral was received, and how long the patient has been with us.",
            text=lambda row: fmt_date(row.facts.referral_received_on),
            sort=lambda row: row.facts.referral_received_on,
            spoken=lambda row: (
                f"{fmt_date_long(row.facts.referral_received_on)}, "
                f"{fmt_lasting(row.facts.referral_received_on, row.today)}"
            ),
            order=Order.DATE,
        ),
        CaseloadColumn(
            id="weeks",
            title="Weeks with us",
            means="Whole weeks since the referral was received.",
            text=lambda row: str(_weeks(row)),
            sort=_weeks,
            order=Order.NUMBER,
        ),
    )


def flags_text(row: CaseloadRow) -> str:
    """Name everything that stands out, each once, in the order in which flags are shown."""
    found = zip(row.flag_kinds, row.flag_measures, strict=True)
    return "; ".join(flag_words(kind, measure) for kind, measure in dict.fromkeys(found))


def phase_lines(row: CaseloadRow) -> Lines:
    """Say where the episode stands, and on the second line the rest of it and how long."""
    first, _, rest = PHASE_WORDS[row.facts.phase].partition(", ")
    since = fmt_lasting(row.facts.phase_since, row.today)
    return (first, f"{rest}, {since}" if rest else since)


def due_text(row: CaseloadRow) -> str:
    """Say the most pressing thing to do and when, and beside it what is late, wherever a row is said.

    "Overdue" stands in it for just those whom the view of that name shows.
    """
    named = (row.next_due, row.late_beside)
    return "; ".join(due_words(due, row.today) for due in named if due is not None)


def due_words(due: Due, today: date) -> str:
    """Say one thing due and when: ``Contact due, 7 days overdue``."""
    return f"{DUE_WORDS[due.kind]}, {due.when(today)}"


def _due_spoken(row: CaseloadRow) -> str:
    due = row.next_due
    return spoken_dates(f"{due_text(row)}. {due.why}") if due else "Nothing due"


def _discussed(row: CaseloadRow) -> date | None:
    return row.last_discussed


def _gp_letter_on(row: CaseloadRow) -> date | None:
    letter = answers.last_gp_letter(row.facts)
    return letter.issued_on if letter else None


def _weeks(row: CaseloadRow) -> int:
    return max((row.today - row.facts.referral_received_on).days, 0) // _WEEK


def _patient(row: CaseloadRow) -> str:
    patient = row.facts.patient
    number = patient.nhs_number
    return f"{patient.name} {fmt_nhs_number(number) if number else ''}".strip()


def _step(row: CaseloadRow, rulebook: Rulebook) -> str:
    facts = row.facts
    if facts.phase in WAITING:
        return f"Waiting {fmt_lasting(facts.referral_received_on, row.today)}"
    step = rulebook.pathway.step(facts.step)
    lasting = f"{step.number} of {len(rulebook.pathway.steps)}, {fmt_lasting(facts.step_since, row.today)}"
    long = long_in_step(facts, rulebook.pathway, today=row.today)
    return f"{lasting}, {long.words}" if long else lasting


def _step_order(row: CaseloadRow) -> tuple[int, int]:
    waiting = row.facts.phase in WAITING
    since = row.facts.referral_received_on if waiting else row.facts.step_since
    return (0 if waiting else row.facts.step, -(row.today - since).days)


def _follow_up(row: CaseloadRow) -> str:
    due = answers.follow_up(row)
    return f"{fmt_date(due.due_on)}, {due.when(row.today)}" if due else ""


def _follow_up_agreed(row: CaseloadRow) -> str:
    agreed = follow_up_of(row.facts.follow_up_weeks)
    return "" if agreed is FollowUp.PLAN else FOLLOW_UP_WORDS[agreed]


def _follow_up_weeks(row: CaseloadRow) -> float | None:
    """Return after how many weeks they are to be seen; as needed comes after every number of them."""
    weeks = row.facts.follow_up_weeks
    return inf if weeks == FollowUp.AS_NEEDED.weeks else weeks


def _goals(row: CaseloadRow) -> str:
    goals = answers.goals_so_far(row.facts)
    if not goals.total:
        return ""
    reached = f"{goals.reached} of {fmt_count(goals.total, 'goal')} reached"
    now = ", ".join("–" if last is None else str(last) for _first, last in goals.open)
    return f"{reached}; now {now} of 10" if now else reached


def _capital(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"
