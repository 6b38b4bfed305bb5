"""What is marked in the drawing of a story: part of :mod:`collabcare.domain.story_chart`.

Details are for the practice's own eyes: what leaves it may show the marks, and never these words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.codes import AttendanceStatus
from collabcare.domain.display import fmt_date
from collabcare.domain.people_facts import MedicationSource
from collabcare.domain.reach_facts import HasteKind
from collabcare.domain.story_marks import Happening, StoryKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from collabcare.domain.facts import ContactFact, EpisodeFacts, StepMoveFact
    from collabcare.domain.pathway import Pathway
    from collabcare.domain.people_facts import MedicationFact
    from collabcare.domain.reach_facts import HasteFact, PauseFact

_KIND_OF = {
    AttendanceStatus.ATTENDED_ON_TIME: StoryKind.ATTENDED,
    AttendanceStatus.ATTENDED_LATE: StoryKind.ATTENDED,
    AttendanceStatus.DID_NOT_ATTEND: StoryKind.NOT_ATTENDED,
    AttendanceStatus.ARRIVED_LATE_NOT_SEEN: StoryKind.TOO_LATE,
    AttendanceStatus.CANCELLED_BY_PATIENT: StoryKind.CANCELLED_BY_PATIENT,
    AttendanceStatus.CANCELLED_BY_PROVIDER: StoryKind.CANCELLED_BY_US,
}
_HASTE = {
    HasteKind.ANTIDEPRESSANT_STARTED: (StoryKind.MEDICATION_STARTED, "Antidepressant started"),
    HasteKind.ANTIDEPRESSANT_CHANGED: (StoryKind.MEDICATION_CHANGED, "Antidepressant changed"),
}
_TOLD_BY = {
    MedicationSource.PATIENT: "as told by the patient",
    MedicationSource.CARER: "as told by a carer",
    MedicationSource.GP: "as told by the GP",
    MedicationSource.OTHER_SERVICE: "as told by another service",
}


def happenings(facts: EpisodeFacts, pathway: Pathway, *, today: date) -> tuple[Happening, ...]:
    """Return everything to mark under the scores, in no order."""
    until = facts.closed_on or today
    return (
        *(_contact(contact, today) for contact in facts.contacts),
        *(_step(move, pathway) for move in facts.step_moves),
        *(_review_words(review.reviewed_on, review.supervisor, review.decision) for review in facts.reviews),
        *(_pause(pause, until) for pause in facts.pauses),
        *(_haste(haste) for haste in facts.haste if haste.kind in _HASTE and not _is_drawn(haste, facts)),
        *_medication(facts.medication),
    )


def _contact(contact: ContactFact, today: date) -> Happening:
    minutes = f"{contact.minutes} minutes" if contact.minutes and contact.status is not None else ""
    status, how = contact.status, contact.mechanism.label.lower()
    if status is not None:
        kind, what = _KIND_OF[status], status.label
    elif contact.on < today:
        kind, what = StoryKind.NOT_RECORDED, "Booked, what happened is not recorded"
    else:
        kind, what = StoryKind.BOOKED, "Booked"
    if not (status is not None and status.attended):
        minutes = ""
    told = f"cancelled on {fmt_date(contact.cancelled_on)}" if contact.cancelled_on else ""
    return Happening(
        kind=kind,
        day=contact.on,
        what=what,
        detail=_listed(how, minutes, contact.practitioner, told),
        minute=-1 if contact.at is None else contact.at.hour * 60 + contact.at.minute,
    )


def _step(move: StepMoveFact, pathway: Pathway) -> Happening:
    names = {step.number: step.name for step in pathway.steps}
    to = _listed(str(move.to_step), names.get(move.to_step, ""))
    if move.from_step is None:
        what = f"Started on step {to}"
    else:
        what = f"{move.direction.words} from {move.from_step} to {to}"
    return Happening(
        kind=StoryKind.STEP,
        day=move.moved_on,
        what=what,
        detail=move.reason.strip() if move.from_step is not None else "",
        label=str(move.to_step),
    )


def _review_words(day: date, supervisor: str, decision: str) -> Happening:
    return Happening(
        kind=StoryKind.SUPERVISION,
        day=day,
        what=f"Supervision with {supervisor}",
        detail=f"decided: {decision.strip()}" if decision.strip() else "",
    )


def _pause(pause: PauseFact, until: date) -> Happening:
    end = pause.ended_on or until
    over = f"until {fmt_date(pause.ended_on)}" if pause.ended_on else "not ended yet"
    return Happening(
        kind=StoryKind.PAUSED,
        day=pause.started_on,
        what="Care paused",
        detail=_listed(over, pause.reason.strip()),
        until=max(end, pause.started_on),
    )


def _haste(haste: HasteFact) -> Happening:
    kind, what = _HASTE[haste.kind]
    return Happening(kind=kind, day=haste.happened_on, what=what, detail=haste.note.strip(), bounds=False)


def _is_drawn(haste: HasteFact, facts: EpisodeFacts) -> bool:
    """Return whether an antidepressant begun or changed is a medicine in the list: it is drawn as that."""
    return any(
        each.antidepressant
        and each.started_on == haste.happened_on
        and (each.replaces_id is not None) is (haste.kind is HasteKind.ANTIDEPRESSANT_CHANGED)
        for each in facts.medication
    )


def _medication(medicines: Sequence[MedicationFact]) -> Iterator[Happening]:
    """Yield when each medicine was started, got another dose and was stopped, where the days are known."""
    by_id = {each.id: each for each in medicines}
    replaced = {each.replaces_id for each in medicines}
    for each in medicines:
        before = by_id.get(each.replaces_id) if each.replaces_id is not None else None
        if before is not None:
            since = each.started_on or before.ended_on
            if since is not None:
                dose = f"from {_named(before)} to {each.dose or _named(each)}"
                yield _medicine(StoryKind.MEDICATION_CHANGED, since, f"{each.name} changed", dose, each)
        elif each.started_on is not None:
            yield _medicine(
                StoryKind.MEDICATION_STARTED, each.started_on, f"{_named(each)} started", "", each
            )
        if each.ended_on is not None and each.id not in replaced:
            stopped = f"{_named(each)} stopped"
            yield _medicine(StoryKind.MEDICATION_STOPPED, each.ended_on, stopped, each.end_note.strip(), each)


def _medicine(kind: StoryKind, day: date, what: str, detail: str, told: MedicationFact) -> Happening:
    detail = _listed(detail, _TOLD_BY[told.reported_by])
    return Happening(kind=kind, day=day, what=what, detail=detail, bounds=False)


def _named(medicine: MedicationFact) -> str:
    return f"{medicine.name} {medicine.dose}".strip()


def _listed(*parts: str) -> str:
    return ", ".join(part for part in parts if part)
