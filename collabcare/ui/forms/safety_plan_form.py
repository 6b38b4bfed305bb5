"""A safety plan as it is being written with the patient: six steps in their own words, and who has a copy."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal

from collabcare.domain.crisis_lines import crisis_lines
from collabcare.domain.display import fmt_date
from collabcare.domain.errors import RuleViolation
from collabcare.domain.plan_drafts import PlanDraft
from collabcare.domain.safety_facts import PlanStatus
from collabcare.domain.safety_page import gp_line
from collabcare.domain.safety_plan import PLAN_HEADINGS, REASONS_HEADING, PlanStep, standing_plan
from collabcare.domain.typed_dates import Direction
from collabcare.services.safety_plans import BeginDraft, MakeActive, SaveDraft
from collabcare.ui.forms.entry_form import PatientForm, RefusedAt, fit, needed_day
from collabcare.ui.forms.field_grid import column_of, field_grid
from collabcare.ui.theme import current_theme
from collabcare.ui.widgets.buttons import Button, ButtonKind
from collabcare.ui.widgets.date_edit import DateEdit, DateNeeds
from collabcare.ui.widgets.field import Field
from collabcare.ui.widgets.flow_box import FlowBox
from collabcare.ui.widgets.line_edit import LineEdit
from collabcare.ui.widgets.note_edit import NoteEdit
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QWidget

    from collabcare.domain.acting import Acting
    from collabcare.domain.safety_facts import SafetyPlanFact
    from collabcare.queries.patient_page import PatientPage

_HINTS = {
    PlanStep.WARNING_SIGNS: "Thoughts, moods or things I do that tell me it is getting hard",
    PlanStep.BY_MYSELF: "Things that help without anybody else",
    PlanStep.PEOPLE_AND_PLACES: "Where I can be among others without talking about it",
    PlanStep.PEOPLE_TO_ASK: "Name and number, one to a line",
    PlanStep.PROFESSIONALS: "Name and number, one to a line; helplines it does not give are printed under it",
    PlanStep.SURROUNDINGS: "What I and others put out of reach, and who holds it",
}
_REASONS = "reasons_for_living"
_WORDS = (*PlanStep, _REASONS)


class SafetyPlanForm(PatientForm):
    """Edits a draft: one begun, or a new one written on from the plan in use.

    Saving keeps a draft; making it active also needs step 5 and a review date, and replaces the plan in use.

    Signals:
        refused: The record would not take it; what stands in it should be read again.
    """

    refused = Signal()

    KIND = "plan"
    TITLE = "Safety plan"
    SAVE = "Save draft"

    def __init__(self, page: PatientPage, acting: Acting, parent: QWidget | None = None) -> None:
        super().__init__(page, acting, parent)
        self._draft = draft_of(page)
        self._stale = False
        self.steps = {name: NoteEdit(_heading(name), lines=3) for name in _WORDS}
        self.on = DateEdit("Date made", page.today, DateNeeds(direction=Direction.PAST))
        self.review_on = DateEdit(
            "Review date", page.today, DateNeeds(direction=Direction.FUTURE, optional=True)
        )
        self.copy_given = LineEdit("Copy given")
        self.copy_given.setPlaceholderText("Such as: paper, large print, today")
        self.shared_with = LineEdit("Agreed to share with")
        self.shared_with.setPlaceholderText("Such as: GP, sister")
        self.activate = Button("Save and make active")
        self.activate.setToolTip("Put this plan into use; the one before it is kept")
        self._offers = FlowBox(*self._offer_buttons(), gap=current_theme().px(4))
        self._named(
            **{str(name): step for name, step in self.steps.items()},
            on=self.on,
            review_on=self.review_on,
            copy_given=self.copy_given,
            shared_with=self.shared_with,
            activate=self.activate,
        )
        self._fill()
        self._lay_out()
        self.activate.clicked.connect(self._on_activate)
        self.steps[PlanStep.PROFESSIONALS].textChanged.connect(self._offer)
        self._offer()
        self.start()

    def first(self) -> QWidget:
        return self.steps[PlanStep.WARNING_SIGNS]

    def written(self) -> tuple[object, ...]:
        lines = (self.on, self.review_on, self.copy_given, self.shared_with)
        return (*(step.toPlainText() for step in self.steps.values()), *(line.text() for line in lines))

    def command(self) -> BeginDraft | SaveDraft:
        made_on = needed_day(self.on)
        fit(self.review_on)
        words: dict[str, Any] = {  # Any: mypy does not see that only the texts are named
            str(name): step.text() for name, step in self.steps.items()
        }
        draft = PlanDraft(
            made_on=made_on,
            review_on=self.review_on.value(),
            copy_given=self.copy_given.text(),
            shared_with=self.shared_with.text(),
            **words,
        )
        if self._draft is None:
            return BeginDraft(episode_id=self.page.facts.episode_id, draft=draft)
        return SaveDraft(plan_id=self._draft.id, seen=self._draft.row_version, draft=draft)

    def refuse(self, sentence: str, field: QWidget | None = None) -> None:
        super().refuse(sentence, field)
        if field is None:
            self._stale = True
            self.refused.emit()

    def set_page(self, page: PatientPage) -> None:
        super().set_page(page)
        draft = draft_of(page)
        if self._stale and draft is not None and draft != self._draft:
            self._draft = draft
            self.message.show_attention(
                "Somebody else has a draft of this plan meanwhile. Yours is still here; saving puts your "
                "words in the place of theirs. To see theirs, copy yours, then close without saving."
            )
        self._stale = False
        self._offer()

    def _on_activate(self) -> None:
        """Submit the draft to be saved and made active in one; refused, it is saved by Save draft alone."""
        try:
            self.refuse_unfilled()
            command = self.command()
        except RefusedAt as refusal:
            self.refuse(str(refusal), refusal.field)
            return
        except RuleViolation as refusal:
            self.refuse(str(refusal))
            return
        self.say_no_more()
        self.submitted.emit(MakeActive(draft=command))

    def _fill(self) -> None:
        """Begin with the draft as it stands, or with the words of the plan in use under today's date."""
        self.on.set_value(self.page.today if self._draft is None else self._draft.made_on)
        before = self._draft or standing_plan(self.page.facts)
        if before is None:
            return
        for name, step in self.steps.items():
            step.setPlainText(getattr(before, name))
        self.shared_with.setText(before.shared_with)
        if self._draft is not None:
            self.copy_given.setText(self._draft.copy_given)
            self.review_on.set_value(self._draft.review_on)

    def _lay_out(self) -> None:
        head = "Draft, not in use until you make it active"
        self.body.addWidget(PlainLabel(head, TextRole.STRONG, wrap=True))
        self.body.addWidget(PlainLabel(self._about(), TextRole.SECONDARY, wrap=True))
        fields: list[QWidget] = []
        for number, step in enumerate(PlanStep, start=1):
            field = Field(f"&{number}  {PLAN_HEADINGS[step]}", self.steps[step], hint=_HINTS[step])
            fields.append(column_of(field, self._offers) if step is PlanStep.PROFESSIONALS else field)
        fields.append(Field(REASONS_HEADING, self.steps[_REASONS], hint="Only if they want it on the page"))
        fields.append(self._particulars())
        self.body.addLayout(field_grid(fields))
        self._feet.insertWidget(1, self.activate)

    def _particulars(self) -> QWidget:
        return column_of(
            Field("&Date made", self.on),
            Field("Review da&te", self.review_on, hint="Needed before the plan can be active"),
            Field("&Copy given", self.copy_given),
            Field("Agreed to &share with", self.shared_with),
        )

    def _about(self) -> str:
        """Say what this is written on from."""
        if self._draft is not None:
            return f"Begun on {fmt_date(self._draft.made_on)}.{self._besides()}"
        active = standing_plan(self.page.facts)
        if active is None:
            return "In the patient’s words. Leave empty what was not talked about."
        return (
            f"Written on from the plan of {fmt_date(active.made_on)}, which stays in use until this one is "
            "active and is kept after that."
        )

    def _besides(self) -> str:
        """Say which plan is in use while this one is written."""
        active = standing_plan(self.page.facts)
        return f" The plan of {fmt_date(active.made_on)} stays in use meanwhile." if active else ""

    def _offer_buttons(self) -> list[QWidget]:
        """Make a button for each line that may be put into step 5; none is put there by itself."""
        buttons: list[QWidget] = []
        self._lines: list[tuple[Button, str]] = []
        for short, words in self._insertable():
            button = Button(f"Add {short}", ButtonKind.QUIET, compact=True)
            button.setToolTip(words)
            button.setAccessibleDescription(words)
            button.clicked.connect(partial(self._insert, words))
            self._lines.append((button, words))
            buttons.append(button)
        return buttons

    def _insertable(self) -> Iterator[tuple[str, str]]:
        facts, support = self.page.facts, self.page.support
        if facts.holder:
            yield facts.holder, facts.holder
        practice = facts.patient.gp_practice_name
        if practice:
            yield "the GP", gp_line(facts.patient)
        for line in crisis_lines(support.lines, self.page.rulebook.helplines):
            yield line.name, line.words

    def _insert(self, words: str) -> None:
        step = self.steps[PlanStep.PROFESSIONALS]
        so_far = step.toPlainText().rstrip()
        step.setPlainText(f"{so_far}\n{words}" if so_far else words)

    def _offer(self) -> None:
        """Offer only what step 5 does not hold yet; the keyboard goes to the step when its button goes."""
        text = " ".join(self.steps[PlanStep.PROFESSIONALS].toPlainText().split())
        for button, words in self._lines:
            there = words in text
            if there and button.hasFocus():
                self._next_offer(button).setFocus()
            button.setVisible(not there)

    def _next_offer(self, gone: Button) -> QWidget:
        rest = [button for button, _ in self._lines if button is not gone and button.isVisible()]
        return rest[0] if rest else self.steps[PlanStep.PROFESSIONALS]


def draft_of(page: PatientPage) -> SafetyPlanFact | None:
    """Return the draft that has been begun, None when there is none."""
    return next((plan for plan in page.facts.safety_plans if plan.status is PlanStatus.DRAFT), None)


def _heading(name: str) -> str:
    return REASONS_HEADING if name == _REASONS else PLAN_HEADINGS[PlanStep(name)]
