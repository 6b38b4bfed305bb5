"""Walks a window as assistive technology and the Tab key do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from collections.abc import Iterator


_MOST_CHILDREN = 40  # a table lists every cell: its first rows tell


def nodes(widget: QWidget) -> Iterator[QAccessibleInterface]:
    """Yield what a screen reader finds in ``widget`` and below, visible parts only."""
    top = QAccessible.queryAccessibleInterface(widget)
    waiting = [top]
    while waiting:
        node = waiting.pop(0)
        if node is None or not node.isValid() or node.state().invisible:  # type: ignore[redundant-expr] # may be None
            continue
        yield node
        waiting[:0] = [node.child(n) for n in range(min(node.childCount(), _MOST_CHILDREN))]


def nameless(widget: QWidget) -> list[str]:
    """Return the parts of ``widget`` that can take the keyboard and have no name to be read out."""
    return [
        described(node)
        for node in nodes(widget)
        if node.state().focusable and not node.text(QAccessible.Text.Name).strip()
    ]


def described(node: QAccessibleInterface) -> str:
    """Name a node for a failing test: its role, class and place."""
    part = node.object()
    owner = type(part.parent()).__name__ if part is not None else ""  # type: ignore[redundant-expr] # a cell
    return f"{node.role().name} {type(part).__name__} in {owner}"


def tab_walk(window: QWidget, most: int = 200) -> list[QWidget]:
    """Press Tab until the keyboard is back where it began, and return the stops in order.

    Fails when a part keeps the keyboard, or when it never comes back.
    """
    start = QApplication.focusWidget()
    assert start is not None, "give the window the keyboard first"
    stops = [start]
    for _ in range(most):
        before = QApplication.focusWidget()
        assert before is not None
        QTest.keyClick(before, Qt.Key.Key_Tab)
        now = QApplication.focusWidget()
        assert now is not None, f"the keyboard got lost after {type(before).__name__}"
        assert now is not before, f"{type(before).__name__} {before.accessibleName()!r} traps the Tab key"
        if now is start:
            return stops
        assert now not in stops, (
            f"Tab goes round without coming back: {type(now).__name__} {now.accessibleName()!r}"
        )
        stops.append(now)
    raise AssertionError(f"Tab did not come back to the start in {most} steps: {window.windowTitle()}")


def tab_stops(window: QWidget) -> list[QWidget]:
    """Return every visible, enabled part that Tab should reach."""
    return [
        part
        for part in window.findChildren(QWidget)
        if part.isVisibleTo(window)
        and part.isEnabled()
        and part.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not _another_stands_in(part)
    ]


def _another_stands_in(part: QWidget) -> bool:
    """Return whether another part takes the keyboard in place of this one.

    PySide then takes the other for a child of this one. Where this one is inside the other, as a line edit
    is inside a box with a list, Python would see a circle that nobody holds, and throw both away with all
    that is in them: so its real parent is asked for it once more.
    """
    other = part.focusProxy()
    if other is None:
        return False
    parent = other.parentWidget()
    if parent is not None:
        parent.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return True
