"""What must be true of anything on screen: names, Tab, room for the words, dates in full."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QAccessible, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QLabel,
    QLineEdit,
    QMainWindow,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QWidget,
)

from collabcare.ui.forms.choice_grid import ChoiceGrid
from collabcare.ui.forms.entry_form import EntryForm
from collabcare.ui.views.drafting import Drafting
from collabcare.ui.views.letter_view import LetterView
from collabcare.ui.widgets.buttons import Button
from collabcare.ui.widgets.patient_banner import PatientBanner
from collabcare.ui.widgets.plain_label import PlainLabel
from collabcare.ui.widgets.segmented import Segmented
from tests.ui.accessibility import described, nameless, nodes, tab_stops, tab_walk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from collabcare.ui.problems import Problem
    from collabcare.ui.prompts import FileChoice, Question

SHORT_MONTH = re.compile(r"\b\d{1,2}[- ](?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[- ]\d{4}\b")
JOINER = "\N{WORD JOINER}"
NO_PART_OF_THE_RECORD = frozenset(
    {"Find in the story", "Search this list", "Search the help", "Name of the view"}
)
"""Fields outside of forms into which nothing is typed that would have to come back."""
_SPARE = 2  # pixels a fractional scale may round away


class NoToAll:
    """Says no to every question and chooses no file, so that anything on a page may be pressed."""

    def confirm(self, _question: Question) -> bool:
        return False

    def error(self, problem: Problem) -> None:
        raise AssertionError(f"unexpected problem: {problem}")

    def choose_open(self, _choice: FileChoice) -> Path | None:
        return None

    def choose_save(self, _choice: FileChoice) -> Path | None:
        return None


class ShownWindows(QObject):
    """Notes every window that is shown, but for lists, menus and tips that open over one."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - named by Qt
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            over = watched.windowType() in {Qt.WindowType.Popup, Qt.WindowType.ToolTip}
            if not over:
                self.seen.append(f"{type(watched).__name__} {watched.accessibleName()!r}")
        return False


def faults(window: QWidget, part: QWidget) -> list[str]:
    """Return everything wrong with what is in view in ``part`` of ``window``; Tab is pressed all round it."""
    return [
        *(f"has no name: {each}" for each in nameless(window)),
        *(f"Tab misses: {each}" for each in _missed_by_tab(window)),
        *(f"is cut off: {each}" for each in cut_off(part)),
        *(f"reads a short month: {each}" for each in short_months(part)),
    ]


def banner_faults(page: QWidget) -> list[str]:
    """Return what is wrong with the banner over a page about one patient (PAB-0009 to PAB-0015)."""
    banners = [each for each in page.findChildren(PatientBanner) if each.isVisibleTo(page.window())]
    if len(banners) != 1:
        return [f"{len(banners)} banners"]
    at = banners[0].mapTo(page, QPoint(0, 0))
    seen = (each for each in worded(page) if not each.visibleRegion().isEmpty())
    above = [each.accessibleName() for each in seen if each.mapTo(page, QPoint(0, 0)).y() < at.y()]
    narrow = [] if banners[0].width() == page.width() else ["the banner is narrower than the page"]
    return [*(f"above the banner: {each}" for each in above), *narrow]


def letters_twice(window: QMainWindow, form: QWidget) -> set[str]:
    """Return the Alt keys that lead to two things at once, whatever is chosen in a form.

    Each choice is made with each other choice that it brings into view; what was chosen before stays.
    """
    for more in form.findChildren(Button):
        if more.isVisible() and more.isCheckable() and not more.isChecked():
            more.click()
    found = _keyed_twice(window)
    for first in _choices(form):
        for value in _values(first):
            first.choose(value)
            found |= _keyed_twice(window)
            for other in _choices(form):
                for each in _values(other) if other is not first else ():
                    other.choose(each)
                    found |= _keyed_twice(window)
    return found


def _choices(form: QWidget) -> list[ChoiceGrid | Segmented]:
    kinds = (each for each in form.findChildren(QWidget) if isinstance(each, ChoiceGrid | Segmented))
    return [each for each in kinds if each.isVisible()]


def _values(choice: ChoiceGrid | Segmented) -> list[object]:
    return [option.value for option in choice.options]


def _keyed_twice(window: QMainWindow) -> set[str]:
    labels = (each for each in window.findChildren(QLabel) if each.buddy() is not None)
    texts = [
        *(each.text() for each in labels if each.isVisible()),
        *(each.text() for each in window.findChildren(QAbstractButton) if each.isVisible()),
        *(menu.text() for menu in window.menuBar().actions()),
    ]
    leads: dict[str, list[str]] = {}
    for text in texts:
        leads.setdefault(QKeySequence.mnemonic(text).toString(), []).append(text.replace("&", ""))
    return {f"{key}: {', '.join(sorted(two))}" for key, two in leads.items() if key and len(two) > 1}


def not_kept(part: QWidget) -> list[str]:
    """Return the fields in view whose text would be gone if the program ended now.

    A letter keeps its own parts with the letter, not with a form.
    """
    keepers = part.window().findChildren(Drafting)
    return [
        f"{type(each).__name__} {each.accessibleName()!r} {each.objectName()!r}"
        for each in part.findChildren(QWidget)
        if isinstance(each, QLineEdit | QPlainTextEdit)
        and each.isVisibleTo(part.window())
        and not each.isReadOnly()
        and each.accessibleName() not in NO_PART_OF_THE_RECORD
        and not isinstance(part, LetterView)
        and not any(keeper.watches(_form_around(each)) for keeper in keepers)
    ]


def _form_around(field: QWidget) -> QWidget:
    """Return the form a field is part of, or else the field itself."""
    above = field.parentWidget()
    while above is not None and not isinstance(above, EntryForm):
        above = above.parentWidget()
    return above or field


def cut_off(part: QWidget) -> list[str]:
    """Return the words in view that have less room than they need."""
    return [
        f"{type(each).__name__} {each.text()[:60]!r} has {_room(each)}"
        for each in worded(part)
        if each.text().strip() and not _fits(each)
    ]


def short_months(part: QWidget) -> list[str]:
    """Return what a screen reader is given with a month of three letters, over which it stumbles."""
    kinds = (QAccessible.Text.Name, QAccessible.Text.Description, QAccessible.Text.Help)
    return [
        f"{described(node)}: {found[0]} in {node.text(kind)[:80]!r}"
        for node in nodes(part)
        if node.role() is not QAccessible.Role.ComboBox  # Qt gives what is chosen in it, as it is written
        for kind in kinds
        if (found := SHORT_MONTH.search(node.text(kind).replace(JOINER, "")))
    ]


def worded(part: QWidget) -> Iterator[PlainLabel | QAbstractButton]:
    """Yield the labels and buttons in view."""
    for each in part.findChildren(QWidget):
        if isinstance(each, PlainLabel | QPushButton | QCheckBox) and each.isVisibleTo(part.window()):
            yield each


def _missed_by_tab(window: QWidget) -> list[str]:
    assert QApplication.focusWidget() is not None, "nothing on this page has the keyboard"
    visited = tab_walk(window, most=400)
    return [
        f"{type(each).__name__} {each.accessibleName()!r} {each.objectName()!r}"
        for each in tab_stops(window)
        if each not in visited and not _inside_a_stop(each, visited)
    ]


def _inside_a_stop(part: QWidget, visited: list[QWidget]) -> bool:
    """Return whether arrows reach it from a stop that stands for it, as one choice among several."""
    above = part.parentWidget()
    return above is not None and any(
        each.parentWidget() is above and type(each) is type(part) and part.objectName() == each.objectName()
        for each in visited
    )


def _fits(part: PlainLabel | QAbstractButton) -> bool:
    if isinstance(part, PlainLabel):
        if part.toolTip() and part.whole_text() != part.text():
            return True  # says so with an ellipsis, and has the whole on its tool tip
        if part.wordWrap():
            return part.heightForWidth(part.width()) <= part.height() + _SPARE and _is_whole(part)
    return part.sizeHint().width() <= part.width() + _SPARE and _is_whole(part)


def _is_whole(part: QWidget) -> bool:
    """Return whether no parent cuts it off at a side; up and down one may have to scroll."""
    above = part.parentWidget()
    while above is not None and not part.isWindow():
        left = part.mapTo(above, QPoint(0, 0)).x()
        if _scrolls_sideways(above.parentWidget()):
            return True
        if left < -_SPARE or left + part.width() > above.width() + _SPARE:
            return False
        if above.isWindow():
            break
        above = above.parentWidget()
    return True


def _scrolls_sideways(area: QWidget | None) -> bool:
    return (
        isinstance(area, QScrollArea)
        and area.horizontalScrollBarPolicy() is not Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    )


def _room(part: QWidget) -> str:
    return (
        f"{part.width()} x {part.height()}, needs {part.sizeHint().width()} x "
        f"{part.heightForWidth(part.width()) if part.hasHeightForWidth() else part.sizeHint().height()}"
    )
