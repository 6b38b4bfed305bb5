"""The command line: what each command is called, takes and says of itself."""

from __future__ import annotations

import argparse
from pathlib import Path

from collabcare.cli.looks import ALL, SCALES, THEMES
from collabcare.cli.rule_arguments import rules
from collabcare.cli.typed_words import day

DEMO_PATIENTS = 60
DEMO_SEED = 1948
_MOST_PATIENTS = 100_000
_LARGEST_SCALE = 200
_WHOLE = 100

_ABOUT = """\
A local, encrypted caseload for collaborative mental health care.
With no command, the desktop opens. Not an NHS product, not an emergency system, not yet clinically assured.
"""
_EXITS = "Exit codes: 0 done, 1 refused with one sentence, 2 wrong usage."
_CASELOAD_KEYS = """\
JSON and CSV keys: episode_id, nhs_number, surname, given_name, birth_date, gp_practice, phase,
step, step_name, step_since, holder, referral_received_on, referral_source, last_seen_on,
next_booked_on, dna_count, phq9_first, phq9_latest, phq9_latest_prorated, phq9_latest_on, phq9_change,
phq9_change_prorated, gad7_first, gad7_latest, gad7_latest_prorated, gad7_latest_on, gad7_change,
gad7_change_prorated (a change is positive when it is for the better; prorated is true where a blank
answer was made up for in the score, or in one of the two the change goes by),
last_discussed_on, due (what comes first), due_on, days_overdue, why, overdue_count.
Dates are ISO. What is not recorded is null (JSON) or empty (CSV), never zero.
"""
_WORKLIST_KEYS = """\
JSON and CSV keys: kind, episode_id, nhs_number, surname, given_name, holder, due_on, days_overdue, why,
telephone, contact_note. Rows stand in the order of the Today screen: by kind, longest waiting
first. Dates are ISO.
"""
_LOOP_KEYS = """\
The days run from --from to --to, both in it; without them, the last 3 months up to today.
JSON and CSV keys of the numbers: period_from, period_to, whose, data_as_at, table, line, measure, value,
numerator, denominator, percent, days_counted, days_median, days_least, days_most. A share has its
numerator and denominator, days have their own four; what does not apply is null (JSON) or empty (CSV).
JSON and CSV keys of who is still being sought: episode_id, nhs_number, surname, given_name, since, days,
attempts, last_attempt, promised, next_step_due_on, holder. The longest first. Dates are ISO.
"""
_REMINDER_KEYS = """\
JSON and CSV keys: by (ring, write or ask: no way known to be safe), episode_id, nhs_number, surname,
given_name, telephone, appointment_on, appointment_at, mechanism, days_before, due_on, how, holder.
Dates are ISO. The program sends nothing.
"""
_LETTER_KINDS = "KIND is the name of a file in resources/letters without its ending, such as gp_review."


def parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    top = argparse.ArgumentParser(
        prog="collabcare",
        description=_ABOUT,
        epilog=_EXITS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action="store_true", help="print the version and leave")
    commands = top.add_subparsers(dest="command", metavar="COMMAND")
    _demo(commands)
    _list(commands, "caseload", "list every open patient with what is due", _CASELOAD_KEYS)
    _list(commands, "worklist", "list who needs something today, as the Today screen does", _WORKLIST_KEYS)
    _list(commands, "reminders", "list whom to remind of an appointment today", _REMINDER_KEYS)
    _loop(commands)
    _letter(commands)
    _self_check(commands)
    rules(commands)
    return top


Commands = argparse._SubParsersAction  # noqa: SLF001 - argparse gives the type of add_subparsers no public name


def _command(
    commands: Commands[argparse.ArgumentParser], name: str, says: str, more: str = ""
) -> argparse.ArgumentParser:
    return commands.add_parser(
        name,
        help=says,
        description=f"{says[0].upper()}{says[1:]}.",
        epilog=f"{more}\n{_EXITS}" if more else _EXITS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


def _demo(commands: Commands[argparse.ArgumentParser]) -> None:
    demo = _command(commands, "demo", "build a synthetic caseload and open it")
    demo.add_argument(
        "--to", type=Path, metavar="DIR", help="folder to build in (default: a folder of its own)"
    )
    demo.add_argument(
        "--patients",
        type=_patients,
        default=DEMO_PATIENTS,
        metavar="N",
        help="open patients (default %(default)s)",
    )
    demo.add_argument(
        "--seed",
        type=int,
        default=DEMO_SEED,
        metavar="N",
        help="the same seed makes the same people (default %(default)s)",
    )
    demo.add_argument(
        "--today", type=day, metavar="YYYY-MM-DD", help="build and open as of this day (default: today)"
    )
    demo.add_argument(
        "--no-window", action="store_true", help="only build; print the record's path and the demo sign-ins"
    )
    _tour(demo)


def _tour(demo: argparse.ArgumentParser) -> None:
    demo.add_argument(
        "--tour",
        action="store_true",
        help="drive the main window through the main job and leave pictures and PDFs in DIR/tour",
    )
    demo.add_argument(
        "--theme",
        choices=(*THEMES, ALL),
        default=THEMES[0],
        help="colours of the tour (default %(default)s); all takes it in each of them",
    )
    demo.add_argument(
        "--scale",
        type=_scales,
        default=SCALES[:1],
        metavar="PERCENT",
        help="text size of the tour, 100 to 200 (default 100); all takes it at 100 and at 150",
    )


def _list(commands: Commands[argparse.ArgumentParser], name: str, says: str, keys: str) -> None:
    command = _command(commands, name, says, keys)
    _record(command)
    command.add_argument(
        "--format", choices=("table", "json", "csv"), default="table", help="default %(default)s"
    )


def _loop(commands: Commands[argparse.ArgumentParser]) -> None:
    loop = _command(
        commands,
        "loop",
        "count who is open, improved, missed and was reached again, or list who is sought",
        _LOOP_KEYS,
    )
    _record(loop)
    loop.add_argument("--from", dest="first", type=day, metavar="YYYY-MM-DD", help="first day of the period")
    loop.add_argument("--to", dest="last", type=day, metavar="YYYY-MM-DD", help="last day of the period")
    loop.add_argument("--mine", action="store_true", help="only patients this user holds or held")
    loop.add_argument("--sought", action="store_true", help="list who is still being sought instead")
    loop.add_argument(
        "--format", choices=("table", "json", "csv"), default="table", help="default %(default)s"
    )


def _letter(commands: Commands[argparse.ArgumentParser]) -> None:
    letter = _command(
        commands, "letter", "issue a letter about a patient and save it as a PDF", _LETTER_KINDS
    )
    _record(letter)
    letter.add_argument("--patient", required=True, metavar="NHSNUMBER", help="the patient's NHS number")
    letter.add_argument("--kind", required=True, metavar="KIND", help="which letter")
    letter.add_argument(
        "--to", type=Path, required=True, metavar="FILE.pdf", help="file to write; never replaced"
    )


def _self_check(commands: Commands[argparse.ArgumentParser]) -> None:
    _command(
        commands, "self-check", "load every resource, migrate a scratch record, print the versions and ok"
    )


def _record(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--record", type=Path, required=True, metavar="FILE", help="the record, NAME.ccrecord"
    )
    command.add_argument("--user", required=True, metavar="NAME", help="the name to sign in with")
    command.add_argument(
        "--password-file",
        type=Path,
        required=True,
        metavar="FILE",
        help="file whose first line is the password (typed here it would stay in the shell history)",
    )
    command.add_argument("--today", type=day, metavar="YYYY-MM-DD", help="as of this day (default: today)")


def _patients(text: str) -> int:
    return _between(text, 1, _MOST_PATIENTS)


def _scales(text: str) -> tuple[float, ...]:
    return SCALES if text == ALL else (_between(text, _WHOLE, _LARGEST_SCALE) / _WHOLE,)


def _between(text: str, least: int, most: int) -> int:
    if not text.isdecimal() or not least <= int(text) <= most:
        raise argparse.ArgumentTypeError(f"'{text}' is not a whole number from {least} to {most:,}")
    return int(text)
