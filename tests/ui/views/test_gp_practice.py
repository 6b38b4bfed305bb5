"""Where letters to a GP practice go: asked when it is new or not whole, put right from a patient's card."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from collabcare.domain.gp_practices import GpPracticeDetails
from collabcare.queries.site import gp_practices
from collabcare.services.letters import IssueLetter, compose_letter
from collabcare.services.patients import NewGpPractice, add_gp_practice
from collabcare.ui.forms.gp_forms import GpForm, GpPracticeForm
from collabcare.ui.views.details_view import DetailsView
from tests.builders import MONDAY
from tests.ui.accessibility import nameless, tab_walk
from tests.ui.keyboard import here, press, write
from tests.ui.views.details_scene import CardsScene
from tests.ui.views.patient_scene import words
from tests.ui.views.test_letter_view import LetterScene
from tests.ui.views.test_new_patient_view import NewcomerScene

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from collabcare.domain.ids import EpisodeId
    from tests.record_fixtures import Practice
    from tests.ui.scripted_prompts import ScriptedPrompts

CANNOT_POST = "The GP practice has no full address, so this cannot be posted."
OAK = GpPracticeDetails(
    name="Oak Lane",
    ods_code="B82001",
    address="1 Oak Lane\nLeeds",
    postcode="LS3 3CC",
    telephone="0113 496 0000",
)


def findings(practice: Practice, episode: EpisodeId) -> set[str]:
    """Return what the letter to the GP says before it goes."""
    with practice.reading() as session:
        letter = compose_letter(session, IssueLetter(episode_id=episode, kind="gp_review"), practice.desk())
    return {finding.text for finding in letter.findings}


def known(practice: Practice, name: str) -> GpPracticeDetails:
    """Return what the record holds of a practice."""
    with practice.reading() as session:
        return next(row.details for row in gp_practices(session) if row.name == name)


@pytest.fixture
def by_name_only(practice: Practice) -> EpisodeId:
    """Return the episode of somebody whose practice is known by its name alone."""
    made = add_gp_practice(NewGpPractice(name="Oak Lane"), practice.uow()).made
    return practice.refer("A", gp_practice_id=made)


def type_the_rest() -> None:
    """Type address, postcode, telephone and code, from the address on."""
    write("1 Oak Lane")
    press(Qt.Key.Key_Return)
    write("Leeds")
    for text in ("ls3 3cc", "0113 496 0000", "b82001"):
        press(Qt.Key.Key_Tab)
        write(text)


def test_from_entry_to_a_letter_that_can_be_posted(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = NewcomerScene(qtbot, practice, prompts)
    scene.fill()
    part = scene.form.practice_part
    assert not part.fields.isVisible()
    scene.form.practice.setFocus()
    scene.form.practice.set_text("Oak Lane")
    assert part.fields.isVisible()
    press(Qt.Key.Key_Tab)
    assert here() is part.fields.address
    type_the_rest()
    assert nameless(scene.view) == []
    press(Qt.Key.Key_Return, ctrl=True)
    assert known(practice, "Oak Lane") == OAK
    practice.happen("A", scene.added[0], MONDAY)
    assert CANNOT_POST not in findings(practice, scene.added[0])


def test_a_code_that_cannot_be_is_said_beside_it_and_nothing_is_kept(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = NewcomerScene(qtbot, practice, prompts)
    scene.fill()
    scene.form.practice.set_text("Oak Lane")
    scene.form.practice_part.fields.ods_code.setText("82001")
    press(Qt.Key.Key_Return, ctrl=True)
    assert "a letter and five digits" in scene.form.message.text()
    assert here() is scene.form.practice_part.fields.ods_code
    assert scene.added == []


def test_what_is_missing_of_a_known_practice_is_asked_with_the_next_patient(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts, by_name_only: EpisodeId
) -> None:
    scene = NewcomerScene(qtbot, practice, prompts)
    scene.fill()
    scene.form.practice.set_text("oak lane")
    fields = scene.form.practice_part.fields
    assert fields.isVisible()
    assert "No letter can be posted to this practice" in words(scene.view)
    fields.address.setFocus()
    type_the_rest()
    scene.form.practice.set_text("Elm Tree Surgery")  # whose address is known
    assert not fields.isVisible()
    scene.form.practice.set_text("Oak Lane")
    assert fields.written() == ("", "", "", "")
    fields.address.setFocus()
    type_the_rest()
    press(Qt.Key.Key_Return, ctrl=True)
    assert scene.added
    assert known(practice, "Oak Lane") == OAK
    assert CANNOT_POST not in findings(practice, by_name_only)


def test_the_letter_leads_to_where_the_address_is_added(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts, by_name_only: EpisodeId
) -> None:
    letter = LetterScene(qtbot, practice, prompts)
    letter.view.show_letter(by_name_only, "gp_review")
    assert CANNOT_POST in words(letter.view)
    wanted: list[str] = []
    letter.view.form.mend_requested.connect(wanted.append)
    add = letter.view.form.findings.findChild(QPushButton, "letter_mend_gp_practice")
    assert add is not None
    add.click()
    scene = CardsScene(qtbot, practice, prompts, DetailsView, by_name_only)
    scene.view.begin(wanted[0])
    form = scene.form(GpPracticeForm)
    assert here() is form.address
    type_the_rest()
    assert nameless(scene.view) == []
    assert form.save in tab_walk(scene.window)
    press(Qt.Key.Key_Return, ctrl=True)
    assert known(practice, "Oak Lane") == OAK
    assert scene.view.message.text() == "Saved."
    assert "1 Oak Lane, Leeds, LS3 3CC" in words(scene.view)
    assert "B82001" in words(scene.view)
    letter.view.go_stale()
    assert CANNOT_POST not in words(letter.view)


def test_a_reader_is_not_offered_what_they_may_not_do(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts, by_name_only: EpisodeId
) -> None:
    letter = LetterScene(qtbot, practice, prompts, "rita")
    letter.view.show_letter(by_name_only, "gp_review")
    assert CANNOT_POST in words(letter.view)
    assert letter.view.form.findings.findChild(QPushButton, "letter_mend_gp_practice") is None


def test_a_known_practice_is_put_right_from_the_card(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = CardsScene(qtbot, practice, prompts, DetailsView, practice.refer("A"))
    assert "No letter can be posted" not in words(scene.view)
    scene.part("details_gp_practice", QPushButton).setFocus()
    press(Qt.Key.Key_Space)
    form = scene.form(GpPracticeForm)
    assert here() is form.name
    press(Qt.Key.Key_Return, ctrl=True)
    assert "Nothing was changed" in form.message.text()
    form.name.setText("Elm Tree Health Centre")
    press(Qt.Key.Key_Return, ctrl=True)
    assert scene.facts().patient.gp_practice_name == "Elm Tree Health Centre"
    assert here().objectName() == "details_gp_practice"


def test_the_card_asks_for_what_is_missing_with_the_registration(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts, by_name_only: EpisodeId
) -> None:
    scene = CardsScene(qtbot, practice, prompts, DetailsView, by_name_only)
    assert "No letter can be posted to this practice" in words(scene.view)
    press(Qt.Key.Key_4)
    form = scene.form(GpForm)
    form.practice_part.fields.address.setFocus()
    type_the_rest()
    press(Qt.Key.Key_Return, ctrl=True)
    assert known(practice, "Oak Lane") == OAK
    press(Qt.Key.Key_4)
    scene.form(GpForm).gp_name.setText("Dr Price")
    press(Qt.Key.Key_Return, ctrl=True)
    assert scene.facts().patient.gp_name == "Dr Price"


def test_a_new_practice_comes_with_its_address_from_the_card(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    episode = practice.refer("A")
    scene = CardsScene(qtbot, practice, prompts, DetailsView, episode)
    press(Qt.Key.Key_4)
    form = scene.form(GpForm)
    form.practice.set_text("Oak Lane")
    form.practice_part.fields.address.setFocus()
    type_the_rest()
    press(Qt.Key.Key_Return, ctrl=True)
    assert scene.facts().patient.gp_practice_name == "Oak Lane"
    assert known(practice, "Oak Lane") == OAK
