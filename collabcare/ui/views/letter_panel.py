"""Beside the page of a letter: the form, what to look at before it goes, and those issued before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, QTimer, Signal
from PySide6.QtWidgets import QWidget

from collabcare.documents.composed import FindingLevel
from collabcare.domain.display import fmt_count, fmt_date
from collabcare.domain.letter_formats import form_needed, is_letter, points_needed, told
from collabcare.domain.letters import LetterTo
from collabcare.domain.reaching import may_post_home
from collabcare.domain.search_letters import format_met
from collabcare.ui.forms.letter_form import LetterForm
from collabcare.ui.forms.put_note_in import last_note
from collabcare.ui.theme import current_theme
from collabcare.ui.views.issued_letters import IssuedLetters
from collabcare.ui.views.letter_foot import LetterFoot
from collabcare.ui.views.low_page import is_low
from collabcare.ui.views.scrolled import Scrolled
from collabcare.ui.widgets.buttons import Button, ButtonKind
from collabcare.ui.widgets.card import Card
from collabcare.ui.widgets.in_view import bring_into_view
from collabcare.ui.widgets.inline_message import InlineMessage
from collabcare.ui.widgets.layouts import STRETCH, column, row
from collabcare.ui.widgets.plain_label import PlainLabel

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtCore import QObject
    from PySide6.QtGui import QResizeEvent

    from collabcare.documents.composed import Finding
    from collabcare.domain.facts import LetterFact
    from collabcare.domain.letters import LetterKind
    from collabcare.services.letter_page import LetterPage
    from collabcare.services.letters import PreparedLetter
    from collabcare.ui.prompts import Prompts
    from collabcare.ui.tasks import Tasks

_LEAST = 280
_ROOMY = 640
_ALL = 1000
_FOLLOWED = frozenset({QEvent.Type.FocusIn, QEvent.Type.KeyRelease, QEvent.Type.Resize})


class LetterPanel(QWidget):
    """Shows a letter being written, or one as it was issued.

    Signals:
        back_requested: The user wants the page they came from.
        another_requested: The user wants to write another letter.
        page_wanted: The page is wanted now, without waiting for hands to rest.
    """

    page_wanted = Signal()
    back_requested = Signal()
    another_requested = Signal()

    def __init__(self, tasks: Tasks, prompts: Prompts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.form = LetterForm()
        self.foot = LetterFoot(tasks, prompts)
        self.before = IssuedLetters()
        self._letters: tuple[LetterFact, ...] = ()
        self.back = Button("Back", ButtonKind.QUIET, icon_name="arrow-left", compact=True)
        self._another = Button("Write another", ButtonKind.QUIET, compact=True)
        self._another.setObjectName("letter_another")
        self._viewed = Card("Issued letter", action=self._another)
        self._viewed_words = PlainLabel("", wrap=True)
        self._viewed.body.addWidget(self._viewed_words)
        self.to_ask = InlineMessage()
        inside = column(self.to_ask, self.form, self._viewed, self.before, STRETCH, gap=12)
        area = self._area = Scrolled(inside, "The letter")
        if (words := area.widget()) is not None:
            words.installEventFilter(self)
        self.head = QWidget()
        head = row(self.back, self.form.kind, STRETCH, gap=8)
        head.setStretch(1, _ALL)  # and what is left after it, once it is hidden, to nothing
        self.head.setLayout(head)
        self._whole = column(area, self.form.findings, self.foot, gap=8)
        self._whole.setStretch(0, 1)
        self.setLayout(self._whole)
        self.take_head()
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._follow)
        self.back.clicked.connect(self.back_requested)
        self._another.clicked.connect(self.another_requested)
        self._going_on = False
        self.show_nobody()

    def take_head(self) -> None:
        """Have the way back and the kind of letter over the words, unless they are put elsewhere again."""
        if self._whole.indexOf(self.head) < 0:
            self._whole.insertWidget(0, self.head)

    def minimumSizeHint(self) -> QSize:
        # A message not laid out yet asks for more than it needs; what stands above it scrolls.
        hint = super().minimumSizeHint()
        return QSize(hint.width(), min(hint.height(), current_theme().px(_LEAST)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the room for the words: on a small page what to look at is one line until it is wanted."""
        super().resizeEvent(event)
        low = is_low(self)
        self.form.findings.give_room(roomy=self.height() >= current_theme().px(_ROOMY), low=low)
        self.foot.make_do(low=low)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the keyboard through the words, also while a part grows or is higher than its room."""
        if event.type() in _FOLLOWED:
            self._soon.start()  # once everything has its new place
        return super().eventFilter(watched, event)

    def _follow(self) -> None:
        for box in self.form.parts.values():
            if box.hasFocus():
                bring_into_view(self._area, box)

    def show_nobody(self) -> None:
        """Leave nothing of one patient in view while another is loaded."""
        for part in (self.form, self.form.kind, self.form.findings, self._viewed, self.before, self.foot):
            part.hide()
        self.to_ask.clear()

    def show_page(self, page: LetterPage) -> None:
        """Show whose letters these are."""
        self._letters = page.facts.letters
        self.before.set_letters(self._letters)
        self.foot.show()

    def show_writing(
        self, page: LetterPage, kind: LetterKind, typed: Mapping[str, str], *, may_issue: bool
    ) -> None:
        """Show the form of one kind with what was typed in it before."""
        self._viewed.hide()
        self.form.may_mend = may_issue
        self.form.offer(page.offers)
        self.form.beforehand = dict(page.beforehand.get(kind.id, {}))
        self.form.show_kind(kind, typed, last_note(page.facts) if kind.clinical else None)
        self.form.findings.forget()
        for box in self.form.parts.values():
            box.installEventFilter(self)
        to_patient, reach = kind.to is LetterTo.PATIENT, page.facts.reach
        copied = kind.copy_to_patient and may_post_home(page.facts)
        self.form.offer_copy(to_patient=to_patient, wanted=copied, points=points_needed(reach))
        elsewhere = form_needed(reach) if to_patient else None
        of_search = kind.id in page.tries and elsewhere is None
        if to_patient and page.to_ask:
            self.to_ask.show_info(page.to_ask)
        else:
            self.to_ask.clear()
        usual = format_met(page.facts, large_print=self.form.large_print.isChecked())
        self.form.offer_attempt(offered=of_search, format_met=usual)
        self.form.kind.show()
        self.form.show()
        does = _what_issuing_does(kind, may_issue=may_issue, logs=of_search)
        if may_issue and elsewhere is not None:
            does = "Nothing is sent, or logged as an attempt, until it went."
        self.foot.show_writing(does, may_issue=may_issue)
        if self.isVisible():
            self.form.kind.setFocus()

    def show_prepared(self, prepared: PreparedLetter) -> None:
        """Say what to look at before the letter in view goes, and how it goes."""
        self.form.show_findings(prepared.findings)
        self.foot.show_prepared(prepared)
        if self._going_on:
            self._lead_to_issue(prepared.findings)

    def show_reason(self, reason: str) -> None:
        """Say why the letter cannot be put together yet, to whoever wants to issue it."""
        self.form.show_findings(())
        if self._going_on:
            self._going_on = False
            self.foot.message.show_error(reason)

    def go_on(self) -> None:
        """Go from the words to the button that issues them, once the page with them is there.

        It never issues by itself: the page is kept for good, so it is read first.
        """
        if self.form.isVisible():
            self._going_on = True
            self.page_wanted.emit()
        else:
            self.foot.save.setFocus()

    def _lead_to_issue(self, findings: Sequence[Finding]) -> None:
        self._going_on = False
        wrong = [each for each in findings if each.level is FindingLevel.BLOCKS]
        if wrong:
            self.foot.message.show_error(f"To put right first: {wrong[0].text}")
            if wrong[0].part in self.form.parts:
                self.form.parts[wrong[0].part].setFocus()
        elif self.foot.issue.isEnabled() and self.foot.issue.isVisible():
            look = f"{fmt_count(len(findings), 'thing')} to look at first. " if findings else ""
            self.foot.message.show_info(f"{look}Enter does it: {self.foot.issue.text()}.")
            self.foot.issue.setFocus()
            if findings:
                self.form.findings.show_in_full(shown=True)

    def show_viewed(self, letter: LetterFact) -> None:
        """Say which issued letter is in view, and list the ones before it."""
        self.before.set_letters(self._letters, letter)
        self.form.hide()
        self.form.kind.hide()
        self.to_ask.clear()
        self.form.findings.hide()
        day = fmt_date(letter.issued_on, weekday=True)
        issued = (
            f"Issued {day} to {letter.recipient}." if is_letter(letter.kind) else f"{day}. {told(letter)}"
        )
        self._viewed_words.setText(f"{letter.title}\n{issued}")
        self._viewed.show()


def _what_issuing_does(kind: LetterKind, *, may_issue: bool, logs: bool) -> str:
    """Say what the button does before anybody presses it."""
    if not may_issue:
        return "Your role may not issue letters. This is how it would look."
    told = " It logs it as an attempt too, while that is ticked." if logs else ""
    told += " It notes that the GP has been told of the steps." if kind.tells_of_steps else ""
    return f"Keeps this very page in the record for good.{told} Then you can save or print it."
