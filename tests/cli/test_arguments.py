"""What can be typed: every command explains itself, and wrong usage is told apart from a refusal."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from collabcare.cli.arguments import parser
from collabcare.cli.looks import Look, looks
from collabcare.cli.main import REFUSED, main

WRONG_USAGE = 2
COMMANDS = ("demo", "caseload", "worklist", "letter", "self-check")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_and_its_exit_codes(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as leaving:
        main([command, "--help"])
    said = capsys.readouterr().out
    assert leaving.value.code == 0
    assert "Exit codes: 0 done, 1 refused with one sentence, 2 wrong usage." in said


def test_the_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    said = capsys.readouterr().out
    assert all(f"  {command}" in said for command in COMMANDS)


@pytest.mark.parametrize(
    "words",
    [
        ["dance"],
        ["caseload"],
        ["demo", "--today", "20-11-2026"],
        ["demo", "--patients", "0"],
        ["demo", "--patients", "many"],
        ["demo", "--scale", "250"],
        ["caseload", "--record", "a", "--user", "b", "--password-file", "c", "--format", "xml"],
    ],
    ids=" ".join,
)
def test_wrong_usage_leaves_with_2(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as leaving:
        main(words)
    assert leaving.value.code == WRONG_USAGE
    assert "Traceback" not in capsys.readouterr().err


def test_the_tour_is_taken_in_every_look_at_one_go() -> None:
    args = parser().parse_args(["demo", "--tour", "--theme", "all", "--scale", "all"])
    asked = looks(args, Path("demo"))
    assert len({look.folder for look in asked}) == 6
    assert {(look.theme, look.scale) for look in asked} == {
        (theme, scale) for theme in ("light", "dark", "contrast") for scale in (1.0, 1.5)
    }
    assert Path("demo", "contrast-150") in {look.folder for look in asked}


def test_one_look_is_left_where_it_was_asked_for() -> None:
    args = parser().parse_args(["demo", "--tour", "--theme", "dark", "--scale", "150"])
    assert looks(args, Path("demo")) == (Look(Path("demo"), "dark", 1.5),)


def test_the_version_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("CollabCare ")


def test_a_missing_password_file_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["worklist", "--record", "none.ccrecord", "--user", "jo", "--password-file", "none.txt"]
    assert main(words) == REFUSED
    said = capsys.readouterr().err
    assert said == "The password file none.txt cannot be read.\n"


def test_the_module_runs_as_the_installed_command_does() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "collabcare", "--version"], check=True, capture_output=True, text=True
    )
    assert done.stdout.startswith("CollabCare ")


def test_help_and_version_load_neither_qt_nor_the_database() -> None:
    code = (
        "import sys; from collabcare.cli.main import main; main(['--version']);"
        "heavy = {'PySide6', 'sqlalchemy', 'reportlab', 'alembic', 'holidays'} & sys.modules.keys();"
        "sys.exit(f'loaded {heavy}' if heavy else 0)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL)
