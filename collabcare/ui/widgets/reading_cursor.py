"""Where the arrows lead in a drawing whose marks are read out one by one."""

from __future__ import annotations

from PySide6.QtCore import Qt


def moved(key: int, at: int | None, count: int) -> int | None:
    """Return the mark that a key leads to from mark ``at``, None where the key leads nowhere.

    Left and Right go one on, Home and End to the ends. Before anything was read, Left and Right read the
    last.
    """
    last = count - 1
    if last < 0:
        return None
    here = last if at is None else at
    places: dict[int, int] = {
        Qt.Key.Key_Left: here if at is None else max(here - 1, 0),
        Qt.Key.Key_Right: min(here + 1, last),
        Qt.Key.Key_Home: 0,
        Qt.Key.Key_End: last,
    }
    return places.get(key)
