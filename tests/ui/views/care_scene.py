"""A full page about one patient under the user's hands: goals, medicines, staying well."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtWidgets import QPushButton, QWidget

from collabcare.ui.tasks import Tasks
from collabcare.ui.views.cards_page import CardsPage
from tests.builders import MONDAY
from tests.ui.inline import InlineExecutor
from tests.ui.keyboard import under_hands

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.ids import EpisodeId
    from collabcare.ui.forms.entry_form import PatientForm
    from tests.record_fixtures import Practice
    from tests.ui.scripted_prompts import ScriptedPrompts

ViewT = TypeVar("ViewT", bound=CardsPage)
FormT = TypeVar("FormT", bound="PatientForm")


class CareScene(Generic[ViewT]):
    """One patient's page for one user, with the work done at once."""

    def __init__(self, view: ViewT, practice: Practice, episode: EpisodeId) -> None:
        self.view, self.practice, self.episode = view, practice, episode

    def facts(self) -> EpisodeFacts:
        """Return what the record now holds."""
        return self.practice.facts(self.episode)

    def form(self, form: type[FormT]) -> FormT:
        """Return the form in view."""
        shown = self.view.forms.form()
        assert isinstance(shown, form), shown
        assert shown.isVisible()
        return shown

    def button(self, name: str) -> QPushButton:
        """Return the button in view with this object name."""
        found = [each for each in self.view.findChildren(QPushButton, name) if each.isVisible()]
        assert found, name
        return found[0]

    def offered(self) -> set[str]:
        """Return the acts that can be chosen, by their object names."""
        buttons = self.view.findChildren(QPushButton)
        return {each.objectName() for each in buttons if each.isVisible() and each.objectName()}

    def part(self, name: str) -> QWidget:
        """Return the part in view with this object name."""
        found = [part for part in self.view.findChildren(QWidget, name) if part.isVisible()]
        assert found, name
        return found[0]

    def said(self) -> str:
        """Return what came of the last act."""
        return self.view.message.text()


def care_scene(
    view: type[ViewT],
    qtbot: QtBot,
    practice: Practice,
    prompts: ScriptedPrompts,
    episode: EpisodeId | None = None,
    *,
    login: str = "jo",
) -> CareScene[ViewT]:
    """Show this page of a patient who was seen once, a week after; the keyboard is on its first act."""
    if episode is None:
        episode = practice.refer("A")
        practice.on(MONDAY + timedelta(weeks=1))
    desk = practice.desk(login)
    tasks = Tasks(prompts, InlineExecutor())
    tasks.use(desk.reading)
    made = view(desk, tasks, prompts)
    window = under_hands(qtbot, made)
    window.resize(1180, 700)
    made.show_episode(episode)
    made.take_keyboard()
    return CareScene(made, practice, episode)
