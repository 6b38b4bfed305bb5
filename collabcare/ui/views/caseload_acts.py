"""What can be done with the rows that are chosen: the menu of one patient's acts, and of many at once."""

from __future__ import annotations

from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from collabcare.domain.acting import Permission, allowed
from collabcare.domain.display import fmt_count
from collabcare.ui.pages import PageName
from collabcare.ui.patient_actions import PATIENT_ACTIONS

if TYPE_CHECKING:
    from collections.abc import Callable

    from collabcare.domain.acting import Role
    from collabcare.domain.caseload import CaseloadRow


LETTER = "letter"
_PANEL = {
    "contact": ("Record contact", Permission.RECORD_CONTACT),
    PageName.ENDING: ("End care", Permission.CLOSE_EPISODE),
    LETTER: ("Write letter", Permission.ISSUE_LETTER),
}
"""The act of the panel beside the list, by what it opens: its words, and what it needs."""


class Act(StrEnum):
    """What is done with rows, other than a form on a patient's page."""

    OPEN = "open"
    PREVIEW = "preview"
    REASSIGN = "reassign"
    PRINT = "print"
    LETTERS = "letters"
    EXPORT = "export"
    ALL = "all"
    NONE = "none"


def panel_act(row: CaseloadRow) -> str:
    """Return the act of the panel beside the list: a contact; for the dead what is still to be done."""
    if row.facts.patient.died_on is None:
        return "contact"
    return PageName.ENDING if row.facts.closed_on is None else LETTER


def panel_words(row: CaseloadRow, role: Role) -> str:
    """Return the words on its button, or nothing where this role may not do it."""
    words, needs = _PANEL[panel_act(row)]
    return words if allowed(role, needs) else ""


def fill_acts(menu: QMenu, count: int, role: Role, do: Callable[[str], None]) -> None:
    """Offer what ``role`` may do with ``count`` rows; ``do`` is given an :class:`Act`, a form or a page."""
    menu.clear()
    for pages in menu.findChildren(QMenu):
        pages.deleteLater()
    if count == 1:
        _offer(menu, "&Open", partial(do, Act.OPEN))
        _offer(menu, "&Preview", partial(do, Act.PREVIEW))
        menu.addSeparator()
        for spec in PATIENT_ACTIONS:
            if spec.compose and allowed(role, spec.needs):
                _offer(menu, spec.text, partial(do, spec.compose), tip=spec.help)
        menu.addMenu(_pages(menu, role, do))
        menu.addSeparator()
    if not count:
        _offer(menu, "Nobody is chosen", None)
    else:
        many = fmt_count(count, "patient")
        if allowed(role, Permission.ADD_PATIENT):
            _offer(menu, f"&Reassign {many}…", partial(do, Act.REASSIGN))
        if allowed(role, Permission.ISSUE_LETTER) and count > 1:
            _offer(menu, f"&Letters for {many}…", partial(do, Act.LETTERS))
        _offer(menu, f"Print s&ummary of {many}…", partial(do, Act.PRINT))
        if allowed(role, Permission.EXPORT_CASELOAD):
            _offer(menu, f"E&xport {many}…", partial(do, Act.EXPORT))
    menu.addSeparator()
    _offer(menu, "Choose &all that are shown", partial(do, Act.ALL), key="Ctrl+A")
    if count > 1:
        _offer(menu, "Choose &none", partial(do, Act.NONE))


def _pages(menu: QMenu, role: Role, do: Callable[[str], None]) -> QMenu:
    """Return the pages about a patient: with them beside the forms the menu would be higher than a screen."""
    pages = QMenu("Pa&ges", menu)
    for spec in PATIENT_ACTIONS:
        if spec.page and not spec.compose and allowed(role, spec.needs):
            _offer(pages, spec.text, partial(do, spec.page), tip=spec.help)
    return pages


def _offer(menu: QMenu, words: str, run: Callable[[], None] | None, *, key: str = "", tip: str = "") -> None:
    action = QAction(f"{words}\t{key}" if key else words, menu)
    action.setToolTip(tip)
    action.setEnabled(run is not None)
    if run is not None:
        action.triggered.connect(lambda _checked=False: run())
    menu.addAction(action)
