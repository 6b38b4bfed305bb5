"""The sign-in card: record, name, password, Enter.

It is painted before the database library is loaded, so nothing here may import what knows SQL.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from collabcare.ui.count import Count
from collabcare.ui.widgets.busy_strip import BusyStrip
from collabcare.ui.widgets.buttons import Button, ButtonKind
from collabcare.ui.widgets.card import Card
from collabcare.ui.widgets.centred_page import CentredPage
from collabcare.ui.widgets.count_strip import CountStrip
from collabcare.ui.widgets.field import Field
from collabcare.ui.widgets.inline_message import InlineMessage
from collabcare.ui.widgets.layouts import STRETCH, column, row
from collabcare.ui.widgets.password_edit import PasswordEdit
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole

if TYPE_CHECKING:
    from PySide6.QtCore import SignalInstance
    from PySide6.QtWidgets import QLayout

    from collabcare.ui.opening import RecordDoors, SignedIn
    from collabcare.ui.tasks import Tasks

_WIDTH = 420
_TYPE_BOTH = "Type your name and your password."
_STOPPED = "Stopped. The record was not opened."


class SignInView(QWidget):
    """Asks for a name and a password, and opens the record with them.

    Signals:
        signed_in: The :class:`SignedIn` that came of it.
        other_requested: The user wants to open another record.
        new_requested: The user wants to make a new record.
        recovery_requested: The user has forgotten the password.
    """

    signed_in = Signal(object)
    other_requested = Signal()
    new_requested = Signal()
    recovery_requested = Signal()

    def __init__(self, doors: RecordDoors, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._doors, self._tasks = doors, tasks
        self._path = Path()
        self.title = PlainLabel("CollabCare", TextRole.TITLE)
        self.record = PlainLabel("", TextRole.STRONG, elide=True)
        self.folder = PlainLabel("", TextRole.SECONDARY, elide=True)
        self.hint = InlineMessage()
        self.login = QLineEdit()
        self.login.setAccessibleName("Name")
        self.password = PasswordEdit()
        self.message = InlineMessage()
        self.enter = Button("Sign in", ButtonKind.PRIMARY)
        self.busy = BusyStrip("Opening the record")
        self.counts = CountStrip(instead_of=self.busy)
        self._another = self._quiet("Open &another…", self.other_requested)
        self._others = self._other_ways()
        self._lay_out()
        self.login.returnPressed.connect(self.try_to_sign_in)
        self.password.returnPressed.connect(self.try_to_sign_in)
        self.enter.clicked.connect(self.try_to_sign_in)

    @property
    def path(self) -> Path:
        """The record that would be opened."""
        return self._path

    def show_record(self, path: Path, login: str = "") -> None:
        """Offer a record; the keyboard goes to what is still missing."""
        self._path = path
        self.record.setText(path.stem)
        self.folder.setText(str(path.parent))
        self.login.setText(login)
        self.forget()
        self.message.clear()
        self.hint.clear()
        self.take_keyboard()

    def take_keyboard(self) -> None:
        """Put the keyboard where typing goes on."""
        (self.password if self.login.text() else self.login).setFocus()

    def forget(self) -> None:
        """Empty the password field and cover it again."""
        self.password.clear()
        self.password.hide_text()

    def try_to_sign_in(self) -> None:
        """Open the record with what was typed, away from the screen's thread."""
        if not self.enter.isEnabled():
            return  # it is being opened already
        path, login, password = self._path, self.login.text().strip(), self.password.text()
        if not login or not password:
            self._refuse(_TYPE_BOTH)
            self.take_keyboard()
            return
        self.message.clear()
        count = Count("Opening the record", _STOPPED, counted="Bringing the record up to date: step")
        self._set_busy(busy=True)
        self.counts.watch(count)
        self._tasks.run_counted(
            self,
            count,
            lambda: self._doors.sign_in(path, login, password, count),
            partial(self._on_signed_in, count),
            refused=self._on_refused,
        )

    def _on_signed_in(self, count: Count, signed_in: SignedIn) -> None:
        if count.cancelled:  # it was open already when that was asked for
            signed_in.close()
            self._on_refused(_STOPPED)
            return
        self._set_busy(busy=False)
        self.forget()
        self.signed_in.emit(signed_in)

    def _on_refused(self, sentence: str) -> None:
        self._set_busy(busy=False)
        if sentence == _STOPPED:
            self.message.show_info(sentence)
        else:
            self._refuse(sentence)
        self.password.setFocus()
        self.password.selectAll()

    def _refuse(self, sentence: str) -> None:
        self.message.show_error(sentence)

    def _set_busy(self, *, busy: bool) -> None:
        for part in (self.login, self.password, self.enter, self._another, self._others):
            part.setEnabled(not busy)
        self.enter.setText("Opening…" if busy else "Sign in")
        self.busy.set_busy(busy)
        self.counts.look()

    def _other_ways(self) -> QWidget:
        holder = QWidget()
        holder.setLayout(
            row(
                self._quiet("&New record…", self.new_requested),
                STRETCH,
                self._quiet("&Use the recovery key", self.recovery_requested),
            )
        )
        return holder

    def _quiet(self, words: str, wanted: SignalInstance) -> Button:
        button = Button(words, ButtonKind.QUIET)
        button.clicked.connect(wanted)
        return button

    def _record_line(self) -> QLayout:
        names = column(self.record, self.folder, gap=0)
        line = row(names, self._another)
        line.setStretch(0, 1)
        return line

    def _lay_out(self) -> None:
        card = Card()
        card.body.addLayout(
            column(
                self.title,
                self._record_line(),
                self.hint,
                Field("Na&me", self.login),
                Field("&Password", self.password),
                self.message,
                column(self.enter, self.busy, self.counts, gap=4),
                self._others,
                gap=12,
                margin=12,
            )
        )
        self.setLayout(column(CentredPage(card, _WIDTH)))
