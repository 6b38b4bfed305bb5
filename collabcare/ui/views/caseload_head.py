"""What stands above the caseload: whose, which, the search, the sentence about what is shown, the acts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from collabcare.domain.caseload_filters import CaseloadFilter, Whose, filter_means, filter_words
from collabcare.ui.theme import current_theme
from collabcare.ui.views.read_at import ReadAt
from collabcare.ui.widgets.buttons import Button, ButtonKind
from collabcare.ui.widgets.flow_box import FlowBox
from collabcare.ui.widgets.head_line import HeadLine
from collabcare.ui.widgets.layouts import APART, STRETCH, column, row
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole
from collabcare.ui.widgets.search_edit import SearchEdit
from collabcare.ui.widgets.view_bar import ViewBar, ViewOption

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

_WHOSE = (
    ViewOption(Whose.MINE, "Mine", "Patients I hold."),
    ViewOption(Whose.NOBODYS, "Held by nobody", "Patients no practitioner holds yet."),
    ViewOption(Whose.EVERYONES, "Everyone", "Every open patient."),
)

_GAP = 12

_RARE = frozenset(
    {
        CaseloadFilter.DISCUSS,
        CaseloadFilter.SAFETY_UNWRITTEN,
        CaseloadFilter.SOUGHT_WEEKS,
        CaseloadFilter.SOUGHT_MONTHS,
        CaseloadFilter.PROMISED,
        CaseloadFilter.STAYING_WELL,
        CaseloadFilter.LONG,
    }
)
"""What makes room for the user's own views and for what is asked every day."""
_LINES = 2
_ONE_PRACTICE = 2
"""How many values there are to choose from with one practice: it, and all of them."""


class CaseloadHead(QWidget):
    """Holds the controls; the view that owns it says what they do."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.whose = ViewBar("Whose", more="Colleague", lines=2)
        self.filters = ViewBar("Which", more="More views", lines=_LINES)
        self.practice = ViewBar("GP practice", more="GP practice", lines=1)
        self.search = SearchEdit("Search this list")
        self.search.setMinimumWidth(current_theme().px(200))
        self.search.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.sentence = PlainLabel("", TextRole.SECONDARY, elide=True)
        self.clear = Button("Clear", ButtonKind.QUIET, compact=True)
        self.order = PlainLabel("", TextRole.SECONDARY, elide=True)
        self.read_at = ReadAt()
        self.unseen = PlainLabel("", TextRole.SECONDARY, elide=True)
        self.acts = _menu_button("Chosen")
        self.views = _menu_button("Views")
        self.columns = Button("Columns", ButtonKind.QUIET, compact=True)
        self.columns.setToolTip("Choose which columns are shown, their order, and the questionnaire")
        self.export = Button("Export…", ButtonKind.QUIET, compact=True)
        self.export.setToolTip("Save the list as it is seen for a spreadsheet")
        self.set_colleagues(())
        self._lay_out()
        self.set_practices(())

    def set_colleagues(self, colleagues: tuple[ViewOption, ...]) -> None:
        """Offer the patients of each colleague who holds any, in the menu at the end."""
        if self.whose.options != (*_WHOSE, *colleagues):
            self.whose.set_options((*_WHOSE, *colleagues))

    def set_practices(self, names: Sequence[str]) -> None:
        """Offer the patients of each GP practice, in a menu; with one practice there is nothing to choose."""
        offered = (
            ViewOption("", "All practices", "Patients of every GP practice.", tucked=True),
            *(ViewOption(name, name, f"Patients registered with {name}.", tucked=True) for name in names),
        )
        if self.practice.options != offered:
            self.practice.set_options(offered)
        self.show_which(shown=not self.filters.isHidden())

    def show_which(self, *, shown: bool) -> None:
        """Show which patients can be chosen, or leave their room to others."""
        self.filters.setVisible(shown)
        self.practice.setVisible(shown and len(self.practice.options) > _ONE_PRACTICE)

    def make_do(self, *, low: bool) -> None:
        """On a low page make do with one line of views: the rows need the room; the rest wait in the menu."""
        lines = 1 if low else _LINES
        if lines != self.filters.lines:
            self.filters.lines = lines
            self.filters.set_value(self.filters.value())

    def set_views(self, own: tuple[ViewOption, ...], no_contact_days: int) -> None:
        """Offer the ready-made views, and after a divider the user's own."""
        made = [
            ViewOption(
                each,
                filter_words(each, no_contact_days),
                filter_means(each, no_contact_days),
                rare=each in _RARE,
            )
            for each in CaseloadFilter
        ]
        self.filters.set_options((*made, *own))

    def _lay_out(self) -> None:
        top = row(PlainLabel("Caseload", TextRole.TITLE), self.whose, self.search, gap=APART)
        top.setStretch(1, 1)
        told = _Told(self.sentence, self.clear, self.read_at, self.order, self.unseen)
        acts = QWidget()
        acts.setLayout(row(STRETCH, self.acts, self.views, self.columns, self.export, gap=8))
        policy = QSizePolicy.Policy
        acts.setSizePolicy(policy.Preferred, policy.Minimum)  # what it lacked, the chips above would lose
        line = HeadLine((told,), acts, ())  # where there is no room for them, the acts go below
        which = row(self.filters, self.practice, gap=APART)
        which.setStretch(0, 1)
        which.setAlignment(self.practice, Qt.AlignmentFlag.AlignTop)
        self.setLayout(column(top, which, line, gap=8))
        for before, after in (
            (self.search, self.filters),
            (self.filters, self.practice),
            (self.practice, self.clear),
            (self.clear, self.acts),
        ):
            QWidget.setTabOrder(before, after)


class _Told(FlowBox):
    """What is told of the list; where one line is too short for it all, it goes on in another."""

    def __init__(self, *parts: QWidget) -> None:
        super().__init__(*parts, gap=current_theme().px(_GAP))

    def minimumSizeHint(self) -> QSize:
        least = super().minimumSizeHint()
        return QSize(least.width(), self.heightForWidth(max(self.width(), least.width())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()


def _menu_button(words: str) -> Button:
    button = Button(words, ButtonKind.QUIET, compact=True)
    menu = QMenu(button)
    menu.setAccessibleName(words)
    menu.setToolTipsVisible(True)
    button.setMenu(menu)
    return button
