"""From somebody who cannot be reached to care ended, through the real main window and by two people."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from collabcare.domain.codes import ClosureReason
from collabcare.domain.episode import Phase
from collabcare.services.letters import IssueLetter, issue_letter
from collabcare.ui.forms.close_form import CloseForm
from collabcare.ui.forms.close_unreached_form import CloseUnreachedForm
from collabcare.ui.main_window import MainWindow
from collabcare.ui.tasks import Tasks
from collabcare.ui.theme import ThemeName, apply_theme
from collabcare.ui.views.ending_view import EndingView
from tests.journeys.hands import whole
from tests.services.searching import READY, discuss, searched
from tests.ui.inline import InlineExecutor
from tests.ui.keyboard import press, write
from tests.ui.views.test_ending_view import Scene, fill_the_parts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication

    from collabcare.domain.ids import EpisodeId
    from collabcare.settings import Settings
    from tests.record_fixtures import Practice
    from tests.ui.scripted_prompts import ScriptedPrompts


class EndingPage(Scene):
    """The Ending page of one patient in the main window of whoever signed in."""

    def __init__(self, window: MainWindow, practice: Practice, episode: EpisodeId) -> None:
        self.practice, self.episode = practice, episode
        window.work.show_patient(episode)
        window.act("end_care")
        view = window.work.currentWidget()
        assert isinstance(view, EndingView)
        self.view = view


@pytest.fixture
def episode(practice: Practice) -> EpisodeId:
    """Return the episode of somebody sought in vain, talked over, the GP told by letter."""
    episode = searched(practice)
    practice.on(READY)
    discuss(practice, episode)
    issue_letter(IssueLetter(episode_id=episode, kind="gp_closing_unreached"), practice.desk())
    return episode


@pytest.fixture
def windows(
    qapp: QApplication,
    practice: Practice,
    episode: EpisodeId,
    settings: Settings,
    prompts: ScriptedPrompts,
) -> Iterator[dict[str, MainWindow]]:
    """Return the main windows of the practitioner of this episode and of the supervisor, neither in view."""
    apply_theme(qapp, ThemeName.LIGHT)
    made, running = {}, []
    for login in ("jo", "amina"):
        desk, tasks = practice.desk(login), Tasks(prompts, InlineExecutor())
        tasks.use(desk.reading)
        made[login] = window = whole(MainWindow(desk, tasks, prompts, settings))
        window.resize(1366, 768)
        window.show()
        window.go_on()
        window.work.show_patient(episode)
        window.act("end_care")
        window.hide()
        running.append(tasks)
    yield made
    for window in made.values():
        window.hide()
        window.deleteLater()
    for tasks in running:
        tasks.shutdown()


@contextmanager
def in_view(window: MainWindow) -> Iterator[MainWindow]:
    """Let one of the windows be the one in view."""
    window.show()
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    yield window
    window.hide()


def test_care_ends_for_somebody_not_reached_only_by_the_whole_review_and_two_people(
    practice: Practice, episode: EpisodeId, windows: dict[str, MainWindow], prompts: ScriptedPrompts
) -> None:
    with in_view(windows["jo"]) as window:
        mine = EndingPage(window, practice, episode)
        prompts.answers = [True, True, True]
        said_no_to_nobody(mine)
        mine.press("gate_call_off")
        mine.press("gate_begin")
        fill_the_parts(mine)
        assert "7 of 8 parts met" in mine.says()
        assert "The practitioner cannot sign it off" in mine.says()
    assert practice.facts(episode).phase is not Phase.CLOSED
    with in_view(windows["amina"]) as window:
        other = EndingPage(window, practice, episode)
        prompts.answers = [True]
        other.press("gate_sign")
        assert "8 of 8 parts met" in other.says()
        other.press("gate_close")
        other.form(CloseUnreachedForm).why_no_plan.setFocus()
        write("Never reached")
        other.save()
    facts = practice.facts(episode)
    assert (facts.phase, facts.ending and facts.ending.reason) == (Phase.CLOSED, ClosureReason.DID_NOT_ATTEND)


def said_no_to_nobody(page: EndingPage) -> None:
    """Try to end care as declined without a word from the patient, and leave the form."""
    page.press("ending_close")
    form = page.form(CloseForm)
    write("5")
    form.safety_on.set_value(page.practice.today)
    form.looked.set_values(["answers"])
    form.concluded.setPlainText("Has the numbers to ring")
    form.gp_on.set_value(page.practice.today)
    form.gp_letter.setCurrentIndex(1)
    form.why_no_plan.setPlainText("None")
    page.save()
    assert "Log what they said first" in form.message.text()
    assert page.practice.facts(page.episode).phase is not Phase.CLOSED
    press(Qt.Key.Key_Escape)
