"""What every screen is: it says which changes concern it, and loads again only while somebody is looking."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from collabcare.domain.changes import Changes, Kind
    from collabcare.ui.tasks import Tasks


class LiveView(QWidget):
    """A screen that keeps itself up to date: a change it depends on marks it stale, being seen reloads it."""

    DEPENDS_ON: ClassVar[frozenset[Kind]] = frozenset()

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._stale = True
        tasks.changed.connect(self._on_changed)

    def reload(self) -> None:
        """Ask for this screen's data again; a screen says how."""

    def go_stale(self) -> None:
        """Have the data loaded again, at once if somebody is looking, else when they next do."""
        self._stale = True
        self._reload_if_due()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._reload_if_due()

    def _on_changed(self, changes: Changes) -> None:
        if self.DEPENDS_ON & changes.kinds:
            self.go_stale()

    def _reload_if_due(self) -> None:
        if self._stale and self.isVisible():
            self._stale = False
            self.reload()
