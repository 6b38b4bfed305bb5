"""A way back in when the password is forgotten: the printed words, and a new password."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from collabcare.domain.passwords import password_hint, password_problem
from collabcare.ui.count import Count
from collabcare.ui.widgets.busy_strip import BusyStrip
from collabcare.ui.widgets.buttons import Button, ButtonKind
from collabcare.ui.widgets.card import Card
from collabcare.ui.widgets.centred_page import CentredPage
from collabcare.ui.widgets.count_strip import CountStrip
from collabcare.ui.widgets.field import Field
from collabcare.ui.widgets.inline_message import InlineMessage
from collabcare.ui.widgets.layouts import APART, STRETCH, column, row
from collabcare.ui.widgets.note_edit import NoteEdit
from collabcare.ui.widgets.password_edit import PasswordEdit
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole

if TYPE_CHECKING:
    from collabcare.ui.opening import RecordDoors, SignedIn
    from collabcare.ui.tasks import Tasks

_WIDTH = 560
_BOUND = "The new password is being set, so this cannot be stopped."


class RecoveryView(QWidget):
    """Takes the recovery key and gives one user a new password; everybody else's stays as it is.

    Signals:
        recovered: The :class:`SignedIn` that came of it.
        cancelled: The user went back to signing in.
    """

    recovered = Signal(object)
    cancelled = Signal()

    def __init__(self, doors: RecordDoors, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._doors, self._tasks = doors, tasks
        self._path = Path()
        self.record = PlainLabel("", TextRole.STRONG, elide=True)
        self.words = NoteEdit("Recovery key", lines=2)
        self.login = QLineEdit()
        self.login.setAccessibleName("Name")
        self.password, self.again = PasswordEdit("New password"), PasswordEdit("New password again")
        self._words = Field("&Recovery key", self.words, hint="The twelve words, with spaces between them.")
        self._login = Field("Na&me", self.login, hint="The name you sign in with.")
        self._password = Field("New &password", self.password)
        self._again = Field("New password a&gain", self.again)
        self._strength = PlainLabel(password_hint(""), TextRole.SECONDARY, wrap=True)
        self.message = InlineMessage()
        self.cancel = Button("Back to sign in", ButtonKind.QUIET)
        self.enter = Button("Set the password and sign in", ButtonKind.PRIMARY)
        self.busy = BusyStrip("Opening the record")
        self.counts = CountStrip(instead_of=self.busy)
        self._lay_out()
        self.password.textChanged.connect(self._on_password)
        self.words.textChanged.connect(lambda: self._words.set_problem(""))
        self.login.textEdited.connect(lambda _text: self._login.set_problem(""))
        self.again.textEdited.connect(lambda _text: self._again.set_problem(""))
        self.again.returnPressed.connect(self.try_to_recover)
        self.enter.clicked.connect(self.try_to_recover)
        self.cancel.clicked.connect(self._on_cancel)

    def start(self, path: Path, login: str) -> None:
        """Begin with the record and the name that stood on the sign-in card."""
        self._path = path
        self.record.setText(path.stem)
        self.login.setText(login)
        self.message.clear()
        self._forget()
        self.words.setFocus()

    def try_to_recover(self) -> None:
        """Give the user the new password and open the record, away from the screen's thread."""
        if not self._complete():
            return
        path, words = self._path, self.words.text()
        login, password = self.login.text().strip(), self.password.text()
        self.message.clear()
        upgrading = "Bringing the record up to date: step"
        count = Count("Opening the record", "", counted=upgrading, binding=_BOUND)
        self._set_busy(busy=True)
        self.counts.watch(count)
        self._tasks.run_counted(
            self,
            count,
            lambda: self._doors.recover(path, words, login, password, count),
            self._on_recovered,
            refused=self._on_refused,
        )

    def _complete(self) -> bool:
        differ = self.password.text() != self.again.text()
        said = (
            (self._words, "" if self.words.text() else "Type the twelve words."),
            (self._login, "" if self.login.text().strip() else "Type the name you sign in with."),
            (self._password, password_problem(self.password.text())),
            (self._again, "The two passwords differ. Type the same one twice." if differ else ""),
        )
        for field, problem in said:
            field.set_problem(problem)
        wrong = [field for field, problem in said if problem]
        if wrong:
            wrong[0].editor.setFocus()
        return not wrong

    def _on_password(self, text: str) -> None:
        self._password.set_problem("")
        self._strength.setText(password_hint(text))

    def _on_recovered(self, signed_in: SignedIn) -> None:
        self._set_busy(busy=False)
        self._forget()
        self.recovered.emit(signed_in)

    def _on_refused(self, sentence: str) -> None:
        self._set_busy(busy=False)
        self.message.show_error(sentence)

    def _on_cancel(self) -> None:
        self._forget()
        self.cancelled.emit()

    def _forget(self) -> None:
        self.words.clear()
        for edit in (self.password, self.again):
            edit.clear()
            edit.hide_text()
        for field in (self._words, self._login, self._password, self._again):
            field.set_problem("")

    def _set_busy(self, *, busy: bool) -> None:
        for part in (self.words, self.login, self.password, self.again, self.enter, self.cancel):
            part.setEnabled(not busy)
        self.busy.set_busy(busy)
        self.counts.look()

    def _lay_out(self) -> None:
        card = Card()
        card.body.addLayout(
            column(
                PlainLabel("Use the recovery key", TextRole.TITLE),
                self.record,
                self._words,
                self._login,
                column(row(self._password, self._again, gap=APART), self._strength, gap=4),
                self.message,
                column(row(self.cancel, STRETCH, self.enter), self.busy, self.counts, gap=4),
                gap=12,
                margin=12,
            )
        )
        self.setLayout(column(CentredPage(card, _WIDTH)))
