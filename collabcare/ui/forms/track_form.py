"""Moving a patient between the two tracks: faster at once, slower only with a supervisor's agreement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.acting import Role
from collabcare.domain.ids import UserId
from collabcare.domain.reach_facts import Track
from collabcare.domain.tracks import TrackWords
from collabcare.services.haste import MoveTrack
from collabcare.ui.forms.entry_form import PatientForm, refuse_at
from collabcare.ui.forms.lines import Lines
from collabcare.ui.widgets.combo_box import ComboBox
from collabcare.ui.widgets.note_edit import NoteEdit
from collabcare.ui.widgets.option import Option
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from collabcare.domain.acting import Acting
    from collabcare.domain.tracks import TrackAnswer
    from collabcare.queries.patient_page import PatientPage

_FASTER = "The steps of a search are then due on the days of the Prompt track, from now on."
_SLOWER = (
    "Only with the agreement of a supervisor who does not hold this case. What is recorded stays, and"
    " anything recorded later puts the search back on the Prompt track."
)


class TrackForm(PatientForm):
    """Edits a :class:`MoveTrack` to the track that does not hold now."""

    KIND = "track"
    TITLE = "Move between tracks"
    SAVE = "Move"

    def __init__(
        self, page: PatientPage, acting: Acting, now: TrackAnswer, parent: QWidget | None = None
    ) -> None:
        super().__init__(page, acting, parent)
        self.to = Track.STANDARD if now.track is Track.PROMPT else Track.PROMPT
        self.reason = NoteEdit("Reason", placeholder="What makes this right now", lines=3)
        supervisors = [
            Option(user.id, user.name)
            for user in page.users
            if user.active and user.role is Role.SUPERVISOR and user.id != page.facts.holder_id
        ]
        self.agreed_by = ComboBox("Agreed by", [Option(None, "Choose"), *supervisors])
        self._named(reason=self.reason, agreed_by=self.agreed_by)
        slower = self.to is Track.STANDARD
        words = TrackWords.STANDARD if slower else TrackWords.PROMPT
        self.body.addWidget(PlainLabel(f"To the {words}", TextRole.STRONG))
        self.body.addWidget(PlainLabel(_SLOWER if slower else _FASTER, TextRole.SECONDARY, wrap=True))
        lines = Lines()
        lines.line("Reas&on", self.reason)
        if slower:
            lines.line("Agreed &by", self.agreed_by)
        self.body.addLayout(lines)
        self.start()

    def first(self) -> QWidget:
        return self.reason

    def written(self) -> tuple[object, ...]:
        return self.reason.toPlainText(), self.agreed_by.value()

    def command(self) -> MoveTrack:
        if not self.reason.text():
            refuse_at(self.reason, "Say why the track is to change.")
        agreed_by = self.agreed_by.value()
        if self.to is Track.STANDARD and agreed_by is None:
            refuse_at(self.agreed_by, "Choose the supervisor who agreed. Ask them first.")
        return MoveTrack(
            episode_id=self.page.facts.episode_id,
            to=self.to,
            reason=self.reason.text(),
            agreed_by_id=UserId(int(str(agreed_by))) if agreed_by is not None else None,
        )
