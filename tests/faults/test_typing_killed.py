"""The program is killed while somebody types: what was typed comes back, but for the last five seconds."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from collabcare.ui.forms.contact_form import ContactForm
from collabcare.ui.views.drafting import EVERY_SECONDS
from tests.faults.typing_hand import KEPT
from tests.record_fixtures import PASSWORD
from tests.ui.views.patient_scene import PatientScene, words

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.record_fixtures import Practice
    from tests.ui.scripted_prompts import ScriptedPrompts

ROOT = Path(__file__).parents[2]
MOST_SECONDS_LOST = 5


@pytest.mark.timeout(120)
def test_a_killed_program_loses_no_more_than_five_seconds_of_typing(
    qtbot: QtBot, practice: Practice, prompts: ScriptedPrompts
) -> None:
    episode = practice.refer("A")
    path = practice.opened.path
    practice.opened.engine.dispose()
    arguments = (str(path), str(episode), PASSWORD, practice.clock.now().isoformat())
    with subprocess.Popen(
        [sys.executable, "-m", "tests.faults.typing_hand", *arguments],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as hand:
        assert hand.stdout is not None
        assert hand.stdout.readline() == f"kept {KEPT}\n"
        assert hand.stdout.readline() == "typed\n"
        hand.kill()
    scene = PatientScene(qtbot, practice, prompts, episode, "amina")
    qtbot.waitUntil(lambda: scene.view.composer.form() is not None)
    assert EVERY_SECONDS <= MOST_SECONDS_LOST
    assert scene.view.composer.drafting.timer.interval() == EVERY_SECONDS * 1000
    form = scene.form(ContactForm)
    assert form.note.text() == " ".join(f"word{word}" for word in range(1, KEPT + 1))
    assert "is back, not saved yet." in words(form)
    in_the_clear = {file.name for file in path.parent.rglob("*") if file.is_file() and holds(file, b"word7 ")}
    assert in_the_clear == set()


def holds(file: Path, text: bytes) -> bool:
    """Return whether a file has these bytes in it."""
    return text in file.read_bytes()
