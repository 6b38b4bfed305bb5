"""The numbers that the ready-made views of the caseload go by."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseloadPolicy:
    """After how many days without a contact, and months in treatment, a patient is listed as such."""

    rule: str
    source: str
    no_contact_days: int
    long_treatment_months: int
