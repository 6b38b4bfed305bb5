"""On which line each field of a TOML text stands, so that a refusal can name it.

The library that reads TOML keeps no positions. This walks a text that it has read without complaint, and so
need not check the syntax again: only find where things begin.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict

Path = tuple[str | int, ...]
"""A way through tables and lists: ``("caps", 0, "unit")`` is ``unit`` in the first of ``caps``."""

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_SPACE = re.compile(r"[ \t]*")
_BLANK = re.compile(r"(?:[ \t\n]|#[^\n]*)*")
_STRING = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"{3,5}'
    r"|'''(?:[^']|'(?!''))*'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'",
    re.DOTALL,
)
_ATOM = re.compile(r"[^,\]\}#\n]+")


def lines_of(text: str) -> dict[Path, int]:
    """Return the line, counted from 1, on which each table, field and list element of ``text`` begins.

    ``text`` is valid TOML. A table stands on the line of its header, a field on that of its key; the whole
    file, the empty path, on line 1.
    """
    return _Scan(text.replace("\r\n", "\n")).run()


class _Scan:
    """One walk through a text; ``at`` is how far it has come."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.lines: dict[Path, int] = {(): 1}
        self.lengths: dict[Path, int] = defaultdict(int)

    def run(self) -> dict[Path, int]:
        table: Path = ()
        self._skip(_BLANK)
        while self.at < len(self.text):
            if self._here("["):
                table = self._header()
            else:
                self._field(table)
            self._skip(_BLANK)
        return self.lines

    def _header(self) -> Path:
        many = self._here("[[")
        line = self._line()
        self.at += 2 if many else 1
        *outer, last = self._key()
        self.at += 2 if many else 1
        path: Path = ()
        for name in outer:
            path = self._into((*path, name), line)
        path = (*path, last)
        if many:
            self.lines.setdefault(path, line)
            self.lengths[path] += 1
            path = (*path, self.lengths[path] - 1)
        self.lines[path] = line
        return path

    def _into(self, path: Path, line: int) -> Path:
        """Return the table a name in a header leads to: of a list of tables, the latest."""
        self.lines.setdefault(path, line)
        return (*path, self.lengths[path] - 1) if self.lengths[path] else path

    def _field(self, table: Path) -> None:
        line = self._line()
        path = table
        for name in self._key():
            path = (*path, name)
            self.lines.setdefault(path, line)
        self.at += 1  # the equals sign
        self._skip(_SPACE)
        self._value(path)

    def _key(self) -> list[str]:
        """Read a key, plain or dotted, up to what follows it."""
        names = []
        while True:
            self._skip(_SPACE)
            if self.text[self.at] in "\"'":
                names.append(str(tomllib.loads(f"x = {self._take(_STRING)}")["x"]))
            else:
                names.append(self._take(_BARE))
            self._skip(_SPACE)
            if not self._here("."):
                return names
            self.at += 1

    def _value(self, path: Path) -> None:
        if self._here("["):
            self._list(path)
        elif self._here("{"):
            self._inline(path)
        else:
            self._skip(_STRING if self.text[self.at] in "\"'" else _ATOM)

    def _list(self, path: Path) -> None:
        self.at += 1
        self._skip(_BLANK)
        place = 0
        while not self._here("]"):
            element = (*path, place)
            self.lines[element] = self._line()
            self._value(element)
            self._past_comma()
            place += 1
        self.at += 1

    def _inline(self, path: Path) -> None:
        self.at += 1
        self._skip(_BLANK)
        while not self._here("}"):
            self._field(path)
            self._past_comma()
        self.at += 1

    def _past_comma(self) -> None:
        self._skip(_BLANK)
        if self._here(","):
            self.at += 1
        self._skip(_BLANK)

    def _here(self, mark: str) -> bool:
        return self.text.startswith(mark, self.at)

    def _line(self) -> int:
        return self.text.count("\n", 0, self.at) + 1

    def _skip(self, pattern: re.Pattern[str]) -> None:
        self._take(pattern)

    def _take(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self.text, self.at)
        taken = "" if found is None else found[0]
        self.at += len(taken)
        return taken
