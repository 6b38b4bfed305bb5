"""A morning's work by keyboard alone, through the real main window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QModelIndex, Qt

from collabcare.domain.caseload_filters import CaseloadFilter, is_among
from collabcare.domain.due_kinds import DueKind
from collabcare.queries.worklist import worklist
from collabcare.ui.meant import NOBODY_MEANT, episode_meant
from collabcare.ui.pages import LISTS, PageName
from collabcare.ui.views.caseload_cards import ExportCard, ReassignCard
from collabcare.ui.views.palette_offers import OfferKind
from collabcare.ui.widgets.rail import RailButton
from collabcare.ui.widgets.section_model import ENTRY_ROLE, SectionRow
from collabcare.ui.widgets.why import WhyButton
from tests.ui.accessibility import nameless, tab_walk
from tests.ui.keyboard import here, press, write

if TYPE_CHECKING:
    from pathlib import Path

    from collabcare.ui.main_window import MainWindow
    from tests.ui.scripted_prompts import ScriptedPrompts


def at(desktop: MainWindow) -> PageName:
    """Return the page on show."""
    return desktop.work.place.page


def today_rows(desktop: MainWindow) -> list[SectionRow]:
    """Return the lines of Today that are somebody."""
    model = desktop.work.today.list.model()
    entries = [model.index(n, 0, QModelIndex()).data(ENTRY_ROLE) for n in range(model.rowCount())]
    return [entry for entry in entries if isinstance(entry, SectionRow)]


def test_today_the_rail_and_the_caseload_count_alike(desktop: MainWindow) -> None:
    work, me = desktop.work, desktop.desk.acting.user_id
    rows = work.open_caseload.rows
    mine = [i for s in worklist(rows, until=work.open_caseload.today, for_user=me) for i in s.items]
    assert len(today_rows(desktop)) == len(mine) == work.today.my_counts()[0]
    assert desktop.rail.findChildren(RailButton)[0].accessibleName() == f"Today, {len(mine)}"
    desktop.act("show_caseload")
    work.caseload.whose.set_value("everyone's")
    for which in CaseloadFilter:
        work.caseload.filters.set_value(which)
        work.caseload.filters.chosen.emit(which)
        listed = work.open_caseload.listed
        assert len(work.caseload.model.shown) == sum(is_among(row, which) for row in listed)


def test_the_first_thing_due_is_one_key_away_and_escape_comes_back(desktop: MainWindow) -> None:
    work = desktop.work
    desktop.act("show_today")
    first = today_rows(desktop)[0]
    work.today.list.select_key(first.key)
    assert here() is work.today.list
    press(Qt.Key.Key_Return)
    assert at(desktop) == PageName.PATIENT
    assert work.patient.isAncestorOf(here())
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_Escape)
    assert at(desktop) == PageName.TODAY
    assert here() is work.today.list
    assert work.today.list.current_key() == first.key


@pytest.mark.parametrize("key", [Qt.Key.Key_K, Qt.Key.Key_F])
def test_a_patient_is_found_from_anywhere_in_six_keys(desktop: MainWindow, key: Qt.Key) -> None:
    work = desktop.work
    wanted = next(r for r in work.open_caseload.rows if r.facts.patient.surname.isascii()).facts
    press(key, ctrl=True)
    write(wanted.patient.surname[:4])
    names = [offer.first for offer in desktop.top.search.results.offers()]
    assert wanted.patient.name in names
    for _ in range(names.index(wanted.patient.name)):
        press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert at(desktop) == PageName.PATIENT
    assert work.place.episode_id is not None


def test_the_places_are_two_keys_away(desktop: MainWindow) -> None:
    press(Qt.Key.Key_2, ctrl=True)
    assert at(desktop) == PageName.CASELOAD
    assert here() is desktop.work.caseload.table
    press(Qt.Key.Key_1, ctrl=True)
    assert at(desktop) == PageName.TODAY
    press(Qt.Key.Key_Slash, ctrl=True)
    assert at(desktop) == PageName.KEYS
    press(Qt.Key.Key_Escape)
    assert at(desktop) == PageName.TODAY


def test_back_goes_through_the_places_one_came_from(desktop: MainWindow) -> None:
    work = desktop.work
    one, two = (row.facts.episode_id for row in work.open_caseload.rows[:2])
    work.show_caseload()
    work.show_patient(one)
    work.show_patient(two)
    work.show_letter(two)
    been = []
    for _ in range(3):
        work.back()
        been.append((work.place.page, work.place.episode_id))
    assert been == [(PageName.PATIENT, two), (PageName.CASELOAD, None), (PageName.TODAY, None)]


def test_escape_goes_back_to_the_list_and_stays_there(desktop: MainWindow) -> None:
    work = desktop.work
    desktop.act("show_caseload")
    work.show_patient(work.open_caseload.rows[0].facts.episode_id)
    press(Qt.Key.Key_2, ctrl=True)
    press(Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert at(desktop) == PageName.PATIENT
    for _ in range(3):
        press(Qt.Key.Key_Escape)
        assert at(desktop) == PageName.CASELOAD
        assert here() is work.caseload.table


@pytest.mark.parametrize("page", sorted(LISTS))
def test_escape_stays_on_every_place_on_the_left(desktop: MainWindow, page: PageName) -> None:
    work = desktop.work
    work.show_patient(work.open_caseload.rows[0].facts.episode_id)
    desktop.rail.chosen.emit(page)
    press(Qt.Key.Key_Escape, Qt.Key.Key_Escape)
    assert at(desktop) == page
    assert work.page.isAncestorOf(here())


def test_the_help_between_two_patients_leads_back_to_neither_of_the_wrong_ones(desktop: MainWindow) -> None:
    work = desktop.work
    one, two = (row.facts.episode_id for row in work.open_caseload.rows[:2])
    work.show_patient(one)
    work.show_help()
    work.show_patient(two)
    press(Qt.Key.Key_Escape)
    assert at(desktop) == PageName.HELP
    press(Qt.Key.Key_Escape)
    assert at(desktop) == PageName.TODAY


def test_escape_empties_a_search_before_it_leaves_it(desktop: MainWindow) -> None:
    caseload = desktop.work.caseload
    desktop.act("show_caseload")
    everybody = len(caseload.model.shown)
    press(Qt.Key.Key_F, ctrl=True)
    write("zzqx")
    assert not caseload.model.shown
    press(Qt.Key.Key_Escape)
    assert (caseload.search.text(), len(caseload.model.shown)) == ("", everybody)
    assert here() is caseload.search
    press(Qt.Key.Key_Escape)
    assert here() is caseload.table
    assert at(desktop) == PageName.CASELOAD


@pytest.mark.parametrize("page", ["show_today", "show_caseload", "new_patient", "show_keys", "about"])
def test_every_page_is_spoken_and_tab_goes_round(desktop: MainWindow, page: str) -> None:
    desktop.act(page)
    assert nameless(desktop) == []
    desktop.top.search.setFocus()
    tab_walk(desktop)


def test_the_summary_prints_what_is_shown_and_the_audit_says_so(
    desktop: MainWindow, prompts: ScriptedPrompts, tmp_path: Path
) -> None:
    work = desktop.work
    work.show_caseload(CaseloadFilter.OVERDUE)
    prompts.answers.append(tmp_path / "summary.pdf")
    desktop.act("print_summary")
    assert (tmp_path / "summary.pdf").read_bytes().startswith(b"%PDF")
    said = desktop.statusBar().currentMessage()
    assert said == f"Summary of {len(work.caseload.model.shown)} patients saved as summary.pdf."


def test_on_a_patients_page_the_patients_own_summary_is_printed_and_on_a_letters_the_letter(
    desktop: MainWindow, prompts: ScriptedPrompts, tmp_path: Path
) -> None:
    work = desktop.work
    row = work.open_caseload.rows[0]
    work.show_patient(row.facts.episode_id)
    prompts.answers.append(tmp_path / "one.pdf")
    desktop.act("print_summary")
    assert (tmp_path / "one.pdf").read_bytes().startswith(b"%PDF")
    assert desktop.statusBar().currentMessage() == "Summary of 1 patient saved as one.pdf."
    work.open_page(PageName.REACHING)
    prompts.answers.append(tmp_path / "again.pdf")
    desktop.act("print_summary")
    assert desktop.statusBar().currentMessage() == "Summary of 1 patient saved as again.pdf."
    work.show_letter(row.facts.episode_id)
    desktop.act("print_summary")
    assert work.letter.foot.message.text().startswith("This letter is not issued yet.")
    issued = next(each for each in work.open_caseload.rows if each.facts.letters)
    work.show_issued(issued.facts.episode_id, issued.facts.letters[0].id)
    opened: list[Path] = []

    def seen(path: Path) -> bool:
        opened.append(path)
        return True

    work.letter.foot.open_file = seen
    prompts.answers.append(tmp_path / "letter.pdf")
    desktop.act("print_summary")
    assert opened == [tmp_path / "letter.pdf"]


def test_a_measure_by_its_digits_changes_every_count(desktop: MainWindow) -> None:
    work = desktop.work
    due = next(row for row in today_rows(desktop) if row.act == "Enter PHQ-9")
    before = work.today.my_counts()[0]
    work.today.list.select_key(due.key)
    press(Qt.Key.Key_Return)
    for _ in range(9):
        press(Qt.Key.Key_0)
    press(Qt.Key.Key_Return, ctrl=True)
    assert work.today.my_counts()[0] == before - 1
    row = next(row for row in work.open_caseload.rows if row.facts.episode_id == work.place.episode_id)
    assert DueKind.MEASURE not in {each.kind for each in row.due_now}


@pytest.mark.parametrize("place", ["show_today", "show_caseload"])
def test_why_something_is_there_is_one_key_away_and_escape_leads_back(
    desktop: MainWindow, place: str
) -> None:
    desktop.act(place)
    was = here()
    press(Qt.Key.Key_I, ctrl=True)
    button = here()
    assert isinstance(button, WhyButton)
    assert button.panel.isVisible()
    press(Qt.Key.Key_Escape)
    assert here() is was


@pytest.mark.parametrize("place", ["show_today", "show_caseload"])
@pytest.mark.parametrize(("key", "kind"), [(Qt.Key.Key_N, "contact"), (Qt.Key.Key_M, "measure")])
def test_a_key_about_a_patient_is_about_the_one_chosen_in_the_list(
    desktop: MainWindow, place: str, key: Qt.Key, kind: str
) -> None:
    work = desktop.work
    desktop.act(place)
    press(Qt.Key.Key_Down)
    meant = episode_meant(work.place, work.page)
    press(key, ctrl=True, shift=True)
    assert meant is not None
    assert (at(desktop), work.place.episode_id) == (PageName.PATIENT, meant)
    form = work.patient.composer.form()
    assert form is not None
    assert kind == form.KIND
    assert form.isAncestorOf(here())


@pytest.mark.parametrize("place", ["show_today", "show_caseload"])
def test_the_box_at_the_top_is_about_the_one_chosen_in_the_list_too(desktop: MainWindow, place: str) -> None:
    work, box = desktop.work, desktop.top.search
    desktop.act(place)
    press(Qt.Key.Key_Down)
    meant = episode_meant(work.place, work.page)
    press(Qt.Key.Key_K, ctrl=True)
    write("book a contact")
    chosen = box.results.chosen()
    assert chosen is not None
    assert (chosen.kind, chosen.goes_to) == (OfferKind.ABOUT, "book_contact")
    name = next(each.facts.patient.name for each in work.open_caseload.rows if each.facts.episode_id == meant)
    assert box.offers.about == name
    press(Qt.Key.Key_Return)
    form = work.patient.composer.form()
    assert form is not None
    assert (form.KIND, work.place.episode_id) == ("booking", meant)


def test_a_key_about_a_patient_says_so_where_nobody_is_meant(desktop: MainWindow) -> None:
    desktop.act("about")
    for key in (Qt.Key.Key_N, Qt.Key.Key_M, Qt.Key.Key_L):
        desktop.statusBar().clearMessage()
        press(key, ctrl=True, shift=True)
        assert desktop.statusBar().currentMessage() == NOBODY_MEANT
    assert at(desktop) == PageName.ABOUT


def test_enter_presses_what_stands_in_the_bar_of_a_patient(desktop: MainWindow) -> None:
    work = desktop.work
    work.show_patient(work.open_caseload.rows[0].facts.episode_id)
    press(Qt.Key.Key_Return)
    form = work.patient.composer.form()
    assert form is not None
    assert form.KIND == "contact"


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("book", "Book a contact"),
        ("add goal", "New goal"),
        ("reassign", "Reassign patients"),
        ("export", "Export the list"),
    ],
)
def test_what_people_call_it_is_found_in_the_box(desktop: MainWindow, typed: str, first: str) -> None:
    desktop.work.show_patient(desktop.work.open_caseload.rows[0].facts.episode_id)
    press(Qt.Key.Key_K, ctrl=True)
    write(typed)
    assert desktop.top.search.results.offers()[0].first == first


def test_an_export_and_a_handing_on_begin_from_anywhere(desktop: MainWindow) -> None:
    side = desktop.work.caseload.side
    for command, card in (("export_caseload", ExportCard), ("reassign", ReassignCard)):
        desktop.act("about")
        desktop.act(command)
        assert at(desktop) == PageName.CASELOAD
        assert isinstance(side.card, card)
        assert side.card.isAncestorOf(here())
