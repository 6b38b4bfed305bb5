"""A list with a panel beside it, which makes way where the window is too narrow for both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSplitter, QWidget

from collabcare.ui.theme import current_theme

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

PANEL = 340
_BOTH = 880


class SideBySide(QSplitter):
    """Shows ``panel`` at the right of ``main`` where both have room; Space shows or hides it anywhere.

    Args:
        main: The list.
        panel: What follows its selection.
        shown: Whether the panel is there from the start where there is room for it.

    Signals:
        alone: Whether the list stands alone now, so that it has to say everything itself.
    """

    alone = Signal(bool)

    def __init__(
        self, main: QWidget, panel: QWidget, *, shown: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._panel = panel
        self._asked: bool | None = None if shown else False
        self.setChildrenCollapsible(False)
        self.setHandleWidth(current_theme().px(12))
        self.addWidget(main)
        self.addWidget(panel)
        self.setStretchFactor(0, 1)
        self.setStretchFactor(1, 0)
        panel.setMinimumWidth(current_theme().px(PANEL - 60))

    def toggle(self) -> None:
        """Show the panel, or hide it."""
        self._asked = not self._panel.isVisible()
        self._show_panel(shown=self._asked)
        self._share()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._asked is None:
            self._show_panel(shown=self.width() >= current_theme().px(_BOTH))
        self._share()

    def _show_panel(self, *, shown: bool) -> None:
        self._panel.setVisible(shown)
        self.alone.emit(not shown)

    def _share(self) -> None:
        panel = current_theme().px(PANEL)
        self.setSizes([max(self.width() - panel - self.handleWidth(), 1), panel])
