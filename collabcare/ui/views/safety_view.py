"""Safety: what is open, what was talked about and agreed, and recording it, on one page about one patient."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton

from collabcare.domain.acting import Permission, allowed
from collabcare.domain.episode import Phase
from collabcare.domain.safety import SafetyOutcome, last_outcome
from collabcare.domain.safety_assessment import standing_assessment
from collabcare.domain.safety_owed import may_still_stand
from collabcare.domain.safety_plan import standing_plan
from collabcare.services.measures import RecordSafetyConversation, record_safety_conversation
from collabcare.services.safety_assessments import (
    RecordAssessment,
    SayStillStands,
    record_assessment,
    say_still_stands,
)
from collabcare.services.safety_corrections import (
    TakeBackOutcome,
    VoidAssessment,
    take_back_outcome,
    void_assessment,
)
from collabcare.services.safety_plans import (
    BeginDraft,
    DeclinePlan,
    EndPlan,
    KeepPlan,
    MakeActive,
    SaveDraft,
    begin_draft,
    decline_plan,
    end_plan,
    keep_plan,
    make_active,
    save_draft,
)
from collabcare.ui.forms.safety_assessment_form import SafetyAssessmentForm
from collabcare.ui.forms.safety_ending_forms import DeclinePlanForm, EndPlanForm, KeepPlanForm
from collabcare.ui.forms.safety_form import SafetyForm
from collabcare.ui.forms.safety_plan_form import SafetyPlanForm, draft_of
from collabcare.ui.forms.safety_stands_forms import AssessmentErrorForm, OutcomeErrorForm, StillStandsForm
from collabcare.ui.pages import PageName
from collabcare.ui.views.cards_page import CardsPage
from collabcare.ui.views.due_acts import AT_PLAN
from collabcare.ui.views.plan_copy import SAFETY_PLAN
from collabcare.ui.views.safety_cards import assessment_card, conversations_card, crisis_card, plan_card
from collabcare.ui.views.safety_history import HistoryCard
from collabcare.ui.views.two_columns import TwoColumns
from collabcare.ui.widgets.buttons import Button
from collabcare.ui.widgets.layouts import STRETCH, column

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from collabcare.domain.changes import Changes
    from collabcare.domain.ids import EpisodeId
    from collabcare.queries.patient_page import PatientPage
    from collabcare.services.desk import Desk
    from collabcare.ui.forms.entry_form import PatientForm

CONVERSATION, ASSESSMENT, PLAN, DECLINE, END = "safety", "assessment", "plan", "decline", "end_plan"
KEPT = "kept"
STANDS, WRONG, TAKEN_BACK = "stands", "assessment_error", "outcome_error"
_NEEDS = dict.fromkeys((CONVERSATION, TAKEN_BACK), Permission.RECORD_SAFETY_CONVERSATION)
_FORMS: dict[str, type[PatientForm]] = {
    CONVERSATION: SafetyForm,
    ASSESSMENT: SafetyAssessmentForm,
    PLAN: SafetyPlanForm,
    DECLINE: DeclinePlanForm,
}
_OF_THE_STANDING = {STANDS: StillStandsForm, WRONG: AssessmentErrorForm}
_WORDS = {
    CONVERSATION: "Record conversation",
    DECLINE: "Plan declined",
    KEPT: "Reviewed, unchanged…",
    STANDS: "Still stands…",
    WRONG: "Entered in error…",
    TAKEN_BACK: "Recorded in error…",
}
SAID_OF_SAFETY = {
    CONVERSATION: "The safety conversation is saved. Nothing more is asked about it.",
    ASSESSMENT: "The assessment is saved as a new version. It comes up on Today when it is to be reviewed.",
    PLAN: "The safety plan is saved. Once active, it comes up on Today when it is to be reviewed.",
    DECLINE: "The answer is saved: a plan was offered and declined. A formulation is still worth writing.",
    END: "The plan is put aside. Its words stay in the record.",
    KEPT: "The safety plan is kept as it is, as a version of today. It comes up on Today for its review.",
    STANDS: "The assessment still stands, and your reason is kept. It comes up on Today for its review.",
    WRONG: "The assessment is marked as an error and stays in the story, with your reason.",
    TAKEN_BACK: "The conversation is open again, with your reason. It is on Today until it is recorded.",
}


class SafetyView(CardsPage):
    """The page with the tab "Safety"."""

    NAME = PageName.SAFETY
    COPY = SAFETY_PLAN

    def build(self) -> None:
        super().build()
        self._following = ""
        self._at_plan = False
        self._after = Button("Write the assessment", compact=True)
        self._after.setObjectName("safety_follow_up")
        self._after.hide()
        self.message.add_act(self._after)
        self._after.clicked.connect(partial(self.begin, ASSESSMENT))

    def show_episode(self, episode_id: EpisodeId) -> None:
        if episode_id != self._episode_id:
            self._after.hide()
            self._at_plan = False
        super().show_episode(episode_id)

    def unfold(self, kind: str, subject: int = 0) -> None:
        self._after.hide()
        if kind == AT_PLAN:
            self._at_plan = True
            self._show_plan()
        else:
            super().unfold(kind, subject)

    def take_keyboard(self) -> None:
        at_plan, self._at_plan = self._at_plan, False
        if not (at_plan and self._show_plan()):
            super().take_keyboard()

    def cards(self, page: PatientPage) -> QWidget:
        plan_acts = self._acts(page, KEPT, PLAN, DECLINE, END)
        may_print = allowed(self.desk.acting.role, Permission.PLAN_SAFETY)
        if standing_plan(page.facts) is not None and may_print:
            plan_acts.insert(0, self.copy_button())
        left = column(
            conversations_card(page, self._acts(page, CONVERSATION, TAKEN_BACK)),
            assessment_card(page, self._acts(page, ASSESSMENT, STANDS, WRONG)),
            STRETCH,
            gap=12,
        )
        right = column(
            plan_card(page, plan_acts), crisis_card(page), HistoryCard(page.facts), STRETCH, gap=12
        )
        return TwoColumns(left, right)

    def form_of(self, kind: str, page: PatientPage, subject: int) -> PatientForm | None:
        acting = self.desk.acting
        if subject or kind not in self._allowed(page):
            return None
        if kind == END:
            ended = standing_plan(page.facts) or draft_of(page)
            return None if ended is None else EndPlanForm(page, acting, ended)
        plan = standing_plan(page.facts)
        if kind == KEPT and plan is not None:
            return KeepPlanForm(page, acting, plan)
        standing, closed = standing_assessment(page.facts), last_outcome(page.facts)
        if kind == TAKEN_BACK and closed is not None:
            return OutcomeErrorForm(page, acting, closed)
        if kind in _OF_THE_STANDING and standing is not None:
            return _OF_THE_STANDING[kind](page, acting, standing)
        form = _FORMS[kind](page, acting)
        if isinstance(form, SafetyAssessmentForm | SafetyPlanForm):
            form.refused.connect(self.go_stale)
        return form

    def service_of(self, command: object) -> Callable[[], Changes]:
        uow, policy = self.desk.uow, self.desk.rulebook.safety
        service: Callable[[], Changes]
        match command:
            case RecordSafetyConversation():
                self._following = command.outcome
                service = partial(record_safety_conversation, command, uow, policy)
            case RecordAssessment():
                service = partial(record_assessment, command, uow, policy)
            case SayStillStands() | VoidAssessment() | TakeBackOutcome():
                service = _of_what_stands(command, self.desk)
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
            case KeepPlan():
                service = partial(keep_plan, command, uow)
            case _:
                raise TypeError(type(command).__name__)
        return service

    def on_saved(self, kind: str, changes: Changes) -> None:
        following, self._following = self._following, ""
        stays = kind == CONVERSATION and following == SafetyOutcome.COULD_NOT_ASK
        super().on_saved(kind, changes)
        self.message.show_info(_stays_open(changes) if stays else SAID_OF_SAFETY[kind])
        ended = self.page is not None and self.page.facts.phase is Phase.CLOSED
        if kind == CONVERSATION and following == SafetyOutcome.TALKED_TODAY and not ended:
            self._after.show()
            self._after.setFocus()

    def _show_plan(self) -> bool:
        """Put the keyboard on the first act of the safety plan, in view; return whether it is there."""
        acts = (self._cards.findChild(QPushButton, f"safety_{kind}") for kind in (KEPT, PLAN))
        act = next(filter(None, acts), None)
        if act is None or self.forms.form() is not None:
            return False
        act.setFocus()
        self._scroll.ensureWidgetVisible(act)
        return True

    def _allowed(self, page: PatientPage) -> set[str]:
        """Return the forms that this role may open for this patient now."""
        facts, role = page.facts, self.desk.acting.role
        begun = standing_plan(facts) is not None or draft_of(page) is not None
        if facts.phase is Phase.CLOSED:
            open_now = {END} if standing_plan(facts) else set()
            late = bool(facts.open_safety_prompts) and facts.patient.died_on is None
            open_now |= {CONVERSATION} if late else set()
        else:
            open_now = {ASSESSMENT, PLAN, END if begun else DECLINE}
            open_now |= {CONVERSATION} if facts.open_safety_prompts else set()
            unchanged = standing_plan(facts) is not None and draft_of(page) is None
            open_now |= {KEPT} if unchanged else set()
            open_now |= {TAKEN_BACK} if last_outcome(facts) else set()
            if (standing := standing_assessment(facts)) is not None:
                open_now |= {WRONG}
                open_now |= {STANDS} if may_still_stand(facts, standing, today=page.today) else set()
        return {kind for kind in open_now if allowed(role, _NEEDS.get(kind, Permission.PLAN_SAFETY))}

    def _acts(self, page: PatientPage, *kinds: str) -> list[QWidget]:
        offered = self._allowed(page)
        return [
            self.button(f"safety_{kind}", _words(kind, page), partial(self.unfold, kind))
            for kind in kinds
            if kind in offered
        ]


def _of_what_stands(
    command: SayStillStands | VoidAssessment | TakeBackOutcome, desk: Desk
) -> Callable[[], Changes]:
    if isinstance(command, SayStillStands):
        return partial(say_still_stands, command, desk.uow)
    if isinstance(command, VoidAssessment):
        return partial(void_assessment, command, desk.uow)
    return partial(take_back_outcome, command, desk.uow)


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
    return _WORDS[kind]


def _stays_open(changes: Changes) -> str:
    said = " ".join(each.sentence for each in changes.suggestions)
    return f"The answer is saved. It stays open, on the practitioner's list and on duty's. {said}".strip()
