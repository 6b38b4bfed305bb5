"""Agreed actions marked done on Today: struck through until the next refresh, and taken back with Undo."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from collabcare.domain.ids import ActionId
from collabcare.services.supervision import ReopenAction, complete_action, reopen_action
from collabcare.ui.views.today_lists import key_of
from collabcare.ui.views.undoing import UndoBar

if TYPE_CHECKING:
    from collabcare.domain.changes import Changes
    from collabcare.queries.worklist import WorklistItem
    from collabcare.services.desk import Desk
    from collabcare.ui.models.open_caseload import OpenCaseload
    from collabcare.ui.tasks import Tasks
    from collabcare.ui.views.today_lists import Key


class ActionsDone(QObject):
    """Marks agreed actions as done, keeps their lines in view meanwhile, and takes the last one back.

    Signals:
        moved: Other lines are struck through now.
        refused: Why something could not be done, as a sentence.
    """

    moved = Signal()
    refused = Signal(str)

    def __init__(self, desk: Desk, tasks: Tasks, caseload: OpenCaseload, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._tasks, self._caseload = desk, tasks, caseload
        self._struck: dict[Key, tuple[WorklistItem, int]] = {}
        self._awaited: set[Key] = set()
        self.bar = UndoBar()
        caseload.loaded.connect(self._on_loaded)

    @property
    def struck(self) -> dict[Key, tuple[WorklistItem, int]]:
        """What was just done and still stands in the list, struck through, each with its place there."""
        return self._struck

    def mark(self, item: WorklistItem, place: int) -> None:
        """Record an agreed action as done; its line is struck through in its place until the next refresh."""
        key, action_id = key_of(item), item.due.subject_id
        action = next((each for each in item.row.facts.actions if each.id == action_id), None)
        if action is None or key in self._struck:
            return
        what = f"{action.text}  ·  {item.row.facts.patient.name}"
        self._struck[key] = item, place
        self._awaited.add(key)
        self.bar.withdraw()
        self._tasks.write(
            partial(complete_action, ActionId(action.id), self._desk.uow),
            partial(self._on_done, key, what, action.version + 1),
            partial(self._on_refused, key),
        )

    def _on_done(self, key: Key, what: str, version: int, _changes: Changes) -> None:
        self.bar.offer(f"Done: {what}", partial(self._take_back, key, version))
        self.moved.emit()

    def _take_back(self, key: Key, version: int) -> None:
        self._unstrike(key)
        command = ReopenAction(action_id=ActionId(key[2]), seen=version)
        self._tasks.write(
            partial(reopen_action, command, self._desk.uow),
            lambda _changes: self.bar.show_info("Taken back: it is to do again."),
            self.refused.emit,
        )

    def _on_refused(self, key: Key, sentence: str) -> None:
        self._unstrike(key)
        self.refused.emit(sentence)

    def _on_loaded(self) -> None:
        """Let go what was struck through before; the reading that an act itself set off lets it stand."""
        self._struck = {key: each for key, each in self._struck.items() if key in self._awaited}
        self._awaited.clear()

    def _unstrike(self, key: Key) -> None:
        self._struck.pop(key, None)
        self._awaited.discard(key)
        self.moved.emit()
