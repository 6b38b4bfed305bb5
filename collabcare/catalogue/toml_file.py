"""Reading one authored file: every field checked, every refusal naming the file, the line and the field."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from math import isfinite
from typing import TYPE_CHECKING, Protocol, TypeVar

from collabcare.catalogue.toml_lines import lines_of
from collabcare.domain.errors import EnvironmentProblem

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from collabcare.catalogue import toml_lines

T = TypeVar("T")
Chosen = TypeVar("Chosen", bound=StrEnum)
_AT_LINE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)")
_KINDS = {str: "text", int: "a whole number", bool: "true or false", list: "a list", dict: "a table"}


class HasId(Protocol):
    """Something an authored file describes."""

    @property
    def id(self) -> str:
        """Return its id."""
        ...


Named = TypeVar("Named", bound=HasId)


def by_id(folder: Path, load: Callable[[Path], Named]) -> dict[str, Named]:
    """Load every file of a folder, by the id in it; the order is that of the file names.

    Raises:
        EnvironmentProblem: Naming both files, when two have one id: one would silently hide the other.
    """
    found: dict[str, Named] = {}
    files: dict[str, Path] = {}
    for file in sorted(folder.glob("*.toml")):
        loaded = load(file)
        if loaded.id in found:
            raise TomlTable.read(file).fault("id", f"'{loaded.id}' is taken by {files[loaded.id].name}")
        found[loaded.id], files[loaded.id] = loaded, file
    return found


@dataclass(frozen=True, slots=True)
class _Source:
    """The file a table was read from, and its text, in which a refusal looks up its line."""

    file: Path
    text: str


class TomlTable:
    """One table of an authored file, whose fields are taken by type and must all be known.

    Raises:
        EnvironmentProblem: From every method, naming the file, the line and the field, when something is
            amiss. A field that is missing has the line of its table's header.
    """

    def __init__(self, source: _Source, values: dict[str, object], path: toml_lines.Path = ()) -> None:
        self._source = source
        self._values = values
        self._path = path
        self._taken: set[str] = set()

    @classmethod
    def read(cls, file: Path) -> TomlTable:
        """Read a whole file."""
        try:
            raw = file.read_bytes()
        except OSError as error:
            raise EnvironmentProblem(f"{file.name} cannot be read: {error.strerror}.") from error
        try:
            text = raw.decode("utf-8").replace("\r\n", "\n")
        except UnicodeDecodeError as error:
            line = raw.count(b"\n", 0, error.start) + 1
            raise EnvironmentProblem(
                f"{file.name}, line {line}: cannot be read: a character is not UTF-8."
            ) from error
        try:
            return cls(_Source(file, text), tomllib.loads(text))
        except tomllib.TOMLDecodeError as error:
            found = _AT_LINE.search(str(error))
            line = int(found[1]) if found and found[1] else text.rstrip("\n").count("\n") + 1
            said = _AT_LINE.sub("", str(error))
            raise EnvironmentProblem(f"{file.name}, line {line}: cannot be read: {said}.") from error

    @property
    def file(self) -> Path:
        """Return the file this table is in."""
        return self._source.file

    def text(self, key: str) -> str:
        """Take a text that is not blank."""
        value = self._take(key, str)
        if not value.strip():
            raise self.fault(key, "is blank")
        return value

    def optional_text(self, key: str) -> str | None:
        """Take a text that may be absent."""
        return self.text(key) if key in self._values else None

    def choice(self, key: str, kind: type[Chosen]) -> Chosen:
        """Take a text that is one of a closed set."""
        text = self.text(key)
        if text not in set(kind):
            raise self.fault(key, f"must be {_either([member.value for member in kind])}")
        return kind(text)

    def choices(self, key: str, kind: type[Chosen]) -> tuple[Chosen, ...]:
        """Take a list of texts, each one of a closed set and none of them twice."""
        texts = self.texts(key)
        for place, text in enumerate(texts):
            if text not in set(kind):
                raise self.fault(
                    key, f"must each be {_either([member.value for member in kind])}", element=place
                )
            if text in texts[:place]:
                raise self.fault(key, f"name {text} twice", element=place)
        return tuple(kind(text) for text in texts)

    def whole(self, key: str, *, least: int = 0) -> int:
        """Take a whole number of at least ``least``."""
        value = self._take(key, int)
        if isinstance(value, bool) or value < least:
            raise self.fault(key, f"must be a whole number of at least {least}")
        return value

    def optional_whole(self, key: str, *, least: int = 0) -> int | None:
        """Take a whole number that may be absent."""
        return self.whole(key, least=least) if key in self._values else None

    def number(self, key: str) -> int | Decimal:
        """Take a number, whole or with a decimal point: exactly what is written, never a float near it."""
        value = self._take(key, object)
        if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
            raise self.fault(key, "must be a number")
        return value if isinstance(value, int) else Decimal(str(value))

    def optional_number(self, key: str) -> int | Decimal | None:
        """Take a number that may be absent."""
        return self.number(key) if key in self._values else None

    def truth(self, key: str) -> bool:
        """Take true or false."""
        return self._take(key, bool)

    def texts(self, key: str) -> tuple[str, ...]:
        """Take a list of texts."""
        values = self._take(key, list)
        for place, value in enumerate(values):
            if not isinstance(value, str) or not value.strip():
                raise self.fault(key, "must be a list of texts", element=place)
        return tuple(values)

    def rising(self, key: str) -> tuple[int, ...]:
        """Take a list of whole numbers of at least 0, each higher than the one before."""
        values = self._take(key, list)
        for place, value in enumerate(values):
            if not isinstance(value, int) or isinstance(value, bool):
                raise self.fault(key, "must be a list of whole numbers", element=place)
        for place, value in enumerate(values):
            if value < 0 or (place and value <= values[place - 1]):
                raise self.fault(key, "must not be below 0 and must rise", element=place)
        return tuple(values)

    def table(self, key: str) -> TomlTable:
        """Take a table within this one."""
        return TomlTable(self._source, self._take(key, dict), (*self._path, key))

    def tables(self, key: str) -> tuple[TomlTable, ...]:
        """Take a list of tables."""
        values = self._take(key, list)
        for place, value in enumerate(values):
            if not isinstance(value, dict):
                raise self.fault(key, "must be a list of tables", element=place)
        return tuple(
            TomlTable(self._source, value, (*self._path, key, place)) for place, value in enumerate(values)
        )

    def names(self) -> tuple[str, ...]:
        """Return the fields there are, for a table whose fields are named by its author."""
        return tuple(self._values)

    def has(self, key: str) -> bool:
        """Return whether the field is there."""
        return key in self._values

    def done(self) -> None:
        """Refuse fields that nobody took: a misspelt field would otherwise be silently ignored."""
        if unknown := sorted(set(self._values) - self._taken):
            raise self.fault(unknown[0], "is not a known field")

    def fault(self, key: str, what: str, *, element: int | None = None) -> EnvironmentProblem:
        """Return the refusal for one field, or for one ``element`` (from 0) of a list.

        ``key`` may lead into tables within this one: ``contact.plan_weeks``, ``caps[1].unit``.
        """
        line = self._line(key, element)
        return EnvironmentProblem(f"{self.file.name}, line {line}: {self._where()}{key} {what}.")

    def _line(self, key: str, element: int | None) -> int:
        """Return the line of a field, or where it is missing that of the innermost table there is."""
        lines = lines_of(self._source.text)
        path = (*self._path, key) if key in self._values else (*self._path, *_path_of(key))
        if element is not None:
            path = (*path, element)
        while path not in lines:
            path = path[:-1]
        return lines[path]

    def _where(self) -> str:
        """Return the way to this table in words: ``caps[1].`` is the first of ``caps``."""
        words = ""
        for part in self._path:
            words = f"{words[:-1]}[{part + 1}]." if isinstance(part, int) else f"{words}{part}."
        return words

    def _take(self, key: str, kind: type[T]) -> T:
        self._taken.add(key)
        if key not in self._values:
            raise self.fault(key, "is missing")
        value = self._values[key]
        if not isinstance(value, kind):
            raise self.fault(key, f"must be {_KINDS[kind]}")
        return value


def _path_of(key: str) -> toml_lines.Path:
    return tuple(int(part) - 1 if part.isdecimal() else part for part in re.split(r"[.\[\]]+", key) if part)


def _either(words: list[str]) -> str:
    return " or ".join([", ".join(words[:-1]), words[-1]] if words[1:] else words)
