"""The caseload's page over a practice of five patients, worked as a user would."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from collabcare.ui.models.open_caseload import OpenCaseload
from collabcare.ui.views.caseload_view import CaseloadView
from tests.builders import MONDAY
from tests.ui.keyboard import under_hands
from tests.ui.scripted_prompts import ScriptedPrompts

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from collabcare.ui.tasks import Tasks
    from tests.record_fixtures import Practice


def five_patients(practice: Practice) -> None:
    """Refer five patients ten weeks ago: two of Jo's are lost, one missed, one waits, one is Sam's."""
    practice.refer("A", surname="Ash", preferred_name="Ashley")
    practice.refer("A", surname="birch")
    practice.refer("AD", surname="Cedar")
    practice.refer("A", surname="Elm", holder_id=practice.user("sam"))
    practice.on(MONDAY + timedelta(days=70))
    practice.refer("", surname="Dale", received_on=practice.today)


class Scene:
    """The caseload of one user over a practice."""

    def __init__(
        self,
        qtbot: QtBot,
        practice: Practice,
        tasks: Tasks,
        login: str = "jo",
        prompts: ScriptedPrompts | None = None,
    ) -> None:
        desk = practice.desk(login)
        self.prompts = prompts or ScriptedPrompts()
        self.caseload = OpenCaseload(desk, tasks)
        self.view = CaseloadView(desk, tasks, self.prompts, self.caseload)
        self.said: list[str] = []
        self.view.said.connect(self.said.append)
        window = under_hands(qtbot, self.view)
        window.resize(1366 - 184, 700)
        self.view.go_on()
        self.caseload.reload()

    def names(self) -> list[str]:
        """Return the surnames on show, in order."""
        return [row.facts.patient.surname for row in self.view.model.shown]

    def columns(self) -> list[str]:
        """Return the ids of the columns on show, from left to right."""
        head = self.view.table.horizontalHeader()
        places = sorted(range(head.count()), key=head.visualIndex)
        return [self.view.model.columns[n].id for n in places if not self.view.table.isColumnHidden(n)]

    def place(self, column_id: str) -> int:
        """Return where a column stands in the model."""
        return [each.id for each in self.view.model.columns].index(column_id)


def choose(scene: Scene, whose: str, which: str = "all") -> None:
    """Press two chips."""
    scene.view.whose.set_value(whose)
    scene.view.filters.set_value(which)
    scene.view.filters.chosen.emit(which)
