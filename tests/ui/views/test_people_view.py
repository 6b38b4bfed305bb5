"""People on the real record: nobody is rung or told anything without the patient's yes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from collabcare.store.engine import WRITE
from collabcare.store.models import Patient
from collabcare.ui.forms.carer_form import CarerEndForm, CarerForm
from collabcare.ui.views.people_view import PeopleView
from tests.builders import day
from tests.ui.accessibility import nameless, tab_walk
from tests.ui.keyboard import here, press, write
from tests.ui.views.details_scene import CardsScene
from tests.ui.views.patient_scene import words

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.record_fixtures import Practice
    from tests.ui.scripted_prompts import ScriptedPrompts


@pytest.fixture
def scene(qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts) -> CardsScene[PeopleView]:
    episode = practice.refer("A")
    practice.on(day(7))
    return CardsScene(qtbot, practice, prompts, PeopleView, episode)


def add(scene: CardsScene[PeopleView], name: str, *, rung: bool) -> None:
    """Add somebody by keyboard, who may be rung or of whom nobody has asked."""
    scene.view.begin("carer")
    for text in (name, "sister", "07700 900321"):
        write(text)
        press(Qt.Key.Key_Tab)
    if rung:
        form = scene.form(CarerForm)
        form.may_contact.setFocus()
        press(Qt.Key.Key_1)
        form.nominated.setFocus()
        press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Return, ctrl=True)


def test_somebody_is_added_by_keyboard_alone(scene: CardsScene[PeopleView]) -> None:
    assert "Nobody is recorded yet" in words(scene.view)
    scene.part("people_carer", QPushButton).setFocus()
    press(Qt.Key.Key_Space)
    assert scene.form(CarerForm).isVisible()
    press(Qt.Key.Key_Escape)
    assert here().objectName() == "people_carer"
    add(scene, "Ada Obi", rung=True)
    (ada,) = scene.facts().carers
    assert (ada.name, ada.relation, ada.may_contact, ada.nominated) == ("Ada Obi", "sister", True, True)
    assert ada.consent_on == day(7)
    assert scene.facts().reach.nominated_contact == "Ada Obi, sister, 07700 900321"
    shown = words(scene.view)
    assert "Ada Obi may be rung on 07700 900321" in shown
    assert "Yes, said on 12-Jan-2026" in shown
    assert scene.view.message.text().startswith("The person is saved.")


def test_somebody_of_whom_nobody_asked_is_not_rung(scene: CardsScene[PeopleView]) -> None:
    add(scene, "Kemi Obi", rung=False)
    (kemi,) = scene.facts().carers
    assert (kemi.may_contact, kemi.consent_on, kemi.nominated) == (None, None, False)
    assert "Nobody may be rung yet" in words(scene.view)
    assert "Not asked" in words(scene.view)


def test_what_needs_a_yes_cannot_be_chosen_without_one(scene: CardsScene[PeopleView]) -> None:
    scene.view.begin("carer")
    form = scene.form(CarerForm)
    assert not form.nominated.isEnabled()
    assert not form.may_share.isEnabled()
    form.may_contact.setFocus()
    press(Qt.Key.Key_1)
    form.nominated.click()
    form.may_share.setPlainText("That she is with us")
    form.may_contact.setFocus()
    press(Qt.Key.Key_2)
    assert not form.nominated.isChecked()
    assert form.consent_on.value() == day(7)
    form.name.setText("Ada")
    press(Qt.Key.Key_Return, ctrl=True)
    (ada,) = scene.facts().carers
    assert (ada.may_contact, ada.may_share, ada.nominated) == (False, "", False)


def test_putting_somebody_in_anothers_place_is_asked_once(scene: CardsScene[PeopleView]) -> None:
    add(scene, "Ada Obi", rung=True)
    add(scene, "Kemi Obi", rung=True)
    form = scene.form(CarerForm)
    assert "So far Ada Obi is the one who may be rung" in form.message.text()
    press(Qt.Key.Key_Return, ctrl=True)
    first, second = scene.facts().carers
    assert [(first.name, first.nominated), (second.name, second.nominated)] == [
        ("Kemi Obi", True),
        ("Ada Obi", False),
    ]


def test_somebody_is_changed_and_ended(scene: CardsScene[PeopleView]) -> None:
    add(scene, "Ada Obi", rung=True)
    number = scene.facts().carers[0].id
    scene.part(f"people_carer_change{number}", QPushButton).setFocus()
    press(Qt.Key.Key_Space)
    scene.form(CarerForm).telephone.setText("01632 960777")
    press(Qt.Key.Key_Return, ctrl=True)
    assert "01632 960777" in (scene.facts().reach.nominated_contact or "")
    assert here().objectName() == f"people_carer_change{number}"
    scene.part(f"people_carer_end{number}", QPushButton).click()
    assert "Ada Obi is no longer rung" in words(scene.form(CarerEndForm))
    press(Qt.Key.Key_Return, ctrl=True)
    assert scene.facts().carers[0].ended_on == day(7)
    assert scene.facts().reach.nominated_contact is None
    assert "Ada Obi, sister, until 12-Jan-2026" in words(scene.view)
    assert scene.view.message.text() == "The person is taken off the list. They stay in the record."


def test_who_was_named_before_there_was_a_list_is_put_on_it(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    episode = practice.refer("A")
    with practice.reading() as session:
        session.connection(execution_options=WRITE)
        patient = session.get_one(Patient, practice.facts(episode).patient.patient_id)
        patient.nominated_contact = "Ada, sister, 07700 900321"
        session.commit()
    scene = CardsScene(qtbot, practice, prompts, PeopleView, episode)
    assert "Named before there was this list: Ada, sister" in words(scene.view)
    scene.part("people_named", QPushButton).click()
    form = scene.form(CarerForm)
    assert form.name.text() == "Ada, sister, 07700 900321"
    form.name.setText("Ada")
    press(Qt.Key.Key_Return, ctrl=True)
    assert scene.facts().reach.nominated_contact is None
    assert "Named before" not in words(scene.view)


def test_a_reader_changes_nobody(qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts) -> None:
    scene = CardsScene(qtbot, practice, prompts, PeopleView, practice.refer("A"), login="rita")
    assert not {name for name in scene.offered() if name.startswith("people_")}


@pytest.mark.parametrize("form", ["", "carer"])
def test_everything_has_a_name_and_tab_comes_round(scene: CardsScene[PeopleView], form: str) -> None:
    add(scene, "Ada Obi", rung=True)
    if form:
        scene.view.begin(form)
    assert nameless(scene.view) == []
    assert len(tab_walk(scene.window)) >= 6
