"""The hazard log is read strictly: a hazard without a proof, or a log that promises safety, is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from collabcare.catalogue.hazards import LIKELIHOODS, MUST_SAY, SEVERITIES, load_hazards
from collabcare.domain.errors import EnvironmentProblem
from collabcare.paths import resources_dir

if TYPE_CHECKING:
    from pathlib import Path

LOG = """
statement = "Not assured. A Clinical Safety Officer must complete DCB0129 and DCB0160."
source = "Project draft."

[[hazards]]
id = "H1"
hazard = "A blank counted as nothing"
cause = "Summing"
effect = "Missed need"
control = "Blank stays blank"
severity = "major"
likelihood = "low"
tests = ["tests/domain/test_x.py::test_a_blank[PHQ-W9]"]
organisation = "Look now and then."
"""


def written(folder: Path, text: str) -> Path:
    """Write a log to a file."""
    file = folder / "hazards.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_log_reads_as_written(tmp_path: Path) -> None:
    log = load_hazards(written(tmp_path, LOG))
    assert "DCB0160" in log.statement
    [hazard] = log.hazards
    assert (hazard.id, hazard.severity, hazard.likelihood) == ("H1", "major", "low")
    assert hazard.tests == ("tests/domain/test_x.py::test_a_blank[PHQ-W9]",)
    assert hazard.organisation == "Look now and then."


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("Not assured. ", "", "statement must say: Not assured"),
        ("DCB0160", "more", "statement must say: DCB0160"),
        ("must complete", "may complete", "statement must say: must complete"),
        ('severity = "major"', 'severity = "huge"', "severity must be one of minor, significant"),
        ('likelihood = "low"', 'likelihood = "3"', "likelihood must be one of very low, low"),
        ('id = "H1"', 'id = "H2"', "must be numbered H1, H2 and so on"),
        ('id = "H1"', 'id = "first"', "id must be H and a number"),
        (
            'tests = ["tests/domain/test_x.py::test_a_blank[PHQ-W9]"]',
            "tests = []",
            "must name at least one test",
        ),
        ("tests/domain/test_x.py::test_a_blank[PHQ-W9]", "looked at by hand", "looked at by hand is none"),
        ('effect = "Missed need"', 'effect = " "', "effect is blank"),
        ('control = "Blank stays blank"', 'rank = 1\ncontrol = "x"', "rank is not a known field"),
        ('source = "Project draft."', 'source = "x"\nassured = true', "assured is not a known field"),
    ],
)
def test_a_log_that_cannot_be_relied_on_is_refused(tmp_path: Path, old: str, new: str, words: str) -> None:
    assert old in LOG
    with pytest.raises(EnvironmentProblem) as refused:
        load_hazards(written(tmp_path, LOG.replace(old, new)))
    assert "hazards.toml" in str(refused.value)
    assert words in str(refused.value)


def test_an_empty_log_is_refused(tmp_path: Path) -> None:
    head = LOG.split("[[hazards]]", maxsplit=1)[0]
    with pytest.raises(EnvironmentProblem, match="hazards must have at least one"):
        load_hazards(written(tmp_path, f"{head}hazards = []"))


def test_the_words_are_those_of_the_matrix_and_nothing_is_added_up() -> None:
    assert (len(SEVERITIES), len(LIKELIHOODS)) == (5, 5)
    log = load_hazards(resources_dir() / "safety" / "hazards.toml")
    assert all(words in log.statement for words in MUST_SAY)
    assert len(log.hazards) > 17
