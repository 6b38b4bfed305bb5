"""Running a probe in a process of its own, on the screen of the tests."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests import qt_environment

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


def said(probe: str, *arguments: str) -> float:
    """Run one probe and return the last number it printed."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    qt_environment.choose_screen(environment)
    done = subprocess.run(
        [sys.executable, str(HERE / probe), *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
        cwd=ROOT,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return float(done.stdout.split()[-1])
