"""``python -m collabcare`` and the installed ``collabcare``: hand the words typed to the command line."""

from __future__ import annotations

import io
import sys

from collabcare.cli.main import main as run


def main() -> None:
    """Run the command that was typed and leave with its exit code; names print in UTF-8 everywhere."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a frozen desktop on Windows has none
            stream.reconfigure(encoding="utf-8")
    sys.exit(run())


if __name__ == "__main__":
    main()
