"""The command of a fresh clone: what it refuses, and in which words.

That it works from nothing is not tested here: every run of the suite on a clean checkout does.
"""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

import dev
from tests.architecture.tree import ROOT, Module

SOURCE = ROOT / "packaging" / "dev.py"


def test_it_needs_nothing_but_python() -> None:
    names = {name.split(".")[0] for name, _ in Module(SOURCE).imports()}
    assert names <= {*sys.stdlib_module_names, "__future__"}


def test_a_python_too_old_can_read_it_far_enough_to_be_refused() -> None:
    ast.parse(SOURCE.read_text(encoding="utf-8"), feature_version=(3, 8))
    with pytest.raises(dev.Stop, match=r"needs Python 3\.11 or newer; this is Python 3\.9"):
        dev.check_python((3, 9, 2))
    dev.check_python((3, 11, 0))


@pytest.mark.parametrize("words", [[], ["--help"], ["-h"], ["install"], ["test it"]])
def test_without_a_command_it_shows_its_commands(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert dev.main(words) == (0 if words in (["--help"], ["-h"]) else 2)
    assert all(f"dev.py {command}" in capsys.readouterr().out for command in ["demo"])


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (
            "connection broken by NewConnectionError: [Errno -3] Temporary failure in name resolution",
            "cannot be reached",
        ),
        ("[Errno 11001] getaddrinfo failed\nERROR: No matching distribution found", "cannot be reached"),
        ("SSLCertVerificationError CERTIFICATE_VERIFY_FAILED", "PIP_CERT"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", "refused"),
        ("OSError: [Errno 28] No space left on device", "disk is full"),
        ("ERROR: No matching distribution found for sqlcipher3", "no ready-made build"),
        ("something new", "pip said:\n\nsomething new"),
    ],
)
def test_a_failed_install_gives_the_reason_in_plain_words(words: str, reason: str) -> None:
    assert reason in dev.why_pip_failed(words)


def test_settings_of_other_projects_do_not_leak_in(monkeypatch: pytest.MonkeyPatch) -> None:
    foreign = [
        "PYTHONPATH",
        "PIP_REQUIRE_VIRTUALENV",
        "PIP_USER",
        "VIRTUAL_ENV",
        "PYTEST_ADDOPTS",
        "QT_PLUGIN_PATH",
    ]
    kept = ["PIP_INDEX_URL", "PIP_CERT", "HTTPS_PROXY", "PYTHONUTF8", "DISPLAY"]
    for name in [*foreign, *kept]:
        monkeypatch.setenv(name, "1")
    environment = dev.clean_environment(QT_QPA_PLATFORM="offscreen")
    assert [name for name in foreign if name in environment] == []
    assert [name for name in kept if name not in environment] == []
    assert environment["QT_QPA_PLATFORM"] == "offscreen"


@pytest.mark.skipif(sys.platform == "win32", reason="there is no apt-get on Windows")
def test_without_the_right_to_install_it_prints_the_line_to_type(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "apt-get"
    program.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")  # would be refused if it were run
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("os.geteuid", lambda: 1000, raising=False)
    with pytest.raises(dev.Stop, match=r"sudo apt-get install -y --no-install-recommends libgl1 libegl1"):
        dev.need_system_packages("libgl1 libegl1", "Qt lacks libraries.")
    monkeypatch.setattr("os.geteuid", lambda: 0, raising=False)
    with pytest.raises(dev.Stop, match="apt-get could not install"):
        dev.need_system_packages("libgl1", "Qt lacks libraries.")


def test_without_apt_it_names_the_packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(dev.Stop, match="what Debian calls: libgl1"):
        dev.need_system_packages("libgl1", "Qt lacks libraries.")


def test_the_stamp_of_another_folder_is_not_trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stamp = tmp_path / "stamp.json"
    monkeypatch.setattr(dev, "STAMP", stamp)
    assert dev.read_stamp() == {}
    for text in ("", "[]", "{", json.dumps({"folder": "/elsewhere"})):
        stamp.write_text(text, encoding="utf-8")
        assert dev.read_stamp() == {}
    good = {"folder": str(ROOT), "requirements.lock": "abc"}
    stamp.write_text(json.dumps(good), encoding="utf-8")
    assert dev.read_stamp() == good


def test_an_installed_environment_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "STAMP", tmp_path / "stamp.json")
    monkeypatch.setattr(dev, "STARTED", tmp_path / "started")
    monkeypatch.setattr(dev, "PYTHON", Path(sys.executable))
    files = ("requirements.lock", "requirements-dev.lock", "pyproject.toml")
    stamp = {"folder": str(ROOT), **{name: dev.fingerprint(name) for name in files}}
    dev.STAMP.write_text(json.dumps(stamp), encoding="utf-8")
    dev.install(dev.DEV_LOCK)
    dev.install(dev.RUN_LOCK)  # the test environment holds all the program needs
    assert json.loads(dev.STAMP.read_text(encoding="utf-8")) == stamp
    dev.STARTED.touch()
    assert not dev.environment_works()  # an install was interrupted


def test_qt_starts_here() -> None:
    complaint = dev.qt_complaint(dev.clean_environment(QT_QPA_PLATFORM="offscreen"))
    assert complaint == ""
    assert "nosuch" in dev.qt_complaint(dev.clean_environment(QT_QPA_PLATFORM="nosuch"))


def test_ci_calls_the_command_of_the_readme_and_nothing_cleverer() -> None:
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not line.startswith("#")] == [
        "set -euo pipefail",
        'cd "$(dirname "$0")/.."',
        "exec python3 packaging/dev.py test",
    ]
    assert "python3 packaging/dev.py test" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_wrong_usage_from_the_shell_is_two() -> None:
    done = subprocess.run([sys.executable, str(SOURCE), "dmeo"], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "demo" in done.stdout
