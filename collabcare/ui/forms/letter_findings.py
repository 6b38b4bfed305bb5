"""What to look at before a letter goes: one line beside the words, and all of it on demand."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from collabcare.documents.composed import FindingLevel, MendedAt
from collabcare.domain.display import fmt_count
from collabcare.domain.letter_safety import SAFETY_PART
from collabcare.ui.forms.fitting_area import FittingArea
from collabcare.ui.theme import Token, current_theme
from collabcare.ui.widgets.buttons import Button, ButtonKind
from collabcare.ui.widgets.card import Card
from collabcare.ui.widgets.icon_label import IconLabel
from collabcare.ui.widgets.layouts import column, row
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from collabcare.documents.composed import Finding

_NAME = "Before it goes"
_FINDING = 44
"""The least height of the findings in full: one of them, and the others by scrolling."""
_EDGE = 6
_MARKS = {
    FindingLevel.BLOCKS: ("error", Token.DANGER, "To put right first: "),
    FindingLevel.MADE_ELSEWHERE: ("letter", Token.ATTENTION, ""),
    FindingLevel.WARNS: ("warning", Token.ATTENTION, ""),
}
_MEND = {MendedAt.GP_PRACTICE: "Add the address"}


class LetterFindings(Card):
    """Says in one line what there is to look at; "Show" unfolds it, each with a way to where it is mended.

    Where there is room it is unfolded from the start. Wherever the page is not low so is what keeps the
    letter back, or what it says nothing about, until the author folds it: the room is for the words.

    Signals:
        part_wanted: The part of the letter that a finding is about.
        mend_requested: The form about the patient in which a finding is put right.
    """

    part_wanted = Signal(str)
    mend_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setAccessibleName(_NAME)
        self._mark = IconLabel("warning", Token.ATTENTION, 16)
        self._summary = PlainLabel("", TextRole.STRONG, elide=True)
        self.unfold = Button("Show", ButtonKind.QUIET, compact=True)
        self.unfold.setObjectName("letter_findings")
        self.unfold.clicked.connect(lambda: self.show_in_full(shown=not self.is_open))
        head = row(self._mark, self._summary, self.unfold, gap=6)
        head.setStretch(1, 1)
        self._in_full: QWidget = QWidget()
        self.body.addLayout(head)
        self.body.addWidget(self._in_full)
        edge, theme = current_theme().px(_EDGE), current_theme()
        self._whole.setContentsMargins(theme.px(12), edge, edge, edge)
        self._blocked, self._roomy, self._low = False, False, False
        self._asked: bool | None = None
        self._said = ""
        self._fold()

    @property
    def is_open(self) -> bool:
        """Whether the findings are shown in full."""
        usual = self._roomy or (self._blocked and not self._low)
        return usual if self._asked is None else self._asked

    def forget(self) -> None:
        """Fold or unfold as is usual again: another letter is written."""
        self._asked = None
        self._fold()

    def give_room(self, *, roomy: bool, low: bool) -> None:
        """Take in how much room the page has."""
        self._roomy, self._low = roomy, low
        self._fold()

    def show_in_full(self, *, shown: bool) -> None:
        """Unfold or fold it, as the author wants it from now on."""
        self._asked = shown
        self._fold()

    def show_findings(self, findings: Sequence[Finding], parts: Collection[str], *, may_mend: bool) -> None:
        """Say what there is to look at; ``parts`` of the letter can be led to."""
        lines = (self._line(each, leads=each.part in parts, may_mend=may_mend) for each in findings)
        in_full = FittingArea(column(*lines, gap=6), least=_FINDING)
        self.body.replaceWidget(self._in_full, in_full)
        self._in_full.hide()
        self._in_full.deleteLater()
        self._in_full = in_full
        if findings:
            drawing, token, _before = _MARKS[findings[0].level]
            self._mark.set_icon(drawing, token)
            several = f"{fmt_count(len(findings), 'thing')} to look at. " if len(findings) > 1 else ""
            self._said = several + " ".join(_words(each) for each in findings)
        self._blocked = any(
            each.level is FindingLevel.BLOCKS or each.part == SAFETY_PART for each in findings
        )
        self._fold()
        self.setVisible(bool(findings))

    def _fold(self) -> None:
        shown = self.is_open
        self._in_full.setVisible(shown)
        self._summary.setText(_NAME if shown else self._said)
        self.unfold.setText("Hide" if shown else "Show")
        self.unfold.setAccessibleName(f"{self.unfold.text()} what to look at before it goes")

    def _line(self, finding: Finding, *, leads: bool, may_mend: bool) -> QWidget:
        drawing, token, _before = _MARKS[finding.level]
        mark = IconLabel(drawing, token, 16)
        inside = row(mark, PlainLabel(_words(finding), wrap=True), gap=6)
        inside.setAlignment(mark, Qt.AlignmentFlag.AlignTop)
        inside.setStretch(1, 1)
        if leads:
            show = Button("Show me", ButtonKind.QUIET, compact=True)
            show.clicked.connect(partial(self.part_wanted.emit, finding.part))
            inside.addWidget(show)
        if finding.mended_at is not None and may_mend:
            mend = Button(_MEND[finding.mended_at], ButtonKind.QUIET, compact=True)
            mend.setObjectName(f"letter_mend_{finding.mended_at}")
            mend.clicked.connect(partial(self.mend_requested.emit, finding.mended_at.value))
            inside.addWidget(mend)
        line = QWidget()
        line.setLayout(inside)
        return line


def _words(finding: Finding) -> str:
    return f"{_MARKS[finding.level][2]}{finding.text}"
