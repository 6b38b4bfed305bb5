"""``collabcare rules``: the worked examples of every rule, asked for as a Clinical Safety Officer would."""

from __future__ import annotations

import contextlib
import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.cli import rule_arguments as keys
from collabcare.cli.main import DONE, REFUSED, main
from collabcare.paths import resources_dir

HELP_PAGE = resources_dir() / "help" / "checking-the-rules.md"
TARGET = "treat-to-target --baseline {} --baseline-date 2026-01-05 --latest {} --latest-date {}"
UNKNOWN = None

# Any: JSON.


def answered(words: str, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """Return the JSON answer to a ``rules`` command."""
    assert main(["rules", *words.split(), "--json"]) == DONE
    answer = json.loads(capsys.readouterr().out)
    assert isinstance(answer, dict)
    return answer


def refused(words: str, capsys: pytest.CaptureFixture[str]) -> str:
    """Return the one sentence a ``rules`` command is refused with."""
    assert main(["rules", *words.split()]) == REFUSED
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    return said.err.strip()


SCORES: dict[str, tuple[str, dict[str, Any]]] = {
    "PHQ-W1": (
        "phq9 0 0 0 0 0 0 0 0 0",
        {"total": 0, "band": "minimal", "case": False, "safety": "none", "prorated": False},
    ),
    "PHQ-W2": (
        "phq9 1 1 1 1 1 1 1 1 1",
        {"total": 9, "band": "mild", "case": False, "safety": "prompt"},
    ),
    "PHQ-W4": ("phq9 2 2 2 2 2 2 2 1 0", {"total": 15, "band": "moderately severe"}),
    "PHQ-W5": ("phq9 3 3 3 3 3 3 3 3 3", {"total": 27, "band": "severe", "safety": "prompt"}),
    "PHQ-W6": ("phq9 3 2 2 - 1 1 1 0 0", {"total": 11, "prorated": True, "missing": 1}),
    "PHQ-W8": ("phq9 1 1 1 1 0 0 0 0 -", {"total": 5, "band": "mild", "safety": "ask"}),
    "PHQ-W9": ("phq9 3 3 3 3 - - - 0 0", {"total": None, "complete": False, "missing": 3, "case": None}),
    "PHQ2-W2": ("phq2 1 2", {"total": 3, "case": True}),
    "PHQ2-W5": ("phq2 - 3", {"total": None, "complete": False}),
    "GAD-W5": ("gad7 1 1 1 1 1 1 -", {"total": 7, "prorated": True, "case": False}),
    "GAD-W6": ("gad7 2 1 1 1 1 1 -", {"total": 8, "prorated": True, "case": True}),
    "GAD-W8": ("gad7 1 1 1 1 1 - -", {"total": None, "complete": False}),
    "WSAS-W3": ("wsas 4 4 4 4 4", {"total": 20, "band": "significant impairment"}),
    "WSAS-W5": ("wsas na 5 5 5 5", {"total": 20, "notes": ["work n/a", "bands apply to 0 to 40"]}),
    "CORE-W3": ("core10 0 0 0 0 0 0 0 0 0 0", {"total": 8, "case": False}),
    "SAFE-W5": ("core10 0 4 4 0 0 1 0 0 0 0", {"total": 1, "safety": "prompt"}),
    "REQ-W1": ("reqol10 24", {"total": 24, "case": True}),
    "DIA-W1": ("dialog 4 4 4 4 4 4 4 4 5 5 5", {"subscales": {"prom": 4, "prem": 5}}),
    "DIA-W4": ("dialog 4 4 4 4 4 - - - 5 5 5", {"subscales": {"prom": None, "prem": 5}}),
    "SWE-W1": ("swemwbs 3 3 3 3 3 3 3", {"total": 21, "metric": 19.25, "band": "low"}),
    "SWE-W3": ("swemwbs 31", {"metric": 28.13, "band": "high"}),
    "SWE-W7": ("swemwbs 3 3 3 3 3 3 -", {"total": None, "metric": None}),
    "AUD-W2": ("auditc 4 1 0", {"total": 5, "case": True, "band": "increasing"}),
    "AUD-W6": ("auditc 0 - -", {"total": 0, "complete": True}),
    "AUD-W7": ("auditc 2 1 -", {"total": None, "complete": False}),
    "PCL-W1": (f"pcl5 {'1 ' * 20}", {"total": 20, "case": False}),
    "PCL-W2": (
        f"pcl5 {'2 ' * 20}",
        {"total": 40, "subscales": {"clusters": {"B": 5, "C": 2, "D": 7, "E": 6}, "pattern": True}},
    ),
    "PCL-W7": (f"pcl5 {'2 ' * 19}-", {"total": None, "complete": False}),
    "ITQ-W3": ("itq 2 0 2 0 2 0 0 0 0 2 0 2 0 2 0 2 0 0", {"complete": True}),
    "EQ-W1": ("eq5d5l 1 1 1 1 1 90", {"total": None, "subscales": {"profile": "11111", "vas": 90}}),
    "EQ-W6": ("eq5d5l 21344", {"subscales": {"profile": "21344", "vas": None}, "complete": True}),
    "RS-W1": (f"rstar {'5 ' * 10}", {"total": 5}),
    "RS-W3": ("rstar 5 5 5 5 5 5 5 - - -", {"total": None, "complete": False}),
    "GBO-one": ("gbo 5", {"total": 5}),
    "FFT-W1": ("fft 2", {"total": None, "subscales": {"category": "Good"}}),
    "C8": ("phq9 --total 14", {"total": 14, "safety": "ask"}),
}
CHANGES: dict[str, tuple[str, dict[str, Any]]] = {
    "CHG-W1": ("phq9 15 9", {"change": 6, "reliable": "improvement", "crossed": True, "significant": True}),
    "CHG-W2": ("phq9 15 10", {"change": 5, "reliable": "none", "crossed": False, "significant": False}),
    "CHG-W3": ("phq9 10 9", {"change": 1, "reliable": "none", "crossed": True, "significant": False}),
    "CHG-W4": ("phq9 5 0", {"change": 5, "reliable": "none"}),
    "CHG-W5": ("phq9 9 15", {"change": -6, "reliable": "deterioration"}),
    "CORE": ("core10 12 6", {"reliable": "improvement", "crossed": True, "significant": True}),
    "REQ-W4": ("reqol10 20 24", {"change": 4, "reliable": "none"}),
    "SWE-W4": ("swemwbs 20 25", {"change": 3.76, "reliable": "improvement"}),
    "SWE-W5": ("swemwbs 21 24", {"change": 2.29, "reliable": "none"}),
    "PCL-W5": ("pcl5 45 35", {"change": 10, "reliable": "improvement"}),
    "PCL-W6": ("pcl5 45 36", {"change": 9, "reliable": "none"}),
    "GBO-W1": ("gbo 2 5", {"change": 3, "reliable": "improvement"}),
    "GBO-W2": ("gbo 2 4", {"change": 2, "reliable": "none"}),
    "GBO-W4": ("gbo 2,5,3 5,7,5", {"change": 2.33, "reliable": "none"}),
    "GBO-W5": ("gbo 6 3", {"change": -3, "reliable": "deterioration"}),
    "GBO-W6": ("gbo 2,3,4 5,6,-", {"change": 3, "reliable": "improvement"}),
    "DIALOG": ("dialog 4 4.5", {"change": 0.5, "reliable": None}),
}
OUTCOMES: dict[str, tuple[str, tuple[bool | None, ...]]] = {
    "TT-W1": ("--phq 15 8 --gad 12 6", (True, True, True, False, True)),
    "TT-W2": ("--phq 10 9 --gad 7 7", (True, True, False, False, False)),
    "TT-W3": ("--phq 9 3 --gad 7 3", (False, UNKNOWN, True, False, UNKNOWN)),
    "TT-W5": ("--phq 16 10 --gad 14 10", (True, False, True, False, False)),
    "TT-W6": ("--phq 12 18 --gad 9 9", (True, False, False, True, False)),
    "TT-W8": ("--phq 14 9 --gad 8 8", (True, False, False, False, False)),
    "TT-W9": ("--phq 9 15 --gad 7 7", (False, UNKNOWN, False, True, UNKNOWN)),
    "TT-W11": ("--phq 14 6", (True, UNKNOWN, True, False, UNKNOWN)),
}
TARGETS: dict[str, tuple[str, int, set[str]]] = {
    "T2T-W1": (TARGET.format(18, 9, "2026-03-02"), 56, {"RESPONSE"}),
    "T2T-W2": (TARGET.format(18, 10, "2026-03-02"), 56, {"PARTIAL", "NOT_IMPROVING"}),
    "T2T-W4": (TARGET.format(16, 12, "2026-02-02"), 28, {"EARLY_CHECK"}),
    "T2T-W4-11": (TARGET.format(16, 11, "2026-02-02"), 28, {"PARTIAL"}),
    "T2T-W5": (TARGET.format(12, 4, "2026-02-02"), 28, {"REMISSION", "RESPONSE"}),
    "T2T-W7": (TARGET.format(9, 8, "2026-04-06"), 91, set()),
    "worse": (TARGET.format(12, 18, "2026-01-12"), 7, {"WORSENING"}),
    "low": (TARGET.format(12, 11, "2026-01-12") + " --lowest 6", 7, {"WORSENING"}),
}
OTHERS: dict[str, tuple[str, dict[str, Any]]] = {
    "WAIT-W1": (
        "wait --referred 2026-03-02 --treated 2026-04-13",
        {"days": 42, "within_6_weeks": True, "within_18_weeks": True},
    ),
    "WAIT-W2": (
        "wait --referred 2026-03-02 --treated 2026-04-14",
        {"days": 43, "within_6_weeks": False, "within_18_weeks": True},
    ),
    "working-day": ("working-day 2026-08-28 3", {"date": "2026-09-03"}),
    "NHS-W1": ("nhs-number 943 476 5919", {"valid": True, "display": "943 476 5919", "reason": None}),
    "RET-W1": ("retention --discharged 2026-03-15", {"review_on": "2046-03-15"}),
    "RET-W2": ("retention --discharged 2026-03-15 --died 2030-05-01", {"review_on": "2040-05-01"}),
    "RET-W4": ("retention --discharged 2026-03-15 --died 2028-02-29", {"review_on": "2038-03-01"}),
}
LADDERS: dict[str, tuple[str, list[str]]] = {
    "DNA-W1": (
        "--missed 2026-03-09 --track standard",
        ["2026-03-09", "2026-03-11", "2026-03-16", "2026-03-23", "2026-03-30", "2026-04-13"],
    ),
    "DNA-W5": (
        "--missed 2026-08-28 --track prompt",
        ["2026-08-28", "2026-08-28", "2026-09-01", "2026-09-03"],
    ),
    "late": (
        "--missed 2026-03-09 --time 16:00 --track standard --rung5-sent 2026-04-01",
        ["2026-03-10", "2026-03-11", "2026-03-16", "2026-03-23", "2026-03-30", "2026-04-15"],
    ),
}
REFUSALS = {
    "PHQ-W10": "score phq9 4 0 0 0 0 0 0 0 0",
    "REQ-W6": "score reqol10 41",
    "DIA-W6": "score dialog 8 4 4 4 4 4 4 4 5 5 5",
    "SWE-W8": "score swemwbs 36",
    "GBO-W7": "score gbo 11",
    "EQ-W3": "score eq5d5l 1111",
    "EQ-W4": "score eq5d5l 11116",
    "EQ-W5": "score eq5d5l 11111 101",
    "RS-W4": "score rstar 0 5 5 5 5 5 5 5 5 5",
    "work": "score wsas 9 1 1 1 1",
    "letters": "score phq9 a 0 0 0 0 0 0 0 0",
    "too few": "score phq9 1 2 3",
    "nothing": "score phq9",
    "both": "score phq9 1 --total 3",
    "unknown": "score phq99 1",
    "half": "change phq9 15.5 9",
    "infinite": "change dialog inf 4",
    "WAIT-W8": "wait --referred 2026-03-02 --treated 2026-03-01",
    "letter first": "ladder --missed 2026-03-09 --track standard --rung5-sent 2026-03-01",
    "no count": "working-day 2026-08-28 0",
    "end of time": "working-day 9999-12-30 400",
    "no model": "pathway nowhere",
    "backwards": TARGET.format(18, 9, "2026-01-01"),
}


@pytest.mark.parametrize(("words", "expected"), SCORES.values(), ids=SCORES)
def test_a_score_is_as_worked_out_by_hand(
    words: str, expected: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    answer = answered(f"score {words}", capsys)
    assert {key: answer[key] for key in expected} == expected


@pytest.mark.parametrize(("words", "expected"), CHANGES.values(), ids=CHANGES)
def test_a_change_is_positive_when_better(
    words: str, expected: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    answer = answered(f"change {words}", capsys)
    assert {key: answer[key] for key in expected} == expected


@pytest.mark.parametrize(("words", "expected"), OUTCOMES.values(), ids=OUTCOMES)
def test_an_outcome_says_null_for_what_is_unknown(
    words: str, expected: tuple[bool | None, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    answer = answered(f"outcome {words}", capsys)
    assert tuple(answer[key] for key in keys.OUTCOME_KEYS[:5]) == expected
    assert not answer["mixed"]


def test_one_better_and_one_worse_is_mixed(capsys: pytest.CaptureFixture[str]) -> None:
    answer = answered("outcome --phq 16 10 --gad 8 12", capsys)
    assert answer["mixed"] is True
    assert answer["reliable_improvement"] is answer["reliable_deterioration"] is False


@pytest.mark.parametrize(("words", "days", "flags"), TARGETS.values(), ids=TARGETS)
def test_the_flags_of_treat_to_target(
    words: str, days: int, flags: set[str], capsys: pytest.CaptureFixture[str]
) -> None:
    answer = answered(words, capsys)
    assert (answer["days"], set(answer["flags"])) == (days, flags)
    assert len(answer["suggestions"]) == len(flags)


@pytest.mark.parametrize(("words", "expected"), OTHERS.values(), ids=OTHERS)
def test_dates_and_numbers(words: str, expected: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    answer = answered(words, capsys)
    assert {key: answer[key] for key in expected} == expected


@pytest.mark.parametrize(("words", "due"), LADDERS.values(), ids=LADDERS)
def test_the_rungs_of_a_ladder_are_dated(
    words: str, due: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    rungs = answered(f"ladder {words}", capsys)["rungs"]
    assert [rung["due"] for rung in rungs] == due
    assert [rung["rung"] for rung in rungs] == list(range(1, len(due) + 1))
    assert all(rung["what"] for rung in rungs)


@pytest.mark.parametrize(
    "number", ["9434765918", "9991234567", "0000000000", "943476591", "943476591A"], ids=str
)
def test_a_number_that_is_nobodys_is_answered_with_why(
    number: str, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = answered(f"nhs-number {number}", capsys)
    assert (answer["valid"], answer["display"]) == (False, None)
    assert answer["reason"].endswith(".")


@pytest.mark.parametrize("words", REFUSALS.values(), ids=REFUSALS)
def test_what_cannot_be_is_refused_in_one_sentence(words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert refused(words, capsys).endswith(".")


def test_every_service_model_prints_itself_with_its_quotations(capsys: pytest.CaptureFixture[str]) -> None:
    models = answered("pathway", capsys)
    for name in models:
        answer = answered(f"pathway {name}", capsys)
        assert answer["id"] == name
        assert answer["rule"]
        assert answer["source"]
        assert main(["rules", "pathway", name]) == DONE
        assert answer["name"] in capsys.readouterr().out


COMMANDS = {
    "score phq9 0 0 0 0 0 0 0 0 0": keys.SCORE_KEYS,
    "change phq9 15 9": keys.CHANGE_KEYS,
    "change gbo 2 5": keys.CHANGE_KEYS,
    "outcome --phq 15 9": keys.OUTCOME_KEYS,
    TARGET.format(18, 9, "2026-03-02"): keys.TARGET_KEYS,
    "ladder --missed 2026-03-09 --track prompt": keys.LADDER_KEYS,
    "wait --referred 2026-03-02 --treated 2026-04-13": keys.WAIT_KEYS,
    "working-day 2026-08-28 3": keys.WORKING_DAY_KEYS,
    "nhs-number 9434765919": keys.NHS_NUMBER_KEYS,
    "retention --discharged 2026-03-15": keys.RETENTION_KEYS,
}


@pytest.mark.parametrize(("words", "expected"), COMMANDS.items(), ids=COMMANDS)
def test_the_keys_are_the_ones_promised_and_explained(
    words: str, expected: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    answer = answered(words, capsys)
    page = HELP_PAGE.read_text(encoding="utf-8")
    assert tuple(answer) == expected
    assert answer["rule"]
    assert answer["source"]
    assert not [key for key in expected if f"`{key}`" not in page]


@pytest.mark.parametrize("words", COMMANDS, ids=COMMANDS)
def test_a_reader_gets_every_key_in_lines(words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", *words.split()]) == DONE
    said = capsys.readouterr().out
    assert all(f"{key}:" in said for key in COMMANDS[words])
    assert "None" not in said


RULES = ("score", "change", "outcome", "working-day", "nhs-number", "pathway")
TYPED = st.one_of(
    st.sampled_from(["phq9", "gad7", "wsas", "eq5d5l", "gbo", "dialog", "rstar", "itq", "fft", "-", "na"]),
    st.integers(-5, 120).map(str),
    st.dates().map(str),
    st.text("0123456789-.,xé ٣", min_size=1, max_size=6).filter(lambda word: not word.startswith("--")),
)


@given(st.sampled_from(RULES), st.lists(TYPED, max_size=12))
def test_nothing_typed_ends_in_anything_but_an_answer_or_a_sentence(rule: str, words: list[str]) -> None:
    with contextlib.redirect_stderr(io.StringIO()) as said, contextlib.redirect_stdout(io.StringIO()):
        try:
            code = main(["rules", rule, *words])
        except SystemExit as leaving:
            code = int(str(leaving.code))
    assert code in {DONE, REFUSED, 2}
    assert "Traceback" not in said.getvalue()
