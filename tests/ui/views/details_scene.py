"""The Details and the People page of one patient under the user's hands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from collabcare.ui.tasks import Tasks
from collabcare.ui.views.cards_page import CardsPage
from tests.ui.inline import InlineExecutor
from tests.ui.keyboard import under_hands

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.ids import EpisodeId
    from collabcare.ui.forms.entry_form import PatientForm
    from tests.record_fixtures import Practice
    from tests.ui.scripted_prompts import ScriptedPrompts

ViewT = TypeVar("ViewT", bound=CardsPage)
FormT = TypeVar("FormT", bound="PatientForm")
PartT = TypeVar("PartT", bound="QWidget")


class CardsScene(Generic[ViewT]):
    """One patient's page of cards for one user, with the work done at once."""

    def __init__(  # noqa: PLR0917 - the fixtures of a test, in the order of every scene
        self,
        qtbot: QtBot,
        practice: Practice,
        prompts: ScriptedPrompts,
        view: type[ViewT],
        episode: EpisodeId,
        login: str = "jo",
    ) -> None:
        self.practice, self.episode = practice, episode
        desk = practice.desk(login)
        self.tasks = Tasks(prompts, InlineExecutor())
        self.tasks.use(desk.reading)
        self.view = view(desk, self.tasks, prompts)
        self.window = under_hands(qtbot, self.view)
        self.window.resize(1180, 760)
        self.view.show_episode(episode)

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
