"""Shipped files with something changed in them, as a slip would."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.paths import resources_dir

if TYPE_CHECKING:
    from pathlib import Path


def changed_file(folder: Path, name: str, *changes: tuple[str, str], stored_as: str | None = None) -> Path:
    """Write an instrument's file with something changed."""
    text = (resources_dir() / "instruments" / f"{name}.toml").read_text(encoding="utf-8")
    for before, after in changes:
        assert before in text, before
        text = text.replace(before, after)
    file = folder / (stored_as or f"{name}.toml")
    file.write_text(text, encoding="utf-8")
    return file
