"""Details as they are read: no code by its number, and "not asked" never yes, never no."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.accommodation import accommodation, accommodation_choices
from collabcare.domain.communication_needs import CommunicationMethod, InformationFormat
from collabcare.domain.demographic_facts import DemographicFacts
from collabcare.domain.demographics import Disability, Employment, EthnicCategory, SexualOrientation
from collabcare.domain.details_words import (
    NOT_ASKED,
    Said,
    about_words,
    before_ringing,
    capital,
    code_words,
    contact_words,
    gp_words,
    home_words,
    identity_words,
    needs_line,
    needs_words,
    never_asked,
    safe_words,
    yes_no,
)
from collabcare.domain.people_facts import CarerFact
from collabcare.domain.reach_facts import ReachFacts
from tests.builders import MONDAY, facts, patient


def line(lines: tuple[Said, ...], label: str) -> Said:
    """Return the line with this label."""
    return next(each for each in lines if each.label == label)


def test_nothing_asked_says_so_in_every_line() -> None:
    nobody = facts(patient=patient(contact_note=None))
    for lines in (about_words(nobody), needs_words(nobody)[:-1], safe_words(nobody)[:-1]):
        assert {each.words for each in lines} == {NOT_ASKED}
        assert not any(each.known for each in lines)
    assert line(needs_words(nobody), "Last asked") == ("Last asked", "Nobody has asked yet", False)
    assert line(safe_words(nobody), "May be rung").known is False


@given(st.lists(st.none() | st.booleans(), min_size=5, max_size=5))
def test_a_way_says_yes_no_or_not_asked_and_nothing_else(answers: list[bool | None]) -> None:
    names = ("telephone_safe", "voicemail_safe", "text_safe", "email_safe", "letters_safe")
    reach = ReachFacts(**dict(zip(names, answers, strict=True)))  # type: ignore[arg-type]  # the five ways
    words = [each.words for each in safe_words(facts(reach=reach))[:5]]
    assert words == [yes_no(answer) for answer in answers]
    assert bool(never_asked(reach)) is (None in answers)
    may = [name for name, answer in zip(names, answers, strict=True) if answer]
    if answers[0] is False and "voicemail_safe" in may:
        may.remove("voicemail_safe")  # where nobody is rung there is nowhere to leave one
    fine = bool(may and False in answers)
    assert len(before_ringing(reach)) == answers.count(False) + fine


def test_before_ringing_says_which_ways_are_fine_where_others_are_not() -> None:
    texted = ReachFacts(telephone_safe=False, voicemail_safe=False, text_safe=True, letters_safe=True)
    assert before_ringing(texted) == ("Do not ring", "Leave no voicemail", "Text and letters are fine")
    rung = replace(texted, telephone_safe=True, text_safe=False, email_safe=True)
    assert before_ringing(rung)[-1] == "Ringing, email and letters are fine"
    assert before_ringing(ReachFacts(telephone_safe=False, text_safe=True))[-1] == "Text is fine"
    signs = replace(rung, communication_methods=("bsl",))
    assert "Email and letters are fine" in before_ringing(signs), "ringing does not reach who signs"
    assert before_ringing(ReachFacts(text_safe=True, letters_safe=True)) == ()


@pytest.mark.parametrize(
    ("code", "words"),
    [(None, NOT_ASKED), ("99", NOT_ASKED), ("Z", "Asked, prefers not to say"), ("H", "Indian")],
)
def test_not_asked_and_not_said_are_told_apart(code: str | None, words: str) -> None:
    """DEM-W1 and DEM-W2 as they are read."""
    said = DemographicFacts(ethnic_category=code)
    assert line(about_words(facts(patient=patient(demographics=said))), "Ethnic category").words == words


def test_every_code_is_read_by_its_words() -> None:
    said = DemographicFacts(
        ethnic_category=EthnicCategory.AFRICAN,
        sexual_orientation=SexualOrientation.NOT_SURE,
        disability=(Disability.HEARING, Disability.SIGHT),
        gender_identity="3",
        gender_same_as_birth="N",
        settled_accommodation="N",
        language="q4",
    )
    reach = ReachFacts(employment=Employment.STUDENT, accommodation="HM04")
    read = facts(patient=patient(demographics=said, allergies="Latex"), reach=reach)
    assert [each.words for each in about_words(read)] == [
        *("Latex", "British Sign Language", "African", "Non-binary", "Not the same as at birth"),
        *("Not sure", "Hearing; Sight", "Student", "Sofa surfing", "Not settled"),
    ]


def test_an_unknown_code_stands_as_it_is() -> None:
    assert code_words(Employment, "77") == "77"
    assert (home_words("XX99"), home_words("MH03"), home_words(None)) == (
        "XX99",
        "Accommodation with mental health care support",
        "",
    )
    assert capital(None) == ""


def test_who_how_and_where() -> None:
    who = facts(patient=patient(pronouns="she/her", other_telephone="01632 960555", email="n@x"))
    assert line(identity_words(who), "Pronouns").words == "she/her"
    assert line(identity_words(facts(patient=patient(nhs_number=None))), "NHS number").known is False
    assert line(contact_words(who), "Other telephone").words == "01632 960555"
    assert line(gp_words(who), "Practice").words == who.patient.gp_practice_name


ASKED = ReachFacts(
    needs_reviewed_on=MONDAY, information_formats=("large_print_18",), communication_methods=("none_needed",)
)


def test_needs_once_asked_are_none_recorded() -> None:
    lines = needs_words(facts(reach=ASKED))
    assert line(lines, "Information format").words == "Large print 18 pt"
    assert line(lines, "Interpreter") == ("Interpreter", "None needed", False)
    assert line(lines, "Professional") == ("Professional", "None recorded", False)


def test_of_needs_asked_about_in_part_the_rest_is_not_asked() -> None:
    lines = needs_words(facts(reach=replace(ASKED, communication_methods=())))
    assert line(lines, "Information format").words == "Large print 18 pt"
    assert line(lines, "Communication") == ("Communication", "Not asked", False)
    assert line(lines, "Interpreter") == ("Interpreter", "Not asked", False)


@pytest.mark.parametrize(
    ("reach", "words"),
    [
        pytest.param(ReachFacts(), "Not asked", id="nobody asked"),
        pytest.param(ReachFacts(needs_reviewed_on=MONDAY), "Not asked", id="only a day"),
        pytest.param(ASKED, "Format: large print 18 pt", id="all asked"),
        pytest.param(
            replace(ASKED, information_formats=("standard",)), "None recorded", id="nothing unusual"
        ),
        pytest.param(
            replace(ASKED, communication_methods=()),
            "Format: large print 18 pt; communication not asked",
            id="only the format",
        ),
        pytest.param(
            replace(
                ASKED,
                information_formats=("large_print_18", "bsl_video"),
                communication_methods=("bsl", "writing"),
            ),
            "Format: large print 18 pt, BSL video; Communication: BSL, writing notes",
            id="several of each",
        ),
        pytest.param(
            ReachFacts(information_formats=("standard",)),
            "Format: standard; communication not asked",
            id="standard is an answer",
        ),
        pytest.param(
            ReachFacts(communication_methods=("none_needed",), needs_reviewed_on=MONDAY),
            "Communication: none needed; format not asked",
            id="only the way of talking",
        ),
        pytest.param(
            ReachFacts(carer_support="Son reads", needs_reviewed_on=MONDAY),
            "Carer's support: Son reads; format not asked; communication not asked",
            id="only the rest",
        ),
    ],
)
def test_the_banner_shows_what_was_entered_and_what_nobody_asked(reach: ReachFacts, words: str) -> None:
    assert needs_line(reach) == words


def test_who_may_be_rung_comes_from_the_people_else_from_the_line_there_was() -> None:
    before = ReachFacts(nominated_contact="Ada, sister", nominated_contact_consent=True)
    assert line(safe_words(facts(reach=before)), "May be rung").words == "Ada, sister (agreed)"
    unsure = replace(before, nominated_contact_consent=False)
    assert "no agreement" in line(safe_words(facts(reach=unsure)), "May be rung").words
    kemi = CarerFact(id=1, name="Kemi", relation="son", telephone="1", nominated=True, may_contact=True)
    assert line(safe_words(facts(reach=before, carers=(kemi,))), "May be rung").words == "Kemi, son, 1"


def test_before_ringing_says_what_matters_and_nothing_usual() -> None:
    usual = ReachFacts(
        information_formats=(InformationFormat.STANDARD,),
        communication_methods=(CommunicationMethod.NONE_NEEDED,),
    )
    assert before_ringing(usual) == ()
    told = ReachFacts(
        telephone_safe=False,
        voicemail_safe=True,
        safe_times="after six",
        interpreter_language="pl",
        information_formats=("braille",),
        communication_methods=("bsl",),
        communication_professional="Lipspeaker",
        carer_support="Son reads to her",
    )
    assert before_ringing(told) == (
        *("Do not ring", "Safe times: after six", "Interpreter: Polish", "Format: Braille"),
        *("Communication: BSL", "Professional: Lipspeaker", "Carer's support: Son reads to her"),
    )
    assert never_asked(told) == "Nobody has asked whether these are safe: texts, emails, letters."


def test_what_the_note_says_already_is_not_said_twice() -> None:
    reach = ReachFacts(preferred_way="text", voicemail_safe=False)
    assert before_ringing(reach) == ("They prefer: text", "Leave no voicemail")
    assert before_ringing(reach, "Text first, no voicemail") == ()
    assert before_ringing(reach, "Ring after six; texts are read") == before_ringing(reach)


def test_homes_to_choose_from_are_codes_with_words_of_their_own() -> None:
    choices = accommodation_choices()
    assert all(accommodation(code).label == label for code, label in choices.items())
    assert len(set(choices.values())) == len(choices)
    assert {"MA01", "HM01", "CH02", "CH00", "OC96"} <= choices.keys()


def test_every_recorded_answer_about_somebody_has_a_line() -> None:
    blank = about_words(facts())
    for name in (field.name for field in fields(DemographicFacts)):
        value: Any = ("02",) if name == "disability" else {"language": "pl"}.get(name, "Z")
        said = DemographicFacts(**{name: value})
        assert about_words(facts(patient=patient(demographics=said))) != blank, name
