"""What a page that is not about one patient has: the way back, and the way to a patient."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from collabcare.ui.panes import first_stop
from collabcare.ui.views.live_view import LiveView
from collabcare.ui.widgets.buttons import Button, ButtonKind

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from collabcare.services.desk import Desk
    from collabcare.ui.models.open_caseload import OpenCaseload
    from collabcare.ui.prompts import Prompts
    from collabcare.ui.tasks import Tasks


class ListPageView(LiveView):
    """A page of its own; a subclass lays it out in :meth:`build` and says on what changes it is read again.

    Signals:
        back_requested: The user wants the place they came from.
        patient_requested: The episode whose page to open, and the form to open there (empty for none).
    """

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
        self.build()

    def build(self) -> None:
        """Lay out the page, once."""
        raise NotImplementedError

    def has_unsaved(self) -> bool:
        """Return whether anything typed is not saved yet."""
        return False

    def take_keyboard(self) -> None:
        """Put the keyboard on the first thing that takes it."""
        (first_stop(self) or self).setFocus()
