"""From an answer to item 9 to a plan in the patient's hand: by keyboard, through the real main window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from collabcare.domain.due_kinds import DueKind
from collabcare.domain.episode import IN_TREATMENT
from collabcare.domain.safety import IN_AN_EMERGENCY
from collabcare.domain.safety_facts import PlanStatus
from collabcare.domain.safety_plan import standing_plan
from collabcare.queries.facts import episode_facts
from collabcare.ui.pages import PageName
from collabcare.ui.views.safety_view import SafetyView
from tests.documents.pages import page_texts
from tests.ui.keyboard import here, press, write

if TYPE_CHECKING:
    from pathlib import Path

    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.ids import EpisodeId
    from collabcare.ui.main_window import MainWindow
    from tests.ui.scripted_prompts import ScriptedPrompts

ENTER, TAB, SPACE = Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Space


def somebody(desktop: MainWindow) -> EpisodeId:
    """Return a patient of mine in treatment, nothing open, who has no plan yet."""
    me = desktop.desk.acting.user_id
    found = (
        row.facts
        for row in desktop.work.open_caseload.rows
        if row.facts.holder_id == me and row.facts.phase in IN_TREATMENT
    )
    return next(
        facts.episode_id
        for facts in found
        if not facts.open_safety_prompts and not facts.safety_plans and not facts.safety_assessments
    )


def facts_of(desktop: MainWindow, episode: EpisodeId) -> EpisodeFacts:
    """Return what the record holds."""
    with desktop.desk.reading() as session:
        found = episode_facts(session, episode)
    assert found is not None
    return found


def safety_page(desktop: MainWindow) -> SafetyView:
    """Return the Safety page."""
    assert desktop.work.place.page is PageName.SAFETY
    page = desktop.work.page
    assert isinstance(page, SafetyView)
    return page


def go_to(page: SafetyView, name: str) -> None:
    """Put the keyboard on a part of the page by its object name."""
    [found] = [each for each in page.findChildren(QWidget, name) if each.isVisible()]
    found.setFocus()


def fill(page: SafetyView, **fields: str) -> None:
    """Type into fields by their object names."""
    for name, words in fields.items():
        go_to(page, name)
        write(words)


def test_from_item_nine_to_a_plan_on_paper(
    desktop: MainWindow, prompts: ScriptedPrompts, tmp_path: Path
) -> None:
    episode, work = somebody(desktop), desktop.work
    work.show_patient(episode, "measure")
    write("111111111")
    press(ENTER, ctrl=True)
    press(Qt.Key.Key_1)
    write("Passing thoughts, no plan.")
    press(ENTER, ctrl=True)
    assert here().objectName() == "composer_follow_up"
    press(SPACE)
    page = safety_page(desktop)
    assert here().objectName() == "assessment_own_words"
    fill(
        page,
        assessment_own_words="I am worn out.",
        assessment_formulation="Losing the flat.",
        assessment_review_on="t",
    )
    press(ENTER, ctrl=True)
    [assessment] = facts_of(desktop, episode).safety_assessments
    assert (assessment.own_words, assessment.formulation) == ("I am worn out.", "Losing the flat.")
    page.begin("plan")
    fill(page, plan_warning_signs="Not sleeping", plan_professionals="Jo Smith", plan_review_on="+4w")
    go_to(page, "plan_activate")
    press(SPACE)
    plan = standing_plan(facts_of(desktop, episode))
    assert plan is not None
    assert plan.status is PlanStatus.ACTIVE
    assert page.tabs.mark.text().startswith("Safety plan of")
    go_to(page, "safety_copy")
    to = tmp_path / "plan.pdf"
    prompts.answers.append(to)
    press(SPACE, SPACE)
    [text] = page_texts(to.read_bytes())
    assert "My safety plan" in text
    press(Qt.Key.Key_Escape, Qt.Key.Key_Escape)
    assert work.place.page is PageName.PATIENT


def test_the_assessment_after_a_talk_waits_on_today(desktop: MainWindow) -> None:
    episode, work = somebody(desktop), desktop.work
    work.show_patient(episode, "measure")
    write("111111111")
    press(ENTER, ctrl=True)
    press(Qt.Key.Key_1)
    write("Passing thoughts, no plan.")
    press(ENTER, ctrl=True)
    desktop.act("show_today")
    [key] = [
        key
        for key, item in work.today.items.items()
        if item.due.kind is DueKind.SAFETY_ASSESSMENT and item.row.facts.episode_id == episode
    ]
    work.today.list.select_key(key)
    work.today.list.setFocus()
    press(ENTER)
    page = safety_page(desktop)
    assert here().objectName() == "assessment_own_words"
    fill(page, assessment_own_words="I am worn out.", assessment_review_on="t")
    press(ENTER, ctrl=True)
    desktop.act("show_today")
    assert key not in work.today.items


def test_the_window_always_says_that_it_is_no_emergency_system(desktop: MainWindow) -> None:
    """Hazard H15: at the foot of the window, whatever page is on show, at the smallest size it is used at."""
    desktop.resize(1024, 700)
    for name in ("show_today", "show_caseload", "about"):
        desktop.act(name)
        shown = [each for each in desktop.statusBar().findChildren(QLabel) if each.isVisible()]
        assert IN_AN_EMERGENCY in [each.text() for each in shown]
