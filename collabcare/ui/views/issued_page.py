"""Shows a letter as it was issued: its very page, to save or print."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from collabcare.domain.display import fmt_date
from collabcare.services.letter_page import issued_or_reason

if TYPE_CHECKING:
    from collabcare.domain.facts import LetterFact
    from collabcare.ui.views.letter_panel import LetterPanel
    from collabcare.ui.views.live_view import LiveView
    from collabcare.ui.views.page_view import PageView

_TOPIC = "issued"


class IssuedPage(QObject):
    """Reads the page of an issued letter and puts it in view, unless another is meant by then."""

    def __init__(self, view: LiveView, panel: LetterPanel, pages: PageView) -> None:
        super().__init__(panel)
        self._view, self._panel, self._pages = view, panel, pages
        self._meant: LetterFact | None = None

    def show_letter(self, letter: LetterFact | None) -> None:
        """Show this letter; with none, what was asked for before is not meant any more."""
        self._meant = letter
        self._view.let_go(_TOPIC)
        if letter is not None:
            self._panel.show_viewed(letter)
            query = partial(issued_or_reason, letter_id=letter.id)
            self._view.read(query, partial(self._on_read, letter), topic=_TOPIC)

    def _on_read(self, letter: LetterFact, page: bytes | str) -> None:
        if letter is not self._meant:
            return
        foot = self._panel.foot
        if isinstance(page, str):
            self._pages.show_nothing(page)
            foot.hide()
            return
        self._pages.show_pdf(page, f"{letter.title}, issued {fmt_date(letter.issued_on)}")
        foot.show_issued(page, letter)
        if self._panel.isVisible():
            foot.save.setFocus()
