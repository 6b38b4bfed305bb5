"""The first-run assistant: four steps, and nothing on the disk before the last one is finished."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication

from collabcare.domain.acting import Role
from collabcare.domain.counting import uncounted
from collabcare.paths import user_data_dir
from collabcare.queries.site import gp_practices
from collabcare.ui.tasks import Tasks
from collabcare.ui.views.first_run_steps import record_name
from collabcare.ui.views.first_run_view import FirstRunView
from tests.record_fixtures import PASSWORD
from tests.ui.accessibility import nameless, tab_walk
from tests.ui.inline import InlineExecutor
from tests.ui.keyboard import here, under_hands, write
from tests.ui.scripted_prompts import ScriptedPrompts

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from collabcare.ui.doors import Doors
    from collabcare.ui.opening import SignedIn


@pytest.fixture
def prompts() -> ScriptedPrompts:
    return ScriptedPrompts()


@pytest.fixture
def view(qtbot: QtBot, doors: Doors, prompts: ScriptedPrompts, tmp_path: Path) -> FirstRunView:
    assistant = FirstRunView(doors, Tasks(prompts, InlineExecutor()), prompts)
    under_hands(qtbot, assistant)
    home = tmp_path / "records"
    home.mkdir()
    assistant.start(home)
    return assistant


def about_service(view: FirstRunView) -> None:
    """Fill in the first step and go on."""
    view.service.name.setText("Elm Tree: Primary / Care")
    view.service.address.setPlainText("1 Elm Street\nLeeds")
    view.service.postcode.setText("ls1 1aa")
    view.service.practice.setText("Elm Tree Surgery")
    view.go_on()


def about_you(view: FirstRunView) -> None:
    """Fill in the second step and go on."""
    view.you.name.setText("Jo Smith")
    view.you.login.setText("jsmith")
    view.you.job_title.setText("Practitioner")
    for edit in (view.you.password, view.you.again):
        edit.setText(PASSWORD)
    view.go_on()


def two_words(view: FirstRunView) -> None:
    """Type the two words back and go on."""
    first, second = view.key.asked_places()
    view.key.first.setText(f" {view.key.words[first].upper()} ")
    view.key.second.setText(view.key.words[second])
    view.go_on()


def test_four_steps_make_a_record_that_opens(view: FirstRunView, qtbot: QtBot, tmp_path: Path) -> None:
    view.window().resize(900, 720)
    about_service(view)
    about_you(view)
    QApplication.processEvents()
    assert not view.forwards.visibleRegion().isEmpty(), "as high as its own step, not as the tallest"
    two_words(view)
    assert view.place.verdict.text().startswith("This folder can be written.")
    with qtbot.waitSignal(view.made) as made:
        view.go_on()
    signed_in: SignedIn = made.args[0]
    desk = signed_in.desk
    assert desk.record_path == tmp_path / "records" / "Elm Tree Primary Care.ccrecord"
    assert (desk.acting.name, desk.acting.role) == ("Jo Smith", Role.PRACTITIONER)
    assert (desk.site.name, desk.site.address, desk.site.postcode) == (
        "Elm Tree: Primary / Care",
        ("1 Elm Street", "Leeds"),
        "LS1 1AA",
    )
    with desk.reading() as session:
        assert [practice.name for practice in gp_practices(session)] == ["Elm Tree Surgery"]
    signed_in.close()


def test_the_first_practice_is_kept_with_where_letters_reach_it(view: FirstRunView, qtbot: QtBot) -> None:
    assert not view.service.practice_address.isVisible()
    view.service.practice.setText("Elm Tree Surgery")
    assert view.service.practice_address.isVisible()
    view.service.practice_address.setPlainText("1 Elm Street\nLeeds")
    view.service.practice_postcode.setText("ls1 1aa")
    view.service.practice_telephone.setText("0113 496 0000")
    view.service.practice_ods_code.setText("82001")
    about_service(view)
    assert view.title.text() == "Your service"
    assert "a letter and five digits" in view.service.practice_ods_code.accessibleDescription()
    assert here() is view.service.practice_ods_code
    view.service.practice_ods_code.setText("b82001")
    view.go_on()
    about_you(view)
    two_words(view)
    with qtbot.waitSignal(view.made) as made:
        view.go_on()
    signed_in: SignedIn = made.args[0]
    with signed_in.desk.reading() as session:
        (practice,) = gp_practices(session)
    signed_in.close()
    assert practice.details.can_be_written_to
    assert (practice.details.ods_code, practice.details.telephone) == ("B82001", "0113 496 0000")


def test_the_printed_words_open_the_record_when_the_password_is_forgotten(
    view: FirstRunView, qtbot: QtBot, doors: Doors
) -> None:
    about_service(view)
    about_you(view)
    words = " ".join(view.key.words)
    two_words(view)
    with qtbot.waitSignal(view.made) as made:
        view.go_on()
    made.args[0].close()
    recovered = doors.recover(made.args[0].desk.record_path, words, "jsmith", "another long one", uncounted)
    assert recovered.desk.acting.login == "jsmith"
    recovered.close()


@pytest.mark.parametrize("steps", range(4))
def test_cancelling_at_any_step_leaves_nothing(view: FirstRunView, tmp_path: Path, steps: int) -> None:
    for go in (about_service, about_you, two_words)[:steps]:
        go(view)
    view.cancel.click()
    assert list((tmp_path / "records").iterdir()) == []
    assert not user_data_dir().exists()


def test_what_is_missing_is_said_beside_its_field(view: FirstRunView) -> None:
    view.go_on()
    assert view.title.text() == "Your service"
    assert view.service.name.accessibleDescription() == "Type the service's name."
    assert here() is view.service.name
    write("Elm")
    assert view.service.name.accessibleDescription() == ""


def test_a_weak_or_mistyped_password_goes_no_further(view: FirstRunView) -> None:
    about_service(view)
    view.you.name.setText("Jo")
    view.you.login.setText("jo")
    view.you.password.setText("short")
    view.go_on()
    assert "7 more to go" in view.you.password.accessibleDescription()
    view.you.password.setText(PASSWORD)
    view.you.again.setText(f"{PASSWORD}!")
    view.go_on()
    assert view.you.again.accessibleDescription().startswith("The two passwords differ")
    assert view.title.text() == "You"


def test_a_sign_in_name_is_suggested_and_never_forced(view: FirstRunView) -> None:
    about_service(view)
    view.you.name.setText("Siân O'Brien")
    view.you.name.editingFinished.emit()
    assert view.you.login.text() == "so'brien"
    view.you.login.setText("sian")
    view.you.name.editingFinished.emit()
    assert view.you.login.text() == "sian"


def test_the_wrong_word_is_asked_for_again(view: FirstRunView) -> None:
    about_service(view)
    about_you(view)
    view.key.first.setText("wrong")
    view.go_on()
    first, _second = view.key.asked_places()
    assert view.key.first.accessibleDescription() == f"That is not word {first + 1}. Look at the key above."
    assert view.title.text() == "Your recovery key"


def test_going_back_keeps_the_key_and_everything_typed(view: FirstRunView) -> None:
    about_service(view)
    about_you(view)
    words = view.key.words
    view.back.click()
    view.back.click()
    assert view.service.name.text() == "Elm Tree: Primary / Care"
    view.go_on()
    view.go_on()
    assert view.key.words == words


def test_the_key_can_be_saved_to_print(view: FirstRunView, prompts: ScriptedPrompts, tmp_path: Path) -> None:
    about_service(view)
    about_you(view)
    prompts.answers.append(tmp_path / "key.pdf")
    view.key.save.click()
    assert (tmp_path / "key.pdf").read_bytes().startswith(b"%PDF")
    assert view.key.saved.text().startswith("Saved as key.pdf.")


def test_a_folder_that_cannot_be_written_is_said_at_once(
    view: FirstRunView, prompts: ScriptedPrompts, tmp_path: Path
) -> None:
    about_service(view)
    about_you(view)
    two_words(view)
    prompts.answers.append(tmp_path / "nowhere" / "elm.ccrecord")
    view.place.choose_requested.emit()
    assert "There is no folder" in view.place.verdict.text()
    view.go_on()
    assert view.title.text() == "Where the record is kept"


def test_a_synchronised_folder_is_pointed_out_and_can_be_used(
    view: FirstRunView, prompts: ScriptedPrompts, tmp_path: Path
) -> None:
    """Hazard H53."""
    about_service(view)
    about_you(view)
    two_words(view)
    shared = tmp_path / "OneDrive"
    shared.mkdir()
    prompts.answers.append(shared / "elm.ccrecord")
    view.place.choose_requested.emit()
    assert view.place.verdict.text().startswith("This folder is copied to other computers as you work")
    assert view.place.complete()


def test_a_record_that_stands_there_is_never_replaced(view: FirstRunView, tmp_path: Path) -> None:
    about_service(view)
    about_you(view)
    two_words(view)
    there = tmp_path / "records" / "Elm Tree Primary Care.ccrecord"
    there.write_bytes(b"mine")
    view.go_on()
    assert "already a record called" in view.message.text()
    assert there.read_bytes() == b"mine"
    assert view.forwards.isEnabled()


@pytest.mark.parametrize(
    ("service", "name"),
    [
        ("Elm Tree PCN", "Elm Tree PCN.ccrecord"),
        ("../../etc", "etc.ccrecord"),
        ("???", "Caseload.ccrecord"),
        ("Łódź Health", "Łódź Health.ccrecord"),
        ("x" * 99, f"{'x' * 60}.ccrecord"),
    ],
)
def test_a_record_is_named_after_its_service(service: str, name: str) -> None:
    assert record_name(service) == name


def test_each_step_is_spoken_and_tab_goes_round(view: FirstRunView) -> None:
    for go in (about_service, about_you, two_words):
        assert nameless(view) == []
        tab_walk(view.window())
        go(view)
    assert nameless(view) == []
    tab_walk(view.window())
