"""Make a record and open it: whole or not at all, and every refusal true."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from collabcare.domain.errors import (
    Cancelled,
    CollabCareError,
    DamagedRecord,
    EnvironmentProblem,
    NewerRecord,
    RuleViolation,
)
from collabcare.store import record as record_module
from collabcare.store.access import unlock_with_words
from collabcare.store.drift import drift
from collabcare.store.keyfile import key_path
from collabcare.store.migrate import SCHEMA_HEAD, current_schema
from collabcare.store.models import AuditEntry, Site, UserAccount
from collabcare.store.record import FirstUser, NewRecord, create_record, open_record, open_unlocked, verify
from collabcare.store.recovery_words import new_recovery_words
from tests.store import scenes
from tests.store.scenes import AT, LOGIN, PASSWORD, QUICK

if TYPE_CHECKING:
    from pathlib import Path


def test_a_new_record_has_its_site_its_first_user_and_an_audit_line(tmp_path: Path) -> None:
    created = scenes.make(tmp_path / "elm.ccrecord")
    with open_unlocked(created.unlocked) as opened, opened.sessions() as session:
        site = session.scalars(sa.select(Site)).one()
        user = session.scalars(sa.select(UserAccount)).one()
        entry = session.scalars(sa.select(AuditEntry)).one()
        assert (site.name, site.record_id, site.is_demo) == ("Elm Tree PCN", opened.record_id, False)
        assert (user.login, user.name, user.role, user.active) == (LOGIN, "Ada Okafor", "practitioner", True)
        assert (entry.at, entry.actor_id, entry.action) == (AT, user.id, "Make the record")
        assert opened.login == user.login
        assert verify(opened) == []
    assert len(created.recovery_words) == 12
    assert scenes.listing(tmp_path) == {"elm.ccrecord", "elm.ccrecord.keys"}


def test_making_a_record_counts_its_steps_and_stopped_at_any_leaves_nothing_behind(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    create_record(tmp_path / "elm.ccrecord", scenes.new_record(), AT, QUICK, lambda *step: told.append(step))
    steps = 4 + int(SCHEMA_HEAD)
    assert told == [(step, steps) for step in range(1, steps + 1)]
    whole = scenes.listing(tmp_path)
    for last in (1, 3, steps):

        def counting(done: int, total: int, last: int = last) -> None:
            if done == last:
                raise Cancelled("Stopped.")

        with pytest.raises(Cancelled):
            create_record(tmp_path / "oak.ccrecord", scenes.new_record(), AT, QUICK, counting)
        assert scenes.listing(tmp_path) == whole


def test_a_recovery_key_that_is_printed_already_is_the_one_that_works(tmp_path: Path) -> None:
    words = new_recovery_words()
    new = replace(scenes.new_record(), recovery_words=words)
    created = create_record(tmp_path / "elm.ccrecord", new, AT, QUICK)
    assert created.recovery_words == words
    assert unlock_with_words(tmp_path / "elm.ccrecord", " ".join(words)).identity == created.unlocked.identity


def test_words_that_are_no_recovery_key_are_refused_before_anything_is_made(tmp_path: Path) -> None:
    new = replace(scenes.new_record(), recovery_words=("elm",) * 12)
    with pytest.raises(RuleViolation):
        create_record(tmp_path / "elm.ccrecord", new, AT, QUICK)
    assert scenes.listing(tmp_path) == set()


def test_what_is_made_is_what_the_models_say(record: Path) -> None:
    schema = current_schema()
    with open_record(record, LOGIN, PASSWORD) as opened, opened.engine.connect() as connection:
        assert drift(connection, schema.metadata, schema.triggers) == []


def test_a_demo_knows_that_it_is_one(tmp_path: Path) -> None:
    with open_unlocked(scenes.make(tmp_path / "demo.ccrecord", is_demo=True).unlocked) as opened:
        assert opened.is_demo
        with opened.sessions() as session:
            assert session.scalars(sa.select(Site.is_demo)).one()


def test_no_two_records_share_an_identity_or_a_key(tmp_path: Path) -> None:
    one, two = (scenes.make(tmp_path / f"{n}.ccrecord") for n in (1, 2))
    assert one.unlocked.identity.record_id != two.unlocked.identity.record_id
    assert one.unlocked.key.reveal() != two.unlocked.key.reveal()
    assert one.recovery_words != two.recovery_words


@pytest.mark.parametrize("name", ["Łódź 100% & co.ccrecord", "a'b\"c;.ccrecord", "?mode=memory#.ccrecord"])
def test_a_record_may_have_any_name(tmp_path: Path, name: str) -> None:
    if sys.platform == "win32" and set(name) & set('?"'):
        pytest.skip("Windows does not allow that name")
    scenes.make(tmp_path / name)
    open_record(tmp_path / name, LOGIN, PASSWORD).close()
    assert scenes.listing(tmp_path) == {name, f"{name}.keys"}


@pytest.mark.parametrize("standing", ["elm.ccrecord", "elm.ccrecord.keys"])
def test_nothing_that_stands_there_is_replaced(tmp_path: Path, standing: str) -> None:
    (tmp_path / standing).write_bytes(b"precious")
    with pytest.raises(RuleViolation, match="already a record"):
        scenes.make(tmp_path / "elm.ccrecord")
    assert scenes.listing(tmp_path) == {standing}
    assert (tmp_path / standing).read_bytes() == b"precious"


def test_what_an_unfinished_attempt_left_behind_is_cleared_away(tmp_path: Path) -> None:
    for name in ("elm.ccrecord.new", "elm.ccrecord.new-wal", "elm.ccrecord.keys.new"):
        (tmp_path / name).write_bytes(b"half")
    scenes.make(tmp_path / "elm.ccrecord")
    assert scenes.listing(tmp_path) == {"elm.ccrecord", "elm.ccrecord.keys"}


@pytest.mark.parametrize(("login", "password"), [("", "p"), ("ada", ""), ("ada", "x" * 1025)])
def test_a_refused_first_user_leaves_no_file(tmp_path: Path, login: str, password: str) -> None:
    site = scenes.new_record().site
    user = FirstUser(login=login, password=password, name="Ada", role=scenes.new_record().user.role)
    with pytest.raises(RuleViolation):
        create_record(tmp_path / "elm.ccrecord", NewRecord(site=site, user=user), AT, QUICK)
    assert scenes.listing(tmp_path) == set()


@pytest.mark.parametrize(("place", "sentence"), [("none/elm.ccrecord", "no folder"), ("elm.db", "ends in")])
def test_an_impossible_place_is_refused_in_words(tmp_path: Path, place: str, sentence: str) -> None:
    with pytest.raises(CollabCareError, match=sentence):
        scenes.make(tmp_path / place)
    assert scenes.listing(tmp_path) == set()


def test_closing_leaves_two_files_and_no_key(record: Path) -> None:
    opened = open_record(record, LOGIN, PASSWORD)
    with opened.sessions() as session, session.begin():
        session.execute(sa.text("update site set name = 'Oak'"))
    opened.close()
    assert scenes.listing(record.parent) == {"elm.ccrecord", "elm.ccrecord.keys"}
    with pytest.raises(EnvironmentProblem, match="closed"):
        opened.key.reveal()
    with pytest.raises(EnvironmentProblem, match="closed"), opened.engine.connect():
        pass
    opened.close()  # twice does no harm
    assert scenes.rows(record, "select name from site") == [("Oak",)]


def test_opening_and_closing_changes_no_byte(record: Path) -> None:
    before = record.read_bytes()
    open_record(record, LOGIN, PASSWORD).close()
    assert record.read_bytes() == before


def test_signing_in_imports_no_alembic(record: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from collabcare.store.record import open_record;"
        "open_record(Path(sys.argv[1]), *sys.argv[2:]).close(); print('alembic' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code, str(record), LOGIN, PASSWORD],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "False"


def test_another_record_in_its_place_is_refused(record: Path, tmp_path: Path) -> None:
    other = scenes.make(tmp_path / "other.ccrecord").unlocked.path
    shutil.copy(other, record)
    with pytest.raises(DamagedRecord, match="another file stands in its place"):
        open_record(record, LOGIN, PASSWORD)


def test_a_database_and_key_file_that_do_not_belong_together_are_refused(record: Path) -> None:
    scenes.run(
        record,
        "drop trigger tr_site_no_update",
        "update site set record_id = '7d7c8d6e-3c52-4a34-9a2a-0d6b6f1f2a11'",
    )
    with pytest.raises(DamagedRecord, match="do not belong together"):
        open_record(record, LOGIN, PASSWORD)


def test_a_real_record_turned_demo_inside_is_refused(record: Path) -> None:
    scenes.run(record, "drop trigger tr_site_no_update", "update site set is_demo = 1")
    with pytest.raises(DamagedRecord, match="do not belong together"):
        open_record(record, LOGIN, PASSWORD)


@pytest.mark.parametrize("revision", [f"{int(SCHEMA_HEAD) + 1:04d}", "9999", "from-the-future"])
def test_a_newer_record_is_refused_and_not_touched(record: Path, revision: str) -> None:
    scenes.run(record, f"update alembic_version set version_num = '{revision}'")
    before, keys = record.read_bytes(), key_path(record).read_bytes()
    with pytest.raises(NewerRecord, match=f"its schema is {revision}, this program's is {SCHEMA_HEAD}"):
        open_record(record, LOGIN, PASSWORD)
    assert (record.read_bytes(), key_path(record).read_bytes()) == (before, keys)
    assert scenes.listing(record.parent) == {"elm.ccrecord", "elm.ccrecord.keys"}


@pytest.mark.parametrize("spoil", ["delete from alembic_version", "drop table alembic_version"])
def test_an_unfinished_database_is_refused(record: Path, spoil: str) -> None:
    scenes.run(record, spoil)
    with pytest.raises(DamagedRecord, match="not a finished CollabCare record"):
        open_record(record, LOGIN, PASSWORD)


def test_a_failed_opening_wipes_the_key(record: Path) -> None:
    unlocked = scenes.sign_in(record)
    scenes.flip(record, 100)
    with pytest.raises(DamagedRecord):
        open_unlocked(unlocked)
    with pytest.raises(EnvironmentProblem):
        unlocked.key.reveal()


def test_a_large_record_opens_at_once_and_is_checked_afterwards(
    record: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record_module, "CHECKED_AT_OPENING", 1000)
    scenes.flip_in_table(record, "patient")
    with open_record(record, LOGIN, PASSWORD) as opened:
        assert not opened.checked
        assert any("page" in problem for problem in verify(opened))


def test_verify_finds_a_reference_to_nothing(record: Path) -> None:
    scenes.run(
        record,
        "pragma foreign_keys=off",
        "insert into audit_entry (at, actor_id, actor_role, action, kind) values ('2026', 9, 'r', 'a', 'b')",
    )
    with open_record(record, LOGIN, PASSWORD) as opened:
        assert verify(opened) == ["dangling reference in audit_entry"]
