"""Who can open a record, and what becomes of the others when that changes."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from collabcare.domain.errors import (
    DamagedRecord,
    EnvironmentProblem,
    MissingRecord,
    RuleViolation,
    WrongPassword,
)
from collabcare.store.access import (
    Unlocked,
    add_user_slot,
    change_password,
    recover,
    remove_user_slot,
    replace_recovery_words,
    set_password,
    unlock,
    unlock_with_words,
)
from collabcare.store.keyfile import decode, encode, key_path
from collabcare.store.record import open_unlocked
from collabcare.store.vault import NOT_OPENED
from tests.store import scenes
from tests.store.scenes import LOGIN, PASSWORD, QUICK

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def opens(record: Path, login: str, password: str) -> bool:
    try:
        unlocked = unlock(record, login, password)
    except WrongPassword:
        return False
    assert unlocked.login == login
    open_unlocked(unlocked).close()
    return True


@pytest.mark.parametrize(
    ("login", "password"), [(LOGIN, "wrong"), (LOGIN, ""), ("zoe", PASSWORD), ("", ""), ("", PASSWORD)]
)
def test_a_wrong_name_and_a_wrong_password_are_refused_in_the_same_words(
    record: Path, login: str, password: str
) -> None:
    with pytest.raises(WrongPassword) as refused:
        unlock(record, login, password)
    assert str(refused.value) == NOT_OPENED


def test_each_user_opens_the_same_record_with_their_own_password(record: Path) -> None:
    ada = scenes.sign_in(record)
    add_user_slot(ada, "Zoë ", "zoe's own", QUICK)
    assert opens(record, LOGIN, PASSWORD)
    assert opens(record, "zoë", "zoe's own")
    assert not opens(record, "zoë", PASSWORD)
    assert unlock(record, "zoë", "zoe's own").key.reveal() == ada.key.reveal()


def test_a_name_is_taken_once(record: Path) -> None:
    with pytest.raises(RuleViolation, match="already signs in as ada"):
        add_user_slot(scenes.sign_in(record), " ADA", "x", QUICK)


def test_a_changed_password_replaces_the_old_one_and_nobody_elses(record: Path) -> None:
    add_user_slot(scenes.sign_in(record), "zoe", "zoe's own", QUICK)
    change_password(record, LOGIN, PASSWORD, "new words", QUICK)
    assert opens(record, LOGIN, "new words")
    assert not opens(record, LOGIN, PASSWORD)
    assert opens(record, "zoe", "zoe's own")


def test_a_password_is_not_changed_without_the_old_one(record: Path) -> None:
    before = key_path(record).read_bytes()
    with pytest.raises(WrongPassword):
        change_password(record, LOGIN, "wrong", "new words", QUICK)
    with pytest.raises(RuleViolation):
        change_password(record, LOGIN, PASSWORD, "", QUICK)
    assert key_path(record).read_bytes() == before


def test_a_record_that_is_open_stays_open_when_a_password_changes(record: Path) -> None:
    with open_unlocked(scenes.sign_in(record)) as opened:
        change_password(record, LOGIN, PASSWORD, "new words", QUICK)
        add_user_slot(opened.unlocked, "zoe", "zoe's own", QUICK)  # sees the slots as they are now
        with opened.engine.connect() as connection:
            assert connection.exec_driver_sql("select count(*) from site").scalar() == 1
    assert opens(record, LOGIN, "new words")
    assert opens(record, "zoe", "zoe's own")


def test_a_leaver_signs_in_no_more(record: Path) -> None:
    ada = scenes.sign_in(record)
    add_user_slot(ada, "zoe", "zoe's own", QUICK)
    remove_user_slot(ada, "Zoe")
    assert not opens(record, "zoe", "zoe's own")
    assert opens(record, LOGIN, PASSWORD)


def test_the_last_user_and_a_stranger_cannot_be_removed(record: Path) -> None:
    with pytest.raises(RuleViolation, match="only user"):
        remove_user_slot(scenes.sign_in(record), LOGIN)
    with pytest.raises(RuleViolation, match="Nobody signs in"):
        remove_user_slot(scenes.sign_in(record), "zoe")
    with pytest.raises(RuleViolation, match="Nobody signs in"):
        set_password(scenes.sign_in(record), "zoe", "x", QUICK)


def test_the_recovery_key_opens_a_record_whose_passwords_are_all_forgotten(tmp_path: Path) -> None:
    record = tmp_path / "elm.ccrecord"
    created = scenes.make(record)
    add_user_slot(created.unlocked, "zoe", "zoe's own", QUICK)
    before = scenes.content(record)
    typed = "\n".join(f"{n}. {word.upper()}" for n, word in enumerate(created.recovery_words, 1))

    unlocked = recover(record, typed, LOGIN, "remembered", QUICK)

    assert unlocked.login == LOGIN
    assert scenes.content(record, unlocked.key) == before
    assert opens(record, LOGIN, "remembered")
    assert not opens(record, LOGIN, PASSWORD)
    assert opens(record, "zoe", "zoe's own")
    assert (
        unlock_with_words(record, typed).key.reveal() == unlocked.key.reveal()
    )  # the printed key stays good


def test_another_records_recovery_key_opens_nothing(record: Path, tmp_path: Path) -> None:
    other = scenes.make(tmp_path / "other.ccrecord")
    before = key_path(record).read_bytes()
    with pytest.raises(WrongPassword, match="recovery words do not open this record"):
        recover(record, " ".join(other.recovery_words), LOGIN, "remembered", QUICK)
    assert key_path(record).read_bytes() == before


def test_a_recovery_for_a_user_there_is_not_changes_nothing(tmp_path: Path) -> None:
    created = scenes.make(tmp_path / "elm.ccrecord")
    before = key_path(created.unlocked.path).read_bytes()
    with pytest.raises(RuleViolation, match="Nobody signs in"):
        recover(created.unlocked.path, " ".join(created.recovery_words), "zoe", "x", QUICK)
    assert key_path(created.unlocked.path).read_bytes() == before


def test_a_new_recovery_key_ends_the_old_one(tmp_path: Path) -> None:
    created = scenes.make(tmp_path / "elm.ccrecord")
    record = created.unlocked.path
    words = replace_recovery_words(created.unlocked, QUICK)
    assert unlock_with_words(record, " ".join(words)).key.reveal() == created.unlocked.key.reveal()
    with pytest.raises(WrongPassword):
        unlock_with_words(record, " ".join(created.recovery_words))
    assert opens(record, LOGIN, PASSWORD)


CHANGES: dict[str, Callable[[Unlocked], object]] = {
    "add": lambda u: add_user_slot(u, "zoe", "zoe's own", QUICK),
    "set": lambda u: set_password(u, LOGIN, "new", QUICK),
    "remove": lambda u: remove_user_slot(u, LOGIN),
    "words": lambda u: replace_recovery_words(u, QUICK),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_another_records_key_file_is_never_written_over(
    record: Path, tmp_path: Path, change: Callable[[Unlocked], object]
) -> None:
    ada = scenes.sign_in(record)
    foreign = key_path(scenes.make(tmp_path / "other.ccrecord").unlocked.path).read_bytes()
    scenes.replace(key_path(record), foreign)
    with pytest.raises(DamagedRecord, match="belongs to another record"):
        change(ada)
    assert key_path(record).read_bytes() == foreign


def test_a_demo_cannot_pass_for_a_real_record_nor_the_other_way_round(record: Path) -> None:
    keys = key_path(record)
    whole = decode(keys.read_bytes(), "k")
    identity = replace(whole.identity, is_demo=True)
    scenes.replace(keys, encode(replace(whole, identity=identity)))  # with a right checksum
    with pytest.raises(WrongPassword):
        scenes.sign_in(record)


def test_missing_and_empty_are_told_apart_before_any_password(tmp_path: Path, record: Path) -> None:
    with pytest.raises(MissingRecord, match="no record at"):
        unlock(tmp_path / "none.ccrecord", LOGIN, PASSWORD)
    with pytest.raises(MissingRecord):
        unlock(tmp_path, LOGIN, PASSWORD)
    scenes.replace(record, b"")
    with pytest.raises(DamagedRecord, match="is empty"):
        unlock(record, LOGIN, PASSWORD)
    assert record.stat().st_size == 0
    assert scenes.listing(tmp_path) == {record.name, key_path(record).name}


def test_a_folder_that_cannot_be_looked_into_is_named_as_such(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(MissingRecord):
        unlock(tmp_path / "file" / "elm.ccrecord", LOGIN, PASSWORD)
    with pytest.raises(EnvironmentProblem, match="name is too long"):
        unlock(tmp_path / ("x" * 300), LOGIN, PASSWORD)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such file modes")
def test_only_the_owner_can_read_the_files(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        scenes.make(tmp_path / "elm.ccrecord")
        change_password(tmp_path / "elm.ccrecord", LOGIN, PASSWORD, "new", QUICK)
    finally:
        os.umask(old)
    assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()} == {0o600}


def test_signing_in_waits_for_no_data_stack() -> None:
    code = (
        "import sys, collabcare.store.access, collabcare.store.vault;"
        "print(sorted({'sqlalchemy', 'alembic', 'mnemonic', 'sqlcipher3'} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
