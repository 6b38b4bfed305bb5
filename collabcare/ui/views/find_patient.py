"""The box at the top that finds a patient from anywhere, by part of a name or NHS number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QStyleOptionViewItem, QWidget

from collabcare.domain.display import fmt_date, spoken_dates
from collabcare.domain.nhs_number import fmt_nhs_number
from collabcare.queries.search import FoundPatient, find_patients, patient_index
from collabcare.ui.theme import current_theme, icon
from collabcare.ui.widgets.announce import announce
from collabcare.ui.widgets.name_delegate import NameCell, NameDelegate

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent

    from collabcare.ui.tasks import Tasks

_CELL_ROLE = Qt.ItemDataRole.UserRole
_FOUND_ROLE = Qt.ItemDataRole.UserRole + 1
_MOST_SHOWN = 8
_WIDTH = 380
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class FindPatient(QLineEdit):
    """Shows who matches under the box while typing; Enter opens, Esc gives up.

    Signals:
        found: The episode to open.
        given_up: The user left the search by Esc.
    """

    found = Signal(object)
    given_up = Signal()

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._index: list[FoundPatient] = []
        self._stale = True
        self.setPlaceholderText("Find a patient   Ctrl+F")
        self.setAccessibleName("Find a patient")
        self.setClearButtonEnabled(True)
        self.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self._fit()
        self.results = FoundList(self)
        self.results.itemClicked.connect(self._on_clicked)
        self.textEdited.connect(self._on_typed)
        tasks.changed.connect(self._on_changed)

    def begin(self) -> None:
        """Take the keyboard and start afresh."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in _STEPS and self.results.isVisible():
            self._move(_STEPS[Qt.Key(key)])
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open(self.results.currentItem())
        elif key == Qt.Key.Key_Escape:
            self._give_up()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._stale:
            self._stale = False
            self._tasks.read(self, patient_index, self._on_read, topic="index")

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.results.hide()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def sizeHint(self) -> QSize:
        return QSize(current_theme().px(_WIDTH), super().sizeHint().height())

    def _fit(self) -> None:
        self.setMinimumWidth(current_theme().px(_WIDTH // 2))
        self.setMaximumWidth(current_theme().px(_WIDTH))

    def _on_changed(self) -> None:
        self._stale = True

    def _on_read(self, index: list[FoundPatient]) -> None:
        self._index = index
        if self.hasFocus() and self.text():
            self._on_typed(self.text())

    def _on_typed(self, text: str) -> None:
        found = find_patients(self._index, text)
        self.results.show_found(found, nobody=bool(text.strip()))
        if text.strip():
            announce(self, f"{len(found)} found")

    def _move(self, step: int) -> None:
        place = self.results.currentRow() + step
        if 0 <= place < self.results.count():
            self.results.setCurrentRow(place)
            announce(self, self.results.currentItem().data(Qt.ItemDataRole.AccessibleTextRole))

    def _on_clicked(self, item: QListWidgetItem) -> None:
        self._open(item)

    def _open(self, item: QListWidgetItem | None) -> None:
        chosen = None if item is None else item.data(_FOUND_ROLE)
        if isinstance(chosen, FoundPatient):
            self.clear()
            self.results.hide()
            self.found.emit(chosen.episode_id)

    def _give_up(self) -> None:
        self.clear()
        self.results.hide()
        self.given_up.emit()


class FoundList(QListWidget):
    """Who was found, laid over the page under the box; the keyboard stays in the box."""

    def __init__(self, box: QLineEdit) -> None:
        super().__init__(box)
        self._box = box
        self.setAccessibleName("Found patients")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_FoundDelegate(self))
        self.hide()
        box.installEventFilter(self)

    def show_found(self, found: list[FoundPatient], *, nobody: bool) -> None:
        """Show who was found, or that nobody was when something was typed."""
        self.clear()
        for each in found:
            self.addItem(_item(each))
        if not found and nobody:
            self.addItem(_nobody())
        self.setCurrentRow(0 if found else -1)
        self.setVisible(self.count() > 0)
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.Move, QEvent.Type.Resize}:
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        host = self._box.window()
        if self.parentWidget() is not host:
            visible = self.isVisible()
            self.setParent(host)
            self.setVisible(visible)
        below = self._box.mapTo(host, QPoint(0, self._box.height() + current_theme().px(2)))
        rows = min(self.count(), _MOST_SHOWN)
        edge = 2 * current_theme().px(5)  # what the style sheet puts around the rows
        height = rows * (self.sizeHintForRow(0) if self.count() else 0) + edge
        self.setGeometry(below.x(), below.y(), self._box.width(), height)
        self.raise_()


class _FoundDelegate(NameDelegate):
    """Two lines to a patient, with a little more room than in a table."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(super().sizeHint(option, index).width(), current_theme().px(44))


def _item(found: FoundPatient) -> QListWidgetItem:
    parts = [f"Born {fmt_date(found.birth_date)}", f"NHS No. {fmt_nhs_number(found.nhs_number)}"]
    if found.closed_on is not None:
        parts.append(f"Closed {fmt_date(found.closed_on)}")
    second = "  ·  ".join(parts)
    item = QListWidgetItem(found.name)
    item.setData(_CELL_ROLE, NameCell(found.name, second))
    item.setData(_FOUND_ROLE, found)
    item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken_dates(f"{found.name}. {second}"))
    return item


def _nobody() -> QListWidgetItem:
    words = "Nobody in this record matches"
    item = QListWidgetItem(words)
    item.setData(_CELL_ROLE, NameCell(words, "Try part of the surname, or the NHS number"))
    item.setFlags(Qt.ItemFlag.NoItemFlags)
    return item
