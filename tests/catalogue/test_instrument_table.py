"""The table of all instruments as they are shipped: numbers, licences, codes and published words."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from collabcare.catalogue.instruments import load_instrument
from collabcare.domain.errors import EnvironmentProblem
from collabcare.domain.instruments import Verdict
from tests.builders import instruments
from tests.catalogue.instrument_files import changed_file

if TYPE_CHECKING:
    from pathlib import Path

GREEN, AMBER, RED = Verdict.GREEN, Verdict.AMBER, Verdict.RED
LICENSED = "Use with a licensed copy of the questionnaire."

NUMBERS = {
    "phq9": (9, (0, 3), (0, 27), 10, 6, 5, 2),
    "phq2": (2, (0, 3), (0, 6), 3, None, None, 0),
    "gad7": (7, (0, 3), (0, 21), 8, 4, 4, 1),
    "gad2": (2, (0, 3), (0, 6), 3, None, None, 0),
    "wsas": (5, (0, 8), (0, 40), 10, 8, 8, 0),
    "core10": (10, (0, 4), (0, 40), 11, 6, None, 1),
    "reqol10": (10, (0, 4), (0, 40), 24, 5, 5, 0),
    "dialog": (11, (1, 7), (1, 7), 4, None, None, 2),
    "swemwbs": (7, (1, 5), (7, 35), Decimal("19.5"), 3, 3, 0),
    "gbo": (3, (0, 10), (0, 10), None, 3, None, 2),
    "auditc": (3, (0, 4), (0, 12), 5, None, None, 0),
    "pcl5": (20, (0, 4), (0, 80), 33, 10, 10, 0),
    "itq": (18, (0, 4), (0, 48), None, None, None, 0),
    "eq5d5l": (5, (1, 5), (0, 100), None, None, None, 0),
    "rstar": (10, (1, 10), (1, 10), None, None, None, 2),
    "fft": (1, (1, 6), (1, 6), None, None, None, 0),
}
"""Items, their range, that of the total, cut-off, reliable change, least difference and blanks allowed."""

LICENCES = {
    **dict.fromkeys(("phq9", "phq2", "gad7", "gad2", "pcl5", "core10", "fft"), (GREEN, True)),
    **dict.fromkeys(("auditc", "gbo", "itq", "dialog"), (AMBER, False)),
    **dict.fromkeys(("wsas", "swemwbs", "reqol10", "eq5d5l", "rstar"), (RED, False)),
}
"""What the licence lets us ship, and whether the questions are there."""

LOOKBACK = {
    **dict.fromkeys(("phq9", "phq2", "gad7", "gad2", "swemwbs"), "the last 2 weeks"),
    **dict.fromkeys(("core10", "reqol10"), "the last week"),
    **dict.fromkeys(("dialog", "gbo", "rstar"), "now"),
    **dict.fromkeys(("pcl5", "itq"), "the past month"),
    **dict.fromkeys(("wsas", "fft"), ""),
    "auditc": "the last year",
    "eq5d5l": "today",
}

CODES = {
    "phq9": "720433000",
    "gad7": "445455005",
    "phq2": "836541000000100",
    "core10": "718583008",
    "swemwbs": "718466001",
    "reqol10": "1091071000000100",
}

BANDS = {
    "wsas": "9 sub-clinical, 20 significant impairment, 40 moderately severe or worse",
    "core10": "5 healthy, 10 low, 14 mild, 19 moderate, 24 moderate to severe, 40 severe",
    "reqol10": "24 below general population, 40 within general population",
    "dialog": "3.99 dissatisfaction, 4 neutral, 7 satisfaction",
    "swemwbs": "19.5 low, 27.4 medium, 35 high",
    "auditc": "4 lower, 7 increasing, 10 higher, 12 possible dependence",
    "rstar": "2.49 stuck, 4.49 accepting help, 6.49 believing, 8.49 learning, 10 self-reliance",
    **dict.fromkeys(("phq2", "gad2", "gbo", "pcl5", "itq", "eq5d5l", "fft"), ""),
}


@pytest.mark.parametrize("name", NUMBERS)
def test_the_numbers_are_those_of_the_table(name: str) -> None:
    each = instruments()[name]
    assert NUMBERS[name] == (
        each.item_count,
        (each.item_min, each.item_max),
        (each.total_min, each.total_max),
        each.caseness,
        each.reliable_change,
        each.mcid,
        each.max_missing,
    )
    assert each.lookback == LOOKBACK[name]


@pytest.mark.parametrize("name", LICENCES)
def test_only_text_that_may_be_given_away_is_shipped(name: str) -> None:
    each = instruments()[name]
    assert (each.verdict, each.has_text, bool(each.options)) == (LICENCES[name][0], *[LICENCES[name][1]] * 2)
    assert len(each.labels) == each.item_count
    if not each.has_text and name != "gbo":
        assert each.notice.endswith(LICENSED)


@pytest.mark.parametrize("name", BANDS)
def test_the_bands_are_those_of_the_table(name: str) -> None:
    assert ", ".join(f"{band.upto} {band.label}" for band in instruments()[name].bands) == BANDS[name]


def test_the_codes_are_those_of_the_table() -> None:
    assert {key: each.snomed for key, each in instruments().items() if each.snomed} == CODES
    assert instruments()["gbo"].item_snomed == ("1034351000000101", "1034361000000103", "1034371000000105")
    assert instruments()["dialog"].item_snomed[::10] == ("1037651000000100", "1037751000000109")


def test_only_these_forms_ask_about_safety() -> None:
    asked = {key: each.safety_item for key, each in instruments().items() if each.safety_item}
    assert asked == {"phq9": 9, "core10": 6}


def test_targets_of_treatment_stand_beside_the_cut_offs() -> None:
    targets = {
        key: (each.response_percent, each.response_from, each.remission_below)
        for key, each in instruments().items()
        if each.response_percent
    }
    assert targets == {"phq9": (50, 10, 5), "gad7": (50, None, None)}
    assert instruments()["gbo"].mean_reliable_change == Decimal("2.45")


def test_the_notices_name_who_holds_the_rights() -> None:
    assert instruments()["core10"].notice == "© CORE System Trust, CC BY-ND 4.0"
    assert "World Health Organization" in instruments()["auditc"].notice
    assert "non-commercial" in instruments()["auditc"].notice


def test_the_core10_is_worded_as_published() -> None:
    core10 = instruments()["core10"]
    assert core10.items == (
        "I have felt tense, anxious or nervous",
        "I have felt I have someone to turn to for support when needed",
        "I have felt able to cope when things go wrong",
        "Talking to people has felt too much for me",
        "I have felt panic or terror",
        "I made plans to end my life",
        "I have had difficulty getting to sleep or staying asleep",
        "I have felt despairing or hopeless",
        "I have felt unhappy",
        "Unwanted images or memories have been distressing me",
    )
    labels = ["Not at all", "Only occasionally", "Sometimes", "Often", "Most or all of the time"]
    assert [(option.value, option.label) for option in core10.options] == list(enumerate(labels))
    assert core10.reversed_items == (2, 3)


def test_the_pcl5_keeps_its_own_words_and_spelling() -> None:
    pcl5 = instruments()["pcl5"]
    assert all(item.endswith("?") for item in pcl5.items)
    assert pcl5.items[14] == "Irritable behavior, angry outbursts, or acting aggressively?"
    assert pcl5.items[16] == "Being “superalert” or watchful or on guard?"
    labels = ["Not at all", "A little bit", "Moderately", "Quite a bit", "Extremely"]
    assert [(option.value, option.label) for option in pcl5.options] == list(enumerate(labels))


def test_the_short_forms_are_worded_as_the_full_ones() -> None:
    for short, full in (("phq2", "phq9"), ("gad2", "gad7")):
        one, other = instruments()[short], instruments()[full]
        assert (one.stem, one.items, one.options) == (other.stem, other.items[:2], other.options)


def test_the_friends_and_family_question_is_that_of_2020() -> None:
    fft = instruments()["fft"]
    assert fft.items == ("Overall, how was your experience of our service?",)
    assert [option.label for option in fft.options] == [
        "Very good",
        "Good",
        "Neither good nor poor",
        "Poor",
        "Very poor",
        "Don't know",
    ]


SLIPS = {
    "red without a notice": ("wsas", (f'notice = "{LICENSED}"', ""), "notice is missing"),
    "options without items": (
        "reqol10",
        ("item_min = 0\nitem_max = 4\n", 'options = [{ value = 0, label = "x" }]\n'),
        "items and",
    ),
    "no room between answers": ("wsas", ("item_max = 8", "item_max = 0"), "item_max must be"),
    "answers the wrong way round": ("rstar", ("item_min = 1\n", "item_min = 10\n"), "item_max must be above"),
    "too few areas": ("dialog", ('  "Leisure",\n', ""), "areas must name each of 11 items"),
    "too few codes": ("dialog", ('  "1037701000000108",\n', ""), "item_snomed must have a code"),
    "an item that is not there": ("core10", ("[2, 3]", "[2, 11]"), "reversed_items names an item"),
    "a mean of nothing": ("dialog", ("least = 6", "least = 9"), r"means\[1\].least is more than"),
    "a mean of items there are not": ("dialog", ("[9, 10, 11]", "[9, 10, 12]"), "means names an item"),
    "a mean without items": ("rstar", ("means = [", "means = []\nbands = ["), "cannot be read|means"),
    "a method there is not": ("pcl5", ('method = "pcl5"', 'method = "x"'), "method must be sum, mean"),
    "a pattern without a mark": ("pcl5", ("symptom_at = 2", ""), "groups is needed for the method pcl5"),
    "a pattern under another name": ("itq", ('id = "dso"', 'id = "x"'), "groups must be ptsd and dso"),
    "a profile without a scale": ("eq5d5l", ("vas_max = 100", ""), "vas_max is needed for the method"),
    "a conversion that is too short": (
        "swemwbs",
        ('"7.00", ', ""),
        "conversion must have a value for each of 29",
    ),
    "a conversion that falls": ("swemwbs", ('"9.51"', '"6.51"'), "conversion must rise"),
    "a conversion of words": ("swemwbs", ('"9.51"', '"x"'), "conversion must be numbers written as texts"),
    "bands beyond the metric": ("swemwbs", ("upto = 35", "upto = 36"), "end at the highest total, 35.00"),
    "a setting of both": ("phq2", ("caseness = 2,", "caseness = 2, reliable_change = 1,"), "one of the two"),
    "a setting of neither": ("phq2", ("caseness = 2,", ""), "one of the two"),
    "a field too many in a cluster": ("itq", ('{ id = "p12",', '{ id = "p12", x = 1,'), "x is not a known"),
    "a change of less than a point": ("phq9", ("reliable_change = 6", "reliable_change = 0.5"), "at least 1"),
}


@pytest.mark.parametrize(("name", "change", "words"), SLIPS.values(), ids=SLIPS)
def test_a_slip_is_named_with_file_and_field(
    tmp_path: Path, name: str, change: tuple[str, str], words: str
) -> None:
    with pytest.raises(EnvironmentProblem, match=words) as refusal:
        load_instrument(changed_file(tmp_path, name, change))
    assert str(refusal.value).startswith(f"{name}.toml")


def test_an_instrument_without_bands_says_so_with_none(tmp_path: Path) -> None:
    assert load_instrument(changed_file(tmp_path, "phq2")).bands == ()
