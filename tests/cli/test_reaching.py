"""The commands about reaching people, on a whole demo record."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest

from collabcare.cli.arguments import parser
from collabcare.cli.main import REFUSED, main
from tests.demo_record import DEMO_TODAY

if TYPE_CHECKING:
    from collabcare.demo.build import DemoRecord

Records = list[dict[str, str | int | float | None]]


@pytest.fixture
def signed(demo_record: DemoRecord) -> list[str]:
    """The words that sign the first practitioner in to a demo record of the test's own."""
    first = demo_record.sign_ins[0]
    password = demo_record.path.with_name("password.txt")
    password.write_text(f"{first.password}\n", encoding="utf-8")
    return [
        *("--record", str(demo_record.path), "--user", first.login),
        *("--password-file", str(password), "--today", DEMO_TODAY.isoformat()),
    ]


YEAR = ["--from", "2025-11-26", "--to", "2026-11-25"]


def said(words: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    assert main(words) == 0
    return capsys.readouterr().out


def records(words: list[str], capsys: pytest.CaptureFixture[str]) -> Records:
    found: Records = json.loads(said([*words, "--format", "json"], capsys))
    return found


def test_every_share_has_both_its_numbers(signed: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    found = records(["loop", *signed, *YEAR], capsys)
    lines = {(each["table"], each["line"], each["measure"]): each for each in found}
    missed = lines["summary", "Appointments missed", "How many"]["value"]
    reached = lines["summary", "Reached, or in touch themselves", "How many"]
    assert isinstance(missed, int)
    assert missed > 0
    assert (reached["denominator"], reached["value"]) == (missed, None)
    assert all((each["percent"] is None) or each["denominator"] for each in found)
    assert {each["period_from"] for each in found} == {"2025-11-26"}
    by_holder = [
        each["value"] for each in found if (each["table"], each["measure"]) == ("practitioners", "Missed")
    ]
    assert sum(each for each in by_holder if isinstance(each, int)) == missed


def test_csv_holds_the_same_numbers(signed: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    wanted = records(["loop", *signed, "--mine"], capsys)
    text = said(["loop", *signed, "--mine", "--format", "csv"], capsys)
    read = list(csv.DictReader(io.StringIO(text)))
    assert [each["numerator"] for each in read] == [
        "" if each["numerator"] is None else str(each["numerator"]) for each in wanted
    ]
    assert "practitioners" not in {each["table"] for each in read}


def test_who_is_still_being_sought_stands_the_longest_first(
    signed: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    found = records(["loop", *signed, "--sought"], capsys)
    days = [each["days"] for each in found]
    assert days
    assert days == sorted(days, key=lambda each: -int(each or 0))
    reengaging = [
        each["episode_id"]
        for each in records(["worklist", *signed], capsys)
        if str(each["kind"]).startswith("reengage")
    ]
    assert set(reengaging) <= {each["episode_id"] for each in found}


def test_the_table_is_stamped(signed: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    text = said(["loop", *signed], capsys)
    assert text.startswith("Whole service, 26-Aug-2026 to 25-Nov-2026. Data as at 25-Nov-2026.\n")
    assert "Still being sought" in text
    assert "Last attempt" in said(["loop", *signed, "--sought"], capsys)


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        (["--from", "2026-11-02", "--to", "2026-11-01"], "ends before it begins"),
        (["--to", "2026-11-26"], "ends in the future"),
    ],
)
def test_a_period_that_cannot_be_is_refused_in_one_sentence(
    days: list[str], sentence: str, signed: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["loop", *signed, *days]) == REFUSED
    assert sentence in capsys.readouterr().err


def test_reminders_are_a_list_to_ring_and_a_list_to_write_to(
    signed: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    found = records(["reminders", *signed], capsys)
    assert found
    assert {each["by"] for each in found} <= {"ring", "write", "ask"}
    assert all(str(each["appointment_on"]) > DEMO_TODAY.isoformat() for each in found)
    text = said(["reminders", *signed], capsys)
    assert text.startswith(f"{len(found)} reminders to make. Nothing is sent by the program.")
    assert text.count("None") >= 1
    rows = list(csv.DictReader(io.StringIO(said(["reminders", *signed, "--format", "csv"], capsys))))
    assert [row["surname"] for row in rows] == [each["surname"] for each in found]


@pytest.mark.parametrize(("command", "extra"), [("loop", []), ("loop", ["--sought"]), ("reminders", [])])
def test_the_keys_are_documented(
    command: str, extra: list[str], signed: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    found = records([command, *signed, *extra], capsys)
    with pytest.raises(SystemExit):
        parser().parse_args([command, "--help"])
    documented = capsys.readouterr().out
    assert all(key in documented for key in found[0])
