"""Pictures of every widget in every theme, for people to look at: ``python tests/ui/gallery.py FOLDER``.

Not a test: what is ugly is found by eye.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget

from collabcare.ui.theme import ThemeName, apply_theme
from collabcare.ui.widgets.demo_strip import DemoStrip
from collabcare.ui.widgets.layouts import STRETCH, column, row
from collabcare.ui.widgets.rail import Rail, RailItem
from collabcare.ui.widgets.segmented import Segmented
from tests.ui.gallery_controls import show_buttons, show_choices, show_fields, show_messages
from tests.ui.gallery_lists import banners, show_answers, show_charts, show_table, show_today


def page() -> QWidget:
    """Make one window with everything in it."""
    rail = Rail(
        [
            RailItem("today", "Today", "today"),
            RailItem("caseload", "Caseload", "caseload"),
            RailItem("supervision", "Supervision", "supervision"),
            RailItem("letters", "Letters", "letter"),
            RailItem("reports", "Reports", "report"),
        ],
        [RailItem("lock", "Lock", "lock")],
    )
    rail.set_current("today")
    rail.set_count("today", 9)
    rail.set_count("supervision", 3)
    small = Rail([RailItem("today", "Today", "today"), RailItem("letters", "Letters", "letter")])
    small.set_current("letters")
    small.set_count("today", 9)
    small.set_compact(compact=True)
    left = column(show_buttons(), show_choices(), show_fields(), show_messages(), STRETCH, gap=16)
    right = column(show_today(), show_table(), row(show_answers()), show_charts(), STRETCH, gap=16)
    window = QWidget()
    window.setWindowTitle("Gallery")
    inner = row(left, right, gap=16, margin=24)
    inner.setStretch(0, 1)
    inner.setStretch(1, 1)
    whole = column(DemoStrip(), *banners(), inner, gap=0)
    outer = row(rail, small, whole, gap=0)
    outer.setStretch(2, 1)
    window.setLayout(outer)
    return window


def main(folder: Path) -> None:
    """Save a picture of everything in each theme and at two text scales."""
    folder.mkdir(parents=True, exist_ok=True)
    application = QApplication([])
    application.setApplicationName("gallery")
    for name in (ThemeName.LIGHT, ThemeName.DARK, ThemeName.CONTRAST):
        for scale in (1.0, 1.5):
            apply_theme(application, name, scale)
            window = page()
            window.resize(round(1360 * scale), round(2450 * scale))
            window.show()
            window.activateWindow()
            window.findChildren(Segmented)[0].setFocus()
            application.processEvents()
            window.grab().save(str(folder / f"{name}-{round(scale * 100)}.png"))
            window.close()
            window.deleteLater()
            application.sendPostedEvents(None, QEvent.Type.DeferredDelete)


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("gallery"))
