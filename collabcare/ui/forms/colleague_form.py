"""Adding a colleague: who they are, what they may do, and what they sign in with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.acting import ROLE_WORDS, Role
from collabcare.domain.passwords import password_hint, password_problem
from collabcare.services.users import NewColleague, NewUser
from collabcare.ui.forms.entry_form import EntryForm, refuse_at
from collabcare.ui.widgets.combo_box import ComboBox
from collabcare.ui.widgets.field import Field
from collabcare.ui.widgets.layouts import APART, column, row
from collabcare.ui.widgets.line_edit import LineEdit
from collabcare.ui.widgets.look import Tone
from collabcare.ui.widgets.option import Option
from collabcare.ui.widgets.password_edit import PasswordEdit
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_CHOOSE = "Decides what they can do in this record. It stays as it is once they are added."
_MAY = {
    Role.PRACTITIONER: "Holds patients, records all of their care, and can add colleagues.",
    Role.SUPERVISOR: "Can do what a practitioner can, and supervision reviews are recorded with them.",
    Role.ADMINISTRATOR: "Takes referrals, logs attempts to reach, and can add colleagues. Records no care.",
    Role.READER: "Reads the record and changes nothing in it.",
}


class ColleagueForm(EntryForm):
    """Edits a :class:`NewColleague`."""

    KIND = "colleague"
    TITLE = "Add a colleague"
    SAVE = "Add colleague"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = LineEdit("Name")
        self.job_title = LineEdit("Job title")
        self.role = ComboBox("Role", [Option(None, "Choose"), *(Option(r, ROLE_WORDS[r]) for r in Role)])
        self.login = LineEdit("Sign-in name")
        self.password = PasswordEdit("Starting password")
        self.again = PasswordEdit("Starting password again")
        self._may = PlainLabel(_CHOOSE, TextRole.SECONDARY, wrap=True)
        self._strength = PlainLabel("", TextRole.SECONDARY, wrap=True)
        self._named(
            name=self.name,
            job_title=self.job_title,
            role=self.role,
            login=self.login,
            password=self.password,
            again=self.again,
        )
        self._lay_out()
        self.role.currentIndexChanged.connect(self._on_role)
        self.password.textChanged.connect(self._on_password)
        self._on_password("")
        self.start()

    def first(self) -> QWidget:
        return self.name

    def written(self) -> tuple[object, ...]:
        texts = (self.name, self.job_title, self.login, self.password, self.again)
        return (*(edit.text() for edit in texts), self.role.value())

    def command(self) -> NewColleague:
        if not self.name.text().strip():
            refuse_at(self.name, "Type the colleague's name.")
        role = self._chosen()
        if role is None:
            refuse_at(self.role, "Choose the colleague's role.")
        if not self.login.text().strip():
            refuse_at(self.login, "Choose a short name for them to sign in with.")
        if problem := password_problem(self.password.text()):
            refuse_at(self.password, problem)
        if self.password.text() != self.again.text():
            refuse_at(self.again, "The two passwords differ. Type the same one twice.")
        user = NewUser(
            login=self.login.text(), name=self.name.text(), role=role, job_title=self.job_title.text()
        )
        return NewColleague(user=user, password=self.password.text())

    def clear(self) -> None:
        """Begin again with empty fields."""
        for edit in (self.name, self.job_title, self.login):
            edit.clear()
        self.role.set_value(None)
        self.forget_passwords()
        self.message.clear()
        self.set_saving(saving=False)

    def forget_passwords(self) -> None:
        """Empty and cover both passwords, so that none waits behind a lock."""
        for edit in (self.password, self.again):
            edit.clear()
            edit.hide_text()

    def _lay_out(self) -> None:
        for part in (
            Field("&Name", self.name),
            Field("&Job title", self.job_title),
            column(Field("R&ole", self.role), self._may, gap=4),
            Field("&Sign-in name", self.login),
            column(
                row(
                    Field("Starting pass&word", self.password),
                    Field("Password &again", self.again),
                    gap=APART,
                ),
                self._strength,
                gap=4,
            ),
        ):
            self.body.addWidget(part) if isinstance(part, Field) else self.body.addLayout(part)

    def _chosen(self) -> Role | None:
        value = self.role.value()
        return None if value is None else Role(str(value))

    def _on_role(self) -> None:
        role = self._chosen()
        words = _CHOOSE if role is None else _MAY[role]
        self._may.setText(words)
        self.role.setAccessibleDescription(words)

    def _on_password(self, text: str) -> None:
        hint = password_hint(text)
        self._strength.setText(hint)
        fine = bool(text) and not password_problem(text)
        self._strength.set_tone(Tone.GOOD if fine else Tone.NEUTRAL)
        self.password.setAccessibleDescription(hint)
