"""The line at the foot of the window: which record, who is signed in, and that it was saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from collabcare.domain.acting import ROLE_WORDS
from collabcare.domain.calendar import LONDON
from collabcare.domain.display import fmt_time
from collabcare.domain.safety import IN_AN_EMERGENCY, NO_EMERGENCY_SYSTEM
from collabcare.ui.theme import current_theme
from collabcare.ui.widgets.announce import announce
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole

if TYPE_CHECKING:
    from PySide6.QtCore import QSize
    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QStatusBar, QWidget

    from collabcare.domain.changes import Changes
    from collabcare.services.desk import Desk
    from collabcare.ui.tasks import Tasks


_SPARE = 80
"""What lies between the parts of the line, in pixels at 100 %."""


class RoomyWords(PlainLabel):
    """Says the same in more or in fewer words, as there is room; only the fewest are ever cut with dots.

    Args:
        words: What it says, the most words first.
        modest: Whether it asks for the room of the fewest only, and takes what is left over.
    """

    def __init__(self, *words: str, modest: bool = False, parent: QWidget | None = None) -> None:
        self._words, self.modest = words, modest
        super().__init__(words[0], TextRole.SECONDARY, elide=True, parent=parent)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        hint.setWidth(self._width(self._words[-1 if self.modest else 0]))
        return hint

    def be_modest(self, *, modest: bool) -> None:
        """Ask for less room from now on, or for the room of all its words."""
        self.modest = modest
        self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        room = self.contentsRect().width()
        self.setText(next((each for each in self._words if self._width(each) <= room), self._words[-1]))
        super().resizeEvent(event)

    def _width(self, words: str) -> int:
        return self.fontMetrics().horizontalAdvance(words) + 2


class StatusLine(QObject):
    """Fills a status bar and keeps it true, for as long as the bar is there.

    That this is no emergency system stands there also while something else is said for a while: then in fewer
    words, and who is signed in makes room where there is none.
    """

    def __init__(self, bar: QStatusBar, desk: Desk, tasks: Tasks) -> None:
        super().__init__(bar)
        self._clock, self._bar = desk.clock, bar
        who = f"{desk.acting.name}  ·  {ROLE_WORDS[desk.acting.role]}"
        record = desk.record_path.stem
        same = record.casefold() == desk.site.name.casefold()
        both = record if same else f"{desk.site.name}  ·  {record}"
        self.record = RoomyWords(both, record, modest=True)
        self.who = PlainLabel(who, TextRole.SECONDARY)
        self.saved = PlainLabel("", TextRole.SECONDARY)
        self.saved.setAccessibleName("Saved")
        bar.setSizeGripEnabled(False)
        edge = current_theme().px(8)
        bar.setContentsMargins(edge, 0, edge, 0)
        self.saved.setContentsMargins(0, 0, edge, 0)
        self.emergency = RoomyWords(IN_AN_EMERGENCY, NO_EMERGENCY_SYSTEM)
        bar.addWidget(self.record, 1)
        bar.addPermanentWidget(self.emergency)
        bar.addPermanentWidget(self.saved)
        bar.addPermanentWidget(self.who)
        bar.messageChanged.connect(self._make_room)
        tasks.changed.connect(self._on_saved)
        tasks.noted.connect(self._say)

    def _on_saved(self, changes: Changes) -> None:
        if not changes.kinds:
            return  # a draft, or how somebody likes the screens: no part of the record
        self._say(f"Saved {fmt_time(self._clock.now().astimezone(LONDON))}")

    def _make_room(self, said: str) -> None:
        """Leave the line to what is said for a while, but for the sentence that always stands there."""
        parts = (self.saved, self.who)
        needed = sum(part.sizeHint().width() for part in parts) + sum(
            self._bar.fontMetrics().horizontalAdvance(words) for words in (said, NO_EMERGENCY_SYSTEM)
        )
        self.who.setVisible(not said or needed + current_theme().px(_SPARE) <= self._bar.width())
        self.emergency.be_modest(modest=bool(said))

    def _say(self, words: str) -> None:
        self.saved.setText(words)
        self.saved.setAccessibleName(words)
        announce(self.saved, words)
