"""Medicines as reported: added, changed in dose, ended, and marked as entered in error.

That an antidepressant was begun or changed is told to the Prompt track in the same transaction, so that
nobody has to write it down twice.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from collabcare.domain import medication as rules
from collabcare.domain.acting import Permission
from collabcare.domain.changes import Changes, Kind
from collabcare.domain.errors import RuleViolation
from collabcare.domain.medication_review import review_after
from collabcare.domain.milestones import refuse_voiding
from collabcare.domain.typed_text import typed_block
from collabcare.services.open_facts import facts_now, open_facts, touch
from collabcare.store.models import Haste, Medication

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.ids import EpisodeId
    from collabcare.domain.medication import AntidepressantNews, MedicineDraft
    from collabcare.domain.medication_review import MedicationPolicy
    from collabcare.domain.people_facts import MedicationFact, MedicationSource
    from collabcare.store.unit_of_work import UnitOfWork, Work


@dataclass(frozen=True, slots=True, kw_only=True)
class AddMedicine:
    """A medicine somebody told us of."""

    episode_id: EpisodeId
    medicine: MedicineDraft


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeDose:
    """Another dose of a medicine from a day on; ``seen`` is the ``row_version`` of the dose before."""

    medicine_id: int
    seen: int
    dose: str
    on: date
    reported_by: MedicationSource


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteTaking:
    """How a medicine is taken and what it does; ``seen`` as for another dose."""

    medicine_id: int
    seen: int
    taking: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EndMedicine:
    """The day on which it was stopped, and why as it was told; ``seen`` as for another dose."""

    medicine_id: int
    seen: int
    on: date
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VoidMedicine:
    """An entry made in error; ``seen`` as for another dose."""

    medicine_id: int
    seen: int
    reason: str


def add_medicine(command: AddMedicine, uow: UnitOfWork, policy: MedicationPolicy) -> Changes:
    """Keep a medicine as reported; an antidepressant begun on a known day is told to the Prompt track.

    Raises:
        RuleViolation: When something is missing, the day cannot be, or it is in the list already.
    """
    with uow.begin(Permission.PLAN_CARE, "Add medicine as reported") as work:
        facts = open_facts(work, command.episode_id)
        medicine = rules.checked_medicine(
            command.medicine, birth_date=facts.patient.birth_date, today=work.today
        )
        rules.refuse_same_medicine(medicine, facts.medication)
        work.made = _add(work, facts, medicine).id
        _tell(work, facts, rules.news_of(medicine), policy)
    return work.changes


def change_dose(command: ChangeDose, uow: UnitOfWork, policy: MedicationPolicy) -> Changes:
    """End a medicine at one dose and go on with it at another; the dose before stays readable.

    Raises:
        RuleViolation: When it has ended, the dose is blank or the same, or the day cannot be.
        StaleRecord: When somebody else changed it meanwhile.
    """
    with uow.begin(Permission.PLAN_CARE, "Change dose as reported") as work:
        facts, row, before = _found(work, command.medicine_id, command.seen)
        dose = rules.changed_dose(before, command.dose, command.on, today=work.today)
        row.ended_on = command.on
        work.session.flush()
        medicine = replace(
            rules.MedicineDraft(
                name=before.name,
                purpose=before.purpose,
                reported_by=command.reported_by,
                antidepressant=before.antidepressant,
                taking=before.taking,
            ),
            dose=dose,
            started_on=command.on,
        )
        work.made = _add(work, facts, medicine, replaces_id=row.id).id
        _tell(work, facts, rules.news_of_change(before, dose, command.on), policy)
    return work.changes


def note_taking(command: NoteTaking, uow: UnitOfWork) -> Changes:
    """Keep how a medicine is taken and what it does, side effects included.

    Raises:
        RuleViolation: When it has ended, or nothing was changed.
        StaleRecord: When somebody else changed it meanwhile.
    """
    with uow.begin(Permission.PLAN_CARE, "Note how medicine is taken") as work:
        facts, row, medicine = _found(work, command.medicine_id, command.seen)
        taking = typed_block(command.taking, "The note on how it is taken", rules.LONGEST_NOTE)
        rules.refuse_note(medicine, taking)
        row.taking = taking
        touch(work, Kind.MEDICATION, facts, row.id)
    return work.changes


def end_medicine(command: EndMedicine, uow: UnitOfWork) -> Changes:
    """Record that a medicine is taken no more, and why.

    Raises:
        RuleViolation: When it has ended, the day cannot be, or there is no reason.
        StaleRecord: When somebody else changed it meanwhile.
    """
    with uow.begin(Permission.PLAN_CARE, "End medicine as reported") as work:
        facts, row, medicine = _found(work, command.medicine_id, command.seen)
        note = typed_block(command.note, "The reason", rules.LONGEST_NOTE)
        rules.refuse_end(medicine, command.on, note, today=work.today)
        row.ended_on, row.end_note = command.on, note
        touch(work, Kind.MEDICATION, facts, row.id)
    return work.changes


def void_medicine(command: VoidMedicine, uow: UnitOfWork) -> Changes:
    """Mark a medicine as entered in error; what it told the Prompt track is marked with it.

    Raises:
        RuleViolation: When there is no reason, or it is marked already.
        StaleRecord: When somebody else changed it meanwhile.
    """
    with uow.begin(Permission.PLAN_CARE, "Void medicine") as work:
        facts, row, medicine = _found(work, command.medicine_id, command.seen)
        reason = typed_block(command.reason, "The reason", rules.LONGEST_NOTE)
        refuse_voiding(reason, voided=False)
        row.voided_reason = reason
        touch(work, Kind.MEDICATION, facts, row.id)
        told = rules.haste_told_by(medicine, (*facts.earlier.haste, *facts.haste))
        if told is not None:
            work.get(Haste, told.id).voided_reason = reason
            touch(work, Kind.HASTE, facts, told.id)
    return work.changes


def _found(work: Work, medicine_id: int, seen: int) -> tuple[EpisodeFacts, Medication, MedicationFact]:
    """Return what was told of in this spell of care or an earlier one; an entry made in error is none."""
    row = work.get(Medication, medicine_id, seen=seen)
    facts = facts_now(work, row.episode_id)
    medicine = next((each for each in facts.medication if each.id == medicine_id), None)
    if medicine is None:
        raise RuleViolation("That is marked as entered in error already.")
    return facts, row, medicine


def _add(
    work: Work, facts: EpisodeFacts, medicine: MedicineDraft, *, replaces_id: int | None = None
) -> Medication:
    made = work.add(
        Medication(
            patient_id=facts.patient.patient_id,
            episode_id=facts.episode_id,
            name=medicine.name,
            dose=medicine.dose,
            purpose=medicine.purpose,
            reported_by=medicine.reported_by,
            antidepressant=medicine.antidepressant,
            started_on=medicine.started_on,
            taking=medicine.taking,
            replaces_id=replaces_id,
            recorded_by=work.acting.user_id,
            recorded_at=work.at,
        )
    )
    touch(work, Kind.MEDICATION, facts, made.id)
    return made


def _tell(work: Work, facts: EpisodeFacts, news: AntidepressantNews | None, policy: MedicationPolicy) -> None:
    """Tell the Prompt track of an antidepressant, once, and say by when to ask how it goes."""
    if news is None:
        return
    if not rules.is_recorded(news, (*facts.earlier.haste, *facts.haste)):
        made = work.add(
            Haste(
                episode_id=facts.episode_id,
                kind=news.kind,
                happened_on=news.on,
                note=news.note,
                recorded_by=work.acting.user_id,
                recorded_at=work.at,
            )
        )
        touch(work, Kind.HASTE, facts, made.id)
    if (review := review_after(news, facts, policy, today=work.today)) is not None:
        work.suggestions.append(review)
