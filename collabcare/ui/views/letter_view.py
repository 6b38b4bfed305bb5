"""Writing a letter with the real page beside it, issuing it, and looking at those issued before."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal

from collabcare.domain.acting import Permission, allowed
from collabcare.domain.changes import Kind
from collabcare.domain.ids import LetterId
from collabcare.domain.letters import REVIEW
from collabcare.services.letter_page import LetterPage, letter_page, prepared_or_reason
from collabcare.services.letters import PreparedLetter, issue_letter, keep_words
from collabcare.ui.forms.tab_order import move_in_reading_order
from collabcare.ui.passing import Passing
from collabcare.ui.views.below_banner import BannerPage
from collabcare.ui.views.issued_page import IssuedPage
from collabcare.ui.views.letter_drafts import LetterDrafts
from collabcare.ui.views.letter_panel import LetterPanel
from collabcare.ui.views.letter_panes import LetterPanes
from collabcare.ui.views.page_view import PageView
from collabcare.ui.views.patient_words import banner_facts
from collabcare.ui.widgets.busy_strip import BusyStrip
from collabcare.ui.widgets.layouts import column

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QHideEvent
    from PySide6.QtWidgets import QWidget

    from collabcare.domain.changes import Changes
    from collabcare.domain.ids import EpisodeId
    from collabcare.services.desk import Desk
    from collabcare.services.letters import IssueLetter
    from collabcare.ui.prompts import Prompts
    from collabcare.ui.tasks import Tasks
    from collabcare.ui.views.letter_drafts import Place

_PAUSE_MS = 350
"""How long the author's hands rest before the page is drawn again."""


_ISSUED = "Issued. The page is kept in the record exactly as it is shown here."
_LOGGED = "Issued, and logged as an attempt: print it and post it now. The page is kept as it is shown here."
_KEPT = "Kept. “Letter {} to arrange” stands on Today until you record there what became of it."


class LetterView(BannerPage):
    """One letter about one patient: being written, or as it was issued.

    Signals:
        issued: The letter just issued.
        back_requested: The user wants the page they came from.
    """

    issued = Signal(object)
    back_requested = Signal()
    DEPENDS_ON = frozenset(Kind)

    def __init__(self, desk: Desk, tasks: Tasks, prompts: Prompts, parent: QWidget | None = None) -> None:
        super().__init__(tasks, parent)
        self._desk = desk
        self._episode_id: EpisodeId | None = None
        self._kind = ""
        self._letter_id: LetterId | None = None
        self._page: LetterPage | None = None
        self._prepared: PreparedLetter | None = None
        self._drafts = LetterDrafts(desk, tasks, self, self.keep_drafts)
        self.panel = LetterPanel(tasks, prompts)
        self.form, self.foot = self.panel.form, self.panel.foot
        self.pages = PageView(tasks)
        self._issued = IssuedPage(self, self.panel, self.pages)
        self._busy = BusyStrip("Putting the letter together")
        self._later = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        panes = LetterPanes(self.panel, self.pages, self)
        rest = column(self._busy, self.stand_in(panes), panes, gap=0)
        rest.setStretch(2, 1)
        self.lay_out(rest)
        self._connect()
        self._show_nobody()

    def show_letter(self, episode_id: EpisodeId, kind: str) -> None:
        """Write a letter of this kind, or with none named the one that is due; what was typed stays."""
        self._turn_to(episode_id, kind, None)

    def show_issued(self, episode_id: EpisodeId, letter_id: LetterId) -> None:
        """Look at a letter as it was issued."""
        self._turn_to(episode_id, self._kind, letter_id)

    def print_letter(self) -> None:
        """Open the issued letter to print it; one that is not issued yet says that it has to be."""
        self.foot.print_or_say_why_not()

    def has_unsaved(self) -> bool:
        """Return whether words typed for a letter are not issued yet."""
        self.keep_drafts()
        return self._drafts.any_typed()

    def reload(self) -> None:
        if self._episode_id is not None:
            self._busy.set_busy(busy=True)
            self.read(partial(letter_page, episode_id=self._episode_id, desk=self._desk), self._show)

    def keep_drafts(self) -> None:
        """Keep the author's words by patient and kind, whatever is looked at next and whatever happens."""
        if (place := self._place()) is not None:
            self._drafts.keep(place, self.form.kind.currentText(), self.form.written())

    def hideEvent(self, event: QHideEvent) -> None:
        self.keep_drafts()
        super().hideEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: FBT001 - Qt's signature
        return move_in_reading_order(self, forward=forward) or super().focusNextPrevChild(forward)

    def _on_changed(self, changes: Changes) -> None:
        if not changes.episodes or self._episode_id in changes.episodes:
            super()._on_changed(changes)

    def _connect(self) -> None:
        self._later.timeout.connect(self._prepare)
        self.form.changed.connect(self._on_typed)
        self.form.kind_chosen.connect(self._on_kind)
        self.foot.issue_requested.connect(self._on_issue)
        Passing(self, self._tasks, self.foot.message.pass_on)
        self.panel.before.chosen.connect(self._on_before)
        self.panel.back_requested.connect(self.back_requested)
        self.panel.page_wanted.connect(self._prepare)
        self.panel.another_requested.connect(self._on_another)

    def _turn_to(self, episode_id: EpisodeId, kind: str, letter_id: LetterId | None) -> None:
        self.keep_drafts()
        if episode_id != self._episode_id:
            self._show_nobody()
        self._episode_id, self._kind, self._letter_id = episode_id, kind, letter_id
        self._page = self._prepared = None
        self._issued.show_letter(None)
        self.let_go("prepared")
        self.foot.message.clear()
        self.go_stale()

    def _place(self) -> Place | None:
        """Return whose letter of which kind is being written; None while none is."""
        writing = self._page is not None and self._letter_id is None
        return (self._episode_id, self._kind) if writing and self._episode_id is not None else None

    def _show_nobody(self, why: str = "") -> None:
        self.know_nothing()
        self.banner.hide()
        self.panel.show_nobody()
        self.pages.show_nothing(why)

    def _show(self, page: LetterPage | None) -> None:
        self._busy.set_busy(busy=False)
        if page is None:
            self._show_nobody("This patient is not in the record.")
            return
        if page.facts.episode_id != self._episode_id:
            return  # an answer about somebody who is not meant any more
        arrived = self._page is None
        if arrived:
            self._drafts.take_up(page)
        self._page = page
        self.banner.show()
        self.banner.show_patient(banner_facts(page.facts, self._desk.today, self._desk.acting.role))
        self.panel.show_page(page)
        if self._letter_id is not None:
            self._issued.show_letter(next((e for e in page.facts.letters if e.id == self._letter_id), None))
        elif arrived:
            self._write(page)
        else:
            self._prepare()

    def _write(self, page: LetterPage) -> None:
        """Show the form of the kind asked for, and its page."""
        offers = {offer.kind.id: offer.kind for offer in page.offers}
        kind = offers.get(self._kind or page.due) or offers[REVIEW]
        self._kind = kind.id
        place = page.facts.episode_id, kind.id
        may_issue = allowed(self._desk.acting.role, Permission.ISSUE_LETTER)
        self.panel.show_writing(page, kind, self._drafts.typed(place), may_issue=may_issue)
        self._drafts.equip(self.form)
        if said := self._drafts.said(place):
            self.foot.message.show_info(said)
        self._prepare()

    def _prepare(self) -> None:
        """Put the letter together again, away from the screen's thread."""
        self._later.stop()
        if self._episode_id is not None and self._letter_id is None:
            query = partial(prepared_or_reason, command=self.form.command(self._episode_id), desk=self._desk)
            self.read(query, self._on_prepared, topic="prepared")

    def _on_prepared(self, prepared: PreparedLetter | str) -> None:
        if self._letter_id is not None or self._later.isActive():
            return
        if isinstance(prepared, str):
            self.panel.show_reason(prepared)
            self.pages.show_nothing(prepared)
            return
        self._prepared = prepared
        self.pages.show_pdf(prepared.pdf, prepared.letter.text, self.form.written_under())
        self.panel.show_prepared(prepared)

    def _on_typed(self) -> None:
        """Wait for a pause; until the new page is there, the old one cannot be issued."""
        self._prepared = None
        self.foot.issue.setEnabled(False)
        self._later.start()

    def _on_kind(self, kind: str) -> None:
        self.keep_drafts()
        self._kind, self._prepared = kind, None
        if self._page is not None:
            self._write(self._page)

    def _on_before(self, letter_id: int) -> None:
        if self._episode_id is not None:
            self.show_issued(self._episode_id, LetterId(letter_id))

    def _on_another(self) -> None:
        if self._episode_id is not None:
            self.show_letter(self._episode_id, self._kind)

    def _on_issue(self) -> None:
        """Issue exactly the page that is in view."""
        if self._prepared is not None and self._episode_id is not None:
            command = self.form.command(self._episode_id, previewed=self._prepared.sha256)
            self.foot.issue.setEnabled(False)
            self.keep_drafts()
            service, said = _what_to_do(self._prepared, logs=command.attempt is not None)
            place = self._episode_id, self._kind
            work = self._drafts.carrying_out(place, partial(service, command, self._desk))
            self._tasks.write(work, partial(self._on_issued, said), self._on_refused)

    def _on_issued(self, said: str, changes: Changes) -> None:
        if changes.made is None or self._episode_id is None:
            return
        self._drafts.forget((self._episode_id, self._kind))
        self._page, self._letter_id = None, LetterId(changes.made)
        self.foot.message.show_good(said)
        self.reload()
        self.issued.emit(self._letter_id)

    def _on_refused(self, sentence: str) -> None:
        self.foot.message.show_error(sentence)
        self._prepare()


def _what_to_do(
    prepared: PreparedLetter, *, logs: bool
) -> tuple[Callable[[IssueLetter, Desk], Changes], str]:
    """Return the service behind the button, and what is said when it is done."""
    form = prepared.letter.form
    if form is not None:
        return keep_words, _KEPT.format(form.words)
    return issue_letter, _LOGGED if logs else _ISSUED
