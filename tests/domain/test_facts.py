"""The one snapshot every rule reads, and the small things that stand beside it."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain import errors
from collabcare.domain.errors import CollabCareError, EnvironmentProblem, RuleViolation
from collabcare.domain.facts import time_order
from collabcare.domain.slots import slot_end
from tests.builders import contact, contacts, day, facts, ladder, measure, pathway, patient, prompt


def test_only_contacts_at_which_the_patient_was_seen_are_attended() -> None:
    assert [c.on for c in facts("ALDCPNb").attended] == [day(0), day(7)]


def test_the_next_booked_contact_has_no_outcome_and_is_today_or_later() -> None:
    of = facts("bbb")
    found = [of.next_booked(day(n)) for n in (-5, 0, 1, 14, 15)]
    assert [each and each.on for each in found] == [day(0), day(0), day(7), day(14), None]


def test_the_open_search_is_the_latest_that_is_not_closed() -> None:
    closed, first, second = ladder(day(0), closed_on=day(1)), ladder(day(7)), ladder(day(14))
    assert facts(ladders=(closed,)).open_ladder is None
    assert facts(ladders=(closed, first, second)).open_ladder is second


def test_measures_and_prompts_are_told_apart() -> None:
    of = facts(
        measures=(measure(15), measure(9, instrument="gad7"), measure(4)),
        safety_prompts=(prompt(closed_on=day(1)), prompt(day(2))),
    )
    assert [m.total for m in of.measures_of("phq9")] == [15, 4]
    assert [p.opened_on for p in of.open_safety_prompts] == [day(2)]


def test_a_patient_and_a_measure_say_themselves_as_every_place_shows_them() -> None:
    assert patient(title=None).name == "OKAFOR, Ngozi"
    assert measure(11, prorated=True, missing=1).text == "11 (prorated, 1 missing)"


def test_names_are_sorted_without_regard_to_case_or_accents() -> None:
    people = [patient(surname=surname) for surname in ("Zhou", "van der Berg", "Öz", "Łuk", "Lee")]
    ordered = sorted(people, key=lambda each: each.name_order)
    assert [each.surname for each in ordered] == ["Lee", "Łuk", "Öz", "van der Berg", "Zhou"]


def test_contacts_stand_in_order_of_time_and_one_without_a_time_first() -> None:
    morning, unknown, evening = contact("A", at=time(9)), contact("A", at=None), contact("A", at=time(18))
    yesterday = contact("A", day(-1), at=time(23))
    assert sorted((evening, morning, unknown, yesterday), key=time_order) == [
        yesterday,
        unknown,
        morning,
        evening,
    ]


@pytest.mark.parametrize(
    ("start", "minutes", "end"),
    [
        (None, 30, None),
        (time(10, 0), 30, time(10, 30)),
        (time(10, 0), None, time(10, 0)),
        (time(15, 45), 20, time(16, 5)),
        (time(23, 45), 30, time.max),
        (time(23, 30), 29, time(23, 59)),
    ],
)
def test_a_slot_ends_after_its_minutes_and_never_after_midnight(
    start: time | None, minutes: int | None, end: time | None
) -> None:
    assert slot_end(start, minutes) == end


@given(st.times(), st.integers(1, 600))
def test_a_slot_never_ends_before_it_starts(start: time, minutes: int) -> None:
    end = slot_end(start, minutes)
    assert end is not None
    assert end >= start


def test_every_step_of_the_service_is_found_by_its_number() -> None:
    assert [pathway().step(n).number for n in range(1, 6)] == [1, 2, 3, 4, 5]
    for number in (0, 6, -1):
        with pytest.raises(RuleViolation, match=f"has no step {number}"):
            pathway().step(number)


def test_every_refusal_is_a_sentence_of_its_own_kind() -> None:
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and kind is not CollabCareError]
    assert all(issubclass(kind, CollabCareError) for kind in kinds)
    assert issubclass(errors.WrongPassword, EnvironmentProblem)
    assert not issubclass(errors.StaleRecord, RuleViolation)


def test_history_letters_may_leave_a_week_out() -> None:
    assert [c.on for c in contacts("A D")] == [day(0), day(14)]
