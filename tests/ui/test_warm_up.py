"""What is loaded behind the first window: the data stack on a thread of its own, the screens on theirs."""

from __future__ import annotations

import subprocess
import sys
import threading
from typing import TYPE_CHECKING

from collabcare.ui.warm_up import WarmUp, screens
from tests import qt_environment

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from collabcare.demo.build import DemoRecord

START = """
import os, sys, threading
from pathlib import Path
from tests import qt_environment
qt_environment.choose_screen(os.environ)
from PySide6.QtCore import QTimer
from collabcare import bootstrap
from collabcare.settings import Settings
from collabcare.ui.app import make_application
from collabcare.ui.late_prompts import LatePrompts
from collabcare.ui.shell import Shell


class Watch:
    def find_spec(self, name, path=None, target=None):
        threads.setdefault(name, threading.current_thread().name)


threads = {}
sys.meta_path.insert(0, Watch())
settings = Settings.load(Path("nowhere"))
application = make_application(settings)
doors = bootstrap.desktop_doors(bootstrap.clock_for(None))
shell = Shell(doors, settings, LatePrompts(doors.prompts))
shell.warm_up.done.connect(application.quit)
QTimer.singleShot(30_000, application.quit)
shell.open(Path("somewhere/elm.ccrecord"), "jo")
application.exec()
shell.shut()
del threads["collabcare.ui.opening"]  # plain facts, no class of Qt: made where a record is opened
screens = {thread for name, thread in threads.items() if name.startswith(("collabcare.ui.", "PySide6."))}
stack = {threads[name] for name in ("sqlalchemy", "collabcare.services.letters", "collabcare.queries.facts")}
print(sorted(screens), sorted(stack), "collabcare.ui.main_window" in sys.modules)
"""

AWAY = """
import sys
from datetime import date
from pathlib import Path
from collabcare import bootstrap

path, login, password, empty = Path(sys.argv[1]), *sys.argv[2:4], Path(sys.argv[4])
doors = bootstrap.desktop_doors(bootstrap.clock_for(date(2026, 11, 25)))
from collabcare.domain.acting import Role
from collabcare.domain.counting import uncounted
from collabcare.domain.gp_practices import GpPracticeDetails
from collabcare.ui.opening import FirstRecord

light = set(sys.modules)
doors.warm_up()
doors.glance(path)
doors.sign_in(path, login, password, uncounted).close()
assert doors.check_folder(empty) == ""
words = doors.new_recovery_words()
form = FirstRecord(
    path=empty / "new.ccrecord", service_name="Elm", service_address="1 High Street", service_postcode="",
    service_telephone="", gp_practice=GpPracticeDetails(name="Oak"), user_name="Jo Smith", job_title="",
    login="jo", password="a long enough one", role=Role.PRACTITIONER, recovery_words=words,
)
assert doors.recovery_sheet(form)
doors.create(form, uncounted).close()
doors.recover(form.path, " ".join(words), "jo", "another long one", uncounted).close()
print(sorted(name for name in sys.modules.keys() - light if name.startswith(("PySide6", "collabcare.ui"))))
"""


def run(program: str, *arguments: str) -> str:
    """Run a program of its own and return what it printed."""
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=qt_environment.SCREEN.parents[2],
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_screens_are_loaded_on_their_own_thread_and_the_data_stack_on_another() -> None:
    """A class of Qt made while another thread draws ends the program, now and then."""
    assert run(START) == "['MainThread'] ['warm up'] True"


def test_what_is_done_away_from_the_screens_loads_none_of_them(
    tmp_path: Path, demo_record: DemoRecord
) -> None:
    login, password, _role = demo_record.sign_ins[0]
    assert run(AWAY, str(demo_record.path), login, password, str(tmp_path)) == "[]"


def test_the_screens_wait_for_the_data_stack(qtbot: QtBot) -> None:
    may_end, seen = threading.Event(), list[str]()

    def load() -> None:
        seen.append(threading.current_thread().name)
        may_end.wait(10)
        seen.append("loaded")

    warm_up = WarmUp(load)
    warm_up.done.connect(lambda: seen.append("screens"))
    warm_up.start()
    qtbot.waitUntil(lambda: bool(seen))
    may_end.set()
    qtbot.waitUntil(lambda: len(seen) > 2)
    assert seen == ["warm up", "loaded", "screens"]


def test_leaving_early_waits_for_the_thread_and_loads_no_screen() -> None:
    ended, told = list[bool](), list[bool]()
    warm_up = WarmUp(lambda: ended.append(True))
    warm_up.done.connect(lambda: told.append(True))
    warm_up.start()
    warm_up.stop()
    assert (ended, told) == ([True], [])


def test_never_begun_is_stopped_at_once() -> None:
    WarmUp(lambda: None).stop()


def test_every_screen_is_named_and_the_window_last() -> None:
    names = list(screens())
    assert len(names) == len(set(names))
    assert {"collabcare.ui.widgets.card", "collabcare.ui.forms.contact_form"} <= set(names)
    assert names[-1] == "collabcare.ui.main_window"
