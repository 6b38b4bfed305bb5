"""The patient's copy: looked at, saved where the user says, opened to print, and in the audit trail."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from collabcare.services.safety_plans import BeginDraft, MakeActive, make_active
from collabcare.ui.prompts import FileChoice
from tests.documents.pages import page_texts, whole_text
from tests.services.plan_commands import PLAN
from tests.ui.keyboard import here, press
from tests.ui.scripted_prompts import ScriptedPrompts
from tests.ui.views.patient_scene import words
from tests.ui.views.safety_scene import SafetyScene, referred

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.record_fixtures import Practice


def suggested(prompts: ScriptedPrompts) -> str:
    """Return the name that was suggested for the file."""
    [asked] = prompts.asked
    assert isinstance(asked, FileChoice)
    assert asked.suggested is not None
    return asked.suggested.name


def looking(qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts) -> SafetyScene:
    """Look at the copy of a plan in use."""
    episode = referred(practice)
    plan = replace(PLAN, made_on=practice.today, review_on=practice.today + timedelta(days=28))
    make_active(MakeActive(draft=BeginDraft(episode_id=episode, draft=plan)), practice.uow())
    scene = SafetyScene(qtbot, practice, prompts, episode)
    scene.part("safety_copy", QPushButton).setFocus()
    press(Qt.Key.Key_Space)
    return scene


def test_the_page_is_looked_at_and_saved_and_the_trail_says_so(
    qtbot: QtBot, practice: Practice, tmp_path: Path
) -> None:
    to = tmp_path / "copy.pdf"
    prompts = ScriptedPrompts(to)
    scene = looking(qtbot, practice, prompts)
    copy = scene.copy
    assert copy.pages.pages() == 1
    assert here() is copy.save
    assert "Every page says DRAFT" in words(copy)
    assert copy.pages.height() > scene.view.height() / 2
    since = practice.audit()[-1].id
    press(Qt.Key.Key_Space)
    [text] = page_texts(to.read_bytes())
    assert "My safety plan" in text
    assert copy.message.text() == "Saved as copy.pdf. The file is not encrypted: keep it where it is safe."
    [line] = practice.audit(since)
    assert (line.action, line.kind) == ("Print safety plan", "safety plan")
    assert suggested(prompts) == f"safety-plan-{practice.today.isoformat()}.pdf"
    prompts.assert_finished()


def test_large_print_has_its_own_pages_and_name(qtbot: QtBot, practice: Practice, tmp_path: Path) -> None:
    to = tmp_path / "large.pdf"
    prompts = ScriptedPrompts(to)
    scene = looking(qtbot, practice, prompts)
    copy = scene.copy
    copy.large.setFocus()
    press(Qt.Key.Key_Space)
    opened: list[Path] = []

    def opens(path: Path) -> bool:
        opened.append(path)
        return True

    copy.open_file = opens
    copy.print.click()
    assert opened == [to]
    assert copy.message.text() == "Saved as large.pdf and opened. The file is not encrypted."
    assert suggested(prompts).endswith("-large-print.pdf")
    assert "My safety plan" in whole_text(to.read_bytes())


def test_where_nothing_shows_a_pdf_or_it_cannot_be_written_it_says_so(
    qtbot: QtBot, practice: Practice, tmp_path: Path
) -> None:
    prompts = ScriptedPrompts(tmp_path / "copy.pdf", tmp_path / "nowhere" / "copy.pdf", None)
    scene = looking(qtbot, practice, prompts)
    copy = scene.copy
    copy.open_file = lambda _path: False
    copy.print.click()
    assert "no program to show PDF files answered" in copy.message.text()
    copy.save.click()
    assert copy.message.text().startswith("CollabCare could not write copy.pdf")
    copy.save.click()
    prompts.assert_finished()


def test_escape_closes_the_copy_and_leads_back(qtbot: QtBot, practice: Practice) -> None:
    scene = looking(qtbot, practice, ScriptedPrompts())
    press(Qt.Key.Key_Escape)
    assert not scene.copy.isVisible()
    assert here().objectName() == "safety_copy"


def test_a_plan_ended_meanwhile_is_not_printed(qtbot: QtBot, practice: Practice) -> None:
    scene = looking(qtbot, practice, ScriptedPrompts())
    other = practice.refer("A", surname="Li")
    scene.copy.show_copy(other)
    assert "There is no active safety plan to print." in words(scene.copy)
    assert not scene.copy.save.isEnabled()
