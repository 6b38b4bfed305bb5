"""The line at the foot of the window: which record, who is signed in, and that it was saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.acting import ROLE_WORDS
from collabcare.domain.calendar import LONDON
from collabcare.domain.display import fmt_time
from collabcare.domain.safety import IN_AN_EMERGENCY
from collabcare.ui.theme import current_theme
from collabcare.ui.widgets.announce import announce
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStatusBar

    from collabcare.domain.changes import Changes
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
        self.emergency = PlainLabel(IN_AN_EMERGENCY, TextRole.SECONDARY, elide=True)
        bar.addWidget(self.record, 1)
        bar.addWidget(self.emergency, 2)
        bar.addPermanentWidget(self.saved)
        bar.addPermanentWidget(self.who)
        tasks.changed.connect(self._on_saved)
        tasks.noted.connect(self._say)

    def _on_saved(self, changes: Changes) -> None:
        if not changes.kinds:
            return  # a draft, or how somebody likes the screens: no part of the record
        self._say(f"Saved {fmt_time(self._clock.now().astimezone(LONDON))}")

    def _say(self, words: str) -> None:
        self.saved.setText(words)
        self.saved.setAccessibleName(words)
        announce(self.saved, words)
