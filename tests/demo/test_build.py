"""The demo record: real rows made by the real services, whole or not there, never beside a real record."""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from collabcare.demo.build import MOST_PATIENTS, RECORD_NAME, DemoRecord, build_demo
from collabcare.domain.acting import Role
from collabcare.domain.errors import EnvironmentProblem, RuleViolation
from collabcare.store.keyfile import key_path, read_key_file
from collabcare.store.models import Base, Site
from collabcare.store.record import FirstUser, NewRecord, NewSite, create_record, open_record, verify
from tests.demo_record import CHEAP, DEMO_TODAY
from tests.record_fixtures import PASSWORD

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

AMARA = ("amara", "demo caseload 2026")


def build(folder: Path, *, patients: int = 6, seed: int = 1, today: date = DEMO_TODAY) -> DemoRecord:
    """Build a small demo."""
    return build_demo(folder, patients=patients, seed=seed, today=today, cost=CHEAP)


def content(path: Path) -> str:
    """Return a fingerprint of every row, leaving out only the record's random number."""
    found = sha256()
    with open_record(path, *AMARA) as opened, opened.sessions() as session:
        for table in Base.metadata.sorted_tables:
            columns = [column for column in table.c if column.name != "record_id"]
            for row in session.execute(select(*columns).order_by(*table.primary_key)):
                found.update(repr(tuple(row)).encode())
    return found.hexdigest()


def test_the_same_seed_makes_the_same_record_to_the_byte_of_every_letter(tmp_path: Path) -> None:
    first = content(build(tmp_path / "one", patients=12).path)
    assert content(build(tmp_path / "two", patients=12).path) == first
    assert content(build(tmp_path / "three", patients=12, seed=2).path) != first


def test_everybody_named_can_sign_in_practitioners_first(tmp_path: Path) -> None:
    built = build(tmp_path, patients=1)
    assert [each.role for each in built.sign_ins] == [
        *[Role.PRACTITIONER] * 3,
        Role.SUPERVISOR,
        Role.ADMINISTRATOR,
    ]
    for login, password, _role in built.sign_ins:
        with open_record(built.path, login, password) as opened:
            assert opened.is_demo


def test_it_is_marked_as_a_demo_inside_and_out_and_is_whole(demo_record: DemoRecord) -> None:
    assert read_key_file(demo_record.path).identity.is_demo
    with open_record(demo_record.path, *AMARA) as opened:
        assert verify(opened) == []
        with opened.sessions() as session:
            assert session.scalars(select(Site.is_demo)).all() == [True]


def test_a_demo_is_replaced_and_nothing_else_is_left(tmp_path: Path) -> None:
    before = content(build(tmp_path).path)
    assert content(build(tmp_path, seed=2).path) != before
    assert sorted(path.name for path in tmp_path.iterdir()) == [RECORD_NAME, f"{RECORD_NAME}.keys"]


def real_record(path: Path) -> None:
    """Make a record that is no demo."""
    site = NewSite(name="Elm Street", address="1 Elm Street", pathway_id="pcn_practitioner")
    user = FirstUser(login="amina", password=PASSWORD, name="Amina Shah", role=Role.ADMINISTRATOR)
    at = datetime(2026, 11, 1, 9, tzinfo=UTC)
    create_record(path, NewRecord(site=site, user=user), at, CHEAP)


@pytest.mark.parametrize("name", ["elm.ccrecord", RECORD_NAME])
def test_beside_a_real_record_nothing_is_built_whatever_its_name(tmp_path: Path, name: str) -> None:
    real_record(tmp_path / name)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(RuleViolation, match=rf"holds another record, {name}\. Nothing was made"):
        build(tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_record_that_cannot_be_told_to_be_a_demo_is_left_alone(tmp_path: Path) -> None:
    built = build(tmp_path, patients=1)
    key_path(built.path).write_text("{}")
    with pytest.raises(RuleViolation, match="Nothing was made"):
        build(tmp_path)
    key_path(built.path).unlink()
    with pytest.raises(RuleViolation, match="Nothing was made"):
        build(tmp_path)


def test_a_key_file_alone_is_enough_to_leave_the_folder_alone(tmp_path: Path) -> None:
    real_record(tmp_path / "elm.ccrecord")
    (tmp_path / "elm.ccrecord").unlink()
    with pytest.raises(RuleViolation, match="another record"):
        build(tmp_path)


class Stopped(Exception):
    """What the test stops a build with."""


def test_a_build_that_is_stopped_leaves_the_demo_that_was_there(tmp_path: Path) -> None:
    before = content(build(tmp_path).path)

    def stop(done: int, of: int) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        build_demo(tmp_path, patients=3, today=DEMO_TODAY, cost=CHEAP, progress=stop)
    assert sorted(path.name for path in tmp_path.iterdir()) == [RECORD_NAME, f"{RECORD_NAME}.keys"]
    assert content(tmp_path / RECORD_NAME) == before


def test_progress_ends_with_everybody(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    build_demo(
        tmp_path, patients=6, today=DEMO_TODAY, cost=CHEAP, progress=lambda done, of: told.append((done, of))
    )
    assert told[-1] == (8, 8)


@pytest.mark.parametrize("patients", [0, -1, MOST_PATIENTS + 1])
def test_a_number_out_of_range_is_refused_before_anything_is_made(tmp_path: Path, patients: int) -> None:
    with pytest.raises(RuleViolation, match=r"1 to 100,000 patients\. Nothing was made"):
        build(tmp_path / "demo", patients=patients)
    assert not (tmp_path / "demo").exists()


def test_a_folder_that_cannot_be_made_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(EnvironmentProblem, match=r"could not make the demo in .*: that is not a folder"):
        build(tmp_path / "file" / "demo")
