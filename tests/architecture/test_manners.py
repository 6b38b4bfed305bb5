"""Promises about the code that nobody has to remember."""

from __future__ import annotations

import ast
import re

from tests.architecture.tree import Module, modules

APP = modules("collabcare")
EVERYTHING = modules("collabcare", "migrations", "packaging", "tests")

CLOCKS = {
    *("date.today", "datetime.now", "datetime.today", "datetime.utcnow", "time.time", "time.localtime"),
    *("time.gmtime", "time.ctime", "QDate.currentDate", "QTime.currentTime"),
    *("QDateTime.currentDateTime", "QDateTime.currentDateTimeUtc", "QDateTime.currentMSecsSinceEpoch"),
}


def uses(module: Module, wanted: set[str]) -> list[str]:
    """Return where a module mentions one of ``wanted``, each of the form ``owner.member``."""
    mentioned = [
        (".".join(ast.unparse(node).split(".")[-2:]), node.lineno)
        for node in module.nodes
        if isinstance(node, ast.Attribute)
    ]
    mentioned += [(name, node.lineno) for name, node in module.imports()]
    return [f"{module.place}:{line}: {name}" for name, line in mentioned if name in wanted]


def test_only_the_clock_asks_for_the_time() -> None:
    asking = [use for module in APP for use in uses(module, CLOCKS) if module.name != "collabcare.clock"]
    assert asking == []


def test_only_commands_print() -> None:
    printing = [
        f"{module.place}:{call.lineno}"
        for module in APP
        if not module.name.startswith("collabcare.cli")
        for name, call in module.calls()
        if name in {"print", "pprint", "sys.stdout.write"}
    ]
    assert printing == []


def test_only_one_label_shows_text_so_that_no_patient_text_is_read_as_html() -> None:
    labels = [
        f"{module.place}:{node.lineno}"
        for module in APP
        if module.name != "collabcare.ui.widgets.plain_label"
        for node in module.nodes
        if (isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == "QLabel")
        or (isinstance(node, ast.ClassDef) and any(ast.unparse(b).endswith("QLabel") for b in node.bases))
    ]
    assert labels == []


def test_dates_are_put_into_words_in_one_place() -> None:
    """Month names from the computer's locale, or 03/04 read the American way, have no place beside a dose."""
    formatting = []
    for module in APP:
        if module.name == "collabcare.domain.display":
            continue
        for name, call in module.calls():
            words = ast.unparse(call)
            dated = re.search(r"date|time|QLocale", ast.unparse(call.func), re.IGNORECASE)
            if name.endswith("strftime") or (name.endswith(".toString") and (call.args or dated)):
                formatting.append(f"{module.place}:{call.lineno}: {words}")
        formatting += [
            f"{module.place}:{node.lineno}: {ast.unparse(node)}"
            for node in module.nodes
            if isinstance(node, ast.FormattedValue)
            and node.format_spec
            and "%" in ast.unparse(node.format_spec)
        ]
    assert [found for found in formatting if "SequenceFormat" not in found] == []


def test_everything_that_fails_is_caught_narrowly() -> None:
    """Tidying up and raising again catches nothing."""
    broad = [
        f"{module.place}:{node.lineno}"
        for module in APP
        for node in module.nodes
        if isinstance(node, ast.ExceptHandler)
        and ast.unparse(node.body[-1]) != "raise"
        and (node.type is None or re.search(r"\b(Base)?Exception\b", ast.unparse(node.type)))
    ]
    assert len(broad) <= 2, broad


def test_nothing_is_global_and_nothing_is_mocked() -> None:
    shared = [
        f"{module.place}:{node.lineno}"
        for module in EVERYTHING
        for node in module.nodes
        if isinstance(node, ast.Global)
    ]
    mocks = [
        module.place for module in EVERYTHING for name, _ in module.imports() if "mock" in name.split(".")
    ]
    assert (shared, mocks) == ([], [])


def test_nothing_sleeps_in_a_test() -> None:
    sleeping = [
        f"{module.place}:{call.lineno}"
        for module in modules("tests")
        for name, call in module.calls()
        if name.split(".")[-1] in {"sleep", "qWait"} or name == "qtbot.wait"
    ]
    assert sleeping == []


def test_an_exception_from_lint_or_types_gives_its_reason() -> None:
    silent = [
        f"{module.place}:{number}: {line.strip()}"
        for module in EVERYTHING
        for number, line in enumerate(module.text.splitlines(), start=1)
        if re.search(r"#\s*(noqa|type: ignore)", line)
        and not re.search(r"# (noqa: [A-Z0-9, ]+ - \w|type: ignore\[[\w, -]+\] +# \w)", line)
    ]
    assert [place for place in silent if "re.search" not in place] == []


LIMITS = {"file": 400, "class": 200, "function": 40}

TOO_LONG_FOR_A_REASON: dict[str, str] = {}
"""place:name -> why splitting it would make it worse. Empty is best."""


def test_nothing_is_too_long_to_take_in() -> None:
    lengths = {}
    for module in EVERYTHING:
        lengths[module.place] = ("file", len(module.text.splitlines()))
        for node in module.nodes:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                kind = "class" if isinstance(node, ast.ClassDef) else "function"
                lengths[f"{module.place}:{node.name}"] = (kind, (node.end_lineno or 0) - node.lineno + 1)
    over = {place: lines for place, (kind, lines) in lengths.items() if lines > LIMITS[kind]}
    assert {place: lines for place, lines in over.items() if place not in TOO_LONG_FOR_A_REASON} == {}
    assert TOO_LONG_FOR_A_REASON.keys() <= over.keys()  # a reason no longer needed goes
