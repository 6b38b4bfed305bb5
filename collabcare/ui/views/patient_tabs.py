"""The pages there are about one patient, side by side under the banner, with the way back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from collabcare.domain.display import spoken_dates
from collabcare.ui.pages import PageName
from collabcare.ui.theme import current_theme
from collabcare.ui.widgets.buttons import Button, ButtonKind
from collabcare.ui.widgets.flow_box import FlowBox
from collabcare.ui.widgets.layouts import column
from collabcare.ui.widgets.look import set_look
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole

if TYPE_CHECKING:
    from collections.abc import Sequence

TAB_WORDS = {
    PageName.PATIENT: "Now",
    PageName.DETAILS: "Details",
    PageName.PEOPLE: "People",
    PageName.GOALS: "Goals",
    PageName.MEDICATION: "Medicines",
    PageName.SAFETY: "Safety",
    PageName.REACHING: "Reaching",
    PageName.STAYING_WELL: "Staying well",
    PageName.ENDING: "Ending",
}
"""What each page about a patient is called, in the order of the tabs."""


class PatientTabs(QWidget):
    """Buttons to every page about the patient on show; the one on show is marked.

    Signals:
        back_requested: The user wants the list they came from.
        page_requested: The :class:`PageName` the user chose.
    """

    back_requested = Signal()
    page_requested = Signal(object)

    def __init__(self, here: PageName, offered: Sequence[PageName], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Pages about this patient")
        self.back = Button("Back", ButtonKind.QUIET, icon_name="arrow-left", compact=True)
        self.back.clicked.connect(self.back_requested)
        self.tabs: dict[PageName, Button] = {}
        for name in offered:
            tab = Button(TAB_WORDS[name], ButtonKind.QUIET, compact=True)
            tab.setObjectName(f"tab_{name.value.replace(' ', '_')}")
            if name is here:
                set_look(tab, "chosen", value=True)
                tab.setAccessibleDescription("On show")
            tab.clicked.connect(partial(self.page_requested.emit, name))
            self.tabs[name] = tab
        self.mark = PlainLabel("", TextRole.SECONDARY)
        edge, air = current_theme().px(8), current_theme().px(3)
        self.mark.setContentsMargins(edge, air, 0, air)  # as a tab, when it is first on a line of its own
        self.mark.hide()
        self.setLayout(column(FlowBox(self.back, *self.tabs.values(), self.mark, gap=4, line_gap=0), gap=0))

    def say(self, words: str) -> None:
        """Say in a few quiet words what holds whichever page is on show: how the safety plan stands."""
        self.mark.setText(words)
        self.mark.setAccessibleName(spoken_dates(words))
        self.mark.setVisible(bool(words))
