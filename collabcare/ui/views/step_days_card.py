"""The card of the Practice page on how long is long in a step."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from collabcare.domain.step_days import days_of_step
from collabcare.services.step_days import UseModelDays
from collabcare.ui.forms.step_days_form import StepDaysForm
from collabcare.ui.views.practice_cards import row_of
from collabcare.ui.views.remade_rows import RemadeRows
from collabcare.ui.views.suggested import quiet
from collabcare.ui.widgets.buttons import Button, ButtonKind
from collabcare.ui.widgets.card import Card
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from collabcare.domain.pathway import Pathway, Step
    from collabcare.queries.practice_page import PracticePage

ABOUT = (
    "The caseload marks who has been in one step for long, and for very long: by the service model's days, "
    "unless others are set here. It says nothing of how anybody is, and moves nobody. Changes hold from the "
    "next sign-in on."
)


class StepDaysCard(Card):
    """Each step with its figures, and the form for the practice's own.

    Signals:
        wanted: The command to carry out.
    """

    wanted = Signal(object)

    def __init__(self, pathway: Pathway, parent: QWidget | None = None) -> None:
        super().__init__("Time in a step", parent=parent)
        self._pathway = pathway
        self._rows = RemadeRows()
        self.form = StepDaysForm(pathway)
        self.body.addWidget(quiet(ABOUT))
        self.body.addWidget(self._rows)
        self.body.addWidget(PlainLabel(StepDaysForm.TITLE, TextRole.STRONG))
        self.body.addWidget(self.form)
        self.form.submitted.connect(self.wanted)

    def show_page(self, page: PracticePage) -> None:
        """Show the figures that the record holds now; figures typed and not saved yet stay."""
        self._pathway = replace(self._pathway, own_days=page.steps)
        self._rows.show_rows([self._step(step) for step in self._pathway.steps])
        if not self.form.is_touched():
            self.begin_again()

    def begin_again(self) -> None:
        """Show what holds, in the place of what was typed."""
        self.form.begin(self._pathway)

    def named(self, step: int) -> str:
        """Return what a step is called, by its number."""
        return f"Step {step}, {self._pathway.step(step).name}"

    def _step(self, step: Step) -> QWidget:
        holds = days_of_step(self._pathway, step.number)
        said = f"{step.number}, {step.name}: {holds.words}"
        if not holds.own:
            return PlainLabel(said, wrap=True)
        words = PlainLabel(f"{said}, set here", wrap=True)
        back = Button("Take back", ButtonKind.QUIET, compact=True)
        back.setAccessibleName(f"Take back the days of {self.named(step.number)}")
        back.setObjectName(f"step_back_{step.number}")
        back.clicked.connect(partial(self.wanted.emit, UseModelDays(step=step.number)))
        return row_of(words, back)
