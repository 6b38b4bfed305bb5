"""Nobody is sorted by how likely harm is: not in code, files, letters, lists, colours or the order of a list.

NICE NG225 (2022), 1.6, and NHS England, Staying safe from suicide (2025): no tool, scale or global level
predicts harm or decides who is offered what. The detector itself is tested on planted sentences, so that it
is known to be able to fail.
"""

from __future__ import annotations

import ast
import re
import tomllib
from dataclasses import dataclass
from datetime import time
from typing import TYPE_CHECKING

from sqlalchemy import select

from collabcare.cli import lists
from collabcare.clock import SteadyClock
from collabcare.demo.diary import london
from collabcare.documents.reports import SummaryHeading, summary_table
from collabcare.paths import resources_dir
from collabcare.queries.caseload import caseload
from collabcare.queries.worklist import worklist
from collabcare.services.sign_in import load_rulebook
from collabcare.store import models as m
from collabcare.store.record import open_record
from tests.architecture.level_words import banned_words, reckoned_answers, risk_names
from tests.architecture.tree import ROOT, modules
from tests.demo_record import DEMO_TODAY

if TYPE_CHECKING:
    from pathlib import Path

    from collabcare.demo.build import DemoRecord

WORD = "ri" + "sk"
"""The word itself: no file of the tests holds a planted sentence in one piece."""


@dataclass(frozen=True)
class Allowed:
    """One mention that is not a use, and why it stands."""

    place: str
    words: str
    reason: str


ALLOWED = (
    Allowed("collabcare/documents/lint.py", f"level of {WORD}", "tells the writer what to take out"),
    Allowed("CONTRIBUTING.md", f"level of {WORD}", "tells contributors what is never written"),
)
"""Short on purpose; an entry that nothing needs any more fails too."""

ALLOWED_NAMES = {f"_LEVELS_OF_{WORD.upper()}": "the lint's patterns of what it takes out of letters"}

BINARY = {".ttf", ".png", ".ico", ".icns", ".pyc", ".xlsx", ".pdf", ".ccrecord", ".keys"}


def text_files() -> list[Path]:
    """Return every file of the program, its resources, its golden letters and its papers."""
    folders = ("collabcare", "migrations", "packaging", "resources", "tests/data")
    found = [path for folder in folders for path in (ROOT / folder).rglob("*") if path.is_file()]
    found += [*ROOT.glob("*.md"), ROOT / "pyproject.toml"]
    return sorted(path for path in found if path.suffix not in BINARY and "__pycache__" not in path.parts)


def is_allowed(place: str, words: str) -> bool:
    """Tell whether a mention is on the list."""
    return any((each.place, each.words) == (place, words) for each in ALLOWED)


def mentions() -> list[tuple[str, str, str]]:
    """Return every banned phrase in the project's files: where, which, and by what ban."""
    return [
        (path.relative_to(ROOT).as_posix(), words, ban)
        for path in text_files()
        for ban, words in banned_words(path.read_text(encoding="utf-8"))
    ]


# the files


def test_no_file_sorts_people_by_level() -> None:
    places = {path.relative_to(ROOT).parts[0] for path in text_files()}
    assert {"collabcare", "migrations", "resources", "tests", "README.md"} <= places
    assert [each for each in mentions() if not is_allowed(each[0], each[1])] == []


def test_every_mention_allowed_is_still_there_and_has_its_reason() -> None:
    there = {(place, words) for place, words, _ in mentions()}
    assert [each for each in ALLOWED if (each.place, each.words) not in there] == []
    assert all(each.reason for each in ALLOWED)
    assert len(ALLOWED) <= 12


def test_nothing_of_the_program_is_named_for_it() -> None:
    names = {
        (module.place, name)
        for module in modules("collabcare", "migrations")
        for name in risk_names(module.tree)
    }
    assert sorted(each for each in names if each[1] not in ALLOWED_NAMES) == []


def keys_of(value: object) -> list[str]:
    """Return every key of a file's tables, however deep."""
    match value:
        case dict():
            return [str(key) for key in value] + [found for each in value.values() for found in keys_of(each)]
        case list():
            return [found for each in value for found in keys_of(each)]
        case _:
            return []


def test_no_field_of_a_resource_file_is_named_for_it() -> None:
    files = sorted((ROOT / "resources").rglob("*.toml"))
    assert len(files) > 8
    named = [
        (file.name, key)
        for file in files
        for key in keys_of(tomllib.loads(file.read_text(encoding="utf-8")))
        if WORD in key.lower()
    ]
    assert named == []


def test_no_column_of_the_record_is_named_for_it() -> None:
    columns = [
        f"{table.name}.{column.name}" for table in m.Base.metadata.tables.values() for column in table.c
    ]
    assert len(columns) > 100
    assert [name for name in columns if re.search(rf"{WORD}|severity|stratum|likelihood", name)] == []


def test_no_colour_is_named_for_safety_or_harm() -> None:
    theme = tomllib.loads((ROOT / "resources" / "theme" / "theme.toml").read_text(encoding="utf-8"))
    colours = [name for part in theme.values() for name in part]
    style = (ROOT / "resources" / "theme" / "style.qss").read_text(encoding="utf-8")
    colours += re.findall(r"[#\[]\s*([\w-]+)", style)
    assert "danger" in colours
    banned = re.compile(rf"{WORD}|suicid|harm|safety|item.?9|phq", re.IGNORECASE)
    assert [name for name in colours if banned.search(name)] == []


# what is reckoned, sorted and decided

READERS = {
    "collabcare.domain.safety": "says the answer beside the one before it",
    "collabcare.domain.safety_prompt": "says the answer that opens a conversation",
    "collabcare.domain.corrections": "asks again only where a corrected form answers otherwise",
    "collabcare.domain.instruments": "finds whether the item asks for a conversation",
    "collabcare.domain.missed_thoughts": "says the last answer in words when an appointment was missed",
    "collabcare.domain.track_facts": "an answer above 0 lately sets how fast we act when contact is lost",
    "collabcare.queries.clinical_facts": "reads it from the record",
    "collabcare.queries.earlier_facts": "reads the answers above 0 of earlier episodes, for the same",
    "collabcare.services.measures": "keeps it as it was answered",
    "collabcare.ui.forms.score_words": "says that a conversation will be asked for",
}
"""Who may read a safety answer, and what for: never a rule of who is taken on, stepped or discharged."""


def readers() -> set[str]:
    """Return the modules that read a safety item's answer."""
    return {
        module.name
        for module in modules("collabcare")
        for node in module.nodes
        if (isinstance(node, ast.Attribute) and node.attr == "safety_answer")
        or (isinstance(node, ast.keyword) and node.arg == "safety_answer")
    }


def test_no_answer_decides_who_is_taken_on_stepped_or_discharged() -> None:
    assert sorted(readers() - READERS.keys()) == []


def test_no_answer_is_reckoned_with_and_nobody_is_sorted_by_one() -> None:
    assert [place for module in modules("collabcare") for place in reckoned_answers(module)] == []


# what leaves the program


def test_nothing_the_program_writes_about_a_caseload_sorts_people_by_level(built_demo: DemoRecord) -> None:
    first = built_demo.sign_ins[0]
    clock = SteadyClock(london(DEMO_TODAY, time(12)))
    rulebook = load_rulebook(resources_dir(), "pcn_practitioner", clock)
    with open_record(built_demo.path, first.login, first.password) as record, record.sessions() as session:
        rows = caseload(session, rulebook, DEMO_TODAY)
        sections = worklist(rows, until=DEMO_TODAY)
        letters = list(session.scalars(select(m.Letter.text)))
        stored = [
            value
            for table in m.Base.metadata.sorted_tables
            for row in session.execute(select(table)).mappings()
            for value in row.values()
            if isinstance(value, str)
        ]
    records = [lists.caseload_record(row, rulebook.pathway) for row in rows]
    heading = SummaryHeading(
        service="Demo",
        today=DEMO_TODAY,
        filter_text="",
        pathway=rulebook.pathway,
        instruments=rulebook.instruments,
        is_demo=True,
    )
    table = summary_table(rows, heading)
    exported = {
        "caseload.csv": lists.as_csv(records, lists.caseload_keys(rulebook.pathway)),
        "caseload.json": lists.as_json(records),
        "caseload table": lists.caseload_table(rows, rulebook),
        "worklist.csv": lists.as_csv(lists.worklist_records(sections), lists.WORKLIST_KEYS),
        "worklist table": lists.worklist_table(sections),
        "summary": "\n".join(" ".join(line) for line in (table.about, table.headings, *table.rows)),
        "letters": "\n".join(letters),
        "record": "\n".join(stored),
    }
    assert all(len(text) > 500 for text in exported.values())
    assert [(name, found) for name, text in exported.items() for found in banned_words(text)] == []
