"""This user's settings on this computer, each declared once; nothing here is about a patient.

They live in one small TOML file. A file that is missing, unreadable or partly wrong costs only what is
wrong in it: the rest is kept, and the default stands for what is not.
"""

from __future__ import annotations

import tomllib
from contextlib import suppress
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from pathlib import Path

V = TypeVar("V", str, float, bool)

_DECLARED = "setting"
_HEADER = "# CollabCare keeps its settings here. Remove a line to have its default back.\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What one setting is called, what it does, and what it may be."""

    label: str
    help: str
    choices: tuple[str, ...] = ()
    lowest: float | None = None
    highest: float | None = None

    def allows(self, value: object, default: object) -> bool:
        """Return whether ``value`` has the default's type and lies within what is allowed."""
        if type(value) is not type(default):
            return False
        if isinstance(value, float) and self.lowest is not None and self.highest is not None:
            return self.lowest <= value <= self.highest
        return not self.choices or value in self.choices


def _declared(*, default: V, setting: Setting) -> V:
    declared: V = field(default=default, metadata={_DECLARED: setting})
    return declared


@dataclass(slots=True, kw_only=True)
class Settings:
    """The settings in force; change an attribute, then :meth:`save`."""

    path: Path
    theme: str = _declared(
        default="system",
        setting=Setting(
            label="Look",
            help="Light, dark or high contrast, or whichever the computer uses.",
            choices=("system", "light", "dark", "contrast"),
        ),
    )
    text_scale: float = _declared(
        default=1.0,
        setting=Setting(
            label="Text size",
            help="Multiplies every size on screen, from 1 (100 %) to 2 (200 %).",
            lowest=1.0,
            highest=2.0,
        ),
    )
    last_record: str = _declared(
        default="", setting=Setting(label="Last record", help="The record the sign-in window offers first.")
    )
    last_login: str = _declared(
        default="",
        setting=Setting(
            label="Last name", help="The sign-in name the sign-in window offers first; never a password."
        ),
    )
    rail_compact: bool = _declared(
        default=False,
        setting=Setting(label="Narrow rail", help="Show the places on the left as drawings only."),
    )

    @classmethod
    def load(cls, path: Path) -> Settings:
        """Read the file at ``path``; whatever is wrong in it is left at its default."""
        settings = cls(path=path)
        found: dict[str, object] = {}
        with suppress(OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
            found = tomllib.loads(path.read_text(encoding="utf-8"))
        for key, setting in declared().items():
            value = found.get(key)
            value = float(value) if type(value) is int else value
            if setting.allows(value, getattr(settings, key)):
                setattr(settings, key, value)
        return settings

    def save(self) -> None:
        """Write the file whole or not at all; one that cannot be kept is not worth stopping work for."""
        lines = [f"{key} = {_toml(getattr(self, key))}\n" for key in declared()]
        unfinished = self.path.with_name(f"{self.path.name}.new")
        with suppress(OSError):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            unfinished.write_text(_HEADER + "".join(lines), encoding="utf-8", newline="\n")
            unfinished.replace(self.path)


def declared() -> dict[str, Setting]:
    """Return every setting by its key, in the order they are shown."""
    return {each.name: each.metadata[_DECLARED] for each in fields(Settings) if _DECLARED in each.metadata}


def _toml(value: object) -> str:
    """Write a value as TOML; the characters a quoted string may not hold are escaped."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return repr(value)
    escaped = "".join(f"\\u{ord(c):04x}" if c in '"\\\x7f' or c < " " else c for c in str(value))
    return f'"{escaped}"'
