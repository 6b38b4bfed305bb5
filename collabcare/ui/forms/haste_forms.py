"""What makes us act sooner for a patient: writing it down, that it no longer holds, that it was an error."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.display import fmt_date
from collabcare.domain.haste import HASTE_WORDS
from collabcare.domain.reach_facts import HasteKind
from collabcare.domain.typed_dates import Direction
from collabcare.services.haste import EndHaste, RecordHaste, VoidHaste
from collabcare.ui.forms.entry_form import PatientForm, needed_day, refuse_at
from collabcare.ui.forms.lines import Lines
from collabcare.ui.widgets.combo_box import ComboBox
from collabcare.ui.widgets.date_edit import DateEdit, DateNeeds
from collabcare.ui.widgets.note_edit import NoteEdit
from collabcare.ui.widgets.option import Option
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from collabcare.domain.acting import Acting
    from collabcare.domain.reach_facts import HasteFact
    from collabcare.queries.patient_page import PatientPage

_SAYS = "It says how fast we act when an appointment is missed, and nothing about the person."


class HasteForm(PatientForm):
    """Edits a :class:`RecordHaste`."""

    KIND = "haste"
    TITLE = "Record what makes us act sooner"
    SAVE = "Save"

    def __init__(self, page: PatientPage, acting: Acting, parent: QWidget | None = None) -> None:
        super().__init__(page, acting, parent)
        self.kind = ComboBox(
            "What", [Option(None, "Choose"), *(Option(k, w) for k, w in HASTE_WORDS.items())]
        )
        self.on = DateEdit("Since or on", page.today, DateNeeds(direction=Direction.PAST))
        self.on.set_value(page.today)
        self.note = NoteEdit(
            "Note", placeholder="What is known, from whom, and who else is involved", lines=3
        )
        self._named(kind=self.kind, on=self.on, note=self.note)
        self.body.addWidget(PlainLabel(_SAYS, TextRole.SECONDARY, wrap=True))
        lines = Lines()
        lines.line("Wha&t", self.kind)
        lines.line("Since or &on", self.on)
        lines.line("&Note", self.note)
        self.body.addLayout(lines)
        self.start()

    def first(self) -> QWidget:
        return self.kind

    def written(self) -> tuple[object, ...]:
        return self.kind.value(), self.on.text(), self.note.toPlainText()

    def command(self) -> RecordHaste:
        kind = self.kind.value()
        if not kind:
            refuse_at(self.kind, "Choose what makes us act sooner.")
        return RecordHaste(
            episode_id=self.page.facts.episode_id,
            kind=HasteKind(str(kind)),
            happened_on=needed_day(self.on),
            note=self.note.text(),
        )


class HasteEndForm(PatientForm):
    """Edits an :class:`EndHaste`: the day from which something no longer holds."""

    KIND = "haste_end"
    TITLE = "This no longer holds"
    SAVE = "Save"

    def __init__(
        self, page: PatientPage, acting: Acting, fact: HasteFact, parent: QWidget | None = None
    ) -> None:
        super().__init__(page, acting, parent)
        self._fact = fact
        self.on = DateEdit("Since", page.today, DateNeeds(direction=Direction.PAST))
        self.on.set_value(page.today)
        self._named(on=self.on)
        self.body.addWidget(PlainLabel(haste_words(fact), TextRole.STRONG, wrap=True))
        later = "A search that it sped up goes on as fast as before."
        self.body.addWidget(PlainLabel(later, TextRole.SECONDARY, wrap=True))
        lines = Lines()
        lines.line("No longer &since", self.on)
        self.body.addLayout(lines)
        self.start()

    def first(self) -> QWidget:
        return self.on

    def written(self) -> tuple[object, ...]:
        return (self.on.text(),)

    def command(self) -> EndHaste:
        return EndHaste(haste_id=self._fact.id, seen=self._fact.row_version, ended_on=needed_day(self.on))


class HasteVoidForm(PatientForm):
    """Edits a :class:`VoidHaste`: something was entered in error."""

    KIND = "haste_void"
    TITLE = "Entered in error"
    SAVE = "Mark as error"

    def __init__(
        self, page: PatientPage, acting: Acting, fact: HasteFact, parent: QWidget | None = None
    ) -> None:
        super().__init__(page, acting, parent)
        self._fact = fact
        self.reason = NoteEdit("Reason", placeholder="How the mistake came about", lines=2)
        self._named(reason=self.reason)
        self.body.addWidget(PlainLabel(haste_words(fact), TextRole.STRONG, wrap=True))
        stays = "No rule goes by it any more. It stays in the record with your reason."
        self.body.addWidget(PlainLabel(stays, TextRole.SECONDARY, wrap=True))
        lines = Lines()
        lines.line("Reas&on", self.reason)
        self.body.addLayout(lines)
        self.start()

    def first(self) -> QWidget:
        return self.reason

    def written(self) -> tuple[object, ...]:
        return (self.reason.toPlainText(),)

    def command(self) -> VoidHaste:
        if not self.reason.text():
            refuse_at(self.reason, "Say why this is an error.")
        return VoidHaste(haste_id=self._fact.id, seen=self._fact.row_version, reason=self.reason.text())


def haste_words(fact: HasteFact) -> str:
    """Say one such fact in a line, with the days between which it held."""
    until = f" to {fmt_date(fact.ended_on)}" if fact.ended_on else ""
    note = f": {' '.join(fact.note.split())}" if fact.note else ""
    return f"{HASTE_WORDS[fact.kind]}, {fmt_date(fact.happened_on)}{until}{note}"
