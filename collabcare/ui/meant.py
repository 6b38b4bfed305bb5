"""Which patient a command is about: the one on show, or on a list the one the keyboard is on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.ui.views.caseload_view import CaseloadView
from collabcare.ui.views.today_view import TodayView

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from collabcare.domain.ids import EpisodeId
    from collabcare.ui.pages import Place

NOBODY_MEANT = "Choose a patient first: on Today, on the caseload, or by name with Ctrl+K."


def episode_meant(place: Place, page: QWidget) -> EpisodeId | None:
    """Return the episode a command would be about, None where nobody is on show or chosen."""
    if isinstance(page, CaseloadView):
        row = page.current_row()
        return None if row is None else row.facts.episode_id
    if isinstance(page, TodayView):
        item = page.items.get(page.list.current_key())
        return None if item is None else item.row.facts.episode_id
    return place.episode_id
