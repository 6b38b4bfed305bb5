"""What follows from the contacts that stand once one of them was entered in error."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.acting import Acting, Role
from collabcare.domain.another_person import begins_at
from collabcare.domain.contact_corrections import (
    IN_ERROR,
    MISSED_AGAIN,
    SEEN_AGAIN,
    phase_without,
    refuse_contact_voiding,
    search_end,
    still_missed,
    why_not_taken_back,
)
from collabcare.domain.episode import Phase
from collabcare.domain.errors import RuleViolation
from collabcare.domain.ids import ContactId, UserId
from tests.builders import MONDAY, contact, contacts, day, facts, ladder

if TYPE_CHECKING:
    from collabcare.domain.facts import EpisodeFacts


@pytest.mark.parametrize(
    ("reason", "voided", "closed_on", "words"),
    [
        ("Wrong", False, MONDAY, "episode of care is closed"),
        ("Wrong", True, None, "entered in error already"),
        (" \n", False, None, "Say what was wrong"),
    ],
)
def test_what_cannot_be_marked_is_refused_in_a_sentence(
    reason: str, voided: bool, closed_on: date | None, words: str
) -> None:
    refuse_contact_voiding("Wrong", voided=False, closed_on=None)
    with pytest.raises(RuleViolation, match=words):
        refuse_contact_voiding(reason, voided=voided, closed_on=closed_on)


@pytest.mark.parametrize(
    ("history", "place", "end"),
    [
        ("D", 0, None),
        ("ADC", 1, None),
        ("DPb", 0, None),
        ("DA", 0, (day(7), SEEN_AGAIN)),
        ("DL", 0, (day(7), SEEN_AGAIN)),
        ("DCDA", 0, (day(14), MISSED_AGAIN)),
    ],
)
def test_the_first_contact_kept_or_missed_after_it_ends_a_search(
    history: str, place: int, end: tuple[date, str] | None
) -> None:
    held = contacts(history)
    assert search_end(held[place], held) == end


@pytest.mark.parametrize(
    ("missed_at", "seen_at", "ends"),
    [
        (time(10), time(14), True),
        (time(10), time(9), False),
        (None, time(9), False),
        (time(10), None, True),
    ],
)
def test_on_one_day_only_their_times_tell(missed_at: time | None, seen_at: time | None, ends: bool) -> None:
    missed = contact("D", at=missed_at)
    seen = contact("A", id=ContactId(2), at=seen_at)
    assert (search_end(missed, (missed, seen)) is not None) is ends


@pytest.mark.parametrize(
    ("history", "last"), [("", None), ("AC", None), ("AD", day(7)), ("ADA", None), ("DADD", day(21))]
)
def test_the_last_miss_is_followed_up_unless_they_were_seen_since(history: str, last: date | None) -> None:
    found = still_missed(facts(history))
    assert (found and found.on) == last


@pytest.mark.parametrize(
    ("missed_on", "because", "sought"),
    [
        (day(7), "Spoke to the patient", False),
        (day(14), "Moved away", False),
        (day(0), "Spoke to the patient", True),
        (day(7), SEEN_AGAIN, True),
        (day(7), MISSED_AGAIN, True),
        (day(14), IN_ERROR, True),
        (day(7), None, True),
    ],
)
def test_nobody_is_sought_whom_a_search_has_found(missed_on: date, because: str | None, sought: bool) -> None:
    closed = ladder(missed_on, closed_on=because and day(15), closed_because=because)
    assert (still_missed(facts("AD", ladders=(closed,))) is not None) is sought


def begun(history: str, on: date) -> EpisodeFacts:
    """Return an episode that is active since a day, with what stands of its contacts."""
    return facts(history, phase=Phase.ACTIVE, phase_since=on)


def test_the_phase_goes_back_to_what_the_contacts_that_stand_make_it() -> None:
    alone = replace(begun("D", MONDAY), holder_id=UserId(2), allocated_on=day(-3))
    assert phase_without(alone, MONDAY) == (Phase.ALLOCATED, day(-3))
    received = alone.referral_received_on
    assert phase_without(replace(alone, allocated_on=None), MONDAY) == (Phase.ALLOCATED, received)
    assert phase_without(replace(alone, holder_id=None), MONDAY) == (Phase.REFERRED, received)
    assert phase_without(begun(" A", MONDAY), MONDAY) == (Phase.ACTIVE, day(7))


def test_a_phase_that_began_otherwise_stays() -> None:
    assert phase_without(begun("A", MONDAY), MONDAY) is None
    assert phase_without(begun("", MONDAY), day(7)) is None
    assert phase_without(replace(begun("", MONDAY), phase=Phase.MAINTENANCE), MONDAY) is None


@given(st.text("ALDCPb", max_size=8))
def test_somebody_is_sought_exactly_when_their_last_kept_or_missed_contact_was_missed(history: str) -> None:
    counted = [letter for letter in history if letter in "ALD"]
    assert (still_missed(facts(history)) is not None) is (counted[-1:] == ["D"])


JO = Acting(user_id=UserId(1), login="jo", name="Jo Smith", role=Role.PRACTITIONER)
AMINA = Acting(user_id=UserId(2), login="amina", name="Amina Shah", role=Role.SUPERVISOR)


@pytest.mark.parametrize(
    ("history", "never_was", "words"),
    [
        ("A", True, ""),
        ("AD", False, ""),
        ("AD", True, "This appointment was recorded as missed. Only a supervisor who neither"),
        ("Ab", True, "This appointment has begun and has no outcome yet."),
    ],
)
def test_whoever_cannot_take_it_back_is_told_beforehand_who_can(
    history: str, words: str, *, never_was: bool
) -> None:
    of, now = facts(history), begins_at(day(20), None)
    last = of.contacts[-1]
    said = why_not_taken_back(last, of, JO, never_was=never_was, now=now)
    assert said.startswith(words)
    assert bool(said) is bool(words)
    assert why_not_taken_back(last, of, AMINA, never_was=never_was, now=now) == ""
    if last.status is None:
        assert why_not_taken_back(last, of, JO, never_was=True, now=begins_at(day(1), None)) == ""
