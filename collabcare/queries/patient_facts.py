"""The patient as facts: those columns of the SELECT for episodes that say who they are and how to reach them.

Each group of columns stands under the names of the facts it becomes, in their order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from collabcare.domain.codes import Gender
from collabcare.domain.demographic_facts import DemographicFacts
from collabcare.domain.facts import NOT_ASKED, NOTHING_STATED, PatientFacts
from collabcare.domain.reach_facts import ReachFacts
from collabcare.queries.grouped import by_code, made_of
from collabcare.store import models as m

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from collabcare.queries.grouped import AnyColumn, AnyRow

_GENDER = by_code(Gender)

PATIENT = {
    "patient_id": m.Patient.id,
    "version": m.Patient.version,
    "nhs_number": m.Patient.nhs_number,
    "surname": m.Patient.surname,
    "given_name": m.Patient.given_name,
    "title": m.Patient.title,
    "preferred_name": m.Patient.preferred_name,
    "birth_date": m.Patient.birth_date,
    "died_on": m.Patient.died_on,
    "death_told_by": m.Patient.death_told_by,
    "gender": m.Patient.gender,
    "address": m.Patient.address,
    "postcode": m.Patient.postcode,
    "telephone": m.Patient.telephone,
    "contact_note": m.Patient.contact_note,
    "hold_reason": m.Patient.hold_reason,
    "gp_name": m.Patient.gp_name,
    "gp_practice_name": m.GpPractice.name,
    "gp_practice_address": m.GpPractice.address,
    "gp_practice_postcode": m.GpPractice.postcode,
    "gp_practice_telephone": m.GpPractice.telephone,
    "other_telephone": m.Patient.other_telephone,
    "email": m.Patient.email,
    "pronouns": m.Patient.pronouns,
    "allergies": m.Patient.allergies,
}
REACH = {
    "accommodation": m.Patient.accommodation,
    "telephone_safe": m.Patient.telephone_safe,
    "voicemail_safe": m.Patient.voicemail_safe,
    "text_safe": m.Patient.text_safe,
    "email_safe": m.Patient.email_safe,
    "letters_safe": m.Patient.letters_safe,
    "nominated_contact": m.Patient.nominated_contact,
    "nominated_contact_consent": m.Patient.nominated_contact_consent,
    "interpreter_language": m.Patient.interpreter_language,
    "information_formats": m.Patient.information_formats,
    "communication_methods": m.Patient.communication_methods,
    "needs_reviewed_on": m.Patient.needs_reviewed_on,
    "employment": m.Patient.employment,
    "safe_times": m.Patient.safe_times,
    "interpreter_dialect": m.Patient.interpreter_dialect,
    "interpreter_gender": m.Patient.interpreter_gender,
    "communication_professional": m.Patient.communication_professional,
    "carer_support": m.Patient.carer_support,
    "preferred_way": m.Patient.preferred_way,
}
DEMOGRAPHICS = {
    "settled_accommodation": m.Patient.settled_accommodation,
    "ethnic_category": m.Patient.ethnic_category,
    "gender_identity": m.Patient.gender_identity,
    "gender_same_as_birth": m.Patient.gender_same_as_birth,
    "sexual_orientation": m.Patient.sexual_orientation,
    "disability": m.Patient.disability,
    "language": m.Patient.language,
}

# Any below: the values of a column are of its type, which stands above


def patients(columns: Mapping[str, AnyColumn], stated: Sequence[AnyColumn]) -> list[PatientFacts]:
    """Make the patients from the columns of PATIENT, by name, and those of DEMOGRAPHICS."""
    mine: dict[str, Sequence[Any]] = dict(columns)
    mine["gender"] = [_GENDER[code] for code in mine["gender"]]
    for name in ("address", "gp_practice_address"):
        lines = {text: _lines(text) for text in set(mine[name])}
        mine[name] = [lines[text] for text in mine[name]]
    mine["demographics"] = [_demographics(values) for values in zip(*stated, strict=True)]
    return made_of(PatientFacts, mine, len(mine["gender"]))


def reaches(columns: Sequence[AnyColumn]) -> list[ReachFacts]:
    """Make the ways to reach each patient from the columns of REACH."""
    return [_reach(values) for values in zip(*columns, strict=True)]


def _reach(values: AnyRow) -> ReachFacts:
    if not _any_said(values):
        return NOT_ASKED
    mine: dict[str, Any] = dict(zip(REACH, values, strict=True))
    mine["nominated_contact_consent"] = bool(mine["nominated_contact_consent"])
    for name in ("information_formats", "communication_methods"):
        mine[name] = mine[name] or ()
    return ReachFacts(**mine)


def _demographics(values: AnyRow) -> DemographicFacts:
    if not _any_said(values):
        return NOTHING_STATED
    return DemographicFacts(**dict(zip(DEMOGRAPHICS, values, strict=True)))


def _any_said(values: AnyRow) -> bool:
    return values.count(None) < len(values)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line for line in text.splitlines() if line.strip())
