"""Taking a patient onto the caseload, for the first time or again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Self

from sqlalchemy import select

from collabcare.domain.acting import Permission
from collabcare.domain.changes import Changes, Kind
from collabcare.domain.eligibility import eligibility_warnings
from collabcare.domain.episode import Phase, StepDirection
from collabcare.domain.errors import RuleViolation
from collabcare.domain.gp_practices import GpPracticeDetails, checked_gp_practice
from collabcare.domain.ids import UserId
from collabcare.domain.nhs_number import parse_nhs_number
from collabcare.domain.patient_details import (
    LONGEST_NAME,
    LONGEST_NOTE,
    OLDEST_BIRTH,
    line_or_none,
    typed_address,
    typed_postcode,
)
from collabcare.domain.referring import received_instant
from collabcare.domain.relapse_prevention import WayBack, way_back
from collabcare.domain.returning import refuse_return
from collabcare.domain.telephones import typed_telephone
from collabcare.domain.typed_text import typed_block, typed_line
from collabcare.services.in_care import can_hold, holder
from collabcare.store.models import Episode, GpPractice, Patient, Referral, StepMove

if TYPE_CHECKING:
    from datetime import date, time

    from collabcare.domain.codes import Gender, ReferralReason, ReferralSource, ResponsePriority
    from collabcare.domain.ids import GpPracticeId, PatientId
    from collabcare.domain.pathway import Pathway
    from collabcare.domain.rulebook import Rulebook
    from collabcare.store.unit_of_work import UnitOfWork, Work

_NOT_TRACED = "02"
_NOT_PRESENT = "07"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPatient:
    """What the new-patient form asks for; dates are days, the NHS number as typed or blank.

    ``received_time`` (London) and ``response_priority`` are asked where a clock runs in hours.
    """

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
    received_time: time | None = None
    response_priority: ResponsePriority | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferAgain:
    """A patient of ours who was discharged and comes back; ``seen`` is the version of the patient shown.

    On the way back without a new referral, a step or a holder left out is the one they had; otherwise the
    first step, and nobody yet.
    """

    patient_id: PatientId
    seen: int
    received_on: date
    source: ReferralSource
    reason: ReferralReason
    referrer: str = ""
    referral_note: str = ""
    step: int | None = None
    holder_id: UserId | None = None
    received_time: time | None = None
    response_priority: ResponsePriority | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewGpPractice:
    """A GP practice to add to the site's list."""

    name: str
    ods_code: str = ""
    address: str = ""
    postcode: str = ""
    telephone: str = ""

    @classmethod
    def of(cls, typed: GpPracticeDetails) -> Self:
        """Return the command that adds a practice as it was typed."""
        return cls(
            name=typed.name,
            ods_code=typed.ods_code or "",
            address=typed.address,
            postcode=typed.postcode or "",
            telephone=typed.telephone or "",
        )


def add_patient(command: NewPatient, uow: UnitOfWork, pathway: Pathway) -> Changes:
    """Add a patient with the referral that brings them and open their episode of care.

    Nobody is turned away for their age or for who referred them: what the service model says of either comes
    back as a suggestion.

    Raises:
        RuleViolation: When a name is missing, a date cannot be, or the NHS number is wrong or known already.
    """
    with uow.begin(Permission.ADD_PATIENT, "Add patient") as work:
        _check_dates(command, work.today)
        work.get(GpPractice, command.gp_practice_id)
        if command.holder_id is not None:
            holder(work, command.holder_id)
        patient = work.add(_patient(command, work))
        work.touched(Kind.PATIENT, subject_id=patient.id, patient_id=patient.id)
        start = _Start(pathway.step(command.step).number, command.holder_id)
        _open(command, patient, start, pathway, work)
    return work.changes


def refer_again(command: ReferAgain, uow: UnitOfWork, rulebook: Rulebook) -> Changes:
    """Open a new episode for somebody who was discharged, linked to their latest earlier one.

    Within the time of the way back it is a step back up: no new assessment is asked for. Which of the two it
    is comes back as a suggestion, with what the service model says of age and referrer.

    Raises:
        RuleViolation: When they are in our care already, have died, were never here, or the day cannot be.
        StaleRecord: When somebody else changed the patient meanwhile.
    """
    with uow.begin(Permission.ADD_PATIENT, "Refer again") as work:
        patient = work.get(Patient, command.patient_id, seen=command.seen)
        before = work.session.scalars(
            select(Episode).where(Episode.patient_id == patient.id).order_by(Episode.id)
        ).all()
        last = max(before, key=lambda each: (each.closed_on or work.today, each.id), default=None)
        closed_on = last.closed_on if last else None
        refuse_return(
            died_on=patient.died_on,
            has_open_episode=any(each.closed_on is None for each in before),
            closed_on=closed_on,
            received_on=command.received_on,
            today=work.today,
        )
        if last is not None and closed_on is not None:
            back = way_back(closed_on, command.received_on, rulebook.relapse)
            work.suggestions.append(back.suggestion)
            start = _start_again(command, last, back.way, rulebook.pathway, work)
            _open(command, patient, start, rulebook.pathway, work, previous=last)
    return work.changes


def add_gp_practice(command: NewGpPractice, uow: UnitOfWork) -> Changes:
    """Add a GP practice; one known under that name already is not added twice."""
    with uow.begin(Permission.ADD_PATIENT, "Add GP practice") as work:
        practice = _gp_practice(command)
        known = work.session.scalar(select(GpPractice.id).where(GpPractice.name == practice.name))
        if known is None:
            known = work.add(practice).id
            work.touched(Kind.PRACTICE, subject_id=known)
        work.made = known
    return work.changes


def _gp_practice(command: NewGpPractice) -> GpPractice:
    checked = checked_gp_practice(
        GpPracticeDetails(
            name=command.name,
            ods_code=command.ods_code,
            address=command.address,
            postcode=command.postcode,
            telephone=command.telephone,
        )
    )
    return GpPractice(
        name=checked.name,
        ods_code=checked.ods_code,
        address=checked.address,
        postcode=checked.postcode,
        telephone=checked.telephone,
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
        title=line_or_none(command.title.strip().rstrip("."), "The title"),
        preferred_name=line_or_none(command.preferred_name, "The preferred name"),
        birth_date=command.birth_date,
        gender=command.gender,
        address=typed_address(command.address),
        postcode=typed_postcode(command.postcode),
        telephone=typed_telephone(command.telephone),
        contact_note=typed_block(command.contact_note, "What to know before ringing", LONGEST_NOTE) or None,
        gp_practice_id=command.gp_practice_id,
        gp_name=line_or_none(command.gp_name, "The GP's name"),
    )


class _Start(NamedTuple):
    """Where an episode starts: its step, and who holds it from the first day."""

    step: int
    holder_id: UserId | None


def _open(  # noqa: PLR0913 - an episode is opened from this many things
    command: NewPatient | ReferAgain,
    patient: Patient,
    start: _Start,
    pathway: Pathway,
    work: Work,
    *,
    previous: Episode | None = None,
) -> None:
    if start.holder_id is not None:
        holder(work, start.holder_id)
    episode = work.add(
        Episode(
            patient_id=patient.id,
            pathway_id=pathway.id,
            phase=Phase.REFERRED if start.holder_id is None else Phase.ALLOCATED,
            phase_since=command.received_on,
            step=start.step,
            step_since=command.received_on,
            holder_id=start.holder_id,
            allocated_on=None if start.holder_id is None else command.received_on,
            previous_episode_id=previous.id if previous else None,
        )
    )
    work.session.add_all((_referral(command, episode.id, work), _step(command, episode, work)))
    work.touched(Kind.EPISODE, subject_id=episode.id, patient_id=patient.id, episode_id=episode.id)
    work.made = episode.id
    work.suggestions += eligibility_warnings(
        pathway,
        birth_date=patient.birth_date,
        referral_source=command.source,
        referral_reason=command.reason,
        today=work.today,
    )


def _start_again(command: ReferAgain, last: Episode, way: WayBack, pathway: Pathway, work: Work) -> _Start:
    """Return where somebody starts who comes back: where they left off, if they step back up."""
    known = {step.number for step in pathway.steps}
    same = way is WayBack.STEP_BACK_UP
    usual = last.step if same and last.step in known else pathway.steps[0].number
    held = last.holder_id if same and can_hold(work, last.holder_id) else None
    step = usual if command.step is None else pathway.step(command.step).number
    return _Start(step, command.holder_id or (None if held is None else UserId(held)))


def _referral(command: NewPatient | ReferAgain, episode_id: int, work: Work) -> Referral:
    return Referral(
        episode_id=episode_id,
        received_on=command.received_on,
        source=command.source,
        reason=command.reason,
        referrer=line_or_none(command.referrer, "The referrer's name"),
        note=typed_block(command.referral_note, "The referral note", LONGEST_NOTE) or None,
        received_at=received_instant(command.received_on, command.received_time, now=work.at),
        response_priority=command.response_priority,
    )


def _step(command: NewPatient | ReferAgain, episode: Episode, work: Work) -> StepMove:
    return StepMove(
        episode_id=episode.id,
        moved_on=command.received_on,
        from_step=None,
        to_step=episode.step,
        direction=StepDirection.START,
        reason="Referred again" if episode.previous_episode_id else "Referred",
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
