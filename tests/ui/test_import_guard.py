"""Nothing slow stands between a double click and the sign-in window."""

from __future__ import annotations

import subprocess
import sys

from tests import qt_environment

BUILD = """
import os, sys
from pathlib import Path
from tests import qt_environment
qt_environment.choose_screen(os.environ)
from collabcare import bootstrap
from collabcare.settings import Settings
from collabcare.ui.app import make_application
from collabcare.ui.late_prompts import LatePrompts
from collabcare.ui.shell import Shell
from tests.ui.inline import PatientExecutor

settings = Settings.load(Path("nowhere"))
application = make_application(settings)
doors = bootstrap.desktop_doors(bootstrap.clock_for(None))
shell = Shell(doors, settings, LatePrompts(doors.prompts), PatientExecutor())
shell.sign_in_window.painted.disconnect()  # which would start the loading this test forbids
shell.open(Path("somewhere/elm.ccrecord"), "jo")
for _ in range(20):
    application.processEvents()
assert shell.sign_in_window.isVisible()
slow = {"sqlalchemy", "alembic", "reportlab", "pypdfium2", "holidays", "numpy", "cryptography", "argon2",
        "sqlcipher3", "mnemonic", "nhs_number", "platformdirs", "collabcare.services", "collabcare.queries",
        "collabcare.ui.main_window", "collabcare.ui.qt_prompts", "collabcare.ui.views.first_run_view"}
print(sorted(slow & sys.modules.keys()))
"""


def test_nothing_slow_is_imported_before_the_sign_in_window_is_painted() -> None:
    done = subprocess.run(
        [sys.executable, "-c", BUILD],
        capture_output=True,
        text=True,
        check=False,
        cwd=qt_environment.SCREEN.parents[2],
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[]"
