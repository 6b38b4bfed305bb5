"""Changing a patient's details: who they are, how to reach them, what they need and what they say."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, TypeAlias

from sqlalchemy import select

from collabcare.domain import patient_details as rules
from collabcare.domain.acting import Permission
from collabcare.domain.changes import Changes, Kind
from collabcare.domain.errors import RuleViolation
from collabcare.domain.ids import EpisodeId
from collabcare.domain.reach_facts import Track
from collabcare.domain.tracks import why_prompt_after_details
from collabcare.services.open_facts import facts_now, touch
from collabcare.store.models import Episode, GpPractice, Ladder, Patient, TrackMove

if TYPE_CHECKING:
    from collections.abc import Iterable

    from collabcare.domain.ids import PatientId
    from collabcare.store.unit_of_work import UnitOfWork, Work

    Part: TypeAlias = (
        rules.Identity
        | rules.ContactDetails
        | rules.SafeContact
        | rules.CommunicationNeeds
        | rules.Demographics
        | rules.Gp
    )

_NOT_TRACED = "02"
_NOT_PRESENT = "07"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeDetails:
    """The parts of the details a form showed, None for one it did not; ``seen`` is the patient's version.

    ``details_were_wrong`` says that the old ones reached nobody: an open search then begins again.
    """

    patient_id: PatientId
    seen: int
    identity: rules.Identity | None = None
    contact: rules.ContactDetails | None = None
    safe: rules.SafeContact | None = None
    needs: rules.CommunicationNeeds | None = None
    demographics: rules.Demographics | None = None
    gp: rules.Gp | None = None
    details_were_wrong: bool = False


def change_details(command: ChangeDetails, uow: UnitOfWork) -> Changes:
    """Keep what was changed; a change of identity has its own line in the audit trail.

    Raises:
        RuleViolation: When something cannot be, another patient has that NHS number, or nothing was changed.
        StaleRecord: When somebody else changed the patient meanwhile.
    """
    with uow.begin(Permission.CHANGE_DETAILS, "Change patient details") as work:
        patient = work.get(Patient, command.patient_id, seen=command.seen)
        if command.details_were_wrong:
            corrected = None if command.contact is None else rules.checked_contact(command.contact)
            _start_searches_again(corrected, patient, work)
        if command.demographics is not None:
            _keep_prompt(rules.checked_demographics(command.demographics), patient, work)
        who = _change_identity(command, patient, work)
        rest = [_apply(part, patient) for part in _parts(command, work)]
        if not who and not any(rest):
            raise RuleViolation("Nothing was changed, so there is nothing to save.")
        if who:
            work.touched(Kind.IDENTITY, subject_id=patient.id, patient_id=patient.id)
        work.touched(Kind.PATIENT, subject_id=patient.id, patient_id=patient.id)
    return work.changes


def _parts(command: ChangeDetails, work: Work) -> Iterable[Part]:
    if command.contact is not None:
        yield rules.checked_contact(command.contact)
    if command.safe is not None:
        yield rules.checked_safe_contact(command.safe)
    if command.needs is not None:
        yield rules.checked_needs(command.needs, today=work.today)
    if command.demographics is not None:
        yield rules.checked_demographics(command.demographics)
    if command.gp is not None:
        gp = rules.checked_gp(command.gp)
        if gp.gp_practice_id is not None:
            work.get(GpPractice, gp.gp_practice_id)
        yield gp


def _keep_prompt(said: rules.Demographics, patient: Patient, work: Work) -> None:
    """Record a move to the Prompt track where the details change in what asks for it."""
    for episode_id in work.session.scalars(
        select(Episode.id).where(Episode.patient_id == patient.id, Episode.closed_on.is_(None))
    ).all():
        facts = facts_now(work, EpisodeId(episode_id))
        if reason := why_prompt_after_details(facts, said.accommodation, said.disability):
            made = work.add(
                TrackMove(
                    episode_id=episode_id,
                    moved_on=work.today,
                    to_track=Track.PROMPT,
                    moved_by=work.acting.user_id,
                    agreed_by=None,
                    reason=reason,
                    recorded_at=work.at,
                )
            )
            touch(work, Kind.TRACK, facts, made.id)


def _change_identity(command: ChangeDetails, patient: Patient, work: Work) -> bool:
    if command.identity is None:
        return False
    identity = rules.checked_identity(command.identity, today=work.today)
    number = identity.nhs_number or None
    changed = _apply(identity, patient, but=("nhs_number",))
    if number == patient.nhs_number:
        return changed
    if number is not None:
        known = work.session.scalar(select(Patient.id).where(Patient.nhs_number == number))
        if known is not None:
            raise RuleViolation("Another patient in the record has this NHS number. Check both of them.")
    patient.nhs_number = number
    patient.nhs_number_status = _NOT_TRACED if number else _NOT_PRESENT
    return True


def _apply(part: Part, patient: Patient, but: tuple[str, ...] = ()) -> bool:
    """Write the fields of a part that differ, and return whether any did."""
    changed = False
    for name in (each.name for each in fields(part) if each.name not in but):
        value = None if getattr(part, name) == () else getattr(part, name)  # no code is "not asked"
        if value == getattr(patient, name) or (name == "gp_practice_id" and value is None):
            continue
        setattr(patient, name, value)
        changed = True
    return changed


def correct_details(work: Work, patient: Patient, details: rules.ContactDetails) -> None:
    """Put wrong contact details right inside a transaction; a search for the patient begins again.

    Raises:
        RuleViolation: When nothing in them reaches the patient any better.
    """
    corrected = rules.checked_contact(details)
    _start_searches_again(corrected, patient, work)
    _apply(corrected, patient)
    work.touched(Kind.PATIENT, subject_id=patient.id, patient_id=patient.id)


def _start_searches_again(corrected: rules.ContactDetails | None, patient: Patient, work: Work) -> None:
    before = rules.ContactDetails(
        address=patient.address,
        postcode=patient.postcode,
        telephone=patient.telephone,
        other_telephone=patient.other_telephone,
        email=patient.email,
    )
    rules.refuse_no_correction(before, corrected or before)
    for ladder in work.session.scalars(
        select(Ladder)
        .join(Episode, Episode.id == Ladder.episode_id)
        .where(Episode.patient_id == patient.id, Episode.closed_on.is_(None), Ladder.closed_on.is_(None))
    ):
        ladder.restarted_at = work.at
