"""Ending: the ways care ends, the review before closing for not attending, handovers and a death."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from collabcare.domain.acting import Permission, allowed
from collabcare.domain.closure import Ending
from collabcare.domain.due_letters import is_summed_up
from collabcare.domain.episode import Phase
from collabcare.domain.gate_parts import Condition
from collabcare.domain.gate_today import closing_letter, open_review
from collabcare.domain.ids import PatientId
from collabcare.domain.letters import SUMMARY, UNREACHED
from collabcare.domain.proposals import is_handover_open, may_decide
from collabcare.services.deaths import TakeBackDeath, take_back_death
from collabcare.services.episodes import CloseEpisode
from collabcare.services.proposals import DecideProposal, decide_proposal
from collabcare.ui.forms.close_form import CloseForm
from collabcare.ui.forms.close_unreached_form import CloseUnreachedForm
from collabcare.ui.forms.death_form import DeathForm
from collabcare.ui.forms.gate_forms import GATE_FORMS
from collabcare.ui.forms.handover_forms import AnswerForm, ProposeForm
from collabcare.ui.forms.take_back_form import TakeBackForm
from collabcare.ui.pages import PageName
from collabcare.ui.prompts import Question
from collabcare.ui.views.cards_page import CardsPage
from collabcare.ui.views.ending_cards import close_card, comes_first, death_card, ended_card, proposals_card
from collabcare.ui.views.ending_services import (
    ACCEPTED,
    REJECTED,
    called_off,
    opened_review,
    service_of,
    signed_off,
)
from collabcare.ui.views.gate_card import BEGIN, CALL_OFF, CLOSE, SIGN, GateCard
from collabcare.ui.views.patient_words import who_line
from collabcare.ui.views.two_columns import TwoColumns
from collabcare.ui.widgets.buttons import Button
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
    "propose": "The proposal is saved. It stands on the agenda of supervision.",
    ACCEPTED: "The answer is saved: they accepted. Care here can end now, or go on beside theirs.",
    REJECTED: "The answer is saved: they did not accept. The patient stays ours.",
    "death": "The death is saved. Searches and bookings have ended. End care next, and write to the GP.",
    "take_back_ending": "The end of care is taken back. They are on the caseload again.",
}
_DIED = "Care has ended with their death."
_GP_WAITS = " The GP gets a discharge summary within 24 hours"
_NOT_AGREED = "The decision is saved. The patient stays ours, and the plan goes on."
_MADE_OF_A_PAGE: tuple[type[PatientForm], ...] = (
    *(CloseForm, CloseUnreachedForm, ProposeForm, DeathForm, TakeBackForm),
    *GATE_FORMS.values(),
)
_FORMS = {form.KIND: form for form in _MADE_OF_A_PAGE}
_ASK = {
    BEGIN: (
        "Begin a review of ending care because they cannot be reached?",
        "It asks for eight parts, the last a signature of another person. The search goes on meanwhile.",
        "Begin",
    ),
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


class EndingView(CardsPage):
    """The page with the tab "Ending"."""

    NAME = PageName.ENDING
    SAID = _SAID
    _with_death = False
    _gp_waits = False

    def cards(self, page: PatientPage) -> QWidget:
        if page.facts.phase is not Phase.CLOSED:
            return self._open_cards(page)
        ended = QWidget()
        ended.setLayout(column(ended_card(page, [*self._summary_acts(page), *self._in_error()]), gap=12))
        return ended

    def form_of(self, kind: str, page: PatientPage, subject: int) -> PatientForm | None:
        acting, ended = self.desk.acting, page.facts.phase is Phase.CLOSED
        died = page.facts.patient.died_on is not None
        if ended is not (kind == TakeBackForm.KIND) or (died and kind == DeathForm.KIND):
            return None  # the page says what holds instead
        if subject:
            proposal = next((each for each in page.facts.proposals if each.id == subject), None)
            if proposal is None:
                return None
            return AnswerForm(page, acting, proposal, accepted=kind == ACCEPTED)
        return _FORMS[kind](page, acting)

    def said_of(self, kind: str) -> str:
        if kind != CloseForm.KIND:
            return super().said_of(kind)
        said = _DIED if self._with_death else super().said_of(kind)
        waits = f"{_GP_WAITS}: Today asks for it." if self._with_death else f"{_GP_WAITS}."
        return f"{said}{waits}" if self._gp_waits else said

    def take_keyboard(self) -> None:
        """Put the keyboard on ending care where it can end now; else on this tab, which does nothing."""
        page, close = self.page, self._cards.findChild(Button, f"ending_{CloseForm.KIND}")
        if page is None or page.facts.phase is Phase.CLOSED or self.forms.form() is not None:
            super().take_keyboard()
        elif close is not None and close.isVisibleTo(self._cards) and not comes_first(page.facts, page.today):
            close.setFocus()
        else:
            self.tabs.tabs[self.NAME].setFocus()

    def service_of(self, command: object) -> Callable[[], Changes]:
        if isinstance(command, CloseEpisode) and self.page is not None:
            self._with_death = command.ending is Ending.DIED
            named = command.gp.letter_id if command.gp else None
            ended_on = self.page.facts.patient.died_on or command.died_on or command.closed_on
            self._gp_waits = not is_summed_up(self.page.facts, ended_on, named)
        return service_of(command, self.desk)

    def _open_cards(self, page: PatientPage) -> QWidget:
        gate = GateCard(page, self.desk.acting)
        gate.part_wanted.connect(self._on_part)
        gate.act_wanted.connect(self._on_gate_act)
        died = page.facts.patient.died_on is not None
        death = ("take_back", "Recorded in error") if died else ("death", "Record death")
        close = close_card(page, [self._button("close", "End care…", Permission.CLOSE_EPISODE)])
        proposals = proposals_card(
            page,
            [self._button("propose", "Propose…", Permission.PLAN_CARE)],
            partial(self._proposal_acts, page),
        )
        deceased = death_card(page, [self._button(*death, Permission.RECORD_DEATH)])
        if open_review(page.facts) is None:
            return TwoColumns(
                column(gate, STRETCH, gap=12), column(close, proposals, deceased, STRETCH, gap=12)
            )
        below = TwoColumns(column(close, STRETCH, gap=12), column(proposals, deceased, STRETCH, gap=12))
        whole = QWidget()  # all its parts are to be seen at once
        whole.setLayout(column(gate, below, STRETCH, gap=12))
        return whole

    def _in_error(self) -> list[QWidget]:
        """Offer to take the ending back to who may."""
        back = self._button(TakeBackForm.KIND, "Ended in error…", Permission.TAKE_BACK_ENDING)
        return [back] if allowed(self.desk.acting.role, Permission.TAKE_BACK_ENDING) else []

    def _summary_acts(self, page: PatientPage) -> list[QWidget]:
        """Offer the discharge summary while the GP has none."""
        asked = any(due.letter == SUMMARY for due in page.row.due)
        if not asked or not allowed(self.desk.acting.role, Permission.ISSUE_LETTER):
            return []
        write = partial(self.letter_requested.emit, page.facts.episode_id, SUMMARY)
        return [self.button("ending_summary", "Write discharge summary", write)]

    def _proposal_acts(self, page: PatientPage, proposal: ProposalFact) -> list[QWidget]:
        acts: list[QWidget] = []
        mine = may_decide(proposal, page.facts, self.desk.acting.user_id, today=page.today)
        if proposal.awaits_sign_off and mine:
            acts += [
                self._on_proposal(proposal, act, words, partial(self._decide, proposal, agreed=agreed))
                for act, words, agreed in (("agree", "Sign off", True), ("turn_down", "Turn down", False))
            ]
        if is_handover_open(proposal):
            acts += [
                self._on_proposal(proposal, act, words, partial(self.unfold, act, proposal.id))
                for act, words in ((ACCEPTED, "They accepted"), (REJECTED, "They did not"))
            ]
        return acts

    def _on_proposal(self, proposal: ProposalFact, act: str, words: str, run: Callable[[], object]) -> Button:
        return self.button(f"proposal_{act}_{proposal.id}", words, run)

    def _button(self, kind: str, words: str, needs: Permission) -> Button:
        act = self._take_back if kind == "take_back" else partial(self.unfold, kind)
        button = self.button(f"ending_{kind}", words, act)
        if not allowed(self.desk.acting.role, needs):
            button.hide()
        return button

    def _on_part(self, condition: Condition) -> None:
        if self.page is None:
            return
        if condition is Condition.ATTEMPTS:
            self.compose_requested.emit(self.page.facts.episode_id, "attempt")
        elif condition is Condition.GP and closing_letter(self.page.facts, today=self.page.today) is None:
            self.letter_requested.emit(self.page.facts.episode_id, UNREACHED)
        else:
            self.unfold(GATE_FORMS[condition].KIND)

    def _on_gate_act(self, act: str) -> None:
        if self.page is None:
            return
        if act == CLOSE:
            self.unfold(CloseUnreachedForm.KIND)
            return
        if act in _ASK and not self._confirmed(act):
            return
        review = open_review(self.page.facts)
        runs = {BEGIN: opened_review, SIGN: signed_off, CALL_OFF: called_off}
        self.run(runs[act](self.page.facts, review, self.desk), "Saved.")

    def _decide(self, proposal: ProposalFact, *, agreed: bool) -> None:
        command = DecideProposal(proposal_id=proposal.id, seen=proposal.row_version, agreed=agreed)
        said = "The decision is saved. The proposal goes on from here." if agreed else _NOT_AGREED
        self.run(partial(decide_proposal, command, self.desk.uow), said)

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
            self.run(
                partial(take_back_death, command, self.desk.uow, self.desk.rulebook.pathway),
                "The death is taken back. Look at bookings and searches: they ended with it.",
            )

    def _back_to(self, name: str) -> None:
        """After a review is begun or signed, go on with the first part of it that is missing."""
        gate = self._cards.findChild(GateCard)
        if name in {f"gate_{BEGIN}", f"gate_{SIGN}"} and gate is not None and gate.missing:
            gate.missing[0].setFocus()
        else:
            super()._back_to(name)

    def _confirmed(self, act: str) -> bool:
        title, text, words = _ASK[act]
        about = who_line(self.page.facts.patient, self.page.today) if self.page else ""
        asked = Question(title=title, text=text, act=words, about=about, deliberate=act == SIGN)
        return self.prompts.confirm(asked)
