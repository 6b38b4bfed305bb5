"""Copies of a record that are proved good before they get their name."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from collabcare.domain.errors import DamagedRecord, RuleViolation
from collabcare.paths import RECORD_SUFFIX
from collabcare.store.access import publish_record, unfinished_key_path
from collabcare.store.engine import in_words, open_raw, raw_integrity_problems, raw_of
from collabcare.store.files import (
    create_private,
    publish,
    refused,
    remove_database,
    sync_file,
    write_private,
)
from collabcare.store.keyfile import encode, key_path, read_key_file

if TYPE_CHECKING:
    from pathlib import Path

    from collabcare.store.engine import RawConnection
    from collabcare.store.record import OpenRecord
    from collabcare.store.vault import RecordKey

_SAFE = "The record itself was not changed. Choose another folder, or free some space."


def copy_record(opened: OpenRecord, target: Path) -> None:
    """Copy an open record and its key file to ``target`` while people go on working in it.

    The copy is one moment of the record, encrypted with the same key and opened by the passwords of this
    moment. It gets its name only when every page has been checked. Nothing that stands there is replaced.
    """
    if target.suffix != RECORD_SUFFIX:
        raise RuleViolation(f"A copy of a record has a name that ends in {RECORD_SUFFIX}.")
    if target.exists() or key_path(target).exists():
        raise RuleViolation(f"There is already a record called {target.name} there. Choose another name.")
    keys = read_key_file(opened.path)
    part = _part_name(target)
    try:
        with in_words(opened.path.name), opened.engine.connect() as connection:
            _copy_checked(raw_of(connection), opened.key, part)
        unfinished_key_path(target).unlink(missing_ok=True)
        write_private(unfinished_key_path(target), encode(keys))
        publish_record(part, target)
    except OSError as error:
        raise refused(error, f"copy the record to {target.parent}", _SAFE) from error
    finally:
        remove_database(part)
        if not target.exists():
            unfinished_key_path(target).unlink(missing_ok=True)


def verified_copy(source: RawConnection, key: RecordKey, target: Path) -> None:
    """Copy the database alone, under the same key, and check every page of the copy before naming it."""
    part = _part_name(target)
    try:
        with in_words(target.name):
            _copy_checked(source, key, part)
        publish(part, target)
    except OSError as error:
        raise refused(error, f"copy the record to {target.name}", _SAFE) from error
    finally:
        remove_database(part)


def _copy_checked(source: RawConnection, key: RecordKey, part: Path) -> None:
    create_private(part)
    copy = open_raw(part, key)
    try:
        source.backup(copy)
    finally:
        copy.close()
    checked = open_raw(part, key)
    try:
        problems = raw_integrity_problems(checked)
        problems += [
            str(row[0]) for row in checked.execute("pragma quick_check").fetchall() if row[0] != "ok"
        ]
    finally:
        checked.close()
    if problems:
        raise DamagedRecord(
            "The copy did not pass its check and was removed. The record itself was not changed. Check the "
            "record before working on: it may be damaged."
        )
    sync_file(part)


def _part_name(target: Path) -> Path:
    return target.with_name(f".{target.name}.{secrets.token_hex(6)}.part")
