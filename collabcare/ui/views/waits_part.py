"""The waits of an episode, each in a few words with the button that says why: told, never coloured."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from collabcare.ui.theme import current_theme
from collabcare.ui.views.suggested import quiet
from collabcare.ui.widgets.flow_box import FlowBox
from collabcare.ui.widgets.layouts import column, row
from collabcare.ui.widgets.why import WhyButton

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLayout

    from collabcare.domain.waits import WaitLine
    from collabcare.ui.widgets.buttons import Button


class WaitsPart(QWidget):
    """Where each clock and gate of the service model stands, and the way to record what one waits for."""

    def __init__(
        self, waits: tuple[WaitLine, ...], record: Button | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("patient_waits")
        lines = column(gap=6)
        for wait in waits:
            lines.addLayout(_line(wait, record if wait is waits[-1] else None))
        self.setLayout(lines)


def _line(wait: WaitLine, record: Button | None) -> QLayout:
    """Lay out one wait: its buttons under it where there is something to record, else beside it."""
    words, why = quiet(wait.words), WhyButton(wait, wait.title)
    if record is not None:
        return column(words, FlowBox(why, record, gap=current_theme().px(4)), why.panel, gap=0)
    line = row(words, why, gap=4)
    line.setStretch(0, 1)
    return column(line, why.panel, gap=2)
