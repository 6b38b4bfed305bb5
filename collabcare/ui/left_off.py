"""Where a user leaves a window that is made anew: the page, the way back to it, Today and the caseload."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collabcare.services.desk import Desk
    from collabcare.ui.main_window import MainWindow
    from collabcare.ui.pages import Place
    from collabcare.ui.views.caseload_standing import Standing
    from collabcare.ui.views.today_standing import TodayStanding


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOff:
    """What another window needs to go on as the one before."""

    desk: Desk
    place: Place
    been: tuple[Place, ...]
    caseload: Standing
    today: TodayStanding


def leave_off(window: MainWindow) -> LeftOff:
    """Return where the user is."""
    work = window.work
    return LeftOff(
        desk=window.desk,
        place=work.place,
        been=work.been,
        caseload=work.caseload.leave_off(),
        today=work.today.place.leave_off(),
    )


def go_back_to(window: MainWindow, left: LeftOff) -> None:
    """Show the page that was on show, with the same way back."""
    window.work.go_again(left.place, left.been)


def take_up(window: MainWindow, left: LeftOff) -> None:
    """Go on in Today and the caseload; a turn after the page was shown, when it has its size."""
    window.work.today.place.take_up(left.today)
    window.work.caseload.take_up(left.caseload)
