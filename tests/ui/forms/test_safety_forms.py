"""The long forms of the Safety page: nothing filled in, nothing lost, and refused in the field that lacks."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLabel, QPushButton

from collabcare.domain.safety_assessment import CONSENT
from collabcare.domain.safety_facts import PlanStatus
from collabcare.domain.safety_plan import PlanStep
from collabcare.services.helplines import SaveHelpline, save_helpline
from collabcare.services.safety_assessments import RecordAssessment, record_assessment
from collabcare.services.safety_plans import BeginDraft, MakeActive, SaveDraft, make_active, save_draft
from collabcare.ui.action_spec import Menu
from collabcare.ui.forms.entry_form import PatientForm
from collabcare.ui.forms.safety_assessment_form import SafetyAssessmentForm
from collabcare.ui.forms.safety_plan_form import SafetyPlanForm
from tests.builders_safety import draft, policy
from tests.services.plan_commands import PLAN
from tests.ui.keyboard import here, press, write
from tests.ui.views.patient_scene import words
from tests.ui.views.safety_scene import SafetyScene, item_nine, referred

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.record_fixtures import Practice
    from tests.ui.scripted_prompts import ScriptedPrompts

ENTER, SPACE = Qt.Key.Key_Return, Qt.Key.Key_Space


def assessing(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts, *, before: bool = False
) -> tuple[SafetyScene, SafetyAssessmentForm]:
    """Open the assessment, written on from an earlier one or not."""
    episode = referred(practice)
    if before:
        made = draft(
            practice.today,
            review_on=practice.today + timedelta(days=7),
            present="Femi",
            shared_with="Dr Patel",
            sharing_basis=CONSENT,
            if_contact_lost="Ring Femi",
            act_quickly_if_contact_lost=True,
        )
        record_assessment(RecordAssessment(episode_id=episode, seen=0, draft=made), practice.uow(), policy())
    scene = SafetyScene(qtbot, practice, prompts, episode)
    scene.view.begin("assessment")
    return scene, scene.form(SafetyAssessmentForm)


def planning(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> tuple[SafetyScene, SafetyPlanForm]:
    """Open the plan of somebody who has none."""
    scene = SafetyScene(qtbot, practice, prompts, referred(practice))
    scene.view.begin("plan")
    return scene, scene.form(SafetyPlanForm)


# the assessment


def test_a_first_assessment_has_nothing_filled_in(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    _scene, form = assessing(qtbot, practice, prompts)
    assert {text.text() for text in form.texts.values()} == {""}
    assert not form.quickly.isChecked()
    assert (form.agreed.value(), form.review_on.text()) == (None, "")
    assert not form.is_touched()


def test_a_new_version_takes_over_what_was_written_but_not_who_was_there_or_consent(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene, form = assessing(qtbot, practice, prompts, before=True)
    assert form.texts["if_contact_lost"].text() == "Ring Femi"
    assert form.quickly.isChecked()
    assert form.texts["shared_with"].text() == "Dr Patel"
    assert (form.texts["present"].text(), form.agreed.value(), form.review_on.text()) == ("", None, "")
    assert "Written on from version 1" in words(form)
    form.review_on.setFocus()
    write("+1w")
    press(ENTER, ctrl=True)
    assert form.message.text().startswith("Say whether the patient agreed to sharing it")
    press(Qt.Key.Key_1)
    press(ENTER, ctrl=True)
    first, second = scene.facts().safety_assessments
    assert (second.sharing_basis, second.version, first.version) == (CONSENT, 2, 1)


def test_everything_that_is_missing_is_said_at_once_and_marked_where_it_is(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene, form = assessing(qtbot, practice, prompts)
    form.quickly.setChecked(True)
    form.texts["shared_with"].setPlainText("Crisis team")
    press(ENTER, ctrl=True)
    assert form.message.text().splitlines() == [
        "3 things are to be put right:",
        "Write what to do if contact is lost.",
        "Say whether the patient agreed to sharing it: keys 1 and 2.",
        "Choose the day on which the assessment is reviewed.",
    ]
    assert here() is form.texts["if_contact_lost"]
    write("Ring Femi")
    shown = words(form)
    assert "Write what to do if contact is lost." not in shown
    assert "Say whether the patient agreed to sharing it" in shown
    assert "Choose the day on which the assessment is reviewed." in shown
    form.agreed.setFocus()
    press(Qt.Key.Key_1)
    assert "Say whether" not in words(form)
    form.review_on.setFocus()
    write("+1w")
    press(ENTER, ctrl=True)
    assert len(scene.facts().safety_assessments) == 1


def test_sharing_without_consent_says_why(qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts) -> None:
    scene, form = assessing(qtbot, practice, prompts)
    form.texts["shared_with"].setPlainText("Crisis team")
    form.review_on.edit.setText("+1w")
    assert not form.why_shared.isVisible()
    form.agreed.setFocus()
    press(Qt.Key.Key_2)
    press(ENTER, ctrl=True)
    assert form.message.text() == "Write why it is shared without consent."
    assert here() is form.why_shared
    write("Life in danger")
    press(ENTER, ctrl=True)
    [kept] = scene.facts().safety_assessments
    assert (kept.shared_with, kept.sharing_basis) == ("Crisis team", "Life in danger")


def test_the_review_says_its_latest_day_and_a_later_one_is_refused(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene, form = assessing(qtbot, practice, prompts)
    assert "By the next contact and within 28 days: Mon 09-Feb-2026 at the latest." in words(form)
    form.texts["own_words"].setPlainText("I am worn out.")
    form.review_on.edit.setText("+6w")
    press(ENTER, ctrl=True)
    assert "within 28 days. Choose 09-Feb-2026 or an earlier day." in form.message.text()
    assert form.texts["own_words"].text() == "I am worn out."
    assert scene.facts().safety_assessments == ()


def test_the_parts_are_a_key_away(qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts) -> None:
    _scene, form = assessing(qtbot, practice, prompts)
    for number, name in ((3, "formulation"), (1, "present"), (4, "action_now"), (2, "stressors")):
        press(getattr(Qt.Key, f"Key_{number}"), alt=True)
        qtbot.waitUntil(form.texts[name].hasFocus)


def test_somebody_elses_version_meanwhile_is_told_and_nothing_typed_is_lost(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene, form = assessing(qtbot, practice, prompts)
    write("Mine")
    form.review_on.edit.setText("+1w")
    theirs = draft(practice.today, own_words="Theirs", review_on=practice.today + timedelta(days=7))
    record_assessment(
        RecordAssessment(episode_id=scene.episode, seen=0, draft=theirs), practice.uow("sam"), policy()
    )
    press(ENTER, ctrl=True)
    assert "Version 1 was recorded by somebody else meanwhile." in form.message.text()
    assert form.texts["own_words"].text() == "Mine"
    press(ENTER, ctrl=True)
    assert [each.own_words for each in scene.facts().safety_assessments] == ["Theirs", "Mine"]


# the plan


def test_a_plan_without_whom_to_call_stays_a_draft(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    """SPLAN-W2, through the screen: refused as active, kept as a draft, gone on with."""
    scene, form = planning(qtbot, practice, prompts)
    write("Not sleeping")
    form.activate.click()
    assert "The safety plan stays a draft. Fill in step 5, Professionals and services." in form.message.text()
    assert "Choose the day on which the plan is reviewed." in form.message.text()
    assert scene.facts().safety_plans == ()
    press(ENTER, ctrl=True)
    [kept] = scene.facts().safety_plans
    assert kept.status is PlanStatus.DRAFT
    assert scene.part("safety_plan", QPushButton).text() == "Go on with the draft"
    scene.view.begin("plan")
    again = scene.form(SafetyPlanForm)
    assert again.steps[PlanStep.WARNING_SIGNS].text() == "Not sleeping"
    again.steps[PlanStep.PROFESSIONALS].setPlainText("Jo Smith")
    again.review_on.edit.setText("+4w")
    again.activate.click()
    [active] = scene.facts().safety_plans
    assert (active.status, active.version) == (PlanStatus.ACTIVE, 1)


def test_lines_are_offered_and_only_put_in_when_asked_for(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    save_helpline(SaveHelpline(name="Crisis team", telephone="0113 496 0999"), practice.uow("amina"))
    _scene, form = planning(qtbot, practice, prompts)
    step = form.steps[PlanStep.PROFESSIONALS]
    assert step.text() == ""
    offers = {each.text(): each for each in form.findChildren(QPushButton) if each.text().startswith("Add ")}
    assert list(offers)[:4] == ["Add Jo Smith", "Add the GP", "Add Crisis team", "Add Emergency"]
    offers["Add Crisis team"].setFocus()
    press(SPACE)
    offers["Add Samaritans"].click()
    assert step.text() == (
        "Crisis team: 0113 496 0999.\nSamaritans: Call 116 123. To talk to somebody, free, day and night."
    )
    assert not offers["Add Crisis team"].isVisible()
    assert offers["Add Shout"].isVisible()
    step.setPlainText("")
    assert offers["Add Crisis team"].isVisible()


def test_a_new_version_is_written_on_from_the_plan_in_use_which_stays_until_then(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    episode = referred(practice)
    words_now = replace(PLAN, made_on=practice.today, review_on=practice.today + timedelta(days=28))
    make_active(MakeActive(draft=BeginDraft(episode_id=episode, draft=words_now)), practice.uow())
    scene = SafetyScene(qtbot, practice, prompts, episode)
    scene.view.begin("plan")
    form = scene.form(SafetyPlanForm)
    assert form.steps[PlanStep.WARNING_SIGNS].text() == "Not sleeping"
    assert form.review_on.text() == ""
    form.steps[PlanStep.BY_MYSELF].setPlainText("Music")
    press(ENTER, ctrl=True)
    assert [each.status for each in scene.facts().safety_plans] == [PlanStatus.ACTIVE, PlanStatus.DRAFT]
    scene.view.begin("plan")
    scene.form(SafetyPlanForm).review_on.edit.setText("+4w")
    scene.form(SafetyPlanForm).activate.click()
    assert [each.status for each in scene.facts().safety_plans] == [
        PlanStatus.SUPERSEDED,
        PlanStatus.ACTIVE,
    ]


def test_a_draft_changed_by_somebody_else_is_told_before_it_is_replaced(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene, form = planning(qtbot, practice, prompts)
    write("Not sleeping")
    press(ENTER, ctrl=True)
    scene.view.begin("plan")
    form = scene.form(SafetyPlanForm)
    [mine] = scene.facts().safety_plans
    theirs = replace(PLAN, made_on=practice.today, warning_signs="Theirs", review_on=None)
    save_draft(SaveDraft(plan_id=mine.id, seen=mine.row_version, draft=theirs), practice.uow("sam"))
    form.steps[PlanStep.BY_MYSELF].setPlainText("Music")
    press(ENTER, ctrl=True)
    assert "Somebody else has a draft of this plan meanwhile." in form.message.text()
    assert form.steps[PlanStep.BY_MYSELF].text() == "Music"
    press(ENTER, ctrl=True)
    [kept] = scene.facts().safety_plans
    assert (kept.warning_signs, kept.by_myself) == ("Not sleeping", "Music")


def test_the_assessment_says_which_questions_are_open(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    episode = referred(practice)
    item_nine(practice, episode, 2)
    scene = SafetyScene(qtbot, practice, prompts, episode)
    scene.view.begin("assessment")
    assert "PHQ-9 item 9: more than half the days, Mon 12-Jan-2026." in words(scene.view)


def test_every_underlined_letter_leads_into_its_field_and_none_is_a_menus(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    episode = referred(practice)
    item_nine(practice, episode, 1)
    scene = SafetyScene(qtbot, practice, prompts, episode)
    menus = {QKeySequence.mnemonic(menu.value).toString() for menu in Menu}
    for kind, fewest in (("safety", 1), ("assessment", 2), ("plan", 10), ("decline", 2)):
        scene.view.begin(kind)
        form = scene.form(PatientForm)
        labels = [each for each in form.findChildren(QLabel) if each.buddy() is not None and each.isVisible()]
        keyed = {each: QKeySequence.mnemonic(each.text()).toString() for each in labels}
        letters = [key for key in keyed.values() if key]
        assert len(letters) >= fewest
        assert len({*letters} | menus) == len(letters) + len(menus), letters
        for label, key in keyed.items():
            if key:
                form.save.setFocus()
                press(Qt.Key(ord(key.removeprefix("Alt+"))), alt=True)
                assert label.buddy().isAncestorOf(here()) or here() is label.buddy(), label.text()
