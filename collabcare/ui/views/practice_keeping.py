"""Keeping what is new of a GP practice, with the patient or by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.services.gp_practices import ChangeGpPractice, change_gp_practice
from collabcare.services.patients import NewGpPractice, add_gp_practice

if TYPE_CHECKING:
    from collabcare.domain.changes import Changes
    from collabcare.store.unit_of_work import UnitOfWork


def keep_practice(wanted: NewGpPractice | ChangeGpPractice, uow: UnitOfWork) -> Changes:
    """Add the practice or put it right; ``made`` is its number either way."""
    if isinstance(wanted, ChangeGpPractice):
        return change_gp_practice(wanted, uow)
    return add_gp_practice(wanted, uow)
