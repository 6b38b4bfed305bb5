"""Taking fields from an authored file: each by its type, none left over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from collabcare.catalogue.toml_file import TomlTable
from collabcare.domain.errors import EnvironmentProblem

if TYPE_CHECKING:
    from pathlib import Path

CONTENT = """
name = "Elm"
count = 3
open = true
none = []
falling = [3, 1]
below = [-1, 2]
[inner]
first = 1
second = 2
"""


@pytest.fixture
def table(tmp_path: Path) -> TomlTable:
    file = tmp_path / "elm.toml"
    file.write_text(CONTENT, encoding="utf-8")
    return TomlTable.read(file)


def test_fields_are_taken_by_their_type(table: TomlTable) -> None:
    assert (table.text("name"), table.whole("count"), table.truth("open")) == ("Elm", 3, True)
    assert (table.rising("none"), table.texts("none"), table.tables("none")) == ((), (), ())
    inner = table.table("inner")
    assert inner.names() == ("first", "second")
    assert (table.has("name"), table.has("other")) == (True, False)
    assert (table.optional_text("other"), table.optional_whole("other")) == (None, None)
    assert (table.optional_text("name"), table.optional_whole("count")) == ("Elm", 3)


def test_a_field_within_a_table_is_named_with_its_table(table: TomlTable) -> None:
    with pytest.raises(EnvironmentProblem, match=r"^elm\.toml: inner\.first must be of type str\.$"):
        table.table("inner").text("first")


@pytest.mark.parametrize("key", ["falling", "below"])
def test_numbers_that_should_rise_do(table: TomlTable, key: str) -> None:
    with pytest.raises(EnvironmentProblem, match=f"{key} must not be below 0 and must rise"):
        table.rising(key)


def test_what_nobody_took_is_refused(table: TomlTable) -> None:
    table.text("name")
    with pytest.raises(EnvironmentProblem, match=r"below is not a known field"):
        table.done()
