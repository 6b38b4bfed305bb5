"""Work that may take long is stopped midway in the real window: nothing is half done, and it says so."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING

import pytest
from PySide6.QtTest import QTest
from sqlalchemy import func, select

from collabcare import bootstrap
from collabcare.clock import SteadyClock
from collabcare.domain.calendar import LONDON
from collabcare.domain.caseload_filters import Whose
from collabcare.settings import Settings
from collabcare.store.models import AuditEntry, Episode, Letter
from collabcare.ui.pages import PageName, Place
from collabcare.ui.shell import Shell
from collabcare.ui.theme import ThemeName, apply_theme
from collabcare.ui.views.caseload_cards import ExportCard, ReassignCard
from collabcare.ui.views.letters_card import LettersCard
from collabcare.ui.views.loop_view import LoopView
from collabcare.ui.views.reminders_view import RemindersView
from collabcare.ui.widgets.busy_strip import PATIENCE_MS as BUSY_MS
from collabcare.ui.widgets.count_strip import PATIENCE_MS
from tests.demo_record import DEMO_TODAY, copied
from tests.ui.midway import MidwayExecutor
from tests.ui.scripted_prompts import ScriptedPrompts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from collabcare.demo.build import DemoRecord
    from collabcare.ui.main_window import MainWindow

NOTHING_SAVED = "Stopped. No file was saved."


class Scene:
    """The real window over the demo, in which Cancel can be pressed at any piece of the work."""

    def __init__(self, record: DemoRecord, folder: Path) -> None:
        self.folder = folder
        self.executor, self.prompts = MidwayExecutor(), ScriptedPrompts()
        doors = bootstrap.desktop_doors(SteadyClock(datetime.combine(DEMO_TODAY, time(9, 30), LONDON)))
        settings = Settings(path=folder / "settings.toml", theme="light")
        self.shell = Shell(doors, settings, self.prompts, self.executor)
        login, password, _role = record.sign_ins[0]
        self.shell.open(record.path, login)
        card = self.shell.sign_in_window.card
        card.password.setText(password)
        card.try_to_sign_in()
        self.window.resize(1366, 768)
        QTest.qWaitForWindowActive(self.window)

    @property
    def window(self) -> MainWindow:
        """The main window."""
        assert self.shell.main_window is not None
        return self.shell.main_window

    def stop(self, at: int) -> None:
        """Press Cancel in the strip once so many pieces of the next work are done."""
        self.executor.stop(at, self.press_cancel)

    def press_cancel(self) -> None:
        """Press it in the strip as it is once the work has gone on for a second."""
        self.window.counts.look()
        self.window.counts.show()
        self.window.counts.cancel.click()

    def all_chosen(self, act: str) -> object:
        """Choose everybody's patients, and unfold the card of a task for them."""
        view = self.window.work.caseload
        self.window.act("show_caseload")
        view.asking.show_everybody()
        view.whose.set_value(Whose.EVERYONES)
        view.asking.apply()
        view.table.selectAll()
        view.bulk.do(act)
        return view.side.card

    def loop(self) -> LoopView:
        """Show the report on reaching people again."""
        self.window.work.go(Place(PageName.LOOP))
        page = self.window.work.page
        assert isinstance(page, LoopView)
        page.whose.set_value("service")
        page.reload()
        return page

    def kept(self) -> tuple[object, ...]:
        """Return what would be different had anything been done, and the files there are."""
        with self.window.desk.reading() as session:
            holders = session.execute(select(Episode.id, Episode.holder_id)).all()
            counts = [session.scalar(select(func.count()).select_from(of)) for of in (AuditEntry, Letter)]
        return (*holders, *counts, *sorted(each.name for each in self.folder.iterdir()))

    def said(self) -> str:
        """Return what stands at the foot of the window."""
        return self.window.statusBar().currentMessage()


@pytest.fixture(scope="module")
def opened(
    qapp: QApplication, built_demo: DemoRecord, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Scene]:
    """One window for all of them: whatever is stopped changes nothing."""
    apply_theme(qapp, ThemeName.LIGHT)
    made = Scene(copied(built_demo, tmp_path_factory.mktemp("record")), tmp_path_factory.mktemp("files"))
    made.window.hide()
    yield made
    made.shell.shut()


@pytest.fixture
def scene(opened: Scene) -> Iterator[Scene]:
    """Bring the window on screen for one test."""
    opened.window.show()
    opened.window.counts.look()
    QTest.qWaitForWindowActive(opened.window)
    yield opened
    opened.window.hide()


def test_reassigning_is_stopped_and_nobody_is_handed_on(scene: Scene) -> None:
    card = scene.all_chosen("reassign")
    assert isinstance(card, ReassignCard)
    card.to.setCurrentIndex(1)
    card.why.setText("On leave")
    before = scene.kept()
    scene.stop(at=20)
    card.do()
    assert 20 <= scene.executor.stopped_at < len(card.meant())
    assert card.message.text() == "Stopped. Nobody was handed on."
    assert card.act.isEnabled()
    assert scene.kept() == before


def test_an_export_is_stopped_and_no_file_is_left(scene: Scene) -> None:
    card = scene.all_chosen("export")
    assert isinstance(card, ExportCard)
    before = scene.kept()
    scene.prompts.answers.append(scene.folder / "caseload.csv")
    scene.stop(at=20)
    card.do()
    assert scene.executor.stopped_at >= 20
    assert card.message.text() == NOTHING_SAVED
    assert scene.kept() == before


def test_printing_is_stopped_and_no_file_is_left(scene: Scene) -> None:
    before = scene.kept()
    scene.prompts.answers.append(scene.folder / "summary.pdf")
    scene.stop(at=20)
    scene.all_chosen("print")
    assert scene.executor.stopped_at >= 20
    assert scene.said() == "Stopped. No summary was saved."
    assert scene.kept() == before


@pytest.mark.parametrize("button", ["pages", "share", "sheet"])
def test_the_report_on_reaching_is_stopped_and_no_file_is_left(scene: Scene, button: str) -> None:
    page = scene.loop()
    before = scene.kept()
    scene.prompts.answers.append(scene.folder / "report")
    scene.stop(at=1)
    getattr(page, button).click()
    assert scene.executor.stopped_at >= 1
    assert page.message.text() == NOTHING_SAVED
    assert scene.kept() == before


@pytest.mark.parametrize("button", ["pages", "sheet"])
def test_the_reminders_are_stopped_and_no_file_is_left(scene: Scene, button: str) -> None:
    scene.window.work.go(Place(PageName.REMINDERS))
    page = scene.window.work.page
    assert isinstance(page, RemindersView)
    page.whose.set_value("everyone's")
    page.reload()
    before = scene.kept()
    scene.prompts.answers.append(scene.folder / "reminders")
    scene.stop(at=1)
    getattr(page, button).click()
    assert scene.executor.stopped_at >= 1
    assert page.message.text() == NOTHING_SAVED
    assert scene.kept() == before


def test_counting_the_loop_is_stopped_and_what_was_counted_before_is_shown(scene: Scene) -> None:
    page = scene.loop()
    report = page.report
    assert report is not None
    scene.stop(at=0)
    page.reload()
    assert page.message.text() == f"Stopped. Shown as before: {report.stamp} F5 counts again."
    assert page.report is report
    assert page.unread.said == "", "what the user stops is not what could not be read"
    page.reload()
    assert page.message.text() == ""
    assert page.report is not report


def test_reading_the_caseload_is_stopped_and_the_rows_stay(scene: Scene) -> None:
    caseload = scene.window.work.open_caseload
    rows = caseload.rows
    scene.stop(at=0)
    scene.window.act("refresh")
    assert caseload.rows is rows
    assert scene.said().startswith("Stopped. The patients are shown as they were read before.")
    assert not caseload.failed
    assert scene.window.work.today.unread.said == scene.window.work.caseload.unread.said == ""
    scene.window.act("refresh")
    assert caseload.rows is not rows


def test_long_reading_shows_it_is_busy_then_a_bar_that_can_be_cancelled(scene: Scene, qtbot: QtBot) -> None:
    window = scene.window
    scene.executor.holding = True
    window.act("refresh")
    assert not window.busy.isVisible()
    assert not window.counts.isVisible()
    qtbot.waitUntil(window.busy.isVisible, timeout=3 * BUSY_MS)
    qtbot.waitUntil(window.counts.isVisible, timeout=3 * PATIENCE_MS)
    assert window.counts.words.whole_text() == "Reading patients"
    assert window.counts.cancel.isEnabled()
    scene.executor.let_go()
    qtbot.waitUntil(lambda: not window.counts.isVisible())
    qtbot.waitUntil(lambda: not window.busy.isVisible())


def test_letters_are_stopped_and_those_that_were_issued_are_whole(scene: Scene) -> None:
    scene.all_chosen("preview")
    view = scene.window.work.caseload
    view.bulk.write_letters(view.model.shown[:9])
    card = view.side.card
    assert isinstance(card, LettersCard)
    card.kind.set_value("gp_review")
    card.do()
    ready = len(card.ready)
    assert ready > 2
    scene.prompts.answers.append(scene.folder / "letters.pdf")
    before = scene.kept()
    scene.shell.tasks.changed.connect(scene.press_cancel)
    card.do()
    scene.shell.tasks.changed.disconnect(scene.press_cancel)
    assert card.message.text().startswith("1 letter issued.")
    assert card.message.text().endswith(f"{ready - 1} not issued.")
    assert not set(scene.kept()) >= set(before)
    assert [each.name for each in scene.folder.glob("*.pdf")] == ["letters-01.pdf"]
