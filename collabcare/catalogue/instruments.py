"""Questionnaires from resources/instruments."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from collabcare.catalogue.toml_file import TomlTable, by_id
from collabcare.domain.depressive_pattern import SyndromeRule
from collabcare.domain.instruments import (
    Band,
    Direction,
    Instrument,
    Option,
    Setting,
    Split,
    Verdict,
)
from collabcare.domain.itq import DSO, PTSD
from collabcare.domain.scoring import Cluster, ClusterGroup, Mean, Method, Skip

if TYPE_CHECKING:
    from collections.abc import Collection
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
    instrument = _with_meaning(table, _with_scoring(table, _form(table)))
    table.done()
    check_instrument(table, instrument)
    return instrument


def _form(table: TomlTable) -> Instrument:
    """Return the form as it is filled in, and the numbers every questionnaire has."""
    higher_is = table.text("higher_is")
    if higher_is not in _DIRECTIONS:
        raise table.fault("higher_is", 'must be "worse" or "better"')
    items = table.texts("items") if table.has("items") else ()
    options = options_of(table, "options") if table.has("options") else ()
    count, low, high = _size(table, items, options)
    return Instrument(
        id=table.text("id"),
        name=table.text("name"),
        title=table.text("title"),
        version=table.whole("version", least=1),
        stem=table.optional_text("stem") or "",
        items=items,
        options=options,
        item_count=count,
        item_min=low,
        item_max=high,
        function_question=table.optional_text("function_question"),
        function_options=options_of(table, "function_options") if table.has("function_options") else (),
        max_missing=table.whole("max_missing"),
        caseness=table.optional_number("caseness"),
        reliable_change=table.optional_number("reliable_change"),
        bands=tuple(_band(band) for band in _some_tables(table, "bands")),
        safety_item=table.optional_whole("safety_item", least=1),
        direction=_DIRECTIONS[higher_is],
        lookback=table.optional_text("lookback") or "",
        licence=table.text("licence"),
        source=table.text("source"),
    )


def _with_scoring(table: TomlTable, instrument: Instrument) -> Instrument:
    """Add how its answers become its number."""
    return replace(
        instrument,
        method=table.choice("method", Method) if table.has("method") else Method.SUM,
        areas=table.texts("areas") if table.has("areas") else (),
        reversed_items=_rising(table, "reversed_items"),
        not_applicable_item=table.optional_whole("not_applicable_item", least=1),
        vas_max=table.optional_whole("vas_max", least=1),
        skip=_skip(table.table("skip")) if table.has("skip") else None,
        means=tuple(_mean(entry) for entry in _some_tables(table, "means")),
        low_at=table.optional_whole("low_at"),
        conversion=_conversion(table),
        groups=tuple(_group(entry) for entry in _some_tables(table, "groups")),
        symptom_at=table.optional_whole("symptom_at", least=1),
        pattern_note=table.optional_text("pattern_note") or "",
        derived_from=table.optional_text("derived_from"),
        derived_items=_rising(table, "derived_items"),
        syndrome=_syndrome(table.table("syndrome")) if table.has("syndrome") else None,
        positive_categories=_rising(table, "positive_categories"),
    )


def _with_meaning(table: TomlTable, instrument: Instrument) -> Instrument:
    """Add what its number means, and under which licence and codes it is kept."""
    return replace(
        instrument,
        verdict=table.choice("verdict", Verdict),
        notice=table.optional_text("notice") or "",
        below_is_case=table.has("below_is_case") and table.truth("below_is_case"),
        case_note=table.optional_text("case_note") or "",
        split=_split(table.table("split")) if table.has("split") else None,
        mcid=table.optional_number("mcid"),
        mean_reliable_change=_decimal(table, "mean_reliable_change"),
        response_percent=table.optional_whole("response_percent", least=1),
        response_from=table.optional_whole("response_from", least=1),
        remission_below=table.optional_whole("remission_below", least=1),
        settings=tuple(_setting(entry) for entry in _some_tables(table, "settings")),
        snomed=table.optional_text("snomed"),
        item_snomed=table.texts("item_snomed") if table.has("item_snomed") else (),
        anonymous=table.has("anonymous") and table.truth("anonymous"),
    )


def options_of(table: TomlTable, key: str) -> tuple[Option, ...]:
    """Take the answers of an item, in steps of one from the lowest."""
    options = []
    for entry in table.tables(key):
        options.append(Option(value=entry.whole("value"), label=entry.text("label")))
        entry.done()
    values = [option.value for option in options]
    if not values or values != list(range(values[0], values[0] + len(values))):
        raise table.fault(key, "must run in steps of one from the lowest answer")
    return tuple(options)


def _size(table: TomlTable, items: tuple[str, ...], options: tuple[Option, ...]) -> tuple[int, int, int]:
    """Return how many items there are and how far an answer runs: from the text, or as numbers."""
    count = len(items) if items else table.whole("item_count", least=1)
    if options:
        return count, options[0].value, options[-1].value
    low, high = table.whole("item_min"), table.whole("item_max", least=1)
    if low >= high:
        raise table.fault("item_max", "must be above item_min")
    return count, low, high


def _some_tables(table: TomlTable, key: str) -> tuple[TomlTable, ...]:
    return table.tables(key) if table.has(key) else ()


def _rising(table: TomlTable, key: str) -> tuple[int, ...]:
    return table.rising(key) if table.has(key) else ()


def _decimal(table: TomlTable, key: str) -> Decimal | None:
    value = table.optional_number(key)
    return None if value is None else Decimal(value)


def _band(entry: TomlTable) -> Band:
    band = Band(upto=entry.number("upto"), label=entry.text("label"))
    entry.done()
    return band


def _skip(entry: TomlTable) -> Skip:
    skip = Skip(
        item=entry.whole("item", least=1),
        answer=entry.whole("answer"),
        fills=entry.rising("fills"),
        filled=entry.whole("filled"),
    )
    entry.done()
    return skip


def _mean(entry: TomlTable) -> Mean:
    mean = Mean(id=entry.text("id"), items=entry.rising("items"), least=entry.whole("least", least=1))
    if not mean.least <= len(mean.items):
        raise entry.fault("least", "is more than there are items")
    entry.done()
    return mean


def _group(entry: TomlTable) -> ClusterGroup:
    clusters = []
    for each in entry.tables("clusters"):
        cluster = Cluster(
            id=each.text("id"), items=each.rising("items"), needed=each.whole("needed", least=1)
        )
        each.done()
        clusters.append(cluster)
    group = ClusterGroup(id=entry.text("id"), clusters=tuple(clusters), summed=entry.rising("summed"))
    entry.done()
    return group


def _split(entry: TomlTable) -> Split:
    split = Split(
        at=entry.number("at"),
        below=entry.text("below"),
        from_there=entry.text("from_there"),
        source=entry.text("source"),
    )
    entry.done()
    return split


def _setting(entry: TomlTable) -> Setting:
    setting = Setting(
        id=entry.text("id"),
        caseness=entry.optional_number("caseness"),
        reliable_change=entry.optional_number("reliable_change"),
        source=entry.text("source"),
    )
    if (setting.caseness is None) == (setting.reliable_change is None):
        raise entry.fault("caseness", "or reliable_change must be given, one of the two")
    entry.done()
    return setting


def _syndrome(entry: TomlTable) -> SyndromeRule:
    rule = SyndromeRule(
        shown=entry.truth("shown"),
        core=entry.rising("core"),
        others=entry.rising("others"),
        at_least=entry.whole("at_least", least=1),
        any_answer=entry.rising("any_answer"),
        core_needed=entry.whole("core_needed", least=1),
        major_from=entry.whole("major_from", least=1),
        other_from=entry.whole("other_from", least=1),
    )
    entry.done()
    return rule


def _conversion(table: TomlTable) -> tuple[Decimal, ...]:
    """Take the table of a metric: its values as texts, from the lowest total up, each above the last."""
    if not table.has("conversion"):
        return ()
    written = table.texts("conversion")
    if not all(value.replace(".", "", 1).isdecimal() for value in written):
        raise table.fault("conversion", "must be numbers written as texts")
    values = tuple(Decimal(value) for value in written)
    if list(values) != sorted(set(values)):
        raise table.fault("conversion", "must rise")
    return values


def check_instrument(table: TomlTable, instrument: Instrument) -> None:
    """Refuse what cannot be true of any questionnaire.

    Raises:
        EnvironmentProblem: Naming the file and the field.
    """
    _check_text(table, instrument)
    top = instrument.conversion[-1] if instrument.conversion else instrument.total_max
    ends = [band.upto for band in instrument.bands]
    if ends and (ends != sorted(set(ends)) or ends[-1] != top):
        raise table.fault("bands", f"must rise and end at the highest total, {top}")
    if instrument.conversion and len(instrument.conversion) != _totals(instrument):
        raise table.fault("conversion", f"must have a value for each of {_totals(instrument)} totals")
    if instrument.max_missing >= instrument.item_count:
        raise table.fault("max_missing", "must leave at least one answer")
    if instrument.safety_item is not None and instrument.safety_item > instrument.item_count:
        raise table.fault("safety_item", "is not one of the items")
    if instrument.caseness is not None and not 0 < instrument.caseness <= instrument.total_max:
        raise table.fault("caseness", "is not a total this instrument can give")
    if instrument.reliable_change is not None and instrument.reliable_change < 1:
        raise table.fault("reliable_change", "must be at least 1")
    if bool(instrument.function_question) != bool(instrument.function_options):
        raise table.fault("function_question", "needs function_options, and they need it")
    _check_items(table, instrument)


def _check_text(table: TomlTable, instrument: Instrument) -> None:
    if bool(instrument.items) != bool(instrument.options):
        raise table.fault("items", "and options belong together")
    if instrument.items and instrument.verdict is Verdict.RED:
        raise table.fault("items", "may not be shipped: the licence of this instrument is red")
    if not instrument.items and not instrument.notice:
        raise table.fault("notice", "is missing: it says what the numbers are entered from")
    if instrument.areas and len(instrument.areas) != instrument.item_count:
        raise table.fault("areas", f"must name each of {instrument.item_count} items")
    if instrument.item_snomed and len(instrument.item_snomed) != instrument.item_count:
        raise table.fault("item_snomed", f"must have a code for each of {instrument.item_count} items")


def _check_items(table: TomlTable, instrument: Instrument) -> None:
    """Refuse rules that speak of items there are not, and a method without what it needs."""
    named: dict[str, Collection[int]] = {
        "reversed_items": instrument.reversed_items,
        "not_applicable_item": [instrument.not_applicable_item or 1],
        "skip": [instrument.skip.item, *instrument.skip.fills] if instrument.skip else [],
        "means": [item for mean in instrument.means for item in mean.items],
        "groups": [
            item
            for group in instrument.groups
            for each in (*(cluster.items for cluster in group.clusters), group.summed)
            for item in each
        ],
    }
    for key, items in named.items():
        if any(not 1 <= item <= instrument.item_count for item in items):
            raise table.fault(key, "names an item that is not there")
    needs = {
        Method.MEAN: ("means", instrument.means),
        Method.PCL5: ("groups", instrument.groups and instrument.symptom_at),
        Method.ITQ: ("groups", instrument.groups and instrument.symptom_at),
        Method.PROFILE: ("vas_max", instrument.vas_max),
    }
    key, given = needs.get(instrument.method, ("method", True))
    if not given:
        raise table.fault(key, f"is needed for the method {instrument.method}")
    if instrument.method is Method.ITQ and {group.id for group in instrument.groups} != {PTSD, DSO}:
        raise table.fault("groups", f"must be {PTSD} and {DSO}")


def _totals(instrument: Instrument) -> int:
    return instrument.total_max - instrument.total_min + 1
