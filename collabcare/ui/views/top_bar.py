"""The bar over every page: find a patient or do something, add a patient."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from collabcare.domain.acting import Permission, allowed
from collabcare.ui.theme import current_theme
from collabcare.ui.views.palette import Palette
from collabcare.ui.widgets.buttons import Button
from collabcare.ui.widgets.layouts import STRETCH, row

if TYPE_CHECKING:
    from collabcare.domain.acting import Role
    from collabcare.ui.tasks import Tasks


class TopBar(QFrame):
    """The box that finds and does, and the button for a new patient.

    Signals:
        new_requested: Add a patient.
    """

    new_requested = Signal()

    def __init__(self, tasks: Tasks, role: Role, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Find and add")
        self.search = Palette(tasks)
        self.new = Button("Patient", icon_name="plus")
        self.new.setAccessibleName("New patient")
        self.new.setToolTip("New patient (Ctrl+N)")
        if not allowed(role, Permission.ADD_PATIENT):
            self.new.hide()
        self.new.clicked.connect(self.new_requested)
        bar = row(self.search, STRETCH, self.new, gap=8, margin=8)
        bar.setStretch(0, 3)
        edge = current_theme().px(8)
        bar.setContentsMargins(2 * edge, edge, 2 * edge, edge)
        self.setLayout(bar)
