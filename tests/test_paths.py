"""The program finds its own files wherever it runs from."""

from __future__ import annotations

from pathlib import Path

import pytest

from collabcare.domain.errors import EnvironmentProblem
from collabcare.paths import (
    HOME_VARIABLE,
    migrations_dir,
    program_dir,
    resources_dir,
    settings_file,
    user_data_dir,
)


def folder(path: Path) -> Path:
    """Make a folder and what leads to it."""
    path.mkdir(parents=True)
    return path


def test_a_checkout_holds_them_beside_the_package() -> None:
    assert (resources_dir() / "fonts" / "NotoSans-Regular.ttf").is_file()
    assert (migrations_dir() / "versions").is_dir()


def test_a_wheel_holds_them_inside_the_package_whatever_else_is_installed(tmp_path: Path) -> None:
    package = folder(tmp_path / "site-packages" / "collabcare")
    folder(tmp_path / "site-packages" / "resources")  # somebody else's
    own = folder(package / "_bundled" / "resources")
    assert program_dir("resources", package=package) == own


def test_a_frozen_bundle_holds_them_where_it_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = folder(tmp_path / "_internal" / "migrations")
    monkeypatch.setattr("sys._MEIPASS", str(tmp_path / "_internal"), raising=False)
    assert program_dir("migrations", package=tmp_path / "collabcare") == own


def test_an_incomplete_installation_says_what_is_safe_and_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem, match=r"'resources' is missing\. No record .* Install .* again"):
        program_dir("resources", package=tmp_path / "collabcare")


def test_it_staff_can_move_what_the_user_keeps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    assert user_data_dir() == tmp_path / "data"
    assert settings_file() == tmp_path / "settings.toml"


def test_without_their_word_the_system_says_where(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(HOME_VARIABLE)
    assert "CollabCare" in user_data_dir().parts
    assert settings_file().name == "settings.toml"
    assert settings_file().parent.name == "CollabCare"
    assert not settings_file().parent.is_relative_to(Path(__file__).parent)
