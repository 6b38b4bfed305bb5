"""Who a patient is, for the banner and for the line under every question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.calendar import age_on
from collabcare.domain.display import fmt_date
from collabcare.domain.nhs_number import fmt_nhs_number
from collabcare.ui.widgets.patient_banner import BannerFacts

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.facts import PatientFacts


def banner_facts(patient: PatientFacts, today: date) -> BannerFacts:
    """Return what the banner shows of this patient today."""
    born = patient.birth_date
    practice = ", ".join(
        part
        for part in (
            patient.gp_practice_name,
            *patient.gp_practice_address,
            _postcode(patient.gp_practice_postcode),
        )
        if part
    )
    return BannerFacts(
        name=patient.name,
        born=born,
        age=age_on(born, today),
        gender=patient.gender.label,
        nhs_number=fmt_nhs_number(patient.nhs_number),
        preferred_name=patient.preferred_name or "",
        died=patient.died_on,
        age_at_death=age_on(born, patient.died_on) if patient.died_on else None,
        details=(
            ("Address", ", ".join(part for part in (*patient.address, _postcode(patient.postcode)) if part)),
            ("Telephone", patient.telephone or ""),
            ("Before you ring", patient.contact_note or "Nothing noted"),
            ("GP", patient.gp_name or ""),
            ("GP practice", practice),
        ),
    )


def _postcode(postcode: str | None) -> str:
    """Keep the two halves of a postcode on one line."""
    return (postcode or "").replace(" ", "\N{NO-BREAK SPACE}")


def who_line(patient: PatientFacts) -> str:
    """Return name, date of birth and NHS number in one line, as every question about a patient shows them."""
    number = fmt_nhs_number(patient.nhs_number)
    return f"{patient.name}, born {fmt_date(patient.birth_date)}, NHS No. {number}"
