"""Where a patient stands: their step, what is booked, who holds them, what the rules suggest, supervision."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from collabcare.domain.also_holding import also_holding
from collabcare.domain.display import fmt_date, fmt_days, fmt_lasting, fmt_time, spoken_dates
from collabcare.domain.episode import PHASE_WORDS, Phase
from collabcare.domain.supervision import review_due_on
from collabcare.domain.triggers import Trigger
from collabcare.ui.theme import Token, current_theme
from collabcare.ui.views.record_bar import nothing_asked, why_not
from collabcare.ui.views.suggested import AgendaLines, ConsiderCard, DueCard, quiet, to_consider
from collabcare.ui.views.waits_part import WaitsPart
from collabcare.ui.widgets.buttons import Button, ButtonKind
from collabcare.ui.widgets.card import Card
from collabcare.ui.widgets.icon_label import IconLabel
from collabcare.ui.widgets.layouts import STRETCH, column, row
from collabcare.ui.widgets.look import Tone
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole
from collabcare.ui.widgets.steps_dots import StepsDots
from collabcare.ui.widgets.why import first_why

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtWidgets import QLayout

    from collabcare.domain.acting import Acting
    from collabcare.domain.facts import ContactFact
    from collabcare.queries.patient_page import PatientPage
    from collabcare.ui.widgets.why import WhyButton

_MOST_MOVES = 5
_INDENT = 58
_KEPT_TOGETHER = "\N{NO-BREAK SPACE}"


class NowPanel(QWidget):
    """The cards at the left of a patient's page.

    Signals:
        compose_requested: The kind of form to open.
        due_chosen: The thing due whose act the user pressed.
    """

    compose_requested = Signal(str)
    due_chosen = Signal(object)

    def __init__(self, acting: Acting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("patient_now")
        self._acting, self._role = acting, acting.role
        self._parts = [QWidget() for _ in range(3)]
        self._holder = column(*self._parts, gap=12)
        self.setLayout(self._holder)

    def set_page(self, page: PatientPage) -> None:
        """Show where this patient stands today."""
        due = DueCard(page, self._acting)
        due.chosen.connect(self.due_chosen)
        consider = to_consider(page.row)
        considered = (ConsiderCard(consider),) if consider else ()
        parts = [
            self._now(page),
            _under_one_another(due, *considered),
            _under_one_another(self._supervision(page), _steps(page)),
        ]
        before, self._parts = self._parts, parts
        held_keyboard = any(each.hasFocus() for part in before for each in part.findChildren(QWidget))
        for gone, part in zip(before, parts, strict=True):
            self._holder.replaceWidget(gone, part)
            gone.hide()
            gone.deleteLater()
            part.show()
        if held_keyboard:
            buttons = (button for part in parts for button in part.findChildren(Button))
            next(buttons, parts[0]).setFocus()

    def first_why(self) -> WhyButton | None:
        """Return the button that explains the first thing suggested: what is due comes before the waits."""
        now, due, rest = self._parts
        return first_why(due) or first_why(rest) or first_why(now)

    def take_in(self, reach_and_goals: QWidget, scores: QWidget) -> None:
        """Show between the cards what stands at the right where there is room for three columns.

        What to know before ringing and the goals come next to where the patient stands; the scores after what
        is due.
        """
        for part, before in ((reach_and_goals, self._parts[0]), (scores, self._parts[1])):
            self._holder.insertWidget(self._holder.indexOf(before) + 1, part)
            part.show()

    def _now(self, page: PatientPage) -> Card:
        facts, pathway = page.facts, page.rulebook.pathway
        card = Card("Now", action=self._button("Move", "step", page))
        dots = StepsDots()
        dots.set_steps([step.name for step in pathway.steps], facts.step - 1)
        step = pathway.step(facts.step)
        lasting = fmt_lasting(facts.step_since, page.today)
        card.body.addWidget(dots)
        where = PlainLabel(
            f"Step {step.number} of {len(pathway.steps)}, {lasting}", TextRole.STRONG, wrap=True
        )
        card.body.addLayout(column(where, quiet(f"{step.name}, since {fmt_date(facts.step_since)}"), gap=0))
        card.body.addLayout(_fact("Here for", facts.referral_reason.label))
        card.body.addLayout(_fact("Phase", f"{PHASE_WORDS[facts.phase]}, {fmt_date(facts.phase_since)}"))
        card.body.addLayout(_fact("Held by", facts.holder or "Nobody yet"))
        card.body.addLayout(_fact("Also", "\n".join(also_holding(facts))))
        card.body.addLayout(_fact("Last seen", _ago(page.row.last_seen, page.today)))
        if facts.phase is not Phase.CLOSED:
            card.body.addLayout(self._next(page))
        if page.waits:
            card.body.addWidget(WaitsPart(page.waits, self._button("Record milestone", "milestone", page)))
        return card

    def _next(self, page: PatientPage) -> QLayout:
        """Say what is booked; nothing booked is worth a mark of its own."""
        booked = page.facts.next_booked(page.today)
        if booked is not None:
            coming = (each for each in page.facts.contacts if each.status is None and each.on >= page.today)
            said = _fact("Next", "\n".join(_slot(each, page.today) for each in coming))
            if (button := self._button("Change time", "move", page)) is None:
                return said
            under = row(button, STRETCH)
            under.setContentsMargins(current_theme().px(_INDENT), 0, 0, 0)
            return column(said, under, gap=0)
        words = PlainLabel("Nothing booked", TextRole.STRONG)
        words.set_tone(Tone.ATTENTION)
        line = row(IconLabel("calendar", Token.ATTENTION), words, STRETCH, gap=6)
        if (button := self._button("Book", "booking", page)) is not None:
            line.addWidget(button)
        return line

    def _supervision(self, page: PatientPage) -> Card:
        facts = page.facts
        card = Card("Supervision", action=self._button("Discuss", "supervision", page))
        card.body.addLayout(
            _fact("Last", _ago(page.row.last_discussed, page.today, never="Not discussed yet"))
        )
        due_on = review_due_on(facts, page.rulebook.pathway.supervision)
        said = any(reason.trigger is Trigger.FOUR_WEEK for reason in page.row.agenda)  # with its own why
        if due_on is not None and facts.phase is not Phase.CLOSED and not said:
            card.body.addLayout(_fact("Due", fmt_date(due_on)))
        if facts.supervision_requested_on is not None:
            asked = f"Asked for {fmt_date(facts.supervision_requested_on)}"
            question = f": {facts.supervision_question}" if facts.supervision_question else ""
            card.body.addWidget(PlainLabel(f"{asked}{question}", wrap=True))
        if any(reason.trigger is not Trigger.REQUEST for reason in page.row.agenda):
            card.body.addWidget(AgendaLines(page))
        return card

    def _button(self, words: str, kind: str, page: PatientPage) -> Button | None:
        """Return a button that opens a form, None where it cannot be opened."""
        if why_not(kind, self._role, page.facts) or nothing_asked(kind, page.facts, page.rulebook.pathway):
            return None
        button = Button(words, ButtonKind.QUIET, compact=True)
        button.setObjectName(f"now_{kind}")
        button.clicked.connect(partial(self.compose_requested.emit, kind))
        return button


def _under_one_another(*cards: QWidget) -> QWidget:
    holder = QWidget()
    holder.setLayout(column(*cards, gap=12))
    return holder


def _steps(page: PatientPage) -> Card:
    """List the moves between steps, the newest first, each with its reason."""
    card = Card("Steps so far")
    for move in reversed(page.facts.step_moves[-_MOST_MOVES:]):
        name = page.rulebook.pathway.step(move.to_step).name
        title = PlainLabel(f"{move.direction.words}: {move.to_step}, {name}", TextRole.STRONG, wrap=True)
        why = "" if move.from_step is None else f": {move.reason}"
        card.body.addLayout(column(title, quiet(f"{fmt_date(move.moved_on)}{why}"), gap=0))
    return card


def _fact(label: str, value: str) -> QLayout:
    """Put a light label in front of a value; the values of one card stand under one another."""
    name = PlainLabel(label, TextRole.SECONDARY)
    name.setFixedWidth(current_theme().px(64))
    name.setAlignment(Qt.AlignmentFlag.AlignTop)
    words = PlainLabel(value, wrap=True)
    words.setAccessibleName(f"{label} {spoken_dates(value)}")
    line = row(name, words, gap=6)
    line.setStretch(1, 1)
    return line


def _ago(day: date | None, today: date, *, never: str = "Not seen yet") -> str:
    if day is None:
        return never
    days = (today - day).days
    ago = "today" if days == 0 else f"{fmt_days(days)} ago".replace(" ", _KEPT_TOGETHER)
    return f"{fmt_date(day)}, {ago}"


def _slot(contact: ContactFact, today: date) -> str:
    at = f" {fmt_time(contact.at)}" if contact.at else ""
    days = (contact.on - today).days
    ahead = "today" if days == 0 else f"in {fmt_days(days)}".replace(" ", _KEPT_TOGETHER)
    return f"{fmt_date(contact.on, weekday=True)}{at}, {contact.mechanism.label.lower()}, {ahead}"
