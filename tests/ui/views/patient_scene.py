"""A patient's page under the user's hands."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from collabcare.ui.tasks import Tasks
from collabcare.ui.views.patient_view import PatientView
from tests.builders import MONDAY
from tests.ui.inline import InlineExecutor
from tests.ui.keyboard import press, under_hands

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.ids import EpisodeId
    from collabcare.ui.forms.contact_form import ContactForm
    from collabcare.ui.forms.entry_form import PatientForm
    from tests.record_fixtures import Practice
    from tests.ui.scripted_prompts import ScriptedPrompts

FormT = TypeVar("FormT", bound="PatientForm")
PartT = TypeVar("PartT", bound=QWidget)


class PatientScene:
    """One patient's page for one user, with the work done at once."""

    def __init__(
        self,
        qtbot: QtBot,
        practice: Practice,
        prompts: ScriptedPrompts,
        episode: EpisodeId,
        login: str = "jo",
        *,
        executor: InlineExecutor | None = None,
    ) -> None:
        self.practice, self.episode = practice, episode
        desk = practice.desk(login)
        self.tasks = Tasks(prompts, executor or InlineExecutor())
        self.tasks.use(desk.reading)
        self.view = PatientView(desk, self.tasks, prompts)
        self.window = under_hands(qtbot, self.view)
        self.window.resize(1400, 900)
        self.view.show_episode(episode)

    def compose(self, kind: str, form: type[FormT]) -> FormT:
        """Open a form and return it."""
        self.view.compose(kind)
        return self.form(form)

    def form(self, form: type[FormT]) -> FormT:
        """Return the form in view."""
        shown = self.view.composer.form()
        assert isinstance(shown, form), shown
        assert shown.isVisible()
        return shown

    def said(self) -> str:
        """Return what the composer says."""
        return self.view.composer.message.text()

    def facts(self) -> EpisodeFacts:
        """Return what the record now holds."""
        return self.practice.facts(self.episode)

    def part(self, name: str, kind: type[PartT]) -> PartT:
        """Return the part of the page with this object name that is in view."""
        found = [part for part in self.view.findChildren(kind, name) if part.isVisible()]
        assert found, name
        return found[0]


def think(form: ContactForm) -> None:
    """Answer each thing to think about when somebody did not attend, by its digit."""
    while (asked := form.missed.first()) is not None:
        asked.setFocus()
        press(Qt.Key.Key_1)


def words(widget: QWidget) -> str:
    """Return everything a widget shows in labels, in one text."""
    shown = [
        label for label in widget.findChildren(QWidget) if hasattr(label, "whole_text") and label.isVisible()
    ]
    return "\n".join(label.whole_text() for label in shown)


def scene_of(
    qtbot: QtBot,
    practice: Practice,
    prompts: ScriptedPrompts,
    history: str = "A",
    login: str = "jo",
    *,
    executor: InlineExecutor | None = None,
) -> PatientScene:
    """Show a patient with this history, a week after its last letter."""
    episode = practice.refer(history)
    practice.on(MONDAY + timedelta(weeks=len(history)))
    return PatientScene(qtbot, practice, prompts, episode, login, executor=executor)
