"""What a page over the open caseload says when that could not be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from collabcare.ui.widgets.unread import Unread

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from collabcare.ui.models.open_caseload import OpenCaseload


class Page(Protocol):
    """A page over the caseload."""

    def take_keyboard(self) -> None:
        """Put the keyboard where it belongs on the page."""


class CaseloadUnread(Unread):
    """Follows the open caseload for a ``page``; make it once the page listens to the caseload itself."""

    def __init__(self, caseload: OpenCaseload, page: Page, body: QWidget) -> None:
        super().__init__()
        self._caseload, self._page = caseload, page
        self.stand_in(body)
        self.again.connect(caseload.reload)
        caseload.loaded.connect(self._on_loaded)
        caseload.unread.connect(self._on_unread)

    def _on_loaded(self) -> None:
        tried_again = self.has_keyboard()
        self.worked()
        if tried_again:
            self._page.take_keyboard()

    def _on_unread(self) -> None:
        self.failed(known=self._caseload.known)
