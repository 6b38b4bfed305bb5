"""How a form came to us, and when it came in if nobody of ours was with the patient.

An answer that comes in late on a Friday is for whoever is on duty that same day, so the hour matters.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from collabcare.domain.calendar import LONDON
from collabcare.domain.safety_facts import FormRoute
from collabcare.domain.typed_dates import Direction
from collabcare.ui.forms.entry_form import fit, needed_day, refuse_at
from collabcare.ui.widgets.combo_box import ComboBox
from collabcare.ui.widgets.date_edit import DateEdit, DateNeeds
from collabcare.ui.widgets.layouts import STRETCH, row
from collabcare.ui.widgets.option import Option
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole
from collabcare.ui.widgets.time_edit import TimeEdit

if TYPE_CHECKING:
    from datetime import date

ROUTES = {
    FormRoute.IN_PERSON: "In person",
    FormRoute.POST: "Post",
    FormRoute.PHONE: "Phone",
    FormRoute.TEXT: "Text",
    FormRoute.EMAIL: "Email",
}


class ArrivalEdit(QWidget):
    """One line: how it came, and for a form from outside the day and time it came in."""

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        offered = [Option(None, "Not noted"), *(Option(route, words) for route, words in ROUTES.items())]
        self.way = ComboBox("How it came", offered)
        self.on = DateEdit("Came in on", today, DateNeeds(direction=Direction.PAST))
        self.on.set_value(today)
        self.at = TimeEdit("Came in at", optional=True)
        self._when = QWidget()
        self._when.setLayout(
            row(PlainLabel("came in", TextRole.SECONDARY), self.on, PlainLabel("at"), self.at, gap=6)
        )
        self._when.hide()
        self.setFocusProxy(self.way)
        self.setLayout(row(self.way, self._when, STRETCH, gap=8))
        self.way.currentIndexChanged.connect(self._on_way)

    def route(self) -> FormRoute | None:
        """Return how it came, None when nobody noted it."""
        chosen = self.way.value()
        return None if chosen is None else FormRoute(str(chosen))

    def arrived_at(self) -> datetime | None:
        """Return when it came in, None for now or for one filled in with us.

        Raises:
            RuleViolation: When the day or the time cannot be read, or another day has no time.
        """
        route = self.route()
        if route is None or not route.remote:
            return None
        on = needed_day(self.on)
        fit(self.at)
        at = self.at.value()
        if at is None and on == self._today:
            return None
        if at is None:
            refuse_at(self.at, "Type when it came in that day, such as 17:30.")
        return datetime.combine(on, at, LONDON)

    def written(self) -> tuple[object, ...]:
        """Return everything typed or chosen."""
        return self.route(), self.on.text(), self.at.text()

    def _on_way(self) -> None:
        route = self.route()
        self._when.setVisible(route is not None and route.remote)
