"""What became of a letter that had to be made elsewhere, such as in Braille."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.display import fmt_date
from collabcare.domain.errors import RuleViolation
from collabcare.domain.ids import LetterId
from collabcare.domain.letter_formats import END_WORDS, LetterEnd, letters_to_arrange
from collabcare.domain.typed_dates import Direction
from collabcare.services.letter_ends import EndLetter
from collabcare.ui.forms.choice_grid import ChoiceGrid
from collabcare.ui.forms.entry_form import PatientForm, needed_day, refuse_at
from collabcare.ui.forms.lines import Lines
from collabcare.ui.widgets.combo_box import ComboBox
from collabcare.ui.widgets.date_edit import DateEdit, DateNeeds
from collabcare.ui.widgets.field import Field
from collabcare.ui.widgets.note_edit import NoteEdit
from collabcare.ui.widgets.option import Option
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from collabcare.domain.acting import Acting
    from collabcare.queries.patient_page import PatientPage

_LASTS = "Nothing counts as sent, and this stays on Today, until what became of it is recorded here."


class LetterEndForm(PatientForm):
    """Edits an :class:`EndLetter`; begins with the letter that has waited longest."""

    KIND = "letter_end"
    TITLE = "What became of a letter to be made elsewhere"
    SAVE = "Save"

    def __init__(self, page: PatientPage, acting: Acting, parent: QWidget | None = None) -> None:
        super().__init__(page, acting, parent)
        self.letter = ComboBox("Letter")
        self.end = ChoiceGrid("What became of it", [Option(end, words) for end, words in END_WORDS.items()])
        self.on = DateEdit("On", page.today, DateNeeds(direction=Direction.PAST))
        self.on.set_value(page.today)
        self.how = NoteEdit("How, or why", placeholder="Who made it and how it went, or why not", lines=2)
        self._named(letter=self.letter, end=self.end, on=self.on, how=self.how)
        self.body.addWidget(PlainLabel(_LASTS, TextRole.SECONDARY, wrap=True))
        self.body.addWidget(Field("&Letter", self.letter))
        self.body.addWidget(Field("&What became of it", self.end))
        lines = Lines()
        lines.line("&On", self.on)
        lines.line("How, or wh&y", self.how)
        self.body.addLayout(lines)
        self.end.typed.connect(self.how.setFocus)
        self._offer()
        self.start()

    def choose_letter(self, letter_id: LetterId) -> None:
        """Say what became of this letter."""
        self.letter.set_value(letter_id)

    def first(self) -> QWidget:
        return self.end

    def written(self) -> tuple[object, ...]:
        return self.letter.value(), self.end.value(), self.on.text(), self.how.toPlainText()

    def set_page(self, page: PatientPage) -> None:
        super().set_page(page)
        self._offer()

    def command(self) -> EndLetter:
        letter, end = self.letter.value(), self.end.value()
        if not isinstance(letter, int):
            raise RuleViolation("No letter is waiting to be made any more.")
        if not isinstance(end, LetterEnd):
            refuse_at(self.end, "Choose what became of it, by its number.")
        return EndLetter(
            episode_id=self.page.facts.episode_id,
            letter_id=LetterId(letter),
            end=end,
            ended_on=needed_day(self.on),
            how=self.how.text(),
        )

    def _offer(self) -> None:
        chosen = self.letter.value()
        waiting = letters_to_arrange(self.page.facts.letters)
        self.letter.set_options(
            [
                Option(
                    each.letter.id, f"{each.letter.title}, {each.words}, {fmt_date(each.letter.issued_on)}"
                )
                for each in waiting
            ]
        )
        if any(each.letter.id == chosen for each in waiting):
            self.letter.set_value(chosen)
