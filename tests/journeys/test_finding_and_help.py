"""Finding, doing, the keys and the help in the real window, by keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from collabcare.ui.pages import PageName
from collabcare.ui.views.help_view import HelpView
from tests.ui.keyboard import here, press, write

if TYPE_CHECKING:
    from collabcare.domain.ids import EpisodeId
    from collabcare.ui.main_window import MainWindow


def anybody(desktop: MainWindow) -> EpisodeId:
    """Return somebody on the caseload."""
    return desktop.work.open_caseload.rows[0].facts.episode_id


def at(desktop: MainWindow) -> str:
    """Return the page on show."""
    return desktop.work.place.page.value


def help_shown(desktop: MainWindow) -> str:
    """Return the page of the help on show."""
    view = desktop.work.page
    assert isinstance(view, HelpView)
    assert view.reader.page is not None
    return view.reader.page.id


def test_f1_opens_the_help_about_what_is_on_screen_and_escape_leads_back(desktop: MainWindow) -> None:
    press(Qt.Key.Key_F1)
    assert help_shown(desktop) == "today"
    press(Qt.Key.Key_F1)
    press(Qt.Key.Key_Escape)
    assert at(desktop) == PageName.TODAY
    desktop.work.show_patient(anybody(desktop), "contact")
    press(Qt.Key.Key_F1)
    assert help_shown(desktop) == "recording-a-contact"
    press(Qt.Key.Key_Escape)
    assert at(desktop) == PageName.PATIENT


def test_links_of_the_help_are_places_to_go_back_through(desktop: MainWindow) -> None:
    press(Qt.Key.Key_F1)
    desktop.work.show_help_page("keys")
    press(Qt.Key.Key_Left, alt=True)
    assert help_shown(desktop) == "today"
    press(Qt.Key.Key_Left, alt=True)
    assert at(desktop) == PageName.TODAY


def test_ctrl_f_searches_the_page_that_has_a_search_and_finds_patients_elsewhere(
    desktop: MainWindow,
) -> None:
    press(Qt.Key.Key_F, ctrl=True)
    assert here() is desktop.top.search
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_2, ctrl=True)
    press(Qt.Key.Key_F, ctrl=True)
    assert here() is desktop.work.caseload.search
    press(Qt.Key.Key_F1)
    press(Qt.Key.Key_F, ctrl=True)
    view = desktop.work.page
    assert isinstance(view, HelpView)
    assert here() is view.search


def test_a_command_about_the_patient_on_show_is_three_letters_away(desktop: MainWindow) -> None:
    episode_id = anybody(desktop)
    name = next(r.facts.patient.name for r in desktop.work.open_caseload.rows)
    desktop.work.show_patient(episode_id)
    press(Qt.Key.Key_K, ctrl=True)
    results = desktop.top.search.results
    assert results.words()[0] == f"About {name}"
    write("mea")
    press(Qt.Key.Key_Return)
    form = desktop.work.patient.composer.form()
    assert form is not None
    assert (desktop.work.place.episode_id, form.KIND) == (episode_id, "measure")
    assert form.isAncestorOf(here())


def test_a_page_is_gone_to_by_its_name(desktop: MainWindow) -> None:
    press(Qt.Key.Key_K, ctrl=True)
    write("caseload")
    press(Qt.Key.Key_Return)
    assert at(desktop) == PageName.CASELOAD
    assert here() is desktop.work.caseload.table


def test_the_help_is_found_in_the_box_too(desktop: MainWindow) -> None:
    press(Qt.Key.Key_K, ctrl=True)
    write("recovery key")
    press(Qt.Key.Key_Return)
    assert help_shown(desktop) == "recovery"


def test_escape_in_the_box_puts_the_keyboard_back_where_it_was(desktop: MainWindow) -> None:
    desktop.work.show_patient(anybody(desktop), "contact")
    was = here()
    press(Qt.Key.Key_K, ctrl=True)
    write("abc")
    press(Qt.Key.Key_Escape)
    assert here() is was
    assert at(desktop) == PageName.PATIENT
    form = desktop.work.patient.composer.form()
    assert form is not None
    assert form.isVisible()


@pytest.mark.parametrize("open_a_menu", [False, True])
def test_escape_in_the_menu_bar_puts_the_keyboard_back_where_it_was(
    desktop: MainWindow, open_a_menu: bool
) -> None:
    desktop.work.show_patient(anybody(desktop))
    was, bar = here(), desktop.menuBar()
    QTest.keyPress(was, Qt.Key.Key_Alt)
    QTest.keyRelease(was, Qt.Key.Key_Alt, Qt.KeyboardModifier.AltModifier)
    assert here() is bar
    if open_a_menu:
        press(Qt.Key.Key_Down)
        menu = QApplication.activePopupWidget()
        assert menu is not None
        QTest.keyClick(menu, Qt.Key.Key_Escape)
    QTest.keyClick(bar, Qt.Key.Key_Escape)
    assert here() is was
    assert at(desktop) == PageName.PATIENT
