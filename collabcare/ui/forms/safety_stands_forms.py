"""An assessment that still stands after a talk, or is an error, and an outcome taken back, each with why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.display import fmt_date, fmt_days
from collabcare.services.safety_assessments import SayStillStands
from collabcare.services.safety_corrections import TakeBackOutcome, VoidAssessment
from collabcare.ui.forms.entry_form import PatientForm, refuse_at
from collabcare.ui.widgets.field import Field
from collabcare.ui.widgets.note_edit import NoteEdit
from collabcare.ui.widgets.plain_label import PlainLabel

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from collabcare.domain.acting import Acting
    from collabcare.domain.facts import SafetyPromptFact
    from collabcare.domain.safety_facts import SafetyAssessmentFact
    from collabcare.queries.patient_page import PatientPage


class _WordsForm(PatientForm):
    """One sentence that says what happens, and one field for why."""

    FIELD = "&What was wrong"
    HINT = "Whoever reads it next will ask"
    MISSING = "Say what was wrong: it stays in the record with your reason."

    def __init__(self, page: PatientPage, acting: Acting, said: str, parent: QWidget | None = None) -> None:
        super().__init__(page, acting, parent)
        self.words = NoteEdit(self.FIELD.replace("&", ""), lines=3)
        self._named(words=self.words)
        self.body.addWidget(PlainLabel(said, wrap=True))
        self.body.addWidget(Field(self.FIELD, self.words, hint=self.HINT))
        self.start()

    def first(self) -> QWidget:
        return self.words

    def written(self) -> tuple[object, ...]:
        return (self.words.toPlainText(),)

    def _typed(self) -> str:
        if not self.words.text():
            refuse_at(self.words, self.MISSING)
        return self.words.text()


class StillStandsForm(_WordsForm):
    """Edits a :class:`SayStillStands`."""

    KIND = "stands"
    TITLE = "No new assessment needed"
    SAVE = "Still stands"
    FIELD = "&Why it still holds"
    HINT = "What was talked about, and what of it the formulation says already"
    MISSING = "Write what was talked about and why the formulation still holds."

    def __init__(
        self,
        page: PatientPage,
        acting: Acting,
        standing: SafetyAssessmentFact,
        parent: QWidget | None = None,
    ) -> None:
        self._standing = standing
        days = (page.today - standing.assessed_on).days
        said = (
            f"The assessment of {fmt_date(standing.assessed_on, weekday=True)}, {fmt_days(days)} old, still "
            f"stands after this talk. It is kept with your name and the day. Its review stays "
            f"{fmt_date(standing.review_on, weekday=True)}."
        )
        super().__init__(page, acting, said, parent)

    def command(self) -> SayStillStands:
        return SayStillStands(
            episode_id=self.page.facts.episode_id, assessment_id=self._standing.id, why=self._typed()
        )


class AssessmentErrorForm(_WordsForm):
    """Edits a :class:`VoidAssessment`."""

    KIND = "assessment_error"
    TITLE = "Assessment entered in error"
    SAVE = "Mark as error"

    def __init__(
        self,
        page: PatientPage,
        acting: Acting,
        standing: SafetyAssessmentFact,
        parent: QWidget | None = None,
    ) -> None:
        self._standing = standing
        said = (
            f"Version {standing.version} of {fmt_date(standing.assessed_on, weekday=True)} stays in the "
            "story as entered in error. The version before it holds again, if there is one, and safety "
            "questions that it had covered are open again."
        )
        super().__init__(page, acting, said, parent)

    def command(self) -> VoidAssessment:
        return VoidAssessment(
            episode_id=self.page.facts.episode_id, assessment_id=self._standing.id, reason=self._typed()
        )


class OutcomeErrorForm(_WordsForm):
    """Edits a :class:`TakeBackOutcome`."""

    KIND = "outcome_error"
    TITLE = "Conversation recorded in error"
    SAVE = "Open it again"

    def __init__(
        self, page: PatientPage, acting: Acting, prompt: SafetyPromptFact, parent: QWidget | None = None
    ) -> None:
        self._prompt = prompt
        said = (
            f"What was recorded on {fmt_date(prompt.closed_on, weekday=True)} stays in the story. The "
            "conversation is open again, and so is what it had covered."
        )
        super().__init__(page, acting, said, parent)

    def command(self) -> TakeBackOutcome:
        return TakeBackOutcome(
            episode_id=self.page.facts.episode_id,
            measure_id=self._prompt.measure_id,
            reason=self._typed(),
        )
