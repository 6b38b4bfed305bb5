"""A table whose first column stays in view while the others scroll: a row always says whom it is about.

There is one view and one model. Once the columns are scrolled the first is painted again at the left edge,
over what scrolls by, and where it is painted is where it is for the pointer, the keyboard and a screen
reader. A second table laid over the first would be announced twice and have a keyboard of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSignalBlocker,
    Qt,
    Signal,
)
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QStyle,
    QStyleOptionViewItem,
    QWidget,
)

from collabcare.ui.models.row_table import RowTable
from collabcare.ui.models.sort_heading import SortHeading
from collabcare.ui.theme import Token, current_theme

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from collabcare.ui.models.rows import RowModel

_FIRST = 0
_MOST = 2
"""The first column has at most one part in so many of the table's width once it stands over the others."""
_STEP = 16


class FrozenTable(RowTable):
    """Keeps the first column at the left edge, and the keyboard's cell clear of it."""

    def __init__(self, model: RowModel[Any], name: str, parent: QWidget | None = None) -> None:
        super().__init__(model, name, parent)  # any kind of row
        self.first_heading = FirstHeading(model, self)
        self.first_heading.widened.connect(self._on_widened)
        self.first_heading.sortIndicatorChanged.connect(self._on_sorted_by_first)
        self.first_heading.second_chosen.connect(self.choose_second)
        self.first_heading.customContextMenuRequested.connect(self._on_headings_menu)
        self.horizontalScrollBar().valueChanged.connect(self._place_heading)
        self.horizontalHeader().sectionResized.connect(self._place_heading)
        self.horizontalHeader().viewport().installEventFilter(self)
        for changed in (model.modelReset, model.layoutChanged):
            changed.connect(self._place_heading)

    @property
    def frozen(self) -> int:
        """How wide the first column stands over the others, in pixels; 0 while nothing is scrolled."""
        across = self.horizontalHeader().offset()
        wide = self.columnWidth(_FIRST)
        return max(wide - across, min(wide, self.viewport().width() // _MOST)) if across > 0 else 0

    def indexAt(self, point: QPoint) -> QModelIndex:
        if 0 <= point.x() < self.frozen:
            row = self.rowAt(point.y())
            return self._rows.index(row, _FIRST) if row >= 0 else QModelIndex()
        return super().indexAt(point)

    def visualRect(self, index: QModelIndex | QPersistentModelIndex) -> QRect:
        rect = super().visualRect(index)
        frozen = self.frozen if index.column() == _FIRST else 0
        return QRect(0, rect.top(), frozen, rect.height()) if frozen else rect

    def scrollTo(
        self,
        index: QModelIndex | QPersistentModelIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Bring a cell into view beside the first column, which is in view anyway."""
        bar = self.horizontalScrollBar()
        across = bar.value()
        super().scrollTo(index, hint)
        if index.column() == _FIRST:
            bar.setValue(across)
        elif (covered := self.frozen - self.columnViewportPosition(index.column())) > 0:
            bar.setValue(bar.value() - covered)

    def keyboardSearch(self, search: str) -> None:
        """Go to the next name that begins with what is typed, whichever cell the keyboard is in."""
        column = self.currentIndex().column()
        self._go_to_column(_FIRST)
        super().keyboardSearch(search)
        self._go_to_column(column)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        if dx:  # Qt moves what is painted, the first column too
            self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_heading()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep a heading that is dragged to the left clear of the first, and bring those under it back."""
        if (
            isinstance(event, QMouseEvent)
            and event.type() == QEvent.Type.MouseMove
            and event.buttons() & Qt.MouseButton.LeftButton
            and watched is self.horizontalHeader().viewport()
            and event.position().x() < self.frozen
        ):
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() - current_theme().px(_STEP))
            QApplication.sendEvent(watched, _moved(event, max(self.frozen, event.position().x())))
            return True
        return super().eventFilter(watched, event)

    def paint_over(self, painter: QPainter, rows: range) -> None:
        if not (frozen := self.frozen) or not rows:
            return
        theme = current_theme()
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        for row in rows:
            index = self._rows.index(row, _FIRST)
            option.rect = QRect(0, self.rowViewportPosition(row), frozen, self.rowHeight(row))
            ground = Token.HOVER if row == self._hovered else Token.SURFACE
            painter.fillRect(option.rect, theme.colour(ground))
            chosen = QStyle.StateFlag.State_Selected
            if self.selectionModel().isSelected(index):
                option.state |= chosen
            else:
                option.state &= ~chosen
            self.itemDelegateForIndex(index).paint(painter, option, index)
        top, end = self.rowViewportPosition(rows[0]), self.rowViewportPosition(rows[-1])
        edge = QRect(frozen - 1, top, 1, end + self.rowHeight(rows[-1]) - top)
        painter.fillRect(edge, theme.colour(Token.CONTROL_LINE))

    def _go_to_column(self, column: int) -> None:
        """Move the keyboard along its row, leaving what is chosen as it is."""
        index = self.currentIndex()
        if index.isValid() and column >= 0:
            still = QItemSelectionModel.SelectionFlag.NoUpdate
            self.selectionModel().setCurrentIndex(index.siblingAtColumn(column), still)

    def _place_heading(self) -> None:
        """Put the heading of the first column over that of what scrolled under it, or away."""
        heading, head = self.first_heading, self.horizontalHeader()
        frozen = self.frozen
        heading.show_first(self.columnWidth(_FIRST), self._rows.sorted_by)
        heading.show_second(next(iter(self._rows.sort_keys[1:]), None))
        heading.setGeometry(head.x(), head.y(), frozen, head.height())
        heading.setVisible(frozen > 0 and head.isVisible())

    def _on_sorted_by_first(self, place: int, order: Qt.SortOrder) -> None:
        self.horizontalHeader().setSortIndicator(place, order)

    def _on_widened(self, width: int) -> None:
        self.setColumnWidth(_FIRST, width)


class FirstHeading(SortHeading):
    """The heading of the first column alone: pressing it sorts, its edge is dragged as that of the others.

    Signals:
        widened: The user made the column so wide.
    """

    widened = Signal(int)

    def __init__(self, model: RowModel[Any], table: RowTable) -> None:  # any kind of row
        super().__init__(table)
        self.hide()
        self.setModel(model)
        self.setHighlightSections(False)
        self.setSortIndicatorShown(True)
        self.setStretchLastSection(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.sectionResized.connect(self._on_resized)

    def show_first(self, width: int, sorted_by: tuple[int, Qt.SortOrder]) -> None:
        """Be as wide as the column is, and mark it where the rows are sorted by it."""
        with QSignalBlocker(self):
            self.resizeSection(_FIRST, width)
            self.setSortIndicator(*sorted_by)

    def _on_resized(self, place: int, _before: int, after: int) -> None:
        if place == _FIRST:
            self.widened.emit(after)


def _moved(event: QMouseEvent, x: float) -> QMouseEvent:
    """Return the same event at another place of the line."""
    at = event.position()
    by = QPoint(round(x - at.x()), 0)
    return QMouseEvent(
        event.type(),
        at + by,
        event.scenePosition() + by,
        event.globalPosition() + by,
        event.button(),
        event.buttons(),
        event.modifiers(),
        event.pointingDevice(),
    )
