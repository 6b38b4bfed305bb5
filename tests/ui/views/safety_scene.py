"""The Safety page of one patient under the user's hands."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar

from collabcare.domain.ids import MeasureId
from collabcare.services.measures import RecordMeasure, record_measure
from collabcare.ui.tasks import Tasks
from collabcare.ui.views.safety_view import SafetyView
from tests.builders import MONDAY, phq9
from tests.ui.inline import InlineExecutor
from tests.ui.keyboard import under_hands

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.ids import EpisodeId
    from collabcare.ui.forms.entry_form import PatientForm
    from collabcare.ui.views.plan_copy import PlanCopyPanel
    from tests.record_fixtures import Practice
    from tests.ui.scripted_prompts import ScriptedPrompts

FormT = TypeVar("FormT", bound="PatientForm")
PartT = TypeVar("PartT", bound="QWidget")


class SafetyScene:
    """One patient's Safety page for one user, with the work done at once."""

    def __init__(
        self,
        qtbot: QtBot,
        practice: Practice,
        prompts: ScriptedPrompts,
        episode: EpisodeId,
        login: str = "jo",
    ) -> None:
        self.practice, self.episode = practice, episode
        desk = practice.desk(login)
        self.tasks = Tasks(prompts, InlineExecutor())
        self.tasks.use(desk.reading)
        self.view = SafetyView(desk, self.tasks, prompts)
        self.window = under_hands(qtbot, self.view)
        self.window.resize(1180, 640)
        self.view.show_episode(episode)

    @property
    def copy(self) -> PlanCopyPanel:
        """The patient's copy."""
        assert self.view.copy is not None
        return self.view.copy

    def facts(self) -> EpisodeFacts:
        """Return what the record now holds."""
        return self.practice.facts(self.episode)

    def form(self, form: type[FormT]) -> FormT:
        """Return the form in view."""
        shown = self.view.forms.form()
        assert isinstance(shown, form), shown
        assert shown.isVisible()
        return shown

    def part(self, name: str, kind: type[PartT]) -> PartT:
        """Return the part of the page with this object name that is in view."""
        found = [part for part in self.view.findChildren(kind, name) if part.isVisible()]
        assert found, name
        return found[0]

    def offered(self) -> set[str]:
        """Return the acts that can be chosen, by their object names."""
        from PySide6.QtWidgets import QPushButton

        buttons = self.view.findChildren(QPushButton)
        return {each.objectName() for each in buttons if each.isVisible() and each.objectName()}


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
