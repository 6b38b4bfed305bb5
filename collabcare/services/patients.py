"""Taking a patient onto the caseload."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import select

from collabcare.domain.acting import Permission
from collabcare.domain.changes import Changes, Kind
from collabcare.domain.episode import Phase, StepDirection
from collabcare.domain.errors import RuleViolation
from collabcare.domain.nhs_number import parse_nhs_number
from collabcare.domain.typed_text import typed_block, typed_line
from collabcare.services.episodes import holder
from collabcare.store.models import Episode, GpPractice, Patient, Referral, StepMove

if TYPE_CHECKING:
    from collabcare.domain.codes import Gender, ReferralReason, ReferralSource
    from collabcare.domain.ids import GpPracticeId, UserId
    from collabcare.domain.pathway import Pathway
    from collabcare.store.unit_of_work import UnitOfWork, Work

OLDEST_BIRTH = date(1900, 1, 1)
LONGEST_NAME = 100
LONGEST_NOTE = 20_000
_LONGEST_CODE = 8
_LONGEST_ADDRESS = 500
_NOT_TRACED = "02"
_NOT_PRESENT = "07"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPatient:
    """What the new-patient form asks for; dates are days, the NHS number as typed or blank."""

    nhs_number: str
    surname: str
    given_name: str
    title: str = ""
    preferred_name: str = ""
    birth_date: date
    gender: Gender
    address: str = ""
    postcode: str = ""
    telephone: str = ""
    contact_note: str = ""
    gp_practice_id: GpPracticeId
    gp_name: str = ""
    received_on: date
    source: ReferralSource
    reason: ReferralReason
    referrer: str = ""
    referral_note: str = ""
    step: int = 1
    holder_id: UserId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewGpPractice:
    """A GP practice to add to the site's list."""

    name: str
    ods_code: str = ""
    address: str = ""
    postcode: str = ""
    telephone: str = ""


def add_patient(command: NewPatient, uow: UnitOfWork, pathway: Pathway) -> Changes:
    """Add a patient with the referral that brings them and open their episode of care.

    Raises:
        RuleViolation: When a name is missing, a date cannot be, or the NHS number is wrong or known already.
    """
    with uow.begin(Permission.ADD_PATIENT, "Add patient") as work:
        _check_dates(command, work.today)
        work.get(GpPractice, command.gp_practice_id)
        if command.holder_id is not None:
            holder(work, command.holder_id)
        patient = work.add(_patient(command, work))
        phase = Phase.REFERRED if command.holder_id is None else Phase.ALLOCATED
        episode = work.add(
            Episode(
                patient_id=patient.id,
                pathway_id=pathway.id,
                phase=phase,
                phase_since=command.received_on,
                step=pathway.step(command.step).number,
                step_since=command.received_on,
                holder_id=command.holder_id,
            )
        )
        work.session.add_all((_referral(command, episode.id), _start(command, episode.id, work)))
        work.touched(Kind.PATIENT, subject_id=patient.id, patient_id=patient.id, episode_id=episode.id)
        work.touched(Kind.EPISODE, subject_id=episode.id, patient_id=patient.id, episode_id=episode.id)
        work.made = episode.id
    return work.changes


def add_gp_practice(command: NewGpPractice, uow: UnitOfWork) -> Changes:
    """Add a GP practice; one known under that name already is not added twice."""
    with uow.begin(Permission.ADD_PATIENT, "Add GP practice") as work:
        name = typed_line(command.name, "The practice's name", LONGEST_NAME)
        if not name:
            raise RuleViolation("Type the practice's name.")
        known = work.session.scalar(select(GpPractice.id).where(GpPractice.name == name))
        if known is None:
            known = work.add(_gp_practice(command, name)).id
            work.touched(Kind.PRACTICE, subject_id=known)
        work.made = known
    return work.changes


def _gp_practice(command: NewGpPractice, name: str) -> GpPractice:
    return GpPractice(
        name=name,
        ods_code=typed_line(command.ods_code, "The ODS code", _LONGEST_CODE).upper() or None,
        address=_address(command.address),
        postcode=_postcode(command.postcode),
        telephone=_line_or_none(command.telephone, "The telephone number"),
    )


def _patient(command: NewPatient, work: Work) -> Patient:
    nhs_number = parse_nhs_number(command.nhs_number) if command.nhs_number.strip() else None
    if nhs_number is not None:
        known = work.session.scalar(select(Patient.id).where(Patient.nhs_number == nhs_number))
        if known is not None:
            raise RuleViolation(
                "A patient with this NHS number is in the record already. Search for them instead."
            )
    surname = typed_line(command.surname, "The surname", LONGEST_NAME)
    if not surname:
        raise RuleViolation("Type the surname. Somebody who has one name has it there.")
    return Patient(
        nhs_number=nhs_number,
        nhs_number_status=_NOT_TRACED if nhs_number else _NOT_PRESENT,
        surname=surname,
        given_name=typed_line(command.given_name, "The first name", LONGEST_NAME),
        title=_line_or_none(command.title.strip().rstrip("."), "The title"),
        preferred_name=_line_or_none(command.preferred_name, "The preferred name"),
        birth_date=command.birth_date,
        gender=command.gender,
        address=_address(command.address),
        postcode=_postcode(command.postcode),
        telephone=_line_or_none(command.telephone, "The telephone number"),
        contact_note=typed_block(command.contact_note, "What to know before ringing", LONGEST_NOTE) or None,
        gp_practice_id=command.gp_practice_id,
        gp_name=_line_or_none(command.gp_name, "The GP's name"),
    )


def _referral(command: NewPatient, episode_id: int) -> Referral:
    return Referral(
        episode_id=episode_id,
        received_on=command.received_on,
        source=command.source,
        reason=command.reason,
        referrer=_line_or_none(command.referrer, "The referrer's name"),
        note=typed_block(command.referral_note, "The referral note", LONGEST_NOTE) or None,
    )


def _start(command: NewPatient, episode_id: int, work: Work) -> StepMove:
    return StepMove(
        episode_id=episode_id,
        moved_on=command.received_on,
        from_step=None,
        to_step=command.step,
        direction=StepDirection.START,
        reason="Referred",
        agreed_with_patient=True,
        gp_informed_on=None,
        moved_by=work.acting.user_id,
    )


def _check_dates(command: NewPatient, today: date) -> None:
    if not OLDEST_BIRTH <= command.birth_date <= today:
        raise RuleViolation("The date of birth cannot be before 1900 or in the future.")
    if command.received_on > today:
        raise RuleViolation("The referral cannot have been received in the future.")
    if command.received_on < command.birth_date:
        raise RuleViolation("The referral is dated before the patient was born.")


def _line_or_none(text: str, what: str) -> str | None:
    return typed_line(text, what, LONGEST_NAME) or None


def _postcode(text: str) -> str | None:
    return typed_line(text, "The postcode", _LONGEST_CODE).upper() or None


def _address(text: str) -> str:
    """Return an address with one line of it to a line."""
    lines = (
        " ".join(line.split()) for line in typed_block(text, "The address", _LONGEST_ADDRESS).splitlines()
    )
    return "\n".join(line for line in lines if line)
