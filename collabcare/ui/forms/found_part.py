"""What a try to reach somebody found out: what they want, or where they are, with what each of them needs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from collabcare.domain.attempts import ends_of
from collabcare.domain.patient_details import details_of
from collabcare.domain.reengagement import AttemptOutcome, Channel
from collabcare.domain.search_ends import SEARCH_END_WORDS, SearchEnd, after_contact, asks_about_safety
from collabcare.domain.typed_dates import Direction
from collabcare.domain.typed_text import tells_something
from collabcare.services.searches import CameOfIt
from collabcare.ui.forms.choice_grid import ChoiceGrid
from collabcare.ui.forms.entry_form import needed_day, refuse_at
from collabcare.ui.forms.lines import Lines
from collabcare.ui.widgets.date_edit import DateEdit, DateNeeds
from collabcare.ui.widgets.field import Field
from collabcare.ui.widgets.layouts import column
from collabcare.ui.widgets.line_edit import LineEdit
from collabcare.ui.widgets.note_edit import NoteEdit
from collabcare.ui.widgets.option import Option
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole
from collabcare.ui.widgets.telephone_edit import TelephoneEdit

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.patient_details import ContactDetails

_THEIRS = ends_of(None, AttemptOutcome.SPOKE)
_FROM_OTHERS = ends_of(Channel.GP_PRACTICE, AttemptOutcome.THIRD_PARTY)
_UNSAID = "Only somebody who says so can tell: choose “Spoke to somebody else”."
_NOT_THEIRS_TO_SAY = "Only the patient or the GP practice can say so. Ask the GP practice, and go on trying."
_NOTHING = "Nothing of these"
_SAFETY_CUE = "In their words; if nothing was said about it, say so and what you do now"
_SAFETY_OWED = (
    "Write in a sentence what was said about safety. If nothing was, write that, and how it will be asked."
)


class FoundPart(QWidget):
    """Asks what came of a try; which answers there are depends on whether the patient was reached.

    Signals:
        changed: Another answer was chosen.
    """

    changed = Signal()

    def __init__(self, facts: EpisodeFacts, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reached: bool | None = None
        self._before = details_of(facts).contact
        self.theirs = _grid("What do they want", _THEIRS)
        self.others = _grid("Was anything found out", _FROM_OTHERS)
        self._follows = PlainLabel("", TextRole.SECONDARY, wrap=True)
        ahead = DateNeeds(direction=Direction.FUTURE)
        self.safety = NoteEdit("What was said about safety", placeholder=_SAFETY_CUE, lines=2)
        self.return_on = DateEdit("Be in touch again on", today, ahead)
        self.died_on = DateEdit("Day of death", today, DateNeeds(direction=Direction.PAST))
        self.telephone = TelephoneEdit("Telephone")
        self.address = NoteEdit("Address", lines=2, spelled=False)
        self.postcode = LineEdit("Postcode")
        self._pause = _lines(("&Until", self.return_on))
        self._safety = Field("What was said about sa&fety", self.safety)
        self._death = _lines(("Day of d&eath", self.died_on))
        self._details = _lines(
            ("&Telephone", self.telephone), ("&Address", self.address), ("Postc&ode", self.postcode)
        )
        self._asks_them = Field("What do the&y want", self.theirs)
        self._asks_others = Field("Was anything &found out", self.others)
        self.setLayout(
            column(
                self._asks_them,
                self._asks_others,
                self._follows,
                self._safety,
                self._pause,
                self._death,
                self._details,
                gap=6,
            )
        )
        for grid in (self.theirs, self.others):
            grid.chosen.connect(self._on_chosen)
        self.telephone.setText(self._before.telephone or "")
        self.address.setPlainText(self._before.address)
        self.postcode.setText(self._before.postcode or "")
        self.show_for(None)

    def show_for(self, outcome: AttemptOutcome | None, channel: Channel | None = None) -> None:
        """Ask what fits: what the patient wants, what was found out about them, or (None) nothing."""
        reached = None if outcome is None else outcome.reached
        self._reached = reached
        if outcome is not None and not reached:
            fitting = ends_of(channel, outcome)
            for end in _FROM_OTHERS:
                told = outcome is AttemptOutcome.THIRD_PARTY
                self.others.allow(end, "" if end in fitting else _NOT_THEIRS_TO_SAY if told else _UNSAID)
        self._asks_them.setVisible(reached is True)
        self._asks_others.setVisible(reached is False)
        self._unfold()

    def end(self) -> SearchEnd | None:
        """Return the answer in view, None for none."""
        if self._reached is None:
            return None
        value = (self.theirs if self._reached else self.others).value()
        return value if isinstance(value, SearchEnd) else None

    def written(self) -> tuple[object, ...]:
        """Return what was chosen and typed."""
        edits = (self.address.toPlainText(), self.safety.toPlainText())
        typed = (self.telephone.text(), self.postcode.text(), *edits)
        chosen = (self.theirs.value(), self.others.value())
        return (*chosen, self.return_on.text(), self.died_on.text(), *typed)

    def came_of_it(self) -> CameOfIt | None:
        """Return what came of the try with what it needs, None where nothing was chosen.

        Raises:
            RuleViolation: When a day is missing or cannot be read.
        """
        end = self.end()
        if end is None:
            return None
        asks = asks_about_safety(end)
        if asks and not tells_something(self.safety.text()):
            refuse_at(self.safety, _SAFETY_OWED)
        return CameOfIt(
            end=end,
            safety=self.safety.text() if asks else "",
            return_on=needed_day(self.return_on) if end is SearchEnd.WANTS_PAUSE else None,
            died_on=needed_day(self.died_on) if end is SearchEnd.DIED else None,
            details=self._corrected() if end is SearchEnd.WRONG_DETAILS else None,
        )

    def _corrected(self) -> ContactDetails:
        return replace(
            self._before,
            address=self.address.toPlainText(),
            postcode=self.postcode.text() or None,
            telephone=self.telephone.text() or None,
        )

    def _on_chosen(self, _end: object) -> None:
        self._unfold()
        self.changed.emit()

    def _unfold(self) -> None:
        end = self.end()
        self._safety.setVisible(end is not None and asks_about_safety(end))
        self._pause.setVisible(end is SearchEnd.WANTS_PAUSE)
        self._death.setVisible(end is SearchEnd.DIED)
        self._details.setVisible(end is SearchEnd.WRONG_DETAILS)
        self._follows.setText(after_contact(end).sentence if end else "")
        self._follows.setVisible(end is not None)


def _grid(name: str, ends: tuple[SearchEnd, ...]) -> ChoiceGrid:
    return ChoiceGrid(
        name, [*(Option(end, SEARCH_END_WORDS[end]) for end in ends), Option(None, _NOTHING)], columns=3
    )


def _lines(*fields: tuple[str, QWidget]) -> QWidget:
    holder, lines = QWidget(), Lines()
    for label, editor in fields:
        lines.line(label, editor)
    holder.setLayout(lines)
    return holder
