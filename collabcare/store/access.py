"""Who can open a record: unlock it, and give, change or take away what unlocks it.

No SQL is imported here, so that the sign-in window can derive the key while SQLAlchemy is still loading.
Every change is one atomic replacement of the key file: killed at any moment, the old passwords or the new
ones work.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from collabcare.domain.errors import DamagedRecord, MissingRecord, RuleViolation, WrongPassword
from collabcare.store.files import publish, refused
from collabcare.store.keyfile import KeyFile, key_path, read_key_file, write_key_file
from collabcare.store.recovery_words import new_recovery_words, recovery_credential
from collabcare.store.vault import (
    NOT_OPENED,
    PRODUCTION_COST,
    Credential,
    RecordIdentity,
    RecordKey,
    Slot,
    SlotKind,
    VaultCost,
    new_password_credential,
    normalise_login,
    password_credential,
    refuse_unknown,
    seal,
    unseal,
)

if TYPE_CHECKING:
    from pathlib import Path

SMALLEST_RECORD = 4096  # bytes: one page of the database


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Unlocked:
    """A record whose key is known: everything :func:`collabcare.store.record.open_unlocked` needs."""

    path: Path
    identity: RecordIdentity
    login: str
    slot_id: str
    key: RecordKey


def unlock(record: Path, login: str, password: str) -> Unlocked:
    """Derive and unwrap the key, about 300 ms; nothing is written.

    Raises :class:`MissingRecord`, :class:`DamagedRecord` or :class:`WrongPassword`, each true: the same words
    and time for a name nobody has as for a wrong password.
    """
    keys = _keys_of(record)
    credential = password_credential(login, password)
    slot = keys.slot_for(login)
    if slot is None:
        refuse_unknown(credential, keys.slots[0].cost)
    return _opened(record, keys, slot, credential)


def unlock_with_words(record: Path, words: str) -> Unlocked:
    """Unwrap the key with the printed recovery key, as typed; the login of the answer is empty."""
    keys = _keys_of(record)
    credential = recovery_credential(words)
    slot = keys.recovery_slot()
    if slot is None:
        raise RuleViolation("This record has no recovery key. Nothing was changed.")
    return _opened(record, keys, slot, credential)


def add_user_slot(unlocked: Unlocked, login: str, password: str, cost: VaultCost = PRODUCTION_COST) -> None:
    """Let a new user sign in."""
    credential = new_password_credential(login, password)
    keys = _current_keys(unlocked)
    if keys.slot_for(login):
        raise RuleViolation(f"Somebody already signs in as {credential.login}. Choose another name.")
    _save(unlocked, keys, (*keys.slots, seal(unlocked.key, credential, keys.identity, cost)))


def set_password(unlocked: Unlocked, login: str, password: str, cost: VaultCost = PRODUCTION_COST) -> None:
    """Give an existing user a new password, their old one being unknown (a forgotten password)."""
    credential = new_password_credential(login, password)
    keys = _current_keys(unlocked)
    old = keys.slot_for(login)
    if old is None:
        raise RuleViolation(f"Nobody signs in to this record as {credential.login}. Nothing was changed.")
    new = seal(unlocked.key, credential, keys.identity, cost)
    _save(unlocked, keys, tuple(new if slot is old else slot for slot in keys.slots))


def change_password(record: Path, login: str, old: str, new: str, cost: VaultCost = PRODUCTION_COST) -> None:
    """Replace a password by somebody who knows the old one; a record that is open stays open."""
    unlocked = unlock(record, login, old)
    try:
        set_password(unlocked, login, new, cost)
    finally:
        unlocked.key.wipe()


def recover(
    record: Path, words: str, login: str, new_password: str, cost: VaultCost = PRODUCTION_COST
) -> Unlocked:
    """Replace a forgotten password with the recovery key; everybody else's password stays as it is."""
    unlocked = unlock_with_words(record, words)
    set_password(unlocked, login, new_password, cost)
    slot = read_key_file(record).slot_for(login)
    if slot is None:
        raise WrongPassword(NOT_OPENED)
    return replace(unlocked, login=slot.login, slot_id=slot.id)


def remove_user_slot(unlocked: Unlocked, login: str) -> None:
    """Stop a user from signing in. The last user stays: a record nobody can sign in to helps nobody."""
    keys = _current_keys(unlocked)
    old = keys.slot_for(login)
    if old is None:
        raise RuleViolation(
            f"Nobody signs in to this record as {normalise_login(login)}. Nothing was changed."
        )
    left = tuple(slot for slot in keys.slots if slot is not old)
    if not any(slot.kind is SlotKind.USER for slot in left):
        raise RuleViolation("This is the only user of the record. Add another user first.")
    _save(unlocked, keys, left)


def replace_recovery_words(unlocked: Unlocked, cost: VaultCost = PRODUCTION_COST) -> tuple[str, ...]:
    """Make a new recovery key and return its words; the printed one stops working."""
    words = new_recovery_words()
    keys = _current_keys(unlocked)
    new = seal(unlocked.key, recovery_credential(" ".join(words)), keys.identity, cost)
    _save(unlocked, keys, (*(s for s in keys.slots if s.kind is not SlotKind.RECOVERY), new))
    return words


def unfinished_key_path(record: Path) -> Path:
    """Return the name the key file has while a record is being made."""
    return key_path(record).with_name(f"{key_path(record).name}.new")


def publish_record(finished: Path, record: Path) -> None:
    """Give a finished database and its waiting key file their names; nothing that stands there is replaced.

    The database comes first. Should the computer stop before the second step, the next sign-in takes it.
    """
    publish(finished, record)
    publish(unfinished_key_path(record), key_path(record))


def _keys_of(record: Path) -> KeyFile:
    """Read the key file, after making sure that there is a record to open."""
    try:
        size = record.stat().st_size if record.is_file() else None
        _finish_making(record)
    except OSError as error:
        raise refused(error, f"look at {record}", "Nothing was changed.") from error
    if size is None:
        raise MissingRecord(f"There is no record at {record}. Check the name and the folder.")
    if size < SMALLEST_RECORD:  # SQLite would take it for a new database
        state = f"cut off after {size} bytes" if size else "empty"
        raise DamagedRecord(
            f"The record {record.name} is {state}. It was not changed. Keep it as it is, and restore the "
            "record from a backup copy."
        )
    return read_key_file(record)


def _finish_making(record: Path) -> None:
    """Take the step that is missing when the computer stopped just before a record was finished."""
    unfinished = unfinished_key_path(record)
    if record.is_file() and unfinished.exists() and not key_path(record).exists():
        publish(unfinished, key_path(record))


def _opened(record: Path, keys: KeyFile, slot: Slot, credential: Credential) -> Unlocked:
    key = unseal(slot, credential, keys.identity)
    return Unlocked(path=record, identity=keys.identity, login=slot.login, slot_id=slot.id, key=key)


def _current_keys(unlocked: Unlocked) -> KeyFile:
    """Read the slots as they are now: a password may have changed since the record was opened."""
    keys = read_key_file(unlocked.path)
    if keys.identity != unlocked.identity:
        raise DamagedRecord(
            f"The key file {key_path(unlocked.path).name} belongs to another record. Nothing was changed. "
            "Put the right key file back from a backup copy."
        )
    return keys


def _save(unlocked: Unlocked, seen: KeyFile, slots: tuple[Slot, ...]) -> None:
    if read_key_file(unlocked.path) != seen:
        raise RuleViolation("Somebody else changed the users of this record a moment ago. Try again.")
    write_key_file(unlocked.path, KeyFile(identity=seen.identity, slots=slots))
