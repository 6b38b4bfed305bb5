"""The days a report is about: the last weeks or months, or two days of one's own.

The choice and the two dates are placed apart by the page: most days nobody needs the dates.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from collabcare.domain.errors import RuleViolation
from collabcare.domain.periods import LAST_WORDS, LastWhile, Period, last_while, refuse_period
from collabcare.domain.typed_dates import Direction
from collabcare.ui.widgets.combo_box import ComboBox
from collabcare.ui.widgets.date_edit import DateEdit, DateNeeds
from collabcare.ui.widgets.layouts import STRETCH, row
from collabcare.ui.widgets.option import Option
from collabcare.ui.widgets.plain_label import PlainLabel

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

OWN = "own"


class PeriodChoice(ComboBox):
    """The usual periods, and two dates for any other, which :attr:`own` shows only then.

    Signals:
        changed: Another period was chosen, or a day was typed; :meth:`period` may still refuse it.
    """

    changed = Signal()

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        usual = [Option(each, LAST_WORDS[each], "Up to today.") for each in LastWhile]
        super().__init__("Period", [*usual, Option(OWN, "Own dates", "Any two days.")], parent)
        self._today = today
        self.set_value(LastWhile.QUARTER)
        past = DateNeeds(direction=Direction.PAST)
        self.first = DateEdit("First day", today(), past)
        self.last = DateEdit("Last day", today(), past)
        self.own = QWidget()
        begins, ends = PlainLabel("&From"), PlainLabel("&to")
        begins.setBuddy(self.first)
        ends.setBuddy(self.last)
        self.own.setLayout(row(begins, self.first, ends, self.last, STRETCH))
        self.own.hide()
        self.activated.connect(self._on_activated)
        self.first.value_changed.connect(self.changed)
        self.last.value_changed.connect(self.changed)

    def period(self) -> Period:
        """Return the days chosen.

        Raises:
            RuleViolation: When the two dates are no period, or none that has been.
        """
        chosen = self.value()
        if chosen != OWN:
            return last_while(LastWhile(str(chosen)), self._today())
        for edit in (self.first, self.last):
            if problem := edit.problem():
                raise RuleViolation(problem)
        first, last = self.first.value(), self.last.value()
        if first is None or last is None:
            raise RuleViolation("Write the first and the last day of the period.")
        period = Period(first, last)
        refuse_period(period, self._today())
        return period

    def _on_activated(self, _place: int) -> None:
        chosen = self.value()
        if chosen == OWN and self.first.value() is None:
            usual = last_while(LastWhile.QUARTER, self._today())
            self.first.set_value(usual.first)
            self.last.set_value(usual.last)
        self.own.setVisible(chosen == OWN)
        self.changed.emit()
