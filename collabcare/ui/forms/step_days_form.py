"""How long is long in a step: the practice's own figures, for one step or for every step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.step_days import MOST_DAYS, days_of_step, model_days
from collabcare.services.step_days import SetStepDays
from collabcare.ui.forms.entry_form import EntryForm, fit, refuse_at
from collabcare.ui.forms.lines import Lines
from collabcare.ui.widgets.combo_box import ComboBox
from collabcare.ui.widgets.number_edit import NumberEdit
from collabcare.ui.widgets.option import Option

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from collabcare.domain.pathway import Pathway

EVERY_STEP = "Every step"


class StepDaysForm(EntryForm):
    """Edits a :class:`SetStepDays`; choosing a step fills in what holds for it now."""

    KIND = "step_days"
    TITLE = "Set days"
    SAVE = "Save days"

    def __init__(self, pathway: Pathway, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pathway = pathway
        steps = [Option(each.number, f"{each.number}, {each.name}") for each in pathway.steps]
        self.step = ComboBox("Step", [Option(None, EVERY_STEP), *steps])
        self.long_days = NumberEdit("Long after", 1, MOST_DAYS, unit="days")
        self.very_long_days = NumberEdit("Very long after", 1, MOST_DAYS, unit="days")
        self._named(step=self.step, long_days=self.long_days, very_long_days=self.very_long_days)
        lines = Lines(label_width=104)
        lines.line("S&tep", self.step)
        lines.line("&Long after", self.long_days)
        lines.line("Ver&y long after", self.very_long_days)
        self.body.addLayout(lines)
        self.step.currentIndexChanged.connect(self._fill)
        self.begin(pathway)

    def first(self) -> QWidget:
        return self.step

    def written(self) -> tuple[object, ...]:
        return self.step.value(), self.long_days.value(), self.very_long_days.value()

    def command(self) -> SetStepDays:
        fit(self.long_days, self.very_long_days)
        long, very = self.long_days.value(), self.very_long_days.value()
        if long is None:
            refuse_at(self.long_days, "Type after how many days in the step somebody stands out.")
        if very is None:
            refuse_at(self.very_long_days, "Type after how many days they stand out more.")
        return SetStepDays(step=self._chosen(), long_days=long, very_long_days=very)

    def begin(self, pathway: Pathway) -> None:
        """Start with every step, by the figures of the service model; ``pathway`` has those that hold."""
        self._pathway = pathway
        self.step.set_value(None)
        self._fill()
        self.say_no_more()
        self.set_saving(saving=False)
        self.start()

    def _chosen(self) -> int | None:
        value = self.step.value()
        return None if value is None else int(str(value))

    def _fill(self) -> None:
        """Show what holds for the step chosen; the service model's figures for every step."""
        step = self._chosen()
        holds = model_days(self._pathway, 1) if step is None else days_of_step(self._pathway, step)
        self.long_days.set_value(holds.long_days)
        self.very_long_days.set_value(holds.very_long_days)
