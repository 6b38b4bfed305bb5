"""Moving a patient between the two tracks: faster at once, slower only by a supervisor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.reach_facts import Track
from collabcare.domain.tracks import ONLY_A_SUPERVISOR, TrackWords, is_another_supervisor
from collabcare.services.haste import MoveTrack
from collabcare.ui.forms.entry_form import PatientForm, refuse_at
from collabcare.ui.forms.lines import Lines
from collabcare.ui.widgets.note_edit import NoteEdit
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from collabcare.domain.acting import Acting
    from collabcare.domain.tracks import TrackAnswer
    from collabcare.queries.patient_page import PatientPage

_FASTER = "The steps of a search are then due on the days of the Prompt track, from now on."
_SLOWER = "What is recorded stays, and anything recorded later puts the search back on the Prompt track."


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
        self._named(reason=self.reason)
        slower = self.to is Track.STANDARD
        self._others_to_say = slower and not is_another_supervisor(page.facts, acting)
        words = TrackWords.STANDARD if slower else TrackWords.PROMPT
        self.body.addWidget(PlainLabel(f"To the {words}", TextRole.STRONG))
        self.body.addWidget(PlainLabel(_SLOWER if slower else _FASTER, TextRole.SECONDARY, wrap=True))
        if self._others_to_say:
            self.body.addWidget(PlainLabel(ONLY_A_SUPERVISOR, wrap=True))
        lines = Lines()
        lines.line("Reas&on", self.reason)
        self.body.addLayout(lines)
        self.start()

    def first(self) -> QWidget:
        return self.reason

    def written(self) -> tuple[object, ...]:
        return (self.reason.toPlainText(),)

    def command(self) -> MoveTrack:
        if not self.reason.text():
            refuse_at(self.reason, "Say why the track is to change.")
        if self._others_to_say:
            refuse_at(self.reason, ONLY_A_SUPERVISOR)
        return MoveTrack(episode_id=self.page.facts.episode_id, to=self.to, reason=self.reason.text())
