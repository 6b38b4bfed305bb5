"""A few snippets for the demo's practice, from resources/demo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.catalogue.toml_file import TomlTable
from collabcare.services.snippets import SaveSnippet, save_snippet

if TYPE_CHECKING:
    from pathlib import Path

    from collabcare.services.desk import Desk


def add_snippets(file: Path, desk: Desk) -> None:
    """Let the practice of whoever sits at the desk have the snippets of a file."""
    table = TomlTable.read(file)
    for entry in table.tables("snippets"):
        name, text = entry.text("name"), entry.text("text")
        entry.done()
        save_snippet(SaveSnippet(name=name, text=text, of_practice=True), desk.uow)
    table.done()
