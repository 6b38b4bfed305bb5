"""A page under the banner of its patient: in a low window the page scrolls, the banner never does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget

from collabcare.ui.pages import least_wrapped
from collabcare.ui.theme import current_theme
from collabcare.ui.views.live_view import LiveView
from collabcare.ui.widgets.layouts import column
from collabcare.ui.widgets.low_frame import LowFrame
from collabcare.ui.widgets.patient_banner import PatientBanner

if TYPE_CHECKING:
    from PySide6.QtCore import QSize
    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QLayout

    from collabcare.ui.tasks import Tasks

_LOW = 300
_LEAST = 48


class BelowBanner(LowFrame):
    """Scrolls the page below its banner; nothing of it is ever above the banner or over it."""

    def __init__(self, banner: PatientBanner, rest: QLayout, parent: QWidget | None = None) -> None:
        super().__init__(_Rest(rest), parent, least=_LEAST)
        self._banner = banner

    def sizeHint(self) -> QSize:
        # Everything in it scrolls. Beside a banner that wraps, Qt takes the hint for the least height.
        return self.minimumSizeHint()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()  # a scrolling area does not ask for more room by itself
        return super().viewportEvent(event)

    def _on_focus(self, old: QWidget | None, new: QWidget | None) -> None:
        super()._on_focus(old, new)
        if new is not None and shiboken6.isValid(self._banner) and self.isAncestorOf(new):
            self._banner.go_on_below()


class _Rest(QWidget):
    def __init__(self, layout: QLayout) -> None:
        super().__init__()
        self.setLayout(layout)

    def minimumSizeHint(self) -> QSize:
        return least_wrapped(super().minimumSizeHint(), self.layout(), self.width())


class BannerPage(LiveView):
    """A page about one patient: the banner, always in view, and below it all the rest."""

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(tasks, parent)
        self.banner = PatientBanner()

    def lay_out(self, rest: QLayout) -> None:
        """Put the rest of the page below the banner."""
        whole = column(self.banner, BelowBanner(self.banner, rest), gap=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.banner.fold(folded=self.height() < current_theme().px(_LOW))
