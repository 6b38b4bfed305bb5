"""Key slots: how a password or the recovery key unwraps the random key of a record.

The record is encrypted with 32 random bytes. Each person's slot holds those bytes wrapped by AES-256-GCM
under a key that Argon2id derives from the password, so a wrong password is told apart from a damaged record,
a password can change without encrypting the record again, and nobody's password opens another person's slot.

Pure arithmetic: no file, no SQL, no clock. Importing it must stay quick, for sign-in runs it first.
"""

from __future__ import annotations

import json
import secrets
import unicodedata
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import NoReturn

from argon2.exceptions import HashingError
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from collabcare.domain.errors import EnvironmentProblem, RuleViolation, WrongPassword

FORMAT = 1
KEY_BYTES = 32
SALT_BYTES = 16
NONCE_BYTES = 12
TAG_BYTES = 16
MAX_PASSWORD = 1024  # characters after normalisation
MAX_LOGIN = 64

_MAX_MEMORY_KIB = 512 * 1024
_MAX_TIME = 24
_MAX_LANES = 16

NOT_OPENED = "That name and password do not open this record."
NOT_RECOVERED = "Those recovery words do not open this record. Check that the printed key belongs to it."


class SlotKind(StrEnum):
    """Whose secret opens a slot."""

    USER = "user"
    RECOVERY = "recovery"


@dataclass(frozen=True, slots=True)
class VaultCost:
    """What one guess at a password costs: Argon2id memory in KiB, passes and lanes.

    The bounds are wider than any value we write; beyond them a key file is asking to exhaust the computer.
    """

    memory_kib: int
    time: int
    lanes: int

    def __post_init__(self) -> None:
        """Refuse what Argon2 cannot do or an ordinary computer cannot bear."""
        if not 1 <= self.lanes <= _MAX_LANES:
            raise ValueError("lanes")
        if not 8 * self.lanes <= self.memory_kib <= _MAX_MEMORY_KIB:
            raise ValueError("memory")
        if not 1 <= self.time <= _MAX_TIME:
            raise ValueError("time")


PRODUCTION_COST = VaultCost(memory_kib=128 * 1024, time=5, lanes=4)  # about 300 ms on an office computer


class RecordKey:
    """The key of one record. It never shows itself: not in a repr, a log, a pickle or a traceback."""

    __slots__ = ("_bytes",)

    def __init__(self, raw: bytes) -> None:
        if len(raw) != KEY_BYTES:
            raise ValueError("a record key has 32 bytes")
        self._bytes = bytearray(raw)

    @classmethod
    def random(cls) -> RecordKey:
        """Return a new key from the operating system's generator."""
        return cls(secrets.token_bytes(KEY_BYTES))

    def reveal(self) -> bytes:
        """Return the 32 bytes, for wrapping and for opening the database only."""
        if not any(self._bytes):
            raise EnvironmentProblem("The record is closed. Sign in again.")
        return bytes(self._bytes)

    def wipe(self) -> None:
        """Overwrite our copy. Python may have made others: this shortens exposure, it does not end it."""
        self._bytes[:] = bytes(KEY_BYTES)

    def __repr__(self) -> str:
        return "RecordKey(hidden)"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a record key is never written down")


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordIdentity:
    """Which record a slot belongs to, authenticated with it: a demo cannot pass for a real record."""

    record_id: str
    is_demo: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Credential:
    """A secret and whose it is, normalised and ready to derive a key from."""

    kind: SlotKind
    login: str = ""
    secret: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """The record's key, wrapped for one user or for the recovery words."""

    id: str
    kind: SlotKind
    login: str
    cost: VaultCost
    salt: bytes = field(repr=False)
    nonce: bytes = field(repr=False)
    wrapped: bytes = field(repr=False)


def normalise_login(login: str) -> str:
    """Return the sign-in name as it is compared: form, case and outer spaces make no difference."""
    folded = unicodedata.normalize("NFKC", login).casefold()
    return " ".join(unicodedata.normalize("NFKC", folded).split())


def password_credential(login: str, password: str) -> Credential:
    """Prepare what was typed at sign-in. Anything may be typed: the answer to nonsense is "wrong", no error.

    NFC, as RFC 8265 prescribes for passwords: the same letters typed on another keyboard are the same
    password, and no two different characters are made equal.
    """
    # Nothing that could match is cut: no letter decomposes into more than four.
    text = unicodedata.normalize("NFC", password[: 4 * MAX_PASSWORD + 1])[: MAX_PASSWORD + 1]
    return Credential(
        kind=SlotKind.USER, login=normalise_login(login), secret=text.encode("utf-8", "surrogatepass")
    )


def new_password_credential(login: str, password: str) -> Credential:
    """Prepare a password somebody has just chosen, refusing in words what could not be typed again."""
    name = normalise_login(login)
    if not name:
        raise RuleViolation("Enter a name to sign in with.")
    if len(name) > MAX_LOGIN or not name.isprintable():
        raise RuleViolation(f"A sign-in name has at most {MAX_LOGIN} ordinary characters.")
    if not password:
        raise RuleViolation("Enter a password.")
    if len(unicodedata.normalize("NFC", password)) > MAX_PASSWORD:
        raise RuleViolation(f"A password has at most {MAX_PASSWORD} characters.")
    if any("\ud800" <= character <= "\udfff" for character in password):
        raise RuleViolation("That password holds a character that cannot be typed. Choose another.")
    return password_credential(name, password)


def seal(
    key: RecordKey, credential: Credential, identity: RecordIdentity, cost: VaultCost = PRODUCTION_COST
) -> Slot:
    """Wrap ``key`` so that only ``credential`` unwraps it, and only for this record."""
    slot = Slot(
        id=secrets.token_hex(8),
        kind=credential.kind,
        login=credential.login,
        cost=cost,
        salt=secrets.token_bytes(SALT_BYTES),
        nonce=secrets.token_bytes(NONCE_BYTES),
        wrapped=b"",
    )
    wrapping = AESGCM(_derive(credential.secret, slot.salt, cost))
    return replace(slot, wrapped=wrapping.encrypt(slot.nonce, key.reveal(), _bound(slot, identity)))


def unseal(slot: Slot, credential: Credential, identity: RecordIdentity) -> RecordKey:
    """Return the record's key, or raise :class:`WrongPassword`: the slot itself is known to be undamaged."""
    wrapping = AESGCM(_derive(credential.secret, slot.salt, slot.cost))
    try:
        raw = wrapping.decrypt(slot.nonce, slot.wrapped, _bound(slot, identity))
    except InvalidTag:
        raise WrongPassword(NOT_RECOVERED if slot.kind is SlotKind.RECOVERY else NOT_OPENED) from None
    return RecordKey(raw)


def refuse_unknown(credential: Credential, cost: VaultCost) -> NoReturn:
    """Refuse a name nobody has, in the words and the time a wrong password takes."""
    _derive(credential.secret, secrets.token_bytes(SALT_BYTES), cost)
    raise WrongPassword(NOT_OPENED)


def canonical(content: object) -> bytes:
    """Return the one way we write this JSON when it is hashed or authenticated."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode("ascii")


def _derive(secret: bytes, salt: bytes, cost: VaultCost) -> bytes:
    try:
        return hash_secret_raw(secret, salt, cost.time, cost.memory_kib, cost.lanes, KEY_BYTES, Type.ID)
    except (HashingError, MemoryError) as error:
        raise EnvironmentProblem(
            "There is not enough free memory to sign in. Close some programs and try again."
        ) from error


def _bound(slot: Slot, identity: RecordIdentity) -> bytes:
    """Everything about a slot but the wrapped key: none of it can be changed unnoticed."""
    return canonical(
        {
            "format": FORMAT,
            "record_id": identity.record_id,
            "is_demo": identity.is_demo,
            "id": slot.id,
            "kind": slot.kind,
            "login": slot.login,
            "kdf": ["argon2id", slot.cost.memory_kib, slot.cost.time, slot.cost.lanes],
            "salt": slot.salt.hex(),
            "nonce": slot.nonce.hex(),
        }
    )
