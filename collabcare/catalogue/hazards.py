"""The draft hazard log from resources/safety/hazards.toml: what can go wrong, the guard, and its proof.

It is a starting point for a Clinical Safety Officer and no assurance of anything: loading refuses a log that
does not say so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from collabcare.catalogue.toml_file import TomlTable

if TYPE_CHECKING:
    from pathlib import Path

SEVERITIES = ("minor", "significant", "considerable", "major", "catastrophic")
LIKELIHOODS = ("very low", "low", "medium", "high", "very high")
"""The words of the DCB0129 matrix, mildest and rarest first; what they add up to is the officer's to say."""

MUST_SAY = ("Not assured", "DCB0129", "DCB0160", "Clinical Safety Officer", "must complete")
_ID = re.compile(r"H[1-9]\d?")
_TEST = re.compile(r"tests/[\w/]+/test_\w+\.py::test_\w+(?:\[[^\[\]]+\])?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hazard:
    """One way harm could come about.

    ``severity`` and ``likelihood`` are draft words; ``tests`` are pytest node ids that prove the control;
    ``organisation`` is what no program can do and whoever deploys it must.
    """

    id: str
    hazard: str
    cause: str
    effect: str
    control: str
    severity: str
    likelihood: str
    tests: tuple[str, ...]
    organisation: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HazardLog:
    """The whole draft log with the statement of what it is not."""

    statement: str
    source: str
    hazards: tuple[Hazard, ...]


def load_hazards(file: Path) -> HazardLog:
    """Read the hazard log.

    Raises:
        EnvironmentProblem: Naming the file and field, when something is missing, unknown or not provable.
    """
    table = TomlTable.read(file)
    log = HazardLog(
        statement=table.text("statement"),
        source=table.text("source"),
        hazards=tuple(_hazard(entry) for entry in table.tables("hazards")),
    )
    table.done()
    if unsaid := [words for words in MUST_SAY if words not in log.statement]:
        raise table.fault("statement", f"must say: {', '.join(unsaid)}")
    if not log.hazards:
        raise table.fault("hazards", "must have at least one")
    ids = [hazard.id for hazard in log.hazards]
    if ids != [f"H{number}" for number in range(1, len(ids) + 1)]:
        raise table.fault("hazards", "must be numbered H1, H2 and so on, none twice and none left out")
    return log


def _hazard(entry: TomlTable) -> Hazard:
    hazard = Hazard(
        id=entry.text("id"),
        hazard=entry.text("hazard"),
        cause=entry.text("cause"),
        effect=entry.text("effect"),
        control=entry.text("control"),
        severity=_one_of(entry, "severity", SEVERITIES),
        likelihood=_one_of(entry, "likelihood", LIKELIHOODS),
        tests=entry.texts("tests"),
        organisation=entry.optional_text("organisation"),
    )
    entry.done()
    if not _ID.fullmatch(hazard.id):
        raise entry.fault("id", "must be H and a number")
    if not hazard.tests:
        raise entry.fault("tests", "must name at least one test that proves the control")
    if wrong := [test for test in hazard.tests if not _TEST.fullmatch(test)]:
        raise entry.fault("tests", f"must be node ids of pytest; {wrong[0]} is none")
    return hazard


def _one_of(entry: TomlTable, key: str, words: tuple[str, ...]) -> str:
    if (word := entry.text(key)) not in words:
        raise entry.fault(key, f"must be one of {', '.join(words)}")
    return word
