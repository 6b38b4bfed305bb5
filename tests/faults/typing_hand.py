"""A hand that types into a real form on a real record, in a process of its own, until it is killed.

It says ``kept N`` once the draft with N words is in the record, types more, says ``typed`` and waits.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEventLoop
from PySide6.QtWidgets import QApplication

from collabcare.bootstrap import signed_in
from collabcare.clock import SteadyClock
from collabcare.domain.ids import EpisodeId
from collabcare.ui.forms.contact_form import ContactForm
from collabcare.ui.tasks import Tasks
from collabcare.ui.theme import ThemeName, apply_theme
from collabcare.ui.views.patient_view import PatientView
from tests.ui.scripted_prompts import ScriptedPrompts

KEPT, MORE = 40, 7


def type_until_killed(path: Path, episode: EpisodeId, password: str, at: datetime) -> None:
    """Open the record, open the form, and type."""
    application = QApplication([])
    apply_theme(application, ThemeName.LIGHT)
    with signed_in(path, "amina", password, SteadyClock(at)) as desk:
        prompts = ScriptedPrompts()
        tasks = Tasks(prompts)
        tasks.use(desk.reading)
        view = PatientView(desk, tasks, prompts)
        view.resize(1400, 900)
        view.show()
        view.show_episode(episode)
        settle(tasks)
        view.compose("contact")
        form = view.composer.form()
        assert isinstance(form, ContactForm)
        timer = view.composer.drafting.timer
        for word in range(1, KEPT + 1):
            form.note.insertPlainText(f"word{word} ")
            assert timer.isActive()
            timer.timeout.emit()  # five seconds have gone by
        settle(tasks)
        say(f"kept {KEPT}")
        form.note.insertPlainText("lost " * MORE)
        say("typed")
        sys.stdin.readline()
        del view


def settle(tasks: Tasks) -> None:
    """Let the threads finish what was asked for."""
    while not tasks.settled:
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def say(words: str) -> None:
    """Tell whoever holds the other end."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    record, number, secret, moment = sys.argv[1:]
    type_until_killed(
        Path(record), EpisodeId(int(number)), secret, datetime.fromisoformat(moment).astimezone(UTC)
    )
