"""Sign in, work, lock, go on, leave: which window is on screen, and that the record is closed behind it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from collabcare.domain.changes import Changes, Kind
from collabcare.domain.errors import EnvironmentProblem
from collabcare.queries.site import gp_practices
from collabcare.services.patients import NewGpPractice, add_gp_practice
from collabcare.store.access import add_user_slot
from collabcare.store.record import open_record
from collabcare.ui.interlude import CHANGING, Interlude
from collabcare.ui.pages import PageName
from collabcare.ui.relooking import SAVE_FIRST
from collabcare.ui.shell import Shell
from collabcare.ui.theme import ThemeName, apply_theme, current_theme
from tests.record_fixtures import PASSWORD, QUICK
from tests.ui.accessibility import nameless, tab_walk
from tests.ui.inline import InlineExecutor, PatientExecutor
from tests.ui.keyboard import give_keyboard, here, press, write
from tests.ui.scripted_prompts import ScriptedPrompts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from collabcare.settings import Settings
    from collabcare.ui.doors import Doors
    from collabcare.ui.main_window import MainWindow


@pytest.fixture
def prompts() -> ScriptedPrompts:
    return ScriptedPrompts()


@pytest.fixture
def shell(
    qtbot: QtBot, doors: Doors, settings: Settings, prompts: ScriptedPrompts, record: Path
) -> Iterator[Shell]:
    """Two users' record, with its sign-in window on screen."""
    with open_record(record, "amina", PASSWORD) as opened:
        add_user_slot(opened.unlocked, "jo", PASSWORD, QUICK)
    made = Shell(doors, settings, prompts, InlineExecutor())
    made.open(record, "jo")
    qtbot.waitExposed(made.sign_in_window)
    yield made
    made.shut()


def sign_in(shell: Shell, login: str = "jo") -> MainWindow:
    """Sign in and return the main window."""
    shell.sign_in_window.card.login.setText(login)
    shell.sign_in_window.card.password.setText(PASSWORD)
    shell.sign_in_window.card.try_to_sign_in()
    window = shell.main_window
    assert window is not None
    QTest.qWaitForWindowActive(window)
    return window


def test_signing_in_shows_the_main_window_and_nothing_else(shell: Shell) -> None:
    window = sign_in(shell)
    assert window.isVisible()
    assert not shell.sign_in_window.isVisible()
    assert window.work.place.page is PageName.TODAY
    assert window.status.who.text() == "Jo Smith  ·  Practitioner"


def test_the_record_is_offered_again_next_time(shell: Shell, settings: Settings, record: Path) -> None:
    sign_in(shell)
    assert (settings.last_record, settings.last_login) == (str(record), "jo")
    shell.lock()
    shell.sign_in_window.card.show_record(record.parent / "other")
    shell.open()
    assert shell.sign_in_window.card.path == record


def test_locking_hides_the_work_and_closes_the_record(shell: Shell) -> None:
    window = sign_in(shell)
    press(Qt.Key.Key_L, ctrl=True)
    assert not window.isVisible()
    assert shell.sign_in_window.isVisible()
    assert shell.sign_in_window.card.password.text() == ""
    assert shell.sign_in_window.card.hint.text() == "Locked."
    with pytest.raises(EnvironmentProblem, match="closed"), window.desk.reading() as session:
        session.connection()


def test_what_was_asked_for_is_written_before_a_lock_closes_the_record(
    qtbot: QtBot, doors: Doors, settings: Settings, prompts: ScriptedPrompts, record: Path
) -> None:
    executor = PatientExecutor()
    slow = Shell(doors, settings, prompts, executor)
    slow.open(record, "amina")
    qtbot.waitExposed(slow.sign_in_window)
    slow.sign_in_window.card.password.setText(PASSWORD)
    slow.sign_in_window.card.try_to_sign_in()
    executor.run_all()
    window = slow.main_window
    assert window is not None
    slow.tasks.write(partial(add_gp_practice, NewGpPractice(name="Oak Surgery"), window.desk.uow))
    slow.lock()
    assert not window.isVisible()
    executor.run_all()
    with pytest.raises(EnvironmentProblem, match="closed"), window.desk.reading() as session:
        session.connection()
    with open_record(record, "amina", PASSWORD) as opened, opened.sessions() as session:
        assert "Oak Surgery" in {practice.name for practice in gp_practices(session)}
    slow.shut()


def test_the_same_user_goes_on_where_they_were(shell: Shell) -> None:
    window = sign_in(shell)
    window.act("show_caseload")
    window.work.caseload.search.setText("half typed")
    shell.lock()
    assert sign_in(shell) is window
    assert window.isVisible()
    assert window.work.place.page is PageName.CASELOAD
    assert window.work.caseload.search.text() == "half typed"
    with window.desk.reading() as session:
        session.connection()


def test_somebody_else_sees_nothing_of_it(shell: Shell) -> None:
    window = sign_in(shell)
    window.work.caseload.search.setText("half typed")
    shell.lock()
    other = sign_in(shell, "amina")
    assert other is not window
    assert other.work.caseload.search.text() == ""
    assert other.status.who.text() == "Amina Shah  ·  Supervisor"


def write_something(window: MainWindow) -> None:
    """Begin a new patient and save nothing."""
    window.act("new_patient")
    form = window.work.newcomer.form
    assert form is not None
    form.surname.setText("Half typed")
    assert window.work.has_unsaved()


def test_what_was_being_written_is_there_again(shell: Shell) -> None:
    window = sign_in(shell)
    write_something(window)
    shell.lock()
    assert shell.sign_in_window.card.hint.text() == (
        "Locked. What Jo Smith was writing is kept until Jo Smith signs in again."
    )
    assert sign_in(shell) is window
    assert window.work.newcomer.form is not None
    assert window.work.newcomer.form.surname.text() == "Half typed"
    window.work.newcomer.form.surname.clear()


@pytest.mark.parametrize("go_on", [True, False])
def test_somebody_else_is_asked_before_it_is_lost(
    shell: Shell, prompts: ScriptedPrompts, go_on: bool
) -> None:
    window = sign_in(shell)
    write_something(window)
    shell.lock()
    prompts.answers.append(go_on)
    shell.sign_in_window.card.login.setText("amina")
    shell.sign_in_window.card.password.setText(PASSWORD)
    shell.sign_in_window.card.try_to_sign_in()
    assert (shell.main_window is window) is not go_on
    assert shell.sign_in_window.isVisible() is not go_on


def test_closing_asks_before_it_is_lost(shell: Shell, prompts: ScriptedPrompts, qtbot: QtBot) -> None:
    window = sign_in(shell)
    write_something(window)
    prompts.answers.append(False)
    window.act("leave")
    assert window.isVisible()
    shell.lock()
    prompts.answers.extend([False, True])
    shell.sign_in_window.close()
    assert shell.sign_in_window.isVisible()
    with qtbot.waitSignal(shell.finished):
        shell.sign_in_window.close()


def test_a_wrong_password_keeps_it_locked(shell: Shell) -> None:
    window = sign_in(shell)
    shell.lock()
    shell.sign_in_window.card.password.setText("not this")
    shell.sign_in_window.card.try_to_sign_in()
    assert not window.isVisible()
    assert "do not open" in shell.sign_in_window.card.message.text()


def test_larger_text_makes_the_window_anew_where_it_was(
    qtbot: QtBot, shell: Shell, settings: Settings
) -> None:
    window = sign_in(shell)
    window.act("show_caseload")
    larger = zoom(qtbot, shell, "zoom_in")
    assert larger is not window
    assert not isValid(window), "two at a time are never dressed"
    assert larger.work.place.page is PageName.CASELOAD
    assert (settings.text_scale, current_theme().scale) == (1.1, 1.1)
    zoom(qtbot, shell, "zoom_reset")
    assert current_theme().scale == 1.0


def zoom(qtbot: QtBot, shell: Shell, act: str) -> MainWindow:
    """Change the size of the text and return the window once it is back."""
    assert shell.main_window is not None
    return change(qtbot, shell, partial(shell.main_window.act, act))


def change(qtbot: QtBot, shell: Shell, how: Callable[[], None]) -> MainWindow:
    """Change how the program looks and return the window once it is back."""
    how()
    qtbot.waitUntil(lambda: not shell.is_changing and shell.main_window is not None)
    window = shell.main_window
    assert window is not None
    assert window.isVisible()
    return window


def interludes() -> list[str]:
    """Return what stands in the place of a window that is being made anew."""
    return [each.accessibleName() for each in QApplication.topLevelWidgets() if isinstance(each, Interlude)]


def test_something_is_said_in_its_place_meanwhile(qtbot: QtBot, shell: Shell) -> None:
    window = sign_in(shell)
    frame = window.geometry()
    window.act("zoom_in")
    assert window.isVisible(), "not in the middle of its own key"
    qtbot.waitUntil(lambda: shell.main_window is None)
    assert interludes() == [CHANGING]
    qtbot.waitUntil(lambda: shell.main_window is not None and shell.main_window.isVisible())
    assert shell.main_window is not None
    assert shell.main_window.geometry() == frame
    qtbot.waitUntil(lambda: interludes() == [])
    zoom(qtbot, shell, "zoom_reset")


def test_a_window_locked_before_it_is_made_anew_stays_locked(qtbot: QtBot, shell: Shell) -> None:
    window = sign_in(shell)
    window.act("zoom_in")
    shell.lock()
    qtbot.waitUntil(lambda: not shell.is_changing)
    assert (shell.main_window, window.isVisible(), shell.sign_in_window.isVisible()) == (window, False, True)
    assert sign_in(shell) is window
    zoom(qtbot, shell, "zoom_reset")


def test_what_is_being_written_comes_back_in_larger_text(qtbot: QtBot, shell: Shell) -> None:
    window = sign_in(shell)
    write_something(window)
    larger = zoom(qtbot, shell, "zoom_in")
    assert (larger is not window, current_theme().scale) == (True, 1.1)
    form = larger.work.newcomer.form
    assert form is not None
    assert (form.isVisible(), form.surname.text()) == (True, "Half typed")
    form.surname.clear()
    zoom(qtbot, shell, "zoom_reset")


def test_what_could_not_be_kept_keeps_its_window_and_is_named(
    qtbot: QtBot, shell: Shell, record: Path, settings: Settings
) -> None:
    window = sign_in(shell)
    write_something(window)
    with open_record(record, "amina", PASSWORD) as opened, opened.engine.begin() as connection:
        no_room = "create trigger no_room before insert on draft begin select raise(abort, 'no room'); end"
        connection.exec_driver_sql(no_room)
    window.act("show_today")
    with qtbot.waitSignal(window.work.said) as said:
        window.act("zoom_in")
    assert window.work.page is window.work.newcomer, "it leads there"
    assert said.args == [SAVE_FIRST.format(form="“New patient”")]
    assert (shell.is_changing, shell.main_window, current_theme().scale) == (False, window, 1.0)
    assert settings.text_scale == 1.0
    assert window.work.newcomer.form is not None
    assert window.work.newcomer.form.surname.text() == "Half typed"
    window.work.newcomer.form.surname.clear()


def test_text_grows_to_twice_its_size_and_no_further(qtbot: QtBot, shell: Shell, settings: Settings) -> None:
    settings.text_scale = 1.9
    sign_in(shell)
    for _ in range(3):
        zoom(qtbot, shell, "zoom_in")
    assert settings.text_scale == 2.0
    zoom(qtbot, shell, "zoom_reset")


def test_another_look_makes_the_window_anew(
    qtbot: QtBot, shell: Shell, settings: Settings, qapp: QApplication
) -> None:
    window = sign_in(shell)
    window.act("show_caseload")
    dark = change(qtbot, shell, lambda: window.look.use_theme(ThemeName.DARK))
    assert dark is not window
    assert dark.work.place.page is PageName.CASELOAD
    assert (settings.theme, current_theme().name) == ("dark", ThemeName.DARK)
    light = next(each for each in dark.findChildren(QAction) if each.text() == "L&ight")
    change(qtbot, shell, light.trigger)
    assert current_theme().name is ThemeName.LIGHT
    apply_theme(qapp, ThemeName.LIGHT)
    shell.tasks.changed.emit(Changes(kinds=frozenset({Kind.NOTE})))  # no window that went is told of it
    shell.tasks.noted.emit("Draft kept")
    assert shell.main_window is not None and shell.main_window.status.saved.text() == "Draft kept"  # noqa: PT018 - of one window


def test_closing_the_main_window_ends_it(shell: Shell, qtbot: QtBot) -> None:
    window = sign_in(shell)
    with qtbot.waitSignal(shell.finished):
        window.act("leave")


def test_a_first_start_offers_two_ways_to_begin(
    qtbot: QtBot, doors: Doors, settings: Settings, prompts: ScriptedPrompts
) -> None:
    first = Shell(doors, settings, prompts, InlineExecutor())
    first.open()
    window = first.sign_in_window
    assert window.welcome is not None
    assert window.pages.currentWidget() is window.welcome
    prompts.answers.append(None)
    window.welcome.open.click()
    window.welcome.new.click()
    assert window.first_run is not None
    window.first_run.cancel.click()
    assert window.pages.currentWidget() is window.welcome
    first.shut()


def test_another_record_can_be_opened(shell: Shell, prompts: ScriptedPrompts, record: Path) -> None:
    other = record.with_name("other.ccrecord")
    prompts.answers.append(other)
    shell.sign_in_window.open_other()
    assert shell.sign_in_window.card.path == other


def test_the_recovery_key_gives_a_new_password(shell: Shell, record: Path) -> None:
    window = shell.sign_in_window
    window.recover()
    assert window.recovery is not None
    window.recovery.words.setPlainText("one two three")
    window.recovery.try_to_recover()
    assert window.recovery.password.accessibleDescription().startswith("Use at least 12")
    for edit in (window.recovery.password, window.recovery.again):
        edit.setText("a fresh long one")
    window.recovery.try_to_recover()
    assert window.recovery.message.text() == "The recovery key has 12 words; 3 were given."
    window.recovery.cancel.click()
    assert window.pages.currentWidget() is window.card
    assert window.recovery.password.text() == ""


def test_f6_goes_through_the_parts_of_the_window(shell: Shell, qtbot: QtBot) -> None:
    window = sign_in(shell)
    give_keyboard(qtbot, window.rail)
    stops = []
    for _ in range(4):
        window.act("next_pane")
        stops.append(here())
    assert stops[0] is window.top.search
    assert stops[-1] is not stops[0]
    window.act("previous_pane")
    assert here() is stops[-2]


def test_the_frame_is_spoken_and_tab_goes_round(shell: Shell, qtbot: QtBot) -> None:
    window = sign_in(shell)
    give_keyboard(qtbot, window.top.search)
    assert nameless(window) == []
    tab_walk(window)


def test_escape_in_the_search_box_goes_back_to_the_page(shell: Shell, qtbot: QtBot) -> None:
    window = sign_in(shell)
    window.act("find_here")
    assert here() is window.top.search
    write("zz")
    assert window.top.search.results.isVisible()
    press(Qt.Key.Key_Escape)
    assert not window.top.search.results.isVisible()
    assert window.top.search.text() == ""
    assert here() is not window.top.search
