"""Key slots: only the right secret opens one, and nothing about it can be changed unnoticed."""

from __future__ import annotations

import pickle
import statistics
import time
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.errors import CollabCareError, EnvironmentProblem, RuleViolation, WrongPassword
from collabcare.store.vault import (
    MAX_PASSWORD,
    NOT_OPENED,
    PRODUCTION_COST,
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
from tests.store.scenes import QUICK

IDENTITY = RecordIdentity(record_id="7d7c8d6e-3c52-4a34-9a2a-0d6b6f1f2a11", is_demo=False)
KEY = RecordKey(bytes(range(1, 33)))


def slot_of(password: str, login: str = "ada") -> Slot:
    return seal(KEY, new_password_credential(login, password), IDENTITY, QUICK)


def opens(slot: Slot, password: str, login: str = "ada", identity: RecordIdentity = IDENTITY) -> bool:
    try:
        return unseal(slot, password_credential(login, password), identity).reveal() == KEY.reveal()
    except WrongPassword:
        return False


@pytest.mark.parametrize(
    "password",
    [
        "a",
        " leading and trailing ",
        "'\"; drop table patient; --",
        "🔐🐎",
        "ß",
        "İ",
        "\u0958",
        "x" * MAX_PASSWORD,
    ],
)
def test_any_password_opens_its_slot_and_no_other(password: str) -> None:
    slot = slot_of(password)
    assert opens(slot, password)
    assert not opens(slot, password + "x")
    assert not opens(slot, password.swapcase() + " ")


@pytest.mark.parametrize("password", ["Müller-Łódź", "Nguyễn café", "각하", "\u1e9b\u0323", "\u0958\ufb2c"])
def test_the_same_letters_are_the_same_password_on_every_keyboard(password: str) -> None:
    composed, apart = (unicodedata.normalize(form, password) for form in ("NFC", "NFD"))
    assert opens(slot_of(composed), apart)
    assert opens(slot_of(apart), composed)


@pytest.mark.parametrize(("typed", "other"), [("①", "1"), ("ﬁ", "fi"), ("\uff21", "A"), ("²", "2")])
def test_letters_that_only_look_alike_are_different_passwords(typed: str, other: str) -> None:
    assert not opens(slot_of(typed), other)


@pytest.mark.parametrize("password", ["", "\ud800", "x" * 10_000, "\x00", "\U0001d160" * 10_000, "ẛ̣" * 5_000])
def test_nonsense_at_sign_in_is_wrong_and_nothing_else(password: str) -> None:
    assert not opens(slot_of("correct horse"), password)


def test_a_password_at_the_limit_is_not_opened_by_a_longer_one() -> None:
    longest = unicodedata.normalize("NFD", "\u1f82") * MAX_PASSWORD  # four characters that compose to one
    assert opens(slot_of(longest), longest)
    assert not opens(slot_of(longest), longest + "x")


@pytest.mark.parametrize(
    ("login", "password"),
    [
        ("", "p"),
        ("  ", "p"),
        ("a" * 65, "p"),
        ("a\x00b", "p"),
        ("ada", ""),
        ("ada", "x" * (MAX_PASSWORD + 1)),
        ("ada", "\udc80"),
    ],
)
def test_what_could_not_be_typed_again_cannot_be_chosen(login: str, password: str) -> None:
    with pytest.raises(RuleViolation):
        new_password_credential(login, password)


@pytest.mark.parametrize("typed", ["Ada", " ADA ", "\uff41\uff44\uff41", "aDa\t"])
def test_a_name_is_the_same_however_it_is_written(typed: str) -> None:
    assert normalise_login(typed) == "ada"
    assert opens(slot_of("p"), "p", login=typed)


@given(st.text(max_size=40))
def test_a_name_once_normalised_stays_as_it_is(login: str) -> None:
    assert normalise_login(normalise_login(login)) == normalise_login(login)


CHANGES = {
    "another slot's id": {"id": "0000000000000000"},
    "another kind": {"kind": SlotKind.RECOVERY},
    "another login": {"login": "bob"},
    "a cheaper derivation": {"cost": replace(QUICK, time=2)},
    "another salt": {"salt": bytes(16)},
    "another nonce": {"nonce": bytes(12)},
    "another key": {"wrapped": bytes(48)},
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_nothing_about_a_slot_can_be_changed(change: dict[str, object]) -> None:
    slot = slot_of("correct horse")
    assert opens(slot, "correct horse")
    with pytest.raises(WrongPassword):
        unseal(replace(slot, **change), password_credential("ada", "correct horse"), IDENTITY)  # type: ignore[arg-type]  # one field of each type


@pytest.mark.parametrize(
    "identity",
    [replace(IDENTITY, is_demo=True), replace(IDENTITY, record_id="7d7c8d6e-3c52-4a34-9a2a-0d6b6f1f2a12")],
    ids=["demo", "another record"],
)
def test_a_slot_opens_its_own_record_only(identity: RecordIdentity) -> None:
    assert not opens(slot_of("correct horse"), "correct horse", identity=identity)


def test_two_slots_for_one_password_have_nothing_in_common() -> None:
    one, two = slot_of("same"), slot_of("same")
    assert {one.id, one.salt, one.nonce, one.wrapped}.isdisjoint({two.id, two.salt, two.nonce, two.wrapped})


def test_a_guess_costs_what_we_say_it_does() -> None:
    cost = PRODUCTION_COST  # OWASP's floor is 19 MiB and 2 passes
    assert (cost.memory_kib, cost.time, cost.lanes) == (128 * 1024, 5, 4)


@pytest.mark.parametrize(
    ("memory_kib", "time_", "lanes"),
    [
        (1 << 30, 1, 1),
        (524_289, 1, 1),
        (4, 1, 1),
        (64, 0, 1),
        (64, 25, 1),
        (64, 1, 0),
        (64, 1, 17),
        (64, 1, 16),
    ],
)
def test_absurd_costs_are_refused_before_any_memory_is_taken(memory_kib: int, time_: int, lanes: int) -> None:
    with pytest.raises(ValueError, match=r"memory|time|lanes"):
        VaultCost(memory_kib=memory_kib, time=time_, lanes=lanes)


def test_a_name_nobody_has_costs_and_reads_the_same_as_a_wrong_password() -> None:
    cost = VaultCost(memory_kib=8 * 1024, time=3, lanes=1)
    slot = seal(KEY, new_password_credential("ada", "right"), IDENTITY, cost)
    wrong, unknown = password_credential("ada", "wrong"), password_credential("zoe", "wrong")
    spent: dict[str, list[float]] = {"wrong": [], "unknown": []}
    for _ in range(5):
        start = time.process_time()
        with pytest.raises(WrongPassword) as known:
            unseal(slot, wrong, IDENTITY)
        middle = time.process_time()
        with pytest.raises(WrongPassword) as nobody:
            refuse_unknown(unknown, cost)
        spent["wrong"].append(middle - start)
        spent["unknown"].append(time.process_time() - middle)
        assert str(known.value) == str(nobody.value) == NOT_OPENED
    assert abs(statistics.median(spent["wrong"]) - statistics.median(spent["unknown"])) < 0.05


def test_a_key_never_shows_itself() -> None:
    shown = f"{KEY!r} {KEY} {slot_of('correct horse')!r} {password_credential('ada', 'correct horse')!r}"
    assert KEY.reveal().hex() not in shown
    assert "correct horse" not in shown
    with pytest.raises(TypeError):
        pickle.dumps(KEY)


def test_a_wiped_key_opens_nothing_more() -> None:
    key = RecordKey.random()
    key.wipe()
    with pytest.raises(EnvironmentProblem, match="closed"):
        key.reveal()
    with pytest.raises(CollabCareError):
        seal(key, new_password_credential("ada", "p"), IDENTITY, QUICK)
