"""What the caseload's page is made of: the head, the table, the preview and the room for a card beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QStackedWidget, QWidget

from collabcare.domain.caseload import CaseloadRow
from collabcare.domain.caseload_search import searched
from collabcare.domain.display import fmt_count
from collabcare.ui.models.choosing_table import ChoosingTable
from collabcare.ui.models.rows import RowModel
from collabcare.ui.passing import Passing
from collabcare.ui.theme import current_theme
from collabcare.ui.views.caseload_asking import Asking
from collabcare.ui.views.caseload_columns import caseload_columns
from collabcare.ui.views.caseload_head import CaseloadHead
from collabcare.ui.views.caseload_keeping import Keeping
from collabcare.ui.views.caseload_laying import Laying
from collabcare.ui.views.caseload_side import CaseloadSide
from collabcare.ui.views.caseload_unread import CaseloadUnread
from collabcare.ui.views.columns_card import ColumnsCard
from collabcare.ui.views.low_page import is_low
from collabcare.ui.views.patient_panel import PatientPanel
from collabcare.ui.views.side_by_side import SideBySide
from collabcare.ui.views.undoing import UndoBar
from collabcare.ui.widgets.announce import announce
from collabcare.ui.widgets.empty_state import EmptyState
from collabcare.ui.widgets.layouts import APART, column, row
from collabcare.ui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from collabcare.services.desk import Desk
    from collabcare.ui.models.open_caseload import OpenCaseload
    from collabcare.ui.tasks import Tasks

_HEADINGS = 40
_LEAST_ROWS = 2
"""How many patients are in view at the least: with very large text the page scrolls instead."""


class CaseloadPage(QWidget):
    """Holds the parts and says what is shown; :class:`CaseloadView` says what pressing them does.

    Signals:
        patient_requested: The episode whose page to open.
        compose_requested: The episode whose page to open, and the form to open there.
        page_requested: The episode, and which of its pages to open.
        letter_requested: The episode to write a letter about.
        print_requested: The rows to print a summary of, and what they are in words.
        new_requested: The user wants to add a patient.
        said: What came of something, in a sentence.
    """

    patient_requested = Signal(object)
    compose_requested = Signal(object, str)
    page_requested = Signal(object, object)
    letter_requested = Signal(object)
    print_requested = Signal(object, str)
    new_requested = Signal()
    said = Signal(str)

    def __init__(
        self, desk: Desk, tasks: Tasks, caseload: OpenCaseload, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._caseload = desk, caseload
        self.head = CaseloadHead()
        self.whose, self.filters, self.search = self.head.whose, self.head.filters, self.head.search
        self.sentence, self.clear, self.unseen = self.head.sentence, self.head.clear, self.head.unseen
        self.model = RowModel[CaseloadRow](
            caseload_columns(desk.rulebook),
            key=lambda each: each.facts.episode_id,
            name=lambda each: "\n".join(each.facts.patient.name_order),
            searched=searched,
            parent=self,
        )
        self.table = ChoosingTable(self.model, "Caseload")
        self.nothing = EmptyState("caseload", "")
        self.panel = PatientPanel(desk.rulebook, desk.acting.role)
        self.side = CaseloadSide()
        self.menu = QMenu(self)
        self.keeping = Keeping(desk, tasks, self)
        self.asking = Asking(desk, caseload, self.keeping, self.head, self.model)
        self.laying = Laying(desk.rulebook, self.model, self.table)
        self.table.setMinimumHeight(current_theme().px(_HEADINGS) + _LEAST_ROWS * current_theme().row)
        self._pages = QStackedWidget()
        self._pages.addWidget(Sheet(self.table))
        self._pages.addWidget(self.nothing)
        self._split = SideBySide(self._pages, self.panel, shown=False)
        self.panel.hide()
        beside = row(self._split, self.side, gap=APART)
        beside.setStretch(0, 1)
        self.side.hide()
        self.unread = CaseloadUnread(caseload, self, self._split)
        self.done = UndoBar()
        self.done.withdraw()
        self.side.unfolded.connect(Passing(self, tasks, self.done.withdraw).let_go)
        page = column(self.head, self.done, self.unread, beside, gap=8, margin=16)
        page.setStretch(3, 1)
        self.setLayout(page)
        self.side.taken.connect(self._make_room)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """On a low page let a card have the room of the chips; the sentence still says what is shown."""
        self.laying.fit.show_whole(whole=isinstance(self.side.card, ColumnsCard))
        self.head.make_do(low=is_low(self))
        self.head.show_which(shown=self.side.isHidden() or not is_low(self))

    def take_keyboard(self) -> None:
        """Put the keyboard on the table."""
        (self.table if self.model.shown else self.search).setFocus()

    def current_row(self) -> CaseloadRow | None:
        """Return the patient the keyboard is on."""
        index = self.table.currentIndex()
        return self.model.row(index) if index.isValid() else None

    def say(self) -> None:
        """Say above the table what is shown, or in its place why nobody is."""
        words, said = self.asking.words(), self.asking.sentence()
        shown, total = len(self.model.shown), self.asking.total
        known = self._caseload.known
        waiting = "Nobody can be shown" if self._caseload.given_up else "Reading the caseload"
        self.sentence.setText(said if known else waiting)
        self.head.read_at.say(self._caseload.read_at, self._desk.today)
        self.head.order.setText(self.laying.order_words() if shown else "")
        self.clear.setVisible(self.asking.can_clear)
        if known:
            announce(self.sentence, said)
        if not total:
            self.nothing.say("Nobody is on the caseload yet. Add the first patient.", "New patient")
        elif not shown:
            hidden = fmt_count(total, "patient is hidden", "patients are hidden")
            act = "Clear" if self.asking.can_clear else "Show everyone"
            self.nothing.say(f"Nobody matches {words}. {hidden}.", act)
        self._show_unseen()
        self._pages.setCurrentIndex(0 if shown or not known else 1)

    def _show_unseen(self) -> None:
        """Name the hidden columns only where there are rows that lack them."""
        self.unseen.setVisible(bool(self.model.shown and self.unseen.whole_text()))

    def say_hidden(self, titles: tuple[str, ...]) -> None:
        """Say which columns had to be hidden."""
        hidden = fmt_count(len(titles), "column", "columns")
        said = bool(titles) and not self.panel.isVisible()  # the preview beside the table shows it all
        self.unseen.setText(f"{hidden} hidden" if said else "")
        self._show_unseen()
        self.unseen.setToolTip(f"No room for {', '.join(titles)}; Space shows them" if said else "")
