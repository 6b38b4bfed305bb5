"""Every page and every form on a small laptop with the largest text: whole from side to side, Save in reach.

What names things and where Tab leads does not change with the size; tests/ui/test_every_screen.py walks that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QPushButton, QScrollArea

from collabcare.ui.form_actions import FORM_ACTIONS
from collabcare.ui.pages import PageName, Place
from collabcare.ui.tour.page_forms import page_forms
from collabcare.ui.views.cards_page import CardsPage
from collabcare.ui.views.composer import FORM_KINDS
from collabcare.ui.widgets.patient_banner import PatientBanner
from tests.ui.every_screen import cut_off
from tests.ui.screens_scene import (
    PATIENT_PAGES,
    PLAIN_PAGES,
    SMALL_LAPTOP,
    Largest,
    demo_desktop,
    on_a_small_laptop,
    settle,
    somebody,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication, QWidget

    from collabcare.demo.build import DemoRecord
    from collabcare.ui.forms.entry_form import EntryForm
    from collabcare.ui.main_window import MainWindow
    from collabcare.ui.shell import Shell

FORMS_OF_PAGES = tuple(page_forms())
OPENED_BY = {(spec.page, spec.form): spec.id for spec in FORM_ACTIONS if spec.form}


@pytest.fixture(scope="module")
def shell(
    qapp: QApplication,
    built_demo: DemoRecord,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Shell]:
    """The desktop with text of 200 %."""
    with demo_desktop(built_demo, tmp_path_factory.mktemp("large"), 2.0) as shell:
        yield shell


@pytest.fixture
def window(shell: Shell) -> Iterator[MainWindow]:
    """The main window on a small laptop, for one test."""
    window = on_a_small_laptop(shell)
    yield window
    window.hide()


def seen(window: MainWindow, part: QWidget) -> bool:
    """Return whether all of a part can be seen: nothing it lies in has scrolled it away."""
    box, within = QRect(part.mapTo(window, QPoint(0, 0)), part.size()), window.rect()
    above = part.parentWidget()
    while above is not None:
        if isinstance(above.parentWidget(), QScrollArea):
            within &= QRect(above.mapTo(window, QPoint(0, 0)), above.size())
        above = above.parentWidget()
    return within.contains(box)


def knows_whose(window: MainWindow) -> bool:
    """Return whether all of the banner is in view and leaves most of the page to the work (PAB-0009)."""
    [banner] = (each for each in window.work.page.findChildren(PatientBanner) if each.isVisible())
    return seen(window, banner) and banner.height() < window.work.height() / 3


def faults_of(window: MainWindow) -> list[str]:
    """Return what is cut off of the page on show, and whether the window outgrew the screen for it."""
    settle()
    grew = (window.width(), window.height()) != SMALL_LAPTOP
    return [*cut_off(window.work.page), *([f"the window is {window.size()}"] if grew else [])]


def faults_of_form(window: MainWindow, form: EntryForm) -> list[str]:
    """Return the same of a page with a form open on it, and whether it can be saved and left.

    Where even the largest room is too low for the form, the page scrolls to what the keyboard comes to.
    """
    form.take_keyboard()
    found = faults_of(window)
    hidden: list[str] = []
    for part in (form.save, form.cancel):
        part.setFocus(Qt.FocusReason.TabFocusReason)
        settle()
        hidden += [] if seen(window, part) else [part.text()]
        hidden += [] if knows_whose(window) else [f"the banner, with {part.text()} in view,"]
    form.cancelled.emit()
    return [*found, *(f"{words} is out of view" for words in hidden)]


def test_every_page_of_its_own(window: MainWindow) -> None:
    found: dict[str, list[str]] = {}
    for name in PLAIN_PAGES:
        if name is PageName.NEW_PATIENT:
            window.act("new_patient")
        else:
            window.work.go(Place(name))
        found[name] = faults_of(window)
    assert only_faults(found) == {}


def test_the_caseload_whatever_it_shows(window: MainWindow) -> None:
    window.work.show_caseload("no contact")
    window.work.caseload.search.setText("somebody with quite a long name, or else a practice")
    assert faults_of(window) == []
    head = window.work.caseload.head
    assert head.sentence.width() > head.read_at.width()
    window.work.caseload.search.clear()
    settle()
    assert head.order.text() == "Sorted by Patient, A to Z", "nothing of it is cut off"
    assert faults_of(window) == []
    assert head.read_at.isVisible()
    window.work.caseload.clear.click()


def test_today_when_all_is_done_and_the_next_day_is_looked_at(window: MainWindow) -> None:
    window.work.show_today()
    window.work.today.done.act_requested.emit()
    assert window.work.today.title.text() == "Next working day"
    assert faults_of(window) == []
    window.work.today.done.act_requested.emit()


def test_every_page_about_a_patient(window: MainWindow) -> None:
    found: dict[str, list[str]] = {}
    for name in PATIENT_PAGES:
        window.work.go(Place(name, somebody(window), "gp_review" if name is PageName.LETTER else ""))
        found[name] = faults_of(window)
        assert knows_whose(window), name
        if name is PageName.LETTER:
            window.work.letter.banner.findChildren(QPushButton)[0].click()  # all there is, for a moment
            window.work.letter.foot.issue.setFocus(Qt.FocusReason.TabFocusReason)
            settle()
            assert seen(window, window.work.letter.foot.issue)
            assert knows_whose(window)
    assert only_faults(found) == {}


def test_every_form_on_the_patients_page(window: MainWindow) -> None:
    found: dict[str, list[str]] = {}
    for kind in FORM_KINDS:
        window.work.show_patient(somebody(window, kind), kind)
        form = window.work.patient.composer.form()
        assert form is not None
        found[kind] = faults_of_form(window, form)
        assert window.work.patient.tabs.isVisible(), f"the way to the other pages is back after {kind}"
    assert only_faults(found) == {}


@pytest.mark.parametrize("name", sorted({form.page for form in FORMS_OF_PAGES}))
def test_every_form_of_a_page_about_a_patient(window: MainWindow, name: PageName) -> None:
    found: dict[str, list[str]] = {}
    rows = window.work.open_caseload.rows
    for form in (each for each in FORMS_OF_PAGES if each.page is name):
        applies = ((row.facts, form.of(row.facts)) for row in rows)
        facts, subject = next((facts, subject) for facts, subject in applies if subject is not None)
        window.work.go(Place(name, facts.episode_id))
        page = window.work.page
        assert isinstance(page, CardsPage)
        if (command := OPENED_BY.get((name, form.kind))) is None:
            page.unfold(form.kind, subject)
        else:
            window.act(command)  # as the box at the top and the menu open it
        opened = page.forms.form()
        assert opened is not None
        found[form.kind] = faults_of_form(window, opened)
        assert page.tabs.isVisible()
    assert only_faults(found) == {}


def test_every_form_that_has_a_command_is_one_of_them() -> None:
    assert set(OPENED_BY) <= {(form.page, form.kind) for form in FORMS_OF_PAGES}


def only_faults(found: dict[str, list[str]]) -> dict[str, list[str]]:
    """Leave out what has none."""
    return {name: wrong for name, wrong in found.items() if wrong}


def test_what_has_the_keyboard_is_in_view_also_where_the_page_scrolls(window: MainWindow) -> None:
    window.work.show_patient(somebody(window))
    settle()
    search = window.work.patient.story.search
    search.setFocus(Qt.FocusReason.TabFocusReason)
    settle()
    assert seen(window, search)


def test_the_window_is_never_larger_than_a_small_laptop_from_its_first_moment_on(window: MainWindow) -> None:
    assert most(window) == SMALL_LAPTOP


def most(window: MainWindow) -> tuple[int, int]:
    """Return how wide and how high a window has been since it was made."""
    largest = window.findChild(Largest)
    assert largest is not None
    return largest.width, largest.height
