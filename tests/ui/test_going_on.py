"""Another size of text or another look in the middle of the caseload: everything is where it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from collabcare.domain.caseload_filters import CaseloadFilter, Whose
from collabcare.domain.caseload_layout import Layout, Placed
from collabcare.queries.drafts import DraftRow
from collabcare.ui.begun import go_on_with
from collabcare.ui.forms.contact_form import ContactForm
from collabcare.ui.panes import first_stop
from collabcare.ui.theme import ThemeName, current_theme
from collabcare.ui.views.palette_offers import OfferKind
from collabcare.ui.views.today_lists import EVERYONES
from tests.ui.keyboard import here, press, write
from tests.ui.screens_scene import demo_desktop, on_a_small_laptop, settle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication, QWidget
    from pytestqt.qtbot import QtBot

    from collabcare.demo.build import DemoRecord
    from collabcare.ui.main_window import MainWindow
    from collabcare.ui.shell import Shell
    from collabcare.ui.views.caseload_view import CaseloadView
    from collabcare.ui.widgets.note_edit import NoteEdit


@pytest.fixture
def shell(qapp: QApplication, built_demo: DemoRecord, tmp_path: Path) -> Iterator[Shell]:
    """The desktop on a small laptop, on show, with everybody's patients in the caseload."""
    with demo_desktop(built_demo, tmp_path, 1.0) as shell:
        window = on_a_small_laptop(shell)
        window.act("show_caseload")
        choose(window.work.caseload, Whose.EVERYONES, CaseloadFilter.ALL)
        for name in ("flags", "born", "goals"):
            layout = window.work.caseload.laying.layout
            offered = [each.id for each in window.work.caseload.laying.shown()]
            placed = layout if layout.columns else Layout(columns=tuple(map(Placed, offered)))
            window.work.caseload.laying.changed.emit(placed.showing(name, shown=True))
        settle()
        yield shell


def choose(view: CaseloadView, whose: Whose, which: CaseloadFilter) -> None:
    """Press two chips."""
    view.whose.set_value(whose)
    view.whose.chosen.emit(whose)
    view.filters.set_value(which)
    view.filters.chosen.emit(which)


def change(qtbot: QtBot, shell: Shell, how: Callable[[MainWindow], None]) -> MainWindow:
    """Change how the program looks and return the window once everything in it was read."""
    assert shell.main_window is not None
    how(shell.main_window)
    qtbot.waitUntil(lambda: not shell.is_changing and shell.main_window is not None)
    window = shell.main_window
    assert window is not None
    qtbot.waitUntil(lambda: window.work.open_caseload.known and shell.tasks.idle)
    settle()
    return window


def on_show(window: MainWindow) -> QWidget:
    """Return the page on show."""
    return window.work.page


def in_view(view: CaseloadView) -> bool:
    """Return whether the cell with the keyboard is seen whole, and not under the names."""
    box = view.table.visualRect(view.table.currentIndex())
    return view.table.viewport().rect().contains(box) and box.left() >= view.table.frozen


def test_the_row_the_cell_and_the_place_come_back(qtbot: QtBot, shell: Shell) -> None:
    window = shell.main_window
    assert window is not None
    view = window.work.caseload
    view.table.setFocus()
    press(*[Qt.Key.Key_Down] * 24, *[Qt.Key.Key_Right] * (len(view.model.columns) - 1))
    settle()
    key, column = view.table.selected_key(), view.table.current_column()
    top = view.table.currentIndex().row() - 2
    view.table.verticalScrollBar().setValue(top * current_theme().row)
    assert view.table.horizontalScrollBar().value() > 0
    for how in (larger, larger, smaller, dark, larger):
        window = change(qtbot, shell, how)
        view = window.work.caseload
        assert here() is view.table
        assert (view.table.selected_key(), view.table.current_column()) == (key, column)
        assert [row.facts.episode_id for row in view.table.chosen_rows()] == [key]
        assert in_view(view)
        assert view.table.verticalScrollBar().value() / current_theme().row == pytest.approx(top, abs=0.05)


def larger(window: MainWindow) -> None:
    window.act("zoom_in")


def smaller(window: MainWindow) -> None:
    window.act("zoom_out")


def dark(window: MainWindow) -> None:
    window.look.use_theme(ThemeName.DARK)


def test_today_keeps_its_list_and_its_row(qtbot: QtBot, shell: Shell) -> None:
    window = shell.main_window
    assert window is not None
    window.act("show_today")
    today = window.work.today
    today.look(ahead=True, whose=EVERYONES)
    today.list.setFocus()
    press(*[Qt.Key.Key_Down] * 9)
    key, panel = today.list.current_key(), today.panel.accessibleName()
    assert key is not None
    for how in (larger, dark, smaller):
        window = change(qtbot, shell, how)
        today = window.work.today
        assert (on_show(window), here()) == (today, today.list)
        assert (today.whose.value(), today.title.text()) == (EVERYONES, "Next working day")
        assert (today.list.current_key(), today.panel.accessibleName()) == (key, panel)
        assert today.list.viewport().rect().contains(today.list.visualRect(today.list.currentIndex()))


def test_what_was_asked_chosen_and_typed_comes_back(qtbot: QtBot, shell: Shell) -> None:
    window = shell.main_window
    assert window is not None
    view = window.work.caseload
    choose(view, Whose.EVERYONES, CaseloadFilter.OVERDUE)
    view.search.setFocus()
    view.search.setText("a")
    view.table.sortByColumn(3, Qt.SortOrder.DescendingOrder)
    view.table.selectAll()
    view.preview()
    before = view.shown_words(), [row.facts.episode_id for row in view.model.shown], view.laying.layout
    chosen = {row.facts.episode_id for row in view.table.chosen_rows()}
    assert len(chosen) > 1
    window.work.show_patient(view.model.shown[0].facts.episode_id)
    window = change(qtbot, shell, larger)
    view = window.work.caseload
    assert on_show(window) is window.work.patient
    after = view.shown_words(), [row.facts.episode_id for row in view.model.shown], view.laying.layout
    assert after == before
    assert {row.facts.episode_id for row in view.table.chosen_rows()} == chosen
    window.work.back()
    assert on_show(window) is view, "the way back is the same"
    assert view.panel.isVisible()
    view.search.setFocus()
    window = change(qtbot, shell, smaller)
    assert here() is window.work.caseload.search


def begin_note(window: MainWindow, row: int) -> NoteEdit:
    """Begin a contact of one of the patients in the caseload and return its note, the keyboard in it."""
    window.work.show_patient(window.work.caseload.model.shown[row].facts.episode_id, "contact")
    settle()
    form = window.work.patient.composer.form("contact")
    assert isinstance(form, ContactForm)
    form.note.setFocus()
    write("Talked about the garden")
    return form.note


def test_a_note_in_view_and_one_left_for_another_patient_come_back(qtbot: QtBot, shell: Shell) -> None:
    window = shell.main_window
    assert window is not None
    episodes = [row.facts.episode_id for row in window.work.caseload.model.shown]
    begin_note(window, 0)
    note = begin_note(window, 1)
    window.open_palette()
    settle()
    begun = [each for each in window.top.search.results.offers() if each.kind is OfferKind.BEGUN]
    assert [each.goes_to.episode_id for each in begun if isinstance(each.goes_to, DraftRow)] == episodes[:1]
    press(Qt.Key.Key_Escape)
    assert here() is note
    assert isinstance(begun[0].goes_to, DraftRow)
    window.work.show_today()
    go_on_with(window.work, begun[0].goes_to)
    begun_form = window.work.patient.composer.form("contact")
    assert begun_form is not None
    assert begun_form.isAncestorOf(here())
    window.work.show_patient(episodes[1])
    note.setFocus()
    for how in (larger, dark):
        window = change(qtbot, shell, how)
        form = window.work.patient.composer.form()
        assert isinstance(form, ContactForm)
        assert (form.page.facts.episode_id, form.note.toPlainText()) == (
            episodes[1],
            "Talked about the garden",
        )
        assert here() is form.note
    window.work.show_patient(episodes[0])
    settle()
    other = window.work.patient.composer.form()
    assert isinstance(other, ContactForm)
    assert (other.page.facts.episode_id, other.note.toPlainText()) == (episodes[0], "Talked about the garden")


def test_after_a_lock_the_keyboard_is_where_it_was_and_f6_goes_round_the_page(
    shell: Shell, built_demo: DemoRecord
) -> None:
    window = shell.main_window
    assert window is not None
    note = begin_note(window, 0)
    shell.lock()
    shell.sign_in_window.card.password.setText(built_demo.sign_ins[0][1])
    shell.sign_in_window.card.try_to_sign_in()
    settle()
    assert here() is note
    write(" and the dog")
    assert note.toPlainText() == "Talked about the garden and the dog"
    note.clear()
    press(Qt.Key.Key_Escape)
    page = window.work.patient
    rounds = [first_stop(pane) for pane in (page.tabs, *page.columns.panes()) if pane.isVisible()]
    whose = first_stop(page.banner)
    assert whose is not None
    whose.setFocus()
    for stop in rounds:
        window.act("next_pane")
        assert here() is stop
    assert len(rounds) == 4
    window.find_here()
    assert here() is page.story.search
