"""The short forms of the Practice page: a line to ring, the out-of-hours words, a day shut or open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.typed_dates import Direction
from collabcare.services.helplines import SaveHelpline
from collabcare.services.on_duty import SayOutOfHours
from collabcare.services.site_days import AddSiteDay
from collabcare.ui.forms.entry_form import EntryForm, needed_day, refuse_at
from collabcare.ui.forms.lines import Lines
from collabcare.ui.widgets.date_edit import DateEdit, DateNeeds
from collabcare.ui.widgets.field import Field
from collabcare.ui.widgets.line_edit import LineEdit
from collabcare.ui.widgets.note_edit import NoteEdit
from collabcare.ui.widgets.option import Option
from collabcare.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from collabcare.domain.crisis_lines import SiteLine

SHUT, OPEN = False, True


class HelplineForm(EntryForm):
    """Edits a :class:`SaveHelpline`: a new line, or one of those there are."""

    KIND = "helpline"
    TITLE = "Add a line"
    SAVE = "Save line"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line: SiteLine | None = None
        self._refused = False
        self.name = LineEdit("Whose line")
        self.name.setPlaceholderText("Such as: crisis team")
        self.telephone = LineEdit("Number")
        self.when_open = LineEdit("When it is open")
        self.when_open.setPlaceholderText("Such as: day and night")
        self.note = LineEdit("Note")
        self._named(name=self.name, telephone=self.telephone, when_open=self.when_open, note=self.note)
        lines = Lines()
        lines.line("Whose &line", self.name)
        lines.line("N&umber", self.telephone)
        lines.line("Whe&n open", self.when_open)
        lines.line("No&te", self.note)
        self.body.addLayout(lines)
        self.start()

    def called(self) -> str:
        return f"Change {self._line.name}" if self._line else self.TITLE

    def first(self) -> QWidget:
        return self.name

    def written(self) -> tuple[object, ...]:
        return tuple(edit.text() for edit in (self.name, self.telephone, self.when_open, self.note))

    def command(self) -> SaveHelpline:
        if not self.name.text().strip():
            refuse_at(self.name, "Write whose line it is, such as the crisis team.")
        if not self.telephone.text().strip():
            refuse_at(self.telephone, "Write the number to ring or text.")
        return SaveHelpline(
            helpline_id=self._line.id if self._line else None,
            seen=self._line.row_version if self._line else None,
            name=self.name.text(),
            telephone=self.telephone.text(),
            when_open=self.when_open.text(),
            note=self.note.text(),
        )

    def refuse(self, sentence: str, field: QWidget | None = None) -> None:
        super().refuse(sentence, field)
        self._refused = True

    def follow(self, lines: tuple[SiteLine, ...]) -> None:
        """After a refusal go by the line as it is now; one taken out meanwhile would be added anew."""
        if self._refused and self._line is not None:
            here = self._line.id
            self._line = next((line for line in lines if line.id == here), None)
        self._refused = False

    def begin(self, line: SiteLine | None) -> None:
        """Start with a line that is there, or with empty fields for a new one."""
        self._line = line
        self.name.setText(line.name if line else "")
        self.telephone.setText(line.telephone if line else "")
        self.when_open.setText(line.when_open if line else "")
        self.note.setText(line.note if line else "")
        self.say_no_more()
        self.set_saving(saving=False)
        self.start()


class OutOfHoursForm(EntryForm):
    """Edits a :class:`SayOutOfHours`: what is said about the hours when nobody is here."""

    KIND = "out_of_hours"
    TITLE = "Out of hours"
    SAVE = "Save out-of-hours words"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.hours = NoteEdit("What to do out of hours", lines=3)
        self._named(hours=self.hours)
        hint = "Stands on the safety page, after the lines to ring"
        self.body.addWidget(Field("Out o&f hours", self.hours, hint=hint))
        self.start()

    def first(self) -> QWidget:
        return self.hours

    def written(self) -> tuple[object, ...]:
        return (self.hours.toPlainText(),)

    def command(self) -> SayOutOfHours:
        return SayOutOfHours(words=self.hours.text())

    def begin(self, words: str) -> None:
        """Start with the words that hold now."""
        self.hours.setPlainText(words)
        self.say_no_more()
        self.set_saving(saving=False)
        self.start()


class SiteDayForm(EntryForm):
    """Edits an :class:`AddSiteDay`."""

    KIND = "site_day"
    TITLE = "Add a day"
    SAVE = "Add day"

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.on = DateEdit("Day", today, DateNeeds(direction=Direction.EITHER))
        self.kind = Segmented("Shut or open", [Option(SHUT, "Shut"), Option(OPEN, "Open")])
        self.reason = LineEdit("Why")
        self.reason.setPlaceholderText("Such as: staff training")
        self._named(on=self.on, kind=self.kind, reason=self.reason)
        lines = Lines()
        lines.line("&Day", self.on)
        lines.line("Shut or &open", self.kind)
        lines.line("Wh&y", self.reason)
        self.body.addLayout(lines)
        self.start()

    def first(self) -> QWidget:
        return self.on

    def written(self) -> tuple[object, ...]:
        return self.on.text(), self.kind.value(), self.reason.text()

    def command(self) -> AddSiteDay:
        on = needed_day(self.on)
        if self.kind.value() is None:
            refuse_at(self.kind, "Choose whether the site is shut or open that day: keys 1 and 2.")
        if not self.reason.text().strip():
            refuse_at(self.reason, "Say why, such as staff training or a Saturday clinic.")
        return AddSiteDay(on=on, is_open=self.kind.value() is OPEN, reason=self.reason.text())

    def clear(self) -> None:
        """Begin again with empty fields."""
        self.on.set_value(None)
        self.kind.set_value(None)
        self.reason.clear()
        self.say_no_more()
        self.set_saving(saving=False)
        self.start()
