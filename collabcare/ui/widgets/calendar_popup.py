"""One month to pick a day from; every part of it has a name, and the day chosen is read out in full."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QLocale, Qt
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QSpinBox, QTableView, QToolButton, QWidget

from collabcare.domain.display import fmt_date_long
from collabcare.ui.theme import Token, current_theme, icon
from collabcare.ui.widgets.announce import announce
from collabcare.ui.widgets.layouts import column

_ARROWS = (
    ("qt_calendar_prevmonth", "chevron-left", "Previous month"),
    ("qt_calendar_nextmonth", "chevron-right", "Next month"),
)


class CalendarPopup(QFrame):
    """One month to pick from; closes with Esc or a click elsewhere."""

    def __init__(self, shown: date, name: str, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(f"Calendar for {name}")
        self.month = QCalendarWidget()
        self.month.setAccessibleName(f"Calendar for {name}")
        self.month.setLocale(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
        self.month.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.month.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.month.setSelectedDate(QDate(shown.year, shown.month, shown.day))
        quiet = QTextCharFormat()
        quiet.setForeground(current_theme().colour(Token.TEXT_SECONDARY))
        self.month.setHeaderTextFormat(quiet)
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):  # Qt would write weekends in red
            self.month.setWeekdayTextFormat(day, quiet)
        self._name_parts()
        self.month.selectionChanged.connect(self._say_day)
        self.month.currentPageChanged.connect(self._say_month)
        self._describe()
        self.setLayout(column(self.month, margin=4))

    def day(self) -> str:
        """Return the day chosen in words: ``Thursday 26 November 2026``."""
        chosen = self.month.selectedDate()
        return fmt_date_long(date(chosen.year(), chosen.month(), chosen.day()), weekday=True)

    def _name_parts(self) -> None:
        """Name what Qt leaves without a name: the arrows, the month, the year and the table of days."""
        for object_name, drawing, words in _ARROWS:
            button = self.month.findChild(QToolButton, object_name)
            if button is not None:
                button.setIcon(icon(drawing))
                button.setAccessibleName(words)
                button.setToolTip(words)
        year = self.month.findChild(QSpinBox, "qt_calendar_yearedit")
        if year is not None:
            year.setAccessibleName("Year")
        self._table = self.month.findChild(QTableView)
        if self._table is not None:
            self._table.setAccessibleName("Days")

    def _describe(self) -> None:
        """Say which day is chosen, with its month, wherever assistive technology looks."""
        for part in (self, self.month, self._table):
            if part is not None:
                part.setAccessibleDescription(self.day())
        for object_name, words in (("qt_calendar_monthbutton", "Month"), ("qt_calendar_yearbutton", "Year")):
            button = self.month.findChild(QToolButton, object_name)
            if button is not None:
                button.setAccessibleName(f"{words}: {button.text()}")

    def _say_day(self) -> None:
        self._describe()
        announce(self, self.day())

    def _say_month(self) -> None:
        self._describe()
