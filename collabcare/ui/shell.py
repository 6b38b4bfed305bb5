"""The windows and who is behind them: sign in, work, lock, go on, leave."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from collabcare.ui.collector import Collector
from collabcare.ui.prompts import Question
from collabcare.ui.relooking import Relooking
from collabcare.ui.sign_in_window import SignInWindow
from collabcare.ui.warm_up import WarmUp

if TYPE_CHECKING:
    from collections.abc import Callable

    from collabcare.services.desk import Desk
    from collabcare.settings import Settings
    from collabcare.ui.doors import Doors
    from collabcare.ui.main_window import MainWindow
    from collabcare.ui.opening import SignedIn
    from collabcare.ui.prompts import Prompts
    from collabcare.ui.tasks import Executor

_ANOTHER = Question(
    title="Sign in as somebody else?",
    text="What was being written when the record was locked is not saved. It is lost if you go on.",
    act="Go on",
    danger=True,
)
_ANOTHER_KEPT = Question(
    title="Sign in as somebody else?",
    text="What was being written when the record was locked is kept as a draft. It comes back to whoever "
    "wrote it when they sign in again.",
    act="Go on",
)


class Shell(Relooking):
    """Shows the sign-in window or the main window, never both, and closes the record whenever it hides one.

    Signals:
        finished: The last window was closed.
    """

    finished = Signal()

    def __init__(
        self, doors: Doors, settings: Settings, prompts: Prompts, executor: Executor | None = None
    ) -> None:
        super().__init__(settings, prompts, executor)
        self._doors, self._prompts = doors, prompts
        self._leaving: list[SignedIn] = []
        self.warm_up = WarmUp(doors.warm_up, self)
        self._collector = Collector(self)
        self.sign_in_window = SignInWindow(doors, self.tasks, prompts)
        self.sign_in_window.painted.connect(self.warm_up.start)
        self.sign_in_window.signed_in.connect(self._on_signed_in)
        self.sign_in_window.closed.connect(self.finished)
        self.tasks.busy.connect(self._on_busy)

    def open(self, record: Path | None = None, login: str = "", hint: str = "") -> None:
        """Show the sign-in window with a record, or with the last one used."""
        if record is None and self._settings.last_record:
            record, login = Path(self._settings.last_record), self._settings.last_login
        self._collector.start()
        self.sign_in_window.offer(record, login, hint)
        self.sign_in_window.show()

    def lock(self) -> None:
        """Hide the work at once, close the record and wipe its key; what was being written is kept."""
        window, signed_in = self.main_window, self._signed_in
        if window is None or signed_in is None:
            return
        desk = signed_in.desk
        window.pause()
        self._leave_record()
        unsaved_of = desk.acting.name if window.work.has_unsaved() else ""
        lost = window.work.would_lose()
        self.sign_in_window.lock(desk.record_path, desk.acting.login, unsaved_of, would_lose=lost)
        self.sign_in_window.show()
        self.sign_in_window.activateWindow()

    def shut(self) -> None:
        """Finish what was asked for, close the record and every window."""
        self.warm_up.stop()
        self.tasks.shutdown()
        self._leave_record()
        self._on_busy(False)
        self._end_interlude()
        self._drop_window()
        self.sign_in_window.hide()
        self.sign_in_window.deleteLater()
        self._collector.stop()

    def _on_signed_in(self, signed_in: SignedIn) -> None:
        window, desk = self.main_window, signed_in.desk
        to_make: tuple[Callable[[], None], ...] = ()
        if window is None or not window.desk.resume(desk):
            if window is not None and not self._may_go(window):
                signed_in.close()
                return
            window = self._build(desk)
            to_make = window.still_to_make
        self._signed_in = signed_in
        self._remember(desk)
        self.sign_in_window.setEnabled(False)  # once is enough, and it answers while the other is made
        self.tasks.in_turns(window, *to_make, partial(self._come_on, window))

    def _come_on(self, window: MainWindow) -> None:
        """Show the main window in place of the one to sign in, unless all was closed meanwhile."""
        if window is not self._window:
            return
        self.main_window = window
        self.tasks.use(window.desk.reading)
        window.go_on()
        self.sign_in_window.hide()
        self.sign_in_window.setEnabled(True)

    def _may_go(self, window: MainWindow) -> bool:
        """Return whether a window with what somebody else was writing may go."""
        question = _ANOTHER if window.work.would_lose() else _ANOTHER_KEPT
        return not window.work.has_unsaved() or self._prompts.confirm(question)

    def _remember(self, desk: Desk) -> None:
        """Offer this record and this name next time; a demo is no place to come back to."""
        if not desk.site.is_demo:
            self._settings.last_record = str(desk.record_path)
            self._settings.last_login = desk.acting.login
            self._settings.save()

    def _build(self, desk: Desk) -> MainWindow:
        """Make the main window anew, in place of any other, but for its first pages."""
        self._drop_window()
        window = self._window = self._doors.main_window(desk, self.tasks, self._prompts, self._settings)
        self._worn = self._settings.theme, self._settings.text_scale
        window.lock_requested.connect(self.lock)
        window.closed.connect(self.finished)
        window.look_changed.connect(self._on_look_changed)
        return window

    def _leave_record(self) -> None:
        """Read no more from the record, and close it once the writing that was asked for is done."""
        self.tasks.use(None)
        if self._signed_in is not None:
            self._leaving.append(self._signed_in)
            self._signed_in = None
        self._on_busy(not self.tasks.idle)

    def _on_busy(self, busy: bool) -> None:  # noqa: FBT001 - the truth the signal carries
        if not busy:
            if self._keeping:
                self._change()
            while self._leaving:
                self._leaving.pop().close()
