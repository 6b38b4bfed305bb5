"""The key file beside a record: its slots as JSON, with a checksum over their content.

The checksum tells accidental damage from a wrong password; the slots authenticate themselves (see
:mod:`collabcare.store.vault`). Nothing in the file is secret, yet without it nobody can open the record.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from collabcare.domain.errors import DamagedRecord, NewerRecord
from collabcare.store.files import refused, write_atomically
from collabcare.store.vault import (
    FORMAT,
    KEY_BYTES,
    NONCE_BYTES,
    TAG_BYTES,
    RecordIdentity,
    Slot,
    SlotKind,
    VaultCost,
    canonical,
    normalise_login,
)

if TYPE_CHECKING:
    from pathlib import Path

MAX_FILE_BYTES = 512 * 1024
_CHECKSUM = "sha256"
_FORMAT = "format"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFile:
    """The slots of one record, at most one for each login."""

    identity: RecordIdentity
    slots: tuple[Slot, ...]

    def slot_for(self, login: str) -> Slot | None:
        """Return the slot of the user who signs in as ``login``."""
        name = normalise_login(login)
        return next((s for s in self.slots if s.kind is SlotKind.USER and s.login == name), None)

    def recovery_slot(self) -> Slot | None:
        """Return the slot that the recovery words open."""
        return next((s for s in self.slots if s.kind is SlotKind.RECOVERY), None)


def key_path(record: Path) -> Path:
    """Return where the key file of ``record`` stands: beside it, with ``.keys`` added to its name."""
    return record.with_name(f"{record.name}.keys")


def read_key_file(record: Path) -> KeyFile:
    """Read the key file of ``record``; nothing is written.

    Raises :class:`DamagedRecord` when it is missing or not as it was written, :class:`NewerRecord` when it
    was written by a later CollabCare.
    """
    path = key_path(record)
    try:
        with path.open("rb") as file:
            content = file.read(MAX_FILE_BYTES + 1)
    except FileNotFoundError:
        raise DamagedRecord(
            f"The key file {path.name} is missing from the folder of the record. The record itself was not "
            "changed, but nobody can open it without that file. Put the key file back from a backup copy."
        ) from None
    except OSError as error:
        raise refused(error, f"read the key file {path.name}", "Nothing was changed.") from error
    return decode(content, path.name)


def write_key_file(record: Path, keys: KeyFile) -> None:
    """Replace the key file of ``record``: after a crash at any moment the old one or the new one is there."""
    try:
        write_atomically(key_path(record), encode(keys))
    except OSError as error:
        doing = f"save the key file {key_path(record).name}"
        raise refused(error, doing, "The old passwords still work.") from error


def encode(keys: KeyFile) -> bytes:
    """Return the bytes of a key file."""
    content: dict[str, object] = {
        _FORMAT: FORMAT,
        "record_id": keys.identity.record_id,
        "is_demo": keys.identity.is_demo,
        "slots": [_slot_as_json(slot) for slot in keys.slots],
    }
    content[_CHECKSUM] = _checksum(content)
    return json.dumps(content, indent=1).encode("ascii")


def decode(content: bytes, name: str) -> KeyFile:
    """Read back :func:`encode`. ``name`` is how the file is called in a refusal."""
    try:
        return _decode(content)
    except (ValueError, TypeError, KeyError, RecursionError):
        raise DamagedRecord(
            f"The key file {name} is damaged: it is not as CollabCare wrote it. This is not a wrong "
            "password, and the record itself was not changed. Put the key file back from a backup copy."
        ) from None


def _decode(content: bytes) -> KeyFile:
    if len(content) > MAX_FILE_BYTES:
        raise ValueError("too large")
    read = _Fields(json.loads(content.decode("ascii")))
    written = read.text(_CHECKSUM)
    rest = {key: value for key, value in read.values.items() if key != _CHECKSUM}
    if written != _checksum(rest):
        raise ValueError("checksum")
    if read.number(_FORMAT) > FORMAT:
        raise NewerRecord(
            "This record's key file was written by a newer CollabCare. Nothing was changed. "
            "Install the newer version to open it."
        )
    slots = tuple(_slot_from_json(_Fields(slot)) for slot in read.items("slots"))
    owners = [(slot.kind, slot.login) for slot in slots]
    if not slots or len(set(owners)) != len(owners):
        raise ValueError("slots")
    record_id = str(UUID(read.text("record_id")))
    return KeyFile(identity=RecordIdentity(record_id=record_id, is_demo=read.flag("is_demo")), slots=slots)


def _slot_as_json(slot: Slot) -> dict[str, object]:
    cost = slot.cost
    return {
        "id": slot.id,
        "kind": slot.kind.value,
        "login": slot.login,
        "kdf": {"name": "argon2id", "memory_kib": cost.memory_kib, "time": cost.time, "lanes": cost.lanes},
        "salt": slot.salt.hex(),
        "nonce": slot.nonce.hex(),
        "wrapped": slot.wrapped.hex(),
    }


def _slot_from_json(read: _Fields) -> Slot:
    kdf = _Fields(read.values["kdf"])
    if kdf.text("name") != "argon2id":
        raise ValueError("kdf")
    return Slot(
        id=read.text("id"),
        kind=SlotKind(read.text("kind")),
        login=read.text("login"),
        cost=VaultCost(kdf.number("memory_kib"), kdf.number("time"), kdf.number("lanes")),
        salt=read.binary("salt", range(16, 65)),
        nonce=read.binary("nonce", range(NONCE_BYTES, NONCE_BYTES + 1)),
        wrapped=read.binary("wrapped", range(KEY_BYTES + TAG_BYTES, KEY_BYTES + TAG_BYTES + 1)),
    )


def _checksum(content: dict[str, object]) -> str:
    return hashlib.sha256(canonical(content)).hexdigest()


class _Fields:
    """Values of a JSON object, each refused unless it is of the kind we write."""

    def __init__(self, values: object) -> None:
        if not isinstance(values, dict):
            raise TypeError("object")
        self.values: dict[str, object] = values

    def text(self, name: str) -> str:
        value = self.values[name]
        if not isinstance(value, str):
            raise TypeError(name)
        return value

    def number(self, name: str) -> int:
        value = self.values[name]
        if not isinstance(value, int) or isinstance(value, bool):
            raise TypeError(name)
        return value

    def flag(self, name: str) -> bool:
        value = self.values[name]
        if not isinstance(value, bool):
            raise TypeError(name)
        return value

    def binary(self, name: str, lengths: range) -> bytes:
        value = bytes.fromhex(self.text(name))
        if len(value) not in lengths:
            raise ValueError(name)
        return value

    def items(self, name: str) -> list[object]:
        value = self.values[name]
        if not isinstance(value, list):
            raise TypeError(name)
        return value
