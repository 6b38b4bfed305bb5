"""Every page and every form there is, from the tables they are made from, on the demo caseload.

Whatever is added to those tables is walked here without anybody having to remember it: everything has a name,
Tab goes through all of it and comes back, no word is cut off at 150 % on a small laptop, and dates are read
out with the full month.
"""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from pkgutil import walk_packages
from typing import TYPE_CHECKING

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from collabcare import ui
from collabcare.domain.due_kinds import DueKind
from collabcare.ui.forms.colleague_form import ColleagueForm
from collabcare.ui.forms.cover_form import CoverForm
from collabcare.ui.forms.entry_form import EntryForm, PatientForm
from collabcare.ui.forms.new_patient_form import NewPatientForm
from collabcare.ui.forms.not_now_form import NotNowForm
from collabcare.ui.forms.practice_forms import HelplineForm, OutOfHoursForm, SiteDayForm
from collabcare.ui.forms.snippet_form import SnippetForm
from collabcare.ui.forms.step_days_form import StepDaysForm
from collabcare.ui.pages import PageName, Place
from collabcare.ui.views.composer import _FORMS
from collabcare.ui.views.every_page import PATIENT_PAGE_VIEWS
from collabcare.ui.views.patient_page_view import PatientPageView
from collabcare.ui.views.reminder_panel import ReminderNote
from tests.ui.accessibility import nameless
from tests.ui.every_screen import (
    ShownWindows,
    banner_faults,
    cut_off,
    faults,
    letters_twice,
    not_kept,
    short_months,
)
from tests.ui.keyboard import here, press
from tests.ui.screens_scene import (
    PATIENT_PAGES,
    PLAIN_PAGES,
    SMALL_LAPTOP,
    demo_desktop,
    on_a_small_laptop,
    settle,
    somebody,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from collabcare.demo.build import DemoRecord
    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.ids import EpisodeId
    from collabcare.ui.main_window import MainWindow
    from collabcare.ui.shell import Shell


@pytest.fixture(scope="module", params=[1.0, 1.5], ids=["100 %", "150 %"])
def shell(
    request: pytest.FixtureRequest,
    qapp: QApplication,
    built_demo: DemoRecord,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Shell]:
    """The desktop over a demo caseload of its own, signed in and hidden, at one size of text."""
    with demo_desktop(built_demo, tmp_path_factory.mktemp("screens"), request.param) as shell:
        yield shell


@pytest.fixture
def window(shell: Shell, qapp: QApplication) -> Iterator[MainWindow]:
    """The main window on a small laptop, for one test."""
    window = on_a_small_laptop(shell)
    flashed = ShownWindows()
    qapp.installEventFilter(flashed)
    yield window
    qapp.removeEventFilter(flashed)
    window.hide()
    assert flashed.seen == [], "shown before it had a parent, so as a window that takes the keyboard"


def look_at(window: MainWindow) -> list[str]:
    """Return what is wrong with the page on show."""
    settle()
    window.work.take_keyboard()
    found = [*faults(window, window.work.page), *not_kept(window.work.page)]
    assert (window.width(), window.height()) == SMALL_LAPTOP, "the page does not fit on a small laptop"
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


def test_the_key_of_a_place_that_is_not_theirs_says_so(window: MainWindow) -> None:
    before = window.work.place
    press(Qt.Key.Key_6, ctrl=True)
    assert window.statusBar().currentMessage() == "Practice is not open to your role, Practitioner."
    assert window.work.place == before


@pytest.mark.parametrize("name", PATIENT_PAGES)
def test_every_page_about_a_patient(window: MainWindow, name: PageName) -> None:
    kind = "gp_review" if name is PageName.LETTER else ""
    window.work.go(Place(name, somebody(window), kind))
    assert look_at(window) == []
    assert banner_faults(window.work.page) == []


def test_the_bar_of_forms_is_whole_when_every_form_applies(window: MainWindow) -> None:
    """Somebody being sought who is to be talked to about their safety: eight buttons in a row."""
    facts = {form: facts_of(window, somebody(window, form)) for form in ("attempt", "safety")}
    window.work.show_patient(facts["attempt"].episode_id)
    settle()
    bar = window.work.patient.composer.bar
    both = replace(facts["attempt"], safety_prompts=facts["safety"].safety_prompts)
    bar.offer(window.desk.acting.role, both)
    settle()
    assert len(bar.choice.options) == 8
    assert cut_off(window.work.page) == []
    bar.offer(window.desk.acting.role, facts["attempt"])


def facts_of(window: MainWindow, episode_id: EpisodeId) -> EpisodeFacts:
    """Return what is recorded about somebody."""
    row = window.work.open_caseload.row_of(episode_id)
    assert row is not None
    return row.facts


@pytest.mark.parametrize("kind", _FORMS)
def test_every_form_on_the_patients_page(window: MainWindow, kind: str) -> None:
    window.work.show_patient(somebody(window, kind), kind)
    form = window.work.patient.composer.form()
    assert form is not None
    assert kind == form.KIND
    settle()
    found = [*faults(window, window.work.page), *not_kept(form), *letters_twice(window, form)]
    form.start()
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
                    found[form.KIND] = [*faults(window, page), *not_kept(form), *letters_twice(window, form)]
                    form.start()
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
        StepDaysForm,
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
