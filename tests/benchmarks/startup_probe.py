"""What the start-up benchmarks time, each in a process of its own: ``python startup_probe.py NAME [RECORD]``.

Prints one number, in seconds. The bare halves do what cannot be left out and nothing else; the other halves
are the program. The two windows are timed by the processor time spent until they are painted, which is what
the wait consists of and is steady on a busy computer.
"""

from __future__ import annotations

import sys
import time
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QApplication

    from collabcare.ui.shell import Shell

QUIET_MS = 15_000
"""A probe that hangs gives up."""


def bare_window(measure: Callable[[], float] = time.process_time) -> None:
    """Paint a bare PySide6 window in the same face: a QMainWindow with a table over a small Python model."""
    from pathlib import Path

    from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, QTimer
    from PySide6.QtGui import QFontDatabase, QPaintEvent
    from PySide6.QtWidgets import QApplication, QMainWindow, QTableView

    class Model(QAbstractTableModel):
        def rowCount(self, _parent: QModelIndex | QPersistentModelIndex | None = None) -> int:  # noqa: N802 - Qt's
            return 5000

        def columnCount(self, _parent: QModelIndex | QPersistentModelIndex | None = None) -> int:  # noqa: N802 - Qt's
            return 10

        def data(
            self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
        ) -> str | None:
            return f"{index.row()}, {index.column()}" if role == Qt.ItemDataRole.DisplayRole else None

    class Window(QMainWindow):
        def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
            super().paintEvent(event)
            QTimer.singleShot(0, self, painted)

    def painted() -> None:
        _say(measure())
        application.quit()

    fonts = Path(__file__).resolve().parents[2] / "resources" / "fonts"
    application = QApplication(sys.argv[:1])
    for face in ("Regular", "Bold"):
        QFontDatabase.addApplicationFont(str(fonts / f"NotoSans-{face}.ttf"))
    window, table = Window(), QTableView()
    table.setModel(Model(table))
    window.setCentralWidget(table)
    window.resize(900, 720)
    window.show()
    QTimer.singleShot(QUIET_MS, application.quit)
    application.exec()


def desktop(today: str = "", quiet_ms: int = QUIET_MS) -> tuple[QApplication, Shell]:
    """Make the application and its windows as ``bootstrap.run_desktop`` does."""
    import gc

    gc.disable()
    from datetime import date
    from pathlib import Path

    from PySide6.QtCore import QTimer

    from collabcare import bootstrap
    from collabcare.settings import Settings
    from collabcare.ui.app import make_application
    from collabcare.ui.late_prompts import LatePrompts
    from collabcare.ui.shell import Shell

    settings = Settings.load(Path("nowhere"))
    application = make_application(settings)
    doors = bootstrap.desktop_doors(bootstrap.clock_for(date.fromisoformat(today) if today else None))
    QTimer.singleShot(quiet_ms, application.quit)
    return application, Shell(doors, settings, LatePrompts(doors.prompts))


def sign_in_window() -> None:
    """Start the program until its sign-in window is painted."""
    from pathlib import Path

    application, shell = desktop()
    shell.sign_in_window.painted.disconnect()  # nothing is loaded behind it: this times the window
    shell.sign_in_window.painted.connect(lambda: _say(time.process_time()))
    shell.sign_in_window.painted.connect(application.quit)
    shell.open(Path(sys.argv[2]), "jo")
    application.exec()
    shell.shut()


def bare_reading() -> None:
    """From a password to the caseload's rows: the same imports, key derivation, opening and SELECTs."""
    from datetime import date
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    application = QApplication(sys.argv[:1])
    begun = time.perf_counter()
    import collabcare.services.sign_in
    import collabcare.ui.main_window  # noqa: F401 - the same imports
    from collabcare.catalogue.days_off import england_calendar
    from collabcare.queries.facts import open_caseload_facts
    from collabcare.store.record import open_record

    england_calendar(date(2026, 11, 25))
    with open_record(Path(sys.argv[2]), sys.argv[3], sys.argv[4]) as opened, opened.sessions() as session:
        assert len(open_caseload_facts(session)) >= 60
        _say(time.perf_counter() - begun)
    application.quit()


def filled_caseload() -> None:
    """From a password typed into the real window to the painted caseload of sixty."""
    from pathlib import Path

    from PySide6.QtCore import QTimer

    application, shell = desktop("2026-11-25")
    card = shell.sign_in_window.card
    begun: list[float] = []

    def type_password() -> None:
        card.password.setText(sys.argv[4])
        begun.append(time.perf_counter())
        card.try_to_sign_in()
        look.start()

    def filled() -> None:
        window = shell.main_window
        if window is not None and window.isVisible() and window.work.open_caseload.known:
            window.work.show_caseload()
            window.repaint()
            assert len(window.work.open_caseload.rows) >= 60
            _say(time.perf_counter() - begun[0])
            look.stop()
            application.quit()

    look = QTimer(interval=2)
    look.timeout.connect(filled)
    shell.sign_in_window.painted.disconnect()  # nothing is loaded ahead: the password comes at once
    shell.sign_in_window.painted.connect(type_password)
    shell.open(Path(sys.argv[2]), sys.argv[3])
    application.exec()
    shell.shut()


def stall() -> None:
    """The longest time the painted sign-in window did not answer while the data stack loaded behind it."""
    from pathlib import Path

    from PySide6.QtCore import QTimer

    application, shell = desktop()
    beats: list[float] = []

    def beat() -> None:
        beats.append(time.perf_counter())
        if "collabcare.ui.main_window" in sys.modules and len(beats) > 100:
            application.quit()

    pulse = QTimer(interval=4)
    pulse.timeout.connect(beat)
    shell.sign_in_window.painted.connect(pulse.start)
    shell.open(Path(sys.argv[2]), "jo")
    application.exec()
    shell.shut()
    _say(max(later - earlier for earlier, later in pairwise(beats)))


def _say(seconds: float) -> None:
    sys.stdout.write(f"{seconds:.4f}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    {each.__name__: each for each in (bare_window, sign_in_window, bare_reading, filled_caseload, stall)}[
        sys.argv[1]
    ]()
