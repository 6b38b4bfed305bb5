"""Questionnaires from resources/instruments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.catalogue.toml_file import TomlTable, by_id
from collabcare.domain.instruments import Band, Direction, Instrument, Option

if TYPE_CHECKING:
    from pathlib import Path

_DIRECTIONS = {"worse": Direction.HIGHER_IS_WORSE, "better": Direction.HIGHER_IS_BETTER}


def load_instruments(folder: Path) -> dict[str, Instrument]:
    """Return every questionnaire by its id, in the order of the file names.

    Raises:
        EnvironmentProblem: Naming the file and field, when one is not right.
    """
    return by_id(folder, load_instrument)


def load_instrument(file: Path) -> Instrument:
    """Read one questionnaire."""
    table = TomlTable.read(file)
    higher_is = table.text("higher_is")
    if higher_is not in _DIRECTIONS:
        raise table.fault("higher_is", 'must be "worse" or "better"')
    instrument = Instrument(
        id=table.text("id"),
        name=table.text("name"),
        title=table.text("title"),
        version=table.whole("version", least=1),
        stem=table.text("stem"),
        items=table.texts("items"),
        options=_options(table, "options"),
        function_question=table.optional_text("function_question"),
        function_options=_options(table, "function_options") if table.has("function_options") else (),
        max_missing=table.whole("max_missing"),
        caseness=table.whole("caseness"),
        reliable_change=table.whole("reliable_change", least=1),
        bands=tuple(_band(band) for band in table.tables("bands")),
        safety_item=table.optional_whole("safety_item", least=1),
        direction=_DIRECTIONS[higher_is],
        lookback=table.text("lookback"),
        licence=table.text("licence"),
        source=table.text("source"),
    )
    table.done()
    _check(table, instrument)
    return instrument


def _options(table: TomlTable, key: str) -> tuple[Option, ...]:
    options = []
    for entry in table.tables(key):
        options.append(Option(value=entry.whole("value"), label=entry.text("label")))
        entry.done()
    values = [option.value for option in options]
    if not values or values != list(range(values[0], values[0] + len(values))):
        raise table.fault(key, "must run in steps of one from the lowest answer")
    return tuple(options)


def _band(entry: TomlTable) -> Band:
    band = Band(upto=entry.whole("upto"), label=entry.text("label"))
    entry.done()
    return band


def _check(table: TomlTable, instrument: Instrument) -> None:
    ends = [band.upto for band in instrument.bands]
    if ends != sorted(set(ends)) or ends[-1:] != [instrument.total_max]:
        raise table.fault("bands", f"must rise and end at the highest total, {instrument.total_max}")
    if instrument.max_missing >= len(instrument.items):
        raise table.fault("max_missing", "must leave at least one answer")
    if instrument.safety_item is not None and instrument.safety_item > len(instrument.items):
        raise table.fault("safety_item", "is not one of the items")
    if not 0 < instrument.caseness <= instrument.total_max:
        raise table.fault("caseness", "is not a total this instrument can give")
    if bool(instrument.function_question) != bool(instrument.function_options):
        raise table.fault("function_question", "needs function_options, and they need it")
