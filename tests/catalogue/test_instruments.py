"""The questionnaires as published, and what a file with a slip in it is told."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from collabcare.catalogue.instruments import load_instrument, load_instruments
from collabcare.domain.errors import EnvironmentProblem
from collabcare.domain.instruments import Direction
from collabcare.paths import resources_dir
from tests.builders import gad7, instruments, phq9
from tests.catalogue.instrument_files import changed_file

if TYPE_CHECKING:
    from pathlib import Path

TABLE = [
    *("phq9", "phq2", "gad7", "gad2", "wsas", "core10", "reqol10", "dialog"),
    *("swemwbs", "gbo", "auditc", "pcl5", "itq", "eq5d5l", "rstar", "fft"),
]
STEM = "Over the last 2 weeks, how often have you been bothered by any of the following problems?"
OPTIONS = ["Not at all", "Several days", "More than half the days", "Nearly every day"]
PHQ9_ITEMS = [
    "Little interest or pleasure in doing things",
    "Feeling down, depressed, or hopeless",
    "Trouble falling or staying asleep, or sleeping too much",
    "Feeling tired or having little energy",
    "Poor appetite or overeating",
    "Feeling bad about yourself — or that you are a failure or have let yourself or your family down",
    "Trouble concentrating on things, such as reading the newspaper or watching television",
    (
        "Moving or speaking so slowly that other people could have noticed? Or the opposite — being so "
        "fidgety or restless that you have been moving around a lot more than usual"
    ),
    "Thoughts that you would be better off dead or of hurting yourself in some way",
]
GAD7_ITEMS = [
    "Feeling nervous, anxious or on edge",
    "Not being able to stop or control worrying",
    "Worrying too much about different things",
    "Trouble relaxing",
    "Being so restless that it is hard to sit still",
    "Becoming easily annoyed or irritable",
    "Feeling afraid as if something awful might happen",
]


def test_the_phq9_is_worded_as_published() -> None:
    assert (phq9().stem, list(phq9().items)) == (STEM, PHQ9_ITEMS)
    assert [(option.value, option.label) for option in phq9().options] == list(enumerate(OPTIONS))
    assert phq9().function_question == (
        "If you checked off any problems, how difficult have these problems made it for you to do your work, "
        "take care of things at home, or get along with other people?"
    )
    assert [option.label for option in phq9().function_options] == [
        "Not difficult at all",
        "Somewhat difficult",
        "Very difficult",
        "Extremely difficult",
    ]


def test_the_gad7_is_worded_as_published_and_its_first_answer_is_not_at_all() -> None:
    """A published slip has "Not at all sure"."""
    assert (gad7().stem, list(gad7().items)) == (STEM, GAD7_ITEMS)
    assert [(option.value, option.label) for option in gad7().options] == list(enumerate(OPTIONS))
    assert (gad7().function_question, gad7().function_options) == (None, ())


def test_the_numbers_are_those_of_their_sources() -> None:
    phq, gad = phq9(), gad7()
    assert (phq.caseness, phq.reliable_change, phq.max_missing, phq.safety_item, phq.total_max) == (
        10,
        6,
        2,
        9,
        27,
    )
    assert (gad.caseness, gad.reliable_change, gad.max_missing, gad.safety_item, gad.total_max) == (
        8,
        4,
        1,
        None,
        21,
    )
    assert [band.upto for band in phq.bands] == [4, 9, 14, 19, 27]
    assert [band.label for band in phq.bands] == [
        "minimal",
        "mild",
        "moderate",
        "moderately severe",
        "severe",
    ]
    assert [(band.upto, band.label) for band in gad.bands] == [
        (4, "minimal"),
        (9, "mild"),
        (14, "moderate"),
        (21, "severe"),
    ]
    assert {phq.direction, gad.direction} == {Direction.HIGHER_IS_WORSE}


def test_every_file_names_its_licence_its_source_and_who_must_sign_it_off() -> None:
    for file in (resources_dir() / "instruments").glob("*.toml"):
        assert "must sign this file off before live use" in file.read_text(encoding="utf-8")
    for instrument in instruments().values():
        assert len(instrument.licence) > 20
        assert re.search(r"(19|20)\d\d", instrument.source)
    for name in ("phq9", "phq2", "gad7", "gad2"):
        assert "No permission is required to reproduce" in instruments()[name].licence


def test_the_files_stand_under_their_ids() -> None:
    assert list(instruments()) == sorted(TABLE)
    assert all(instrument.id == key for key, instrument in instruments().items())


FAULTS = {
    "no name": (('name = "PHQ-9"\n', ""), "name is missing"),
    "a blank name": (('name = "PHQ-9"', 'name = " "'), "name is blank"),
    "a number for a name": (('name = "PHQ-9"', "name = 9"), "name must be text"),
    "a misspelt field": (("max_missing = 2", "max_mising = 2"), "max_missing is missing"),
    "a field too many": (("version = 1", "version = 1\ncolour = 1"), "colour is not a known field"),
    "a field too many in an option": (
        ('label = "Not at all"', 'label = "Not at all", x = 1'),
        r"options\[1\].x is not",
    ),
    "a direction": (('higher_is = "worse"', 'higher_is = "bad"'), 'must be "worse" or "better"'),
    "version 0": (("version = 1", "version = 0"), "version must be a whole number of at least 1"),
    "a truth for a number": (("caseness = 10", "caseness = true"), "caseness must be a number"),
    "no number": (("caseness = 10", "caseness = nan"), "caseness must be a number"),
    "less than none": (("caseness = 10", "caseness = -0.5"), "caseness is not a total"),
    "a verdict there is not": (('verdict = "green"', 'verdict = "blue"'), "must be green, amber or red"),
    "text that may not be shipped": (('verdict = "green"', 'verdict = "red"'), "items may not be shipped"),
    "a cut-off of 0": (("caseness = 10", "caseness = 0"), "caseness is not a total"),
    "a cut-off above the top": (("caseness = 10", "caseness = 28"), "caseness is not a total"),
    "all may be blank": (("max_missing = 2", "max_missing = 9"), "must leave at least one answer"),
    "a safety item that is none": (("safety_item = 9", "safety_item = 10"), "is not one of the items"),
    "a safety item 0": (("safety_item = 9", "safety_item = 0"), "at least 1"),
    "no reliable change": (("reliable_change = 6", "reliable_change = 0"), "at least 1"),
    "bands that stop short": (("upto = 27", "upto = 26"), "must rise and end at the highest total, 27"),
    "bands that fall": (("upto = 14", "upto = 8"), "must rise and end"),
    "options out of step": (('value = 2, label = "More', 'value = 4, label = "More'), "steps of one"),
    "an item that is no text": (
        ('  "Poor appetite or overeating",', "  5,"),
        "items must be a list of texts",
    ),
    "bands that are no tables": (
        ('{ upto = 4, label = "minimal" }', "4"),
        "bands must be a list of tables",
    ),
    "a function question without answers": (
        ("function_question =", "# function_question ="),
        "function_question needs function_options",
    ),
    "not TOML": (("version = 1", "version = "), "phq9.toml, line 5: cannot be read"),
}


@pytest.mark.parametrize(("change", "words"), FAULTS.values(), ids=FAULTS)
def test_a_slip_in_a_file_is_named_with_file_and_field(
    tmp_path: Path, change: tuple[str, str], words: str
) -> None:
    file = changed_file(tmp_path, "phq9", change)
    with pytest.raises(EnvironmentProblem, match=words) as refusal:
        load_instrument(file)
    assert str(refusal.value).startswith("phq9.toml")


def test_a_file_without_options_is_refused(tmp_path: Path) -> None:
    text = changed_file(tmp_path, "phq9").read_text(encoding="utf-8")
    emptied = re.sub(r"(?ms)^options = \[.*?^\]", "options = []", text)
    (tmp_path / "phq9.toml").write_text(emptied, encoding="utf-8")
    with pytest.raises(EnvironmentProblem, match="options must run in steps of one"):
        load_instrument(tmp_path / "phq9.toml")


def test_a_file_of_two_ids_is_refused_by_name(tmp_path: Path) -> None:
    """The second would silently take the place of the first."""
    changed_file(tmp_path, "phq9")
    changed_file(tmp_path, "phq9", stored_as="phq9_copy.toml")
    with pytest.raises(
        EnvironmentProblem, match=r"phq9_copy\.toml, line 2: id 'phq9' is taken by phq9\.toml"
    ):
        load_instruments(tmp_path)


@pytest.mark.parametrize("content", [b"\xff\xfe", None], ids=["not text", "not there"])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "broken.toml"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(EnvironmentProblem, match=r"broken\.toml(, line 1:)? cannot be read"):
        load_instrument(file)


def test_an_empty_folder_has_no_questionnaires(tmp_path: Path) -> None:
    assert load_instruments(tmp_path) == {}
