"""The GP practice of a patient: which one, and where letters reach it when that is not known yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from collabcare.domain.gp_practices import GpPracticeDetails, ods_code_problem
from collabcare.services.gp_practices import ChangeGpPractice
from collabcare.services.patients import NewGpPractice
from collabcare.ui.forms.entry_form import refuse_at
from collabcare.ui.forms.lines import Lines
from collabcare.ui.forms.practice_edit import PracticeEdit
from collabcare.ui.widgets.layouts import column
from collabcare.ui.widgets.line_edit import LineEdit
from collabcare.ui.widgets.note_edit import NoteEdit
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole
from collabcare.ui.widgets.telephone_edit import TelephoneEdit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from collabcare.queries.site import GpPracticeRow

_NEW = "A letter to the GP needs the address and the postcode. They can be added later under Details."
_INCOMPLETE = "No letter can be posted to this practice until its address and postcode are here."


class PracticeFields(QWidget):
    """The editors of a practice's address, postcode, telephone and ODS code."""

    def __init__(self, *, label_width: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.address = NoteEdit(
            "Practice address", placeholder="One line of the address to a line", lines=2, spelled=False
        )
        self.postcode = LineEdit("Practice postcode")
        self.telephone = TelephoneEdit("Practice telephone")
        self.ods_code = LineEdit("ODS code")
        self.ods_code.setPlaceholderText("B82001")
        lines = Lines(label_width=label_width)
        lines.line("Address", self.address)
        lines.line("Postcode", self.postcode)
        lines.line("Telephone", self.telephone)
        lines.line("ODS code", self.ods_code)
        self.setLayout(lines)

    def editors(self) -> dict[str, QWidget]:
        """Return the editors by the ends of their names."""
        return {
            "address": self.address,
            "postcode": self.postcode,
            "telephone": self.telephone,
            "ods_code": self.ods_code,
        }

    def written(self) -> tuple[str, ...]:
        """Return what stands in them."""
        lines = (self.postcode, self.telephone, self.ods_code)
        return self.address.toPlainText(), *(edit.text() for edit in lines)

    def show_details(self, details: GpPracticeDetails | None) -> None:
        """Show what is recorded of a practice, nothing for none."""
        self.address.setPlainText(details.address if details else "")
        for edit, text in (
            (self.postcode, details and details.postcode),
            (self.telephone, details and details.telephone),
            (self.ods_code, details and details.ods_code),
        ):
            edit.setText(text or "")

    def details(self, name: str) -> GpPracticeDetails:
        """Return the practice of this name as it is typed.

        Raises:
            RuleViolation: When the ODS code cannot be one; the keyboard goes there.
        """
        if problem := ods_code_problem(self.ods_code.text()):
            refuse_at(self.ods_code, problem)
        return GpPracticeDetails(
            name=name,
            ods_code=self.ods_code.text() or None,
            address=self.address.text(),
            postcode=self.postcode.text() or None,
            telephone=self.telephone.text() or None,
        )


class PracticePart(QWidget):
    """Which practice it is, and what is missing of a new one or of one whose address is not whole."""

    def __init__(self, practices: Sequence[GpPracticeRow], label: str, *, label_width: int) -> None:
        super().__init__()
        self.choice = PracticeEdit(practices)
        self.fields = PracticeFields(label_width=label_width)
        self._why = PlainLabel("", TextRole.SECONDARY, wrap=True)
        self._shown: GpPracticeRow | None = None
        which = Lines(label_width=label_width)
        which.line(label, self.choice)
        which.under(self._why)
        self.setLayout(column(which, self.fields, gap=6))
        self.choice.edit.textChanged.connect(self._follow)
        self.choice.settled.connect(self._follow)
        self._follow()

    def editors(self) -> dict[str, QWidget]:
        """Return the editors by name."""
        under = {f"practice_{name}": edit for name, edit in self.fields.editors().items()}
        return {"practice": self.choice, **under}

    def written(self) -> tuple[str, ...]:
        """Return what was typed."""
        return self.choice.text(), *(self.fields.written() if self._asks() else ())

    def to_keep(self) -> NewGpPractice | ChangeGpPractice | None:
        """Return what is to be kept of the practice besides the patient; None when all of it is known.

        Raises:
            RuleViolation: When no practice is chosen, or its ODS code cannot be one; the keyboard goes there.
        """
        name, known = self.choice.text(), self.choice.known()
        if not name:
            refuse_at(self.choice, "Choose the GP practice, or type its name.")
        if like := self.choice.nearly():
            self.choice.settle()
            refuse_at(self.choice, f"Do you mean {like[0]}? Choose it, or save again to add “{name}”.")
        if known is not None and known.details.can_be_written_to:
            return None
        typed = self.fields.details(known.name if known else name)
        if known is None:
            return NewGpPractice.of(typed)
        if typed == known.details:
            return None
        return ChangeGpPractice(practice_id=known.id, seen=known.version, details=typed)

    def _asks(self) -> bool:
        known = self.choice.known()
        if known is None:
            return self.choice.is_new()
        return not known.details.can_be_written_to

    def _follow(self) -> None:
        """Ask for what is missing of the practice that is named now."""
        known = self.choice.known()
        if known != self._shown:
            self.fields.show_details(known.details if known else None)
            self._shown = known
        self._why.setText(_INCOMPLETE if known else _NEW)
        for part in (self._why, self.fields):
            part.setVisible(self._asks())
