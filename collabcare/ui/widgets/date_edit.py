"""A date typed in any British way, echoed in full so that nobody books the wrong Thursday."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtGui import QAction

from collabcare.domain.display import fmt_date, fmt_date_long
from collabcare.domain.typed_dates import UNKNOWN, Direction, TypedDate, read_date, says_unknown
from collabcare.ui.theme import icon
from collabcare.ui.widgets.calendar_popup import CalendarPopup
from collabcare.ui.widgets.typed_edit import TypedEdit

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


@dataclass(frozen=True, slots=True, kw_only=True)
class DateNeeds:
    """What a date field accepts: which way from today, and whether it may stay empty."""

    direction: Direction = Direction.EITHER
    optional: bool = False


class DateEdit(TypedEdit):
    """Takes ``12/3``, ``12 mar``, ``+2w`` or ``t``; a calendar opens from the field or with Alt+Down."""

    def __init__(
        self, name: str, today: date, needs: DateNeeds | None = None, parent: QWidget | None = None
    ) -> None:
        self._needs = needs or DateNeeds()
        self._such_as = f"12/3 or {'-1w' if self._needs.direction is Direction.PAST else '+2w'}"
        super().__init__(name, 148, self._such_as, parent)
        self._name, self._today = name, today
        self._calendar = QAction(icon("calendar"), f"Calendar for {name}", self)
        self._calendar.setShortcut("Alt+Down")
        self._calendar.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._calendar.triggered.connect(self._on_calendar)
        self.addAction(self._calendar)
        self.edit.put_act_at_end(self._calendar)

    def value(self) -> date | None:
        """Return the date, or None while empty or not understood."""
        return self._read().day

    def set_value(self, day: date | None) -> None:
        """Show a date, or an empty field."""
        self.edit.setText("" if day is None else fmt_date(day))

    def set_today(self, today: date) -> None:
        """Count ``+2w`` and the like from another day: the screen stayed open past midnight."""
        self._today = today

    def problem(self) -> str:
        """Return why the text is no acceptable date, or nothing."""
        read = self._read()
        if self._left_unknown():
            return ""
        if read.problem or read.day or self._needs.optional:
            return read.problem
        return f"{self._name}: write a date, such as {self._such_as}."

    def understood(self) -> tuple[str, str]:
        day = self._read().day
        if self._left_unknown():
            return UNKNOWN, UNKNOWN
        if day is None:
            return "", ""
        spoken = fmt_date_long(day, weekday=True)
        written_out = self.text() == fmt_date(day)  # then only the day of the week is news
        return spoken.split()[0] if written_out else fmt_date(day, weekday=True), spoken

    def tidy(self) -> str:
        day = self._read().day
        return self.text() if day is None else fmt_date(day)

    def _read(self) -> TypedDate:
        return read_date(self.text(), self._today, self._needs.direction)

    def _left_unknown(self) -> bool:
        """Return whether "unknown" is written where the date may stay empty: it means the same."""
        return self._needs.optional and says_unknown(self.text())

    def _on_calendar(self) -> None:
        shown = self.value() or self._today
        calendar = CalendarPopup(shown, self._name, self)
        calendar.month.clicked.connect(lambda picked: self._on_picked(picked, calendar))
        calendar.month.activated.connect(lambda picked: self._on_picked(picked, calendar))
        calendar.move(self.edit.mapToGlobal(QPoint(0, self.edit.height() + 2)))
        calendar.show()
        calendar.month.setFocus()

    def _on_picked(self, picked: QDate, calendar: QWidget) -> None:
        calendar.close()
        self.set_value(date(picked.year(), picked.month(), picked.day()))
        self.edit.setFocus()
