"""Run the command that was asked for and turn every refusal into one sentence and an exit code."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from collabcare.cli.arguments import parser
from collabcare.domain.errors import CollabCareError

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Sequence

DONE, REFUSED = 0, 1


def main(words: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; wrong usage leaves with 2 from the parser itself."""
    args = parser().parse_args(words)
    try:
        return _run(args)
    except CollabCareError as error:
        sys.stderr.write(f"{error}\n")
        return REFUSED
    except KeyboardInterrupt:
        sys.stderr.write("Stopped. Nothing more was written.\n")
        return REFUSED


def _run(args: Namespace) -> int:
    if args.version:
        from collabcare import __version__

        sys.stdout.write(f"CollabCare {__version__}\n")
        return DONE
    if args.command is None:
        from collabcare.bootstrap import run_desktop

        return run_desktop()
    if args.command == "demo":
        from collabcare.cli.demo import demo

        return demo(args)
    if args.command == "self-check":
        from collabcare.cli.self_check import self_check

        sys.stdout.write(f"{self_check()}\n")
        return DONE
    if args.command == "rules":
        from collabcare.cli.rules import rules

        rules(args)
        return DONE
    from collabcare.cli import commands, reaching

    lists: dict[str, Callable[[Namespace], None]] = {
        "caseload": commands.caseload,
        "worklist": commands.worklist,
        "letter": commands.letter,
        "loop": reaching.loop,
        "reminders": reaching.reminders,
    }
    lists[args.command](args)
    return DONE
