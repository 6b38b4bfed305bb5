"""The commands about reaching people: the report on the caseload, and the reminders of a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.cli.commands import desk_of, say, say_records
from collabcare.cli.lists import text_table
from collabcare.documents.loop_pages import NUMBER_KEYS, SOUGHT_KEYS, loop_records, sought_records
from collabcare.documents.reminder_pages import REMINDER_KEYS, reminder_records
from collabcare.domain.display import fmt_count, fmt_days
from collabcare.domain.loop_report import LoopAsked
from collabcare.domain.loop_tables import cell_words, measure_tables, sought_table
from collabcare.domain.periods import LastWhile, Period, last_while, refuse_period
from collabcare.domain.reminder_lists import BY_WORDS, RemindBy, reminders_today

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence
    from datetime import date

    from collabcare.domain.loop_report import LoopReport
    from collabcare.domain.loop_table import LoopTable
    from collabcare.domain.reminder_lists import ReminderLine


def loop(args: Namespace) -> None:
    """Print the report on the caseload, or who is still being sought."""
    from collabcare.queries.caseload import caseload
    from collabcare.queries.caseload_report import read_caseload_report
    from collabcare.queries.ended import listed, owed_a_summary

    with desk_of(args) as desk:
        period = _period(args, desk.today)
        only = desk.acting if args.mine else None
        with desk.reading() as session:
            ended = owed_a_summary(session, desk.rulebook, desk.today)
            rows = listed(caseload(session, desk.rulebook, desk.today), ended)
            asked = LoopAsked(period=period, today=desk.today, only=only)
            report = read_caseload_report(session, asked, rows, desk.rulebook)
    if args.format == "table":
        say(_report_text(report, sought=args.sought))
    elif args.sought:
        say_records(sought_records(report), SOUGHT_KEYS, args.format)
    else:
        say_records(loop_records(report), NUMBER_KEYS, args.format)


def reminders(args: Namespace) -> None:
    """Print whom to remind of an appointment today."""
    from collabcare.queries.caseload import caseload

    with desk_of(args) as desk, desk.reading() as session:
        lines = reminders_today(caseload(session, desk.rulebook, desk.today))
    if args.format == "table":
        say(_reminders_text(lines))
    else:
        say_records(reminder_records(lines), REMINDER_KEYS, args.format)


def _period(args: Namespace, today: date) -> Period:
    usual = last_while(LastWhile.QUARTER, today)
    period = Period(args.first or usual.first, args.last or today)
    refuse_period(period, today)
    return period


def _report_text(report: LoopReport, *, sought: bool) -> str:
    tables = (sought_table(report),) if sought else measure_tables(report)
    return "\n\n".join((f"{report.stamp}\n{report.sentence}", *(_text(table) for table in tables)))


def _text(table: LoopTable) -> str:
    if not table.rows:
        return f"{table.title}\nNone"
    lines = [[cell_words(cell) for cell in row] for row in table.rows]
    return f"{table.title}\n{text_table(table.headings, lines)}"


def _reminders_text(lines: Sequence[ReminderLine]) -> str:
    parts = [f"{fmt_count(len(lines), 'reminder')} to make. Nothing is sent by the program."]
    for by in RemindBy:
        mine = [line for line in lines if line.by is by]
        rows = [
            (
                line.facts.patient.name,
                line.number,
                line.when,
                f"{fmt_days(line.reminder.days_before)} before",
                " ".join(line.how),
            )
            for line in mine
        ]
        heads = ("Patient", "Telephone", "Appointment", "Reminder", "How")
        parts.append(f"{BY_WORDS[by]} ({len(mine)})\n{text_table(heads, rows) if rows else 'None'}")
    return "\n\n".join(parts)
