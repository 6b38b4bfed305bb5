"""The four steps of the first-run assistant, each a page of fields that says why it asks."""

from __future__ import annotations

import re
import secrets
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from collabcare.domain.acting import Role
from collabcare.domain.gp_practices import GpPracticeDetails, ods_code_problem
from collabcare.domain.passwords import password_hint, password_problem
from collabcare.paths import RECORD_SUFFIX
from collabcare.ui.theme import current_theme
from collabcare.ui.widgets.buttons import Button
from collabcare.ui.widgets.card import Card
from collabcare.ui.widgets.field import Field
from collabcare.ui.widgets.inline_message import InlineMessage
from collabcare.ui.widgets.layouts import APART, STRETCH, column, row
from collabcare.ui.widgets.look import Tone
from collabcare.ui.widgets.note_edit import NoteEdit
from collabcare.ui.widgets.option import Option
from collabcare.ui.widgets.password_edit import PasswordEdit
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole
from collabcare.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from collections.abc import Sequence

_KEY_COLUMNS = 3
_ROLES = (
    Option(Role.PRACTITIONER, "Practitioner", "I hold patients and record their care."),
    Option(Role.SUPERVISOR, "Supervisor", "I supervise cases too."),
)


class Step(QWidget):
    """One page of the assistant."""

    title = ""
    why = ""

    def complete(self) -> bool:
        """Return whether the page can be left forwards; if not, each problem stands beside its field."""
        return True


class _FieldsStep(Step):
    """A page made of fields, some of which must be filled in."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._needed: list[tuple[Field, QLineEdit, str]] = []

    def _need(self, field: Field, edit: QLineEdit, sentence: str) -> Field:
        self._needed.append((field, edit, sentence))
        edit.textEdited.connect(lambda _text: field.set_problem(""))
        return field

    def complete(self) -> bool:
        missing = [(f, e) for f, e, s in self._needed if _say(f, s if not e.text().strip() else "")]
        if missing:
            missing[0][1].setFocus()
        return not missing


class ServiceStep(_FieldsStep):
    """Asks which service the record is for."""

    title = "Your service"
    why = "This stands at the head of every letter. It can be changed later."

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = _line("Name of the service", "Elm Tree Primary Care Network")
        self.address = NoteEdit("Address", placeholder="One line of the address after another", lines=3)
        self.postcode = _line("Postcode")
        self.telephone = _line("Telephone")
        self.practice = _line("First GP practice", "Elm Tree Surgery")
        name = self._need(Field("&Name of the service", self.name), self.name, "Type the service's name.")
        practice = self._need(
            Field(
                "&First GP practice",
                self.practice,
                hint="A practice whose patients you see. Others are added with their first patient.",
            ),
            self.practice,
            "Type the name of one GP practice.",
        )
        short = row(Field("&Postcode", self.postcode), Field("&Telephone", self.telephone), gap=APART)
        reached = self._reached()
        self.setLayout(
            column(name, Field("&Address", self.address), short, practice, reached, STRETCH, gap=12)
        )
        self.practice.textChanged.connect(lambda text: reached.setVisible(bool(text.strip())))
        reached.hide()

    def complete(self) -> bool:
        filled = super().complete()
        wrong = _say(self._ods, ods_code_problem(self.practice_ods_code.text()))
        if filled and wrong:
            self.practice_ods_code.setFocus()
        return filled and not wrong

    def first_practice(self) -> GpPracticeDetails:
        """Return the practice as it is typed."""
        return GpPracticeDetails(
            name=self.practice.text().strip(),
            ods_code=self.practice_ods_code.text().strip() or None,
            address=self.practice_address.text(),
            postcode=self.practice_postcode.text().strip() or None,
            telephone=self.practice_telephone.text().strip() or None,
        )

    def _reached(self) -> QWidget:
        """Return the fields for where letters and calls reach the practice, once it has a name."""
        self.practice_address = NoteEdit(
            "Practice address", placeholder="One line of the address to a line", lines=2, spelled=False
        )
        self.practice_postcode = _line("Practice postcode")
        self.practice_telephone = _line("Practice telephone")
        self.practice_ods_code = _line("ODS code", "B82001")
        self._ods = Field("&ODS code", self.practice_ods_code)
        self.practice_ods_code.textEdited.connect(lambda _text: self._ods.set_problem(""))
        hint = "Letters to the GP need it. It can be added later under a patient's Details."
        address = Field("Practice a&ddress", self.practice_address, hint=hint)
        short = row(
            Field("P&ractice postcode", self.practice_postcode),
            Field("Pra&ctice telephone", self.practice_telephone),
            self._ods,
            gap=APART,
        )
        reached = QWidget()
        reached.setLayout(column(address, short, gap=12))
        return reached


class YouStep(_FieldsStep):
    """Asks who is making the record, and for the password they will sign in with."""

    title = "You"
    why = (
        "What you do is signed with your name. Your password opens the record: nobody can look it up for you."
    )

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = _line("Your name", "Jo Smith")
        self.job_title = _line("Job title", "Mental health practitioner")
        self.role = Segmented("Your role", _ROLES)
        self.role.set_value(Role.PRACTITIONER)
        self.login = _line("Sign-in name", "jsmith")
        self.password = PasswordEdit("Password")
        self.again = PasswordEdit("Password again")
        self._strength = PlainLabel(password_hint(""), TextRole.SECONDARY, wrap=True)
        self._password = Field("Pass&word", self.password)
        self._again = Field("Password a&gain", self.again)
        name = self._need(Field("&Name", self.name), self.name, "Type your name.")
        login = self._need(
            Field("&Sign-in name", self.login), self.login, "Choose a short name to sign in with."
        )
        self.name.editingFinished.connect(self._suggest_login)
        self.password.textChanged.connect(self._on_password)
        self.again.textEdited.connect(lambda _text: self._again.set_problem(""))
        self.setLayout(
            column(
                row(name, Field("&Job title", self.job_title), gap=APART),
                Field("&Role", self.role),
                login,
                column(row(self._password, self._again, gap=APART), self._strength, gap=4),
                STRETCH,
                gap=12,
            )
        )

    def complete(self) -> bool:
        filled = super().complete()
        weak = _say(self._password, password_problem(self.password.text()))
        differ = self.password.text() != self.again.text()
        _say(self._again, "The two passwords differ. Type the same one twice." if differ else "")
        if filled and (weak or differ):
            (self.password if weak else self.again).setFocus()
        return filled and not weak and not differ

    def chosen_role(self) -> Role:
        """Return the role that was chosen."""
        return Role(str(self.role.value()))

    def _suggest_login(self) -> None:
        words = self.name.text().split()
        if words and not self.login.text():
            self.login.setText(f"{words[0][:1]}{words[-1]}".casefold() if len(words) > 1 else words[0])

    def _on_password(self, text: str) -> None:
        self._password.set_problem("")
        self._strength.setText(password_hint(text))
        fine = bool(text) and not password_problem(text)
        self._strength.set_tone(Tone.GOOD if fine else Tone.NEUTRAL)


class RecoveryKeyStep(Step):
    """Shows the recovery key, to be printed and kept, and asks for two of its words back.

    Signals:
        save_requested: The user wants the key as a PDF to print.
    """

    title = "Your recovery key"
    why = (
        "If every password is forgotten, these twelve words open the record, and nothing else does. Print "
        "them and keep the paper where the practice keeps its valuables. They are shown this once."
    )
    save_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words: tuple[str, ...] = ()
        self._asked: tuple[int, int] = (0, 1)
        self._card = Card()
        self._card.setAccessibleName("Recovery key")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(current_theme().px(24))
        self._card.body.addLayout(self._grid)
        self.save = Button("&Save as PDF to print…", icon_name="print")
        self.save.clicked.connect(self.save_requested)
        self.saved = InlineMessage()
        self.first, self.second = QLineEdit(), QLineEdit()
        self._fields: list[Field] = []
        self._asking = row(gap=APART)
        self.setLayout(
            column(
                self._card,
                row(self.save, STRETCH),
                self.saved,
                PlainLabel("To be sure that you have them, type two of the words back.", wrap=True),
                self._asking,
                STRETCH,
                gap=12,
            )
        )

    def show_words(self, words: Sequence[str]) -> None:
        """Show a key and choose which two of its words are asked for."""
        self.words = tuple(words)
        for place, word in enumerate(self.words):
            number = PlainLabel(f"{place + 1}", TextRole.SECONDARY)
            number.setFixedWidth(current_theme().px(20))
            number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            shown = PlainLabel(word, TextRole.HEADING)
            shown.make_copyable()
            shown.setAccessibleName(f"Word {place + 1}: {word}")
            cell = row(number, shown, STRETCH, gap=8)
            self._grid.addLayout(cell, place // _KEY_COLUMNS, place % _KEY_COLUMNS)
        first, second = sorted(secrets.SystemRandom().sample(range(len(self.words)), 2))
        self._asked = (first, second)
        for edit, place in zip((self.first, self.second), self._asked, strict=True):
            edit.setAccessibleName(f"Word {place + 1}")
            field = Field(f"Word {place + 1}", edit)
            edit.textEdited.connect(lambda _text, field=field: field.set_problem(""))
            self._fields.append(field)
            self._asking.addWidget(field)

    def asked_places(self) -> tuple[int, int]:
        """Return which two words are asked for, counted from 0."""
        return self._asked

    def complete(self) -> bool:
        wrong = [
            edit
            for field, edit, place in zip(self._fields, (self.first, self.second), self._asked, strict=True)
            if _say(field, self._slip(edit.text(), place))
        ]
        if wrong:
            wrong[0].setFocus()
        return not wrong

    def _slip(self, typed: str, place: int) -> str:
        right = typed.strip().casefold() == self.words[place]
        return "" if right else f"That is not word {place + 1}. Look at the key above."


class PlaceStep(Step):
    """Asks where the record is to be kept.

    Signals:
        choose_requested: The user wants to choose another place.
    """

    title = "Where the record is kept"
    why = (
        "One encrypted file and its key file hold everything. Keep them on this computer or on an encrypted "
        "disk of the practice, never in a folder that copies itself to the internet."
    )
    choose_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.path = Path()
        self.good = False
        self.folder = PlainLabel("", wrap=True)
        self.file = PlainLabel("", TextRole.STRONG, elide=True)
        self.verdict = InlineMessage()
        choose = Button("&Choose another place…")
        choose.clicked.connect(self.choose_requested)
        card = Card()
        card.body.addLayout(column(self.file, self.folder, row(choose, STRETCH), gap=8))
        self.setLayout(column(card, self.verdict, STRETCH, gap=12))

    def offer(self, path: Path) -> None:
        """Propose a place; whether it can be written is not known yet."""
        self.path, self.good = path, False
        self.file.setText(path.name)
        self.folder.setText(str(path.parent))
        self.verdict.clear()

    def judge(self, problem: str, doubt: str = "") -> None:
        """Say whether a record can be kept there; a doubt is said and does not stand in the way."""
        self.good = not problem
        if problem:
            self.verdict.show_error(problem)
        elif doubt:
            self.verdict.show_attention(doubt)
        else:
            self.verdict.show_good("This folder can be written. The record is made when you finish.")

    def complete(self) -> bool:
        return self.good


def record_name(service: str) -> str:
    """Return a file name for the record of ``service`` that every file system takes."""
    plain = " ".join(re.sub(r"[^\w \-]", "", service).split())[:60].strip()
    return f"{plain or 'Caseload'}{RECORD_SUFFIX}"


def _line(name: str, example: str = "") -> QLineEdit:
    edit = QLineEdit()
    edit.setAccessibleName(name)
    edit.setPlaceholderText(f"for example {example}" if example else "")
    return edit


def _say(field: Field, problem: str) -> bool:
    field.set_problem(problem)
    return bool(problem)
