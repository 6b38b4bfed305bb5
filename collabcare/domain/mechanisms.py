"""How a contact was held: what may be recorded, what an import may bring, and what is no contact at all.

Source: NHS Data Dictionary, CONSULTATION MECHANISM (MENTAL HEALTH). It supersedes CONSULTATION MEDIUM USED;
where an old code goes is this project's own mapping.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from collabcare.domain.codes import ConsultationMechanism, read_code
from collabcare.domain.errors import RuleViolation
from collabcare.domain.suggestion import Used

if TYPE_CHECKING:
    from collections.abc import Mapping

SUPERSEDED: Mapping[str, ConsultationMechanism] = {
    "03": ConsultationMechanism.VIDEO,
    "06": ConsultationMechanism.TEXT_MESSAGE,
    "08": ConsultationMechanism.INSTANT_MESSAGING,
}
"""CONSULTATION MEDIUM USED codes that a new record may not have: telemedicine, SMS, online messaging."""
_WHAT = "how a contact was held"
_SOURCE = "NHS Data Dictionary, CONSULTATION MECHANISM (MENTAL HEALTH)"
_RULE = "What is a care contact"


def mechanism(code: str) -> ConsultationMechanism:
    """Return the mechanism of a new record.

    Raises:
        RuleViolation: When the code is superseded or never was one.
    """
    if now := SUPERSEDED.get(code.strip()):
        raise RuleViolation(f"Code {code.strip()} is superseded. Record {now.value} ({now.label}) instead.")
    return read_code(ConsultationMechanism, code, _WHAT)


def imported_mechanism(code: str) -> ConsultationMechanism:
    """Return what a code of an imported record stands for today, superseded codes included.

    Raises:
        RuleViolation: When neither list has such a code.
    """
    return SUPERSEDED.get(code.strip()) or read_code(ConsultationMechanism, code, _WHAT)


class Exchange(StrEnum):
    """What passed between the service and the patient."""

    CONSULTATION = "consultation"
    TWO_WAY_MESSAGES = "two_way_messages"
    REMINDER_SENT = "reminder_sent"
    MESSAGE_LEFT = "message_left"
    RESULT_TOLD = "result_told"


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactRuling:
    """Whether an exchange is a care contact, and in words where it is recorded instead when it is not."""

    care_contact: bool
    sentence: str
    rule: str
    used: tuple[Used, ...]
    source: str


_RULINGS = {
    Exchange.CONSULTATION: (True, "This is a care contact."),
    Exchange.TWO_WAY_MESSAGES: (True, "Messages both ways as part of care are a care contact."),
    Exchange.REMINDER_SENT: (
        False,
        "A reminder we sent is not a care contact. Record it as the outcome of the task.",
    ),
    Exchange.MESSAGE_LEFT: (
        False,
        "A message we left is not a care contact. Record it as the outcome of the task.",
    ),
    Exchange.RESULT_TOLD: (
        False,
        "Telling somebody a result and nothing else is not a care contact. Record it as a note.",
    ),
}


def care_contact(exchange: Exchange) -> ContactRuling:
    """Return whether an exchange counts as a care contact; a message one way only never does."""
    counts, sentence = _RULINGS[exchange]
    return ContactRuling(
        care_contact=counts,
        sentence=sentence,
        rule=_RULE,
        used=(Used("What happened", exchange.value.replace("_", " ")),),
        source=_SOURCE,
    )
