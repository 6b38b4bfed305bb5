"""What is loaded behind the window that is already painted: first the data stack, then the screens.

The data stack knows no Qt and is loaded on a thread of its own. The screens are loaded here, on the screens'
own thread, a few at a time between two events: making a class of Qt on another thread while Qt draws can end
the program, because Qt asks what class a window is of without waiting for Python.
"""

from __future__ import annotations

from importlib import import_module
from threading import Thread
from typing import TYPE_CHECKING

from PySide6.QtCore import QDeadlineTimer, QObject, QTimer, Signal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_PARTS = ("widgets", "models", "forms", "views")
"""From the smallest up, so that none brings many others with it."""

_LOOK_MS = 15
_SLICE_MS = 8


class WarmUp(QObject):
    """Loads everything the first page needs, and keeps the window answering meanwhile.

    Signals:
        done: Everything is loaded.
    """

    done = Signal()

    def __init__(self, load: Callable[[], None], parent: QObject | None = None) -> None:
        """Make one that calls ``load``, which imports nothing of Qt, on a thread of its own."""
        super().__init__(parent)
        self._thread = Thread(target=load, name="warm up")
        self._names = screens()
        self._look = QTimer(self, interval=_LOOK_MS)
        self._look.timeout.connect(self._on_look)

    def start(self) -> None:
        """Begin; once only."""
        self._thread.start()
        self._look.start()

    def stop(self) -> None:
        """Load no more screens, and wait for the thread: Python must not end in the middle of an import."""
        self._look.stop()
        if self._thread.is_alive():
            self._thread.join()

    def _on_look(self) -> None:
        if self._thread.is_alive():
            return
        self._look.setInterval(0)
        deadline = QDeadlineTimer(_SLICE_MS)
        while not deadline.hasExpired():
            name = next(self._names, None)
            if name is None:
                self._look.stop()
                self.done.emit()
                return
            import_module(name)


def screens() -> Iterator[str]:
    """Yield the name of every module of the screens, the main window's last."""
    from pkgutil import iter_modules

    for part in _PARTS:
        package = import_module(f"collabcare.ui.{part}")
        yield from (each.name for each in iter_modules(package.__path__, f"{package.__name__}."))
    yield "collabcare.ui.main_window"
