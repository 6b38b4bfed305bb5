"""Questions that a licensed site adds to an instrument shipped without them: one file each in its folder.

The program ships no text it may not give away. A site that holds a licence drops a file such as this into
its ``text_packs`` folder, and names the licence in it::

    id = "wsas"
    licence_holder = "Elm Tree NHS Foundation Trust"
    licence_reference = "Letter of 3 March 2026"
    stem = "..."
    items = ["...", "...", "...", "...", "..."]
    options = [{ value = 0, label = "..." }, { value = 1, label = "..." }]
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from collabcare.catalogue.instruments import options_of
from collabcare.catalogue.toml_file import TomlTable
from collabcare.domain.instruments import Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from collabcare.domain.instruments import Instrument


def load_text_packs(folder: Path, instruments: Mapping[str, Instrument]) -> dict[str, Instrument]:
    """Return the instruments with the text of each pack in the folder, if there is one.

    Raises:
        EnvironmentProblem: Naming the file and field, when a pack is not right. Nothing is taken from it.
    """
    filled = dict(instruments)
    files: dict[str, Path] = {}
    for file in sorted(folder.glob("*.toml")):
        table = TomlTable.read(file)
        key = table.text("id")
        if key not in instruments:
            raise table.fault("id", "is no questionnaire of this program")
        if key in files:
            raise table.fault("id", f"has its text from {files[key].name} already")
        filled[key], files[key] = _with_text(table, instruments[key]), file
    return filled


def _with_text(table: TomlTable, instrument: Instrument) -> Instrument:
    if instrument.verdict is Verdict.GREEN or instrument.has_text:
        raise table.fault("id", "has its published text, which a pack never replaces")
    filled = replace(
        instrument,
        stem=table.text("stem"),
        items=table.texts("items"),
        options=options_of(table, "options"),
        text_holder=table.text("licence_holder"),
        text_reference=table.text("licence_reference"),
    )
    table.done()
    if len(filled.items) != instrument.item_count:
        raise table.fault("items", f"must be {instrument.item_count} texts; {len(filled.items)} are there")
    if (filled.options[0].value, filled.options[-1].value) != (instrument.item_min, instrument.item_max):
        raise table.fault("options", f"must run from {instrument.item_min} to {instrument.item_max}")
    return filled
