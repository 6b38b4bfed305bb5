"""A patient's details, part by part as forms show them, and what each part must have to be kept.

None means that nobody has asked. It is kept apart from "asked, prefers not to say", which is an answer with a
national code of its own. Sources of the codes: :mod:`collabcare.domain.demographics`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from collabcare.domain.accommodation import SettledAccommodation, accommodation
from collabcare.domain.codes import Coded, Gender, read_code
from collabcare.domain.communication_needs import CommunicationMethod, InformationFormat, read_need
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
from collabcare.domain.typed_text import typed_block, typed_line

if TYPE_CHECKING:
    from collabcare.domain.facts import EpisodeFacts, PatientFacts
    from collabcare.domain.ids import GpPracticeId

OLDEST_BIRTH = date(1900, 1, 1)
LONGEST_NAME = 100
LONGEST_NOTE = 20_000
LONGEST_CODE = 8
_LONGEST_ADDRESS = 500
_LONGEST_NOMINATED = 200


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


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactDetails:
    """Where somebody is reached; no ``gp_practice_id`` leaves the practice as it is."""

    address: str = ""
    postcode: str | None = None
    telephone: str | None = None
    contact_note: str | None = None
    gp_practice_id: GpPracticeId | None = None
    gp_name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SafeContact:
    """What is safe, by the patient's own word, and whom else we may ring with their consent."""

    telephone_safe: bool | None = None
    voicemail_safe: bool | None = None
    text_safe: bool | None = None
    email_safe: bool | None = None
    letters_safe: bool | None = None
    nominated_contact: str | None = None
    nominated_contact_consent: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CommunicationNeeds:
    """What somebody needs to understand us and be understood, and the day they were last asked."""

    interpreter_language: str | None = None
    information_format: str | None = None
    communication_method: str | None = None
    needs_reviewed_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Demographics:
    """What the patient says about themselves, by national code."""

    ethnic_category: str | None = None
    gender_identity: str | None = None
    gender_same_as_birth: str | None = None
    sexual_orientation: str | None = None
    disability: tuple[str, ...] | None = None
    language: str | None = None
    employment: str | None = None
    accommodation: str | None = None
    settled_accommodation: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """Every part as it is recorded now, for a form to begin with."""

    identity: Identity
    contact: ContactDetails
    safe: SafeContact
    needs: CommunicationNeeds
    demographics: Demographics


def details_of(facts: EpisodeFacts) -> Details:
    """Return the details on record; the facts name the GP practice, so its number is left out."""
    reach, said = facts.reach, facts.patient.demographics
    consent = reach.nominated_contact_consent if reach.nominated_contact else None
    return Details(
        identity=_identity_of(facts.patient),
        contact=_contact_of(facts.patient),
        safe=SafeContact(
            telephone_safe=reach.telephone_safe,
            voicemail_safe=reach.voicemail_safe,
            text_safe=reach.text_safe,
            email_safe=reach.email_safe,
            letters_safe=reach.letters_safe,
            nominated_contact=reach.nominated_contact,
            nominated_contact_consent=consent,
        ),
        needs=CommunicationNeeds(
            interpreter_language=reach.interpreter_language,
            information_format=reach.information_format,
            communication_method=reach.communication_method,
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
        ),
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
    )


def checked_contact(typed: ContactDetails) -> ContactDetails:
    """Return where somebody is reached as it is kept.

    Raises:
        RuleViolation: When something is too long.
    """
    return ContactDetails(
        address=typed_address(typed.address),
        postcode=typed_postcode(typed.postcode),
        telephone=line_or_none(typed.telephone, "The telephone number"),
        contact_note=typed_block(typed.contact_note or "", "What to know before ringing", LONGEST_NOTE)
        or None,
        gp_practice_id=typed.gp_practice_id,
        gp_name=line_or_none(typed.gp_name, "The GP's name"),
    )


def refuse_no_correction(before: ContactDetails, after: ContactDetails) -> None:
    """Refuse to say that the details were wrong while the number and the address stay as they were.

    Raises:
        RuleViolation: When neither was put right.
    """
    was, now = ((each.telephone, each.address, each.postcode) for each in (before, after))
    if was == now:
        raise RuleViolation("Put the telephone number or the address right before starting the search again.")


def checked_safe_contact(typed: SafeContact) -> SafeContact:
    """Return what is safe as it is kept; consent belongs to somebody with a name.

    Raises:
        RuleViolation: When there is consent to ring nobody.
    """
    line = typed_line(typed.nominated_contact or "", "The person we may ring", _LONGEST_NOMINATED)
    if typed.nominated_contact_consent and not line:
        raise RuleViolation("Write who may be rung, and how, or take the consent out.")
    consent = typed.nominated_contact_consent if line else None
    return replace(typed, nominated_contact=line or None, nominated_contact_consent=consent)


def checked_needs(typed: CommunicationNeeds, *, today: date) -> CommunicationNeeds:
    """Return the communication needs as they are kept.

    Raises:
        RuleViolation: When a language or need is not on its list, or the day asked has not come yet.
    """
    if typed.needs_reviewed_on is not None and typed.needs_reviewed_on > today:
        raise RuleViolation("Needs cannot have been asked about in the future. Check the date.")
    form, method = _given(typed.information_format), _given(typed.communication_method)
    return CommunicationNeeds(
        interpreter_language=_language(typed.interpreter_language),
        information_format=form and read_need(InformationFormat, form, "the format they need"),
        communication_method=method and read_need(CommunicationMethod, method, "how they communicate"),
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
    )


def _contact_of(patient: PatientFacts) -> ContactDetails:
    return ContactDetails(
        address="\n".join(patient.address),
        postcode=patient.postcode,
        telephone=patient.telephone,
        contact_note=patient.contact_note,
        gp_name=patient.gp_name,
    )


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
