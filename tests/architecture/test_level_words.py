"""The detector of the ban can fail: every planted sentence is found, and what must stay sayable is not."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import pytest

from tests.architecture.level_words import BANS, banned_words, reckoned_answers, risk_names
from tests.architecture.tree import Module

if TYPE_CHECKING:
    from pathlib import Path

WORD = "ri" + "sk"
"""The word itself, in two: no file of the tests holds a planted sentence in one piece."""

PLANTED = {
    "a level of WORD": [
        "Low WORD",
        "medium-WORD",
        "MODERATE suicide WORD",
        "high self-harm WORD of",
        "severe clinical WORD",
        "the red WORD patients",
        "amber_WORD = True",
        "isGreenWORD".replace("WORD", "Risk"),
        "very high WORD",
        'f"high "\n    f"WORD"',
        "# this one is at high\n    # WORD of harm",
        "higher WORDs",
        "high\u00a0WORD",
        "**high** WORD",
    ],
    "a level of WORD, the other way round": [
        "WORD: low",
        "WORD is high",
        "WORD of suicide was moderate",
        "WORD assessed as medium",
        "WORD level = red",
        "WORD to self: low",
    ],
    "a thing that measures WORD": [
        "WORD level",
        "WORD_score",
        "WORD-rating",
        "suicide WORD category",
        "WORD stratification",
        "stratified by WORD band",
        "WORD assessment tool",
        "WORD flag",
    ],
    "the idea of a level": ["level of WORD", "ratings of suicide WORD", "scale of WORD"],
    "a contract": [
        "no-suicide contract",
        "no suicide agreement",
        "contracted for safety",
        "no self-harm contract",
    ],
    "empty taken for safe": [
        "No WORD identified",
        "no known WORDs",
        "WORD: none",
        "nil WORD",
        "no current suicide WORD",
    ],
}


def planted() -> list[tuple[str, str]]:
    """Return each planted sentence with the ban that finds it."""
    return [
        (ban.replace("WORD", WORD), f"She said so. {text} It was written.".replace("WORD", WORD))
        for ban, texts in PLANTED.items()
        for text in texts
    ]


@pytest.mark.parametrize(("ban", "text"), planted())
def test_a_planted_sentence_is_found(ban: str, text: str) -> None:
    assert ban in {name for name, _ in banned_words(text)}


def test_every_ban_has_its_planted_sentences() -> None:
    assert {ban for ban, _ in planted()} == set(BANS)


@pytest.mark.parametrize(
    "text",
    [
        f"clinical {WORD} management (DCB0160)",
        f"The {WORD} of falling was talked about.",
        f"{WORD}s and benefits of medication",
        f"At a higher step, {WORD}ing nothing",
        "She lives at Lowrisk Cottage.",
        "moderately severe range",
        "brisk copper lantern",
        "Not discussed",
        "a green licence, an amber one",
        "severity: major, likelihood: low",
        "High scores come to supervision",
        "contract with the practice",
    ],
)
def test_what_must_stay_sayable_passes(text: str) -> None:
    assert list(banned_words(text)) == []


@pytest.mark.parametrize(
    "source",
    [
        f"{WORD}_level = 1",
        f"class {WORD.title()}Level: ...",
        f"def f({WORD}): ...",
        f"row.{WORD}_category",
        f'mapped_column("{WORD}")',
        f"Chip({WORD}=1)",
        f"suicide_{WORD} = None",
    ],
)
def test_a_name_is_found(source: str) -> None:
    assert list(risk_names(ast.parse(source)))


@pytest.mark.parametrize("source", ["brisk = 1", "asterisk = 2", "frisked()", 'x = "no name"'])
def test_another_name_passes(source: str) -> None:
    assert list(risk_names(ast.parse(source))) == []


@pytest.mark.parametrize(
    "source",
    [
        "total = m.safety_answer + last.safety_answer",
        "weighed = 3 * m.safety_answer",
        "level = 2 if m.safety_answer >= 2 else 1",
        "worst = max(m.safety_answer for m in forms)",
        "sum([m.safety_answer for m in forms])",
        "sorted(people, key=lambda each: each.safety_answer)",
        "people.sort(key=lambda each: (each.name, each.answer))",
        "select(Measure).order_by(Measure.safety_answer.desc())",
        "sorted(people, key=attrgetter('safety'))",
        "def worst_first(each):\n    return -each.answer\n\nsorted(people, key=worst_first)",
        "points += m.safety_answer",
    ],
)
def test_reckoning_with_an_answer_is_found(tmp_path: Path, source: str) -> None:
    assert list(reckoned_answers(written(tmp_path, source)))


@pytest.mark.parametrize(
    "source",
    [
        "asks = m.safety_answer is None or m.safety_answer > 0",
        'words = f"answered {m.safety_answer}"',
        "sorted(people, key=lambda each: each.talked_on)",
        "same = m.safety_answer == 1",
    ],
)
def test_saying_an_answer_passes(tmp_path: Path, source: str) -> None:
    assert list(reckoned_answers(written(tmp_path, source))) == []


def written(folder: Path, source: str) -> Module:
    """Return a module with this source."""
    path = folder / "planted.py"
    path.write_text(source, encoding="utf-8")
    return PlantedModule(path)


class PlantedModule(Module):
    """A module that lies outside the project."""

    @property
    def place(self) -> str:
        """Its file's name."""
        return self.path.name
