"""A drop-down list of a closed set of values, safe from the mouse wheel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QComboBox, QListView, QStyle, QStyleOptionComboBox, QWidget

from collabcare.ui.theme import current_theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QWheelEvent

    from collabcare.ui.widgets.option import Option

_NARROWEST = 240


class ComboBox(QComboBox):
    """Offers values by their words; scrolling a page over it never changes it."""

    def __init__(self, name: str, options: Sequence[Option] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._has_list = False
        self.set_options(options)

    def set_options(self, options: Sequence[Option]) -> None:
        """Offer other values; the chosen one stays if it is still among them."""
        kept = self.value()
        self.clear()
        for option in options:
            self.addItem(option.text, option.value)
            if option.tip:
                self.setItemData(self.count() - 1, option.tip, Qt.ItemDataRole.ToolTipRole)
        self.set_value(kept)

    def value(self) -> object:
        """Return the chosen value, or None."""
        found: object = self.currentData()
        return found

    def set_value(self, value: object) -> None:
        """Choose by value; one that is not offered leaves the box as it is."""
        for index in range(self.count()):
            if self.itemData(index) == value:
                self.setCurrentIndex(index)
                return

    def showPopup(self) -> None:
        # Made now: a list nobody opens took longer to make than all the rest of the box.
        if not self._has_list:
            self._has_list = True
            self.setView(QListView(self))  # the only kind the style sheet can give room between rows
        super().showPopup()

    def minimumSizeHint(self) -> QSize:
        # Narrower than its longest entry, which its list shows in full: a page is not to be as wide as that.
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), current_theme().px(_NARROWEST)), hint.height())

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:
        # What has no room for its words says so: the style would cut them in the middle of a letter.
        super().initStyleOption(option)
        part = QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, self)
        elided = self.fontMetrics().elidedText(option.currentText, Qt.TextElideMode.ElideRight, room.width())
        option.currentText = elided

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
