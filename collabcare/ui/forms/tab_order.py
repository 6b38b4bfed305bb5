"""Tab goes through a page as the eye does, also through parts that were put in later.

Qt's own order is the order of making: a card made anew for new facts would come last, and a part that stands
for one inside it cannot be moved. So a page is asked where Tab goes next, and answers from its layouts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMainWindow, QScrollArea, QSplitter, QWidget

from collabcare.ui.widgets.flow_box import FlowBox
from collabcare.ui.widgets.in_view import bring_into_view

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QLayout


def move_in_reading_order(page: QWidget, *, forward: bool) -> bool:
    """Move the keyboard to the next or the last stop of ``page``, and past its ends to what is around it.

    Returns False when the keyboard is not on a stop of this page, so that Qt may decide.
    """
    here = QApplication.focusWidget()
    if here is None or not _reachable(here):  # hidden with the keyboard in it, which Qt then takes out
        return False
    stops = [stop for stop in stops_in(page) if _reachable(stop)]
    if here not in stops:
        return False
    at = stops.index(here) + (1 if forward else -1)
    inside = 0 <= at < len(stops)
    target = stops[at] if inside else _outside(page, here, forward=forward) or stops[at % len(stops)]
    target.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
    _bring_into_view(target, page)
    return True


def stops_in(widget: QWidget | None) -> Iterator[QWidget]:
    """Yield what can take the keyboard in ``widget``, as it stands in its layouts, scrolled into view or not.

    Only a stop is asked what stands in for it: PySide takes that for a child of what was asked, and of the
    inside of a scrolling area, for which the area stands in, it would make a circle that is thrown away.
    """
    if widget is None or (widget.isHidden() and not widget.isWindow()):
        return
    is_stop = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None
    if is_stop:
        yield widget
    layout = widget.layout()
    if isinstance(widget, FlowBox | QSplitter):
        for part in _parts(widget):
            yield from stops_in(part)
    elif isinstance(widget, QMainWindow):
        yield from stops_in(widget.centralWidget())
    elif isinstance(widget, QScrollArea):
        yield from stops_in(widget.widget())
    elif layout is not None:
        yield from _stops_of(layout)
    elif not is_stop:
        for part in _as_placed(widget):
            yield from stops_in(part)


def _parts(widget: FlowBox | QSplitter) -> tuple[QWidget | None, ...]:
    if isinstance(widget, FlowBox):
        return widget.parts
    return tuple(widget.widget(place) for place in range(widget.count()))


def _as_placed(widget: QWidget) -> list[QWidget]:
    """Return what a box without a layout has placed by itself, line by line."""
    inside = [part for part in widget.children() if isinstance(part, QWidget) and not part.isWindow()]
    return sorted(inside, key=lambda part: (part.y(), part.x()))


def _stops_of(layout: QLayout) -> Iterator[QWidget]:
    for index in range(layout.count()):
        item = layout.itemAt(index)
        if item is None:
            continue
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            yield from stops_in(widget)
        elif inner is not None:
            yield from _stops_of(inner)


def _reachable(part: QWidget) -> bool:
    return part.isVisibleTo(part.window()) and part.isEnabled()


def _outside(page: QWidget, here: QWidget, *, forward: bool) -> QWidget | None:
    """Return the next stop of the window that is not on this page."""
    stops = [stop for stop in stops_in(page.window()) if _reachable(stop)]
    if here not in stops:
        return None
    at = stops.index(here)
    onward = [*stops[at:], *stops[:at]] if forward else [*stops[at::-1], *stops[:at:-1]]
    return next((stop for stop in onward if stop is not page and not page.isAncestorOf(stop)), None)


def _bring_into_view(target: QWidget, page: QWidget) -> None:
    around: QWidget | None = target.parentWidget()
    while around is not None and around is not page:
        if isinstance(around, QScrollArea):
            bring_into_view(around, target)
        around = around.parentWidget()
