"""What the rules suggest about a patient, as cards: what is due, what to consider, what to discuss.

Each line can say why. A sentence stands on the page once: what one card has said, the next leaves out.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from collabcare.domain.display import spoken_dates
from collabcare.domain.due_kinds import DUE_WORDS, Due, DueKind
from collabcare.domain.flags import FlagKind
from collabcare.domain.triggers import TRIGGER_WORDS, Trigger
from collabcare.ui.theme import current_theme
from collabcare.ui.views.due_acts import coming_words, due_act, due_tone, words_for
from collabcare.ui.widgets.buttons import Button
from collabcare.ui.widgets.card import Card
from collabcare.ui.widgets.flow_box import FlowBox
from collabcare.ui.widgets.icon_label import IconLabel
from collabcare.ui.widgets.layouts import column, row
from collabcare.ui.widgets.look import TONE_TOKEN
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole
from collabcare.ui.widgets.why import WhyButton

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QLayout

    from collabcare.domain.acting import Acting
    from collabcare.domain.caseload import CaseloadRow
    from collabcare.domain.flags import CaseloadFlag
    from collabcare.domain.reason import Explained
    from collabcare.domain.triggers import AgendaReason
    from collabcare.queries.patient_page import PatientPage

_SOON = 3


def to_consider(shown: CaseloadRow) -> tuple[CaseloadFlag, ...]:
    """Return the flags in order, without what is due today and that nothing is booked: both are said."""
    due = {each.sentence for each in shown.due_now}
    return tuple(
        flag for flag in shown.flags if flag.kind is not FlagKind.NO_NEXT_DATE and flag.sentence not in due
    )


def lead(sentence: str, said: tuple[Explained, ...]) -> str:
    """Return a sentence without the sentences in it that are said elsewhere on the page."""
    for each in said:
        sentence = sentence.replace(each.sentence, "")
    return " ".join(sentence.split())


def is_said(reason: AgendaReason, said: Sequence[Explained]) -> bool:
    """Return whether a reason for supervision tells nothing that is not said already in other words."""
    if reason.trigger is Trigger.SAFETY:
        return any(isinstance(each, Due) and each.kind is DueKind.SAFETY_CONVERSATION for each in said)
    return any(reason.sentence in each.sentence for each in said)


class DueCard(Card):
    """What is due for a patient, each with its act and why, and what comes next.

    Signals:
        chosen: The thing due whose act the user pressed.
    """

    chosen = Signal(object)

    def __init__(self, page: PatientPage, acting: Acting, parent: QWidget | None = None) -> None:
        shown, today = page.row, page.today
        others = [each for each in shown.due_now if page.waits_for_others(each, acting.user_id)]
        due = [each for each in shown.due_now if each not in others]
        super().__init__("Due", count=len(due) or None, parent=parent)
        self.setObjectName("patient_due")
        self._role, self._page = acting.role, page
        said = to_consider(shown)
        for each in due:
            self.body.addLayout(self._line(each, said))
        if not due:
            self.body.addWidget(PlainLabel("Nothing is due today."))
        for each in others:
            self.body.addWidget(quiet(f"Waits for another person. {each.sentence}"))
        coming = sorted(
            (each for each in shown.due if each not in shown.due_now), key=lambda each: each.due_on
        )
        for each in coming[:_SOON]:
            self.body.addWidget(quiet(f"Coming: {coming_words(each, today)}"))

    def _line(self, due: Due, said: tuple[Explained, ...]) -> QLayout:
        tone = due_tone(due, self._page.today)
        token = TONE_TOKEN[tone]
        title = PlainLabel(DUE_WORDS[due.kind], TextRole.STRONG, wrap=True)
        why = WhyButton(due, DUE_WORDS[due.kind])
        head = row(IconLabel(due_act(due.kind).icon, token), title, why, gap=6)
        head.setStretch(1, 1)
        when = PlainLabel(due.when(self._page.today), TextRole.SECONDARY)
        when.set_tone(tone)
        told = QWidget()
        told.setLayout(row(IconLabel("clock", token, 14), when, gap=4))
        feet: list[QWidget] = [told]
        if words := words_for(due, self._page.facts, self._page.rulebook, self._role):
            act = Button(words, compact=True)
            act.setObjectName(f"due_{due.kind}")
            act.setAccessibleDescription(spoken_dates(f"{DUE_WORDS[due.kind]}. {due.sentence}"))
            act.clicked.connect(partial(self.chosen.emit, due))
            feet.append(act)
        foot = FlowBox(*feet, gap=current_theme().px(8))
        return column(head, quiet(lead(due.sentence, said)), foot, why.panel, gap=4)


class ConsiderCard(Card):
    """What else stands out, in the order of the flags: something to weigh up, never anything to be done."""

    def __init__(self, found: tuple[CaseloadFlag, ...], parent: QWidget | None = None) -> None:
        super().__init__("To consider", count=len(found) or None, parent=parent)
        self.setObjectName("patient_consider")
        for flag in found:
            self.body.addLayout(told_line(flag, flag.words))


class AgendaLines(QWidget):
    """Why a case comes to supervision: in full what the page has not said yet, the rest by a word."""

    def __init__(self, page: PatientPage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        said: list[Explained] = [*page.row.due_now, *to_consider(page.row)]
        lines = column(gap=8)
        above: list[str] = []
        for reason in page.row.agenda:
            if reason.trigger is Trigger.REQUEST:
                continue
            words = TRIGGER_WORDS[reason.trigger]
            if not is_said(reason, said):
                lines.addLayout(told_line(reason, words))
            elif words not in above:
                above.append(words)
        if above:
            lines.addWidget(quiet(f"For the reasons above: {', '.join(above)}."))
        self.setLayout(lines)


def quiet(text: str) -> PlainLabel:
    """Return a line in the second tone that wraps, its dates said in full."""
    label = PlainLabel(text, TextRole.SECONDARY, wrap=True)
    label.setAccessibleName(spoken_dates(text))
    return label


def told_line(told: Explained, words: str) -> QLayout:
    """Put a suggestion's sentence under its few words, with the button that says why beside them."""
    title = PlainLabel(words, TextRole.STRONG, wrap=True)
    why = WhyButton(told, words)
    head = row(title, why, gap=4)
    head.setStretch(0, 1)
    return column(head, quiet(told.sentence), why.panel, gap=2)
