"""The numbers that the ready-made views of the caseload go by."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseloadPolicy:
    """After how many days without a contact a patient is listed as such; a project default."""

    rule: str
    source: str
    no_contact_days: int
