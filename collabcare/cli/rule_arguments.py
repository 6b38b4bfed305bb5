"""The ``rules`` commands: what each is called, takes and says of itself."""

from __future__ import annotations

import argparse

from collabcare.cli.typed_words import clock_time, day

_ABOUT = """\
Check the program's arithmetic by hand. Every answer names the rule and its source.
Nothing here reads or writes a record, and no answer is a diagnosis or advice on treatment.
"""
_EXITS = "Exit codes: 0 answered, 1 refused with one sentence, 2 wrong usage."
_ANSWERS = """\
Answers are raw, as on the form, in its order; "-" stands for a blank, which is never counted as zero.
wsas: "na" for work that does not apply. eq5d5l: five digits (21344, or one by one), then the 0-100 scale.
itq: P1 to P9, then C1 to C9. gbo: one rating for each goal. One number for a score-only form is its total.
"""
SCORE_KEYS = (
    *("instrument", "total", "metric", "prorated", "missing", "complete", "band", "case", "subscales"),
    *("safety", "notes", "rule", "source"),
)
CHANGE_KEYS = (
    *("instrument", "first", "last", "change", "reliable", "crossed", "significant", "notes"),
    *("rule", "source"),
)
OUTCOME_KEYS = (
    *("caseness", "recovered", "reliable_improvement", "reliable_deterioration", "reliable_recovery"),
    *("mixed", "notes", "rule", "source"),
)
TARGET_KEYS = ("days", "flags", "suggestions", "rule", "source")
LADDER_KEYS = ("track", "rungs", "notes", "rule", "source")
WAIT_KEYS = ("days", "within_6_weeks", "within_18_weeks", "rule", "source")
WORKING_DAY_KEYS = ("date", "rule", "source")
NHS_NUMBER_KEYS = ("valid", "display", "reason", "rule", "source")
RETENTION_KEYS = ("review_on", "rule", "source")


def rules(top: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``rules`` and everything under it."""
    command = top.add_parser(
        "rules",
        help="check the arithmetic of a rule by hand",
        description=_ABOUT,
        epilog=_EXITS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    which = command.add_subparsers(dest="rule", metavar="RULE", required=True)
    _score(which)
    _change(which)
    _outcome(which)
    _target(which)
    _ladder(which)
    _wait(which)
    _working_day(which)
    _nhs_number(which)
    _retention(which)
    _pathway(which)


Which = argparse._SubParsersAction  # noqa: SLF001 - argparse gives the type of add_subparsers no public name


def _rule(
    which: Which[argparse.ArgumentParser], name: str, says: str, keys: tuple[str, ...], more: str = ""
) -> argparse.ArgumentParser:
    listed = f"JSON keys: {', '.join(keys)}." if keys else ""
    command = which.add_parser(
        name,
        help=says,
        description=f"{says[0].upper()}{says[1:]}.",
        epilog="\n".join(part for part in (more, listed, _EXITS) if part),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("--json", action="store_true", help="print JSON under stable keys")
    return command


def _score(which: Which[argparse.ArgumentParser]) -> None:
    command = _rule(which, "score", "score a questionnaire", SCORE_KEYS, _ANSWERS)
    command.add_argument("instrument", metavar="INSTRUMENT", help="such as phq9")
    command.add_argument("answers", metavar="ANSWER", nargs="*", help='a number, or "-" for a blank')
    command.add_argument("--total", metavar="N", help="only the total, copied from a form scored elsewhere")


def _change(which: Which[argparse.ArgumentParser]) -> None:
    command = _rule(
        which, "change", "compare two totals of one questionnaire; a change above 0 is better", CHANGE_KEYS
    )
    command.add_argument("instrument", metavar="INSTRUMENT", help="such as phq9")
    command.add_argument("first", metavar="FIRST", help="raw total (gbo: 2,5,3; blank,5,3 if not rated)")
    command.add_argument("last", metavar="LAST", help="the same, later")


def _outcome(which: Which[argparse.ArgumentParser]) -> None:
    command = _rule(which, "outcome", "work out the Talking-Therapies-equivalent outcome", OUTCOME_KEYS)
    for name, words in (("phq", "PHQ-9"), ("gad", "GAD-7")):
        command.add_argument(
            f"--{name}", nargs=2, metavar=("FIRST", "LAST"), help=f"first and last {words} totals"
        )


def _target(which: Which[argparse.ArgumentParser]) -> None:
    command = _rule(which, "treat-to-target", "say which treat-to-target flags are up", TARGET_KEYS)
    command.add_argument("--instrument", default="phq9", metavar="ID", help="default %(default)s")
    command.add_argument("--baseline", required=True, metavar="N", help="first complete score")
    command.add_argument("--baseline-date", required=True, type=day, metavar="YYYY-MM-DD")
    command.add_argument("--latest", required=True, metavar="N", help="latest complete score")
    command.add_argument("--latest-date", required=True, type=day, metavar="YYYY-MM-DD")
    command.add_argument("--lowest", metavar="N", help="lowest score of the episode (default: of these two)")
    command.add_argument(
        "--today", type=day, metavar="YYYY-MM-DD", help="also say whether a measure is due on this day"
    )


def _ladder(which: Which[argparse.ArgumentParser]) -> None:
    command = _rule(which, "ladder", "date the rungs that follow a missed appointment", LADDER_KEYS)
    command.add_argument("--missed", required=True, type=day, metavar="YYYY-MM-DD")
    command.add_argument("--time", type=clock_time, metavar="HH:MM", help="when the missed slot ended")
    command.add_argument("--track", required=True, type=str.casefold, choices=("standard", "prompt"))
    command.add_argument(
        "--rung5-sent", type=day, metavar="YYYY-MM-DD", help="day the keep-in-touch letter went"
    )
    command.add_argument(
        "--consecutive",
        default="1",
        metavar="N",
        help="missed in a row, this one included (default %(default)s)",
    )
    command.add_argument(
        "--pathway", default="pcn_practitioner", metavar="NAME", help="whose ladder (default %(default)s)"
    )


def _wait(which: Which[argparse.ArgumentParser]) -> None:
    command = _rule(which, "wait", "count the days from referral to first treatment", WAIT_KEYS)
    command.add_argument("--referred", required=True, type=day, metavar="YYYY-MM-DD")
    command.add_argument("--treated", required=True, type=day, metavar="YYYY-MM-DD")


def _working_day(which: Which[argparse.ArgumentParser]) -> None:
    command = _rule(which, "working-day", "find the Nth working day after a day", WORKING_DAY_KEYS)
    command.add_argument("day", type=day, metavar="YYYY-MM-DD")
    command.add_argument("count", metavar="N", help="1 is the next working day")


def _nhs_number(which: Which[argparse.ArgumentParser]) -> None:
    command = _rule(which, "nhs-number", "check an NHS number", NHS_NUMBER_KEYS)
    command.add_argument("number", metavar="N", nargs="+", help="with or without spaces")


def _retention(which: Which[argparse.ArgumentParser]) -> None:
    command = _rule(which, "retention", "say when a record may first be reviewed", RETENTION_KEYS)
    command.add_argument("--discharged", required=True, type=day, metavar="YYYY-MM-DD")
    command.add_argument("--died", type=day, metavar="YYYY-MM-DD")


def _pathway(which: Which[argparse.ArgumentParser]) -> None:
    command = _rule(
        which, "pathway", "print a service model with its quotations", (), "Without NAME: list the models."
    )
    command.add_argument("name", metavar="NAME", nargs="?", help="such as pcn_practitioner")
