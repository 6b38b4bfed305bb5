"""What a page that is not about one patient has: the way back, and the way to a patient."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeVar

from PySide6.QtCore import Signal

from collabcare.ui.panes import first_stop
from collabcare.ui.passing import Passing
from collabcare.ui.views.drafting import Drafting, waiting_words
from collabcare.ui.views.live_view import LiveView
from collabcare.ui.widgets.buttons import Button, ButtonKind
from collabcare.ui.widgets.inline_message import InlineMessage

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QHideEvent
    from PySide6.QtWidgets import QWidget

    from collabcare.services.desk import Desk
    from collabcare.ui.models.open_caseload import OpenCaseload
    from collabcare.ui.pages import PageName
    from collabcare.ui.prompts import Prompts
    from collabcare.ui.tasks import Tasks

T = TypeVar("T")
_CASELOAD, _DRAFTS = "caseload", "drafts"


class ListPageView(LiveView):
    """A page of its own; a subclass lays it out in :meth:`build` and says on what changes it is read again.

    What came of something it says in ``message``, which the subclass lays out. Its forms are handed to
    ``drafting``, which keeps what is typed in them.

    Signals:
        back_requested: The user wants the place they came from.
        patient_requested: The episode whose page to open, and the form to open there (empty for none).
    """

    NAME: ClassVar[PageName]
    back_requested = Signal()
    patient_requested = Signal(object, str)

    def __init__(
        self,
        desk: Desk,
        tasks: Tasks,
        prompts: Prompts,
        caseload: OpenCaseload,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(tasks, parent)
        self.desk, self.prompts, self.caseload = desk, prompts, caseload
        self.back = Button("Back", ButtonKind.QUIET, icon_name="arrow-left", compact=True)
        self.back.clicked.connect(self.back_requested)
        self.drafting = Drafting(desk, tasks, self, self.NAME)
        self.drafting.found.connect(self._on_drafts)
        self._looked = False
        self.message = InlineMessage()
        Passing(self, tasks, self.message.pass_on)
        self.build()

    def follow_caseload(self) -> None:
        """Show again whatever the open caseload brings, and say so when it could not be read."""
        self.caseload.loaded.connect(self._on_caseload)
        self.caseload.unread.connect(self._on_caseload_unread)
        if self.caseload.failed:
            self._on_caseload_unread()

    def try_again(self) -> None:
        """Read the caseload again too, if that could not be read."""
        if self.caseload.failed:
            self.caseload.reload()
        self.reload()

    def build(self) -> None:
        """Lay out the page, once."""
        raise NotImplementedError

    def has_unsaved(self) -> bool:
        """Return whether anything typed is not saved yet."""
        return self.drafting.has_unsaved()

    def keep_drafts(self) -> None:
        """Keep what stands in the forms, so that it comes back whatever happens."""
        self.drafting.keep_now()

    def say_left(self, words: str) -> None:
        """Say what was typed here and not saved; a page with forms says where."""

    def hideEvent(self, event: QHideEvent) -> None:
        self.keep_drafts()
        super().hideEvent(event)

    def _was_read(self, then: Callable[[T], None], topic: str, answer: T) -> None:
        """Look for drafts once the page is there: its forms are, and can take up their own."""
        super()._was_read(then, topic, answer)
        if not self._looked:
            self._looked = True
            self.drafting.look_for(None, self._on_no_drafts)

    def _on_no_drafts(self, sentence: str) -> None:
        self._looked = False
        self.not_read(_DRAFTS, sentence)

    def _on_drafts(self, episode_id: object) -> None:
        """Say what waits for a form to be opened again; what could come back by itself has."""
        self.let_go(_DRAFTS)
        words = waiting_words(self.drafting.waiting(None)) if episode_id is None else ""
        if words:
            self.say_left(words)

    def take_keyboard(self) -> None:
        """Put the keyboard on the first thing that takes it."""
        (first_stop(self) or self).setFocus()

    def _on_caseload(self) -> None:
        self.was_read(_CASELOAD)
        self.go_stale()

    def _on_caseload_unread(self) -> None:
        self._known = self._known or self.caseload.known
        self.not_read(_CASELOAD, "")
