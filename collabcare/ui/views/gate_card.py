"""Before anybody is closed for not attending: what is met, what is missing and how to meet it, at once."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from collabcare.domain.acting import Permission, allowed
from collabcare.domain.display import fmt_date, spoken_dates
from collabcare.domain.gate_parts import Condition
from collabcare.domain.gate_today import closing_letter, gate_today, open_review
from collabcare.ui.theme import Token
from collabcare.ui.views.suggested import quiet
from collabcare.ui.views.two_columns import TwoColumns
from collabcare.ui.widgets.buttons import Button, ButtonKind
from collabcare.ui.widgets.card import Card
from collabcare.ui.widgets.flow_box import FlowBox
from collabcare.ui.widgets.icon_label import IconLabel
from collabcare.ui.widgets.layouts import STRETCH, column, row
from collabcare.ui.widgets.look import Tone
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLayout

    from collabcare.domain.acting import Acting
    from collabcare.domain.closing_gate import GateAnswer, GatePart
    from collabcare.queries.patient_page import PatientPage

_WHY = (
    "Not attending is no reason to end care. The one way from a missed appointment to an end is this review: "
    "every part met, and signed off by another person."
)
_ACTS = {
    Condition.ATTEMPTS: "Log attempt",
    Condition.COMMUNICATED: "Record",
    Condition.SAFETY: "Review safety",
    Condition.PROMPT_FACTS: "Give reason",
    Condition.GP: "Record",
    Condition.OPT_IN: "Record",
    Condition.SIGNED_OFF: "Record discussion",
    Condition.WAY_BACK: "State it",
}
_AGAIN = {Condition.SAFETY: "Review again"}
BEGIN, SIGN, CALL_OFF, CLOSE = "begin", "sign", "call_off", "close"


class GateCard(Card):
    """The review of not attending as it stands.

    Signals:
        part_wanted: The :class:`Condition` whose part the user wants to record.
        act_wanted: One of ``begin``, ``sign``, ``call_off`` and ``close``.
    """

    part_wanted = Signal(object)
    act_wanted = Signal(str)

    def __init__(self, page: PatientPage, acting: Acting, parent: QWidget | None = None) -> None:
        super().__init__("Ending because they cannot be reached", parent=parent)
        self.setObjectName("gate_card")
        self.missing: list[Button] = []
        """What records each part that is missing, in order, as far as this user may."""
        self._role = acting.role
        self._why_not_sign = page.why_not_sign(acting.user_id)
        self._letter = closing_letter(page.facts, today=page.today) is not None
        answer, review = gate_today(page.facts, page.rulebook, today=page.today), open_review(page.facts)
        self.body.addWidget(quiet(_WHY))
        if review is None:
            self._say_none(answer)
            return
        met = sum(part.met for part in answer.parts)
        self.body.addWidget(
            PlainLabel(
                f"{met} of {len(answer.parts)} parts met. Begun {fmt_date(review.opened_on)}.",
                TextRole.STRONG,
            )
        )
        if answer.called_off:
            self.body.addWidget(PlainLabel(answer.called_off, TextRole.STRONG, wrap=True))
        half = (len(answer.parts) + 1) // 2
        first, second = map(self._side, (answer.parts[:half], answer.parts[half:]))
        self.body.addWidget(TwoColumns(first, second))
        if allowed(self._role, Permission.SIGN_OFF_CLOSING) and self._why_not_sign:
            self.body.addWidget(quiet(self._why_not_sign))
        self.body.addWidget(FlowBox(*self._acts(answer), gap=8))

    def _say_none(self, answer: GateAnswer) -> None:
        if answer.called_off:
            self.body.addWidget(quiet(answer.called_off))
        elif allowed(self._role, Permission.REVIEW_CLOSING):
            self.body.addWidget(FlowBox(self._button(BEGIN, "Begin a review"), gap=8))

    def _side(self, parts: tuple[GatePart, ...]) -> QLayout:
        return column(*map(self._part, parts), STRETCH, gap=8)

    def _part(self, part: GatePart) -> QWidget:
        mark = IconLabel(
            "check" if part.met else "minus", Token.GOOD if part.met else Token.TEXT_SECONDARY, 16
        )
        title = PlainLabel(part.title, TextRole.STRONG, wrap=True)
        state = PlainLabel("Met" if part.met else "Missing", TextRole.SECONDARY)
        state.set_tone(Tone.GOOD if part.met else Tone.NEUTRAL)
        head = row(title, state, gap=8)
        head.setStretch(0, 1)
        if (act := self._part_act(part)) is not None:
            head.addWidget(act)
        words = column(head, gap=0)
        if not part.met:
            said = quiet(part.sentence)
            said.setAccessibleName(spoken_dates(part.sentence))
            words.addWidget(said)
        for note in part.notes:
            known = quiet(note)
            known.setAccessibleName(spoken_dates(note))
            words.addWidget(known)
        line = row(mark, words, gap=8)
        line.setStretch(1, 1)
        line.setAlignment(mark, Qt.AlignmentFlag.AlignTop)
        holder = QWidget()
        holder.setObjectName(f"gate_{part.condition.value}")
        holder.setLayout(line)
        return holder

    def _part_act(self, part: GatePart) -> Button | None:
        needs = (
            Permission.GIVE_CLOSING_REASON
            if part.condition is Condition.PROMPT_FACTS
            else Permission.REVIEW_CLOSING
        )
        if not allowed(self._role, needs) or (part.met and part.condition is Condition.ATTEMPTS):
            return None
        words = _ACTS[part.condition] if not part.met else _AGAIN.get(part.condition, "Change")
        if part.condition is Condition.GP and not part.met:
            words = "Use letter issued" if self._letter else "Write letter"
        act = Button(words, ButtonKind.QUIET, compact=True)
        act.setObjectName(f"gate_act_{part.condition.value}")
        act.setAccessibleName(f"{words}: {part.title}")
        act.clicked.connect(partial(self.part_wanted.emit, part.condition))
        if not part.met:
            self.missing.append(act)
        return act

    def _acts(self, answer: GateAnswer) -> list[QWidget]:
        acts: list[QWidget] = []
        if allowed(self._role, Permission.SIGN_OFF_CLOSING) and not self._why_not_sign:
            acts.append(self._button(SIGN, "Sign off as another person"))
        if answer.passed and allowed(self._role, Permission.CLOSE_EPISODE):
            acts.append(self._button(CLOSE, "End care"))
        if allowed(self._role, Permission.REVIEW_CLOSING):
            acts.append(self._button(CALL_OFF, "Call the review off, keep trying"))
        return acts

    def _button(self, act: str, words: str) -> Button:
        button = Button(words, compact=True)
        button.setObjectName(f"gate_{act}")
        button.clicked.connect(partial(self.act_wanted.emit, act))
        return button
