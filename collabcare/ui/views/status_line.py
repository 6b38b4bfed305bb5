"""The line at the foot of the window: which record, who is signed in, and that it was saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.acting import ROLE_WORDS
from collabcare.domain.calendar import LONDON
from collabcare.domain.display import fmt_time
from collabcare.ui.theme import current_theme
from collabcare.ui.widgets.announce import announce
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStatusBar

    from collabcare.services.desk import Desk
    from collabcare.ui.tasks import Tasks


class StatusLine:
    """Fills a status bar and keeps it true."""

    def __init__(self, bar: QStatusBar, desk: Desk, tasks: Tasks) -> None:
        self._clock = desk.clock
        who = f"{desk.acting.name}  ·  {ROLE_WORDS[desk.acting.role]}"
        self.record = PlainLabel(
            f"{desk.site.name}  ·  {desk.record_path.stem}", TextRole.SECONDARY, elide=True
        )
        self.record.setToolTip(str(desk.record_path))
        self.who = PlainLabel(who, TextRole.SECONDARY)
        self.saved = PlainLabel("", TextRole.SECONDARY)
        self.saved.setAccessibleName("Saved")
        bar.setSizeGripEnabled(False)
        edge = current_theme().px(8)
        bar.setContentsMargins(edge, 0, edge, 0)
        bar.addWidget(self.record, 1)
        bar.addPermanentWidget(self.saved)
        bar.addPermanentWidget(self.who)
        tasks.changed.connect(self._on_saved)

    def _on_saved(self, _changes: object) -> None:
        words = f"Saved {fmt_time(self._clock.now().astimezone(LONDON))}"
        self.saved.setText(words)
        self.saved.setAccessibleName(words)
        announce(self.saved, words)
