"""``collabcare rules`` as a hurried person types it, and what an answer must say besides its number."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from collabcare.cli.main import DONE, REFUSED, main
from collabcare.cli.typed_words import day

# Any: JSON.


def answered(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    """Return the JSON answer to a ``rules`` command."""
    assert main(["rules", *words, "--json"]) == DONE
    answer = json.loads(capsys.readouterr().out)
    assert isinstance(answer, dict)
    return answer


REFUSED_WORDS: dict[str, tuple[list[str], str]] = {
    "a profile has no total": (
        ["score", "eq5d5l", "--total", "90"],
        "EQ-5D-5L has no total. Type its answers.",
    ),
    "nor has a category": (
        ["score", "fft", "--total", "1"],
        "Friends and Family Test has no total. Type its answers.",
    ),
    "an anonymous answer has no pair": (
        ["change", "fft", "1", "5"],
        "Friends and Family Test is anonymous and has no total. There is nothing to compare.",
    ),
    "an exponent without end": (
        ["score", "dialog", "--total", "1e999999999"],
        "DIALOG: '1e999999999' is not a number such as 4.5.",
    ),
    "a page of nines": (
        ["score", "phq9", "--total", "9" * 5000],
        f"PHQ-9: '{'9' * 30}…' is not a whole number such as 12.",
    ),
    "an underscore": (["score", "phq9", "--total", "1_4"], "PHQ-9: '1_4' is not a whole number such as 12."),
    "a typeset minus": (["score", "phq9", "--total", "−3"], "PHQ-9 totals run 0 to 27."),
    "more days than are known": (
        ["working-day", "2026-08-28", "1001"],
        "At most 1000 working days are counted at a time.",
    ),
    "a year without known holidays": (
        ["ladder", "--missed", "1500-01-01", "--track", "standard"],
        "Bank holidays are known for 1971 to 2094 only. Check the date.",
    ),
}


@pytest.mark.parametrize(("words", "sentence"), REFUSED_WORDS.values(), ids=REFUSED_WORDS)
def test_what_cannot_be_counted_is_refused_with_the_true_reason(
    words: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["rules", *words]) == REFUSED
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", f"{sentence}\n")


def test_the_mean_of_goals_may_be_copied_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert answered(capsys, "score", "gbo", "--total", "5.5")["total"] == 5.5


@pytest.mark.parametrize("name", ["PHQ-9", " phq9 ", "Phq 9", "phq\u20119"])
def test_a_questionnaire_is_known_however_it_is_written(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert answered(capsys, "score", name, "--total", "14")["total"] == 14


@pytest.mark.parametrize("blank", ["-", "–", "—", "\u2011", "−", "blank"])
def test_any_dash_is_a_blank_and_never_a_nought(blank: str, capsys: pytest.CaptureFixture[str]) -> None:
    answer = answered(capsys, "score", "phq9", *"22111100", blank)
    assert (answer["total"], answer["missing"], answer["safety"]) == (9, 1, "ask")


@pytest.mark.parametrize("track", ["Standard", "PROMPT"])
def test_a_track_is_known_in_capitals(track: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert answered(capsys, "ladder", "--missed", "2026-03-09", "--track", track)["track"] == track.lower()


GOALS: list[tuple[str, str, tuple[float | None, str | None, list[str]]]] = [
    (
        "5,5,5",
        "10,10,2",
        (2.33, "none", ["Goal 1 has moved closer", "Goal 2 has moved closer", "Goal 3 has moved away"]),
    ),
    ("1,7,3", "2,1,1", (-2.33, "none", ["Goal 2 has moved away"])),
    ("6", "3", (-3, "deterioration", ["Goal 1 has moved away"])),
    ("2,5,3", "5,6,3", (1.33, "none", ["Goal 1 has moved closer"])),
    ("blank,5", "3,8", (3, "improvement", ["Goal 2 has moved closer"])),
    ("2", "-", (None, None, ["No goal was rated both times, so there is nothing to compare."])),
]


@pytest.mark.parametrize(("first", "last", "expected"), GOALS)
def test_the_mean_of_goals_and_each_goal_are_told_apart(
    first: str,
    last: str,
    expected: tuple[float | None, str | None, list[str]],
    capsys: pytest.CaptureFixture[str],
) -> None:
    answer = answered(capsys, "change", "gbo", first, last)
    assert (answer["change"], answer["reliable"], answer["notes"]) == expected


@pytest.mark.parametrize(
    ("words", "first_due", "note"),
    [
        ("2026-08-29 --track prompt", "2026-09-01", "If the service was at work that day, act that day."),
        ("2026-08-29 --track standard", "2026-09-01", "The missed day is a day off"),
        ("2026-08-28 --time 16:00 --track standard", "2026-09-01", "ended at or after 16:00"),
    ],
)
def test_a_first_rung_that_is_not_the_same_day_says_why(
    words: str, first_due: str, note: str, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = answered(capsys, "ladder", "--missed", *words.split())
    assert answer["rungs"][0]["due"] == first_due
    assert note in answer["notes"][0]


def test_the_days_of_a_ladder_are_called_ours(capsys: pytest.CaptureFixture[str]) -> None:
    answer = answered(capsys, "ladder", "--missed", "2026-03-09", "--track", "standard")
    assert answer["notes"] == []
    assert answer["source"].endswith("The days and hours of the ladder are this project's defaults.")


def test_a_letter_sent_years_later_is_still_not_answered_on_christmas_day(
    capsys: pytest.CaptureFixture[str],
) -> None:
    sent = day("2040-12-11")
    words = ("--missed", "2026-03-09", "--track", "standard", "--rung5-sent", str(sent))
    last = answered(capsys, "ladder", *words)["rungs"][-1]["due"]
    assert date.fromisoformat(last) == date(2040, 12, 27)


def test_what_a_scale_does_not_have_is_not_called_unknown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "nhs-number", "943\u2011476\u20115919"]) == DONE
    said = capsys.readouterr().out
    assert "display: 943 476 5919" in said
    assert "reason:  none" in said


def test_a_second_miss_in_a_row_begins_the_ladder_higher(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--missed", "2026-03-09", "--track", "standard", "--consecutive", "2"]
    rungs = answered(capsys, "ladder", *words)["rungs"]
    assert [rung["rung"] for rung in rungs] == [2, 3, 4, 5, 6]
    assert rungs[2]["due"] == "2026-03-09"
