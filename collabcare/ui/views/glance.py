"""What stands in the cards out of view where there is room for two columns, in one line over both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from collabcare.domain.details_words import before_ringing
from collabcare.domain.display import spoken_dates
from collabcare.domain.goal_words import goal_so_far
from collabcare.domain.goals import GOALS, active_goals
from collabcare.ui.widgets.layouts import row
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QLayout

    from collabcare.queries.patient_page import PatientPage


_LONG = 4
"""The share of the line that long words have, to one of the goals."""


class Glance(QWidget):
    """What to know before ringing, always in full, and the goals in what is left of the line.

    What not to do is no use with its end cut off: it has more of the width and more lines where it is long.
    Goals too long for their part end in an ellipsis; they stand in the cards below, too.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.reach = PlainLabel("", TextRole.STRONG, wrap=True)
        self.goals = PlainLabel("", TextRole.STRONG, elide=True)
        self._title = PlainLabel("Before you ring", TextRole.SECONDARY)
        goals = PlainLabel("Goals", TextRole.SECONDARY)
        self._parts = row(_half(self._title, self.reach), _half(goals, self.goals), gap=24)
        self.setLayout(self._parts)

    def set_page(self, page: PatientPage) -> None:
        """Say it of this patient."""
        note, reach = page.facts.patient.contact_note, page.facts.reach
        noted = [" ".join(note.split())] if note else []
        _say(self.reach, "Before you ring", [*noted, *before_ringing(reach, note)] or ["Nothing noted"])
        form = page.rulebook.instruments[GOALS]
        active = active_goals(page.facts.goals)
        said = [
            f"{goal.text}, {goal_so_far(form, goal).now}" if goal.ratings else goal.text for goal in active
        ]
        _say(self.goals, "Goals", said or ["No goal yet"])
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def _fit(self) -> None:
        """Share the line out, and be as high as what to know before ringing needs in its part of it."""
        words = self.reach.fontMetrics().horizontalAdvance(self.reach.whole_text())
        title = self._title.sizeHint().width()
        halves = 2 * (words + title + self._parts.spacing()) <= self.width()
        self._parts.setStretch(0, 1 if halves else _LONG)
        self._parts.setStretch(1, 1)
        self._parts.invalidate()
        needed = self._parts.totalHeightForWidth(self.width()) if self._parts.hasHeightForWidth() else -1
        self.setFixedHeight(needed if needed > 0 else self._parts.totalSizeHint().height())


def _half(title: PlainLabel, words: PlainLabel) -> QLayout:
    half = row(title, words, gap=6)
    half.setStretch(1, 1)
    half.setAlignment(title, Qt.AlignmentFlag.AlignTop)
    half.setAlignment(words, Qt.AlignmentFlag.AlignTop)
    return half


def _say(label: PlainLabel, title: str, said: list[str]) -> None:
    words = "; ".join(each.rstrip(".") for each in said)
    label.setText(words)
    label.setAccessibleName(f"{title}: {spoken_dates(words)}")
