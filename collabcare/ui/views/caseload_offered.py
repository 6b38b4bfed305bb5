"""Whose patients and of which practice the caseload offers: who is there, and whom a kept view is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.caseload_filters import practices_of
from collabcare.ui.widgets.view_bar import ViewOption

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from collabcare.domain.caseload import CaseloadRow
    from collabcare.domain.caseload_layout import OwnView
    from collabcare.domain.ids import UserId


def colleagues_offered(
    rows: Iterable[CaseloadRow], views: Iterable[OwnView], known: Mapping[int, str], me: UserId
) -> tuple[ViewOption, ...]:
    """Return each colleague who holds somebody, and those a view of the user's own is about, by name."""
    names = {row.facts.holder_id: row.facts.holder or "" for row in rows}
    asked = {view.asked.colleague for view in views if view.asked.colleague is not None}
    names |= {each: known.get(each, "A colleague") for each in asked}
    colleagues = sorted((name, key) for key, name in names.items() if key not in {None, me})
    return tuple(ViewOption(key, name, f"Patients held by {name}.", tucked=True) for name, key in colleagues)


def practices_offered(rows: Iterable[CaseloadRow], views: Iterable[OwnView]) -> list[str]:
    """Return each practice somebody is registered with, and those a view of the user's own is about."""
    asked = {view.asked.practice for view in views if view.asked.practice}
    return sorted({*practices_of(rows), *asked}, key=str.casefold)
