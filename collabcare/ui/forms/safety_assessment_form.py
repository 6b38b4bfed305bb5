"""A safety assessment with its formulation: talked about with the patient, in any order, nothing filled in.

What is left empty is shown as not discussed. There is no level of anything to choose here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from collabcare.domain.display import fmt_date, fmt_days, spoken_dates
from collabcare.domain.safety import answer_line, last_talk
from collabcare.domain.safety_assessment import (
    ASSESSMENT_HEADINGS,
    CONSENT,
    AssessmentDraft,
    assessment_problems,
    latest_review_day,
    standing_assessment,
)
from collabcare.domain.typed_dates import Direction
from collabcare.services.safety_assessments import RecordAssessment
from collabcare.ui.forms.crisis_panel import whom_to_ring
from collabcare.ui.forms.entry_form import PatientForm
from collabcare.ui.forms.field_grid import column_of, field_grid
from collabcare.ui.forms.marks import Marks
from collabcare.ui.forms.section_jump import SectionJump
from collabcare.ui.widgets.date_edit import DateEdit, DateNeeds
from collabcare.ui.widgets.field import Field
from collabcare.ui.widgets.layouts import column
from collabcare.ui.widgets.line_edit import LineEdit
from collabcare.ui.widgets.note_edit import NoteEdit
from collabcare.ui.widgets.option import Option
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole
from collabcare.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from collabcare.domain.acting import Acting
    from collabcare.domain.safety_facts import SafetyAssessmentFact
    from collabcare.queries.patient_page import PatientPage

_HINTS = {
    "present": "A carer or interpreter: who, and that the patient agreed to it",
    "own_words": "What the person says, as they say it",
    "thoughts_and_plans": "What they think of, how, when and with what; what stands in the way",
    "past_and_what_helped": "Self-harm or attempts before, and what got them through",
    "stressors": "Loss, discharge, housing, debt, relationships, anniversaries, medicines, alcohol or drugs",
    "strengths": "People, faith, animals, plans, reasons to go on",
    "changeable": "What somebody could do something about, and who",
    "communication_needs": "How they take things in and speak about them best",
    "dependants": "Who depends on them, and any concern for a child or an adult",
    "family_views": "What those close to them have seen, and what they fear",
    "formulation": "Why now, what led here, what keeps it going, what protects; together with the person",
    "quick_concern": "What would make us act soon, such as losing the flat or stopping the medicine",
    "if_contact_lost": "Whom we ring, where we look, and how soon",
    "action_now": "What was agreed for today, who does it and when",
    "shared_with": "GP, crisis team, family: what they were told",
}
_PARTS = (
    ("What was said", ("present", "own_words", "thoughts_and_plans", "past_and_what_helped")),
    (
        "What is around it",
        ("stressors", "strengths", "changeable", "communication_needs", "dependants", "family_views"),
    ),
    ("How we understand it", ("formulation", "quick_concern", "if_contact_lost")),
    ("What we do", ("action_now", "shared_with")),
)
_ANEW = frozenset({"present"})
"""What is never taken over from the version before: who was there this time."""
_TALL = frozenset({"own_words", "formulation"})
_AGREED, _NOT_AGREED = "agreed", "not agreed"
_SAY_AGREED = "Say whether the patient agreed to sharing it: keys 1 and 2."


class SafetyAssessmentForm(PatientForm):
    """Edits a :class:`RecordAssessment`, written on from the version before where there is one.

    Signals:
        refused: The record would not take it; what stands in it should be read again.
    """

    refused = Signal()

    KIND = "assessment"
    TITLE = "Safety assessment and formulation"
    SAVE = "Save assessment"

    def __init__(self, page: PatientPage, acting: Acting, parent: QWidget | None = None) -> None:
        super().__init__(page, acting, parent)
        standing = standing_assessment(page.facts)
        self._seen = standing.version if standing else 0
        self._stale = False
        self.on = DateEdit("Date talked about", page.today, DateNeeds(direction=Direction.PAST))
        self.on.set_value(page.today)
        self.texts = {
            name: NoteEdit(heading, lines=3 if name in _TALL else 2)
            for name, heading in ASSESSMENT_HEADINGS.items()
        }
        self.quickly = QCheckBox("Act quickly if contact is lost")
        self.agreed = Segmented(
            "Does the patient agree to sharing",
            [Option(_AGREED, "Patient agreed"), Option(_NOT_AGREED, "Shared without consent")],
        )
        self.why_shared = LineEdit("Why it is shared without consent")
        self.review_on = DateEdit("Next review", page.today, DateNeeds(direction=Direction.FUTURE))
        self._fields = {"assessed_on": Field("&Date talked about", self.on)}
        self._marks = Marks(self, self._fields)
        self._by = PlainLabel("", TextRole.SECONDARY, wrap=True)
        self._named(
            **self.texts,
            on=self.on,
            quickly=self.quickly,
            agreed=self.agreed,
            why_shared=self.why_shared,
            review_on=self.review_on,
        )
        if standing is not None:
            self._fill_from(standing)
        self._lay_out(standing)
        self.on.value_changed.connect(self._say_latest)
        self.agreed.chosen.connect(self._show_why)
        self._show_why()
        self._say_latest()
        self.start()

    def first(self) -> QWidget:
        return self.texts["own_words"]

    def written(self) -> tuple[object, ...]:
        return (
            *(text.toPlainText() for text in self.texts.values()),
            self.on.text(),
            self.quickly.isChecked(),
            self.agreed.value(),
            self.why_shared.text(),
            self.review_on.text(),
        )

    def command(self) -> RecordAssessment:
        draft = AssessmentDraft(
            assessed_on=self.on.value() or self.page.today,
            act_quickly_if_contact_lost=self.quickly.isChecked(),
            sharing_basis=self._basis(),
            review_on=self.review_on.value(),
            **{name: text.text() for name, text in self.texts.items()},
        )
        self._marks.refuse(self._wrong_in(draft), self._place_of)
        return RecordAssessment(episode_id=self.page.facts.episode_id, seen=self._seen, draft=draft)

    def refuse(self, sentence: str, field: QWidget | None = None) -> None:
        super().refuse(sentence, field)
        if field is None:
            self._stale = True
            self.refused.emit()

    def set_page(self, page: PatientPage) -> None:
        super().set_page(page)
        standing = standing_assessment(page.facts)
        if self._stale and standing is not None and standing.version != self._seen:
            self._seen = standing.version
            self.message.show_attention(
                f"Version {standing.version} was recorded by somebody else meanwhile. Yours is still here; "
                "saving keeps both, yours as the newer one."
            )
        self._stale = False
        self._say_latest()

    def _basis(self) -> str:
        """Return the basis of sharing; with nobody it is shared with there is none."""
        if not self.texts["shared_with"].text():
            return ""
        return CONSENT if self.agreed.value() == _AGREED else self._why()

    def _why(self) -> str:
        return self.why_shared.text() if self.agreed.value() == _NOT_AGREED else ""

    def _wrong_in(self, draft: AssessmentDraft) -> dict[str, str]:
        """Return everything that is missing or cannot be read, by the part it is about."""
        page = self.page
        found = assessment_problems(draft, page.facts, page.rulebook.safety, today=page.today)
        wrong = {each.part: each.words for each in reversed(found)}
        if "shared_with" in wrong:
            asked = self.agreed.value() is None
            wrong["shared_with"] = _SAY_AGREED if asked else "Write why it is shared without consent."
        for part, editor in (("assessed_on", self.on), ("review_on", self.review_on)):
            if editor.problem() and (editor.text().strip() or editor is self.on):
                wrong[part] = editor.problem()
        return wrong

    def _place_of(self, part: str) -> QWidget:
        """Return where the keyboard goes to put a part right."""
        if part != "shared_with":
            return self._fields[part].editor
        return self.why_shared if self.agreed.value() == _NOT_AGREED else self.agreed

    def _fill_from(self, standing: SafetyAssessmentFact) -> None:
        """Take over what was written last; the day, who was there, consent and the review are always new."""
        for name, text in self.texts.items():
            if name not in _ANEW:
                text.setPlainText(getattr(standing, name))
        self.quickly.setChecked(standing.act_quickly_if_contact_lost)

    def _lay_out(self, standing: SafetyAssessmentFact | None) -> None:
        jumps = [(words, self.texts[names[0]]) for words, names in _PARTS]
        self.body.addWidget(SectionJump(jumps))
        for line in self._known(standing):
            self.body.addWidget(PlainLabel(line, TextRole.SECONDARY, wrap=True))
        for words, names in _PARTS:
            self.body.addWidget(PlainLabel(words, TextRole.HEADING))
            fields: list[QWidget] = [self._field(name) for name in names]
            if "present" in names:
                fields.insert(0, self._fields["assessed_on"])
            if "if_contact_lost" in names:
                self.body.addLayout(field_grid(fields))
                self.body.addLayout(self._quickly())
                continue
            if "shared_with" in names:
                fields[1] = column_of(fields[1], self.agreed, self.why_shared)
            self.body.addLayout(field_grid(fields))
        self._fields["review_on"] = Field("Ne&xt review", self.review_on)
        self.body.addLayout(column(self._fields["review_on"], self._by, gap=4))

    def _field(self, name: str) -> Field:
        self._fields[name] = Field(ASSESSMENT_HEADINGS[name], self.texts[name], hint=_HINTS[name])
        return self._fields[name]

    def _quickly(self) -> QGridLayout:
        why = PlainLabel(
            "A missed appointment then goes on the prompt track: we try the same day, not the next. "
            "It says how fast we act, nothing else.",
            TextRole.SECONDARY,
            wrap=True,
        )
        self.quickly.setAccessibleDescription(why.whole_text())
        return field_grid([column_of(self.quickly, why)])

    def _known(self, standing: SafetyAssessmentFact | None) -> list[str]:
        """Say what is known before the first word: questions still open, the last talk, the last version."""
        facts, book = self.page.facts, self.page.rulebook
        lines = []
        for prompt in facts.open_safety_prompts:
            asked = answer_line(facts, prompt, book.instruments[prompt.instrument])
            lines.append(f"{asked}, {fmt_date(prompt.opened_on, weekday=True)}.")
        lines.append(last_talk(facts, self.page.today))
        lines.append(whom_to_ring(self.page))
        if standing is not None:
            lines.append(
                f"Written on from version {standing.version} of {fmt_date(standing.assessed_on)}; "
                "saving keeps both."
            )
        return lines

    def _say_latest(self) -> None:
        policy = self.page.rulebook.safety
        on = self.on.value() or self.page.today
        latest = max(latest_review_day(self.page.facts, on, policy, today=self.page.today), self.page.today)
        words = (
            f"By the next contact and within {fmt_days(policy.review_within_days)}: "
            f"{fmt_date(latest, weekday=True)} at the latest."
        )
        self._by.setText(words)
        self.review_on.setAccessibleDescription(spoken_dates(words))

    def _show_why(self) -> None:
        without = self.agreed.value() == _NOT_AGREED
        self.why_shared.setVisible(without)
        self.why_shared.setPlaceholderText("Why it is shared without consent")
