"""Taking a case to supervision, and recording what was decided and who does what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from collabcare.domain.acting import Role
from collabcare.domain.display import fmt_date
from collabcare.domain.ids import UserId
from collabcare.domain.triggers import TRIGGER_WORDS
from collabcare.domain.typed_dates import Direction
from collabcare.services.supervision import RecordReview, RequestSupervision, WithdrawRequest
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

ASK, REVIEW, WITHDRAW = "ask", "review", "withdraw"
_SAVES = {ASK: "Ask for supervision", REVIEW: "Save review", WITHDRAW: "Take off the agenda"}


class SupervisionForm(PatientForm):
    """Edits a :class:`RequestSupervision`, a :class:`RecordReview` or a :class:`WithdrawRequest`.

    Asked already, the question stands as it is and can be added to, or taken back with a reason.
    """

    KIND = "supervision"
    TITLE = "Supervision"
    SAVE = "Save"

    def __init__(self, page: PatientPage, acting: Acting, parent: QWidget | None = None) -> None:
        super().__init__(page, acting, parent)
        self._asked = page.facts.supervision_requested_on is not None
        self.mode = Segmented("What to record", self._modes())
        self._reasons = QWidget()
        self.question = NoteEdit("Question", placeholder="What you want to ask", lines=2)
        self.more = NoteEdit("Add to it", placeholder="What you want to ask beside that", lines=2)
        self.reason = NoteEdit("Reason", placeholder="Why it need not be discussed any more", lines=2)
        self.on = DateEdit("Discussed on", page.today, DateNeeds(direction=Direction.PAST))
        self.on.set_value(page.today)
        self.supervisor = ComboBox("Supervisor", self._supervisors())
        self.decision = NoteEdit(
            "Decision", placeholder="What was decided, even to carry on as planned", lines=3
        )
        self.agreed = ActionsEdit(page.users, page.facts.holder_id or acting.user_id, page.today)
        self._question, self._more, self._reason, self._review = (QWidget() for _ in range(4))
        self._lay_out()
        self.mode.chosen.connect(self._on_mode)
        self._prefill()
        self._show_mode()
        self.start()

    def first(self) -> QWidget:
        if self.mode.value() == WITHDRAW:
            return self.reason
        if self.mode.value() == ASK:
            return self.more if self._asked else self.question
        return self.decision

    def written(self) -> tuple[object, ...]:
        notes = (self.question, self.more, self.reason, self.decision)
        texts = (*(note.toPlainText() for note in notes), self.on.text())
        return (*texts, self.supervisor.value(), *self.agreed.written())

    def make_room(self, names: set[str]) -> None:
        while f"{ACTION_NAME}{len(self.agreed.rows) + 1}" in names:
            self.agreed.add()

    def command(self) -> RequestSupervision | RecordReview | WithdrawRequest:
        episode_id = self.page.facts.episode_id
        if self.mode.value() == ASK:
            return RequestSupervision(episode_id=episode_id, question=self._added())
        if self.mode.value() == WITHDRAW:
            if not self.reason.text():
                refuse_at(self.reason, "Write why it need not be discussed any more.")
            return WithdrawRequest(episode_id=episode_id, reason=self.reason.text())
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

    def _added(self) -> str:
        if self._asked and not self.more.text():
            refuse_at(self.more, "The case is on the agenda already. Write what to add to the question.")
        return self.more.text() if self._asked else self.question.text()

    def _modes(self) -> list[Option]:
        if not self._asked:
            return [Option(ASK, "Ask for supervision"), Option(REVIEW, "Record a review")]
        return [
            Option(ASK, "Add to the question"),
            Option(REVIEW, "Record a review"),
            Option(WITHDRAW, "No longer needed"),
        ]

    def choose_mode(self, mode: str) -> None:
        """Ask, or record a review."""
        self.mode.set_value(mode)
        self._on_mode()

    def _lay_out(self) -> None:
        self._named(
            mode=self.mode,
            question=self.question,
            more=self.more,
            reason=self.reason,
            on=self.on,
            supervisor=self.supervisor,
            decision=self.decision,
            agreed=self.agreed,
        )
        for lines, label, note in (
            (self._question, "&Question", self.question),
            (self._more, "&Add to it", self.more),
            (self._reason, "Reaso&n", self.reason),
        ):
            one = Lines()
            one.line(label, note)
            lines.setLayout(one)
        review = Lines()
        review.line("D&ecision", self.decision)
        review.line("&With", self.supervisor)
        review.line("&Discussed on", self.on)
        self._review.setLayout(column(review, Field("A&ctions", self.agreed), gap=12))
        self.body.addWidget(self.mode)
        self.body.addWidget(self._reasons)
        for lines in (self._question, self._more, self._reason, self._review):
            self.body.addWidget(lines)

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
        self.mode.set_value(REVIEW if supervising or self._asked else ASK)
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
        mode = self.mode.value()
        self._question.setVisible(mode == REVIEW or not self._asked)
        self._more.setVisible(mode == ASK and self._asked)
        self._reason.setVisible(mode == WITHDRAW)
        self._review.setVisible(mode == REVIEW)
        self.save.setText("Add to the question" if mode == ASK and self._asked else _SAVES[str(mode)])
        facts = self.page.facts
        if mode != REVIEW and facts.supervision_requested_on is not None:
            asked = f"Asked for on {fmt_date(facts.supervision_requested_on, weekday=True)}"
            question = f": {facts.supervision_question}" if facts.supervision_question else "."
            self.message.show_info(f"{asked}{question}")
        else:
            self.message.clear()
