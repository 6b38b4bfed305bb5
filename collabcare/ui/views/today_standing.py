"""How Today stands: which list, until when, and the row that is chosen; to go on there later."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from collabcare.ui.models.open_caseload import OpenCaseload
    from collabcare.ui.views.today_view import TodayView


@dataclass(frozen=True, slots=True, kw_only=True)
class TodayStanding:
    """What is to be there again once the page is made anew for another look or size of text.

    Attributes:
        whose: Whose list it is.
        ahead: Whether the next working day is looked at.
        key: The row that is chosen, None for none.
    """

    whose: object
    ahead: bool
    key: object


class TodayPlace(QObject):
    """Tells how Today stands, and has it go on so as soon as its rows are read."""

    def __init__(self, view: TodayView, caseload: OpenCaseload) -> None:
        super().__init__(view)
        self._view, self._caseload = view, caseload
        self._waiting: TodayStanding | None = None
        caseload.loaded.connect(self._stand)

    def leave_off(self) -> TodayStanding:
        """Return how it stands, for the page that is made in its place."""
        view = self._view
        now = TodayStanding(whose=view.whose.value(), ahead=view.ahead, key=view.list.current_key())
        return self._waiting or now

    def take_up(self, standing: TodayStanding) -> None:
        """Go on as it stood, as soon as everything is read."""
        self._waiting = standing
        self._stand()

    def _stand(self) -> None:
        if self._waiting is not None and self._caseload.known:
            standing, self._waiting = self._waiting, None
            self._view.look(ahead=standing.ahead, whose=standing.whose)
            self._view.list.select_key(standing.key)
