"""When what is on show was read from the record: others may have worked in it since."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.calendar import LONDON
from collabcare.domain.display import fmt_date, fmt_date_long, fmt_time
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole

if TYPE_CHECKING:
    from datetime import date, datetime

    from PySide6.QtWidgets import QWidget


class ReadAt(PlainLabel):
    """Says ``Read 09:30`` on the 24-hour clock, with the day when that is not today."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", TextRole.SECONDARY, parent=parent)
        self.setToolTip("When this was read from the record, on the 24-hour clock. F5 reads it again.")

    def say(self, at: datetime | None, today: date) -> None:
        """Say when it was read; nothing while it was not."""
        if at is None:
            self.setText("")
            return
        local = at.astimezone(LONDON)
        other_day = local.date() != today
        time = fmt_time(local)
        self.setText(f"Read {fmt_date(local.date())} {time}" if other_day else f"Read {time}")
        spoken = f"Read on {fmt_date_long(local.date())} at {time}" if other_day else f"Read at {time}"
        self.setAccessibleName(spoken)
