"""Writing a letter: which kind, what the author adds, and what to look at before it goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from collabcare.domain.letter_formats import BODY_POINTS
from collabcare.domain.letter_safety import SAFETY_PART
from collabcare.services.letters import IssueLetter, SentAsAttempt
from collabcare.ui.forms.letter_findings import LetterFindings
from collabcare.ui.forms.lines import as_wide_as_there_is_room
from collabcare.ui.forms.put_note_in import PutNoteIn, part_for_a_note
from collabcare.ui.forms.why_no_safety import WHY, WhyNoSafety
from collabcare.ui.widgets.card import Card
from collabcare.ui.widgets.combo_box import ComboBox
from collabcare.ui.widgets.field import Field
from collabcare.ui.widgets.layouts import STRETCH, column, row
from collabcare.ui.widgets.note_edit import NoteEdit
from collabcare.ui.widgets.option import Option
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from collabcare.documents.composed import Finding
    from collabcare.domain.facts import ContactFact
    from collabcare.domain.ids import EpisodeId
    from collabcare.domain.letters import LetterKind
    from collabcare.services.letters import LetterOffer

_RECORDED = "As it is recorded. Read it, shorten it, and take out what others should not read."


class LetterForm(QWidget):
    """Edits an :class:`IssueLetter`; issues nothing itself.

    ``kind`` and ``findings`` are laid out by whoever shows the form: they stay in view while it scrolls.
    ``beforehand`` is what the record says already, by the part.

    Signals:
        changed: The kind, the words or a choice changed, so the page is another.
        kind_chosen: The user chose another kind of letter.
        mend_requested: The form about the patient in which a finding is put right.
    """

    changed = Signal()
    kind_chosen = Signal(str)
    mend_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = ComboBox("Kind of letter")
        self.kind.setObjectName("letter_kind")
        as_wide_as_there_is_room(self.kind)
        self.may_mend, self.beforehand = True, dict[str, str]()
        self._why_not: dict[str, str] = {}
        self._needs = PlainLabel("", TextRole.SECONDARY, wrap=True)
        self._needs.hide()
        self.parts: dict[str, NoteEdit] = {}
        self.why_no_safety = WhyNoSafety(parent=self)
        self._kind: LetterKind | None = None
        self.copy_to_patient = _tick("Copy to the patient", "letter_copy")
        self.large_print = _tick("Large print", "letter_large")
        self._points, self._to_patient = BODY_POINTS, False
        self._parts = QWidget()
        self._card = Card()
        self._card.setAccessibleName("Letter")
        self._card.body.addWidget(self._needs)
        self._card.body.addWidget(self._parts)
        self._why_large = PlainLabel("", TextRole.SECONDARY, wrap=True)
        self._why_large.setObjectName("letter_why_large")
        self._card.body.addLayout(column(self.copy_to_patient, self.large_print, self._why_large, gap=0))
        self.attempt = _tick("Log it as an attempt to reach them", "letter_attempt")
        self.accessible = _tick("It is in the format and language they need", "letter_accessible")
        self._card.body.addLayout(column(self.attempt, self.accessible, gap=0))
        self.offer_attempt(offered=False, format_met=False)
        self.findings = LetterFindings()
        self.findings.hide()
        self.findings.part_wanted.connect(self._lead_to)
        self.findings.mend_requested.connect(self.mend_requested)
        self.setLayout(column(self._card, gap=0))
        self.kind.activated.connect(self._on_kind)
        self.kind.currentIndexChanged.connect(self._say_needs)
        self.copy_to_patient.toggled.connect(lambda _on: self._say_size())
        for box in (self.copy_to_patient, self.large_print):
            box.toggled.connect(self.changed)

    def offer(self, offers: Sequence[LetterOffer]) -> None:
        """Offer every kind; what the chosen one still needs stands under the box."""
        self._why_not = {each.kind.id: each.why_not for each in offers}
        self.kind.set_options([Option(each.kind.id, each.kind.title, each.why_not) for each in offers])
        self._say_needs()

    def needs(self) -> str:
        """Return what the chosen kind still needs, or nothing."""
        return self._needs.whole_text()

    def show_kind(self, kind: LetterKind, typed: Mapping[str, str], noted: ContactFact | None = None) -> None:
        """Show the boxes of one kind with what was typed before; the note of a contact can be put in."""
        self.kind.set_value(kind.id)
        self._kind = kind
        self.parts = {}
        self.why_no_safety = WhyNoSafety(typed.get(WHY, ""))
        self.why_no_safety.changed.connect(self.changed)
        lines = column(gap=12)
        for part in kind.typed:
            box = NoteEdit(part.label, placeholder=part.hint, lines=3)
            box.setObjectName(f"letter_part_{part.id}")
            box.setPlainText(typed.get(part.id, ""))
            box.textChanged.connect(self.changed)
            self.parts[part.id] = box
            recorded = bool(box.text()) and box.text() == self.beforehand.get(part.id)
            lines.addWidget(Field(part.label, box, hint=_RECORDED if recorded else ""))
            if part.id == SAFETY_PART:
                lines.addWidget(self.why_no_safety)
            if noted is not None and part.id == part_for_a_note(kind):
                lines.addLayout(row(PutNoteIn(noted, box), STRETCH))
        parts = QWidget()
        parts.setLayout(lines)
        self._card.body.replaceWidget(self._parts, parts)
        self._parts.hide()
        self._parts.deleteLater()
        self._parts = parts
        parts.show()

    def offer_copy(self, *, to_patient: bool, wanted: bool, points: int) -> None:
        """Offer a copy to the patient of a letter that goes to another; a letter to them has none.

        What the patient reads is printed at the size recorded for them; others may be printed large too.
        """
        self._to_patient, self._points = to_patient, points
        self.copy_to_patient.setVisible(not to_patient)
        self.copy_to_patient.blockSignals(True)
        self.copy_to_patient.setChecked(wanted and not to_patient)
        self.copy_to_patient.blockSignals(False)
        self._say_size(begin=True)

    def offer_attempt(self, *, offered: bool, format_met: bool) -> None:
        """Offer to log this letter as a try to reach somebody who is sought; usual where it is offered."""
        self.attempt.setChecked(offered)
        self.attempt.setVisible(offered)
        self.accessible.setChecked(offered and format_met)
        self.accessible.setVisible(offered)

    def typed(self) -> dict[str, str]:
        """Return the author's words by part, blank ones left out."""
        return {part: box.text() for part, box in self.parts.items() if box.text()}

    def written(self) -> dict[str, str]:
        """Return all that was written, to be kept as a draft: what is printed, and what is not."""
        why = self.why_no_safety.text()
        return {**self.typed(), **({WHY: why} if why else {})}

    def written_under(self) -> str:
        """Return the heading in the letter over the part that is being written, nothing when none is."""
        for section in self._kind.sections if self._kind else ():
            for part in section.typed:
                if part.id in self.parts and self.parts[part.id].hasFocus():
                    plain = part.heading and "{" not in part.heading
                    return (part.heading if plain else section.heading) or ""
        return ""

    def command(self, episode_id: EpisodeId, previewed: str | None = None) -> IssueLetter:
        """Return the letter to look at, or with the page that was looked at the letter to issue."""
        return IssueLetter(
            episode_id=episode_id,
            kind=str(self.kind.value()),
            typed=self.typed(),
            copy_to_patient=self.copy_to_patient.isChecked(),
            large_print=self.large_print.isChecked(),
            previewed=previewed,
            attempt=SentAsAttempt(accessible=self.accessible.isChecked())
            if self.attempt.isChecked()
            else None,
            why_no_safety=self.why_no_safety.text(),
        )

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Say what to look at before the letter goes, each with a way to the words it is about."""
        self.findings.show_findings(findings, self.parts, may_mend=self.may_mend)
        self.why_no_safety.offer(self.typed(), findings)

    def _lead_to(self, part: str) -> None:
        """Put the keyboard into the part that a finding is about."""
        if part in self.parts:
            self.parts[part].setFocus(Qt.FocusReason.OtherFocusReason)

    def _say_size(self, *, begin: bool = False) -> None:
        """Say in which size it goes and why: where the patient reads it, never smaller than they need."""
        reads = self._to_patient or self.copy_to_patient.isChecked()
        needed = reads and self._points > BODY_POINTS
        if begin or needed or not self.large_print.isEnabled():
            self.large_print.blockSignals(True)
            self.large_print.setChecked(needed)
            self.large_print.blockSignals(False)
        self.large_print.setEnabled(not needed)
        self.large_print.setText(f"Large print, {self._points} point" if needed else "Large print")
        why = "The patient needs large print" + ("." if self._to_patient else ", and gets a copy.")
        self._why_large.setText(why if needed else "")
        self._why_large.setVisible(needed)
        self.large_print.setAccessibleDescription(why if needed else "")

    def _say_needs(self) -> None:
        why_not = self._why_not.get(str(self.kind.value()), "")
        self._needs.setText(why_not)
        self._needs.setVisible(bool(why_not))
        self.kind.setAccessibleDescription(why_not)

    def _on_kind(self) -> None:
        self.kind_chosen.emit(str(self.kind.value()))


def _tick(text: str, name: str) -> QCheckBox:
    box = QCheckBox(text)
    box.setObjectName(name)
    return box
