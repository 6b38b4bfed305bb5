"""Tab goes through a page as the eye does, also through parts that were put in later.

Qt's own order is the order of making: a card made anew for new facts would come last, and a part that stands
for one inside it cannot be moved. So a page is asked where Tab goes next, and answers from its layouts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from collabcare.ui.widgets.flow_box import FlowBox

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QLayout


def move_in_reading_order(page: QWidget, *, forward: bool) -> bool:
    """Move the keyboard to the next or the last stop of ``page``, and past its ends to what is around it.

    Returns False when the keyboard is not on a stop of this page, so that Qt may decide.
    """
    here = QApplication.focusWidget()
    stops = [stop for stop in _stops(page) if _reachable(stop)]
    if here is None or here not in stops:
        return False
    at = stops.index(here) + (1 if forward else -1)
    inside = 0 <= at < len(stops)
    target = stops[at] if inside else _outside(page, here, forward=forward) or stops[at % len(stops)]
    target.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
    _bring_into_view(target, page)
    return True


def _stops(widget: QWidget) -> Iterator[QWidget]:
    """Yield what can take the keyboard in ``widget``, as it stands in its layouts."""
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None:
        yield widget
    inner = widget.widget() if isinstance(widget, QScrollArea) else None
    layout = widget.layout()
    if isinstance(widget, FlowBox):
        for part in widget.parts:
            yield from _stops(part)
    elif inner is not None:
        yield from _stops(inner)
    elif layout is not None:
        yield from _stops_of(layout)


def _stops_of(layout: QLayout) -> Iterator[QWidget]:
    for index in range(layout.count()):
        item = layout.itemAt(index)
        if item is None:
            continue
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            yield from _stops(widget)
        elif inner is not None:
            yield from _stops_of(inner)


def _reachable(part: QWidget) -> bool:
    return part.isVisibleTo(part.window()) and part.isEnabled()


def _outside(page: QWidget, here: QWidget, *, forward: bool) -> QWidget | None:
    """Return the next stop of the window that is not on this page, by Qt's own order."""
    part = _beside(here, forward=forward)
    while part is not None and part is not here:
        on_page = part is page or page.isAncestorOf(part)
        stop = part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.focusProxy() is None
        if stop and not on_page and not part.isWindow() and _reachable(part):
            return part
        part = _beside(part, forward=forward)
    return None


def _beside(part: QWidget, *, forward: bool) -> QWidget | None:
    return part.nextInFocusChain() if forward else part.previousInFocusChain()


def _bring_into_view(target: QWidget, page: QWidget) -> None:
    around: QWidget | None = target.parentWidget()
    while around is not None and around is not page:
        if isinstance(around, QScrollArea):
            around.ensureWidgetVisible(target)
        around = around.parentWidget()
