"""The looks the tour is taken in: one of them, or each in a folder of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import Namespace
    from pathlib import Path

ALL = "all"
THEMES = ("light", "dark", "contrast")
SCALES = (1.0, 1.5)
"""The sizes of text that every picture is looked at in."""


@dataclass(frozen=True, slots=True)
class Look:
    """One look the tour is taken in, and the folder it leaves everything in."""

    folder: Path
    theme: str
    scale: float


def looks(args: Namespace, folder: Path) -> tuple[Look, ...]:
    """Return the looks asked for; of several each has a demo of its own: the tour writes in it."""
    themes = THEMES if args.theme == ALL else (args.theme,)
    asked = [(theme, scale) for theme in themes for scale in args.scale]
    if len(asked) == 1:
        return (Look(folder, *asked[0]),)
    return tuple(Look(folder / f"{theme}-{round(scale * 100)}", theme, scale) for theme, scale in asked)
