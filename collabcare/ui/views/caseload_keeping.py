"""What one user likes of the caseload, read once and kept in the record as they change it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from collabcare.domain.caseload_columns import caseload_columns
from collabcare.domain.caseload_layout import (
    LAYOUT,
    VIEWS,
    Layout,
    OwnView,
    layout_text,
    read_layout,
    read_views,
    views_text,
)
from collabcare.domain.caseload_score_columns import other_scores
from collabcare.queries.preferences import preferences
from collabcare.queries.site import users
from collabcare.services.preferences import SavePreference, save_preference

if TYPE_CHECKING:
    from collabcare.domain.ids import UserId
    from collabcare.services.desk import Desk
    from collabcare.ui.tasks import Tasks

_SOON_MS = 400


class Keeping(QObject):
    """Holds the layout and the user's own views, and writes each change a moment after it was made.

    Signals:
        loaded: Both were read from the record.
    """

    loaded = Signal()

    def __init__(self, desk: Desk, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._tasks = desk, tasks
        self.layout = Layout()
        self.views: tuple[OwnView, ...] = ()
        self.names: dict[int, str] = {}
        """What everybody who signs in is called."""
        self.settled = False
        """Whether it has turned out what is kept, if anything could be read."""
        self._asked = False
        self._soon = QTimer(self, interval=_SOON_MS, singleShot=True)
        self._soon.timeout.connect(self._write_layout)

    def read(self) -> None:
        """Read what is kept for this user, unless it was asked for already."""
        if self._asked:
            return
        self._asked = True
        user_id = self._desk.acting.user_id
        self._tasks.read(
            self,
            lambda session: (preferences(session, user_id), {each.id: each.name for each in users(session)}),
            self._got,
            refused=self._on_unread,
            topic="liking",
        )

    def keep_layout(self, layout: Layout) -> None:
        """Keep a layout: dragging a heading changes it many times, and it is written once."""
        if layout != self.layout:
            self.layout = layout
            self._soon.start()

    def keep_views(self, views: tuple[OwnView, ...]) -> None:
        """Keep the user's own views."""
        self.views = views
        self._write(VIEWS, views_text(views))

    def finish(self) -> None:
        """Write what was changed and not written yet: the record is about to be closed."""
        if self._soon.isActive():
            self._soon.stop()
            self._write_layout()

    def _got(self, read: tuple[dict[str, str], dict[UserId, str]]) -> None:
        kept = read[0]
        self.names = {int(each): name for each, name in read[1].items()}
        book = self._desk.rulebook
        known = {each.id for each in caseload_columns(book)}
        known |= {each for name in book.pathway.measures for each in other_scores(name)}
        self.layout = read_layout(kept.get(LAYOUT, ""), known, book.instruments.keys())
        self.views = read_views(kept.get(VIEWS, ""), known, book.instruments.keys())
        self.settled = True
        self.loaded.emit()

    def _on_unread(self, _sentence: str) -> None:
        """Show the list as it comes; what the user likes is asked for again when the caseload is read."""
        self._asked = False
        self.settled = True

    def _write_layout(self) -> None:
        self._write(LAYOUT, layout_text(self.layout))

    def _write(self, name: str, value: str) -> None:
        self._tasks.write(partial(save_preference, SavePreference(name=name, value=value), self._desk.uow))
