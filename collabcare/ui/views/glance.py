"""What stands in the cards out of view where there is room for two columns, in one line over both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from collabcare.domain.details_words import before_ringing
from collabcare.domain.display import spoken_dates
from collabcare.domain.goal_words import goal_so_far
from collabcare.domain.goals import GOALS, active_goals
from collabcare.ui.widgets.layouts import row
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLayout

    from collabcare.queries.patient_page import PatientPage


class Glance(QWidget):
    """What to know before ringing, and the goals; what is too long for its half ends in an ellipsis.

    The whole of it is in its tool tip, and in the cards below.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.reach, self.goals = (PlainLabel("", TextRole.STRONG, elide=True) for _ in range(2))
        halves = row(_half("Before you ring", self.reach), _half("Goals", self.goals), gap=24)
        halves.setStretch(0, 1)
        halves.setStretch(1, 1)
        self.setLayout(halves)

    def set_page(self, page: PatientPage) -> None:
        """Say it of this patient."""
        note, reach = page.facts.patient.contact_note, page.facts.reach
        noted = [" ".join(note.split())] if note else []
        _say(self.reach, "Before you ring", [*noted, *before_ringing(reach)] or ["Nothing noted"])
        form = page.rulebook.instruments[GOALS]
        active = active_goals(page.facts.goals)
        said = [
            f"{goal.text}, {goal_so_far(form, goal).now}" if goal.ratings else goal.text for goal in active
        ]
        _say(self.goals, "Goals", said or ["No goal yet"])


def _half(title: str, words: PlainLabel) -> QLayout:
    half = row(PlainLabel(title, TextRole.SECONDARY), words, gap=6)
    half.setStretch(1, 1)
    return half


def _say(label: PlainLabel, title: str, said: list[str]) -> None:
    words = "; ".join(each.rstrip(".") for each in said)
    label.setText(words)
    label.setAccessibleName(f"{title}: {spoken_dates(words)}")
