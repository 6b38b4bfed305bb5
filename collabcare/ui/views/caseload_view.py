"""The caseload: one row for each open patient, filtered in the open and searched while typing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.acting import Permission, allowed
from collabcare.domain.caseload_filters import CaseloadFilter, Whose
from collabcare.domain.display import fmt_count
from collabcare.ui.views.caseload_acts import fill_acts, panel_act, panel_words
from collabcare.ui.views.caseload_bulk import Bulk
from collabcare.ui.views.caseload_page import CaseloadPage
from collabcare.ui.views.caseload_standing import stand, standing_of
from collabcare.ui.views.own_views import OwnViews

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint
    from PySide6.QtWidgets import QMenu, QWidget

    from collabcare.domain.caseload import CaseloadRow
    from collabcare.domain.caseload_layout import Layout, OwnView
    from collabcare.services.desk import Desk
    from collabcare.ui.models.open_caseload import OpenCaseload
    from collabcare.ui.prompts import Prompts
    from collabcare.ui.tasks import Tasks
    from collabcare.ui.views.caseload_standing import Standing


class CaseloadView(CaseloadPage):
    """The table, its filters, the sentence that says what is shown, and a preview beside it."""

    def __init__(
        self,
        desk: Desk,
        tasks: Tasks,
        prompts: Prompts,
        caseload: OpenCaseload,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk, tasks, caseload, parent)
        self.own_views = OwnViews(self)
        self.bulk = Bulk(desk, tasks, prompts, self)
        self.head.export.setVisible(allowed(desk.acting.role, Permission.EXPORT_CASELOAD))
        self._standing: Standing | None = None
        self._connect()

    def go_on(self) -> None:
        """Read how this user likes the list, once."""
        self.keeping.read()

    def show_rows(self) -> None:
        """Show the rows as they were last read."""
        self.keeping.read()
        self.model.set_rows(self._caseload.listed)
        self.asking.show_rows()
        self._on_current(self.current_row())
        self._stand()

    def show_view(self, view: str = "") -> None:
        """Show one of the ready-made views over everyone, by its name."""
        if view:
            self.asking.show_filter(CaseloadFilter(view))

    def shown_words(self) -> str:
        """Return what is shown in words: for the print, the export and their audit entries."""
        return self.asking.sentence()

    def explain(self) -> None:
        """Say why what is due for the chosen patient is, in the panel beside the table."""
        if not self.panel.isVisible():
            self.preview()
        self.panel.explain()

    def finish(self) -> None:
        """Write what is not written yet: the record is about to be closed."""
        self.keeping.finish()

    def leave_off(self) -> Standing:
        """Return how the caseload stands, for the page that is made in its place."""
        self.keeping.finish()
        return self._standing or standing_of(self)

    def take_up(self, standing: Standing) -> None:
        """Go on as it stood, as soon as everything is read; the keyboard waits where it belongs."""
        self._standing = standing
        if self.isVisible():
            (self.search if standing.in_search else self.table).setFocus()
        self._stand()

    def _stand(self) -> None:
        if self._standing is not None and self._caseload.known and self.keeping.settled:
            standing, self._standing = self._standing, None
            stand(self, standing)

    def _on_applied(self) -> None:
        mine = self.whose.value() == Whose.MINE
        self.laying.fit.leave_out({"holder"} if mine else ())
        if not self.table.currentIndex().isValid() and self.model.shown:
            self.table.selectRow(0)
        self._on_rows_chosen()
        self.say()

    def _on_liking(self) -> None:
        """Show the list as the user left it, and their own views."""
        self.asking.offer_views()
        self.laying.use(self.keeping.layout)
        self.asking.apply()
        self._stand()

    def _on_view(self, own: OwnView | None) -> None:
        self.laying.use(own.layout if own else self.keeping.layout)

    def _on_layout(self, layout: Layout) -> None:
        """Show what the user changed, and keep it; a view of their own changes only when it is saved."""
        self.laying.use(layout)
        if self.asking.own is None:
            self.keeping.keep_layout(layout)
        self.head.order.setText(self.laying.order_words())

    def _on_clear(self) -> None:
        self.asking.clear()
        self.table.setFocus()

    def _on_nothing(self) -> None:
        if not self.asking.total:
            self.new_requested.emit()
        elif self.asking.can_clear:
            self._on_clear()
        else:
            self.asking.show_everybody()
            self.table.setFocus()

    def _on_current(self, chosen: CaseloadRow | None) -> None:
        if not self.panel.isVisible():
            return
        if chosen is None:
            self.panel.show_nobody()
        else:
            self.panel.show_row(chosen, act=panel_words(chosen, self._desk.acting.role))

    def preview(self) -> None:
        """Show or hide the preview of the chosen patient."""
        self._split.toggle()
        self._on_current(self.current_row())

    def _on_opened(self, opened: CaseloadRow) -> None:
        self.patient_requested.emit(opened.facts.episode_id)

    def _on_panel_opened(self) -> None:
        if (chosen := self.current_row()) is not None:
            self._on_opened(chosen)

    def _on_panel_act(self) -> None:
        if (chosen := self.current_row()) is not None:
            self.bulk.one(chosen, panel_act(chosen))

    def _on_rows_chosen(self) -> None:
        count = len(self.table.chosen_rows())
        self.head.acts.setText(f"{count:,} chosen")
        self.head.acts.setAccessibleName(f"What to do with {fmt_count(count, 'chosen patient')}")

    def _on_acts(self, menu: QMenu, at: QPoint | None = None) -> None:
        fill_acts(menu, len(self.table.chosen_rows()), self._desk.acting.role, self.bulk.do)
        if at is not None:
            menu.popup(at)

    def _connect(self) -> None:
        self._caseload.loaded.connect(self.show_rows)
        self._caseload.unread.connect(self.say)
        self._caseload.stopped.connect(self.say)
        self.keeping.loaded.connect(self._on_liking)
        self.asking.applied.connect(self._on_applied)
        self.asking.view_chosen.connect(self._on_view)
        self.laying.changed.connect(self._on_layout)
        self.laying.fit.hidden.connect(self.say_hidden)
        self.search.returnPressed.connect(self.take_keyboard)
        self.clear.clicked.connect(self._on_clear)
        self.nothing.act_requested.connect(self._on_nothing)
        self.table.opened.connect(self._on_opened)
        self.table.current_changed.connect(self._on_current)
        self.table.preview_requested.connect(self.preview)
        self.table.rows_chosen.connect(self._on_rows_chosen)
        self.table.acts_requested.connect(lambda at: self._on_acts(self.menu, at))
        self.table.columns_requested.connect(self.bulk.choose_columns)
        self.head.acts.menu().aboutToShow.connect(lambda: self._on_acts(self.head.acts.menu()))
        self.head.columns.clicked.connect(self.bulk.choose_columns)
        self.head.export.clicked.connect(self.bulk.export_shown)
        self.panel.opened.connect(self._on_panel_opened)
        self.panel.act_requested.connect(self._on_panel_act)
        self.panel.left.connect(self.take_keyboard)
        self.side.left.connect(self.take_keyboard)
        self.side.said.connect(self.said)
