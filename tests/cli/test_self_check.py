"""``collabcare self-check`` on this very installation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.cli.main import main

if TYPE_CHECKING:
    import pytest


def test_a_whole_installation_says_its_versions_and_ok(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["self-check"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[-1] == "ok"
    for name in ("CollabCare", "Python", "Qt", "SQLAlchemy", "SQLCipher", "Schema"):
        assert any(line.startswith(f"{name} ") for line in lines)
