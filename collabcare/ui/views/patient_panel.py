"""The panel beside a list: enough about the chosen patient to act without leaving the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from collabcare.domain.details_words import before_ringing
from collabcare.domain.display import fmt_count, fmt_date, fmt_lasting, spoken_dates, unbroken_dates
from collabcare.domain.due_kinds import DUE_WORDS
from collabcare.domain.episode import PHASE_WORDS, WAITING
from collabcare.domain.progress import progress
from collabcare.domain.score_chart import score_chart
from collabcare.domain.triggers import TRIGGER_WORDS
from collabcare.ui.forms.own_height import height_needed
from collabcare.ui.theme import Token, current_theme
from collabcare.ui.views.due_acts import coming_words, due_act, due_tone
from collabcare.ui.views.patient_words import banner_facts
from collabcare.ui.views.suggested import is_said, told_line
from collabcare.ui.widgets.buttons import Button, ButtonKind
from collabcare.ui.widgets.card import Card
from collabcare.ui.widgets.empty_state import EmptyState
from collabcare.ui.widgets.flow_box import FlowBox
from collabcare.ui.widgets.icon_label import IconLabel
from collabcare.ui.widgets.layouts import APART, STRETCH, column, row
from collabcare.ui.widgets.patient_banner import PatientBanner
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole
from collabcare.ui.widgets.score_chart import ScoreChartView
from collabcare.ui.widgets.why import WhyButton, explain, first_why

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QLayout

    from collabcare.domain.acting import Role
    from collabcare.domain.caseload import CaseloadRow
    from collabcare.domain.due_kinds import Due
    from collabcare.domain.facts import ContactFact, EpisodeFacts
    from collabcare.domain.rulebook import Rulebook

_LEAST = 80
"""The least height of what scrolls: how to reach them safely, and why they are here."""
_LONGEST_NOTE = 400
_MOST_REASONS = 2
_KEPT_TOGETHER = "\N{NO-BREAK SPACE}"


class PatientPanel(Card):
    """Who it is, why they are here, how to reach them safely, how they are, what was said last.

    Signals:
        opened: The user wants the whole page.
        act_requested: The user pressed the panel's own act.
        later_requested: The user wants to put off, or decline, what brought them here.
        left: The user closed an explanation with Esc.
    """

    opened = Signal()
    act_requested = Signal()
    later_requested = Signal()
    left = Signal()

    def __init__(self, rulebook: Rulebook, role: Role, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._rulebook, self._role = rulebook, role
        self.banner = PatientBanner()
        self.setAccessibleName("About this patient")
        self._scroll = _Area()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setAccessibleName("About this patient")
        self.act = Button("", ButtonKind.PRIMARY)
        self.open = Button("Open")
        self.later = Button("Not now…", ButtonKind.QUIET)
        self.later.clicked.connect(self.later_requested)
        self.open.clicked.connect(self.opened)
        self.act.clicked.connect(self.act_requested)
        self._nobody = EmptyState("patient", "Choose somebody in the list to see more about them here.")
        self.body.addLayout(
            column(
                *(self._nobody, self.banner, self._scroll),
                FlowBox(self.act, self.open, self.later, gap=8),
                gap=12,
            )
        )
        self.show_nobody()

    def hasHeightForWidth(self) -> bool:
        return False

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), height_needed(self))

    def minimumSizeHint(self) -> QSize:
        # The banner and the buttons need more lines where it is narrow; with less they print over each other.
        return QSize(super().minimumSizeHint().width(), height_needed(self))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def show_nobody(self) -> None:
        """Say that nobody is chosen."""
        for part in (self.banner, self._scroll, self.act, self.open, self.later):
            part.hide()
        self._nobody.show()

    def show_row(
        self, shown: CaseloadRow, reason: Due | None = None, act: str = "", *, may_wait: bool = False
    ) -> None:
        """Show a patient; ``reason`` is the thing due that brought them here, ``act`` what to do about it."""
        self._nobody.hide()
        facts = shown.facts
        self.banner.show()
        self.banner.show_patient(banner_facts(facts, shown.today, self._role))
        parts = column(
            *self._first(shown, reason),
            _group("How they are", self._scores(facts)),
            _group("Last contact", _last_contact(facts)),
            _care(facts, shown),
            STRETCH,
            gap=APART,
        )
        parts.setContentsMargins(current_theme().px(4), 0, current_theme().px(14), 0)
        inside = QWidget()
        inside.setObjectName("scrolled")
        inside.setLayout(parts)
        for button in inside.findChildren(WhyButton):
            button.left.connect(self.left)
        self._scroll.setWidget(inside)
        self._scroll.show()
        self.act.setText(act)
        self.act.setVisible(bool(act))
        self.later.setVisible(may_wait)
        self.open.show()

    def explain(self) -> bool:
        """Open why the first thing is here, the keyboard on it; False when there is nothing to explain."""
        button = first_why(self._scroll)
        if button is not None:
            explain(button)
        return button is not None

    def _first(self, shown: CaseloadRow, reason: Due | None) -> list[QLayout]:
        """Return how to reach them safely and why they are here, and only then whatever else is due.

        Why comes first where doing it needs no word with them.
        """
        reach = _group("How to reach them safely", _reach(shown.facts))
        due = shown.due_now
        if reason is None or reason not in due:
            return [_group("Why this is here", self._why(shown, due)), reach]
        rest = tuple(each for each in due if each is not reason)
        why = _group("Why this is here", column(self._due_line(reason, shown.today)))
        first = [reach, why] if due_act(reason.kind).reaches else [why, reach]
        told = self._why(shown, rest, besides=True)
        return [*first, _group("Also", told)] if told.count() else first

    def _why(self, shown: CaseloadRow, due: Sequence[Due], *, besides: bool = False) -> QLayout:
        lines = column(gap=6)
        for each in due:
            lines.addLayout(self._due_line(each, shown.today))
        if not due and not besides:
            coming = shown.next_due
            lines.addWidget(_quiet(coming_words(coming, shown.today) if coming else "Nothing is due."))
        for told in [each for each in shown.agenda if not is_said(each, shown.due_now)][:_MOST_REASONS]:
            lines.addLayout(told_line(told, f"Supervision: {TRIGGER_WORDS[told.trigger]}"))
        return lines

    def _due_line(self, due: Due, today: date) -> QLayout:
        words = PlainLabel("\n".join(each for each in (due.sentence, due.put_off_words) if each), wrap=True)
        words.setAccessibleName(spoken_dates(f"{DUE_WORDS[due.kind]}. {due.sentence}. {due.when(today)}"))
        late = due.when(today).replace(" ", _KEPT_TOGETHER)
        when = _quiet(f"{DUE_WORDS[due.kind]}, {late}")
        when.set_tone(due_tone(due, today))
        why = WhyButton(due, DUE_WORDS[due.kind])
        foot = row(when, why, gap=4)
        foot.setStretch(0, 1)
        return column(words, foot, why.panel, gap=0)

    def _scores(self, facts: EpisodeFacts) -> QLayout:
        lines = column(gap=4)
        leading = self._rulebook.pathway.measures
        for place, instrument in enumerate(self._rulebook.instruments[each] for each in leading):
            so_far = progress(facts, instrument)
            if not so_far.latest:
                lines.addWidget(_quiet(f"{instrument.name}: no score yet"))
                continue
            lines.addWidget(
                PlainLabel(
                    f"{instrument.name} {so_far.latest} {so_far.out_of}".strip()
                    + f" on {fmt_date(so_far.latest_on)}",
                    wrap=True,
                )
            )
            if so_far.change:
                lines.addWidget(_quiet(so_far.change))
            if place == 0:
                chart = ScoreChartView(f"{instrument.name} scores")
                chart.set_scene(score_chart(instrument, facts.measures_of(instrument.id)))
                lines.addWidget(chart)
        return lines


class _Area(QScrollArea):
    """Asks for what it can make do with, not for what is in it."""

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), current_theme().px(_LEAST))

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), current_theme().px(_LEAST))


def _care(facts: EpisodeFacts, shown: CaseloadRow) -> QLayout:
    lines = [facts.patient.gp_practice_name]
    if facts.phase in WAITING:
        lines.append(f"{PHASE_WORDS[facts.phase]} since {fmt_date(facts.phase_since)}")
    elif facts.closed_on is not None:
        lines.append(f"Care ended {fmt_date(facts.closed_on)}")
    else:
        lasting = fmt_lasting(facts.step_since, shown.today)
        lines.append(f"{PHASE_WORDS[facts.phase]}  ·  step {facts.step}, {lasting}")
    lines.append(f"Held by {facts.holder}" if facts.holder else "Held by nobody")
    return column(*(_quiet(line) for line in lines), gap=2)


def _reach(facts: EpisodeFacts) -> QLayout:
    patient = facts.patient
    lines = column(gap=4)
    if patient.contact_note:
        note = PlainLabel(patient.contact_note, TextRole.STRONG, wrap=True)
        words = row(IconLabel("info", Token.ATTENTION, 18), note, gap=6)
        words.setStretch(1, 1)
        lines.addLayout(words)
    phone = PlainLabel(patient.number_to_ring or "No telephone number recorded")
    phone.make_copyable()
    lines.addLayout(row(IconLabel("phone", Token.TEXT_SECONDARY), phone, STRETCH, gap=6))
    if told := before_ringing(facts.reach, patient.contact_note):
        lines.addWidget(PlainLabel("; ".join(told), wrap=True))
    ladder = facts.open_ladder
    if ladder is not None:
        tried = fmt_count(len(ladder.attempts), "attempt")
        last = f", last {fmt_date(ladder.attempts[-1].on)}" if ladder.attempts else ""
        lines.addWidget(_quiet(f"Not reached since {fmt_date(ladder.missed_on)}: {tried}{last}"))
    return lines


def _last_contact(facts: EpisodeFacts) -> QLayout:
    held = [contact for contact in facts.contacts if contact.status is not None]
    if not held:
        return column(_quiet("None yet"))
    return column(_quiet(_contact_line(held[-1])), PlainLabel(_shortened(held[-1].note), wrap=True), gap=2)


def _contact_line(contact: ContactFact) -> str:
    status = contact.status.label if contact.status is not None else ""
    parts = [fmt_date(contact.on), status, contact.mechanism.label, contact.practitioner]
    return "  ·  ".join(part for part in parts if part)


def _shortened(note: str) -> str:
    plain = " ".join(note.split())
    return plain if len(plain) <= _LONGEST_NOTE else f"{plain[:_LONGEST_NOTE].rsplit(' ', 1)[0]}…"


def _group(title: str, contents: QLayout) -> QLayout:
    heading = PlainLabel(title, TextRole.STRONG)
    group = column(heading, gap=4)
    group.addLayout(contents)
    return group


def _quiet(text: str) -> PlainLabel:
    label = PlainLabel(unbroken_dates(text), TextRole.SECONDARY, wrap=True)
    label.setAccessibleName(spoken_dates(text))
    label.setMinimumWidth(current_theme().px(10))
    return label
