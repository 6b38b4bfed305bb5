"""Where a user leaves a window that is made anew: the page, the form open on it, and the lists.

What stands in a form is kept as a draft before, and comes back into it from there.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from collabcare.ui.forms.kept_fields import field_named, name_of
from collabcare.ui.pages import PageName

if TYPE_CHECKING:
    from collabcare.services.desk import Desk
    from collabcare.ui.forms.entry_form import EntryForm
    from collabcare.ui.main_window import MainWindow
    from collabcare.ui.pages import Place
    from collabcare.ui.views.caseload_standing import Standing
    from collabcare.ui.views.drafting import Drafting
    from collabcare.ui.views.today_standing import TodayStanding
    from collabcare.ui.workspace import Workspace


_ONCE = Qt.ConnectionType.QueuedConnection.value | Qt.ConnectionType.SingleShotConnection.value


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOff:
    """What another window needs to go on as the one before."""

    desk: Desk
    place: Place
    been: tuple[Place, ...]
    caseload: Standing
    today: TodayStanding
    form: str = ""
    """How the form open on the page can be opened again, nothing for none."""
    field: str = ""
    """The field of that form which has the keyboard, nothing for none."""

    def go_back_to(self, window: MainWindow) -> None:
        """Show the page that was on show with the form that was open on it, and the same way back."""
        _go_back_to(window.work, self)

    def take_up(self, window: MainWindow) -> None:
        """Go on in Today and the caseload; a turn after the page was shown, when it has its size."""
        window.work.today.place.take_up(self.today)
        window.work.caseload.take_up(self.caseload)


@runtime_checkable
class HoldsForms(Protocol):
    """A page about a patient, on which a form can be open."""

    @property
    def drafting(self) -> Drafting:
        """What keeps the drafts of its forms."""

    def open_now(self) -> tuple[str, EntryForm | None]:
        """Return by what the form in view is opened, and the form."""

    def open_again(self, kind: str) -> None:
        """Open a form, at once or as soon as the page is there."""


def leave_off(work: Workspace, desk: Desk) -> LeftOff:
    """Return where the user is."""
    page = work.page
    kind, form = page.open_now() if isinstance(page, HoldsForms) else ("", None)
    return LeftOff(
        desk=desk,
        place=work.place,
        been=work.been,
        caseload=work.caseload.leave_off(),
        today=work.today.place.leave_off(),
        form=kind,
        field="" if form is None else name_of(form, work.window().focusWidget()),
    )


def _go_back_to(work: Workspace, left: LeftOff) -> None:
    page = work.page_of(left.place.page)
    if left.field and isinstance(page, HoldsForms):
        # A turn after the drafts were read: what was typed is back in the form by then.
        back = partial(_to_field, page, left.field)
        page.drafting.found.connect(back, Qt.ConnectionType(_ONCE))
    work.go_again(left.place, left.been)
    if left.place.page is PageName.NEW_PATIENT:
        work.newcomer.start()
    elif left.form and isinstance(page, HoldsForms):
        page.open_again(left.form)


def _to_field(page: HoldsForms, name: str, _episode_id: object) -> None:
    """Put the keyboard back into the field it was in, unless it went anywhere else meanwhile."""
    _kind, form = page.open_now()
    field = None if form is None else field_named(form, name)
    focus = QApplication.focusWidget()
    if form is not None and field is not None and (focus is None or form.isAncestorOf(focus)):
        field.setFocus()
