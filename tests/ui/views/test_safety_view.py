"""The Safety page: what is open and agreed is read at once, recorded by keyboard, and nothing is made up."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from collabcare.domain.due import what_is_due
from collabcare.domain.due_kinds import DueKind
from collabcare.domain.safety import IN_AN_EMERGENCY, SafetyOutcome
from collabcare.domain.safety_facts import PlanStatus
from collabcare.services.measures import RecordSafetyConversation, record_safety_conversation
from collabcare.services.safety_assessments import RecordAssessment, record_assessment
from collabcare.services.safety_plans import BeginDraft, MakeActive, begin_draft, make_active
from collabcare.ui.forms.safety_assessment_form import SafetyAssessmentForm
from collabcare.ui.forms.safety_ending_forms import DeclinePlanForm, EndPlanForm, KeepPlanForm
from collabcare.ui.forms.safety_form import SafetyForm
from collabcare.ui.forms.safety_plan_form import SafetyPlanForm
from collabcare.ui.forms.safety_stands_forms import AssessmentErrorForm, StillStandsForm
from collabcare.ui.views.due_acts import AT_PLAN, form_there
from tests.builders import MONDAY, day
from tests.builders_safety import draft, policy
from tests.services.plan_commands import PLAN
from tests.ui.accessibility import nameless, tab_walk
from tests.ui.keyboard import here, press, write
from tests.ui.views.patient_scene import words
from tests.ui.views.safety_scene import SafetyScene, item_nine, referred

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from collabcare.domain.ids import EpisodeId
    from tests.record_fixtures import Practice
    from tests.ui.scripted_prompts import ScriptedPrompts

ENTER, TAB, SPACE = Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Space


def assessed(practice: Practice, episode: EpisodeId, seen: int = 0, **changes: object) -> None:
    """Let an assessment be recorded today."""
    today = practice.today
    made = draft(today, review_on=today + timedelta(days=7))
    written = replace(made, **changes)  # type: ignore[arg-type]  # any field
    record_assessment(
        RecordAssessment(episode_id=episode, seen=seen, draft=written), practice.uow(), policy()
    )


def planned(practice: Practice, episode: EpisodeId, **changes: object) -> None:
    """Let a plan be made active today."""
    today = practice.today
    words = replace(PLAN, made_on=today, review_on=today + timedelta(days=28), **changes)  # type: ignore[arg-type]  # any field
    make_active(MakeActive(draft=BeginDraft(episode_id=episode, draft=words)), practice.uow())


# what it shows


def test_what_nobody_has_talked_about_says_so_and_is_never_a_no(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = SafetyScene(qtbot, practice, prompts, referred(practice))
    shown = words(scene.view)
    assert shown.count("Not discussed") == 2
    assert "Safety plan: not discussed." in shown
    assert "No safety conversation is recorded yet." in shown
    assert "PHQ-9 item 9 has not been answered yet." in shown
    assert IN_AN_EMERGENCY in shown
    assert scene.offered() >= {"safety_assessment", "safety_plan", "safety_decline"}
    assert "safety_safety" not in scene.offered()


def test_an_open_question_is_shown_in_words_with_the_one_before(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    episode = referred(practice)
    item_nine(practice, episode, 0)
    practice.on(practice.today + timedelta(days=2))
    item_nine(practice, episode, 1)
    shown = words(SafetyScene(qtbot, practice, prompts, episode).view)
    assert "PHQ-9 item 9: several days (was: not at all)" in shown
    assert "no conversation about it yet" in shown


def test_a_question_left_blank_says_ask(qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts) -> None:
    episode = referred(practice)
    item_nine(practice, episode, None)
    assert "PHQ-9 item 9: not answered – ask" in words(SafetyScene(qtbot, practice, prompts, episode).view)


def test_what_to_do_if_contact_is_lost_is_read_first(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    episode = referred(practice)
    told = "Ring Femi, then the GP"
    assessed(practice, episode, quick_concern="Losing the flat", if_contact_lost=told)
    card = words(SafetyScene(qtbot, practice, prompts, episode).part("safety_assessment", QWidget))
    lines = card.splitlines()
    first = [lines.index(each) for each in ("Losing the flat", told, "Losing the flat.", "I am worn out.")]
    assert first == sorted(first)
    assert lines.count("Not discussed") == 11


def test_every_version_is_there_with_what_changed(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    """SPLAN-W4, through the screen."""
    episode = referred(practice)
    assessed(practice, episode)
    assessed(practice, episode, seen=1, stressors="The eviction notice came")
    planned(practice, episode)
    planned(practice, episode, by_myself="Music")
    scene = SafetyScene(qtbot, practice, prompts, episode)
    card = scene.part("safety_versions", QWidget)
    titles = [line for line in words(card).splitlines() if line.startswith(("Assessment", "Plan"))]
    assert [each.split(",")[0] for each in titles] == ["Assessment 2", "Assessment 1", "Plan 2", "Plan 1"]
    assert words(card).count("Replaced by a newer version") == 2
    for button in card.findChildren(QPushButton):
        button.click()
    opened = words(card)
    assert "Was: Not discussed\nNow: The eviction notice came" in opened
    assert "Changed from the version before: Things I can do myself." in opened
    assert opened.count("The first version.") == 2


@pytest.mark.parametrize("login", ["alex", "rita"])
def test_who_may_not_record_safety_reads_and_is_offered_nothing(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts, login: str
) -> None:
    episode = referred(practice)
    item_nine(practice, episode, 1)
    planned(practice, episode)
    scene = SafetyScene(qtbot, practice, prompts, episode, login)
    assert not {each for each in scene.offered() if each.startswith("safety_")}
    scene.view.begin("assessment")
    assert scene.view.forms.form() is None


# by keyboard


def test_talked_today_leads_to_the_assessment_in_one_key_and_on_to_a_plan(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    episode = referred(practice)
    item_nine(practice, episode, 1)
    scene = SafetyScene(qtbot, practice, prompts, episode)
    scene.part("safety_safety", QPushButton).setFocus()
    press(SPACE)
    scene.form(SafetyForm)
    press(Qt.Key.Key_1)
    write("Passing thoughts, no plan.")
    press(ENTER, ctrl=True)
    assert here().objectName() == "safety_follow_up"
    assert "Write the safety assessment: none is recorded since" in words(scene.view)
    press(SPACE)
    form = scene.form(SafetyAssessmentForm)
    assert here() is form.texts["own_words"]
    write("I am worn out.")
    press(ENTER, ctrl=True)
    assert form.message.text() == "Choose the day on which the assessment is reviewed."
    write("+1w")
    press(ENTER, ctrl=True)
    [kept] = scene.facts().safety_assessments
    assert (kept.own_words, kept.formulation) == ("I am worn out.", "")
    assert "The safety assessment has no formulation yet." in words(scene.view)
    assert "Write the safety assessment" not in words(scene.view)
    scene.view.begin("plan")
    plan = scene.form(SafetyPlanForm)
    write("Not sleeping")
    plan.steps["professionals"].setFocus()
    write("Jo Smith, 0113 496 0000")
    plan.review_on.setFocus()
    write("+4w")
    plan.activate.setFocus()
    press(SPACE)
    [active] = scene.facts().safety_plans
    assert active.status is PlanStatus.ACTIVE
    assert "safety_copy" in scene.offered()


def test_what_covered_it_is_chosen_kept_and_open_again_once_it_is_an_error(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    episode = referred(practice)
    week_old(practice, episode)
    item_nine(practice, episode, 1)
    scene = SafetyScene(qtbot, practice, prompts, episode)
    scene.view.begin("safety")
    form = scene.form(SafetyForm)
    assert "Covered by" not in words(form)
    press(Qt.Key.Key_2)
    assert "Covered by the safety assessment of Mon 05-Jan-2026." in words(form)
    assert here() is form.note
    write("As agreed on Monday.")
    press(ENTER, ctrl=True)
    covered = "PHQ-9 item 9 of Mon 12-Jan-2026: already covered by the safety assessment of Mon 05-Jan-2026."
    assert covered in words(scene.view)
    scene.view.begin("assessment_error")
    scene.form(AssessmentErrorForm)
    press(ENTER, ctrl=True)
    write("Of another patient")
    press(ENTER, ctrl=True)
    assert not scene.facts().safety_assessments
    assert len(scene.facts().open_safety_prompts) == 1
    assert covered not in words(scene.view)


def test_that_the_assessment_still_stands_is_said_in_words(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    episode = referred(practice)
    week_old(practice, episode)
    measure = item_nine(practice, episode, 1)
    scene = SafetyScene(qtbot, practice, prompts, episode)
    assert "safety_stands" not in scene.offered()
    said = RecordSafetyConversation(
        episode_id=episode,
        measure_id=measure,
        outcome=SafetyOutcome.TALKED_TODAY,
        note="The same worry as before.",
    )
    record_safety_conversation(said, practice.uow(), policy())
    scene.view.reload()
    scene.part("safety_stands", QPushButton).setFocus()
    press(SPACE)
    form = scene.form(StillStandsForm)
    assert "The assessment of Mon 05-Jan-2026, 7 days old, still stands" in words(form)
    write("The formulation names it.")
    press(ENTER, ctrl=True)
    assert "safety_stands" not in scene.offered()
    assert "the one of 05-Jan-2026, 7 days old then, still stood (Jo Smith" in words(scene.view)
    scene.part("safety_outcome_error", QPushButton).setFocus()
    press(SPACE)
    write("It was her brother.")
    press(ENTER, ctrl=True)
    assert len(scene.facts().open_safety_prompts) == 1


def week_old(practice: Practice, episode: EpisodeId) -> None:
    """Let there be an assessment of the Monday before, to be reviewed in a fortnight."""
    command = RecordAssessment(episode_id=episode, seen=0, draft=draft(MONDAY, review_on=day(14)))
    record_assessment(command, practice.uow(), policy())


def test_could_not_ask_stays_open_and_says_who_asks_next(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    episode = referred(practice)
    item_nine(practice, episode, 1)
    scene = SafetyScene(qtbot, practice, prompts, episode)
    scene.view.begin("safety")
    form = scene.form(SafetyForm)
    assert "Samaritans: Call 116 123." in form.crisis.text()
    assert "Nobody is set as on duty today." in form.crisis.text()
    press(Qt.Key.Key_3)
    write("Jo Smith")
    press(TAB)
    write("t")
    press(TAB)
    write("No reply.")
    press(ENTER, ctrl=True)
    assert "Jo Smith will ask by" in scene.view.message.text()
    assert "it could not be asked on" in words(scene.part("safety_conversations", QWidget))
    assert not scene.part("safety_safety", QPushButton).isHidden()


def test_a_form_closed_leads_back_to_what_opened_it(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = SafetyScene(qtbot, practice, prompts, referred(practice))
    scene.part("safety_assessment", QPushButton).setFocus()
    press(SPACE)
    scene.form(SafetyAssessmentForm)
    press(Qt.Key.Key_Escape)
    assert scene.view.forms.form() is None
    assert here().objectName() == "safety_assessment"


def test_what_was_begun_waits_while_another_patient_is_looked_at(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    episode, other = referred(practice), practice.refer("A", surname="Li")
    scene = SafetyScene(qtbot, practice, prompts, episode)
    scene.view.begin("assessment")
    write("I am worn out.")
    scene.view.show_episode(other)
    assert scene.view.forms.form() is None
    assert "Not discussed" in words(scene.view)
    scene.view.show_episode(episode)
    assert scene.form(SafetyAssessmentForm).texts["own_words"].text() == "I am worn out."
    assert scene.view.has_unsaved()


def test_a_plan_declined_keeps_the_words_and_asks_for_a_formulation(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    """SPLAN-W5, through the screen."""
    scene = SafetyScene(qtbot, practice, prompts, referred(practice))
    scene.view.begin("decline")
    form = scene.form(DeclinePlanForm)
    press(ENTER, ctrl=True)
    assert "what the patient said" in form.message.text()
    write("Knows what to do.")
    press(ENTER, ctrl=True)
    shown = words(scene.view)
    assert "Safety plan: offered, declined" in shown
    assert "Knows what to do." in shown
    assert "declined. Consider writing a formulation" in shown


def test_a_plan_is_ended_only_with_a_reason(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    episode = referred(practice)
    planned(practice, episode)
    scene = SafetyScene(qtbot, practice, prompts, episode)
    scene.view.begin("end_plan")
    form = scene.form(EndPlanForm)
    press(ENTER, ctrl=True)
    assert "Say why" in form.message.text()
    write("Moved away.")
    press(ENTER, ctrl=True)
    [plan] = scene.facts().safety_plans
    assert (plan.status, plan.ended_reason) == (PlanStatus.ENDED, "Moved away.")
    assert "Moved away." in words(scene.part("safety_versions", QWidget))


def test_everything_has_a_name_and_tab_goes_round(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    episode = referred(practice)
    item_nine(practice, episode, 1)
    assessed(practice, episode)
    planned(practice, episode)
    scene = SafetyScene(qtbot, practice, prompts, episode)
    assert nameless(scene.window) == []
    assert len(tab_walk(scene.window)) > 8
    for form in ("safety", "assessment", "plan", "end_plan"):
        scene.view.begin(form)
        assert nameless(scene.window) == []
        assert len(tab_walk(scene.window)) > 4


def test_a_plan_to_review_is_what_the_line_leads_to_and_is_kept_as_it_is_by_one_date(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    episode = referred(practice)
    assessed(practice, episode)
    planned(practice, episode)
    practice.on(practice.today + timedelta(days=30))
    reviews = what_is_due(practice.facts(episode), practice.rulebook, today=practice.today)
    asked = {form_there(each) for each in reviews if each.kind is DueKind.SAFETY_REVIEW}
    assert asked == {"", AT_PLAN}, "the assessment's own line leads to the assessment"
    scene = SafetyScene(qtbot, practice, prompts, episode)
    scene.view.begin(AT_PLAN)
    assert here().objectName() == "safety_kept"
    assert not here().visibleRegion().isEmpty()
    press(SPACE)
    assert "nothing in it changes" in words(scene.form(KeepPlanForm))
    write("+4w")
    press(ENTER, ctrl=True)
    plans = scene.facts().safety_plans
    assert [plan.status for plan in plans] == [PlanStatus.SUPERSEDED, PlanStatus.ACTIVE]
    assert plans[-1].professionals == plans[0].professionals
    assert scene.view.message.text().startswith("The safety plan is kept as it is")


def test_while_a_draft_is_begun_the_line_leads_to_going_on_with_it(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    episode = referred(practice)
    planned(practice, episode)
    begin_draft(BeginDraft(episode_id=episode, draft=replace(PLAN, by_myself="Music")), practice.uow())
    scene = SafetyScene(qtbot, practice, prompts, episode)
    assert "safety_kept" not in scene.offered()
    scene.view.begin(AT_PLAN)
    assert here().objectName() == "safety_plan"
