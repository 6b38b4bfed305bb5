"""The key file: whole or damaged, never half believed."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.errors import DamagedRecord, NewerRecord
from collabcare.store.keyfile import MAX_FILE_BYTES, decode, encode, key_path, read_key_file
from collabcare.store.record import create_record
from collabcare.store.vault import PRODUCTION_COST, canonical
from tests.store import scenes

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("keys") / "elm.ccrecord"
    scenes.make(path)
    return key_path(path).read_bytes()


def changed(written: bytes, **fields: object) -> bytes:
    """Rewrite the file as somebody who knows the checksum would."""
    content = json.loads(written) | fields
    content.pop("sha256")
    content["sha256"] = hashlib.sha256(canonical(content)).hexdigest()
    return json.dumps(content).encode()


def slot_with(written: bytes, **fields: object) -> bytes:
    slots = json.loads(written)["slots"]
    return changed(written, slots=[slots[0] | fields, *slots[1:]])


def test_what_is_written_is_read_back(written: bytes) -> None:
    keys = decode(written, "k")
    assert encode(keys) == written
    assert [slot.login for slot in keys.slots] == [scenes.LOGIN, ""]
    assert keys.slot_for(" ADA ") == keys.slots[0]
    assert keys.recovery_slot() == keys.slots[1]


def test_it_holds_no_secret_in_clear(record: Path) -> None:
    text = key_path(record).read_text()
    assert scenes.sign_in(record).key.reveal().hex() not in text
    assert scenes.PASSWORD not in text


def test_every_flipped_bit_is_noticed_or_changes_nothing(written: bytes) -> None:
    keys, harmless = decode(written, "k"), 0
    for offset in range(len(written)):
        for bit in range(8):
            damaged = bytearray(written)
            damaged[offset] ^= 1 << bit
            try:
                assert decode(bytes(damaged), "k") == keys
                harmless += 1  # a space that became another kind of space
            except DamagedRecord:
                continue
    assert harmless < len(written)


@pytest.mark.parametrize("kept", [0, 1, 100, -1])
def test_a_truncated_file_is_damaged(written: bytes, kept: int) -> None:
    with pytest.raises(DamagedRecord, match=r"elm\.ccrecord\.keys is damaged"):
        decode(written[:kept], "elm.ccrecord.keys")


@given(st.binary(max_size=300))
def test_any_bytes_are_refused_in_words(content: bytes) -> None:
    with pytest.raises(DamagedRecord):
        decode(content, "k")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(st.sampled_from(["record_id", "is_demo", "slots", "format"]), JSON)
def test_any_content_is_refused_in_words_even_with_a_right_checksum(
    written: bytes, name: str, value: object
) -> None:
    content = changed(written, **{name: value})
    try:
        decode(content, "k")
    except (DamagedRecord, NewerRecord):
        return
    assert name in {"is_demo", "format"}  # the only fields a stray value can be right for


@pytest.mark.parametrize(
    "content",
    [
        b"[" * 100_000,
        b'{"sha256":"' + b"0" * MAX_FILE_BYTES + b'"}',
        b'{"sha256": 1e999}',
        b'{"n": ' + b"9" * 5000 + b"}",
        b"\xff\xfe{\x00}\x00",
        b"null",
    ],
    ids=["nested", "huge", "infinite", "long number", "utf-16", "null"],
)
def test_hostile_files_are_refused_in_words(content: bytes) -> None:
    with pytest.raises(DamagedRecord):
        decode(content, "k")


@pytest.mark.parametrize(
    "kdf",
    [
        {"memory_kib": 1 << 30},
        {"memory_kib": -1},
        {"memory_kib": "64"},
        {"memory_kib": True},
        {"time": 1 << 40},
        {"lanes": 0},
        {"name": "md5"},
    ],
)
def test_a_derivation_that_would_exhaust_the_computer_is_refused(
    written: bytes, kdf: dict[str, object]
) -> None:
    whole = json.loads(written)["slots"][0]["kdf"]
    with pytest.raises(DamagedRecord):
        decode(slot_with(written, kdf=whole | kdf), "k")


@pytest.mark.parametrize(
    "fields",
    [
        {"salt": "00"},
        {"nonce": "00" * 13},
        {"wrapped": "00" * 47},
        {"salt": "zz" * 16},
        {"kind": "master"},
        {"login": None},
        {"kind": "recovery", "login": ""},
    ],
    ids=["salt", "nonce", "wrapped", "not hex", "kind", "login", "two recovery slots"],
)
def test_a_slot_of_another_shape_is_refused(written: bytes, fields: dict[str, object]) -> None:
    with pytest.raises(DamagedRecord):
        decode(slot_with(written, **fields), "k")


def test_a_newer_file_says_so_and_a_damaged_one_never_does(written: bytes) -> None:
    with pytest.raises(NewerRecord, match="newer CollabCare"):
        decode(changed(written, format=2), "k")
    with pytest.raises(DamagedRecord):
        decode(written.replace(b'"format": 1', b'"format": 2'), "k")


def test_a_missing_file_has_a_sentence_of_its_own(record: Path) -> None:
    key_path(record).unlink()
    with pytest.raises(DamagedRecord, match=r"elm\.ccrecord\.keys is missing"):
        read_key_file(record)


def test_a_real_record_is_made_at_full_cost(tmp_path: Path) -> None:
    create_record(tmp_path / "full.ccrecord", scenes.new_record(), scenes.AT)
    slots = read_key_file(tmp_path / "full.ccrecord").slots
    assert [slot.cost for slot in slots] == [PRODUCTION_COST] * 2
