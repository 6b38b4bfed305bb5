"""A licensed site's own questions: taken when the licence is named, and never over published text."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from collabcare.catalogue.text_packs import load_text_packs
from collabcare.domain.errors import EnvironmentProblem
from collabcare.domain.instruments import Option, score
from tests.builders import instruments

if TYPE_CHECKING:
    from pathlib import Path

PACK = """
id = "swemwbs"
licence_holder = "Elm Tree NHS Foundation Trust"
licence_reference = "Letter of 3 March 2026"
stem = "Made-up stem"
items = ["One", "Two", "Three", "Four", "Five", "Six", "Seven"]
options = [
  { value = 1, label = "a" },
  { value = 2, label = "b" },
  { value = 3, label = "c" },
  { value = 4, label = "d" },
  { value = 5, label = "e" },
]
"""


def pack(folder: Path, *changes: tuple[str, str], name: str = "swemwbs.toml") -> Path:
    """Drop a pack in the folder, with something changed."""
    text = PACK
    for before, after in changes:
        assert before in text, before
        text = text.replace(before, after)
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_a_pack_fills_in_the_questions_and_nothing_else(tmp_path: Path) -> None:
    filled = load_text_packs(pack(tmp_path), instruments())
    assert filled["swemwbs"] == replace(
        instruments()["swemwbs"],
        stem="Made-up stem",
        items=("One", "Two", "Three", "Four", "Five", "Six", "Seven"),
        options=tuple(Option(value=value, label="abcde"[value - 1]) for value in range(1, 6)),
        text_holder="Elm Tree NHS Foundation Trust",
        text_reference="Letter of 3 March 2026",
    )
    assert filled["swemwbs"].has_text
    assert {key: each for key, each in filled.items() if key != "swemwbs"} == {
        key: each for key, each in instruments().items() if key != "swemwbs"
    }
    assert score(filled["swemwbs"], [3] * 7) == score(instruments()["swemwbs"], [3] * 7)


def test_without_a_folder_the_instruments_stay_as_they_are(tmp_path: Path) -> None:
    assert load_text_packs(tmp_path / "text_packs", instruments()) == instruments()
    assert load_text_packs(tmp_path, instruments()) == instruments()


FAULTS = {
    "no holder": (("licence_holder =", "# licence_holder ="), "licence_holder is missing"),
    "a blank holder": (('"Elm Tree NHS Foundation Trust"', '" "'), "licence_holder is blank"),
    "no reference": (("licence_reference =", "# licence_reference ="), "licence_reference is missing"),
    "an item too few": (('"Six", ', ""), "items must be 7 texts; 6 are there"),
    "an item too many": (('"Six", ', '"Six", "And", '), "items must be 7 texts; 8 are there"),
    "options out of range": (('  { value = 5, label = "e" },\n', ""), "options must run from 1 to 5"),
    "options from 2": (('  { value = 1, label = "a" },\n', ""), "options must run from 1 to 5"),
    "options with a gap": (('  { value = 3, label = "c" },\n', ""), "options must run in steps of one"),
    "another questionnaire": (('"swemwbs"', '"other"'), "id is no questionnaire of this program"),
    "a field too many": (("stem =", "colour = 1\nstem ="), "colour is not a known field"),
    "its own cut-off": (("stem =", "caseness = 1\nstem ="), "caseness is not a known field"),
    "published text": (('"swemwbs"', '"phq9"'), "id has its published text, which a pack never replaces"),
    "text under conditions": (('"swemwbs"', '"core10"'), "id has its published text"),
    "not TOML": (("stem =", "stem"), "swemwbs.toml, line 5: cannot be read"),
}


@pytest.mark.parametrize(("change", "words"), FAULTS.values(), ids=FAULTS)
def test_a_pack_with_a_slip_is_refused_with_file_and_field(
    tmp_path: Path, change: tuple[str, str], words: str
) -> None:
    with pytest.raises(EnvironmentProblem, match=words) as refusal:
        load_text_packs(pack(tmp_path, change), instruments())
    assert str(refusal.value).startswith("swemwbs.toml")


def test_two_packs_for_one_questionnaire_are_refused(tmp_path: Path) -> None:
    pack(tmp_path)
    pack(tmp_path, name="swemwbs_again.toml")
    with pytest.raises(
        EnvironmentProblem, match=r"swemwbs_again\.toml, line 2: id has its text from swemwbs\.toml"
    ):
        load_text_packs(tmp_path, instruments())


def test_text_that_is_there_already_is_not_replaced(tmp_path: Path) -> None:
    filled = load_text_packs(pack(tmp_path), instruments())
    with pytest.raises(EnvironmentProblem, match="id has its published text"):
        load_text_packs(tmp_path, filled)
