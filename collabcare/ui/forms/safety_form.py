"""Recording the conversation a safety question asks for: what was said, never a level of anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.display import fmt_date
from collabcare.domain.errors import RuleViolation
from collabcare.domain.safety import SAFETY_WORDS, SafetyOutcome, safety_story
from collabcare.services.measures import RecordSafetyConversation
from collabcare.ui.forms.choice_grid import ChoiceGrid
from collabcare.ui.forms.entry_form import PatientForm, refuse_at
from collabcare.ui.forms.lines import Lines
from collabcare.ui.widgets.combo_box import ComboBox
from collabcare.ui.widgets.field import Field
from collabcare.ui.widgets.layouts import column
from collabcare.ui.widgets.note_edit import NoteEdit
from collabcare.ui.widgets.option import Option
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from collabcare.domain.acting import Acting
    from collabcare.domain.facts import SafetyPromptFact
    from collabcare.domain.ids import MeasureId
    from collabcare.queries.patient_page import PatientPage


class SafetyForm(PatientForm):
    """Edits a :class:`RecordSafetyConversation`; several open questions are taken one by one."""

    KIND = "safety"
    TITLE = "Record safety conversation"
    SAVE = "Save conversation"

    def __init__(self, page: PatientPage, acting: Acting, parent: QWidget | None = None) -> None:
        super().__init__(page, acting, parent)
        self.prompt = ComboBox("Which question")
        self._prompt_field = Field("&Question", self.prompt)
        self._asked = PlainLabel("", TextRole.STRONG, wrap=True)
        self._answers = PlainLabel("", wrap=True)
        self._last_talk = PlainLabel("", TextRole.SECONDARY, wrap=True)
        self.outcome = ChoiceGrid(
            "Outcome", [Option(o, words) for o, words in SAFETY_WORDS.items()], columns=2
        )
        self.note = NoteEdit(
            "Note",
            placeholder="What was said and agreed, in the patient's words where you can; or why it could not "
            "be asked, and who will ask and when",
            lines=4,
        )
        self._named(prompt=self.prompt, outcome=self.outcome, note=self.note)
        self.body.addWidget(self._prompt_field)
        self.body.addLayout(column(self._asked, self._answers, self._last_talk, gap=4))
        self.body.addWidget(self.outcome)
        lines = Lines(label_width=40)
        lines.line("&Note", self.note)
        self.body.addLayout(lines)
        self._offer_prompts()
        self.prompt.currentIndexChanged.connect(self._show_story)
        self.start()

    def first(self) -> QWidget:
        return self.outcome

    def written(self) -> tuple[object, ...]:
        return self.outcome.value(), self.note.toPlainText()

    def choose_prompt(self, measure_id: MeasureId) -> None:
        """Record the conversation this measure asked for."""
        self.prompt.set_value(measure_id)

    def command(self) -> RecordSafetyConversation:
        prompt = self._chosen()
        if prompt is None:
            raise RuleViolation("This safety conversation is recorded already.")
        outcome = self.outcome.value()
        if not isinstance(outcome, SafetyOutcome):
            refuse_at(self.outcome, "Choose how it went: keys 1 to 3.")
        if not self.note.text():
            refuse_at(
                self.note,
                "Write what was said or agreed, or why it could not be asked and what happens next.",
            )
        return RecordSafetyConversation(
            episode_id=self.page.facts.episode_id,
            measure_id=prompt.measure_id,
            outcome=outcome,
            note=self.note.text(),
        )

    def set_page(self, page: PatientPage) -> None:
        super().set_page(page)
        self._offer_prompts()

    def _offer_prompts(self) -> None:
        open_prompts = self.page.facts.open_safety_prompts
        self.prompt.set_options([Option(each.measure_id, self._words(each)) for each in open_prompts])
        self._prompt_field.setVisible(len(open_prompts) > 1)
        self._show_story()

    def _words(self, prompt: SafetyPromptFact) -> str:
        name = self.page.rulebook.instruments[prompt.instrument].name
        return f"{name} of {fmt_date(prompt.opened_on, weekday=True)}"

    def _chosen(self) -> SafetyPromptFact | None:
        chosen = self.prompt.value()
        return next((p for p in self.page.facts.open_safety_prompts if p.measure_id == chosen), None)

    def _show_story(self) -> None:
        prompt = self._chosen()
        if prompt is None:
            self._asked.setText("No safety conversation is open.")
            self._answers.setText("")
            return
        instrument = self.page.rulebook.instruments[prompt.instrument]
        story = safety_story(self.page.facts, prompt, instrument, self.page.today)
        self._asked.setText(story.asked)
        self._answers.setText(f"Answer before and now: {story.answers}" if story.answers else "")
        self._answers.setVisible(bool(story.answers))
        self._last_talk.setText(story.last_talk)
