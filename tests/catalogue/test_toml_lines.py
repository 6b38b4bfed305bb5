"""On which line things stand, in texts made up at random and in every file that is shipped."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.catalogue.toml_lines import lines_of
from collabcare.paths import resources_dir

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path as FilePath

    from collabcare.catalogue.toml_lines import Path

TEXT = '''# a comment = [not a key]
name = "Elm # tree" # [nor.this]
"quoted key" = 'a "literal"'
dotted.one = 1
dotted . 'two' = 2

list = [ # opened
  1,
  "a ] b",
  [2, 3],
  { x = 1, y.z = [4,
    5] },
]
words = """
first "quoted" line
[not.a.table]
last\\""""""
more = \'\'\'it's
= nothing\'\'\'
when = 2026-01-05 10:00:00
empty = []
none = {}

[table]
key = 1
[[ many ]]
a = 1
[[many]]
a = 2
[many.inner]
b = 3
[[many.deep]]
c = 4
[[many.deep]]
c = 5
[deep.below]
d = 6
'''
PLACES: dict[Path, int] = {
    (): 1,
    ("name",): 2,
    ("quoted key",): 3,
    ("dotted",): 4,
    ("dotted", "two"): 5,
    ("list",): 7,
    ("list", 1): 9,
    ("list", 2, 1): 10,
    ("list", 3, "x"): 11,
    ("list", 3, "y", "z", 1): 12,
    ("words",): 14,
    ("more",): 18,
    ("when",): 20,
    ("empty",): 21,
    ("none",): 22,
    ("table",): 24,
    ("table", "key"): 25,
    ("many",): 26,
    ("many", 0, "a"): 27,
    ("many", 1): 28,
    ("many", 1, "a"): 29,
    ("many", 1, "inner", "b"): 31,
    ("many", 1, "deep", 0, "c"): 33,
    ("many", 1, "deep", 1): 34,
    ("many", 1, "deep", 1, "c"): 35,
    ("deep",): 36,
    ("deep", "below", "d"): 37,
}


@pytest.mark.parametrize("path", PLACES, ids=str)
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_each_field_is_found_on_its_line(path: Path, ends: str) -> None:
    tomllib.loads(TEXT)
    assert lines_of(TEXT.replace("\n", ends))[path] == PLACES[path]


def paths(value: object, at: Path = ()) -> Iterator[Path]:
    """Yield every way through what the library read: an oracle that knows nothing of lines."""
    yield at
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from paths(inner, (*at, key))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from paths(inner, (*at, place))


@pytest.mark.parametrize("file", sorted(resources_dir().rglob("*.toml")), ids=lambda file: file.stem)
def test_every_field_of_every_shipped_file_has_a_line_that_holds_its_name(file: FilePath) -> None:
    text = file.read_text(encoding="utf-8")
    lines, written = lines_of(text), text.split("\n")
    for path in paths(tomllib.loads(text)):
        assert path in lines
        if path and isinstance(path[-1], str):
            assert path[-1] in written[lines[path] - 1]


names = st.from_regex(r"[a-z][a-z0-9_-]{0,6}", fullmatch=True)
strings = st.one_of(
    st.text(alphabet="ab #=[]{},.'\"\\\n", max_size=12).map(
        lambda text: '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
    ),
    st.text(alphabet='ab #=[]{},."\\', max_size=12).map(lambda text: f"'{text}'"),
    st.text(alphabet="ab #=[]{},.'\n", max_size=12).map(lambda text: f'"""{text}"""'),
    st.text(alphabet='ab #=[]{},."\\\n', max_size=12)
    .filter(lambda text: not text.endswith("'"))
    .map(lambda text: f"'''{text}'''"),
)
atoms = st.sampled_from(["1", "-2.5", "true", "2026-01-05", "10:00:00", "1e3", "inf"])
gaps = st.sampled_from(["", " ", "\n", " # ] a remark, = { \n", "\n\n  "])


@st.composite
def values(draw: st.DrawFn, depth: int = 2) -> str:
    """Return a value as TOML writes it, lists over several lines among them."""
    kind = draw(st.sampled_from(["string", "atom", "list", "inline"] if depth else ["string", "atom"]))
    if kind == "list":
        inner = draw(st.lists(values(depth=depth - 1), max_size=3))
        return "[" + "".join(f"{draw(gaps)}{one}{draw(gaps)}," for one in inner) + draw(gaps) + "]"
    if kind == "inline":
        keys = draw(st.lists(names, max_size=2, unique=True))
        fields = [f"{key} = {draw(values(depth=depth - 1))}" for key in keys]
        return "{ " + ", ".join(fields) + " }"
    return draw(strings if kind == "string" else atoms)


@st.composite
def texts(draw: st.DrawFn) -> tuple[str, dict[Path, int]]:
    """Return a text with the line on which each field was written."""
    text, lines = "", {}
    tables: list[tuple[str, Path]] = [("", ())]
    for number, name in enumerate(draw(st.lists(names, max_size=3, unique=True))):
        if draw(st.booleans()):
            tables.append((f"[t{number}.{name}]\n", (f"t{number}", name)))
        else:
            tables += [(f"[[m{number}-{name}]]\n", (f"m{number}-{name}", place)) for place in range(2)]
    for header, path in tables:
        if header:
            text += draw(st.sampled_from(["", "\n", "# [x]\n"]))
            lines[path] = text.count("\n") + 1
            text += header
        for key in draw(st.lists(names, max_size=3, unique=True)):
            lines[*path, key] = text.count("\n") + 1
            text += f"{key} = {draw(values())}{draw(st.sampled_from(['', ' # = 1']))}\n"
    return text, lines


@given(texts())
def test_whatever_is_written_is_found_where_it_was_written(made: tuple[str, dict[Path, int]]) -> None:
    text, written = made
    read = tomllib.loads(text)
    lines = lines_of(text)
    assert set(paths(read)) <= set(lines)
    assert {path: lines[path] for path in written} == written
