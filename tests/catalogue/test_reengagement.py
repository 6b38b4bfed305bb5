"""The two ladders and the numbers of re-engagement, as their files give them and as they may not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from collabcare.catalogue.reengagement import REENGAGEMENT_FILE, ladders, load_reengagement
from collabcare.catalogue.toml_file import TomlTable
from collabcare.domain.errors import EnvironmentProblem
from collabcare.domain.reach_facts import Track
from collabcare.paths import resources_dir
from tests.builders_reach import both_ladders, policy

if TYPE_CHECKING:
    from pathlib import Path

RULES = resources_dir() / "rules"
MODEL = resources_dir() / "pathways" / "pcn_practitioner.toml"


def test_the_prompt_ladder_is_as_agreed() -> None:
    ladder = both_ladders().prompt
    assert [(rung.number, rung.working_days, rung.within_hours) for rung in ladder.rungs] == [
        (1, 0, 2),
        (2, 0, None),
        (3, 1, None),
        (4, 3, None),
    ]
    assert (ladder.restart_rung, ladder.letter_rung, ladder.review_days) == (2, 4, 7)
    assert (ladder.same_day_until, ladder.second_miss_rung) == (None, None)
    assert both_ladders().of(Track.PROMPT) is ladder
    assert both_ladders().of(Track.STANDARD) is both_ladders().standard


@pytest.mark.parametrize("track", Track)
def test_no_rung_ends_care_or_calls_the_police(track: Track) -> None:
    words = " ".join(rung.what for rung in both_ladders().of(track).rungs).lower()
    assert not re.search(r"discharg|\bclos(e|ing)\b|police|\brisk\b", words)


def test_the_numbers_are_as_agreed() -> None:
    found = policy()
    assert (found.tracks.recent_days, found.tracks.antidepressant_days) == (90, 28)
    assert (found.tracks.age_from, found.tracks.age_to) == (18, 25)
    assert [item.instrument for item in found.tracks.safety_items] == ["phq9", "core10"]
    assert (found.snoozes.per_rung, found.snoozes.after_appointment) == (2, 1)
    assert [found.snoozes.call_later(track) for track in Track] == [2, 1]
    assert (found.gate.attempts, found.gate.channels, found.gate.written) == (3, 2, 1)
    assert found.gate.reply_days == 14
    assert found.reminders.days_before == (1, 7)
    assert found.first_miss_referrer_rung == 3


def test_the_file_says_that_its_numbers_are_its_own() -> None:
    text = (RULES / REENGAGEMENT_FILE).read_text(encoding="utf-8")
    assert "never national" in text
    parts = (policy().tracks, policy().snoozes, policy().reach, policy().reminders, policy().gate)
    assert all(part.source and part.rule for part in parts)
    assert len({part.rule for part in parts}) == len(parts)


FAULTS = {
    "no source": ("[gate]\nrule", "[gate]\nx = 1\nrule", "gate.x is not a known"),
    "no rule": ('rule = "reengagement"\n', "", "rule is missing"),
    "a field too many": ("first_miss_referrer_rung", "y = 1\nfirst_miss_referrer_rung", "y is not a known"),
    "ages that fall": ("age_to = 25", "age_to = 17", "tracks.age_to must not be below age_from"),
    "no reminder": ("days_before = [1, 7]", "days_before = []", "reminders.days_before must name days"),
    "a message without its day": ("appointment on {when}", "appointment", "message must have {when} and"),
    "a reminder on the day": ("days_before = [1, 7]", "days_before = [0, 7]", "must name days before"),
    "nobody signs": ('["supervisor", "practitioner"]', "[]", "gate.sign_off_roles must name some of"),
    "a stranger signs": ('["supervisor", "practitioner"]', '["matron"]', "sign_off_roles must name some of"),
    "no attempts": ("attempts = 3", "attempts = 0", "gate.attempts must be a whole number of at least 1"),
    "an item too many": ('words = "PHQ-9 question 9"', 'words = "x", y = 1', r"safety_items\[1\].y is not"),
}


@pytest.mark.parametrize(("before", "after", "words"), FAULTS.values(), ids=FAULTS)
def test_a_slip_in_the_rules_is_named(tmp_path: Path, before: str, after: str, words: str) -> None:
    text = (RULES / REENGAGEMENT_FILE).read_text(encoding="utf-8")
    assert before in text
    (tmp_path / REENGAGEMENT_FILE).write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(EnvironmentProblem, match=words) as refusal:
        load_reengagement(tmp_path)
    assert str(refusal.value).startswith(REENGAGEMENT_FILE)


LADDER_FAULTS = {
    "no prompt ladder": ("[ladder.prompt]", "[ladder.fast]", "ladder.prompt is missing"),
    "a channel nobody has": ('ways = ["call"]', 'ways = ["pigeon"]', "ways must name some of call, text"),
    "no channel": ('ways = ["call"]', "ways = []", "ways must name some of"),
    "hours of another day": (
        "number = 3, working_days = 1,",
        "number = 3, working_days = 1, within_hours = 2,",
        "within_hours is for a rung of the same day",
    ),
    "a reply to a letter that comes later": (
        "letter_rung = 5",
        "letter_rung = 6",
        "must come before the rung",
    ),
    "a reply to no letter": ("letter_rung = 5 ", "# ", "letter_rung must come before the rung"),
    "rungs out of order": ("number = 3, working", "number = 2, working", "rungs must be numbered upwards"),
    "days that fall": ("working_days = 15", "working_days = 9", "must not fall due earlier"),
    "no such rung": ("restart_rung = 2", "restart_rung = 9", "restart_rung is not one of the rungs"),
    "two dates": ("working_days = 15", "working_days = 15, days_after_letter = 3", "and not both"),
    "no date": ("working_days = 15, ", "", "working_days or days_after_letter must be given"),
    "a time": ('"16:00"', '"four"', "same_day_until must be a time such as 16:00"),
    "a time with a zone": ('"16:00"', '"16:00+01:00"', "same_day_until must be a time such as"),
    "no days between reviews": ("review_days = 7", "review_days = 0", "prompt.review_days must be a whole"),
}


@pytest.mark.parametrize(("before", "after", "words"), LADDER_FAULTS.values(), ids=LADDER_FAULTS)
def test_a_slip_in_a_ladder_is_named(tmp_path: Path, before: str, after: str, words: str) -> None:
    text = MODEL.read_text(encoding="utf-8")
    assert before in text
    file = tmp_path / MODEL.name
    file.write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(EnvironmentProblem, match=words):
        ladders(TomlTable.read(file).table("ladder"))


def test_a_ladder_has_rungs(tmp_path: Path) -> None:
    file = tmp_path / "none.toml"
    file.write_text("standard = { restart_rung = 1, rungs = [] }\nprompt = {}\n", encoding="utf-8")
    with pytest.raises(EnvironmentProblem, match="rungs must be numbered upwards"):
        ladders(TomlTable.read(file))


def test_what_a_model_does_not_state_of_a_ladder_stays_empty(tmp_path: Path) -> None:
    bare = '{ restart_rung = 1, rungs = [{ number = 1, working_days = 0, what = "Call" }] }'
    file = tmp_path / "bare.toml"
    file.write_text(f"standard = {bare}\nprompt = {bare}\n", encoding="utf-8")
    found = ladders(TomlTable.read(file)).standard
    assert (found.same_day_until, found.letter_rung, found.second_miss_rung) == (None, None, None)
    assert (found.review_days, found.rungs[0].ways, found.rungs[0].within_hours) == (None, (), None)
