"""The people close to a patient: added, changed and ended, with the patient's consent beside each."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from sqlalchemy import select

from collabcare.domain.acting import Permission
from collabcare.domain.carers import CarerDraft, checked_carer, nominated_words
from collabcare.domain.changes import Changes, Kind
from collabcare.domain.errors import RuleViolation
from collabcare.store.models import Carer, Patient

if TYPE_CHECKING:
    from collabcare.domain.ids import PatientId
    from collabcare.store.unit_of_work import UnitOfWork, Work


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveCarer:
    """Somebody close to the patient: ``carer_id`` None adds them; ``seen`` is the version shown.

    ``named_before`` says that the details named them in a line of text until now: this entry stands instead.
    """

    patient_id: PatientId
    carer_id: int | None = None
    seen: int | None = None
    draft: CarerDraft
    named_before: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EndCarer:
    """Somebody who is no longer to be counted among them: they stay in the record and are not rung."""

    carer_id: int
    seen: int


def save_carer(command: SaveCarer, uow: UnitOfWork) -> Changes:
    """Keep somebody close to the patient; whoever may be rung takes the place of who was before.

    Raises:
        RuleViolation: When something is missing or needs consent, they were ended, or nothing was changed.
        StaleRecord: When somebody else changed them meanwhile.
    """
    with uow.begin(Permission.CHANGE_DETAILS, "Save carer") as work:
        draft = checked_carer(command.draft, today=work.today)
        patient = work.get(Patient, command.patient_id)
        is_new = command.carer_id is None
        carer = _new(patient, work) if is_new else _standing(command, work)
        was_nominated = carer.nominated
        if draft.nominated:
            _take_over(patient, carer, work)
        changed = [
            part.name for part in fields(draft) if getattr(carer, part.name) != getattr(draft, part.name)
        ]
        if not is_new and not changed:
            raise RuleViolation("Nothing was changed, so there is nothing to save.")
        for name in changed:
            setattr(carer, name, getattr(draft, name))
        work.made = work.add(carer).id
        work.touched(Kind.CARER, subject_id=carer.id, patient_id=patient.id)
        if draft.nominated:
            _name(nominated_words(draft.name, draft.relation, draft.telephone), patient, work)
        elif was_nominated or command.named_before:
            _name(None, patient, work)
    return work.changes


def end_carer(command: EndCarer, uow: UnitOfWork) -> Changes:
    """Let somebody no longer be counted among the people close to the patient; nobody rings them any more.

    Raises:
        RuleViolation: When they were ended already.
        StaleRecord: When somebody else changed them meanwhile.
    """
    with uow.begin(Permission.CHANGE_DETAILS, "End carer") as work:
        carer = work.get(Carer, command.carer_id, seen=command.seen)
        _refuse_ended(carer)
        if carer.nominated:
            _name(None, work.get(Patient, carer.patient_id), work)
        carer.nominated, carer.ended_on = False, work.today
        work.touched(Kind.CARER, subject_id=carer.id, patient_id=carer.patient_id)
    return work.changes


def _new(patient: Patient, work: Work) -> Carer:
    return Carer(
        patient_id=patient.id,
        name="",
        relation="",
        telephone="",
        is_carer=False,
        next_of_kin=False,
        nominated=False,
        may_share="",
        note="",
        recorded_by=work.acting.user_id,
        recorded_at=work.at,
    )


def _standing(command: SaveCarer, work: Work) -> Carer:
    carer = work.get(Carer, command.carer_id or 0, seen=command.seen)
    if carer.patient_id != command.patient_id:
        raise RuleViolation("That person stands in another patient's record.")
    _refuse_ended(carer)
    return carer


def _refuse_ended(carer: Carer) -> None:
    if carer.ended_on is not None:
        raise RuleViolation("They are no longer counted among the people close to this patient.")


def _take_over(patient: Patient, carer: Carer, work: Work) -> None:
    """Let nobody else be the one who is rung: there is one at a time."""
    others = select(Carer).where(
        Carer.patient_id == patient.id, Carer.nominated.is_(True), Carer.ended_on.is_(None)
    )
    for other in work.session.scalars(others):
        if other is not carer:
            other.nominated = False
            work.touched(Kind.CARER, subject_id=other.id, patient_id=patient.id)
    work.session.flush()


def _name(words: str | None, patient: Patient, work: Work) -> None:
    """Keep the line that a search reads in step with the people."""
    if (patient.nominated_contact, patient.nominated_contact_consent) == (words, True if words else None):
        return
    patient.nominated_contact = words
    patient.nominated_contact_consent = True if words else None
    work.touched(Kind.PATIENT, subject_id=patient.id, patient_id=patient.id)
