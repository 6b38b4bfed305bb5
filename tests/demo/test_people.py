"""The demo's people: nobody real, from everywhere, with names that software gets wrong."""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

from collabcare.demo.acts import Referred
from collabcare.demo.people import synthetic_nhs_numbers
from collabcare.domain.calendar import age_on
from collabcare.domain.codes import Gender, ReferralReason
from collabcare.domain.nhs_number import fault_in_nhs_number
from tests.demo_record import DEMO_TODAY

if TYPE_CHECKING:
    from collabcare.demo.acts import Life
    from collabcare.demo.library import Library
    from tests.demo.conftest import Plan

DRAMA = re.compile(r"07700 900\d{3}|01632 960\d{3}")
POSTCODE = re.compile(r"HB\d \d[ABDEFGHJLNPQRSTUWXYZ]{2}")


def test_nhs_numbers_are_valid_synthetic_and_never_given_twice() -> None:
    numbers = list(islice(synthetic_nhs_numbers(7), 20_000))
    assert {number[:3] for number in numbers} == {"999"}
    assert [number for number in numbers if fault_in_nhs_number(number)] == []
    assert len(set(numbers)) == len(numbers)
    assert numbers[:100] != list(islice(synthetic_nhs_numbers(8), 100))


def test_there_are_numbers_enough_for_the_largest_demo() -> None:
    assert sum(1 for _ in islice(synthetic_nhs_numbers(1), 140_000)) == 140_000


def test_every_number_rings_nobody_and_every_address_is_nowhere(lives: list[Life], library: Library) -> None:
    people = [life.person for life in lives]
    assert all(DRAMA.fullmatch(person.telephone) for person in people if person.telephone)
    assert all(POSTCODE.fullmatch(person.postcode) for person in people if person.postcode)
    service, practices = library.places.service, library.places.practices
    telephones = [service.telephone, *(practice.telephone for practice in practices)]
    postcodes = [service.postcode, *(practice.postcode for practice in practices)]
    assert all(DRAMA.fullmatch(telephone) for telephone in telephones)
    assert all(POSTCODE.fullmatch(postcode) for postcode in postcodes)


def test_an_address_is_in_the_town_of_its_postcode(lives: list[Life], library: Library) -> None:
    towns = {district: town for each in library.places.practices for district, town in each.districts}
    for person in (life.person for life in lives):
        if person.postcode:
            assert person.address.splitlines()[-1] == towns[person.postcode.split()[0]]


def test_ages_run_from_seventeen_to_eighty_four(lives: list[Life]) -> None:
    ages = sorted(age_on(life.person.birth_date, DEMO_TODAY) for life in lives)
    assert ages[0] >= 17
    assert ages[-1] <= 84
    assert ages[0] < 25
    assert ages[-1] > 70


def test_names_come_from_everywhere_and_namesakes_are_few(lives: list[Life], library: Library) -> None:
    surnames = Counter(life.person.surname for life in lives)
    backgrounds = {
        background.id
        for background in library.backgrounds
        for surname in surnames
        if surname in background.surnames
    }
    assert len(backgrounds) >= 15
    assert max(surnames.values()) <= 2


def test_the_names_that_software_gets_wrong_always_stand_in_sixty(lives: list[Life]) -> None:
    surnames = {life.person.surname for life in lives}
    hard = {"O'Brien", "Wiśniewski", "van der Berg", "Nguyễn", "Papakonstantinopoulos", "Warsame"}
    assert len(hard & surnames) >= 5
    assert any(life.person.title == "Mx" for life in lives)
    assert any(life.person.preferred_name for life in lives)


def test_some_have_no_telephone_and_some_have_a_wish(plan: Plan, library: Library) -> None:
    people = [life.person for life in plan(300)]
    assert any(not person.telephone for person in people)
    assert all(person.contact_note for person in people if not person.telephone)
    through_somebody = {
        p.contact_note for p in people if p.contact_note in library.places.notes["interpreter"]
    }
    assert len(through_somebody) > 3, "no two need to hear the same before they are rung"
    assert any(not person.nhs_number for person in people)
    assert any(not person.address for person in people)


def test_troubles_come_to_people_who_can_have_them(plan: Plan, library: Library) -> None:
    abroad = {name for each in library.backgrounds if each.language for name in each.surnames}
    abroad |= {name for each in library.backgrounds if each.language for name in each.surnames_women}
    for life in plan(300):
        referred = next(act for act in life.acts if isinstance(act, Referred))
        if referred.reason is ReferralReason.PERINATAL:
            assert life.person.gender is Gender.FEMALE
            assert age_on(life.person.birth_date, DEMO_TODAY) <= 42
        if "family far away" in referred.note:
            assert life.person.surname in abroad
        if "Patient died" in life.story:
            assert age_on(life.person.birth_date, DEMO_TODAY) >= 70
