"""Moving a patient a step up or down, with the reason the GP and the next practitioner will read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.display import fmt_date
from collabcare.services.episodes import MoveStep
from collabcare.ui.forms.choice_grid import ChoiceGrid
from collabcare.ui.forms.entry_form import PatientForm, refuse_at
from collabcare.ui.forms.lines import Lines
from collabcare.ui.widgets.note_edit import NoteEdit
from collabcare.ui.widgets.option import Option
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole
from collabcare.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from collabcare.domain.acting import Acting
    from collabcare.queries.patient_page import PatientPage


class StepForm(PatientForm):
    """Edits a :class:`MoveStep`; it carries the version of the episode that is in view."""

    KIND = "step"
    TITLE = "Move step"
    SAVE = "Move step"

    def __init__(self, page: PatientPage, acting: Acting, parent: QWidget | None = None) -> None:
        super().__init__(page, acting, parent)
        steps = page.rulebook.pathway.steps
        here = page.facts.step
        self._here = PlainLabel("", TextRole.STRONG, wrap=True)
        self.to_step = ChoiceGrid(
            "Move to", [Option(s.number, self._words(s.number, s.name)) for s in steps], columns=1
        )
        self.to_step.disable(here, "The patient is on this step now.")
        self.reason = NoteEdit(
            "Reason", placeholder="Why now; what this step is to bring. The GP will read this.", lines=3
        )
        self.agreed = Segmented(
            "Agreed with the patient", [Option(True, "Yes, with the patient"), Option(False, "Not yet")]
        )
        self._named(to_step=self.to_step, reason=self.reason, agreed=self.agreed)
        self.body.addWidget(self._here)
        lines = Lines(label_width=64)
        lines.line("Move &to", self.to_step)
        lines.line("Reas&on", self.reason)
        lines.line("&Agreed", self.agreed)
        self.body.addLayout(lines)
        self._say_here()
        self.start()

    def first(self) -> QWidget:
        return self.to_step

    def written(self) -> tuple[object, ...]:
        return self.to_step.value(), self.reason.toPlainText(), self.agreed.value()

    def command(self) -> MoveStep:
        to_step, agreed = self.to_step.value(), self.agreed.value()
        if not isinstance(to_step, int):
            refuse_at(self.to_step, "Choose the step to move to, by its number.")
        if not self.reason.text():
            refuse_at(
                self.reason, "Say why the patient is moving: the GP and the next practitioner will read it."
            )
        if not isinstance(agreed, bool):
            refuse_at(self.agreed, "Say whether the patient has agreed to the move.")
        return MoveStep(
            episode_id=self.page.facts.episode_id,
            seen=self.page.facts.version,
            to_step=to_step,
            reason=self.reason.text(),
            agreed_with_patient=agreed,
        )

    def set_page(self, page: PatientPage) -> None:
        super().set_page(page)
        self._say_here()

    def _words(self, number: int, name: str) -> str:
        here = self.page.facts.step
        if number == here:
            return f"{name} (now)"
        return f"{name}, step {'up' if number > here else 'down'}"

    def _say_here(self) -> None:
        facts = self.page.facts
        name = self.page.rulebook.pathway.step(facts.step).name
        self._here.setText(f"Now on step {facts.step}, {name}, since {fmt_date(facts.step_since)}.")
