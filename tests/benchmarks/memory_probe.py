"""How much memory a window takes, in its own process: ``memory_probe.py NAME [RECORD LOGIN PASSWORD]``.

Prints megabytes resident: of a bare PySide6 window once it is painted, or of the program with a record open
on the caseload once nothing is going on any more, then each time after everything is read again, then the
most of these.
"""

from __future__ import annotations

import sys
from pathlib import Path

from tests.benchmarks.startup_probe import bare_window, desktop

_KB_TO_MB = 1024

REFRESHED = 3
"""How often everything is read again, as F5 does, while what was read before is still shown."""


def resident() -> float:
    """Return the megabytes of this process that are in memory."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / _KB_TO_MB
    raise OSError("this system does not say how much memory a process has")


def bare() -> None:
    """Paint a bare PySide6 window."""
    bare_window(resident)


def say(found: list[float]) -> None:
    """Print what was found in order of time, then the most of it."""
    sys.stdout.write(" ".join(f"{each:.1f}" for each in (*found, max(found))) + "\n")
    sys.stdout.flush()


def program() -> None:
    """Start as a user does, sign in once everything is loaded, and look at the caseload."""
    from PySide6.QtCore import QTimer

    application, shell = desktop("2026-11-25", quiet_ms=50_000)
    path, login, password = sys.argv[2:5]

    def type_password() -> None:
        card = shell.sign_in_window.card
        card.password.setText(password)
        card.try_to_sign_in()
        look.start()

    def filled() -> None:
        window = shell.main_window
        if window is None or not window.work.open_caseload.known or not shell.tasks.settled:
            return
        look.stop()
        window.work.show_caseload()
        window.repaint()
        assert len(window.work.open_caseload.rows) >= 1000
        QTimer.singleShot(1000, window, settled)  # pages that are made when there is time

    def settled() -> None:
        found.append(resident())
        if len(found) > REFRESHED:
            say(found)
            application.quit()
            return
        if shell.main_window is not None:
            shell.main_window.act("refresh")
        look.start()

    found: list[float] = []
    look = QTimer(interval=10)
    look.timeout.connect(filled)
    shell.warm_up.done.connect(type_password)
    shell.open(Path(path), login)
    application.exec()
    shell.shut()


if __name__ == "__main__":
    {"bare": bare, "program": program}[sys.argv[1]]()
