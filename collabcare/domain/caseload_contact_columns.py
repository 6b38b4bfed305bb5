"""The columns of the caseload about contacts: when, how often, and for how long."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain import caseload_answers as answers
from collabcare.domain.caseload_column import NEVER, CaseloadColumn, Order, dated
from collabcare.domain.display import fmt_date, fmt_date_long, spoken_dates
from collabcare.domain.long_care import long_in_treatment
from collabcare.domain.sought_label import days_sought, sought_label

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.caseload import CaseloadRow

_WEEK = 7


def contact_columns() -> tuple[CaseloadColumn, ...]:
    """Return the columns about contacts, in the order in which they are offered."""
    return (*_when(), *_how_often())


def _when() -> tuple[CaseloadColumn, ...]:
    return (
        dated(
            "last_seen", "Last seen", "The last contact at which the patient was seen or spoken to.", _seen
        ),
        CaseloadColumn(
            id="days_since",
            title="Days since contact",
            means="Days since the patient was last seen, or spoken to when we tried to reach them.",
            text=_days_since,
            sort=answers.days_since_reached,
            order=Order.NUMBER,
        ),
        CaseloadColumn(
            id="last_contact",
            title="Last contact",
            means="The last contact with an outcome, whatever came of it.",
            text=_last_contact,
            sort=lambda row: contact.on if (contact := answers.last_contact(row.facts)) else None,
            spoken=lambda row: spoken_dates(_last_contact(row)),
            order=Order.DATE,
        ),
        CaseloadColumn(
            id="next_booked",
            title="Next booked",
            means="The next appointment.",
            text=lambda row: fmt_date(row.next_booked) if row.next_booked else "",
            sort=lambda row: row.next_booked,
            spoken=lambda row: fmt_date_long(row.next_booked) if row.next_booked else "Nothing booked",
            order=Order.DATE,
        ),
        dated("first_seen", "First seen", "The first contact attended in this episode.", _first_seen),
    )


def _how_often() -> tuple[CaseloadColumn, ...]:
    return (
        CaseloadColumn(
            id="sessions",
            title="Sessions",
            means="Contacts attended in this episode.",
            text=lambda row: str(len(row.facts.attended)),
            sort=lambda row: len(row.facts.attended),
            order=Order.NUMBER,
        ),
        CaseloadColumn(
            id="sought",
            title="Being sought",
            means="For how long somebody who did not attend has been sought, and what they promised.",
            text=_sought,
            sort=lambda row: days_sought(row.facts, today=row.today),
            spoken=lambda row: spoken_dates(_sought(row)) or "Nobody is looking for them",
            order=Order.NUMBER,
        ),
        CaseloadColumn(
            id="weeks_treated",
            title="Weeks in treatment",
            means="Whole weeks from the first contact attended to the last, and one. A mark says it is long.",
            text=_weeks_treated_text,
            sort=weeks_treated,
            spoken=_weeks_treated_spoken,
            order=Order.NUMBER,
        ),
        CaseloadColumn(
            id="dnas",
            title="DNAs",
            means="Appointments not attended in this episode of care.",
            text=lambda row: str(row.dna_count),
            sort=lambda row: row.dna_count,
            order=Order.NUMBER,
        ),
    )


def _seen(row: CaseloadRow) -> date | None:
    return row.last_seen


def _first_seen(row: CaseloadRow) -> date | None:
    return next((each.on for each in row.facts.attended), None)


def weeks_treated(row: CaseloadRow) -> int | None:
    """Return the weeks from the first session to the last, both counted; None before anybody was seen."""
    attended = row.facts.attended
    return (attended[-1].on - attended[0].on).days // _WEEK + 1 if attended else None


def _weeks_treated_text(row: CaseloadRow) -> str:
    weeks = weeks_treated(row)
    return "" if weeks is None else str(weeks)


def _weeks_treated_spoken(row: CaseloadRow) -> str:
    long = long_in_treatment(row.facts, row.rulebook.caseload, today=row.today)
    text = _weeks_treated_text(row)
    return f"{text}, {long.words}" if long else text


def _sought(row: CaseloadRow) -> str:
    return sought_label(row.facts, row.rulebook.reengagement, today=row.today)


def _days_since(row: CaseloadRow) -> str:
    days = answers.days_since_reached(row)
    return "" if days is None else str(days)


def _last_contact(row: CaseloadRow) -> str:
    contact = answers.last_contact(row.facts)
    if contact is None or contact.status is None:
        return NEVER
    return f"{fmt_date(contact.on)}, {contact.status.label}"
