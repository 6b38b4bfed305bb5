"""Recording the conversation a safety question asks for: what was said, never a level of anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from collabcare.domain.acting import Permission, allowed
from collabcare.domain.display import fmt_date
from collabcare.domain.errors import RuleViolation
from collabcare.domain.safety import SafetyOutcome, answer_line, safety_story, talk_words
from collabcare.domain.safety_facts import SafetyTalk
from collabcare.domain.safety_prompt import SAY_WHAT_WAS_SAID, covering_talks, is_named, outcome_choices
from collabcare.domain.safety_reason import last_try
from collabcare.domain.typed_dates import Direction
from collabcare.domain.typed_text import tells_something
from collabcare.services.measures import RecordSafetyConversation
from collabcare.ui.forms.choice_grid import ChoiceGrid
from collabcare.ui.forms.crisis_panel import CrisisPanel
from collabcare.ui.forms.entry_form import PatientForm, RoomWanted, needed_day, refuse_at
from collabcare.ui.forms.lines import Lines
from collabcare.ui.forms.two_sides import TwoSides
from collabcare.ui.widgets.combo_box import ComboBox
from collabcare.ui.widgets.date_edit import DateEdit, DateNeeds
from collabcare.ui.widgets.field import Field
from collabcare.ui.widgets.layouts import STRETCH, column
from collabcare.ui.widgets.line_edit import LineEdit
from collabcare.ui.widgets.note_edit import NoteEdit
from collabcare.ui.widgets.option import Option
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole
from collabcare.ui.widgets.suggestions import Suggestions

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLayout

    from collabcare.domain.acting import Acting
    from collabcare.domain.facts import SafetyPromptFact
    from collabcare.domain.ids import MeasureId
    from collabcare.queries.patient_page import PatientPage

_LABELS = 80
_TALKED = "What was said and agreed, in the patient's words where you can"
_STAYS = "Today or tomorrow. Until it is asked it stays on Today, for you and for duty."
_TWO_COLUMNS = 560
_PLACEHOLDERS = {
    SafetyOutcome.ALREADY_COVERED: "What was agreed then, and whether it still holds",
    SafetyOutcome.COULD_NOT_ASK: "Why it could not be asked, and who keeps in touch until then",
}


class SafetyForm(PatientForm):
    """Edits a :class:`RecordSafetyConversation`; several open questions are taken one by one."""

    KIND = "safety"
    TITLE = "Record safety conversation"
    SAVE = "Save conversation"

    def __init__(self, page: PatientPage, acting: Acting, parent: QWidget | None = None) -> None:
        super().__init__(page, acting, parent)
        self.prompt = ComboBox("Which question")
        self._prompt_field = Field("&Question", self.prompt)
        self._answer = PlainLabel("", TextRole.STRONG, wrap=True)
        self._asked = PlainLabel("", TextRole.SECONDARY, wrap=True)
        self._last_talk = PlainLabel("", TextRole.SECONDARY, wrap=True)
        self._why_not = PlainLabel("", TextRole.SECONDARY, wrap=True)
        self.outcome = self._outcomes()
        self.note = NoteEdit("Note", placeholder=_TALKED, lines=4)
        self.covered_by = ComboBox("Which talk covered it")
        talks = covering_talks(page.facts, page.rulebook.safety, today=page.today)
        self.covered_by.set_options([Option(each, talk_words(each)) for each in talks])
        self._covered = QWidget()
        self.ask_by = LineEdit("Who will ask")
        self.ask_by.setPlaceholderText("A colleague, or somebody by name")
        Suggestions(self.ask_by, _colleagues(page))
        self.ask_on = DateEdit("By when", page.today, DateNeeds(direction=Direction.FUTURE))
        self._later = QWidget()
        self.crisis = CrisisPanel(page)
        self._named(
            prompt=self.prompt,
            outcome=self.outcome,
            covered_by=self.covered_by,
            note=self.note,
            ask_by=self.ask_by,
            ask_on=self.ask_on,
        )
        self._lay_out()
        self._offer_prompts()
        self.prompt.currentIndexChanged.connect(self._show_story)
        self.outcome.chosen.connect(self._on_outcome)
        self.start()

    def first(self) -> QWidget:
        return self.outcome

    def written(self) -> tuple[object, ...]:
        return self.outcome.value(), self.note.toPlainText(), self.ask_by.text(), self.ask_on.text()

    def wants_room(self) -> RoomWanted:
        return RoomWanted.WHOLE

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
        missed = outcome is SafetyOutcome.COULD_NOT_ASK
        if missed and not self.note.text():
            refuse_at(self.note, "Write why it could not be asked.")
        if not missed and not tells_something(self.note.text()):
            refuse_at(self.note, SAY_WHAT_WAS_SAID)
        if missed and not is_named(self.ask_by.text()):
            refuse_at(self.ask_by, "Write who will ask, by name.")
        return RecordSafetyConversation(
            episode_id=self.page.facts.episode_id,
            measure_id=prompt.measure_id,
            outcome=outcome,
            note=self.note.text(),
            ask_by=self.ask_by.text() if missed else "",
            ask_on=needed_day(self.ask_on) if missed else None,
            covered_by=self._talk() if outcome is SafetyOutcome.ALREADY_COVERED else None,
        )

    def set_page(self, page: PatientPage) -> None:
        super().set_page(page)
        self.crisis.set_page(page)
        self._offer_prompts()

    def _lay_out(self) -> None:
        asked, ring = QWidget(), QWidget()
        told = column(self._answer, self._asked, self._last_talk, gap=4)
        self._covered.setLayout(self._which_talk())
        self._covered.hide()
        lines = Lines(label_width=_LABELS)
        lines.line("&Note", self.note)
        later = Lines(label_width=_LABELS)
        later.line("&Who will ask", self.ask_by)
        later.line("&By when", self.ask_on)
        self._later.setLayout(later)
        later.line("", PlainLabel(_STAYS, TextRole.SECONDARY, wrap=True))
        self._later.hide()
        outcomes = column(self.outcome, self._why_not, gap=4)
        asked.setLayout(
            column(self._prompt_field, told, outcomes, self._covered, self._later, lines, STRETCH, gap=8)
        )
        ring.setLayout(column(PlainLabel("Whom to ring", TextRole.STRONG), self.crisis, STRETCH, gap=4))
        self.body.addWidget(TwoSides(asked, ring, room=_TWO_COLUMNS, shares=(3, 2)))

    def _outcomes(self) -> ChoiceGrid:
        """Offer every outcome; one that may not be chosen stays in view with why."""
        page = self.page
        choices = outcome_choices(page.facts, page.rulebook.safety, today=page.today)
        grid = ChoiceGrid("Outcome", [Option(each.outcome, each.words) for each in choices], columns=2)
        refused = [each for each in choices if not each.allowed]
        for each in refused:
            grid.disable(each.outcome, each.refused_because)
        self._why_not.setText(" ".join(f"{each.words}: {each.refused_because}" for each in refused))
        if not refused:
            self._why_not.hide()
        return grid

    def _on_outcome(self, outcome: object) -> None:
        missed = outcome is SafetyOutcome.COULD_NOT_ASK
        self._later.setVisible(missed)
        self._covered.setVisible(outcome is SafetyOutcome.ALREADY_COVERED)
        words = _PLACEHOLDERS.get(outcome, _TALKED) if isinstance(outcome, SafetyOutcome) else _TALKED
        self.note.setPlaceholderText(words)

    def _which_talk(self) -> QLayout:
        """Let the talk be chosen where there are several; one is only named."""
        if self.covered_by.count() == 1:
            return column(PlainLabel(f"Covered by {self.covered_by.currentText()}.", wrap=True), gap=0)
        lines = Lines(label_width=_LABELS)
        lines.line("Covered b&y", self.covered_by)
        return lines

    def _talk(self) -> SafetyTalk | None:
        chosen = self.covered_by.value()
        return chosen if isinstance(chosen, SafetyTalk) else None

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
            self._answer.setText("No safety conversation is open.")
            self._asked.hide()
            return
        instrument = self.page.rulebook.instruments[prompt.instrument]
        story = safety_story(self.page.facts, prompt, instrument, self.page.today)
        tried = last_try(prompt)
        self._answer.setText(answer_line(self.page.facts, prompt, instrument))
        self._asked.setText(f"{story.asked} {tried[:1].upper()}{tried[1:]}." if tried else story.asked)
        self._last_talk.setText(story.last_talk)


def _colleagues(page: PatientPage) -> list[str]:
    """Offer everybody who may have the conversation; another name can be typed all the same."""
    may = Permission.RECORD_SAFETY_CONVERSATION
    return [user.name for user in page.users if user.active and allowed(user.role, may)]
