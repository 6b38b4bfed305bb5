"""The note of the last contact, put into a letter by one button: what was written once is not typed again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QTextCursor

from collabcare.domain.codes import ATTENDED
from collabcare.domain.display import fmt_date
from collabcare.ui.widgets.buttons import Button, ButtonKind

if TYPE_CHECKING:
    from collabcare.domain.facts import ContactFact, EpisodeFacts
    from collabcare.domain.letters import LetterKind
    from collabcare.ui.widgets.note_edit import NoteEdit

_TELLS = ("discussed", "last_seen", "course")
"""The parts of letters that tell of contacts."""


def last_note(facts: EpisodeFacts) -> ContactFact | None:
    """Return the last contact that took place and has a note."""
    noted = [each for each in facts.contacts if each.status in ATTENDED and each.note.strip()]
    return noted[-1] if noted else None


def part_for_a_note(kind: LetterKind) -> str:
    """Return the part of a letter that a contact's note belongs into, nothing where it has none."""
    return next((part.id for part in kind.typed if part.id in _TELLS), "")


class PutNoteIn(Button):
    """Puts a contact's note after what stands in ``box``, to be made shorter there; Ctrl+Z takes it out."""

    def __init__(self, contact: ContactFact, box: NoteEdit) -> None:
        super().__init__(f"Put in the note of {fmt_date(contact.on)}", ButtonKind.QUIET, compact=True)
        self.setObjectName("letter_put_note_in")
        self.setToolTip("What was noted at the last contact, to put into words the patient can read")
        self._note, self._box = contact.note.strip(), box
        if self._note in box.toPlainText():
            self.hide()
        self.clicked.connect(self._put_in)

    def _put_in(self) -> None:
        cursor = self._box.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertText(f"\n{self._note}" if self._box.text() else self._note)
        self._box.setTextCursor(cursor)
        self._box.setFocus()
        self.hide()
