"""Taking fields from an authored file: each by its type, none left over."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

import pytest

from collabcare.catalogue.toml_file import TomlTable
from collabcare.domain.errors import EnvironmentProblem

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CONTENT = """
name = "Elm"
count = 3
share = 2.5
open = true
none = []
falling = [
  3,
  1,
]
below = [-1, 2]
mixed = [
  1,
  "a",
]
ways = ["call", "letter", "call"]
blank = " "
[inner]
first = 1
second = 2
[[many]]
way = "call"
[[many]]
way = "pigeon"
"""


class Way(StrEnum):
    CALL = "call"
    LETTER = "letter"


class Only(StrEnum):
    ONE = "one"


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


def test_numbers_are_taken_exactly_as_written(table: TomlTable) -> None:
    assert (table.number("count"), table.number("share")) == (3, Decimal("2.5"))
    assert (table.optional_number("count"), table.optional_number("other")) == (3, None)
    for key in ("open", "name"):
        with pytest.raises(EnvironmentProblem, match=f"{key} must be a number"):
            table.number(key)


def test_a_closed_set_is_taken_by_its_words(table: TomlTable) -> None:
    assert table.tables("many")[0].choice("way", Way) is Way.CALL
    assert TomlTable.read(table.file).choices("none", Way) == ()


REFUSALS: dict[str, tuple[Callable[[TomlTable], object], str]] = {
    "a field of a table": (
        lambda t: t.table("inner").text("first"),
        "line 19: inner.first must be text.",
    ),
    "a missing field": (lambda t: t.text("other"), "line 1: other is missing."),
    "a missing field of a table": (lambda t: t.table("inner").text("x"), "line 18: inner.x is missing."),
    "a missing field of a list": (lambda t: t.tables("many")[1].text("x"), "line 23: many[2].x is missing."),
    "a field of a list": (
        lambda t: t.tables("many")[1].choice("way", Way),
        "line 24: many[2].way must be call or letter.",
    ),
    "a set of one": (lambda t: t.choice("name", Only), "line 2: name must be one."),
    "a list of the wrong words": (
        lambda t: t.choices("ways", Only),
        "line 16: ways must each be one.",
    ),
    "a word twice": (lambda t: t.choices("ways", Way), "line 16: ways name call twice."),
    "a list that falls": (
        lambda t: t.rising("falling"),
        "line 9: falling must not be below 0 and must rise.",
    ),
    "a list below nothing": (
        lambda t: t.rising("below"),
        "line 11: below must not be below 0 and must rise.",
    ),
    "a text among numbers": (lambda t: t.rising("mixed"), "line 14: mixed must be a list of whole numbers."),
    "a number among texts": (lambda t: t.texts("mixed"), "line 13: mixed must be a list of texts."),
    "no tables": (lambda t: t.tables("mixed"), "line 13: mixed must be a list of tables."),
    "a blank": (lambda t: t.text("blank"), "line 17: blank is blank."),
    "too few": (lambda t: t.whole("count", least=4), "line 3: count must be a whole number of at least 4."),
    "true for a number": (
        lambda t: t.whole("open"),
        "line 5: open must be a whole number of at least 0.",
    ),
    "not a list": (lambda t: t.texts("name"), "line 2: name must be a list."),
    "not a table": (lambda t: t.table("name"), "line 2: name must be a table."),
    "not true or false": (lambda t: t.truth("name"), "line 2: name must be true or false."),
}


@pytest.mark.parametrize(("take", "words"), REFUSALS.values(), ids=REFUSALS)
def test_a_refusal_names_file_line_and_field(
    table: TomlTable, take: Callable[[TomlTable], object], words: str
) -> None:
    with pytest.raises(EnvironmentProblem) as refusal:
        take(table)
    assert str(refusal.value) == f"elm.toml, {words}"


@pytest.mark.parametrize(
    ("key", "line"), [("inner.second", 20), ("many[2].way", 24), ("many[2].other", 23), ("no.such", 1)]
)
def test_a_way_into_tables_can_be_named_from_outside(table: TomlTable, key: str, line: int) -> None:
    assert str(table.fault(key, "is odd")) == f"elm.toml, line {line}: {key} is odd."


def test_what_nobody_took_is_refused(table: TomlTable) -> None:
    table.text("name")
    with pytest.raises(EnvironmentProblem, match=r"line 11: below is not a known field"):
        table.done()


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"a = 1\nb = ", "line 2: cannot be read: Invalid value."),
        (b"a = 1\nb = [1,\n2\n", "line 3: cannot be read: Unclosed array."),
        (b"a = 1\n\na = 2\n", "line 3: cannot be read: Cannot overwrite a value."),
        (b"a = 1\n# \xff\n", "line 2: cannot be read: a character is not UTF-8."),
    ],
)
def test_a_file_that_is_not_toml_is_refused_with_its_line(tmp_path: Path, raw: bytes, words: str) -> None:
    file = tmp_path / "ash.toml"
    file.write_bytes(raw)
    with pytest.raises(EnvironmentProblem) as refusal:
        TomlTable.read(file)
    assert str(refusal.value) == f"ash.toml, {words}"


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem, match=r"^ash\.toml cannot be read: No such file"):
        TomlTable.read(tmp_path / "ash.toml")
