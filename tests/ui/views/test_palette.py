"""The box at the top: patients, commands and pages while typing, and one key to have them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from collabcare.domain.acting import Role
from collabcare.queries.drafts import begun_forms
from collabcare.services.drafts import KeepDraft, keep_draft
from collabcare.services.patients import add_patient
from collabcare.ui.menus import actions_for
from collabcare.ui.views.palette import Palette
from collabcare.ui.views.palette_offers import Offers, command_offers
from collabcare.ui.views.patient_tabs import TAB_WORDS
from tests.ui.keyboard import give_keyboard, here, press, under_hands, write

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from collabcare.queries.search import FoundPatient
    from collabcare.ui.tasks import Tasks
    from tests.record_fixtures import Practice


@pytest.fixture
def box(qtbot: QtBot, practice: Practice, tasks: Tasks) -> Palette:
    for surname, given in (("Okafor", "Ngozi"), ("Okoro", "Ada"), ("Brown", "Ann")):
        practice.refer(surname=surname, given_name=given)
    made = Palette(tasks)
    made.offer(command_offers(actions_for(Role.PRACTITIONER), about_patient=False))
    under_hands(qtbot, made)
    return made


def listed(box: Palette) -> list[str]:
    """Return everything listed, the headings of the sections too."""
    return list(box.results.words())


def offered(box: Palette) -> list[str]:
    """Return what can be chosen."""
    return [offer.first for offer in box.results.offers()]


def test_who_matches_is_listed_while_typing(box: Palette) -> None:
    write("ok")
    assert listed(box) == ["Patients", "OKAFOR, Ngozi (Ms)", "OKORO, Ada (Ms)"]
    write("o")
    assert offered(box) == ["OKORO, Ada (Ms)"]


def test_every_page_about_a_patient_is_found_by_the_name_on_its_tab() -> None:
    specs = actions_for(Role.PRACTITIONER)
    offers = Offers()
    offers.set_commands(command_offers(specs, about_patient=True))
    pages = [spec.page for spec in specs if spec.page is not None and spec.page in TAB_WORDS]
    assert len(pages) > 1
    for page in pages:
        assert TAB_WORDS[page].casefold() in offers.find(TAB_WORDS[page])[0].offers[0].first.casefold()


def test_a_slip_is_forgiven_and_said_to_be_one(box: Palette) -> None:
    write("okafro")
    assert listed(box) == ["Patients, spelt nearly like this", "OKAFOR, Ngozi (Ms)"]


def test_enter_opens_the_first_and_arrows_choose_another(
    box: Palette, qtbot: QtBot, practice: Practice
) -> None:
    write("ok")
    press(Qt.Key.Key_Down)
    with qtbot.waitSignal(box.patient_chosen) as chosen:
        press(Qt.Key.Key_Return)
    assert practice.facts(chosen.args[0]).patient.surname == "Okoro"
    assert box.text() == ""
    assert not box.results.isVisible()


def test_arrows_stop_at_both_ends_and_pass_over_headings(box: Palette) -> None:
    box.begin(everything=True)
    first = box.results.chosen()
    press(Qt.Key.Key_Up)
    assert box.results.chosen() == first == box.results.offers()[0]
    for _ in range(len(listed(box)) + 2):
        press(Qt.Key.Key_Down)
    assert box.results.chosen() == box.results.offers()[-1]
    press(*[Qt.Key.Key_PageUp] * 20)
    assert box.results.chosen() == first


def test_a_click_opens_too_and_a_click_on_a_heading_does_not(
    box: Palette, qtbot: QtBot, practice: Practice
) -> None:
    write("brown")
    with qtbot.assertNotEmitted(box.patient_chosen):
        box.results.clicked.emit(box.results.model().index(0, 0))
    with qtbot.waitSignal(box.patient_chosen) as chosen:
        box.results.clicked.emit(box.results.model().index(1, 0))
    assert practice.facts(chosen.args[0]).patient.surname == "Brown"


def test_nobody_is_said_and_opens_nothing(box: Palette, qtbot: QtBot) -> None:
    write("zzz")
    assert listed(box) == ["Nothing here matches"]
    with qtbot.assertNotEmitted(box.patient_chosen), qtbot.assertNotEmitted(box.command_chosen):
        press(Qt.Key.Key_Return)
    assert box.text() == "zzz"


def test_escape_puts_the_keyboard_back_where_it_was(qtbot: QtBot, practice: Practice, tasks: Tasks) -> None:
    box, other = Palette(tasks), Palette(tasks)
    under_hands(qtbot, other, box)
    box.begin()
    write("ok")
    press(Qt.Key.Key_Escape)
    assert box.text() == ""
    assert here() is other


def test_escape_goes_to_the_page_when_nothing_had_the_keyboard(box: Palette, qtbot: QtBot) -> None:
    write("ok")
    with qtbot.waitSignal(box.given_up):
        press(Qt.Key.Key_Escape)
    assert box.text() == ""


def test_a_command_is_found_and_run(box: Palette, qtbot: QtBot) -> None:
    write("lokc")
    assert "Lock" in offered(box)
    box.clear()
    write("lock")
    assert listed(box)[:2] == ["Commands", "Lock"]
    with qtbot.waitSignal(box.command_chosen) as chosen:
        press(Qt.Key.Key_Return)
    assert chosen.args == ["lock"]


def test_a_page_is_found_by_its_name_and_the_help_by_its_title(box: Palette, qtbot: QtBot) -> None:
    write("caselo")
    assert listed(box)[:2] == ["Pages", "Caseload"]
    box.clear()
    write("checking the rules")
    with qtbot.waitSignal(box.help_chosen) as chosen:
        press(Qt.Key.Key_Return)
    assert chosen.args == ["checking-the-rules"]


def test_a_real_match_stands_before_a_near_one_of_another_section(box: Palette) -> None:
    write("brow")
    assert listed(box)[0] == "Patients"
    box.clear()
    write("caselaod")
    assert listed(box)[0] == "Pages, spelt nearly like this"


def test_what_is_about_a_patient_needs_one_on_show(box: Palette, qtbot: QtBot, practice: Practice) -> None:
    write("record contact")
    contact = box.results.offers()[0]
    assert contact.second == "Open a patient first: type their name here."
    with qtbot.assertNotEmitted(box.command_chosen):
        press(Qt.Key.Key_Return)
    episode = next(each.episode_id for each in index_of(box) if each.name.startswith("OKORO"))
    box.offer(command_offers(actions_for(Role.PRACTITIONER), about_patient=True), episode)
    box.clear()
    box.begin(everything=True)
    assert listed(box)[0] == "About OKORO, Ada (Ms)"
    write("record contact")
    with qtbot.waitSignal(box.command_chosen) as chosen:
        press(Qt.Key.Key_Return)
    assert chosen.args == ["record_contact"]


def index_of(box: Palette) -> tuple[FoundPatient, ...]:
    """Return everybody the box knows."""
    patients = box.offers.patients
    assert patients is not None
    return patients.things


@pytest.mark.parametrize("role", Role)
def test_nothing_forbidden_is_listed(box: Palette, role: Role) -> None:
    mine = {spec.words for spec in actions_for(role)}
    others = {spec.words for spec in actions_for(Role.SUPERVISOR)} - mine
    box.offer(command_offers(actions_for(role), about_patient=True))
    box.begin(everything=True)
    assert not others & set(offered(box))
    for words in others:
        box.clear()
        write(words.lower())
        assert words not in offered(box)


def test_somebody_just_added_is_found(box: Palette, qtbot: QtBot, practice: Practice, tasks: Tasks) -> None:
    box.clearFocus()
    new = practice.new_patient(surname="Zielińska", given_name="Łucja")
    tasks.write(lambda: add_patient(new, practice.uow(), practice.rulebook.pathway))
    give_keyboard(qtbot, box)
    write("zielinska lu")
    assert offered(box)[0] == "ZIELIŃSKA, Łucja (Ms)"


def test_what_is_listed_is_spoken_with_full_months(box: Palette) -> None:
    write("brown")
    spoken = box.results.model().index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("BROWN, Ann (Ms). Born 14 July 1985")


def test_a_preferred_name_says_why_somebody_was_found(qtbot: QtBot, practice: Practice, tasks: Tasks) -> None:
    practice.refer(surname="Wójcik", given_name="Łukasz", preferred_name="Luke")
    box = Palette(tasks)
    under_hands(qtbot, box)
    write("luke")
    assert "Preferred name Luke" in box.results.offers()[0].second


def test_what_was_begun_stands_first_until_something_is_typed(
    box: Palette, qtbot: QtBot, practice: Practice
) -> None:
    episode = next(each.episode_id for each in index_of(box) if each.name.startswith("BROWN"))
    body = '{"place": "patient", "title": "Record contact", "fields": {}}'
    keep_draft(KeepDraft(episode_id=episode, kind="contact", body=body), practice.uow("jo"))
    with practice.reading() as session:
        begun = begun_forms(session, practice.user("jo"))
    box.offer_begun(begun)
    box.begin(everything=True)
    assert listed(box)[:2] == ["Begun and not saved", "Go on with: Record contact"]
    assert box.results.offers()[0].second.startswith("BROWN, Ann (Ms)  ·  kept ")
    with qtbot.waitSignal(box.begun_chosen) as chosen:
        press(Qt.Key.Key_Return)
    assert chosen.args == [begun[0].draft]
    give_keyboard(qtbot, box)
    write("brown")
    assert offered(box)[0] == "BROWN, Ann (Ms)", "a name opens its patient first"
