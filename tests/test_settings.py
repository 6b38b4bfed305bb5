"""A user's settings: kept whole, and a file that is wrong costs only what is wrong in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from collabcare.settings import Settings, declared


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.toml"


def test_what_is_saved_is_there_again(file: Path) -> None:
    settings = Settings.load(file)
    settings.theme, settings.text_scale, settings.rail_compact = "dark", 1.5, True
    settings.last_record = 'C:\\records\\Łukasz "one".ccrecord'
    settings.save()
    assert Settings.load(file) == settings
    assert [each.name for each in file.parent.iterdir()] == [file.name]


def test_a_first_start_has_the_defaults_and_writes_nothing(file: Path) -> None:
    settings = Settings.load(file)
    assert (settings.theme, settings.text_scale, settings.last_record) == ("system", 1.0, "")
    assert not file.parent.exists()


@pytest.mark.parametrize("content", [b"theme = ", b"\xff\xfe\x00", b"", b"[theme]\nx = 1"])
def test_a_broken_file_means_the_defaults(file: Path, content: bytes) -> None:
    file.parent.mkdir()
    file.write_bytes(content)
    assert Settings.load(file) == Settings(path=file)


def test_one_wrong_line_costs_only_itself(file: Path) -> None:
    file.parent.mkdir()
    file.write_text(
        'theme = "purple"\ntext_scale = 9\nrail_compact = "yes"\nlast_login = "jo"\nsurprise = 1\n',
        encoding="utf-8",
    )
    settings = Settings.load(file)
    assert (settings.theme, settings.text_scale, settings.rail_compact) == ("system", 1.0, False)
    assert settings.last_login == "jo"


def test_a_whole_number_is_a_scale_too(file: Path) -> None:
    file.parent.mkdir()
    file.write_text("text_scale = 2\n", encoding="utf-8")
    assert Settings.load(file).text_scale == 2.0


def test_a_place_that_cannot_be_written_stops_nobody(tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.touch()
    Settings(path=in_the_way / "settings.toml", theme="dark").save()
    assert in_the_way.read_bytes() == b""


def test_every_setting_explains_itself_and_allows_its_default() -> None:
    defaults = Settings(path=Path("nowhere"))
    for key, setting in declared().items():
        assert setting.label, key
        assert setting.help.endswith("."), key
        assert setting.allows(getattr(defaults, key), getattr(defaults, key)), key
