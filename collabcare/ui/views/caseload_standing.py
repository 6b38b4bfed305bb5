"""How the caseload stands: what is asked, how it is laid out, the row and the cell; to go on there later."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from collabcare.domain.caseload_layout import Asked, Layout
    from collabcare.ui.models.table_place import TablePlace
    from collabcare.ui.views.caseload_view import CaseloadView


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What is to be there again once the page is made anew for another look or size of text.

    Attributes:
        asked: Whose patients, which of them, and the words searched for.
        own: The name of the view of their own that is on, empty for none.
        layout: The columns as they are shown.
        place: The row, the cell and how far the table is scrolled.
        preview: Whether the preview beside the table is shown.
        in_search: Whether the keyboard is in the search box; else it belongs on the table.
    """

    asked: Asked
    own: str
    layout: Layout
    place: TablePlace
    preview: bool
    in_search: bool


def standing_of(view: CaseloadView) -> Standing:
    """Return how the caseload stands."""
    own = view.asking.own
    return Standing(
        asked=view.asking.asked,
        own=own.name if own else "",
        layout=view.laying.layout,
        place=view.table.place(),
        preview=view.panel.isVisibleTo(view),
        in_search=QApplication.focusWidget() is view.search,
    )


def stand(view: CaseloadView, standing: Standing) -> None:
    """Bring the caseload back to how it stood; the rows are there by now."""
    view.asking.ask(standing.asked, standing.own)
    view.laying.use(standing.layout)
    if not standing.own:
        view.keeping.keep_layout(standing.layout)
    if standing.preview != view.panel.isVisibleTo(view):
        view.preview()
    view.table.take_up(standing.place)
