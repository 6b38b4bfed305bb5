"""The ways to reach a patient: those that must not be used first, struck out with why, then the safe ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from collabcare.domain.details_words import says_already
from collabcare.domain.reaching import ROUTE_WORDS, Route, Standing
from collabcare.ui.theme import Token, current_theme
from collabcare.ui.widgets.icon_label import IconLabel
from collabcare.ui.widgets.layouts import column, row
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLayout

    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.reaching import SafeWays, Way

_NAMES = 104
_ICONS = {
    Route.CALL: "phone",
    Route.TEXT_RELAY: "phone",
    Route.VOICEMAIL: "phone",
    Route.TEXT: "message",
    Route.EMAIL: "message",
    Route.LETTER: "letter",
    Route.VISIT: "face-to-face",
    Route.NOMINATED_CONTACT: "patient",
    Route.SUPPORT_WORKER: "patient",
    Route.GP_PRACTICE: "directory",
    Route.SUPERVISION: "supervision",
}


class WaysPart(QWidget):
    """Shows what is recorded about reaching one patient safely, in sentences."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("How to reach them safely")
        self._shown = QWidget()
        self._holder = column(self._shown, gap=0)
        self.setLayout(self._holder)
        self._text = ""

    def show_ways(self, facts: EpisodeFacts, ways: SafeWays) -> None:
        """Show the ways for this patient, with their number and what they said about it."""
        shown = QWidget()
        lines = column(gap=4)
        for words in _said_by_them(facts):
            lines.addWidget(words)
        told = sorted(ways.worth_telling, key=lambda way: way.standing is not Standing.NOT_TO_BE_USED)
        for way in told:
            lines.addLayout(_line(way))
        shown.setLayout(lines)
        self._text = " ".join(f"{ROUTE_WORDS[way.route]}: {way.sentence}" for way in told)
        self._holder.replaceWidget(self._shown, shown)
        self._shown.hide()
        self._shown.deleteLater()
        self._shown = shown
        shown.show()

    def text(self) -> str:
        """Return what is said about the ways."""
        return self._text


def _said_by_them(facts: EpisodeFacts) -> list[PlainLabel]:
    """Return the numbers, the times that are safe and the note on contacting them."""
    patient = facts.patient
    numbers = " or ".join(filter(None, (patient.telephone, patient.other_telephone)))
    prefers = f"They prefer: {facts.reach.preferred_way}" if facts.reach.preferred_way else ""
    prefers = "" if says_already(patient.contact_note, prefers) or not prefers else f"{prefers}."
    times = f"Safe times: {facts.reach.safe_times}." if facts.reach.safe_times else ""
    first = PlainLabel(numbers or "No telephone number recorded", TextRole.STRONG)
    first.make_copyable()
    told = [PlainLabel(text, wrap=True) for text in (prefers, times, patient.contact_note or "") if text]
    return [first, *told]


def _line(way: Way) -> QLayout:
    barred = way.standing is Standing.NOT_TO_BE_USED
    name = PlainLabel(ROUTE_WORDS[way.route], TextRole.SECONDARY if barred else TextRole.BODY, wrap=True)
    name.setFixedWidth(current_theme().px(_NAMES))
    if barred:
        font = name.font()
        font.setStrikeOut(True)
        name.setFont(font)
        name.setAccessibleName(f"{ROUTE_WORDS[way.route]}, not to be used")
    sentence = PlainLabel(_after_name(way), TextRole.SECONDARY, wrap=True)
    mark = IconLabel(_ICONS[way.route], Token.TEXT_DISABLED if barred else Token.TEXT_SECONDARY, 16)
    line = row(mark, name, sentence, gap=6)
    line.setStretch(2, 1)
    for part in (mark, name):
        line.setAlignment(part, Qt.AlignmentFlag.AlignTop)
    return line


def _after_name(way: Way) -> str:
    """Return the sentence without the name of the way at its head, which stands beside it already."""
    return way.sentence.removeprefix(f"{ROUTE_WORDS[way.route]}. ").removeprefix(f"{ROUTE_WORDS[way.route]}.")
