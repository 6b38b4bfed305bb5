"""The views a user keeps: saved under a name, brought up to date, renamed, deleted; all from one menu."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from collabcare.domain.caseload_layout import OwnView, refuse_another
from collabcare.domain.errors import RuleViolation
from collabcare.ui.views.caseload_cards import NameCard

if TYPE_CHECKING:
    from collections.abc import Callable

    from collabcare.ui.views.caseload_page import CaseloadPage

_ABOUT = (
    "Kept for you alone: whose patients, the filter, the search, the columns and the order as they are now. "
    "It stands after the other views."
)


class OwnViews(QObject):
    """Fills the menu "Views" and does what is chosen in it."""

    def __init__(self, page: CaseloadPage) -> None:
        super().__init__(page)
        self._page = page
        self.menu = page.head.views.menu()
        self.menu.aboutToShow.connect(self._fill)

    def save(self) -> None:
        """Ask for a name and keep what is shown under it."""
        try:
            refuse_another(self._page.keeping.views)
        except RuleViolation as refusal:
            self._page.said.emit(str(refusal))
            return
        self._page.side.unfold(NameCard("Save this view", _ABOUT, self._names(), self._keep))

    def update_it(self) -> None:
        """Keep the columns and the order as they are now in the view that is on."""
        if (own := self._page.asking.own) is not None:
            self._replace(own.name, replace(own, layout=self._page.laying.layout))
            self._page.said.emit(f"“{own.name}” is kept as it is now.")

    def rename(self) -> None:
        """Ask for another name for the view that is on."""
        if (own := self._page.asking.own) is not None:
            others = [name for name in self._names() if name != own.name]
            keep = partial(self._rename, own)
            self._page.side.unfold(NameCard("Rename this view", "", others, keep, own.name))

    def delete(self) -> None:
        """Forget the view that is on; the list stays as it is."""
        if (own := self._page.asking.own) is not None:
            keeping = self._page.keeping
            self._page.filters.set_value(own.asked.filter)
            keeping.keep_views(tuple(view for view in keeping.views if view.name != own.name))
            self._offer()
            self._page.said.emit(f"“{own.name}” is deleted. The patients in it are where they were.")

    def _fill(self) -> None:
        self.menu.clear()
        own = self._page.asking.own
        self._add("&Save this view…", self.save)
        if own is not None:
            name = own.name.replace("&", "&&")
            self._add(f"&Keep “{name}” as it is now", self.update_it)
            self._add(f"&Rename “{name}”…", self.rename)
            self._add(f"&Delete “{name}”", self.delete)

    def _add(self, words: str, run: Callable[[], None]) -> None:
        self.menu.addAction(words).triggered.connect(lambda _checked=False: run())

    def _names(self) -> list[str]:
        return [view.name for view in self._page.keeping.views]

    def _keep(self, name: str) -> None:
        page = self._page
        view = OwnView(name=name, asked=page.asking.asked, layout=page.laying.layout)
        page.keeping.keep_views((*page.keeping.views, view))
        self._offer()
        page.asking.choose(name)
        page.said.emit(f"“{name}” stands with the other views now.")

    def _rename(self, own: OwnView, name: str) -> None:
        self._replace(own.name, replace(own, name=name))
        self._page.asking.choose(name)

    def _replace(self, name: str, view: OwnView) -> None:
        keeping = self._page.keeping
        keeping.keep_views(tuple(view if each.name == name else each for each in keeping.views))
        self._offer()

    def _offer(self) -> None:
        self._page.asking.offer_views()
        self._page.asking.apply()
