"""A safety plan that is not wanted, stays as it is, or is no longer in use: nothing is taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.display import fmt_date
from collabcare.domain.safety_facts import PlanStatus
from collabcare.domain.typed_dates import Direction
from collabcare.services.safety_plans import DeclinePlan, EndPlan, KeepPlan
from collabcare.ui.forms.entry_form import PatientForm, needed_day, refuse_at
from collabcare.ui.widgets.date_edit import DateEdit, DateNeeds
from collabcare.ui.widgets.field import Field
from collabcare.ui.widgets.note_edit import NoteEdit
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from collabcare.domain.acting import Acting
    from collabcare.domain.safety_facts import SafetyPlanFact
    from collabcare.queries.patient_page import PatientPage


class DeclinePlanForm(PatientForm):
    """Edits a :class:`DeclinePlan`."""

    KIND = "decline"
    TITLE = "Plan offered and declined"
    SAVE = "Save"

    def __init__(self, page: PatientPage, acting: Acting, parent: QWidget | None = None) -> None:
        super().__init__(page, acting, parent)
        self.on = DateEdit("Date offered", page.today, DateNeeds(direction=Direction.PAST))
        self.on.set_value(page.today)
        self.reason = NoteEdit("What the patient said", lines=3)
        self._named(on=self.on, reason=self.reason)
        hint = "In their words where you can. It can be offered again at any time."
        self.body.addWidget(Field("&What the patient said", self.reason, hint=hint))
        self.body.addWidget(Field("&Date offered", self.on))
        after = "A formulation is still worth writing with them: the page goes on to remind you."
        self.body.addWidget(PlainLabel(after, TextRole.SECONDARY, wrap=True))
        self.start()

    def first(self) -> QWidget:
        return self.reason

    def written(self) -> tuple[object, ...]:
        return self.reason.toPlainText(), self.on.text()

    def command(self) -> DeclinePlan:
        if not self.reason.text():
            refuse_at(self.reason, "Write what the patient said about not wanting a safety plan.")
        return DeclinePlan(
            episode_id=self.page.facts.episode_id, offered_on=needed_day(self.on), reason=self.reason.text()
        )


class KeepPlanForm(PatientForm):
    """Edits a :class:`KeepPlan` for the plan in use."""

    KIND = "kept"
    TITLE = "Reviewed with the patient, unchanged"
    SAVE = "Keep as it is"

    def __init__(
        self, page: PatientPage, acting: Acting, plan: SafetyPlanFact, parent: QWidget | None = None
    ) -> None:
        super().__init__(page, acting, parent)
        self.plan = plan
        self.review_on = DateEdit("Next review", page.today, DateNeeds(direction=Direction.FUTURE))
        self._named(review_on=self.review_on)
        said = (
            f"You looked at the plan of {fmt_date(plan.made_on)} with the patient today and nothing in it "
            "changes. It is kept as a new version of today in the same words."
        )
        self.body.addWidget(PlainLabel(said, wrap=True))
        self.body.addWidget(Field("&Next review", self.review_on))
        self.start()

    def first(self) -> QWidget:
        return self.review_on

    def written(self) -> tuple[object, ...]:
        return (self.review_on.text(),)

    def command(self) -> KeepPlan:
        return KeepPlan(
            plan_id=self.plan.id, seen=self.plan.row_version, review_on=needed_day(self.review_on)
        )


class EndPlanForm(PatientForm):
    """Edits an :class:`EndPlan` for the plan in use, or for a draft put aside."""

    KIND = "end_plan"
    TITLE = "End safety plan"
    SAVE = "End plan"

    def __init__(
        self, page: PatientPage, acting: Acting, plan: SafetyPlanFact, parent: QWidget | None = None
    ) -> None:
        super().__init__(page, acting, parent)
        self.plan = plan
        self.reason = NoteEdit("Why it is no longer in use", lines=3)
        self._named(reason=self.reason)
        drafted = plan.status is PlanStatus.DRAFT
        what = "The draft" if drafted else "The safety plan"
        said = (
            f"{what} of {fmt_date(plan.made_on)} is put aside. Its words stay in the record. "
            "Nothing ends it but this."
        )
        self.body.addWidget(PlainLabel(said, wrap=True))
        self.body.addWidget(Field("&Why", self.reason, hint="Whoever reads it next will ask"))
        if drafted:
            self.save.setText("Put draft aside")
        self.start()

    def first(self) -> QWidget:
        return self.reason

    def written(self) -> tuple[object, ...]:
        return (self.reason.toPlainText(),)

    def command(self) -> EndPlan:
        if not self.reason.text():
            refuse_at(self.reason, "Say why the plan is no longer in use: whoever reads it next will ask.")
        return EndPlan(plan_id=self.plan.id, seen=self.plan.row_version, reason=self.reason.text())
