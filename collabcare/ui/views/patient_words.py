"""Who a patient is, for the banner and for the line under every question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.acting import sees_clinical
from collabcare.domain.calendar import age_on
from collabcare.domain.details_words import NOT_ASKED, NOT_RECORDED, needs_line, safe_in_short
from collabcare.domain.display import fmt_date
from collabcare.domain.needs import interpreter_words
from collabcare.domain.nhs_number import fmt_nhs_number
from collabcare.ui.widgets.patient_banner import BannerFacts

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.acting import Role
    from collabcare.domain.facts import EpisodeFacts, PatientFacts
    from collabcare.domain.reach_facts import ReachFacts


def banner_facts(facts: EpisodeFacts, today: date, role: Role) -> BannerFacts:
    """Return what the banner shows of this patient today to somebody with this role.

    The second zone has where and how they are reached first, and allergies in the fifth place, as clinical
    banners do; nothing recorded says so. Who records no care is not shown what is clinical.
    """
    patient, born = facts.patient, facts.patient.birth_date
    gender = patient.gender.label
    return BannerFacts(
        name=patient.name,
        born=born,
        age=age_on(born, today),
        gender=f"{gender}, {patient.pronouns}" if patient.pronouns else gender,
        nhs_number=fmt_nhs_number(patient.nhs_number),
        preferred_name=patient.preferred_name or "",
        died=patient.died_on,
        age_at_death=age_on(born, patient.died_on) if patient.died_on else None,
        details=_zone2(facts, role),
    )


def _zone2(facts: EpisodeFacts, role: Role) -> tuple[tuple[str, str], ...]:
    patient, reach = facts.patient, facts.reach
    other = f"; other {patient.other_telephone}" if patient.other_telephone else ""
    practice = (
        patient.gp_practice_name,
        *patient.gp_practice_address,
        _postcode(patient.gp_practice_postcode),
    )
    clinical = (("Allergies", patient.allergies or NOT_ASKED),) if sees_clinical(role) else ()
    return (
        ("Address", ", ".join(part for part in (*patient.address, _postcode(patient.postcode)) if part)),
        ("Telephone", f"{patient.telephone or NOT_RECORDED}{other}"),
        ("Email", patient.email or NOT_RECORDED),
        ("Before you ring", patient.contact_note or "Nothing noted"),
        *clinical,
        ("Safe ways", "; ".join(safe_in_short(reach)) or "Nothing noted"),
        *_needs(reach),
        ("GP", patient.gp_name or ""),
        ("GP practice", ", ".join(part for part in practice if part)),
    )


def _needs(reach: ReachFacts) -> tuple[tuple[str, str], ...]:
    interpreter = interpreter_words(reach)
    needs = (("Needs", needs_line(reach)),)
    return (("Interpreter", interpreter), *needs) if interpreter else needs


def _postcode(postcode: str | None) -> str:
    """Keep the two halves of a postcode on one line."""
    return (postcode or "").replace(" ", "\N{NO-BREAK SPACE}")


def who_line(patient: PatientFacts, today: date) -> str:
    """Return name, date of birth with age, gender and NHS number in one line, in the order of the banner.

    Every question about a patient shows it. Of somebody who has died it gives the age at death.
    """
    born = f"born {fmt_date(patient.birth_date)} ({age_on(patient.birth_date, patient.died_on or today)}y)"
    number = fmt_nhs_number(patient.nhs_number)
    return f"{patient.name}, {born}, {patient.gender.label}, NHS No. {number}"
