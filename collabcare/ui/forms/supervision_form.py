"""Taking a case to supervision, and recording what was decided and who does what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from collabcare.domain.acting import Role
from collabcare.domain.display import fmt_date
from collabcare.domain.ids import UserId
from collabcare.domain.triggers import TRIGGER_WORDS
from collabcare.domain.typed_dates import Direction
from collabcare.services.supervision import RecordReview, RequestSupervision
from collabcare.ui.forms.actions_edit import ACTION_NAME, ActionsEdit
from collabcare.ui.forms.entry_form import PatientForm, needed_day, refuse_at
from collabcare.ui.forms.lines import Lines
from collabcare.ui.widgets.combo_box import ComboBox
from collabcare.ui.widgets.date_edit import DateEdit, DateNeeds
from collabcare.ui.widgets.field import Field
from collabcare.ui.widgets.layouts import column
from collabcare.ui.widgets.note_edit import NoteEdit
from collabcare.ui.widgets.option import Option
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole
from collabcare.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from collabcare.domain.acting import Acting
    from collabcare.queries.patient_page import PatientPage

ASK, REVIEW = "ask", "review"


class SupervisionForm(PatientForm):
    """Edits a :class:`RequestSupervision` or a :class:`RecordReview`."""

    KIND = "supervision"
    TITLE = "Supervision"
    SAVE = "Save"

    def __init__(self, page: PatientPage, acting: Acting, parent: QWidget | None = None) -> None:
        super().__init__(page, acting, parent)
        self.mode = Segmented(
            "What to record", [Option(ASK, "Ask for supervision"), Option(REVIEW, "Record a review")]
        )
        self._reasons = QWidget()
        self.question = NoteEdit("Question", placeholder="What you want to ask", lines=2)
        self.on = DateEdit("Discussed on", page.today, DateNeeds(direction=Direction.PAST))
        self.on.set_value(page.today)
        self.supervisor = ComboBox("Supervisor", self._supervisors())
        self.decision = NoteEdit(
            "Decision", placeholder="What was decided, even to carry on as planned", lines=3
        )
        self.agreed = ActionsEdit(page.users, page.facts.holder_id or acting.user_id, page.today)
        self._review = QWidget()
        self._lay_out()
        self.mode.chosen.connect(self._on_mode)
        self._prefill()
        self._show_mode()
        self.start()

    def first(self) -> QWidget:
        return self.question if self.mode.value() == ASK else self.decision

    def written(self) -> tuple[object, ...]:
        texts = (self.question.toPlainText(), self.on.text(), self.decision.toPlainText())
        return (*texts, self.supervisor.value(), *self.agreed.written())

    def make_room(self, names: set[str]) -> None:
        while f"{ACTION_NAME}{len(self.agreed.rows) + 1}" in names:
            self.agreed.add()

    def command(self) -> RequestSupervision | RecordReview:
        episode_id = self.page.facts.episode_id
        if self.mode.value() == ASK:
            return RequestSupervision(episode_id=episode_id, question=self.question.text())
        reviewed_on = needed_day(self.on)
        supervisor = self.supervisor.value()
        if not isinstance(supervisor, int):
            refuse_at(self.supervisor, "Choose the supervisor the case was discussed with.")
        if not self.decision.text():
            refuse_at(self.decision, "Write what was decided, even if it is to carry on as planned.")
        return RecordReview(
            episode_id=episode_id,
            reviewed_on=reviewed_on,
            supervisor_id=UserId(supervisor),
            question=self.question.text(),
            decision=self.decision.text(),
            actions=self.agreed.agreed(),
        )

    def choose_mode(self, mode: str) -> None:
        """Ask, or record a review."""
        self.mode.set_value(mode)
        self._on_mode()

    def _lay_out(self) -> None:
        self._named(
            mode=self.mode,
            question=self.question,
            on=self.on,
            supervisor=self.supervisor,
            decision=self.decision,
            agreed=self.agreed,
        )
        asked = Lines()
        asked.line("&Question", self.question)
        review = Lines()
        review.line("D&ecision", self.decision)
        review.line("&With", self.supervisor)
        review.line("&Discussed on", self.on)
        self._review.setLayout(column(review, Field("A&ctions", self.agreed), gap=12))
        self.body.addWidget(self.mode)
        self.body.addWidget(self._reasons)
        self.body.addLayout(asked)
        self.body.addWidget(self._review)

    def _supervisors(self) -> list[Option]:
        found = [user for user in self.page.users if user.active and user.role is Role.SUPERVISOR]
        return [Option(None, "Choose"), *(Option(user.id, user.name) for user in found)]

    def _prefill(self) -> None:
        """Start from what is known: the question asked before, and the supervisor it can only be."""
        facts = self.page.facts
        if facts.supervision_question:
            self.question.setPlainText(facts.supervision_question)
        supervising = self.acting.role is Role.SUPERVISOR
        if supervising:
            self.supervisor.set_value(self.acting.user_id)
        elif self.supervisor.count() == len(("Choose", "the only one")):
            self.supervisor.setCurrentIndex(1)
        asked = facts.supervision_requested_on is not None
        self.mode.set_value(REVIEW if supervising or asked else ASK)
        lines = column(PlainLabel("On the agenda"), gap=2)
        for reason in self.page.row.agenda:
            words, sentence = TRIGGER_WORDS[reason.trigger], reason.sentence
            words = sentence if sentence.startswith(words) else f"{words}: {sentence}"
            lines.addWidget(PlainLabel(words, TextRole.SECONDARY, elide=True))
        self._reasons.setLayout(lines)
        self._reasons.setVisible(bool(self.page.row.agenda))

    def _on_mode(self) -> None:
        self.say_no_more()
        self._show_mode()
        self.take_keyboard()

    def _show_mode(self) -> None:
        asking = self.mode.value() == ASK
        self._review.setVisible(not asking)
        self.save.setText("Ask for supervision" if asking else "Save review")
        asked_on = self.page.facts.supervision_requested_on
        if asking and asked_on is not None:
            self.message.show_info(
                f"Asked for on {fmt_date(asked_on, weekday=True)}. This replaces the question."
            )
        else:
            self.message.clear()
