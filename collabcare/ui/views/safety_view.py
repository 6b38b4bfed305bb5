"""Safety: what is open, what was talked about and agreed, and recording it, on one page about one patient."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QWidget

from collabcare.domain.acting import Permission, allowed
from collabcare.domain.episode import Phase
from collabcare.domain.safety import SafetyOutcome
from collabcare.domain.safety_assessment import standing_assessment
from collabcare.domain.safety_plan import standing_plan
from collabcare.services.measures import RecordSafetyConversation, record_safety_conversation
from collabcare.services.safety_assessments import RecordAssessment, record_assessment
from collabcare.services.safety_plans import (
    BeginDraft,
    DeclinePlan,
    EndPlan,
    MakeActive,
    SaveDraft,
    begin_draft,
    decline_plan,
    end_plan,
    make_active,
    save_draft,
)
from collabcare.ui.forms.safety_assessment_form import SafetyAssessmentForm
from collabcare.ui.forms.safety_ending_forms import DeclinePlanForm, EndPlanForm
from collabcare.ui.forms.safety_form import SafetyForm
from collabcare.ui.forms.safety_plan_form import SafetyPlanForm, draft_of
from collabcare.ui.pages import PageName
from collabcare.ui.theme import current_theme
from collabcare.ui.views.patient_page_view import PatientPageView
from collabcare.ui.views.plan_copy import PlanCopyPanel
from collabcare.ui.views.safety_cards import assessment_card, conversations_card, crisis_card, plan_card
from collabcare.ui.views.safety_history import HistoryCard
from collabcare.ui.views.two_columns import TwoColumns
from collabcare.ui.widgets.buttons import Button
from collabcare.ui.widgets.card import Card
from collabcare.ui.widgets.layouts import STRETCH, column

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QResizeEvent

    from collabcare.domain.changes import Changes
    from collabcare.domain.ids import EpisodeId
    from collabcare.queries.patient_page import PatientPage
    from collabcare.ui.forms.entry_form import PatientForm

CONVERSATION, ASSESSMENT, PLAN, DECLINE, END = "safety", "assessment", "plan", "decline", "end_plan"
_NEEDS = {CONVERSATION: Permission.RECORD_SAFETY_CONVERSATION}
_FORMS: dict[str, type[PatientForm]] = {
    CONVERSATION: SafetyForm,
    ASSESSMENT: SafetyAssessmentForm,
    PLAN: SafetyPlanForm,
    DECLINE: DeclinePlanForm,
}
_SAID = {
    CONVERSATION: "Safety conversation saved.",
    ASSESSMENT: "Assessment saved as a new version.",
    PLAN: "Safety plan saved.",
    DECLINE: "Kept: a plan was offered and declined. A formulation is still worth writing.",
    END: "Put aside. Its words stay in the record.",
}


class SafetyView(PatientPageView):
    """The page with the tab "Safety"."""

    NAME = PageName.SAFETY

    def build(self) -> None:
        self.copy = PlanCopyPanel(self.desk, self._tasks, self.prompts)
        self.copy.hide()
        self._cards = QWidget()
        self._cards.setLayout(column())
        self._holder = column(self._cards, gap=0)
        self._wanted = ""
        self._following = ""
        self._after = Button("Write the assessment", compact=True)
        self._after.setObjectName("safety_follow_up")
        self._after.hide()
        self.message.add_act(self._after)
        self._sheet = Card()
        self._sheet.body.addWidget(self.forms)
        self.body.addWidget(self._sheet)
        self.body.addWidget(self.copy)
        self.body.addLayout(self._holder)
        self.forms.closed.connect(self._on_closed)
        self.copy.closed.connect(self._on_copy_closed)
        self._after.clicked.connect(partial(self.begin, ASSESSMENT))

    def begin(self, form: str) -> None:
        """Open one of the forms of this page, as soon as the page is there."""
        if self.page is None:
            self._wanted = form
            return
        if form in self._allowed(self.page):
            self._open(form)

    def show_episode(self, episode_id: EpisodeId) -> None:
        if episode_id != self._episode_id:
            self._wanted = ""
            self._after.hide()
        super().show_episode(episode_id)

    def show_page(self, page: PatientPage) -> None:
        self._show_cards(page)
        if not self.copy.shows(page.facts.episode_id):
            self._settle()
        wanted, self._wanted = self._wanted, ""
        if wanted:
            self.begin(wanted)

    def on_saved(self, kind: str, changes: Changes) -> None:
        self._after.hide()
        talked = self._following == SafetyOutcome.TALKED_TODAY
        stays = self._following == SafetyOutcome.COULD_NOT_ASK
        self._following = ""
        self.message.show_info(_stays_open(changes) if stays else _SAID[kind])
        self._settle()
        if kind == CONVERSATION and talked:
            self._after.show()
            self._after.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.copy.setMinimumHeight(max(self._scroll.height() - 2 * current_theme().px(16), 0))

    def show_plan_copy(self) -> None:
        """Show the page of the plan in use as it will be printed."""
        if self.page is None:
            return
        self._only(self.copy)
        self.copy.show_copy(self.page.facts.episode_id)

    def _open(self, kind: str) -> None:
        page = self.page
        if page is None:
            return
        self.message.clear()
        self._after.hide()
        form = self.forms.open(kind, partial(self._make, kind, page), partial(self._service, kind))
        self._only(self._sheet)
        form.take_keyboard()

    def _make(self, kind: str, page: PatientPage) -> PatientForm:
        acting = self.desk.acting
        if kind == END:
            ended = standing_plan(page.facts) or draft_of(page)
            if ended is None:
                raise RuntimeError("there is no plan to end")
            return EndPlanForm(page, acting, ended)
        form = _FORMS[kind](page, acting)
        if isinstance(form, SafetyAssessmentForm | SafetyPlanForm):
            form.refused.connect(self.go_stale)
        return form

    def _service(self, kind: str, command: object) -> Callable[[], Changes]:
        uow, policy = self.desk.uow, self.desk.rulebook.safety
        service: Callable[[], Changes]
        match command:
            case RecordSafetyConversation():
                self._following = command.outcome
                service = partial(record_safety_conversation, command, uow, policy)
            case RecordAssessment():
                service = partial(record_assessment, command, uow, policy)
            case BeginDraft():
                service = partial(begin_draft, command, uow)
            case SaveDraft():
                service = partial(save_draft, command, uow)
            case MakeActive():
                service = partial(make_active, command, uow)
            case DeclinePlan():
                service = partial(decline_plan, command, uow)
            case EndPlan():
                service = partial(end_plan, command, uow)
            case _:
                raise TypeError(f"{kind}: {type(command).__name__}")
        return service

    def _allowed(self, page: PatientPage) -> set[str]:
        """Return the forms that this role may open for this patient now."""
        facts, role = page.facts, self.desk.acting.role
        if facts.phase is Phase.CLOSED:
            open_now = {END} if standing_plan(facts) else set()
        else:
            open_now = {ASSESSMENT, PLAN, DECLINE}
            open_now |= {CONVERSATION} if facts.open_safety_prompts else set()
            open_now |= {END} if standing_plan(facts) or draft_of(page) else set()
            open_now -= {DECLINE} if standing_plan(facts) or draft_of(page) else set()
        return {kind for kind in open_now if allowed(role, _NEEDS.get(kind, Permission.PLAN_SAFETY))}

    def _acts(self, page: PatientPage, *kinds: str) -> list[QWidget]:
        offered = self._allowed(page)
        return [self._act(_words(kind, page), kind) for kind in kinds if kind in offered]

    def _act(self, words: str, kind: str) -> QWidget:
        button = Button(words, compact=True)
        button.setObjectName(f"safety_{kind}")
        button.clicked.connect(partial(self._open, kind))
        return button

    def _show_cards(self, page: PatientPage) -> None:
        """Make the cards anew and leave the keyboard on the button it was on."""
        focused = QApplication.focusWidget()
        inside = focused is not None and self._cards.isAncestorOf(focused)
        name = focused.objectName() if focused is not None and inside else ""
        plan_acts = self._acts(page, PLAN, DECLINE, END)
        may_print = allowed(self.desk.acting.role, Permission.PLAN_SAFETY)
        if standing_plan(page.facts) is not None and may_print:
            copy = Button("Patient's copy…", compact=True, icon_name="print")
            copy.setObjectName("safety_copy")
            copy.clicked.connect(self.show_plan_copy)
            plan_acts.insert(0, copy)
        left = column(
            conversations_card(page, self._acts(page, CONVERSATION)),
            assessment_card(page, self._acts(page, ASSESSMENT)),
            STRETCH,
            gap=12,
        )
        right = column(
            plan_card(page, plan_acts), crisis_card(page), HistoryCard(page.facts), STRETCH, gap=12
        )
        cards = TwoColumns(left, right)
        if self._cards.isHidden():
            cards.hide()
        self._holder.replaceWidget(self._cards, cards)
        self._cards.hide()
        self._cards.deleteLater()
        self._cards = cards
        if name and (found := cards.findChild(QWidget, name)) is not None:
            found.setFocus()

    def _only(self, part: QWidget) -> None:
        """Show one thing at a time: the cards, a form, or the patient's copy."""
        form = self.forms.form()
        self._sheet.set_title(form.TITLE if form is not None else "")
        self._sheet.setVisible(part is self._sheet)
        self.copy.setVisible(part is self.copy)
        self._cards.setVisible(part is self._cards)

    def _settle(self) -> None:
        self._only(self._sheet if self.forms.form() is not None else self._cards)

    def _on_closed(self, kind: str) -> None:
        self._settle()
        self._back_to(f"safety_{kind}")

    def _on_copy_closed(self) -> None:
        self._settle()
        self._back_to("safety_copy")

    def _back_to(self, name: str) -> None:
        if (found := self._cards.findChild(QWidget, name)) is not None:
            found.setFocus()


def _words(kind: str, page: PatientPage) -> str:
    """Return the words on the button of an act, by what there is already."""
    facts = page.facts
    if kind == ASSESSMENT:
        return "New assessment" if standing_assessment(facts) is None else "New version"
    if kind == PLAN:
        if draft_of(page) is not None:
            return "Go on with the draft"
        return "New plan" if standing_plan(facts) is None else "New version of the plan"
    if kind == END:
        return "Put draft aside" if standing_plan(facts) is None else "End plan"
    return {CONVERSATION: "Record conversation", DECLINE: "Plan declined"}[kind]


def _stays_open(changes: Changes) -> str:
    said = " ".join(each.sentence for each in changes.suggestions)
    return f"Saved. It stays open, on the practitioner's list and on duty's. {said}".strip()
