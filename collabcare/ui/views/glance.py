"""What stands in the cards out of view where there is no room for three columns, in a few words over all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from collabcare.domain.caseload_columns import due_words
from collabcare.domain.details_words import before_ringing
from collabcare.domain.display import fmt_change, spoken_dates
from collabcare.domain.goal_words import goal_so_far
from collabcare.domain.goals import GOALS, active_goals
from collabcare.domain.instruments import band_for
from collabcare.ui.widgets.layouts import column, row
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QLayout

    from collabcare.queries.patient_page import PatientPage


_LONG = 4
"""The share of the line that long words have, to one of the goals."""


class Glance(QWidget):
    """What to know before ringing, always in full, and the goals; under them the scores and what is due.

    What not to do is no use with its end cut off: it has more of the width and more lines where it is long.
    Whatever else is too long for its part ends in an ellipsis; it stands in the cards, too. Where
    there is room for one column it is what to know before ringing alone.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.reach = PlainLabel("", TextRole.STRONG, wrap=True)
        self.goals = PlainLabel("", TextRole.STRONG, elide=True)
        self._title = PlainLabel("Before you ring", TextRole.SECONDARY)
        self.scores = PlainLabel("", TextRole.STRONG, elide=True)
        self.due = PlainLabel("", TextRole.STRONG, elide=True)
        titles = [PlainLabel(title, TextRole.SECONDARY) for title in ("Goals", "Scores", "Due")]
        self._parts = row(_half(self._title, self.reach), _half(titles[0], self.goals), gap=24)
        rest = row(_half(titles[1], self.scores), _half(titles[2], self.due), gap=24)
        rest.setStretch(0, 1)
        rest.setStretch(1, 1)
        self._rest = QWidget()
        self._rest.setLayout(rest)
        self._beside = (titles[0], self.goals, self._rest)
        self._whole = column(self._parts, self._rest, gap=4)
        self.setLayout(self._whole)

    def say_all(self, *, wanted: bool) -> None:
        """Say the goals, the scores and what is due too, or only what to know before ringing."""
        for part in self._beside:
            part.setVisible(wanted)
        self._fit()

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
        _say(self.scores, "Scores", list(_scores(page)) or ["No score yet"])
        due = [due_words(each, page.today) for each in page.row.due_now]
        _say(self.due, "Due", due or ["Nothing by today"])
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def _fit(self) -> None:
        """Share the line out, and be as high as what to know before ringing needs in its part of it."""
        words = self.reach.fontMetrics().horizontalAdvance(self.reach.whole_text())
        title = self._title.sizeHint().width()
        alone = self.goals.isHidden()
        halves = alone or 2 * (words + title + self._parts.spacing()) <= self.width()
        self._parts.setStretch(0, 1 if halves else _LONG)
        self._parts.setStretch(1, 0 if alone else 1)
        self._whole.invalidate()
        needed = self._whole.totalHeightForWidth(self.width()) if self._whole.hasHeightForWidth() else -1
        self.setFixedHeight(needed if needed > 0 else self._whole.totalSizeHint().height())


def _scores(page: PatientPage) -> Iterator[str]:
    """Yield each score the service asks for, in few words: ``PHQ-9 18, moderately severe, +3``."""
    cells = page.row.scores
    for name in page.rulebook.pathway.measures:
        if (cell := cells.get(name)) is None:
            continue
        band = "" if cell.total is None else band_for(cell.of, cell.total)
        moved = "" if cell.moved is None else fmt_change(cell.moved)
        yield ", ".join(filter(None, (f"{cell.of.name} {cell.latest}", band, moved)))


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
