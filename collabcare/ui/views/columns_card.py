"""The choice of columns: which, in which order, how wide, of which questionnaire; all of it by keyboard."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from collabcare.domain.caseload_layout import FIRST_COLUMN, Layout, Placed
from collabcare.ui.plain_tip import plain_tip
from collabcare.ui.theme import current_theme
from collabcare.ui.views.caseload_cards import fit_in
from collabcare.ui.views.column_fit import narrowest
from collabcare.ui.views.side_card import SideCard
from collabcare.ui.widgets.announce import announce
from collabcare.ui.widgets.buttons import Button
from collabcare.ui.widgets.combo_box import ComboBox
from collabcare.ui.widgets.field import Field
from collabcare.ui.widgets.layouts import column, row
from collabcare.ui.widgets.option import Option
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from collabcare.domain.caseload import CaseloadRow
    from collabcare.domain.instruments import Instrument
    from collabcare.ui.models.rows import Column

_ID = Qt.ItemDataRole.UserRole
_STEP = 16
"""How much wider or narrower at a press, in pixels at 100 %."""
_EVERYTHING = 100
_LEAST = 104
"""The height of the list where the card is low, in pixels at 100 %."""


class ColumnsCard(SideCard):
    """Lists the columns on show in their order, then the others; each change shows in the table at once.

    Signals:
        changed: The layout as it is now.
    """

    changed = Signal(object)

    def __init__(self, instruments: Sequence[Instrument], parent: QWidget | None = None) -> None:
        super().__init__("Columns", "Done", parent)
        self._offered: tuple[Column[CaseloadRow], ...] = ()
        self._layout_now = Layout()
        self._filling = False
        self._ticked: set[str] = set()
        self.close_it.hide()
        self.list = QListWidget()
        self.list.setAccessibleName("Columns")
        self.list.setMinimumHeight(current_theme().px(_LEAST))
        self.left, self.right = Button("Move left", compact=True), Button("Move right", compact=True)
        self.narrower, self.wider = Button("Narrower", compact=True), Button("Wider", compact=True)
        self.usual = Button("Back to the usual columns", compact=True)
        self.measure = ComboBox(
            "Questionnaire of the score columns", [Option(each.id, each.name) for each in instruments]
        )
        fit_in(self.measure)
        self.put(PlainLabel("Space shows or hides a column.", TextRole.SECONDARY, wrap=True))
        self.put(self.list)
        self.inside.setStretchFactor(self.list, _EVERYTHING)
        self.put(column(row(self.left, self.right, gap=8), row(self.narrower, self.wider, gap=8), self.usual))
        self.put(Field("&Questionnaire of the score columns", self.measure))
        self.list.itemChanged.connect(self._on_item)
        self.list.currentRowChanged.connect(lambda _row: self._offer_moves())
        self.left.clicked.connect(lambda: self._move(-1))
        self.right.clicked.connect(lambda: self._move(1))
        self.narrower.clicked.connect(lambda: self._widen(-_STEP))
        self.wider.clicked.connect(lambda: self._widen(_STEP))
        self.usual.clicked.connect(self._on_usual)
        self.measure.activated.connect(self._on_measure)

    def first(self) -> QWidget:
        return self.list

    def do(self) -> None:
        self.closed.emit()

    def show_layout(
        self, layout: Layout, shown: Sequence[Column[CaseloadRow]], offered: Sequence[Column[CaseloadRow]]
    ) -> None:
        """List ``shown``, the columns of the layout as they stand, and then the rest of ``offered``."""
        widths = {each.id: each.width for each in layout.columns}
        placed = tuple(Placed(each.id, widths.get(each.id)) for each in shown)
        self._layout_now = replace(layout, columns=placed)
        self._offered = tuple(offered)
        on = [each.id for each in placed]
        if self._stands_in(on):
            self._tick(set(on))
        else:
            self._ticked.clear()
            order = {name: place for place, name in enumerate(on)}
            self._fill(sorted(offered, key=lambda each: order.get(each.id, len(order))), set(on))
        self.usual.setEnabled(not layout.is_usual)
        if self.measure.value() != layout.measure:
            self.measure.set_value(layout.measure or self._leading())

    def on_show(self) -> tuple[Column[CaseloadRow], ...]:
        """Return the columns that are ticked, in their order."""
        titled = {each.id: each for each in self._offered}
        return tuple(titled[each.id] for each in self._layout_now.columns)

    def _stands_in(self, on: Sequence[str]) -> bool:
        """Return whether the list can stay as it is but for its ticks.

        What was ticked since it was put in order keeps its line: nothing moves under the hand that ticks.
        """
        listed = {str(item.data(_ID)): item.text() for item in self._items()}
        if listed != {each.id: each.title for each in self._offered}:
            return False
        settled = [name for name in listed if name in on and name not in self._ticked]
        return settled == [name for name in on if name not in self._ticked]

    def _tick(self, on: set[str]) -> None:
        self._filling = True
        for item in self._items():
            item.setCheckState(Qt.CheckState.Checked if item.data(_ID) in on else Qt.CheckState.Unchecked)
        self._filling = False
        self._offer_moves()

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(place) for place in range(self.list.count())]

    def _fill(self, columns: Sequence[Column[CaseloadRow]], on: set[str]) -> None:
        kept = self._current()
        self._filling = True
        self.list.clear()
        for each in columns:
            item = QListWidgetItem(each.title)
            item.setData(_ID, each.id)
            item.setToolTip(plain_tip(each.means))
            item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, each.means)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            if each.id != FIRST_COLUMN:
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if each.id in on else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        ids = [each.id for each in columns]
        self.list.setCurrentRow(ids.index(kept) if kept in ids else 0)
        self._filling = False
        self._offer_moves()

    def _leading(self) -> str:
        return str(self.measure.itemData(0))

    def _current(self) -> str:
        chosen = self.list.selectedItems()
        return str(chosen[0].data(_ID)) if chosen else ""

    def _offer_moves(self) -> None:
        if self._filling:
            return
        on = [each.id for each in self._layout_now.columns]
        name = self._current()
        movable = name in on and name != FIRST_COLUMN
        self.left.setEnabled(movable and on.index(name) > 1)
        self.right.setEnabled(movable and name != on[-1])
        for button in (self.narrower, self.wider):
            button.setEnabled(name in on)

    def _on_item(self, item: QListWidgetItem) -> None:
        if self._filling:
            return
        shown = item.checkState() is Qt.CheckState.Checked
        self._ticked.add(str(item.data(_ID)))
        layout = self._layout_now.showing(str(item.data(_ID)), shown=shown)
        QTimer.singleShot(0, self, partial(self._change, layout))  # the list is filled again, and is busy now

    def _move(self, by: int) -> None:
        name = self._current()
        self._ticked.clear()  # once a column has its place, the list shows the places
        self._change(self._layout_now.moved(name, by))
        place = [each.id for each in self._layout_now.columns].index(name)
        announce(self.list, f"{self._title_of(name)}: column {place + 1} of {len(self._layout_now.columns)}")
        button = self.left if by < 0 else self.right
        if not button.isEnabled():
            self.list.setFocus()

    def _widen(self, by: int) -> None:
        name = self._current()
        placed = next(each for each in self._layout_now.columns if each.id == name)
        offered = next(each for each in self._offered if each.id == name)
        wanted = max((placed.width or offered.width) + by, narrowest(offered))
        self._change(self._layout_now.with_width(name, wanted))

    def _on_usual(self) -> None:
        self._ticked.clear()
        self.list.setFocus()
        self.changed.emit(replace(self._layout_now, columns=()))

    def _on_measure(self) -> None:
        before = self._layout_now.measure or self._leading()
        chosen = str(self.measure.value())
        if chosen != before:
            self._change(self._layout_now.with_measure(chosen, before))

    def _change(self, layout: Layout) -> None:
        if layout != self._layout_now:
            self._layout_now = layout
            self.changed.emit(layout)

    def _title_of(self, column_id: str) -> str:
        return next(each.title for each in self._offered if each.id == column_id)
