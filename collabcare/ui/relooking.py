"""Putting another look or size of text on: the window is made anew, a little in each turn of events."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QApplication

from collabcare.ui.interlude import Interlude
from collabcare.ui.tasks import Tasks
from collabcare.ui.theme import ThemeName, apply_theme
from collabcare.ui.turns import Turns

if TYPE_CHECKING:
    from collabcare.services.desk import Desk
    from collabcare.settings import Settings
    from collabcare.ui.left_off import LeftOff
    from collabcare.ui.main_window import MainWindow
    from collabcare.ui.opening import SignedIn
    from collabcare.ui.prompts import Prompts
    from collabcare.ui.tasks import Executor

SAVE_FIRST = "Save or cancel {form} first: what you typed there could not be kept."


class Relooking(QObject):
    """Has the main window, and makes it anew when the settings of the look are others.

    ``main_window`` is there from the moment it is whole; one still being made is nobody else's business.
    """

    def __init__(self, settings: Settings, prompts: Prompts, executor: Executor | None = None) -> None:
        super().__init__()
        self._settings = settings
        self._signed_in: SignedIn | None = None
        self._worn = settings.theme, settings.text_scale
        self._turns = Turns(self)
        self._keeping = False
        self._meanwhile: Interlude | None = None
        self._left: LeftOff | None = None
        self.tasks = Tasks(prompts, executor, self)
        self.main_window: MainWindow | None = None
        self._window: MainWindow | None = None
        """The same, but also while its pages are still made."""
        self._old: MainWindow | None = None

    @property
    def is_changing(self) -> bool:
        """Whether the window is being made anew for another size of text."""
        return self._keeping or self._turns.going_on

    def _build(self, desk: Desk) -> MainWindow:
        """Make the main window anew, in place of any other, but for its first pages."""
        raise NotImplementedError

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
        self._turns.do(self._put_away, self._take_down, self._dress, self._make_anew)

    def _leave_as_it_is(self, window: MainWindow, form: str) -> None:
        """Leave the window alone: what was typed in ``form`` is nowhere else."""
        self._turns.stop()
        self._settings.theme, self._settings.text_scale = self._worn
        self._settings.save()
        window.show_theme(ThemeName(self._worn[0]))
        window.go_to_unkept()
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
        self._old = old

    def _take_down(self) -> None:
        """Take down the window that was put away: left to its own time it could be dressed once more."""
        if self._old is not None and shiboken6.isValid(self._old):
            QCoreApplication.sendPostedEvents(self._old, QEvent.Type.DeferredDelete)
        self._old = None

    def _make_anew(self) -> None:
        if self._left is None or self._meanwhile is None:
            self._end_interlude()
            return
        window = self._build(self._left.desk)
        window.setGeometry(self._meanwhile.geometry())
        self._turns.do(*window.still_to_make, self._show_anew, self._return, self._go_on)

    def _show_anew(self) -> None:
        self.main_window = self._window
        if self.main_window is not None:
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

    def _drop_window(self) -> None:
        if self._window is not None:
            self._window.hide()
            self._window.deleteLater()
        self._window = self.main_window = None
