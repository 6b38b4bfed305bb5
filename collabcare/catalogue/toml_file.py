"""Reading one authored file: every field checked, every refusal naming the file and the field."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Protocol, TypeVar

from collabcare.domain.errors import EnvironmentProblem

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

T = TypeVar("T")


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
            raise EnvironmentProblem(f"{file.name}: id '{loaded.id}' is taken by {files[loaded.id].name}.")
        found[loaded.id], files[loaded.id] = loaded, file
    return found


class TomlTable:
    """One table of an authored file, whose fields are taken by type and must all be known.

    Raises:
        EnvironmentProblem: From every method, naming the file and the field, when something is amiss.
    """

    def __init__(self, file: Path, values: dict[str, object], where: str = "") -> None:
        self.file = file
        self._values = values
        self._where = where
        self._taken: set[str] = set()

    @classmethod
    def read(cls, file: Path) -> TomlTable:
        """Read a whole file."""
        try:
            return cls(file, tomllib.loads(file.read_text(encoding="utf-8")))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise EnvironmentProblem(f"{file.name} cannot be read: {error}.") from error

    def text(self, key: str) -> str:
        """Take a text that is not blank."""
        value = self._take(key, str)
        if not value.strip():
            raise self.fault(key, "is blank")
        return value

    def optional_text(self, key: str) -> str | None:
        """Take a text that may be absent."""
        return self.text(key) if key in self._values else None

    def whole(self, key: str, *, least: int = 0) -> int:
        """Take a whole number of at least ``least``."""
        value = self._take(key, int)
        if isinstance(value, bool) or value < least:
            raise self.fault(key, f"must be a whole number of at least {least}")
        return value

    def optional_whole(self, key: str, *, least: int = 0) -> int | None:
        """Take a whole number that may be absent."""
        return self.whole(key, least=least) if key in self._values else None

    def truth(self, key: str) -> bool:
        """Take true or false."""
        return self._take(key, bool)

    def texts(self, key: str) -> tuple[str, ...]:
        """Take a list of texts."""
        values = self._take(key, list)
        if not all(isinstance(value, str) and value.strip() for value in values):
            raise self.fault(key, "must be a list of texts")
        return tuple(values)

    def rising(self, key: str) -> tuple[int, ...]:
        """Take a list of whole numbers of at least 0, each higher than the one before."""
        values = self._take(key, list)
        if not all(isinstance(value, int) and not isinstance(value, bool) for value in values):
            raise self.fault(key, "must be a list of whole numbers")
        if values != sorted({*values}) or min(values, default=0) < 0:
            raise self.fault(key, "must not be below 0 and must rise")
        return tuple(values)

    def table(self, key: str) -> TomlTable:
        """Take a table within this one."""
        return TomlTable(self.file, self._take(key, dict), f"{self._where}{key}.")

    def tables(self, key: str) -> tuple[TomlTable, ...]:
        """Take a list of tables."""
        values = self._take(key, list)
        if not all(isinstance(value, dict) for value in values):
            raise self.fault(key, "must be a list of tables")
        return tuple(
            TomlTable(self.file, value, f"{self._where}{key}[{n}].")
            for n, value in enumerate(values, start=1)
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

    def fault(self, key: str, what: str) -> EnvironmentProblem:
        """Return the refusal for one field."""
        return EnvironmentProblem(f"{self.file.name}: {self._where}{key} {what}.")

    def _take(self, key: str, kind: type[T]) -> T:
        self._taken.add(key)
        if key not in self._values:
            raise self.fault(key, "is missing")
        value = self._values[key]
        if not isinstance(value, kind):
            raise self.fault(key, f"must be of type {kind.__name__}")
        return value
