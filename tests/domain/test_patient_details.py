"""Details as they are kept: tidied, checked by their lists, and blank where nobody asked."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import fields, replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.demographics import EthnicCategory
from collabcare.domain.errors import RuleViolation
from collabcare.domain.ids import GpPracticeId
from collabcare.domain.patient_details import (
    LONGEST_NAME,
    CommunicationNeeds,
    ContactDetails,
    Demographics,
    Gp,
    Identity,
    SafeContact,
    checked_contact,
    checked_demographics,
    checked_gp,
    checked_identity,
    checked_needs,
    checked_safe_contact,
    details_of,
    refuse_no_correction,
)
from collabcare.domain.reach_facts import ReachFacts
from tests.builders import MONDAY, day, facts, patient

if TYPE_CHECKING:
    from collections.abc import Callable

WHO = Identity(
    nhs_number="943 476 5919",
    surname=" Okafor ",
    given_name="Ngozi",
    title="Ms.",
    birth_date=date(1985, 7, 14),
    gender="2",
)


def test_an_identity_is_tidied() -> None:
    kept = checked_identity(WHO, today=MONDAY)
    assert (kept.nhs_number, kept.surname, kept.title, kept.preferred_name) == (
        "9434765919",
        "Okafor",
        "Ms",
        None,
    )
    assert checked_identity(replace(WHO, nhs_number=" ", title=None), today=MONDAY).nhs_number == ""


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"surname": " "}, "Type the surname"),
        ({"surname": "x" * (LONGEST_NAME + 1)}, "The surname is too long"),
        ({"birth_date": date(1899, 12, 31)}, "before 1900"),
        ({"birth_date": day(1)}, "in the future"),
        ({"nhs_number": "943"}, "digits"),
        ({"gender": "3"}, "gender"),
    ],
)
def test_an_identity_that_cannot_be(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(RuleViolation, match=words):
        checked_identity(replace(WHO, **changes), today=MONDAY)


def test_contact_details_are_tidied() -> None:
    kept = checked_contact(
        ContactDetails(address=" 4  Mill Lane \n\nLeeds ", postcode=" ls1 1aa ", telephone=" ")
    )
    assert kept == ContactDetails(address="4 Mill Lane\nLeeds", postcode="LS1 1AA")


@pytest.mark.parametrize(
    "changed",
    [
        *({"telephone": "1"}, {"other_telephone": "1"}, {"email": "a@b"}),
        *({"address": "1"}, {"postcode": "1"}, {"contact_note": "1"}),
    ],
)
def test_details_are_put_right_by_a_number_or_an_address(changed: dict[str, Any]) -> None:
    before = ContactDetails(address="4 Mill Lane")
    if "contact_note" not in changed:
        refuse_no_correction(before, replace(before, **changed))
        return
    with pytest.raises(RuleViolation, match="Put the telephone number or the address right"):
        refuse_no_correction(before, replace(before, **changed))


@given(safe=st.none() | st.booleans(), times=st.sampled_from([None, " ", " after  six "]))
def test_what_is_safe_is_kept_as_it_was_answered(safe: bool | None, times: str | None) -> None:
    kept = checked_safe_contact(SafeContact(telephone_safe=safe, voicemail_safe=safe, safe_times=times))
    assert (kept.telephone_safe, kept.voicemail_safe, kept.text_safe) == (safe, safe, None)
    assert kept.safe_times == ("after six" if times and times.strip() else None)


@pytest.mark.parametrize(("typed", "kept"), [("text", "text"), (" Call ", "call"), ("", None), (None, None)])
def test_the_way_they_prefer_is_one_of_a_list(typed: str | None, kept: str | None) -> None:
    assert checked_safe_contact(SafeContact(preferred_way=typed, text_safe=True)).preferred_way == kept


@pytest.mark.parametrize(
    ("way", "unsafe"),
    [
        ("call", SafeContact(telephone_safe=False)),
        ("text", SafeContact(text_safe=False)),
        ("email", SafeContact(email_safe=False)),
        ("letter", SafeContact(letters_safe=False)),
    ],
)
def test_what_they_prefer_cannot_be_what_is_not_safe(way: str, unsafe: SafeContact) -> None:
    with pytest.raises(RuleViolation, match=f"reached by {way}, but that is recorded as not safe"):
        checked_safe_contact(replace(unsafe, preferred_way=way))
    assert checked_safe_contact(SafeContact(preferred_way=way)).preferred_way == way


def test_a_way_that_is_on_no_list_is_refused() -> None:
    with pytest.raises(RuleViolation, match="Choose how they would rather be reached from the list"):
        checked_safe_contact(SafeContact(preferred_way="pigeon"))


@pytest.mark.parametrize("address", ["n.okafor@example.org", " n@x "])
def test_an_email_address_is_kept_and_a_blank_is_none(address: str) -> None:
    assert checked_contact(ContactDetails(email=address)).email == address.strip()
    assert checked_contact(ContactDetails(email=" ")).email is None


@pytest.mark.parametrize("address", ["n.okafor", "@example.org", "a@b@c", "a b@c", "a@"])
def test_what_is_no_email_address_is_refused(address: str) -> None:
    with pytest.raises(RuleViolation, match="no email address"):
        checked_contact(ContactDetails(email=address))


def test_gp_and_other_lines_are_tidied() -> None:
    assert checked_gp(Gp(gp_practice_id=GpPracticeId(3), gp_name=" Dr  Price ")) == Gp(
        gp_practice_id=GpPracticeId(3), gp_name="Dr Price"
    )
    assert checked_gp(Gp(gp_name=" ")).gp_name is None
    assert checked_identity(replace(WHO, pronouns=" they / them "), today=MONDAY).pronouns == "they / them"
    assert checked_demographics(Demographics(allergies=" Penicillin ")).allergies == "Penicillin"


@pytest.mark.parametrize("said", [{"interpreter_dialect": "Sylheti"}, {"interpreter_gender": "a woman"}])
def test_an_interpreter_speaks_some_language(said: dict[str, Any]) -> None:
    with pytest.raises(RuleViolation, match="Choose the language"):
        checked_needs(CommunicationNeeds(**said), today=MONDAY)
    kept = checked_needs(CommunicationNeeds(interpreter_language="bn", **said), today=MONDAY)
    assert {name: getattr(kept, name) for name in said} == said


def test_needs_are_read_from_their_lists() -> None:
    typed = CommunicationNeeds(
        interpreter_language=" PL",
        information_formats=("bsl_video", "Large_Print_18", "bsl_video"),
        communication_methods=("writing", "bsl"),
        needs_reviewed_on=MONDAY,
    )
    assert checked_needs(typed, today=MONDAY) == CommunicationNeeds(
        interpreter_language="pl",
        information_formats=("large_print_18", "bsl_video"),
        communication_methods=("bsl", "writing"),
        needs_reviewed_on=MONDAY,
    )
    with pytest.raises(RuleViolation, match="in the future"):
        checked_needs(typed, today=day(-1))


_CODES = [field.name for field in fields(Demographics) if field.name not in {"disability", "allergies"}]


@pytest.mark.parametrize("name", _CODES)
def test_what_nobody_asked_stays_none_and_a_blank_is_none(name: str) -> None:
    blanks: list[dict[str, Any]] = [{name: nothing} for nothing in (None, "", "  ")]
    for blank in blanks:
        assert checked_demographics(Demographics(**blank)) == Demographics()
    with pytest.raises(RuleViolation):
        checked_demographics(replace(Demographics(), **{name: "??"}))  # type: ignore[arg-type]  # a text


@given(code=st.sampled_from(EthnicCategory))
def test_an_ethnic_group_keeps_its_code(code: EthnicCategory) -> None:
    assert checked_demographics(Demographics(ethnic_category=code.value)).ethnic_category == code


def test_a_local_sub_code_is_kept_as_its_national_group() -> None:
    """DEM-W4."""
    assert checked_demographics(Demographics(ethnic_category="A2")).ethnic_category == "A"


@pytest.mark.parametrize(
    ("codes", "kept"),
    [(None, None), ((), None), (("09", "02", "09"), ("02", "09")), (("NN",), ("NN",)), (("ZZ",), ("ZZ",))],
)
def test_disabilities_are_kept_once_each_in_order(
    codes: tuple[str, ...] | None, kept: tuple[str, ...] | None
) -> None:
    assert checked_demographics(Demographics(disability=codes)).disability == kept


def test_capitals_of_a_language_and_a_home_make_no_difference() -> None:
    kept = checked_demographics(Demographics(language="Q4", accommodation="hm01"))
    assert (kept.language, kept.accommodation) == ("q4", "HM01")


CHECKS: dict[str, Callable[[str], object]] = {
    "number": lambda text: checked_identity(replace(WHO, nhs_number=text), today=MONDAY),
    "surname": lambda text: checked_identity(replace(WHO, surname=text), today=MONDAY),
    "gender": lambda text: checked_identity(replace(WHO, gender=text), today=MONDAY),
    "contact": lambda text: checked_contact(ContactDetails(address=text, postcode=text, telephone=text)),
    "email": lambda text: checked_contact(ContactDetails(email=text, other_telephone=text)),
    "preferred way": lambda text: checked_safe_contact(SafeContact(preferred_way=text)),
    "times": lambda text: checked_safe_contact(SafeContact(safe_times=text)),
    "dialect": lambda text: checked_needs(
        CommunicationNeeds(interpreter_language="bn", interpreter_dialect=text, interpreter_gender=text),
        today=MONDAY,
    ),
    "allergies": lambda text: checked_demographics(Demographics(allergies=text)),
    "gp": lambda text: checked_gp(Gp(gp_name=text)),
    "language": lambda text: checked_needs(CommunicationNeeds(interpreter_language=text), today=MONDAY),
    "method": lambda text: checked_needs(CommunicationNeeds(communication_methods=(text,)), today=MONDAY),
    "ethnicity": lambda text: checked_demographics(Demographics(ethnic_category=text)),
    "home": lambda text: checked_demographics(Demographics(accommodation=text)),
    "disability": lambda text: checked_demographics(Demographics(disability=(text,))),
}


@pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS)
@given(text=st.text(max_size=200))
def test_no_text_raises_anything_but_a_rule(check: Callable[[str], object], text: str) -> None:
    with suppress(RuleViolation):
        check(text)


def test_a_form_begins_with_what_is_recorded() -> None:
    reach = ReachFacts(safe_times="after six", interpreter_gender="a man", employment="05")
    recorded = facts(reach=reach, patient=patient(allergies="Latex", email="n@x", gp_name="Dr Price"))
    found = details_of(recorded)
    assert found.identity.surname == recorded.patient.surname
    assert found.safe == SafeContact(safe_times="after six")
    assert found.needs == CommunicationNeeds(interpreter_gender="a man")
    assert found.demographics == Demographics(employment="05", allergies="Latex")
    assert (found.contact.email, found.gp) == ("n@x", Gp(gp_name="Dr Price"))
    assert details_of(facts()).safe == SafeContact()
