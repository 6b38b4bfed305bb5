"""The hazard log is kept true: every control it names is proved by tests that exist."""

from __future__ import annotations

import ast
import re
from functools import cache

import pytest

from collabcare.catalogue.hazards import Hazard, load_hazards
from tests.architecture.tree import ROOT

LOG = load_hazards(ROOT / "resources" / "safety" / "hazards.toml")


@cache
def functions_of(place: str) -> dict[str, ast.FunctionDef]:
    """Return the tests of a file by name; none when the file is not there."""
    path = ROOT / place
    if not path.is_file():
        return {}
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}


@cache
def texts_of(place: str) -> frozenset[str]:
    """Return every string in a file: the names of a test's rows are among them."""
    tree = ast.parse((ROOT / place).read_text(encoding="utf-8"))
    constants = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return frozenset(text for text in constants if isinstance(text, str))


def missing(node_id: str) -> str:
    """Say what of a node id there is not; empty when all of it is there."""
    place, _, rest = node_id.partition("::")
    name, _, row = rest.removesuffix("]").partition("[")
    test = functions_of(place).get(name)
    if test is None:
        return f"{node_id}: no such test"
    if row and not any("parametrize" in ast.unparse(each) for each in test.decorator_list):
        return f"{node_id}: it has no rows"
    if row and row not in texts_of(place):
        return f"{node_id}: no such row"
    return ""


@pytest.mark.parametrize("hazard", LOG.hazards, ids=lambda hazard: hazard.id)
def test_every_control_is_proved_by_tests_that_exist(hazard: Hazard) -> None:
    assert hazard.tests
    assert [found for node_id in hazard.tests if (found := missing(node_id))] == []


def test_the_check_can_fail() -> None:
    here = "tests/architecture/test_hazards.py"
    proof = "test_every_control_is_proved_by_tests_that_exist"
    assert missing(f"{here}::{proof}") == ""
    assert missing("tests/nowhere/test_x.py::test_y").endswith("no such test")
    assert missing(f"{here}::test_nothing").endswith("no such test")
    assert missing(f"{here}::{proof}[{proof[::-1]}]").endswith("no such row")
    assert missing(f"{here}::test_the_check_can_fail[row]").endswith("it has no rows")


def test_the_hazards_found_while_the_program_was_conceived_are_all_there() -> None:
    first = {
        *(
            "blank",
            "item 9",
            "wrong patient",
            "not attending",
            "snooze",
            "reassurance",
            "handover",
            "direction",
        ),
        *(
            "metric",
            "bank holiday",
            "overwrit",
            "licen",
            "absent",
            "format",
            "emergenc",
            "backup",
            "duplicate",
        ),
    }
    said = " ".join(f"{each.hazard} {each.cause}" for each in LOG.hazards[:17]).lower()
    assert [word for word in first if word not in said] == []


def test_the_log_says_that_it_assures_nothing() -> None:
    for words in ("Not assured", "DRAFT", "deploying organisation must complete", "DCB0160"):
        assert words in LOG.statement
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert re.search(r"not yet clinically assured", readme)
    assert "DCB0160" in readme


def test_a_control_is_said_in_whole_sentences() -> None:
    for hazard in LOG.hazards:
        for text in (hazard.hazard, hazard.cause, hazard.effect, hazard.control, hazard.organisation or "A."):
            assert text[0].isupper(), text
            assert text.endswith("."), text
