"""Every page and every form there is, from the tables they are made from, on the demo caseload.

Whatever is added to those tables is walked here without anybody having to remember it: everything has a name,
Tab goes through all of it and comes back, no word is cut off at 150 % on a small laptop, and dates are read
out with the full month.
"""

from __future__ import annotations

import shutil
from datetime import datetime, time
from importlib import import_module
from pkgutil import walk_packages
from typing import TYPE_CHECKING

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from collabcare import bootstrap, ui
from collabcare.clock import SteadyClock
from collabcare.domain.calendar import LONDON
from collabcare.domain.due_kinds import DueKind
from collabcare.settings import Settings
from collabcare.store.keyfile import key_path
from collabcare.ui.forms.colleague_form import ColleagueForm
from collabcare.ui.forms.cover_form import CoverForm
from collabcare.ui.forms.entry_form import EntryForm, PatientForm
from collabcare.ui.forms.new_patient_form import NewPatientForm
from collabcare.ui.forms.not_now_form import NotNowForm
from collabcare.ui.forms.practice_forms import HelplineForm, OutOfHoursForm, SiteDayForm
from collabcare.ui.forms.snippet_form import SnippetForm
from collabcare.ui.pages import PageName, Place
from collabcare.ui.shell import Shell
from collabcare.ui.theme import ThemeName, apply_theme
from collabcare.ui.views.composer import _FORMS
from collabcare.ui.views.every_page import LIST_PAGES, PATIENT_PAGE_VIEWS
from collabcare.ui.views.patient_page_view import PatientPageView
from collabcare.ui.views.record_bar import why_not
from collabcare.ui.views.reminder_panel import ReminderNote
from tests.demo_record import DEMO_TODAY
from tests.ui.accessibility import nameless
from tests.ui.every_screen import NoToAll, ShownWindows, banner_faults, faults, not_kept, short_months
from tests.ui.inline import InlineExecutor
from tests.ui.keyboard import here, press

if TYPE_CHECKING:
    from collections.abc import Iterator

    from collabcare.demo.build import DemoRecord
    from collabcare.domain.ids import EpisodeId
    from collabcare.ui.main_window import MainWindow

PLAIN_PAGES = (
    PageName.TODAY,
    PageName.CASELOAD,
    PageName.NEW_PATIENT,
    PageName.COLLEAGUES,
    PageName.KEYS,
    PageName.ABOUT,
    PageName.HELP,
    *LIST_PAGES,
)
PATIENT_PAGES = (PageName.PATIENT, PageName.LETTER, *PATIENT_PAGE_VIEWS)


@pytest.fixture(scope="module", params=[1.0, 1.5], ids=["100 %", "150 %"])
def shell(
    request: pytest.FixtureRequest,
    qapp: QApplication,
    built_demo: DemoRecord,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Shell]:
    """The desktop over a demo caseload of its own, signed in and hidden, at one size of text."""
    folder = tmp_path_factory.mktemp("screens")
    for path in (built_demo.path, key_path(built_demo.path)):
        shutil.copy2(path, folder / path.name)
    apply_theme(qapp, ThemeName.LIGHT, request.param)
    settings = Settings(path=folder / "settings.toml", theme="light", text_scale=request.param)
    clock = SteadyClock(datetime.combine(DEMO_TODAY, time(9, 30), LONDON))
    made = Shell(bootstrap.desktop_doors(clock), settings, NoToAll(), InlineExecutor())
    login, password, _role = built_demo.sign_ins[0]
    made.open(folder / built_demo.path.name, login)
    made.sign_in_window.card.password.setText(password)
    made.sign_in_window.card.try_to_sign_in()
    if made.main_window is not None:
        made.main_window.hide()
    yield made
    made.shut()
    apply_theme(qapp, ThemeName.LIGHT)


@pytest.fixture
def window(shell: Shell, qapp: QApplication) -> Iterator[MainWindow]:
    """The main window on a small laptop, for one test."""
    window = shell.main_window
    assert window is not None
    before = QWidget()  # offscreen, a window shown again is only active when another one was meanwhile
    for each in (before, window):
        each.show()
        each.activateWindow()
        QTest.qWaitForWindowActive(each)
    before.hide()
    for _ in range(2):  # the first time it is as high as what is in it asked for before it had its place
        window.resize(1366, 768)
        settle()
    flashed = ShownWindows()
    qapp.installEventFilter(flashed)
    yield window
    qapp.removeEventFilter(flashed)
    window.hide()
    assert flashed.seen == [], "shown before it had a parent, so as a window that takes the keyboard"


def somebody(window: MainWindow, form: str = "contact") -> EpisodeId:
    """Return a patient for whom a form can be opened now."""
    role = window.desk.acting.role
    rows = window.work.open_caseload.rows
    return next(row.facts.episode_id for row in rows if not why_not(form, role, row.facts))


def settle() -> None:
    """Let everything find its place: a size can ask for another one a few times over."""
    for _ in range(6):
        QApplication.sendPostedEvents()
        QApplication.processEvents()


def look_at(window: MainWindow) -> list[str]:
    """Return what is wrong with the page on show."""
    settle()
    window.work.take_keyboard()
    found = [*faults(window, window.work.page), *not_kept(window.work.page)]
    assert (window.width(), window.height()) == (1366, 768), "the page does not fit on a small laptop"
    return found


def test_every_page_is_in_one_of_the_tables(shell: Shell) -> None:
    assert shell.main_window is not None
    there = {name for name in PageName if shell.main_window.work.has(name)}
    assert there == {*PLAIN_PAGES, *PATIENT_PAGES}


@pytest.mark.parametrize("name", PLAIN_PAGES)
def test_every_page_of_its_own(window: MainWindow, name: PageName) -> None:
    if name is PageName.NEW_PATIENT:
        window.act("new_patient")
    else:
        window.work.go(Place(name))
    assert look_at(window) == []


def test_tab_enters_a_page_at_its_beginning_and_shift_tab_at_its_end(window: MainWindow) -> None:
    window.act("new_patient")
    form = window.work.newcomer.form
    assert form is not None
    window.top.new.setFocus()
    press(Qt.Key.Key_Tab)
    assert here() is form.nhs_number.edit
    QTest.keyClick(here(), Qt.Key.Key_Backtab)
    assert here() is window.top.new
    window.rail.setFocus()
    form.cancel.setFocus()
    press(Qt.Key.Key_Tab)
    assert window.rail.isAncestorOf(here())
    QTest.keyClick(here(), Qt.Key.Key_Backtab)
    assert here() is form.cancel


@pytest.mark.parametrize("name", PATIENT_PAGES)
def test_every_page_about_a_patient(window: MainWindow, name: PageName) -> None:
    kind = "gp_review" if name is PageName.LETTER else ""
    window.work.go(Place(name, somebody(window), kind))
    assert look_at(window) == []
    assert banner_faults(window.work.page) == []


@pytest.mark.parametrize("kind", _FORMS)
def test_every_form_on_the_patients_page(window: MainWindow, kind: str) -> None:
    window.work.show_patient(somebody(window, kind), kind)
    form = window.work.patient.composer.form()
    assert form is not None
    assert kind == form.KIND
    settle()
    found = [*faults(window, window.work.page), *not_kept(form)]
    form.cancelled.emit()
    assert found == []


@pytest.mark.parametrize("name", PATIENT_PAGE_VIEWS)
def test_every_form_of_a_page_about_a_patient(window: MainWindow, name: PageName) -> None:
    """Press every button of the page; whatever form unfolds is looked at and closed again."""
    window.work.go(Place(name, somebody(window)))
    page = window.work.page
    assert isinstance(page, PatientPageView)
    found: dict[str, list[str]] = {}
    for button in page.findChildren(QPushButton):
        if shiboken6.isValid(button) and opens_something(page, button):
            button.click()
            settle()
            if window.work.page is not page:
                window.work.back()
            elif (form := page.forms.form()) is not None:
                if form.KIND not in found:
                    form.take_keyboard()
                    found[form.KIND] = [*faults(window, page), *not_kept(form)]
                form.cancelled.emit()
    assert {kind: wrong for kind, wrong in found.items() if wrong} == {}


def opens_something(page: PatientPageView, button: QWidget) -> bool:
    """Return whether a button is part of the page itself, in view and of use."""
    frame = (page.tabs, page.banner)
    return button.isVisible() and button.isEnabled() and not any(part.isAncestorOf(button) for part in frame)


def test_the_form_that_lets_something_wait(window: MainWindow) -> None:
    today = window.work.today
    window.work.show_today()
    settle()
    line = next(key for key, item in today.items.items() if item.due.kind is DueKind.CONTACT)
    today.list.select_key(line)
    today.not_now()
    settle()
    form = today.side.form
    assert form is not None
    found = [*faults(window, today), *not_kept(today)]
    form.cancelled.emit()
    assert found == []


def test_every_form_is_one_of_a_table_or_kept_by_the_page_it_is_on() -> None:
    """A form about a patient is kept by whatever opens it; one about nobody only if its page does so."""
    for module in walk_packages(ui.__path__, "collabcare.ui."):
        import_module(module.name)
    plain = {each for each in every_kind_of(EntryForm) if not issubclass(each, PatientForm)}
    assert plain - {PatientForm} == {
        NewPatientForm,
        ColleagueForm,
        CoverForm,
        SnippetForm,
        HelplineForm,
        OutOfHoursForm,
        SiteDayForm,
        NotNowForm,
        ReminderNote,
    }, "walk the page of the new form above, and hand the form to the drafts of its page"


def every_kind_of(form: type[EntryForm]) -> Iterator[type[EntryForm]]:
    """Yield every class of form of the program made from this one."""
    for each in form.__subclasses__():
        if each.__module__.startswith("collabcare."):
            yield each
            yield from every_kind_of(each)


@pytest.mark.parametrize("typed", ["", "o", "zzzz"])
def test_the_box_at_the_top(window: MainWindow, typed: str) -> None:
    window.work.show_patient(somebody(window))
    window.act("open_palette")
    box = window.top.search
    if typed:
        QTest.keyClicks(box, typed)
    assert box.results.isVisible()
    assert window.rect().contains(box.results.geometry())
    assert faults_of_list(window) == []
    press(Qt.Key.Key_Escape)


def faults_of_list(window: MainWindow) -> list[str]:
    """Return what is wrong with the list under the box; Tab leaves the box, which closes it."""
    return [*nameless(window.top.search.results), *short_months(window.top.search.results)]
