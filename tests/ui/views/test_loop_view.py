"""The report on the caseload, by keyboard: the numbers, the days, who is sought, and what is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from collabcare.domain.codes import ClosureReason
from collabcare.domain.periods import LastWhile
from collabcare.domain.reengagement import AttemptOutcome
from collabcare.ui.models.open_caseload import OpenCaseload
from collabcare.ui.tasks import Tasks
from collabcare.ui.views.loop_view import LoopView
from collabcare.ui.views.period_choice import OWN
from collabcare.ui.widgets.chip import Chip
from tests.builders import day
from tests.queries.test_loop import call, end_care
from tests.ui.accessibility import nameless, tab_walk
from tests.ui.inline import InlineExecutor
from tests.ui.keyboard import give_keyboard, here, press, under_hands, write
from tests.ui.scripted_prompts import ScriptedPrompts
from tests.ui.views.patient_scene import words

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from collabcare.domain.ids import EpisodeId
    from tests.record_fixtures import Practice


class Scene:
    """The page for one user over a practice, a fortnight on: Jo's are missing, reached; Sam's is missing."""

    def __init__(self, qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts, login: str = "jo") -> None:
        self.practice, self.qtbot = practice, qtbot
        self.missing = practice.refer("D", surname="Missing")
        self.reached = practice.refer("D", surname="Reached")
        practice.refer("A P", surname="Sams", holder_id=practice.user("sam"))
        practice.on(day(2))
        call(practice, self.reached, AttemptOutcome.SPOKE)
        practice.on(day(20))
        desk = practice.desk(login)
        self.tasks = Tasks(prompts, InlineExecutor())
        self.tasks.use(desk.reading)
        self.caseload = OpenCaseload(desk, self.tasks)
        self.caseload.reload()
        self.view = LoopView(desk, self.tasks, prompts, self.caseload)
        self.window = under_hands(qtbot, self.view)
        self.window.resize(1180, 640)
        self.view.take_keyboard()
        self.asked: list[tuple[EpisodeId, str]] = []
        self.view.patient_requested.connect(lambda *asked: self.asked.append(asked))

    def cells(self, table: str) -> list[list[str]]:
        """Return what a table shows, top to bottom."""
        model = self.view.tables[table].model_of
        return [
            [str(model.index(row, column).data()) for column in range(model.columnCount())]
            for row in range(model.rowCount())
        ]

    def right(self, times: int) -> None:
        """Go along the chips that choose a table."""
        give_keyboard(self.qtbot, self.view.which)
        press(*[Qt.Key.Key_Right] * times)


@pytest.fixture
def scene(qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts) -> Scene:
    return Scene(qtbot, practice, prompts)


def test_it_begins_with_ones_own_patients_of_three_months(scene: Scene) -> None:
    view = scene.view
    assert (view.whose.value(), view.period.value()) == ("mine", LastWhile.QUARTER)
    assert view.stamp.whole_text() == "Jo Smith, 26-Oct-2025 to 25-Jan-2026. Data as at 25-Jan-2026."
    assert view.sentence.whole_text().startswith(
        "2 open patients. In contact in these days: 1 of 2 (50%). 2 missed appointments of 2 people."
        " Reached: 1 of 2 (50%). Seen within 15 days of the first attempt:"
    )
    assert scene.cells("summary")[3][:2] == ["Reached, or in touch themselves", "1 of 2 (50%)"]
    assert here() is view.tables["caseload"]


def test_the_whole_service_has_a_line_for_each_practitioner(scene: Scene) -> None:
    give_keyboard(scene.qtbot, scene.view.whose)
    press(Qt.Key.Key_Right)
    assert scene.view.whose.value() == "service"
    assert "Whole service" in scene.view.stamp.whole_text()
    scene.right(7)
    assert scene.view.which.value() == "practitioners"
    assert [line[:4] for line in scene.cells("practitioners")] == [
        ["Jo Smith", "2", "0 of 2 (0%)", "1 of 2 (50%)"],
        ["Sam Brown", "0", "none", "none"],
    ]
    assert scene.cells("practitioners")[1][5] == "1 of 2 (50%)"


def test_one_practitioner_alone_is_told_where_the_others_are(scene: Scene) -> None:
    scene.right(7)
    assert "Choose Whole service" in words(scene.view)


def test_who_is_sought_is_opened_with_enter(scene: Scene) -> None:
    scene.right(8)
    assert scene.view.which.value() == "sought"
    ((who, since, days, attempts, last, *_rest),) = scene.cells("sought")
    assert (who, since, days, attempts, last) == ("MISSING, Ngozi (Ms)", "05-Jan-2026", "20", "0", "None yet")
    scene.view.take_keyboard()
    assert here() is scene.view.tables["sought"]
    press(Qt.Key.Key_Return)
    assert scene.asked == [(scene.missing, "")]
    assert "Still sought  1" in [chip.text() for chip in scene.view.which.findChildren(Chip)]


def test_who_may_come_straight_back_is_listed_and_opened_with_enter(scene: Scene) -> None:
    scene.right(9)
    press(Qt.Key.Key_Down)  # the last chip stands on a second line here
    assert scene.view.which.value() == "returning"
    assert "Nobody whose care ended in these days is open to return." in words(scene.view)
    end_care(scene.practice, scene.reached, ClosureReason.TREATMENT_COMPLETED)
    scene.caseload.reload()
    ((who, ended, days, why, until, holder),) = scene.cells("returning")
    assert (who, ended, days) == ("REACHED, Ngozi (Ms)", "25-Jan-2026", "0")
    assert (why, until, holder) == ("Treatment completed", "25-Jan-2027", "Jo Smith")
    assert scene.cells("ended")[0][1] == "1"
    scene.view.take_keyboard()
    press(Qt.Key.Key_Return)
    assert scene.asked == [(scene.reached, "")]
    assert "Open to return  1" in [chip.text() for chip in scene.view.which.findChildren(Chip)]


def test_a_line_of_numbers_opens_nobody(scene: Scene) -> None:
    press(Qt.Key.Key_Return)
    assert scene.asked == []


def test_a_screen_reader_hears_dates_in_full(scene: Scene) -> None:
    scene.right(8)
    model = scene.view.tables["sought"].model_of
    assert model.index(0, 1).data(Qt.ItemDataRole.AccessibleTextRole) == "05 January 2026" or (
        model.index(0, 1).data(Qt.ItemDataRole.AccessibleTextRole) == "5 January 2026"
    )


def own_dates(scene: Scene, first: str, last: str) -> None:
    """Choose two days of one's own, by keyboard."""
    give_keyboard(scene.qtbot, scene.view.period)
    press(Qt.Key.Key_End, Qt.Key.Key_Return)
    scene.view.period.activated.emit(scene.view.period.currentIndex())
    assert scene.view.period.value() == OWN
    for edit, text in ((scene.view.period.first, first), (scene.view.period.last, last)):
        give_keyboard(scene.qtbot, edit)
        press(Qt.Key.Key_A, ctrl=True)
        write(text)


def test_two_days_of_ones_own(scene: Scene) -> None:
    own_dates(scene, "6/1/2026", "25/1/2026")
    assert "06-Jan-2026 to 25-Jan-2026" in scene.view.stamp.whole_text()
    assert scene.view.sentence.whole_text().endswith(" No appointment was missed.")
    scene.right(5)
    assert "Nobody was reached in these days." in words(scene.view)


def test_days_that_are_no_period_are_said_and_the_last_report_stays(scene: Scene) -> None:
    own_dates(scene, "20/1/2026", "6/1/2026")
    assert scene.view.message.text() == "The period ends before it begins. Check the two dates."
    own_dates(scene, "6/1/2026", "x")
    assert scene.view.message.text().startswith("Not a date.")
    own_dates(scene, "6/1/2026", " ")
    assert scene.view.message.text().startswith("Last day: write a date")
    own_dates(scene, "6/1/2026", "7/1/2026")
    assert scene.view.message.text() == ""


def test_what_happens_meanwhile_is_counted(scene: Scene) -> None:
    call(scene.practice, scene.missing, AttemptOutcome.SPOKE)
    scene.caseload.reload()
    assert scene.cells("summary")[3][1] == "2 of 2 (100%)"
    scene.right(8)
    assert "Nobody is being sought." in words(scene.view)


@pytest.mark.parametrize("button", ["pages", "share"])
def test_pages_are_saved_where_the_user_says(
    qtbot: QtBot, practice: Practice, tmp_path: Path, button: str
) -> None:
    to = tmp_path / "report.pdf"
    scene = Scene(qtbot, practice, ScriptedPrompts(to))
    give_keyboard(qtbot, getattr(scene.view, button))
    press(Qt.Key.Key_Space)
    assert to.read_bytes().startswith(b"%PDF")
    assert scene.view.message.text() == "Saved as report.pdf."


@pytest.mark.parametrize(("steps", "names_them"), [(0, False), (8, True)], ids=["numbers", "who is sought"])
def test_the_sheet_is_of_the_table_on_show(
    qtbot: QtBot, practice: Practice, tmp_path: Path, steps: int, names_them: bool
) -> None:
    to = tmp_path / "report.csv"
    scene = Scene(qtbot, practice, ScriptedPrompts(to))
    scene.right(steps)
    give_keyboard(qtbot, scene.view.sheet)
    press(Qt.Key.Key_Space)
    text = to.read_text("utf-8-sig")
    assert "Report on the caseload" in text.splitlines()[0]
    assert ("MISSING" in text) is names_them


def test_thinking_better_of_it_writes_nothing(qtbot: QtBot, practice: Practice) -> None:
    scene = Scene(qtbot, practice, ScriptedPrompts(None))
    give_keyboard(qtbot, scene.view.pages)
    press(Qt.Key.Key_Space)
    assert scene.view.message.text() == ""


def test_a_place_that_cannot_be_written_is_said(qtbot: QtBot, practice: Practice, tmp_path: Path) -> None:
    scene = Scene(qtbot, practice, ScriptedPrompts(tmp_path / "nowhere" / "report.pdf"))
    give_keyboard(qtbot, scene.view.pages)
    press(Qt.Key.Key_Space)
    assert "could not write report.pdf" in scene.view.message.text()


def test_a_reader_is_offered_no_sheet(qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts) -> None:
    scene = Scene(qtbot, practice, prompts, "rita")
    assert scene.view.whose.value() == "service"
    assert scene.view.pages.isVisible()
    assert not scene.view.sheet.isVisible()


def test_everything_has_a_name_and_tab_goes_round(scene: Scene) -> None:
    for steps in (0, 8):
        scene.right(steps)
        assert nameless(scene.view) == []
        give_keyboard(scene.qtbot, scene.view.back)
        stops = tab_walk(scene.window)
        assert scene.view.period in stops
        assert any(stop in stops for stop in scene.view.tables.values())


def test_columns_are_ordered_by_size_where_a_user_may(scene: Scene) -> None:
    give_keyboard(scene.qtbot, scene.view.whose)
    press(Qt.Key.Key_Right)
    table = scene.view.tables["practitioners"]
    for column in range(table.model_of.columnCount()):
        table.sortByColumn(column, Qt.SortOrder.DescendingOrder)
        assert table.model_of.rowCount() == 2
    table.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    assert [line[0] for line in scene.cells("practitioners")] == ["Sam Brown", "Jo Smith"]
    assert not scene.view.tables["caseload"].isSortingEnabled()
