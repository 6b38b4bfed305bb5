"""Ending: the ways care ends, the review before closing for not attending, handovers and a death."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from collabcare.domain.acting import Permission, allowed
from collabcare.domain.episode import Phase
from collabcare.domain.gate_parts import Condition
from collabcare.domain.gate_today import open_review
from collabcare.domain.ids import PatientId
from collabcare.domain.proposals import is_handover_open, is_undecided
from collabcare.services.deaths import TakeBackDeath, take_back_death
from collabcare.services.proposals import DecideProposal, decide_proposal
from collabcare.ui.forms.close_form import CloseForm
from collabcare.ui.forms.close_unreached_form import CloseUnreachedForm
from collabcare.ui.forms.death_form import DeathForm
from collabcare.ui.forms.gate_forms import GATE_FORMS
from collabcare.ui.forms.handover_forms import AnswerForm, ProposeForm
from collabcare.ui.pages import PageName
from collabcare.ui.prompts import Question
from collabcare.ui.views.ending_cards import close_card, death_card, ended_card, proposals_card
from collabcare.ui.views.ending_services import (
    ACCEPTED,
    REJECTED,
    called_off,
    opened_review,
    service_of,
    signed_off,
)
from collabcare.ui.views.gate_card import BEGIN, CALL_OFF, CLOSE, SIGN, GateCard
from collabcare.ui.views.patient_page_view import PatientPageView
from collabcare.ui.views.patient_words import who_line
from collabcare.ui.views.two_columns import TwoColumns
from collabcare.ui.widgets.buttons import Button
from collabcare.ui.widgets.card import Card
from collabcare.ui.widgets.layouts import STRETCH, column

if TYPE_CHECKING:
    from collections.abc import Callable

    from collabcare.domain.changes import Changes
    from collabcare.domain.plan_facts import ProposalFact
    from collabcare.queries.patient_page import PatientPage
    from collabcare.ui.forms.entry_form import PatientForm

_SAID = {
    "close": "Care has ended. The way back stays open.",
    "close_unreached": "Care has ended after the review. The way back stays open.",
    "propose": "Proposed. It stands on the agenda of supervision.",
    ACCEPTED: "They accepted. Care here can end now, or go on beside theirs.",
    REJECTED: "They did not accept. The patient stays ours.",
    "death": "Recorded. Searches and bookings have ended.",
}
_ASK = {
    SIGN: (
        "Sign off ending care because they cannot be reached?",
        "You say, as another person, that everything was tried and ending is right. Signing ends nothing.",
        "Sign off",
    ),
    CALL_OFF: (
        "Call this review off?",
        "The review ends and the search goes on. What was recorded stays in the record.",
        "Call off",
    ),
}


class EndingView(PatientPageView):
    """The page with the tab "Ending"."""

    NAME = PageName.ENDING

    def build(self) -> None:
        self._sheet = Card()
        self._sheet.body.addWidget(self.forms)
        self._cards = QWidget()
        self._cards.setLayout(column())
        self._holder = column(self._cards, gap=0)
        self.body.addWidget(self._sheet)
        self.body.addLayout(self._holder)
        self.forms.closed.connect(self._on_closed)
        self._sheet.hide()

    def show_page(self, page: PatientPage) -> None:
        held = any(part.hasFocus() for part in self._cards.findChildren(QWidget))
        cards = QWidget()
        if page.facts.phase is Phase.CLOSED:
            cards.setLayout(column(ended_card(page, ()), gap=12))
        else:
            cards.setLayout(column(self._open_cards(page), gap=12))
        self._holder.replaceWidget(self._cards, cards)
        self._cards.hide()
        self._cards.deleteLater()
        self._cards = cards
        self._settle()
        if held:
            self.take_keyboard()

    def on_saved(self, kind: str, changes: Changes) -> None:
        told = " ".join(each.sentence for each in changes.suggestions)
        said = f"{_SAID.get(kind.partition(':')[0], 'Saved.')} {told}".strip()
        self.message.show_info(said)
        self._settle()
        self.take_keyboard()

    def _open_cards(self, page: PatientPage) -> QWidget:
        gate = GateCard(page, self.desk.acting.role)
        gate.part_wanted.connect(self._on_part)
        gate.act_wanted.connect(self._on_gate_act)
        left = column(gate, STRETCH, gap=12)
        died = page.facts.patient.died_on is not None
        death = ("take_back", "Recorded in error") if died else ("death", "Record death")
        right = column(
            close_card(page, [self._button("close", "End care…", Permission.CLOSE_EPISODE)]),
            proposals_card(
                page, [self._button("propose", "Propose…", Permission.PLAN_CARE)], self._proposal_acts
            ),
            death_card(page, [self._button(*death, Permission.RECORD_DEATH)]),
            STRETCH,
            gap=12,
        )
        return TwoColumns(left, right)

    def _proposal_acts(self, proposal: ProposalFact) -> list[QWidget]:
        acts: list[QWidget] = []
        if proposal.awaits_sign_off and is_undecided(proposal):
            acts += [
                self._proposal_button(
                    proposal, "agree", "Sign off", partial(self._decide, proposal, agreed=True)
                ),
                self._proposal_button(
                    proposal, "turn_down", "Turn down", partial(self._decide, proposal, agreed=False)
                ),
            ]
        if is_handover_open(proposal):
            for kind, words in ((ACCEPTED, "They accepted"), (REJECTED, "They did not")):
                acts.append(
                    self._proposal_button(proposal, kind, words, partial(self._answer, proposal, kind))
                )
        return acts

    def _proposal_button(
        self, proposal: ProposalFact, act: str, words: str, run: Callable[[], object]
    ) -> Button:
        button = Button(words, compact=True)
        button.setObjectName(f"proposal_{act}_{proposal.id}")
        button.clicked.connect(lambda _checked: run())
        return button

    def _button(self, kind: str, words: str, needs: Permission) -> Button:
        button = Button(words, compact=True)
        button.setObjectName(f"ending_{kind}")
        if not allowed(self.desk.acting.role, needs):
            button.hide()
        button.clicked.connect(partial(self._on_act, kind))
        return button

    def _on_act(self, kind: str) -> None:
        if kind == "take_back":
            self._take_back()
        else:
            self._open(kind, {"close": CloseForm, "propose": ProposeForm, "death": DeathForm}[kind])

    def _on_part(self, condition: Condition) -> None:
        if self.page is None:
            return
        if condition is Condition.ATTEMPTS:
            self.compose_requested.emit(self.page.facts.episode_id, "attempt")
        else:
            form = GATE_FORMS[condition]
            self._open(form.KIND, form)

    def _on_gate_act(self, act: str) -> None:
        if self.page is None:
            return
        if act == CLOSE:
            self._open("close_unreached", CloseUnreachedForm)
            return
        if act in _ASK and not self._confirmed(act):
            return
        review = open_review(self.page.facts)
        runs = {BEGIN: opened_review, SIGN: signed_off, CALL_OFF: called_off}
        self._write(runs[act](self.page.facts, review, self.desk), "Saved.")

    def _on_closed(self, _kind: str) -> None:
        self._settle()
        self.take_keyboard()

    def _decide(self, proposal: ProposalFact, *, agreed: bool) -> None:
        command = DecideProposal(proposal_id=proposal.id, seen=proposal.row_version, agreed=agreed)
        self._write(partial(decide_proposal, command, self.desk.uow), "Saved.")

    def _answer(self, proposal: ProposalFact, kind: str) -> None:
        page = self.page
        if page is not None:
            self._open(f"{kind}:{proposal.id}", lambda: AnswerForm(page, self.desk.acting, proposal))

    def _take_back(self) -> None:
        if self.page is None:
            return
        patient = self.page.facts.patient
        question = Question(
            title="Take back that they have died?",
            text="For a record made in error. Bookings that were cancelled stay so: book again.",
            act="Take back",
            about=who_line(patient, self.page.today),
        )
        if self.prompts.confirm(question):
            command = TakeBackDeath(patient_id=PatientId(patient.patient_id), seen=patient.version)
            self._write(partial(take_back_death, command, self.desk.uow), "Taken back.")

    def _confirmed(self, act: str) -> bool:
        title, text, words = _ASK[act]
        about = who_line(self.page.facts.patient, self.page.today) if self.page else ""
        return self.prompts.confirm(Question(title=title, text=text, act=words, about=about))

    def _open(self, kind: str, make: type[PatientForm] | Callable[[], PatientForm]) -> None:
        page = self.page
        if page is None:
            return
        made = partial(make, page, self.desk.acting) if isinstance(make, type) else make
        self.message.clear()
        form = self.forms.open(kind, made, partial(service_of, kind, self.desk))
        self._settle()
        form.take_keyboard()

    def _write(self, work: Callable[[], Changes], said: str) -> None:
        self.message.clear()
        self._tasks.write(work, lambda _changes: self.message.show_info(said), self.message.show_error)

    def _settle(self) -> None:
        """Show the form that is open, or else the cards."""
        form = self.forms.form()
        self._sheet.setVisible(form is not None)
        self._cards.setVisible(form is None)
        if form is not None:
            self._sheet.set_title(form.TITLE)
