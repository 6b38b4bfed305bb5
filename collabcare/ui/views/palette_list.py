"""The list under the box at the top: what was found, in sections, laid over the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtWidgets import QFrame, QLineEdit, QListView, QStyle, QStyleOptionViewItem

from collabcare.ui.models.lines import CELL_ROLE, Line, LineModel
from collabcare.ui.theme import TextSize, Token, current_theme
from collabcare.ui.views.palette_offers import Offer
from collabcare.ui.widgets.name_delegate import NameCell, NameDelegate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPainter

    from collabcare.ui.views.palette_offers import OfferGroup

_HEIGHT = 440
_ROW, _HEADING = 44, 28
_PADDING = 5  # what the style sheet puts around the rows: padding and edge


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferCell(NameCell):
    """Two lines, and the key that does the same at the end of the first."""

    key: str


class PaletteList(QListView):
    """Shows sections of offers; the keyboard stays in the box, which moves through them.

    Signals:
        pressed_on: The :class:`Offer` the pointer was pressed on.
    """

    pressed_on = Signal(object)

    def __init__(self, box: QLineEdit) -> None:
        super().__init__(box)
        self._box = box
        self._lines = LineModel(self)
        self.setModel(self._lines)
        self.setAccessibleName("Found")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_OfferDelegate(self))
        self.clicked.connect(self._on_clicked)
        self.hide()
        box.installEventFilter(self)

    def show_groups(self, groups: Sequence[OfferGroup]) -> None:
        """Show what was found, the first of it chosen; nothing at all hides the list."""
        lines: list[Line] = []
        for group in groups:
            lines += [Line(text=group.title), *(_line(offer) for offer in group.offers)]
        self._show(lines)

    def show_words(self, first: str, second: str) -> None:
        """Say something in place of what was found."""
        self._show([Line(text=first, cell=NameCell(first, second, strong=False))])

    def words(self) -> tuple[str, ...]:
        """Return what is listed, headings and all."""
        return tuple(line.text for line in self._lines.lines)

    def offers(self) -> tuple[Offer, ...]:
        """Return what can be chosen, in order."""
        return tuple(each.stands_for for each in self._lines.lines if isinstance(each.stands_for, Offer))

    def chosen(self) -> Offer | None:
        """Return the line chosen, if any is."""
        return self._offer_at(self.currentIndex())

    def step(self, steps: int) -> None:
        """Choose the line so many further on, as far as there are lines; headings are passed over."""
        places = self._lines.choices()
        if places:
            here = self.currentIndex().row()
            at = places.index(here) if here in places else 0
            self._choose(places[min(max(at + steps, 0), len(places) - 1)])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.Move, QEvent.Type.Resize}:
            self._place()
        return super().eventFilter(watched, event)

    def _show(self, lines: Sequence[Line]) -> None:
        self._lines.set_lines(lines)
        places = self._lines.choices()
        if places:
            self._choose(places[0])
        self.setVisible(bool(lines))
        self._place()

    def _choose(self, place: int) -> None:
        self.setCurrentIndex(self._lines.index(place))
        first = place == self._lines.choices()[0]
        self.scrollTo(self._lines.index(0 if first else place))  # the first with its heading

    def _offer_at(self, index: QModelIndex) -> Offer | None:
        offer = self._lines.lines[index.row()].stands_for if index.isValid() else None
        return offer if isinstance(offer, Offer) else None

    def _on_clicked(self, index: QModelIndex) -> None:
        if (offer := self._offer_at(index)) is not None:
            self.pressed_on.emit(offer)

    def _place(self) -> None:
        host = self._box.window()
        if self.parentWidget() is not host:
            visible = self.isVisible()
            self.setParent(host)
            self.setVisible(visible)
        theme = current_theme()
        below = self._box.mapTo(host, QPoint(0, self._box.height() + theme.px(2)))
        rows = sum(self.sizeHintForRow(place) for place in range(len(self._lines.lines)))
        room = host.height() - below.y() - theme.px(8)
        height = min(rows + 2 * theme.px(_PADDING), theme.px(_HEIGHT), room)
        self.setGeometry(below.x(), below.y(), self._box.width(), height)
        self.raise_()


class _OfferDelegate(NameDelegate):
    """Two lines to an offer, its key at the end of the first; a heading is one quiet line."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        is_heading = index.data(CELL_ROLE) is None
        height = current_theme().px(_HEADING if is_heading else _ROW)
        return QSize(super().sizeHint(option, index).width(), height)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        cell = index.data(CELL_ROLE)
        if cell is None:
            self._paint_heading(painter, option.rect, index.data(Qt.ItemDataRole.DisplayRole))
            return
        super().paint(painter, option, index)
        if isinstance(cell, OfferCell) and cell.key:
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            self._paint_key(painter, option.rect, cell.key, chosen=chosen)

    def _paint_heading(self, painter: QPainter, place: QRect, words: str) -> None:
        theme = current_theme()
        painter.save()
        painter.setFont(theme.font(TextSize.SECONDARY, bold=True))
        painter.setPen(theme.colour(Token.TEXT_SECONDARY))
        inside = place.adjusted(theme.px(9), 0, -theme.px(8), -theme.px(2))
        words = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, inside.width())
        painter.drawText(inside, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, words)
        painter.restore()

    def _paint_key(self, painter: QPainter, place: QRect, key: str, *, chosen: bool) -> None:
        theme = current_theme()
        painter.save()
        painter.setFont(theme.font(TextSize.SECONDARY))
        painter.setPen(theme.colour(Token.SELECTION_SECONDARY if chosen else Token.TEXT_SECONDARY))
        inside = place.adjusted(theme.px(9), theme.px(1), -theme.px(8), -theme.px(1))
        inside.setHeight(inside.height() // 2)
        painter.drawText(inside, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, key)
        painter.restore()


def _line(offer: Offer) -> Line:
    cell = OfferCell(offer.first, offer.second, key=offer.key)
    return Line(text=offer.first, spoken=offer.spoken, cell=cell, stands_for=offer)
