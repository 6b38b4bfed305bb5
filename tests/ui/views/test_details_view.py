"""Details on the real record: read by their words, changed a card at a time, by keyboard alone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from collabcare.domain.closure import Ending
from collabcare.domain.details_words import before_ringing
from collabcare.domain.patient_details import ContactDetails, SafeContact, details_of
from collabcare.queries.site import gp_practices
from collabcare.services.episodes import CloseEpisode, close_episode
from collabcare.services.patient_details import ChangeDetails, change_details
from collabcare.ui.forms.about_forms import AboutForm
from collabcare.ui.forms.details_forms import DetailsForm, IdentityForm, NeedsForm, ReachForm, SafeForm
from collabcare.ui.forms.gp_forms import GpForm
from collabcare.ui.pages import PageName
from collabcare.ui.views.details_view import DetailsView
from tests.builders import MONDAY, day
from tests.services.test_returns import back
from tests.ui.accessibility import nameless, tab_walk
from tests.ui.keyboard import here, press, write
from tests.ui.views.details_scene import CardsScene
from tests.ui.views.patient_scene import words

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.record_fixtures import Practice
    from tests.ui.scripted_prompts import ScriptedPrompts

_ETHNICITY = "Nobody has asked about ethnicity yet. Consider asking; they need not say."
KEYS: dict[Qt.Key, type[DetailsForm]] = {
    Qt.Key.Key_1: IdentityForm,
    Qt.Key.Key_2: ReachForm,
    Qt.Key.Key_3: SafeForm,
    Qt.Key.Key_4: GpForm,
    Qt.Key.Key_5: NeedsForm,
    Qt.Key.Key_6: AboutForm,
}


@pytest.fixture
def scene(qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts) -> CardsScene[DetailsView]:
    episode = practice.refer("A")
    practice.on(day(7))
    return CardsScene(qtbot, practice, prompts, DetailsView, episode)


@pytest.mark.parametrize("key", KEYS)
def test_every_card_is_a_key_away_and_esc_leads_back(scene: CardsScene[DetailsView], key: Qt.Key) -> None:
    press(key)
    form = scene.form(KEYS[key])
    assert form.isAncestorOf(here())
    assert "details_who" not in scene.offered()
    press(Qt.Key.Key_Escape)
    assert scene.view.forms.form() is None
    assert here().objectName() == f"details_{form.KIND}"
    press(Qt.Key.Key_Space)
    assert isinstance(scene.view.forms.form(), KEYS[key])


@pytest.mark.parametrize("key", KEYS)
def test_everything_in_a_form_has_a_name_and_tab_comes_round(
    scene: CardsScene[DetailsView], key: Qt.Key
) -> None:
    press(key)
    assert nameless(scene.view) == []
    assert scene.form(KEYS[key]).save in tab_walk(scene.window)


@pytest.mark.parametrize("key", KEYS)
def test_a_form_saved_as_it_was_changes_nothing_and_says_so(
    scene: CardsScene[DetailsView], key: Qt.Key
) -> None:
    change_details(needs_asked(scene), scene.practice.uow())
    scene.view.go_stale()
    before = details_of(scene.facts())
    press(key)
    press(Qt.Key.Key_Return, ctrl=True)
    assert "Nothing was changed" in scene.form(KEYS[key]).message.text()
    assert details_of(scene.facts()) == before


def needs_asked(scene: CardsScene[DetailsView]) -> ChangeDetails:
    """Return the change that notes that needs were asked about, so that no day is suggested."""
    facts = scene.facts()
    needs = replace(details_of(facts).needs, needs_reviewed_on=MONDAY)
    return ChangeDetails(patient_id=facts.patient.patient_id, seen=facts.patient.version, needs=needs)


def test_what_nobody_asked_is_said_to_be_so(scene: CardsScene[DetailsView]) -> None:
    shown = words(scene.view)
    assert "Ethnic category" in shown
    assert shown.count("Not asked") >= 15
    assert "Nobody has asked what they need to understand us" in shown
    assert "None: this is the only time" in shown
    assert _ETHNICITY in shown


def test_safe_ways_are_answered_by_digits_and_read_back(scene: CardsScene[DetailsView]) -> None:
    press(Qt.Key.Key_3)
    for answer in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_2, Qt.Key.Key_1):
        press(answer)
    write("weekdays before three")
    press(Qt.Key.Key_Return, ctrl=True)
    safe = details_of(scene.facts()).safe
    assert safe == SafeContact(
        telephone_safe=True,
        voicemail_safe=False,
        text_safe=None,
        email_safe=False,
        letters_safe=True,
        safe_times="weekdays before three",
    )
    assert scene.view.message.text().startswith("The safe ways are saved.")
    assert here().objectName() == "details_safe"
    assert "weekdays before three" in words(scene.view)


def test_a_tab_after_a_digit_skips_no_question(scene: CardsScene[DetailsView]) -> None:
    press(Qt.Key.Key_3)
    form = scene.form(SafeForm)
    assert [button.text() for button in form.text_safe.findChildren(QPushButton)] == [
        *("1  Yes", "2  No", "3  Not asked"),
    ]
    press(Qt.Key.Key_2, Qt.Key.Key_Tab)
    assert form.voicemail_safe.isAncestorOf(here())
    press(Qt.Key.Key_Tab)
    assert form.text_safe.isAncestorOf(here())
    press(Qt.Key.Key_1, Qt.Key.Key_Tab, Qt.Key.Key_2)
    form_says = (form.telephone_safe, form.voicemail_safe, form.text_safe, form.email_safe)
    assert [each.answer() for each in form_says] == [False, None, True, False]


def test_the_way_they_prefer_is_chosen_and_said_before_ringing(scene: CardsScene[DetailsView]) -> None:
    press(Qt.Key.Key_3)
    form = scene.form(SafeForm)
    form.preferred_way.set_value("text")
    form.text_safe.set_value(value=False)
    press(Qt.Key.Key_Return, ctrl=True)
    assert "recorded as not safe" in form.message.text()
    form.text_safe.set_value(value=True)
    press(Qt.Key.Key_Return, ctrl=True)
    assert details_of(scene.facts()).safe == SafeContact(text_safe=True, preferred_way="text")
    assert "They prefer" in words(scene.view)
    assert before_ringing(scene.facts().reach) == ("They prefer: text",)


def test_how_to_reach_somebody(scene: CardsScene[DetailsView]) -> None:
    press(Qt.Key.Key_2)
    form = scene.form(ReachForm)
    assert not form.wrong.isVisible()
    form.other_telephone.setFocus()
    write("01632 960555")
    press(Qt.Key.Key_Tab)
    write("ngozi at home")
    press(Qt.Key.Key_Return, ctrl=True)
    assert "no email address" in form.message.text()
    form.email.setText("ngozi@example.org")
    press(Qt.Key.Key_Return, ctrl=True)
    patient = scene.facts().patient
    assert (patient.other_telephone, patient.email) == ("01632 960555", "ngozi@example.org")
    assert patient.telephone == "07700 900123"


def test_details_that_were_wrong_begin_the_search_again(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    episode = practice.refer("AD")
    practice.on(day(9))
    scene = CardsScene(qtbot, practice, prompts, DetailsView, episode)
    press(Qt.Key.Key_2)
    form = scene.form(ReachForm)
    form.telephone.setFocus()
    write("07700 900999")
    form.wrong.setFocus()
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Return, ctrl=True)
    ladder = scene.facts().open_ladder
    assert ladder is not None
    assert ladder.restarted_at == practice.clock.now()


def test_an_interpreter_is_chosen_by_beginning_to_type(scene: CardsScene[DetailsView]) -> None:
    press(Qt.Key.Key_5)
    form = scene.form(NeedsForm)
    assert form.language.isAncestorOf(here())
    write("Klingon")
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Return, ctrl=True)
    assert "choose from the list" in form.message.text()
    form.language.setFocus()
    write("british sign language")
    form.dialect.setText("Signs used in Leeds")
    form.interpreter.set_value("a woman")
    press(Qt.Key.Key_F, alt=True)
    assert here() is form.formats.boxes["standard"]
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Down, Qt.Key.Key_Right)
    assert here() is form.formats.boxes["easy_read"], "under the box to the right of the first"
    press(Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Left, Qt.Key.Key_Left)
    assert here() is form.formats.boxes["standard"]
    for letter in "lb":
        write(letter)
    write("b")
    assert here() is form.formats.boxes["bsl_video"]
    press(Qt.Key.Key_Space)
    form.formats.boxes["large_print_18"].click()
    assert form.formats.values() == ("large_print_18", "bsl_video"), "standard stands alone"
    press(Qt.Key.Key_Return, ctrl=True)
    reach = scene.facts().reach
    assert (reach.interpreter_language, reach.information_formats) == ("q4", ("large_print_18", "bsl_video"))
    assert reach.needs_reviewed_on == day(7)
    shown = words(scene.view)
    assert "British Sign Language, Signs used in Leeds, rather a woman" in shown
    assert "Large print 18 pt, BSL video" in shown
    assert "Nobody has asked about the way of talking together yet" in shown


def test_asked_and_not_said_is_not_not_asked(scene: CardsScene[DetailsView]) -> None:
    press(Qt.Key.Key_6)
    form = scene.form(AboutForm)
    form.ethnic_category.set_value("Z")
    form.allergies.setPlainText("Penicillin: a rash")
    form.accommodation.set_value("HM04")
    form.disability.boxes["02"].click()
    form.disability.boxes["NN"].click()
    assert form.disability.values() == ("NN",)
    form.disability.boxes["09"].click()
    press(Qt.Key.Key_Return, ctrl=True)
    said = details_of(scene.facts()).demographics
    assert (said.ethnic_category, said.employment, said.disability) == ("Z", None, ("09",))
    shown = words(scene.view)
    assert "Penicillin: a rash" in shown
    assert "Sofa surfing" in shown
    assert "Asked, prefers not to say" in shown
    assert _ETHNICITY not in shown, "they were asked, and prefer not to say"
    assert "HM04" not in shown


def test_a_new_practice_is_added_with_the_change_or_not_at_all(scene: CardsScene[DetailsView]) -> None:
    press(Qt.Key.Key_4)
    form = scene.form(GpForm)
    form.gp_name.setText("x" * 101)
    form.practice.set_text("Riverside & <Hill>")
    press(Qt.Key.Key_Return, ctrl=True)
    assert "too long" in form.message.text()
    with scene.practice.reading() as session:
        assert [row.name for row in gp_practices(session)] == ["Elm Tree Surgery"]
    form.gp_name.setText("Dr Price")
    press(Qt.Key.Key_Return, ctrl=True)
    patient = scene.facts().patient
    assert (patient.gp_practice_name, patient.gp_name) == ("Riverside & <Hill>", "Dr Price")


def test_a_change_of_another_part_meanwhile_does_not_stand_in_the_way(
    scene: CardsScene[DetailsView],
) -> None:
    press(Qt.Key.Key_2)
    form = scene.form(ReachForm)
    form.telephone.setText("07700 900999")
    patient = scene.facts().patient
    other = ChangeDetails(
        patient_id=patient.patient_id, seen=patient.version, safe=SafeContact(text_safe=True)
    )
    change_details(other, scene.practice.uow("sam"))
    scene.view.go_stale()
    assert form.telephone.text() == "07700 900999"
    press(Qt.Key.Key_Return, ctrl=True)
    assert scene.facts().patient.telephone == "07700 900999"


def test_a_change_of_the_same_part_meanwhile_is_refused_and_nothing_typed_is_lost(
    scene: CardsScene[DetailsView],
) -> None:
    press(Qt.Key.Key_2)
    form = scene.form(ReachForm)
    form.telephone.setText("07700 900999")
    patient = scene.facts().patient
    theirs = ContactDetails(address="1 New Road", telephone="07700 900111")
    other = ChangeDetails(patient_id=patient.patient_id, seen=patient.version, contact=theirs)
    change_details(other, scene.practice.uow("sam"))
    scene.view.go_stale()
    press(Qt.Key.Key_Return, ctrl=True)
    assert "Somebody else changed this" in form.message.text()
    assert form.telephone.text() == "07700 900999"
    assert scene.facts().patient.telephone == "07700 900111"


def test_a_reader_reads_and_changes_nothing(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = CardsScene(qtbot, practice, prompts, DetailsView, practice.refer("A"), login="rita")
    assert not {name for name in scene.offered() if name.startswith("details_") and "people" not in name}
    press(Qt.Key.Key_1)
    assert scene.view.forms.form() is None


def test_other_care_here_is_listed_and_opened(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    first = practice.refer("A")
    ended = CloseEpisode(
        episode_id=first, ending=Ending.COMPLETED, closed_on=MONDAY, note="Well again", why_no_plan="Well"
    )
    close_episode(ended, practice.uow(), practice.rulebook)
    now = back(practice, first, day(60)).made
    assert now is not None
    scene = CardsScene(qtbot, practice, prompts, DetailsView, now)  # type: ignore[arg-type]  # an episode's number
    shown = words(scene.view)
    assert "29-Dec-2025 to 05-Jan-2026" in shown
    assert "Treatment completed: Well again" in shown
    wanted: list[object] = []
    scene.view.compose_requested.connect(lambda episode, _form: wanted.append(episode))
    scene.part(f"details_open_{first}", QPushButton).click()
    assert wanted == [first]


def test_people_are_a_step_away(scene: CardsScene[DetailsView]) -> None:
    wanted: list[object] = []
    scene.view.page_requested.connect(wanted.append)
    scene.part("details_people", QPushButton).click()
    assert wanted == [PageName.PEOPLE]


def test_the_whole_page_has_names_and_tab_comes_round(scene: CardsScene[DetailsView]) -> None:
    assert nameless(scene.view) == []
    assert len(tab_walk(scene.window)) >= 8


def test_a_letter_in_a_number_is_refused_there_and_too_few_digits_are_asked_about_once(
    scene: CardsScene[DetailsView],
) -> None:
    press(Qt.Key.Key_2)
    form = scene.form(ReachForm)
    form.telephone.setText("0770090o12")
    press(Qt.Key.Key_Return, ctrl=True)
    assert form.message.text() == "A telephone number has no letters in it: look at “0770090o12”."
    assert form.telephone.hasFocus()
    form.telephone.setText("0770")
    press(Qt.Key.Key_Return, ctrl=True)
    assert form.message.text().startswith("“0770” has 4 digits; a mobile number has 11. Save again")
    assert scene.facts().patient.telephone == "07700 900123"
    press(Qt.Key.Key_Return, ctrl=True)
    assert scene.facts().patient.telephone == "0770"
