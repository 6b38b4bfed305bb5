"""The commands on a whole demo record, as IT staff and scripts run them."""

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
    from pathlib import Path

    from collabcare.demo.build import DemoRecord


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


def said_json(words: list[str], capsys: pytest.CaptureFixture[str]) -> list[dict[str, str | int | None]]:
    assert main([*words, "--format", "json"]) == 0
    found: list[dict[str, str | int | None]] = json.loads(capsys.readouterr().out)
    return found


def test_the_caseload_has_the_documented_keys(signed: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    rows = said_json(["caseload", *signed], capsys)
    with pytest.raises(SystemExit):
        parser().parse_args(["caseload", "--help"])
    documented = capsys.readouterr().out
    assert len(rows) == 60
    assert all(key in documented for key in rows[0])


def test_the_worklist_agrees_with_the_caseload_on_what_is_due(
    signed: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    first_due = {row["episode_id"]: row for row in said_json(["caseload", *signed], capsys)}
    worklist = said_json(["worklist", *signed], capsys)
    assert worklist
    ended = [item for item in worklist if item["episode_id"] not in first_due]
    assert {item["kind"] for item in ended} <= {"gp_letter"}, "the summaries of those whose care has ended"
    for item in (item for item in worklist if item not in ended):
        row = first_due[item["episode_id"]]
        same_kind = [w for w in worklist if w["episode_id"] == item["episode_id"] and w["kind"] == row["due"]]
        assert same_kind, "what the caseload shows first is on the worklist"
        assert same_kind[0]["due_on"] == row["due_on"]
        assert same_kind[0]["why"] == row["why"]


def test_csv_holds_the_same_rows_and_a_blank_stays_blank(
    signed: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    rows = said_json(["caseload", *signed], capsys)
    assert main(["caseload", *signed, "--format", "csv"]) == 0
    read = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert list(read[0]) == list(rows[0])
    never_scored = [n for n, row in enumerate(rows) if row["phq9_latest"] is None]
    assert never_scored
    assert all(read[n]["phq9_latest"] == "" for n in never_scored)
    assert [row["episode_id"] for row in read] == [str(row["episode_id"]) for row in rows]


@pytest.mark.parametrize("command", ["caseload", "worklist"])
def test_a_table_is_for_reading(command: str, signed: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command, *signed]) == 0
    assert "Held by" in capsys.readouterr().out


def a_patient_seen(signed: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    rows = said_json(["caseload", *signed], capsys)
    return str(next(row["nhs_number"] for row in rows if row["last_seen_on"]))


def test_a_letter_is_issued_and_saved(
    signed: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "letter.pdf"
    patient = a_patient_seen(signed, capsys)
    assert main(["letter", *signed, "--patient", patient, "--kind", "gp_review", "--to", str(page)]) == 0
    assert page.read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"--kind": "gp_poem"}, "There is no letter 'gp_poem'."),
        ({"--patient": "9990000019"}, "check digit"),
        ({"--patient": "9434765919"}, "No patient with this NHS number"),
        ({"--to": "no-such-folder/letter.pdf"}, "that folder does not exist"),
    ],
    ids=lambda value: str(value)[:24],
)
def test_a_letter_that_cannot_be_written_is_refused_in_one_sentence(
    change: dict[str, str],
    sentence: str,
    signed: list[str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    patient = a_patient_seen(signed, capsys)
    asked = {"--patient": patient, "--kind": "gp_review", "--to": str(tmp_path / "letter.pdf")} | change
    assert main(["letter", *signed, *(word for pair in asked.items() for word in pair)]) == REFUSED
    said = capsys.readouterr()
    assert sentence in said.err
    assert "Traceback" not in said.err
    assert not (tmp_path / "letter.pdf").exists()


def test_a_file_that_is_there_is_never_replaced(
    signed: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "letter.pdf"
    page.write_text("something else", encoding="utf-8")
    patient = a_patient_seen(signed, capsys)
    assert (
        main(["letter", *signed, "--patient", patient, "--kind", "gp_review", "--to", str(page)]) == REFUSED
    )
    assert page.read_text(encoding="utf-8") == "something else"


def test_a_wrong_password_is_one_sentence(
    demo_record: DemoRecord, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = tmp_path / "wrong.txt"
    wrong.write_text("not this one at all\n", encoding="utf-8")
    words = ["caseload", "--record", str(demo_record.path), "--user", "jo", "--password-file", str(wrong)]
    assert main(words) == REFUSED
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1


def test_names_that_look_like_formulas_are_defused_in_csv() -> None:
    from collabcare.cli.lists import as_csv

    text = as_csv([{"surname": "=1+1", "score": 0, "none": None}], ("surname", "score", "none"))
    assert text == "surname,score,none\r\n'=1+1,0,\r\n"
