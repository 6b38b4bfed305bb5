"""Putting right what is known of a GP practice: its name, and where letters and calls reach it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from collabcare.domain.acting import Permission
from collabcare.domain.changes import Changes, Kind
from collabcare.domain.errors import RuleViolation
from collabcare.domain.gp_practices import GpPracticeDetails, checked_gp_practice
from collabcare.store.models import GpPractice

if TYPE_CHECKING:
    from collabcare.domain.ids import GpPracticeId
    from collabcare.store.unit_of_work import UnitOfWork, Work


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeGpPractice:
    """A practice as it is to be; ``seen`` is the version of the one shown."""

    practice_id: GpPracticeId
    seen: int
    details: GpPracticeDetails


def change_gp_practice(command: ChangeGpPractice, uow: UnitOfWork) -> Changes:
    """Change a practice for every patient registered there; letters issued before stay as they are.

    Raises:
        RuleViolation: When something cannot be, another practice has that name, or nothing was changed.
        StaleRecord: When somebody else changed the practice meanwhile.
    """
    with uow.begin(Permission.CHANGE_DETAILS, "Change GP practice") as work:
        practice = work.get(GpPractice, command.practice_id, seen=command.seen)
        wanted = checked_gp_practice(command.details)
        if wanted == _as_it_is(practice):
            raise RuleViolation("Nothing was changed, so there is nothing to save.")
        _refuse_taken_name(wanted.name, practice, work)
        practice.name, practice.ods_code = wanted.name, wanted.ods_code
        practice.address, practice.postcode = wanted.address, wanted.postcode
        practice.telephone = wanted.telephone
        work.touched(Kind.PRACTICE, subject_id=practice.id)
        work.made = practice.id
    return work.changes


def _as_it_is(practice: GpPractice) -> GpPracticeDetails:
    return GpPracticeDetails(
        name=practice.name,
        ods_code=practice.ods_code,
        address=practice.address,
        postcode=practice.postcode,
        telephone=practice.telephone,
    )


def _refuse_taken_name(name: str, practice: GpPractice, work: Work) -> None:
    others = work.session.scalars(select(GpPractice.name).where(GpPractice.id != practice.id))
    if name.casefold() in {other.casefold() for other in others}:
        raise RuleViolation("Another practice in the record has this name. Choose that one for the patient.")
