"""Writing a snippet: its name, its words, and whose it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.snippet_words import snippet_name
from collabcare.services.snippets import SaveSnippet
from collabcare.ui.forms.entry_form import EntryForm, refuse_at
from collabcare.ui.forms.lines import Lines
from collabcare.ui.widgets.line_edit import LineEdit
from collabcare.ui.widgets.note_edit import NoteEdit
from collabcare.ui.widgets.option import Option
from collabcare.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from collabcare.queries.snippets import SnippetRow

MINE, PRACTICE = False, True


class SnippetForm(EntryForm):
    """Edits a :class:`SaveSnippet`: a new one, or one of those there are."""

    KIND = "snippet"
    TITLE = "Add a snippet"
    SAVE = "Save snippet"
    KEEPS_FIELDS = True

    def __init__(self, *, may_share: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row: SnippetRow | None = None
        self.name = LineEdit("Name")
        self.name.setPlaceholderText("One word, such as: plan")
        self.words = NoteEdit("Words", lines=5, placeholder="Agreed to [[what]] by [[day]].")
        self.whose = Segmented("Whose", [Option(MINE, "Mine"), Option(PRACTICE, "The practice’s")])
        self.whose.set_value(MINE)
        self._named(name=self.name, words=self.words, whose=self.whose)
        lines = Lines()
        lines.line("Na&me", self.name)
        lines.line("Wor&ds", self.words)
        if may_share:
            lines.line("Who&se", self.whose)
        self.body.addLayout(lines)
        self.start()

    def called(self) -> str:
        return f"Change ;{self._row.name}" if self._row else self.TITLE

    def changes(self, row: SnippetRow) -> bool:
        """Return whether this snippet is being changed here."""
        return self._row is not None and self._row.id == row.id

    def first(self) -> QWidget:
        return self.name

    def written(self) -> tuple[object, ...]:
        return self.name.text(), self.words.toPlainText(), self.whose.value()

    def command(self) -> SaveSnippet:
        if not self.name.text().strip():
            refuse_at(self.name, "Give it a name of one word, such as: plan")
        if not self.words.text():
            refuse_at(self.words, "Write the words it stands for.")
        return SaveSnippet(
            name=snippet_name(self.name.text()),
            text=self.words.text(),
            of_practice=self.whose.value() is PRACTICE,
            snippet_id=self._row.id if self._row else None,
            seen=self._row.version if self._row else None,
        )

    def begin(self, row: SnippetRow | None) -> None:
        """Start with a snippet that is there, or with empty fields for a new one."""
        self._row = row
        self.name.setText(row.name if row else "")
        self.words.setPlainText(row.text if row else "")
        self.whose.set_value(row.of_practice if row else MINE)
        self.whose.setEnabled(row is None)
        self.say_no_more()
        self.set_saving(saving=False)
        self.start()
