"""A patient's details, part by part as forms show them, and what each part must have to be kept.

None means that nobody has asked. It is kept apart from "asked, prefers not to say", which is an answer with a
national code of its own. Sources of the codes: :mod:`collabcare.domain.demographics`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from collabcare.domain.accommodation import SettledAccommodation, accommodation
from collabcare.domain.codes import Coded, Gender, read_code
from collabcare.domain.communication_needs import (
    CommunicationMethod,
    InformationFormat,
    InterpreterGender,
    PreferredWay,
    read_need,
    read_needs,
    read_preferred_way,
)
from collabcare.domain.demographics import (
    Disability,
    Employment,
    GenderIdentity,
    SameAsBirth,
    SexualOrientation,
    ethnic_category,
    refuse_disabilities,
)
from collabcare.domain.errors import RuleViolation
from collabcare.domain.languages import language
from collabcare.domain.nhs_number import parse_nhs_number
from collabcare.domain.telephones import typed_telephone
from collabcare.domain.typed_text import typed_block, typed_line

if TYPE_CHECKING:
    from collabcare.domain.facts import EpisodeFacts, PatientFacts
    from collabcare.domain.ids import GpPracticeId

OLDEST_BIRTH = date(1900, 1, 1)
LONGEST_NAME = 100
LONGEST_NOTE = 20_000
LONGEST_CODE = 8
LONGEST_LINE = 200
_LONGEST_ADDRESS = 500
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who somebody is; the NHS number as typed, blank when it is not known."""

    nhs_number: str
    surname: str
    given_name: str
    title: str | None = None
    preferred_name: str | None = None
    birth_date: date
    gender: str
    pronouns: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactDetails:
    """Where somebody is reached."""

    address: str = ""
    postcode: str | None = None
    telephone: str | None = None
    other_telephone: str | None = None
    email: str | None = None
    contact_note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gp:
    """Where somebody is registered; no ``gp_practice_id`` leaves the practice as it is."""

    gp_practice_id: GpPracticeId | None = None
    gp_name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SafeContact:
    """What is safe, when, and which way they prefer, by the patient's own word.

    Whom else we may ring stands with the people.
    """

    telephone_safe: bool | None = None
    voicemail_safe: bool | None = None
    text_safe: bool | None = None
    email_safe: bool | None = None
    letters_safe: bool | None = None
    safe_times: str | None = None
    preferred_way: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CommunicationNeeds:
    """What somebody needs to understand us and be understood, and the day asked; no code is not asked."""

    interpreter_language: str | None = None
    interpreter_dialect: str | None = None
    interpreter_gender: str | None = None
    information_formats: tuple[str, ...] = ()
    communication_methods: tuple[str, ...] = ()
    communication_professional: str | None = None
    carer_support: str | None = None
    needs_reviewed_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Demographics:
    """What the patient says about themselves, by national code; allergies in their own words."""

    ethnic_category: str | None = None
    gender_identity: str | None = None
    gender_same_as_birth: str | None = None
    sexual_orientation: str | None = None
    disability: tuple[str, ...] | None = None
    language: str | None = None
    employment: str | None = None
    accommodation: str | None = None
    settled_accommodation: str | None = None
    allergies: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """Every part as it is recorded now, for a form to begin with."""

    identity: Identity
    contact: ContactDetails
    safe: SafeContact
    needs: CommunicationNeeds
    demographics: Demographics
    gp: Gp


def details_of(facts: EpisodeFacts) -> Details:
    """Return the details on record; the facts name the GP practice, so its number is left out."""
    reach, said = facts.reach, facts.patient.demographics
    return Details(
        identity=_identity_of(facts.patient),
        contact=_contact_of(facts.patient),
        safe=SafeContact(
            telephone_safe=reach.telephone_safe,
            voicemail_safe=reach.voicemail_safe,
            text_safe=reach.text_safe,
            email_safe=reach.email_safe,
            letters_safe=reach.letters_safe,
            safe_times=reach.safe_times,
            preferred_way=reach.preferred_way,
        ),
        needs=CommunicationNeeds(
            interpreter_language=reach.interpreter_language,
            interpreter_dialect=reach.interpreter_dialect,
            interpreter_gender=reach.interpreter_gender,
            information_formats=reach.information_formats,
            communication_methods=reach.communication_methods,
            communication_professional=reach.communication_professional,
            carer_support=reach.carer_support,
            needs_reviewed_on=reach.needs_reviewed_on,
        ),
        demographics=Demographics(
            ethnic_category=said.ethnic_category,
            gender_identity=said.gender_identity,
            gender_same_as_birth=said.gender_same_as_birth,
            sexual_orientation=said.sexual_orientation,
            disability=said.disability,
            language=said.language,
            employment=reach.employment,
            accommodation=reach.accommodation,
            settled_accommodation=said.settled_accommodation,
            allergies=facts.patient.allergies,
        ),
        gp=Gp(gp_name=facts.patient.gp_name),
    )


def checked_identity(typed: Identity, *, today: date) -> Identity:
    """Return the identity as it is kept; a blank NHS number stays blank.

    Raises:
        RuleViolation: When there is no surname, the birth cannot be, or a number or code is wrong.
    """
    if not OLDEST_BIRTH <= typed.birth_date <= today:
        raise RuleViolation("The date of birth cannot be before 1900 or in the future.")
    surname = typed_line(typed.surname, "The surname", LONGEST_NAME)
    if not surname:
        raise RuleViolation("Type the surname. Somebody who has one name has it there.")
    return Identity(
        nhs_number=parse_nhs_number(typed.nhs_number) if typed.nhs_number.strip() else "",
        surname=surname,
        given_name=typed_line(typed.given_name, "The first name", LONGEST_NAME),
        title=line_or_none((typed.title or "").strip().rstrip("."), "The title"),
        preferred_name=line_or_none(typed.preferred_name, "The preferred name"),
        birth_date=typed.birth_date,
        gender=read_code(Gender, typed.gender, "gender"),
        pronouns=line_or_none(typed.pronouns, "What is written under pronouns"),
    )


def checked_contact(typed: ContactDetails) -> ContactDetails:
    """Return where somebody is reached as it is kept.

    Raises:
        RuleViolation: When something is too long, a number has letters, or an email could not arrive.
    """
    return ContactDetails(
        address=typed_address(typed.address),
        postcode=typed_postcode(typed.postcode),
        telephone=typed_telephone(typed.telephone),
        other_telephone=typed_telephone(typed.other_telephone, "The other telephone number"),
        email=_email(typed.email),
        contact_note=_block_or_none(typed.contact_note, "What to know before ringing"),
    )


def checked_gp(typed: Gp) -> Gp:
    """Return where somebody is registered as it is kept.

    Raises:
        RuleViolation: When the name is too long.
    """
    return replace(typed, gp_name=line_or_none(typed.gp_name, "The GP's name"))


def refuse_no_correction(before: ContactDetails, after: ContactDetails) -> None:
    """Refuse to say that the details were wrong while the numbers and the addresses stay as they were.

    Raises:
        RuleViolation: When none of them was put right.
    """
    was, now = (
        (each.telephone, each.other_telephone, each.email, each.address, each.postcode)
        for each in (before, after)
    )
    if was == now:
        raise RuleViolation("Put the telephone number or the address right before starting the search again.")


def checked_safe_contact(typed: SafeContact) -> SafeContact:
    """Return what is safe as it is kept; what nobody asked stays None.

    Raises:
        RuleViolation: When the times are too long, the way preferred is not on its list, or is said not to be
            safe.
    """
    answers = (typed.telephone_safe, typed.text_safe, typed.email_safe, typed.letters_safe)
    preferred = read_preferred_way(typed.preferred_way, dict(zip(PreferredWay, answers, strict=True)))
    times = _line_or_none(typed.safe_times, "When it is safe")
    return replace(typed, safe_times=times, preferred_way=preferred)


def checked_needs(typed: CommunicationNeeds, *, today: date) -> CommunicationNeeds:
    """Return the communication needs as they are kept.

    Raises:
        RuleViolation: When a language or need is not on its list, something is said of an interpreter in no
            language, "none needed" stands beside a need, or the day asked has not come yet.
    """
    if typed.needs_reviewed_on is not None and typed.needs_reviewed_on > today:
        raise RuleViolation("Needs cannot have been asked about in the future. Check the date.")
    spoken, gender = _language(typed.interpreter_language), _given(typed.interpreter_gender)
    dialect = _line_or_none(typed.interpreter_dialect, "The dialect")
    if spoken is None and (dialect or gender):
        raise RuleViolation("Choose the language the interpreter is needed for, or clear what is under it.")
    return CommunicationNeeds(
        interpreter_language=spoken,
        interpreter_dialect=dialect,
        interpreter_gender=gender and read_need(InterpreterGender, gender, "who should interpret"),
        information_formats=read_needs(InformationFormat, typed.information_formats, "the format they need"),
        communication_methods=read_needs(CommunicationMethod, typed.communication_methods, "how they talk"),
        communication_professional=_line_or_none(typed.communication_professional, "The professional"),
        carer_support=_line_or_none(typed.carer_support, "The support from a carer"),
        needs_reviewed_on=typed.needs_reviewed_on,
    )


def checked_demographics(typed: Demographics) -> Demographics:
    """Return the answers by their national codes; what nobody asked stays None.

    Raises:
        RuleViolation: When a code is not on its list, or the answers contradict each other.
    """
    group, home = _given(typed.ethnic_category), _given(typed.accommodation)
    return Demographics(
        ethnic_category=group and ethnic_category(group),
        gender_identity=_code(GenderIdentity, typed.gender_identity, "gender identity"),
        gender_same_as_birth=_code(SameAsBirth, typed.gender_same_as_birth, "gender at birth"),
        sexual_orientation=_code(SexualOrientation, typed.sexual_orientation, "sexual orientation"),
        disability=_disabilities(typed.disability),
        language=_language(typed.language),
        employment=_code(Employment, typed.employment, "employment status"),
        accommodation=home and accommodation(home).code,
        settled_accommodation=_code(SettledAccommodation, typed.settled_accommodation, "settled home"),
        allergies=_block_or_none(typed.allergies, "What is written under allergies"),
    )


def line_or_none(text: str | None, what: str) -> str | None:
    """Return one line as it is kept, None when it is blank.

    Raises:
        RuleViolation: When it is too long; ``what`` begins the sentence.
    """
    return typed_line(text or "", what, LONGEST_NAME) or None


def typed_postcode(text: str | None) -> str | None:
    """Return a postcode in capitals, None when it is blank.

    Raises:
        RuleViolation: When it is too long.
    """
    return typed_line(text or "", "The postcode", LONGEST_CODE).upper() or None


def typed_address(text: str) -> str:
    """Return an address with one line of it to a line.

    Raises:
        RuleViolation: When it is too long.
    """
    lines = (
        " ".join(line.split()) for line in typed_block(text, "The address", _LONGEST_ADDRESS).splitlines()
    )
    return "\n".join(line for line in lines if line)


def _identity_of(patient: PatientFacts) -> Identity:
    return Identity(
        nhs_number=patient.nhs_number or "",
        surname=patient.surname,
        given_name=patient.given_name,
        title=patient.title,
        preferred_name=patient.preferred_name,
        birth_date=patient.birth_date,
        gender=patient.gender,
        pronouns=patient.pronouns,
    )


def _contact_of(patient: PatientFacts) -> ContactDetails:
    return ContactDetails(
        address="\n".join(patient.address),
        postcode=patient.postcode,
        telephone=patient.telephone,
        other_telephone=patient.other_telephone,
        email=patient.email,
        contact_note=patient.contact_note,
    )


def _line_or_none(text: str | None, what: str) -> str | None:
    return typed_line(text or "", what, LONGEST_LINE) or None


def _block_or_none(text: str | None, what: str) -> str | None:
    return typed_block(text or "", what, LONGEST_NOTE) or None


def _email(text: str | None) -> str | None:
    line = _line_or_none(text, "The email address")
    if line is not None and not _EMAIL.fullmatch(line):
        raise RuleViolation("That is no email address: it needs one @ and no spaces. Check it.")
    return line


def _given(text: str | None) -> str | None:
    return (text or "").strip() or None


def _code(kind: type[Coded], code: str | None, what: str) -> str | None:
    given = _given(code)
    return None if given is None else read_code(kind, given, what)


def _language(code: str | None) -> str | None:
    given = _given(code)
    if given is None:
        return None
    language(given)
    return given.lower()


def _disabilities(codes: tuple[str, ...] | None) -> tuple[str, ...] | None:
    if not codes:
        return None
    read = [read_code(Disability, code, "disability") for code in codes]
    refuse_disabilities(read)
    return tuple(sorted(set(read)))
