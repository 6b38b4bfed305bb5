"""Proposing a change of care, with the service it hands over to, and recording what that service said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from collabcare.domain.plan_facts import ProposalKind
from collabcare.domain.supervision_news import PROPOSAL_WORDS
from collabcare.domain.typed_dates import Direction
from collabcare.services.proposals import AnswerHandover, Propose
from collabcare.ui.forms.choice_grid import ChoiceGrid
from collabcare.ui.forms.entry_form import PatientForm, needed_day, refuse_at
from collabcare.ui.widgets.date_edit import DateEdit, DateNeeds
from collabcare.ui.widgets.field import Field
from collabcare.ui.widgets.line_edit import LineEdit
from collabcare.ui.widgets.note_edit import NoteEdit
from collabcare.ui.widgets.option import Option
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from collabcare.domain.acting import Acting
    from collabcare.domain.plan_facts import ProposalFact
    from collabcare.queries.patient_page import PatientPage

_KINDS = (ProposalKind.STEP_UP, ProposalKind.STEP_DOWN, ProposalKind.DISCHARGE)


class ProposeForm(PatientForm):
    """Edits a :class:`Propose`."""

    KIND = "propose"
    TITLE = "Propose a change of care"
    SAVE = "Propose"

    def __init__(self, page: PatientPage, acting: Acting, parent: QWidget | None = None) -> None:
        super().__init__(page, acting, parent)
        self.kind = ChoiceGrid("What is proposed", [Option(each, PROPOSAL_WORDS[each]) for each in _KINDS])
        self.to_service = LineEdit("Service that takes over")
        self.reason = NoteEdit(
            "Why", placeholder="Whoever decides and whoever takes over will read it", lines=3
        )
        self._named(kind=self.kind, to_service=self.to_service, reason=self.reason)
        hint = "Left empty when nobody else takes over. Until they accept, the patient stays ours."
        for part in (
            self.kind,
            Field("Service that &takes over", self.to_service, hint=hint),
            Field("Wh&y", self.reason),
            PlainLabel("Another person signs it off in supervision.", TextRole.SECONDARY, wrap=True),
        ):
            self.body.addWidget(part)
        self.start()

    def first(self) -> QWidget:
        return self.kind

    def written(self) -> tuple[object, ...]:
        return self.kind.value(), self.to_service.text(), self.reason.toPlainText()

    def command(self) -> Propose:
        kind = self.kind.value()
        if not isinstance(kind, ProposalKind):
            refuse_at(self.kind, "Choose what is proposed: keys 1 to 3.")
        if not self.reason.text().strip():
            refuse_at(self.reason, "Say why you propose this: whoever decides and takes over will read it.")
        return Propose(
            episode_id=self.page.facts.episode_id,
            kind=kind,
            reason=self.reason.text(),
            to_service=self.to_service.text(),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverAnswer:
    """What the other service said, and when."""

    accepted: bool
    answer: AnswerHandover


class AnswerForm(PatientForm):
    """Edits a :class:`HandoverAnswer`, which whoever opens it says to be a yes or a no."""

    KIND = "handover_answer"
    TITLE = "What the other service said"

    def __init__(
        self,
        page: PatientPage,
        acting: Acting,
        proposal: ProposalFact,
        *,
        accepted: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(page, acting, parent)
        self._proposal, self._accepted = proposal, accepted
        self.on = DateEdit("Answered on", page.today, DateNeeds(direction=Direction.PAST))
        self.on.set_value(page.today)
        self._named(on=self.on)
        said = "accepted" if accepted else "did not accept"
        self.body.addWidget(PlainLabel(f"{proposal.to_service} {said}", TextRole.STRONG, wrap=True))
        self.body.addWidget(Field("&Answered on", self.on))
        self.start()

    def first(self) -> QWidget:
        return self.on

    def written(self) -> tuple[object, ...]:
        return (self.on.text(),)

    def command(self) -> HandoverAnswer:
        answer = AnswerHandover(
            proposal_id=self._proposal.id, seen=self._proposal.row_version, on=needed_day(self.on)
        )
        return HandoverAnswer(accepted=self._accepted, answer=answer)
