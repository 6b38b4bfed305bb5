"""Taking a patient on: by keyboard, with every slip said beside its field and nothing typed lost."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from collabcare.domain.closure import Ending
from collabcare.domain.codes import Gender, ReferralReason, ResponsePriority
from collabcare.queries.site import gp_practices
from collabcare.services.episodes import CloseEpisode, close_episode
from collabcare.ui.forms.entry_form import RefusedAt
from collabcare.ui.tasks import Tasks
from collabcare.ui.views.new_patient_view import NewPatientView
from tests.builders import MONDAY, day
from tests.builders_pathways import model
from tests.ui.accessibility import nameless, tab_walk
from tests.ui.inline import InlineExecutor
from tests.ui.keyboard import here, press, under_hands, write

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from collabcare.domain.ids import EpisodeId
    from collabcare.ui.forms.new_patient_form import NewPatientForm
    from tests.record_fixtures import Practice
    from tests.ui.scripted_prompts import ScriptedPrompts

VALID = "999 000 0018"


class NewcomerScene:
    """The page for a new patient under the user's hands."""

    def __init__(self, qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts) -> None:
        self.practice = practice
        desk = practice.desk()
        tasks = Tasks(prompts, InlineExecutor())
        tasks.use(desk.reading)
        self.view = NewPatientView(desk, tasks, prompts)
        self.window = under_hands(qtbot, self.view)
        self.window.resize(1300, 900)
        self.added: list[EpisodeId] = []
        self.cancelled: list[bool] = []
        self.view.added.connect(self.added.append)
        self.view.cancelled.connect(lambda: self.cancelled.append(True))
        self.view.start()

    @property
    def form(self) -> NewPatientForm:
        """The form in view."""
        assert self.view.form is not None
        return self.view.form

    def fill(self, nhs_number: str = "") -> None:
        """Fill in what there has to be."""
        form = self.form
        form.nhs_number.edit.setText(nhs_number)
        form.surname.setText("Żółć")
        form.given_name.setText("Łukasz <none>")
        form.born.edit.setText("14/7/1985")
        form.gender.set_value(Gender.MALE)
        form.reason.set_value(ReferralReason.ANXIETY)


@pytest.fixture
def scene(qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts) -> NewcomerScene:
    return NewcomerScene(qtbot, practice, prompts)


def test_a_patient_is_taken_on_by_keyboard(scene: NewcomerScene) -> None:
    assert scene.form.nhs_number.isAncestorOf(here())
    write("9990000018")
    assert scene.form.nhs_number.text() == VALID
    for text in ("Okafor", "Ngozi", "Ms", "Gozi", "14/7/1985"):
        press(Qt.Key.Key_Tab)
        write(text)
    scene.form.gender.set_value(Gender.FEMALE)
    scene.form.reason.set_value(ReferralReason.DEPRESSION)
    press(Qt.Key.Key_Return, ctrl=True)
    facts = scene.practice.facts(scene.added[0])
    assert facts.patient.name == "OKAFOR, Ngozi (Ms)"
    assert (facts.patient.nhs_number, facts.patient.preferred_name) == ("9990000018", "Gozi")
    assert facts.patient.gp_practice_name == "Elm Tree Surgery"
    assert facts.holder == "Jo Smith"
    assert facts.referral_received_on == MONDAY


def test_what_is_typed_is_kept_as_typed(scene: NewcomerScene) -> None:
    scene.fill()
    press(Qt.Key.Key_Return, ctrl=True)
    patient = scene.practice.facts(scene.added[0]).patient
    assert (patient.surname, patient.given_name, patient.nhs_number) == ("Żółć", "Łukasz <none>", None)


def test_a_new_practice_is_added_under_its_name_and_a_known_one_found_whatever_its_case(
    scene: NewcomerScene,
) -> None:
    scene.fill()
    scene.form.practice.set_text("elm tree SURGERY")
    assert scene.form.practice.echo() == ""
    scene.form.practice.set_text("Riverside & <Hill>")
    assert scene.form.practice.echo() == "Not known yet: it will be added under this name."
    press(Qt.Key.Key_Return, ctrl=True)
    assert scene.practice.facts(scene.added[0]).patient.gp_practice_name == "Riverside & <Hill>"


def test_a_refused_patient_leaves_no_new_practice_behind(scene: NewcomerScene) -> None:
    scene.fill()
    scene.form.practice.set_text("Riverside")
    scene.form.born.edit.setText("1/1/1850")
    scene.form.born.edit.setText("1/1/1900")
    scene.form.received_on.edit.setText("1/1/1899")
    press(Qt.Key.Key_Return, ctrl=True)
    assert scene.form.message.text()
    assert scene.added == []
    with scene.practice.reading() as session:
        assert [row.name for row in gp_practices(session)] == ["Elm Tree Surgery"]


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("9990000017", "The check digit does not fit"),
        ("99900000", "Too short"),
        ("QQ123456C", "National Insurance number"),
    ],
)
def test_a_wrong_nhs_number_is_said_beside_the_field(scene: NewcomerScene, number: str, words: str) -> None:
    scene.fill()
    scene.form.nhs_number.setFocus()
    write(number)
    press(Qt.Key.Key_Tab)
    assert words in scene.form.nhs_number.echo()
    press(Qt.Key.Key_Return, ctrl=True)
    assert words in scene.form.message.text()
    assert scene.form.nhs_number.isAncestorOf(here())
    assert scene.form.surname.text() == "Żółć"
    assert scene.added == []


def test_a_number_in_the_record_already_is_said_at_once_and_leads_there(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    known = practice.refer("A", nhs_number=VALID)
    scene = NewcomerScene(qtbot, practice, prompts)
    wanted: list[object] = []
    scene.view.patient_requested.connect(wanted.append)
    scene.fill()
    scene.form.nhs_number.setFocus()
    write("9990000018")
    assert scene.form.known.text() == "In the record already: OKAFOR, Ngozi (Ms), born 14-Jul-1985."
    press(Qt.Key.Key_Return, ctrl=True)
    assert scene.added == []
    assert "in the record already" in scene.form.message.text()
    open_known = scene.form.findChild(QPushButton, "patient_open_known")
    assert open_known is not None
    open_known.click()
    assert wanted == [known]
    scene.form.nhs_number.edit.setText("999 000 0026")
    assert scene.form.known.text() == ""
    press(Qt.Key.Key_Return, ctrl=True)
    assert scene.added


@pytest.mark.parametrize(
    ("field", "sentence"),
    [
        ("surname", "Type the surname."),
        ("born", "Born: write a date"),
        ("gender", "Choose the gender the patient states."),
        ("reason", "Choose the main reason for the referral."),
        ("practice", "Choose the GP practice, or type its name."),
    ],
)
def test_what_is_missing_is_named_and_gets_the_keyboard(
    scene: NewcomerScene, field: str, sentence: str
) -> None:
    scene.fill()
    form = scene.form
    empty: dict[str, Callable[[], object]] = {
        "surname": form.surname.clear,
        "born": form.born.edit.clear,
        "gender": lambda: form.gender.setCurrentIndex(0),
        "reason": lambda: form.reason.setCurrentIndex(0),
        "practice": lambda: form.practice.set_text(""),
    }
    empty[field]()
    press(Qt.Key.Key_Return, ctrl=True)
    assert sentence in form.message.text()
    editor = getattr(form, field)
    assert here() is editor or editor.isAncestorOf(here())
    assert scene.added == []


def test_somebody_who_has_one_name_has_it_in_surname(scene: NewcomerScene) -> None:
    scene.fill()
    scene.form.surname.setText("Sukarno")
    scene.form.given_name.clear()
    press(Qt.Key.Key_Return, ctrl=True)
    patient = scene.practice.facts(scene.added[0]).patient
    assert (patient.surname, patient.given_name, patient.name) == ("Sukarno", "", "SUKARNO")


def test_leaving_asks_only_when_something_was_typed(scene: NewcomerScene, prompts: ScriptedPrompts) -> None:
    scene.form.surname.setText("Okafor")
    prompts.answers += [False, True]
    press(Qt.Key.Key_Escape)
    assert scene.cancelled == []
    assert scene.form.surname.text() == "Okafor"
    scene.view.start()  # coming back finds it as it was
    assert scene.form.surname.text() == "Okafor"
    press(Qt.Key.Key_Escape)
    assert scene.cancelled == [True]
    assert not scene.view.has_unsaved()


def test_everything_has_a_name_and_tab_comes_round(scene: NewcomerScene) -> None:
    assert nameless(scene.view) == []
    stops = tab_walk(scene.window)
    assert len(stops) >= 20


def closed(practice: Practice, nhs_number: str = VALID) -> EpisodeId:
    """Let somebody be seen on the first Monday and be discharged; it is a month later."""
    episode = practice.refer("A", nhs_number=nhs_number)
    ended = CloseEpisode(episode_id=episode, ending=Ending.COMPLETED, closed_on=MONDAY, why_no_plan="Well")
    close_episode(ended, practice.uow(), practice.rulebook)
    practice.on(day(30))
    return episode


def test_somebody_who_was_here_is_referred_again_and_nothing_known_is_asked(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    before = closed(practice)
    scene = NewcomerScene(qtbot, practice, prompts)
    said: list[str] = []
    scene.view.said.connect(said.append)
    write("9990000018")
    assert scene.form.known.text().startswith("In our care until 05-Jan-2026: OKAFOR, Ngozi (Ms)")
    again = scene.form.findChild(QPushButton, "patient_refer_again")
    assert again is not None
    again.click()
    assert not scene.form.surname.isVisible()
    assert not scene.form.practice.isVisible()
    assert here() is scene.form.source
    assert "Step back up by the fast track" in scene.form.consider.sentences()[0]
    assert scene.form.reason.value() == ReferralReason.DEPRESSION
    press(Qt.Key.Key_Return, ctrl=True)
    facts = practice.facts(scene.added[0])
    assert facts.previous_episode_id == before
    assert (facts.step, facts.holder, facts.referral_received_on) == (2, "Jo Smith", day(30))
    assert "fast track" in said[0]


def test_another_number_asks_for_everything_again(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    closed(practice)
    scene = NewcomerScene(qtbot, practice, prompts)
    write("9990000018")
    again = scene.form.findChild(QPushButton, "patient_refer_again")
    assert again is not None
    again.click()
    assert scene.form.save.text() == "Refer again"
    scene.form.nhs_number.edit.setText("999 000 0026")
    assert scene.form.surname.isVisible()
    assert scene.form.save.text() == "Add patient"
    assert scene.form.consider.sentences() == ()
    assert scene.form.reason.value() is None


def test_what_the_service_model_says_of_age_is_said_before_and_after(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    model_for_grown_ups = replace(practice.rulebook, pathway=model("lift"))
    desk = replace(practice.desk(), rulebook=model_for_grown_ups)
    tasks = Tasks(prompts, InlineExecutor())
    tasks.use(desk.reading)
    view = NewPatientView(desk, tasks, prompts)
    window = under_hands(qtbot, view)
    window.resize(1300, 900)
    said: list[str] = []
    view.said.connect(said.append)
    view.start()
    form = view.form
    assert form is not None
    form.surname.setText("Okafor")
    form.given_name.setText("Ngozi")
    form.gender.set_value(Gender.FEMALE)
    form.reason.set_value(ReferralReason.ANXIETY)
    assert form.consider.sentences() == ()
    form.born.edit.setText("14/7/2019")
    told = form.consider.sentences()
    assert "Do not turn them away" in told[0]
    assert form.consider.isVisible()
    press(Qt.Key.Key_Return, ctrl=True)
    assert told[0] in said[0]


@pytest.mark.parametrize(("name", "asked"), [("meirionnydd", True), ("talking_therapies", False)])
def test_the_time_is_asked_where_a_clock_runs_in_hours(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts, name: str, asked: bool
) -> None:
    desk = replace(practice.desk(), rulebook=replace(practice.rulebook, pathway=model(name)))
    tasks = Tasks(prompts, InlineExecutor())
    tasks.use(desk.reading)
    view = NewPatientView(desk, tasks, prompts)
    window = under_hands(qtbot, view)
    added: list[EpisodeId] = []
    view.added.connect(added.append)
    view.start()
    form = view.form
    assert form is not None
    assert (form.referral.received_time is not None) is asked
    form.surname.setText("Okafor")
    form.given_name.setText("Ngozi")
    form.born.edit.setText("14/7/1985")
    form.gender.set_value(Gender.FEMALE)
    form.reason.set_value(ReferralReason.ANXIETY)
    if form.referral.received_time is not None and form.referral.priority is not None:
        form.referral.received_time.edit.setText("23:59")
        press(Qt.Key.Key_Return, ctrl=True)
        assert "future" in form.message.text()
        form.referral.received_time.edit.setText("8:15")
        form.referral.priority.set_value(ResponsePriority.URGENT)
    press(Qt.Key.Key_Return, ctrl=True)
    facts = practice.facts(added[0])
    assert (facts.referral_received_at is not None) is asked
    assert facts.response_priority == (ResponsePriority.URGENT if asked else None)
    assert window.isVisible()


def test_a_practice_that_is_known_is_not_called_new_while_its_name_is_typed(scene: NewcomerScene) -> None:
    practice, fields = scene.form.practice, scene.form.practice_part.fields
    practice.edit.clear()
    practice.edit.setFocus()
    write("elm")
    assert practice.echo() == ""
    assert not fields.isVisible()
    with pytest.raises(RefusedAt, match="Do you mean Elm Tree Surgery"):
        scene.form.practice_part.to_keep()
    assert fields.isVisible(), "asked once, it may be a new one all the same"
    assert practice.echo() == "Not known yet: it will be added under this name. There is Elm Tree Surgery."
    write(" tree surgery")
    assert practice.known() is not None
    practice.edit.selectAll()
    write("Oak")
    assert practice.echo() == "Not known yet: it will be added under this name.", "no known one is called so"
    assert fields.isVisible()
