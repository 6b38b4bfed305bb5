"""The windows and who is behind them: sign in, work, lock, go on, leave."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from collabcare.ui.collector import Collector
from collabcare.ui.interlude import Interlude
from collabcare.ui.prompts import Question
from collabcare.ui.sign_in_window import SignInWindow
from collabcare.ui.tasks import Tasks
from collabcare.ui.theme import ThemeName, apply_theme
from collabcare.ui.turns import Turns
from collabcare.ui.warm_up import WarmUp

if TYPE_CHECKING:
    from collabcare.services.desk import Desk
    from collabcare.settings import Settings
    from collabcare.ui.doors import Doors
    from collabcare.ui.left_off import LeftOff
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


SAVE_FIRST = "Save or cancel {form} first: what you typed there could not be kept."


class Shell(QObject):
    """Shows the sign-in window or the main window, never both, and closes the record whenever it hides one.

    Signals:
        finished: The last window was closed.
    """

    finished = Signal()

    def __init__(
        self, doors: Doors, settings: Settings, prompts: Prompts, executor: Executor | None = None
    ) -> None:
        super().__init__()
        self._doors, self._settings, self._prompts = doors, settings, prompts
        self._signed_in: SignedIn | None = None
        self._leaving: list[SignedIn] = []
        self._worn = settings.theme, settings.text_scale
        self._turns = Turns(self)
        self._keeping = False
        self._meanwhile: Interlude | None = None
        self._left: LeftOff | None = None
        self.tasks = Tasks(prompts, executor, self)
        self.main_window: MainWindow | None = None
        self.warm_up = WarmUp(doors.warm_up, self)
        self._collector = Collector(self)
        self.sign_in_window = SignInWindow(doors, self.tasks, prompts)
        self.sign_in_window.painted.connect(self.warm_up.start)
        self.sign_in_window.signed_in.connect(self._on_signed_in)
        self.sign_in_window.closed.connect(self.finished)
        self.tasks.busy.connect(self._on_busy)

    @property
    def is_changing(self) -> bool:
        """Whether the window is being made anew for another size of text."""
        return self._keeping or self._turns.going_on

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
        if window is None or not window.desk.resume(desk):
            if window is not None and not self._may_go(window):
                signed_in.close()
                return
            window = self._build(desk)
        self._signed_in = signed_in
        self._remember(desk)
        self.tasks.use(window.desk.reading)
        window.go_on()
        self.sign_in_window.hide()

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
        """Make the main window anew, in place of any other."""
        self._drop_window()
        window = self.main_window = self._doors.main_window(desk, self.tasks, self._prompts, self._settings)
        self._worn = self._settings.theme, self._settings.text_scale
        window.lock_requested.connect(self.lock)
        window.closed.connect(self.finished)
        window.look_changed.connect(self._on_look_changed)
        return window

    def _on_look_changed(self) -> None:
        """Dress the application again and make the window anew: another text size means other distances.

        That takes a few turns of the event loop, and the old window goes in the first: Qt dresses every part
        there is at one go. What is being written is kept as drafts before, and comes back into its forms.
        """
        if self.is_changing:
            return
        old = self.main_window
        wanted = self._settings.theme, self._settings.text_scale
        if old is None or wanted == self._worn:
            self._dress()
            return
        old.work.keep_drafts()
        self._keeping = True
        if self.tasks.idle:
            self._change()

    def _change(self) -> None:
        """Make the window anew now that the drafts are written; where one was not, leave it and say so."""
        self._keeping = False
        anew = self._make_anew, self._show_anew, self._return, self._go_on
        self._turns.do(self._put_away, self._dress, *anew)

    def _leave_as_it_is(self, window: MainWindow, form: str) -> None:
        """Leave the window alone: what was typed in ``form`` is nowhere else."""
        self._turns.stop()
        self._settings.theme, self._settings.text_scale = self._worn
        self._settings.save()
        window.show_theme(ThemeName(self._worn[0]))
        window.work.said.emit(SAVE_FIRST.format(form=form))

    def _dress(self) -> None:
        application = QApplication.instance()
        if isinstance(application, QApplication):
            apply_theme(application, ThemeName(self._settings.theme), self._settings.text_scale)

    def _put_away(self) -> None:
        """Put the window away to be made anew, unless it was locked meanwhile or a draft was not kept."""
        old = self.main_window
        if old is None or self._signed_in is None:
            return
        if form := old.unkept():
            self._leave_as_it_is(old, form)
            return
        self._meanwhile = Interlude(old.windowTitle(), old.geometry())
        self._meanwhile.show()
        self._left = old.leave_off()
        self._drop_window()

    def _make_anew(self) -> None:
        if self._left is not None and self._meanwhile is not None:
            self._build(self._left.desk).setGeometry(self._meanwhile.geometry())

    def _show_anew(self) -> None:
        if self.main_window is not None and self._left is not None:
            self.main_window.go_on()

    def _return(self) -> None:
        if self.main_window is not None and self._left is not None:
            self._left.go_back_to(self.main_window)

    def _go_on(self) -> None:
        if self.main_window is not None and self._left is not None:
            self._left.take_up(self.main_window)
        self._end_interlude()

    def _end_interlude(self) -> None:
        self._turns.stop()
        self._left = None
        if self._meanwhile is not None:
            self._meanwhile.hide()
            self._meanwhile.deleteLater()
            self._meanwhile = None

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

    def _drop_window(self) -> None:
        if self.main_window is not None:
            self.main_window.hide()
            self.main_window.deleteLater()
            self.main_window = None
