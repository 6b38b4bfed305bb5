"""The Safety page of one patient under the user's hands."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from collabcare.domain.ids import MeasureId
from collabcare.services.measures import RecordMeasure, record_measure
from collabcare.ui.views.safety_view import SafetyView
from tests.builders import MONDAY, phq9
from tests.ui.views.details_scene import CardsScene

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from collabcare.domain.ids import EpisodeId
    from collabcare.ui.views.plan_copy import PlanCopyPanel
    from tests.record_fixtures import Practice
    from tests.ui.scripted_prompts import ScriptedPrompts


class SafetyScene(CardsScene[SafetyView]):
    """One patient's Safety page for one user, with the work done at once."""

    def __init__(
        self,
        qtbot: QtBot,
        practice: Practice,
        prompts: ScriptedPrompts,
        episode: EpisodeId,
        login: str = "jo",
    ) -> None:
        super().__init__(qtbot, practice, prompts, SafetyView, episode, login)
        self.window.resize(1180, 640)

    @property
    def copy(self) -> PlanCopyPanel:
        """The patient's copy."""
        assert self.view.copy is not None
        return self.view.copy


def item_nine(practice: Practice, episode: EpisodeId, answer: int | None = 1) -> MeasureId:
    """Let a PHQ-9 be filled in today with this answer to its last item."""
    command = RecordMeasure(
        episode_id=episode, taken_on=practice.today, answers=(1, 1, 1, 1, 1, 1, 1, 1, answer)
    )
    made = record_measure(command, practice.uow(), phq9()).made
    assert made is not None
    return MeasureId(made)


def referred(practice: Practice, history: str = "A") -> EpisodeId:
    """Return a patient with this history, a week after its last letter."""
    episode = practice.refer(history)
    practice.on(MONDAY + timedelta(weeks=len(history)))
    return episode
