"""What the record of a contact holds at the least, and what one still lacks.

Nothing here advises on medication: how it is going is noted to support the patient and to tell the GP.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from collabcare.domain.errors import RuleViolation

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.codes import AttendanceStatus, ConsultationMechanism


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactRecord:
    """One contact as it was written up; None and blank are what nobody wrote, which is never a no.

    ``scores_taken`` and ``safety_asked`` are no when they were not wanted that day; ``closing`` says that
    care ended with this contact, so that there is no next one.
    """

    on: date | None = None
    status: AttendanceStatus | None = None
    mechanism: ConsultationMechanism | None = None
    minutes: int | None = None
    scores_taken: bool | None = None
    medication: str = ""
    intervention: str = ""
    homework: str = ""
    safety_asked: bool | None = None
    safety_note: str = ""
    plan: str = ""
    next_contact_on: date | None = None
    closing: bool = False


_SEEN_PARTS = {
    "mechanism": "how it was held",
    "minutes": "how long it took",
    "scores_taken": "scores",
    "medication": "medication and side effects",
    "intervention": "what was done",
    "homework": "what the patient does until next time",
    "safety_asked": "whether safety was talked about",
    "plan": "the plan",
}


def missing_from_contact(record: ContactRecord) -> tuple[str, ...]:
    """Return what the record still lacks, in the order it is written; a contact not kept needs little."""
    missing = []
    if record.on is None:
        missing.append("the date")
    if record.status is None:
        return (*missing, "what became of it")
    if record.status.attended:
        missing += [words for field, words in _SEEN_PARTS.items() if _blank(getattr(record, field))]
        if record.safety_asked and _blank(record.safety_note):
            missing.append("what was said about safety")
    if record.next_contact_on is None and not record.closing:
        missing.append("the next contact date")
    return tuple(missing)


def refuse_incomplete(record: ContactRecord) -> None:
    """Refuse a record that lacks something.

    Raises:
        RuleViolation: Naming everything that is missing.
    """
    if missing := missing_from_contact(record):
        raise RuleViolation(f"Still to record: {', '.join(missing)}.")


def _blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())
