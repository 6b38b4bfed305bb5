"""Drafts of the forms on pages about nobody in particular: kept, brought back, and never mixed up."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TypeVar

import pytest

from collabcare.domain.acting import Role
from collabcare.domain.due_kinds import DueKind
from collabcare.queries.drafts import all_drafts
from collabcare.queries.practice_page import practice_page
from collabcare.queries.snippets import snippets
from collabcare.services.helplines import SaveHelpline, save_helpline
from collabcare.services.snippets import SaveSnippet, save_snippet
from collabcare.ui.models.open_caseload import OpenCaseload
from collabcare.ui.tasks import Tasks
from collabcare.ui.views.colleagues_view import ColleaguesView
from collabcare.ui.views.cover_view import CoverView
from collabcare.ui.views.list_page_view import ListPageView
from collabcare.ui.views.practice_view import PracticeView
from collabcare.ui.views.snippets_view import SnippetsView
from collabcare.ui.views.today_view import TodayView
from tests.builders import day
from tests.ui.every_screen import NoToAll
from tests.ui.inline import InlineExecutor
from tests.ui.keyboard import under_hands
from tests.ui.scripted_prompts import ScriptedPrompts
from tests.ui.views.patient_scene import words

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from collabcare.domain.crisis_lines import SiteLine
    from collabcare.queries.drafts import DraftRow
    from collabcare.services.desk import Desk
    from collabcare.ui.forms.not_now_form import NotNowForm
    from tests.record_fixtures import Practice

PageT = TypeVar("PageT", bound=ListPageView)


def kept(practice: Practice, login: str = "amina") -> dict[str, DraftRow]:
    """Return the drafts of a user, by the kind of form."""
    with practice.reading() as session:
        return {row.kind: row for row in all_drafts(session, practice.user(login))}


def lines_of(practice: Practice) -> tuple[SiteLine, ...]:
    with practice.reading() as session:
        return practice_page(session).support.lines


def tasks_of(desk: Desk) -> Tasks:
    tasks = Tasks(NoToAll(), InlineExecutor())
    tasks.use(desk.reading)
    return tasks


def page_of(
    qtbot: QtBot, practice: Practice, page: type[PageT], prompts: ScriptedPrompts | None = None
) -> PageT:
    """Show a page to the supervisor, as after a start of the program."""
    desk = practice.desk("amina")
    tasks = tasks_of(desk)
    view = page(desk, tasks, prompts or NoToAll(), OpenCaseload(desk, tasks))
    under_hands(qtbot, view).resize(1180, 700)
    view.go_stale()
    return view


def gone(view: QWidget) -> None:
    """Let the page go out of sight, as at a lock or when the window closes."""
    view.window().hide()


def test_words_of_three_forms_of_the_practice_come_back_to_their_forms(
    qtbot: QtBot, practice: Practice
) -> None:
    view = page_of(qtbot, practice, PracticeView)
    view.lines.form.name.setText("Crisis team")
    view.days.form.reason.setText("Training")
    view.duty.form.hours.setPlainText("Ring 111, option 2.")
    assert view.has_unsaved()
    gone(view)
    assert set(kept(practice)) == {"helpline", "site_day", "out_of_hours"}
    again = page_of(qtbot, practice, PracticeView)
    assert again.lines.form.name.text() == "Crisis team"
    assert again.days.form.reason.text() == "Training"
    assert again.duty.form.hours.text() == "Ring 111, option 2."
    assert words(again).count("is back, not saved yet") == 3


def test_a_line_being_changed_and_one_being_added_are_two_drafts(qtbot: QtBot, practice: Practice) -> None:
    save_helpline(SaveHelpline(name="First", telephone="111"), practice.uow("amina"))
    view = page_of(qtbot, practice, PracticeView)
    view.lines.form.name.setText("Crisis team")
    line = view.lines.form
    [first] = lines_of(practice)
    view.lines.change_wanted.emit(first)
    assert line.name.text() == "First"
    line.note.setText("Evenings only")
    view.keep_drafts()
    assert set(kept(practice)) == {"helpline", f"helpline:{first.id}"}
    again = page_of(qtbot, practice, PracticeView)
    assert again.lines.form.name.text() == "Crisis team"
    assert "Typed and not saved yet: Change First" in again.message.text()
    again.lines.change_wanted.emit(first)
    assert (again.lines.form.name.text(), again.lines.form.note.text()) == ("First", "Evenings only")
    again.lines.form.save.click()
    assert lines_of(practice)[0].note == "Evenings only"
    assert again.lines.form.name.text() == "Crisis team", "what waited comes back"
    assert set(kept(practice)) == {"helpline"}
    again.lines.form.telephone.setText("0113 496 0999")
    again.lines.form.save.click()
    assert kept(practice) == {}
    assert (again.lines.form.name.text(), again.has_unsaved()) == ("", False)


def test_a_snippet_begun_waits_while_another_is_changed(qtbot: QtBot, practice: Practice) -> None:
    save_snippet(SaveSnippet(name="plan", text="Agreed."), practice.uow("amina"))
    with practice.reading() as session:
        [plan] = snippets(session, practice.user("amina"))
    view = page_of(qtbot, practice, SnippetsView)
    view.form.words.setPlainText("Slept better")
    view.edit(plan)
    assert view.form.words.text() == "Agreed."
    view.form.words.setPlainText("Agreed to [[what]].")
    view.form.save.click()
    assert view.form.words.text() == "Slept better"
    gone(view)
    assert set(kept(practice)) == {"snippet"}
    assert page_of(qtbot, practice, SnippetsView).form.words.text() == "Slept better"


def test_esc_asks_first_and_throws_the_draft_away(qtbot: QtBot, practice: Practice) -> None:
    prompts = ScriptedPrompts()
    prompts.answers = [False, True]
    view = page_of(qtbot, practice, SnippetsView, prompts)
    view.form.words.setPlainText("Slept better")
    view.keep_drafts()
    view.form.cancelled.emit()
    assert (view.form.words.text(), set(kept(practice))) == ("Slept better", {"snippet"})
    view.form.cancelled.emit()
    assert (view.form.words.text(), kept(practice)) == ("", {})
    prompts.assert_finished()


def test_cover_comes_back_once_the_colleagues_are_there_to_choose(qtbot: QtBot, practice: Practice) -> None:
    view = page_of(qtbot, practice, CoverView)
    view.form.covered.set_value(practice.user("sam"))
    view.form.until_on.edit.setText("+2w")
    gone(view)
    again = page_of(qtbot, practice, CoverView)
    assert again.form.covered.value() == practice.user("sam")
    again.form.save.click()
    assert kept(practice) == {}
    assert again.form.covered.value() is None


def test_a_password_is_never_in_a_draft(qtbot: QtBot, practice: Practice) -> None:
    desk = practice.desk("amina")
    view = ColleaguesView(desk, tasks_of(desk), NoToAll())
    under_hands(qtbot, view)
    view.form.name.setText("Nina Ray")
    view.form.role.set_value(Role.SUPERVISOR)
    for edit in (view.form.password, view.form.again):
        edit.setText("brisk copper lantern")
    gone(view)
    body = kept(practice)["colleague"].body
    assert "Nina Ray" in body
    assert "copper" not in body
    again = ColleaguesView(desk, tasks_of(desk), NoToAll())
    under_hands(qtbot, again)
    assert (again.form.name.text(), again.form.password.text()) == ("Nina Ray", "")


class Morning:
    """Today for somebody with two patients not seen for nine weeks."""

    def __init__(self, qtbot: QtBot, practice: Practice) -> None:
        desk = practice.desk("jo")
        tasks = tasks_of(desk)
        self.caseload = OpenCaseload(desk, tasks)
        self.view = TodayView(desk, tasks, NoToAll(), self.caseload)
        under_hands(qtbot, self.view).resize(1300, 800)
        self.caseload.reload()

    def not_now(self, surname: str, kind: DueKind = DueKind.CONTACT) -> NotNowForm:
        """Open the form about one thing due for one patient."""
        key = next(
            key
            for key, item in self.view.items.items()
            if item.due.kind is kind and item.row.facts.patient.name.startswith(surname)
        )
        self.view.list.select_key(key)
        self.view.not_now()
        form = self.view.side.form
        assert form is not None
        return form


@pytest.fixture
def quiet(practice: Practice) -> Practice:
    for surname in ("Ash", "Birch"):
        practice.refer("A", surname=surname)
    practice.on(day(70))
    return practice


def test_a_reason_to_wait_belongs_to_its_patient_and_its_thing_due(qtbot: QtBot, quiet: Practice) -> None:
    morning = Morning(qtbot, quiet)
    morning.not_now("ASH").reason.setPlainText("Away with her mother")
    assert morning.view.has_unsaved()
    other = morning.not_now("BIRCH")
    assert other.reason.text() == ""
    other.reason.setPlainText("Exams until June")
    assert morning.not_now("ASH", DueKind.MEASURE).reason.text() == ""
    assert morning.not_now("ASH").reason.text() == "Away with her mother"
    gone(morning.view)
    told = {json.loads(row.body)["title"] for row in kept(quiet, "jo").values()}
    assert told == {"Not now: contact due"}
    again = Morning(qtbot, quiet)
    form = again.not_now("BIRCH")
    assert form.reason.text() == "Exams until June"
    assert "is back, not saved yet" in words(form)
    assert "BIRCH" in words(again.view.side.banner)
    form.save.click()
    assert "Exams until June" not in " ".join(row.body for row in kept(quiet, "jo").values())
