"""The reminders to make today on paper and as a spreadsheet: a call list and a list to write to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.documents.csv_text import csv_sheet
from collabcare.documents.tabled import Stamp, TabledPage, TabledPart, tabled_pdf
from collabcare.domain.counting import counted, uncounted
from collabcare.domain.display import fmt_count, fmt_date, fmt_days
from collabcare.domain.reengagement import Channel
from collabcare.domain.reminder_lists import BY_WORDS, RemindBy

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from collabcare.domain.counting import Counting
    from collabcare.domain.reminder_lists import ReminderLine

    Value = str | int | float | None
    Record = dict[str, Value]

TITLE = "Reminders to make"
REMINDER_KEYS = (
    *("by", "episode_id", "nhs_number", "surname", "given_name", "telephone", "appointment_on"),
    *("appointment_at", "mechanism", "days_before", "due_on", "how", "holder"),
)
"""The documented keys of one reminder."""
_ABOUT = {
    RemindBy.RING: "By the day of the appointment.",
    RemindBy.WRITE: "They prefer it, have no telephone, or are not to be rung.",
    RemindBy.ASK: "Nobody is left out: ask them, when they are next seen, how they may be reminded.",
}
_NO_NUMBER = "No telephone recorded"


def reminders_pdf(
    lines: Sequence[ReminderLine], whose: str, stamp: Stamp, counting: Counting = uncounted
) -> bytes:
    """Draw the lists, with room to tick off and write what came of each.

    Raises:
        RuleViolation: When a character has no print.
        Cancelled: When the user has stopped it.
    """
    page = TabledPage(
        title=f"{TITLE}: {stamp.service}",
        stamp=stamp,
        about=(_heading(lines, whose, stamp.day), _cancel_words(lines)),
        parts=tuple(_part(by, [line for line in lines if line.by is by]) for by in RemindBy),
        foot=f"{stamp.service}. {TITLE}, {fmt_date(stamp.day)}. Confidential: destroy after use.",
    )
    return tabled_pdf(page, counting)


def reminders_csv(
    lines: Sequence[ReminderLine], whose: str, stamp: Stamp, counting: Counting = uncounted
) -> bytes:
    """Write the lists, one reminder to a line."""
    demo = " (demo)" if stamp.is_demo else ""
    about = f"{TITLE}. {stamp.service}{demo}. {_heading(lines, whose, stamp.day)} {stamp.words}"
    records = counted(reminder_records(lines), counting)
    rows = [tuple(record[key] for key in REMINDER_KEYS) for record in records]
    return csv_sheet(f"{about} Confidential: delete after use.", REMINDER_KEYS, rows)


def reminder_records(lines: Sequence[ReminderLine]) -> list[Record]:
    """Return the reminders under the documented keys, in the order of the screen."""
    return [_record(line) for line in lines]


def reminders_file_name(kind: str, day: date) -> str:
    """Return a name for the file that says nothing of a patient: ``reminders-2026-11-25.pdf``."""
    return f"reminders-{day.isoformat()}.{kind}"


def _heading(lines: Sequence[ReminderLine], whose: str, day: date) -> str:
    count = fmt_count(len(lines), "reminder")
    return f"{whose}. Data as at {fmt_date(day, weekday=True)}. {count}. Nothing is sent by the program."


def _cancel_words(lines: Sequence[ReminderLine]) -> str:
    return lines[0].row.rulebook.reengagement.reminders.cancel_words if lines else ""


def _part(by: RemindBy, lines: Sequence[ReminderLine]) -> TabledPart:
    return TabledPart(
        title=f"{BY_WORDS[by]} ({len(lines)})",
        about=_ABOUT[by],
        headings=(
            "Patient",
            "Appointment",
            "Reminder",
            "How to reach them safely",
            "Made, and what came of it",
        ),
        rows=tuple(_row(line) for line in lines),
        shares=(3.2, 2.8, 1.5, 6.0, 3.4),
    )


def _row(line: ReminderLine) -> tuple[str, ...]:
    patient = line.facts.patient
    number = patient.number_to_ring or _NO_NUMBER
    written_to = "\n".join(filter(None, (line.number, _address(line))))
    reach = number if line.by is RemindBy.RING else written_to
    before = fmt_days(line.reminder.days_before)
    return (f"{patient.name}\n{reach}", line.when, f"{before} before", "\n".join(line.how), "")


def _address(line: ReminderLine) -> str:
    """Return where a letter goes, and nothing of an address that must not be written to."""
    if Channel.LETTER not in {channel for channel, _outcome in line.outcomes}:
        return ""
    patient = line.facts.patient
    return "\n".join([*patient.address, patient.postcode or ""]).strip()


def _record(line: ReminderLine) -> Record:
    patient, contact = line.facts.patient, line.reminder.contact
    return {
        "by": line.by.value,
        "episode_id": line.facts.episode_id,
        "nhs_number": patient.nhs_number,
        "surname": patient.surname,
        "given_name": patient.given_name,
        "telephone": line.number or None,
        "appointment_on": contact.on.isoformat(),
        "appointment_at": contact.at.isoformat("minutes") if contact.at else None,
        "mechanism": contact.mechanism.value,
        "days_before": line.reminder.days_before,
        "due_on": line.reminder.due_on.isoformat(),
        "how": " ".join(line.how),
        "holder": line.facts.holder,
    }
