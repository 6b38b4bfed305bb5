"""Entering the measures the service model does not ask for: by total, by number, and by their own words."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from collabcare.domain.instruments import EntryMode
from collabcare.store.engine import WRITE
from collabcare.store.models import Patient
from collabcare.ui.forms.fitting_area import FittingArea
from collabcare.ui.forms.measure_form import MeasureForm
from tests.builders import instruments
from tests.ui.keyboard import here, press, write
from tests.ui.views.patient_scene import PatientScene, scene_of

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.record_fixtures import Practice
    from tests.ui.scripted_prompts import ScriptedPrompts

OFFERED = [
    *(
        "auditc",
        "core10",
        "dialog",
        "eq5d5l",
        "gad2",
        "itq",
        "pcl5",
        "phq2",
        "reqol10",
        "rstar",
        "swemwbs",
        "wsas",
    )
]
LICENSED = "Use with a licensed copy of the questionnaire."


@pytest.fixture
def scene(qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts) -> PatientScene:
    """A patient's page."""
    return scene_of(qtbot, practice, prompts)


@pytest.fixture
def form(scene: PatientScene) -> MeasureForm:
    """The form for measures, open."""
    return scene.compose("measure", MeasureForm)


def in_list(form: MeasureForm) -> list[object]:
    """Return what the list of other measures offers."""
    return [form.others.itemData(line) for line in range(form.others.count())]


def by_answers(form: MeasureForm) -> None:
    """Choose to type answers, as by hand."""
    form.mode.setFocus()
    press(Qt.Key.Key_1)


def test_the_service_models_measures_have_buttons_and_the_others_a_list(form: MeasureForm) -> None:
    """Goals are rated as goals, and the anonymous card is never kept with a patient."""
    assert in_list(form) == [None, *OFFERED]
    assert form.shown.id == "phq9"
    assert set(instruments()) - {*OFFERED, "phq9", "gad7"} == {"gbo", "fft"}


def test_choosing_from_the_list_and_back_keeps_buttons_and_list_in_step(form: MeasureForm) -> None:
    line = in_list(form).index("core10")
    form.others.setCurrentIndex(line)
    form.others.activated.emit(line)
    assert (form.shown.id, form.instrument.value(), form.others.value()) == ("core10", None, "core10")
    assert form.answers.isAncestorOf(here())
    form.choose_instrument("gad7")
    assert (form.shown.id, form.instrument.value(), form.others.value()) == ("gad7", "gad7", None)
    form.others.activated.emit(0)
    assert form.shown.id == "phq9"


def test_looking_at_another_measure_is_not_typing(form: MeasureForm) -> None:
    form.choose_instrument("pcl5")
    form.choose_instrument("swemwbs")
    assert not form.is_touched()
    write("2")
    assert form.is_touched()


def test_a_measure_without_its_text_takes_a_total_and_says_what_to_use(
    scene: PatientScene, form: MeasureForm
) -> None:
    form.choose_instrument("swemwbs")
    assert form.sheet.rights.text() == LICENSED
    assert form.sheet.rights.isVisible()
    assert form.total.isAncestorOf(here())
    write("36")
    press(Qt.Key.Key_Return, ctrl=True)
    assert "from 7 to 35" in form.message.text()
    form.total.set_value(21)
    press(Qt.Key.Key_Return, ctrl=True)
    saved = scene.facts().measures[-1]
    assert (saved.instrument, saved.total, saved.entry_mode) == ("swemwbs", 21, EntryMode.TOTAL_ONLY)
    assert scene.said() == "SWEMWBS is saved: 21 of 35, low."


def test_a_published_text_has_its_notice_and_its_safety_item(form: MeasureForm) -> None:
    form.choose_instrument("core10")
    assert form.sheet.rights.text() == "© CORE System Trust, CC BY-ND 4.0"
    write("04000")
    assert form.answers.result() == "5 blank: no total yet."
    write("10000")
    assert form.answers.result() == "5 of 40, healthy."
    assert form.sheet.notice.text().startswith("Item 6 is answered “only occasionally”.")


def test_the_total_stands_under_the_items_however_far_they_scroll(form: MeasureForm) -> None:
    (area,) = form.findChildren(FittingArea)
    write("22211")
    amount = form.sheet.amount
    assert amount.isVisible()
    assert not area.isAncestorOf(amount)
    assert amount.whole_text().startswith("8 so far")
    form.choose_instrument("gad7")
    assert not amount.isVisible()
    assert form.sheet.amount.isVisible()
    form.mode.choose(EntryMode.TOTAL_ONLY)
    assert not form.sheet.amount.isVisible()


def test_a_measure_whose_text_is_free_has_no_notice(form: MeasureForm) -> None:
    assert not form.sheet.rights.isVisible()


def test_work_that_does_not_apply_is_a_ninth_key(scene: PatientScene, form: MeasureForm) -> None:
    form.choose_instrument("wsas")
    by_answers(form)
    write("95")
    assert form.answers.result() == "3 blank: no total yet."
    write("955")
    assert form.answers.answers() == (9, 5, 5, 5, None)
    write("5")
    assert form.answers.result() == "20 of 32, significant impairment. Work n/a. Bands apply to 0 to 40."
    press(Qt.Key.Key_Return, ctrl=True)
    saved = scene.facts().measures[-1]
    assert (saved.answers, saved.total) == ((9, 5, 5, 5, 5), 20)
    assert scene.said() == "WSAS is saved: 20 of 32, significant impairment."


@pytest.mark.parametrize("code", ["05", "08", "01", None])
def test_that_work_may_not_apply_is_suggested_to_who_is_not_at_work_and_never_filled_in(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts, code: str | None
) -> None:
    scene = scene_of(qtbot, practice, prompts)
    with practice.reading() as session:
        session.connection(execution_options=WRITE)
        session.get_one(Patient, scene.facts().patient.patient_id).employment = code
        session.commit()
    scene.view.reload()
    form = scene.compose("measure", MeasureForm)
    assert not form.sheet.consider.isVisible()
    form.choose_instrument("wsas")
    told = form.sheet.consider.sentences()
    assert form.sheet.consider.isVisible() is bool(told) is (code in {"05", "08"})
    assert all("Does not apply" in sentence for sentence in told)
    by_answers(form)
    assert form.sheet.is_blank()
    write("55555")
    assert form.answers.answers() == (5, 5, 5, 5, 5)


def test_a_dialog_is_typed_by_its_areas_and_says_both_means(scene: PatientScene, form: MeasureForm) -> None:
    form.choose_instrument("dialog")
    assert not form.mode.isVisible()
    write("44444")
    assert form.answers.result() == "6 blank: no total yet."
    write("433555")
    assert form.answers.result() == (
        "3.75 of 7, dissatisfaction. PREM 5.00. 3 or below: partner or family, personal safety."
    )
    press(Qt.Key.Key_Return, ctrl=True)
    assert scene.facts().measures[-1].total == Decimal("3.75")


def test_an_itq_says_which_pattern_and_never_a_diagnosis(form: MeasureForm) -> None:
    form.choose_instrument("itq")
    write("202020200000000000")
    assert form.answers.result() == "6 of 48. Pattern consistent with PTSD."


def test_a_pcl5_says_that_its_pattern_is_provisional(form: MeasureForm) -> None:
    form.choose_instrument("pcl5")
    assert form.answers.result() == "Press 0, 1, 2, 3 or 4 for each item; - leaves one blank."
    write("2" * 20)
    assert form.answers.result() == "40 of 80. Provisional pattern – needs clinical interview."


def test_after_another_measure_the_service_models_own_come_next(
    scene: PatientScene, form: MeasureForm
) -> None:
    following = form.next_instrument(scene.practice.today)
    assert following is not None
    assert following.id == "gad7"
    form.choose_instrument("reqol10")
    following = form.next_instrument(scene.practice.today)
    assert following is not None
    assert following.id == "phq9"


def test_the_change_of_a_swemwbs_is_said_on_its_metric(scene: PatientScene, form: MeasureForm) -> None:
    form.choose_instrument("swemwbs")
    write("21")
    press(Qt.Key.Key_Return, ctrl=True)
    again = scene.compose("measure", MeasureForm)
    again.choose_instrument("swemwbs")
    again.total.set_value(24)
    said = again.sheet.total_words()
    assert said.startswith("24 of 35 (metric 21.54), medium; +2.29 since ")


def test_an_eq_5d_is_five_digits_and_a_scale_that_may_stay_blank(
    scene: PatientScene, form: MeasureForm
) -> None:
    form.choose_instrument("eq5d5l")
    write("21344")
    assert form.sheet.vas is not None
    assert form.sheet.vas.isAncestorOf(here())
    write("101")
    press(Qt.Key.Key_Return, ctrl=True)
    assert "from 0 to 100" in form.message.text()
    form.sheet.vas.set_value(None)
    form.sheet.vas.setFocus()
    write("65")
    press(Qt.Key.Key_Return, ctrl=True)
    saved = scene.facts().measures[-1]
    assert (saved.instrument, saved.answers, saved.total) == ("eq5d5l", (2, 1, 3, 4, 4, 65), 65)
    again = scene.compose("measure:eq5d5l", MeasureForm)
    write("11111")
    press(Qt.Key.Key_Return, ctrl=True)
    assert again.message.text().startswith("EQ-5D-5L was already entered today")
    press(Qt.Key.Key_Return, ctrl=True)
    assert again.message.text() == ""
    saved = scene.facts().measures[-1]
    assert (saved.answers, saved.total) == ((1, 1, 1, 1, 1, None), None)


def test_a_recovery_star_takes_ten_numbers_to_ten_by_keyboard(scene: PatientScene, form: MeasureForm) -> None:
    """RS-W1 and RS-W2 as they are typed: a 1 waits for its 0, x is ten too, - leaves a blank."""
    form.choose_instrument("rstar")
    write("10x1")
    write("5-55555")
    assert form.answers.answers() == (10, 10, 1, 5, None, 5, 5, 5, 5, 5)
    assert form.answers.result().startswith("5.67 of 10 (1 missing)")
    press(Qt.Key.Key_Return, ctrl=True)
    saved = scene.facts().measures[-1]
    assert (saved.answers, saved.total) == ((10, 10, 1, 5, None, 5, 5, 5, 5, 5), Decimal("5.67"))
