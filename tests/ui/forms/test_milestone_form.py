"""Recording what a service model's waits are counted by, and seeing on the page where they stand."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from collabcare.domain.calendar import LONDON
from collabcare.domain.milestones import MilestoneDraft
from collabcare.domain.plan_facts import MilestoneKind
from collabcare.queries.patient_page import patient_page
from collabcare.queries.timeline_entry import EntryKind
from collabcare.services.goals import OpenGoal, open_goal
from collabcare.services.milestones import RecordMilestone, record_milestone
from collabcare.ui.forms.contact_error_form import ContactErrorForm
from collabcare.ui.forms.milestone_form import MilestoneForm
from tests.builders import day, instruments, rulebook
from tests.builders_pathways import model
from tests.ui.accessibility import nameless
from tests.ui.keyboard import here, press, under_hands, write
from tests.ui.views.patient_scene import PatientScene, scene_of, words

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.record_fixtures import Practice
    from tests.ui.scripted_prompts import ScriptedPrompts

MEASURE_TOO = "A first outcome measure is expected too."


def save() -> None:
    press(Qt.Key.Key_Return, ctrl=True)


def waits(scene: PatientScene) -> str:
    """Return what the card says of the waits."""
    return words(scene.part("patient_waits", QWidget))


def entries(scene: PatientScene, kind: EntryKind) -> list[tuple[str, str]]:
    """Return the entries of a kind in the story."""
    return [(each.title, each.text) for each in scene.view.story.shown() if each.kind is kind]


def test_a_care_plan_is_recorded_by_keyboard_and_taken_back_as_an_error(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = scene_of(qtbot, practice, prompts)
    until = "day 14 of 28, until Mon 26-Jan-2026"
    running = f"4 weeks to receiving help: {until}. Missing: care plan. {MEASURE_TOO}"
    assert waits(scene) == running
    scene.part("now_milestone", QPushButton).click()
    form = scene.form(MilestoneForm)
    assert nameless(form) == []
    save()
    assert form.message.text() == "Choose what was reached: keys 1 to 3."
    press(Qt.Key.Key_1)
    assert form.kind.value() is None
    press(Qt.Key.Key_3)
    assert form.kind.value() is MilestoneKind.CARE_PLAN
    assert form.on.isAncestorOf(here())
    write("8/1")
    form.finding.setFocus()
    write("Made with the housing officer")
    save()
    assert scene.view.composer.form() is None
    assert scene.said() == "The milestone is saved. The waits under Now count it."
    assert waits(scene).startswith("4 weeks to receiving help: met Thu 08-Jan-2026, on day 10 of 28.")
    assert entries(scene, EntryKind.MILESTONE) == [("Care plan", "Made with the housing officer")]
    scene.view.compose("milestone")
    assert scene.said() == "The record has all that is asked for already: see the waits under Now."
    wrong = scene.compose("contact_error", ContactErrorForm)
    wrong.which.setCurrentIndex(wrong.which.count() - 1)
    assert wrong.which.currentText() == "Care plan, Thu 08-Jan-2026"
    wrong.reason.setFocus()
    write("Another patient")
    save()
    assert waits(scene) == running
    assert scene.facts().milestones == ()
    assert entries(scene, EntryKind.MILESTONE) == []
    assert entries(scene, EntryKind.IN_ERROR) == [
        ("Entered in error: care plan, Jo Smith", "Marked: Another patient\nMade with the housing officer")
    ]


def test_what_the_record_tells_stands_with_its_day_and_cannot_be_entered_again(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = scene_of(qtbot, practice, prompts)
    form = scene.compose("milestone", MilestoneForm)
    assert [option.text for option in form.kind.options] == [
        "Assessment, 05-Jan-2026",
        "Intervention, 05-Jan-2026",
        "Care plan",
    ]
    told = [part for part in form.kind.findChildren(QPushButton) if not part.isEnabled()]
    assert [part.toolTip() for part in told] == [
        "In the record already: contact attended Mon 05-Jan-2026."
    ] * 2
    press(Qt.Key.Key_3)
    goal = OpenGoal(episode_id=scene.episode, text="Sleep", opened_on=practice.today, domain=None)
    open_goal(goal, practice.uow("sam"), instruments()["gbo"])
    scene.view.reload()
    assert form.kind.value() is None


def test_a_reader_sees_the_waits_and_no_way_to_record(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = scene_of(qtbot, practice, prompts, login="rita")
    assert waits(scene).startswith("4 weeks to receiving help: day 14")
    assert scene.view.findChildren(QPushButton, "now_milestone") == []


def test_why_a_wait_stands_where_it_does_comes_after_why_something_is_due(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    scene = scene_of(qtbot, practice, prompts)
    scene.view.explain()
    part = scene.part("patient_waits", QWidget)
    assert not part.isAncestorOf(here())
    why = part.findChildren(QPushButton, "why")[0]
    why.click()
    assert "Care plan: not recorded" in words(part)


def test_the_hour_is_asked_where_a_clock_runs_in_hours(qtbot: QtBot, practice: Practice) -> None:
    episode = practice.refer("A")
    practice.on(day(1), time(14))
    asked = MilestoneDraft(
        kind=MilestoneKind.CRISIS_REFERRAL,
        reached_on=day(1),
        at=datetime.combine(day(1), time(9), LONDON),
    )
    record_milestone(RecordMilestone(episode_id=episode, milestone=asked), practice.uow())
    book = replace(rulebook(), pathway=model("norfolk_suffolk"))
    with practice.reading() as session:
        page = patient_page(session, episode, book, practice.today, practice.clock.now())
    assert page is not None
    assert [wait.sentence for wait in page.waits] == [
        "The time ended Tue 06-Jan-2026 13:00. Missing: crisis assessment."
    ]
    form = MilestoneForm(page, practice.staff["jo"])
    under_hands(qtbot, form)
    form.take_keyboard()
    assert [option.text for option in form.kind.options] == [
        "Referral to the crisis team, 06-Jan-2026",
        "Crisis assessment",
    ]
    press(Qt.Key.Key_2)
    form.at.edit.setFocus()
    write("1130")
    made = form.command().milestone
    assert made.kind is MilestoneKind.CRISIS_ASSESSMENT
    assert made.at == datetime.combine(day(1), time(11, 30), LONDON)
