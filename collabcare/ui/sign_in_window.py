"""The window before anybody has signed in: the sign-in card, the first-run assistant, the way back in.

It is the first thing painted. Nothing it imports knows SQL, PDF or cryptography.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from collabcare.paths import RECORD_SUFFIX, user_data_dir
from collabcare.ui.prompts import LEAVE, LEAVE_DRAFTS, FileChoice
from collabcare.ui.theme import current_theme
from collabcare.ui.views.sign_in_view import SignInView
from collabcare.ui.widgets.count_strip import CountStrip
from collabcare.ui.widgets.demo_strip import DemoStrip
from collabcare.ui.widgets.layouts import column
from collabcare.ui.widgets.on_screen import resize_on_screen

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QCloseEvent, QKeyEvent, QPaintEvent

    from collabcare.ui.doors import Doors
    from collabcare.ui.opening import Glance, SignedIn
    from collabcare.ui.prompts import Prompts
    from collabcare.ui.tasks import Tasks
    from collabcare.ui.views.first_run_view import FirstRunView
    from collabcare.ui.views.help_view import HelpView
    from collabcare.ui.views.recovery_view import RecoveryView
    from collabcare.ui.views.welcome_view import WelcomeView

_SIZE = (900, 720)


class SignInWindow(QWidget):
    """Shows whichever way in is wanted.

    Signals:
        signed_in: The :class:`SignedIn` of the record that was opened.
        painted: The window is on the screen for the first time: the slow libraries may load now.
        closed: The user closed the window.
    """

    signed_in = Signal(object)
    painted = Signal()
    closed = Signal()

    def __init__(self, doors: Doors, tasks: Tasks, prompts: Prompts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._doors, self._tasks, self._prompts = doors, tasks, prompts
        self._was_painted = False
        self._hint = ""
        self._unsaved_of = ""
        self._leave = LEAVE
        self.setWindowTitle("CollabCare")
        resize_on_screen(self, *(current_theme().px(side) for side in _SIZE))
        self.demo = DemoStrip()
        self.demo.hide()
        self.card = SignInView(doors, tasks)
        self.welcome: WelcomeView | None = None
        self.recovery: RecoveryView | None = None
        self.first_run: FirstRunView | None = None
        self.help: HelpView | None = None
        self._before_help: QWidget | None = None
        self.pages = QStackedWidget()
        self.pages.addWidget(self.card)
        self.setLayout(column(self.demo, self.pages, gap=0))
        self.card.new_requested.connect(self.make_new)
        self.card.other_requested.connect(self.open_other)
        self.card.recovery_requested.connect(self.recover)
        self.card.signed_in.connect(self.signed_in)

    def offer(self, record: Path | None, login: str = "", hint: str = "") -> None:
        """Offer a record to sign in to, or the two ways to begin when there is none.

        ``hint`` is said under the record's name if it turns out to be a demo.
        """
        self.demo.hide()
        self._hint = hint
        if record is None:
            self._show_welcome()
            return
        self.card.show_record(record, login)
        self._show_card()
        if self._was_painted:
            self._glance()

    def lock(self, record: Path, login: str, unsaved_of: str = "", *, would_lose: bool = False) -> None:
        """Offer the record that was just locked to whoever was working in it.

        ``unsaved_of`` names them if something they typed is not saved; closing this window ``would_lose`` it
        unless all of it is kept as drafts.
        """
        self.offer(record, login)
        self._unsaved_of = unsaved_of
        self._leave = LEAVE if would_lose else LEAVE_DRAFTS
        kept = (
            f" What {unsaved_of} was writing is kept until {unsaved_of} signs in again." if unsaved_of else ""
        )
        self.card.hint.show_info(f"Locked.{kept}")

    def open_other(self) -> None:
        """Let the user choose another record."""
        here = self.card.path if self.card.path.name else user_data_dir()
        choice = FileChoice(
            title="Open a record", kind="CollabCare record", suffix=RECORD_SUFFIX, suggested=here
        )
        if record := self._prompts.choose_open(choice):
            self.offer(record)

    def make_new(self) -> None:
        """Start the first-run assistant, each time from nothing."""
        self._drop_first_run()
        self.first_run = self._doors.first_run(self._doors, self._tasks, self._prompts)
        self.first_run.made.connect(self._on_made)
        self.first_run.cancelled.connect(self._on_first_run_cancelled)
        self.pages.addWidget(self.first_run)
        self.pages.setCurrentWidget(self.first_run)
        self.demo.hide()
        self.first_run.start(user_data_dir())

    def recover(self) -> None:
        """Ask for the recovery key of the record that is offered."""
        if self.recovery is None:
            self.recovery = self._doors.recovery(self._doors, self._tasks)
            self.recovery.recovered.connect(self.signed_in)
            self.recovery.cancelled.connect(self._show_card)
            self.pages.addWidget(self.recovery)
        self.pages.setCurrentWidget(self.recovery)
        self.recovery.start(self.card.path, self.card.login.text())

    def show_help(self, topic: str = "") -> None:
        """Show the help, at the page about what is in view unless a topic is given; Back leads here again."""
        if self.help is None:
            self.help = self._doors.help(self._tasks)
            self.help.back_requested.connect(self._leave_help)
            self.help.page_requested.connect(self.show_help)
            self.pages.addWidget(self.help)
        here = self.pages.currentWidget()
        if here is not self.help:
            self._before_help = here
            topic = "recovery" if here is self.recovery else "signing-in"
        self.pages.setCurrentWidget(self.help)
        self.help.show_topic(topic or "signing-in")
        self.help.take_keyboard()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F1:
            self.show_help()
        elif event.key() == Qt.Key.Key_Escape and self.pages.currentWidget() is self.help:
            self._leave_help()
        elif event.key() == Qt.Key.Key_Escape:
            for strip in self.pages.findChildren(CountStrip):  # only one can be in view
                strip.stop()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self, self._on_painted)

    def _on_painted(self) -> None:
        self.painted.emit()
        if self.pages.currentWidget() is self.card:
            self._glance()

    def _glance(self) -> None:
        """Look at the record before anybody signs in; that imports slow parts, so never before the paint."""
        record = self.card.path
        self._tasks.run(self, lambda: self._doors.glance(record), self._on_glance, topic="glance")

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._unsaved_of and not self._prompts.confirm(self._leave):
            event.ignore()
            return
        super().closeEvent(event)
        self.closed.emit()

    def _leave_help(self) -> None:
        """Go back to what was in view; the keyboard is then where it was on it."""
        if self._before_help is not None:
            self.pages.setCurrentWidget(self._before_help)

    def _show_welcome(self) -> None:
        if self.welcome is None:
            self.welcome = self._doors.welcome()
            self.welcome.new_requested.connect(self.make_new)
            self.welcome.open_requested.connect(self.open_other)
            self.pages.addWidget(self.welcome)
        self.pages.setCurrentWidget(self.welcome)
        self.welcome.new.setFocus()

    def _show_card(self) -> None:
        self.pages.setCurrentWidget(self.card)
        self.card.take_keyboard()

    def _on_glance(self, glance: Glance) -> None:
        self.demo.setVisible(glance.is_demo)
        if glance.problem:
            self.card.message.show_error(glance.problem)
        elif glance.is_demo and self._hint:
            self.card.hint.show_info(self._hint)

    def _on_made(self, signed_in: SignedIn) -> None:
        self._drop_first_run()
        self.signed_in.emit(signed_in)

    def _on_first_run_cancelled(self) -> None:
        self._drop_first_run()
        if self.card.path.name:
            self.offer(self.card.path, self.card.login.text(), self._hint)
        else:
            self.offer(None)

    def _drop_first_run(self) -> None:
        if self.first_run is not None:
            self.pages.removeWidget(self.first_run)
            self.first_run.deleteLater()
            self.first_run = None
