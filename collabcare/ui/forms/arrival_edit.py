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
from collabcare.ui.theme import current_theme
from collabcare.ui.widgets.combo_box import ComboBox
from collabcare.ui.widgets.date_edit import DateEdit, DateNeeds
from collabcare.ui.widgets.flow_box import FlowBox
from collabcare.ui.widgets.layouts import column, row
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
        self._when = (_said("came in on", self.on), _said("at", self.at))
        for part in self._when:
            part.hide()
        self.setFocusProxy(self.way)
        self.setLayout(column(FlowBox(self.way, *self._when, gap=current_theme().px(8)), gap=0))
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

    def show_arrival(self, route: FormRoute | None, arrived_at: datetime | None) -> None:
        """Show how and when a form came, as it is recorded."""
        self.way.set_value(route)
        at = None if arrived_at is None else arrived_at.astimezone(LONDON)
        self.on.set_value(self._today if at is None else at.date())
        self.at.set_value(None if at is None else at.time().replace(second=0, microsecond=0))
        self._on_way()

    def written(self) -> tuple[object, ...]:
        """Return everything typed or chosen."""
        return self.route(), self.on.text(), self.at.text()

    def _on_way(self) -> None:
        route = self.route()
        for part in self._when:
            part.setVisible(route is not None and route.remote)


def _said(words: str, editor: QWidget) -> QWidget:
    part = QWidget()
    part.setLayout(row(PlainLabel(words, TextRole.SECONDARY), editor, gap=6))
    return part
