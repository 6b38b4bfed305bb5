"""How care ends: from what happened to the national codes, and what else an ending asks of us.

Sources: NHS Data Dictionary, REFERRAL CLOSURE REASON, the discharge reasons of NHS Talking Therapies and
REFERRAL REJECTION REASON. Which ending gets which codes is this project's own mapping. Not attending is no
way to an ending: its code needs the gate of a review of not attending, passed and signed off.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from collabcare.domain.codes import AppointmentType, ClosureReason, Coded, RejectionReason, read_code
from collabcare.domain.errors import RuleViolation
from collabcare.domain.suggestion import Used

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from collabcare.domain.facts import ContactFact

_SOURCE = (
    "NHS Data Dictionary, REFERRAL CLOSURE REASON and the discharge reasons of NHS Talking Therapies; which"
    " ending gets which codes is this project's own mapping, not national policy"
)
_RULE = "Codes for the end of care"


class Reached(StrEnum):
    """How far care had come when it ended."""

    NOT_SEEN = "not_seen"
    SEEN = "seen"
    TREATED = "treated"

    @property
    def words(self) -> str:
        """Return how far in words, as the national groups are named."""
        return {"not_seen": "Not seen", "seen": "Seen, not treated", "treated": "Treated"}[self.value]


class TherapyEnding(Coded):
    """Why care ended, as NHS Talking Therapies records it; each code belongs to one group."""

    NOT_ASSESSED = "50", "Not assessed"
    NOT_SUITABLE = "10", "Not suitable, returned to the referrer"
    SIGNPOSTED = "11", "Not suitable, signposted elsewhere by agreement"
    ADVICE_ONLY = "12", "Discharged by agreement after advice"
    REFERRED_ON = "13", "Referred to another therapy service by agreement"
    DECLINED = "14", "Suitable, but declined treatment"
    INCOMPLETE_ASSESSMENT = "16", "Incomplete assessment, dropped out"
    DIED_BEFORE_TREATMENT = "17", "Died, seen but not treated"
    NOT_KNOWN_UNTREATED = "95", "Not known, seen but not treated"
    COMPLETED = "46", "Treatment completed by agreement"
    ENDED_EARLY = "47", "Ended earlier than the professional planned"
    ENDED_EARLY_BY_SERVICE = "48", "Ended earlier than the patient asked for"
    DIED_IN_TREATMENT = "49", "Died, treated"
    NOT_KNOWN_TREATED = "96", "Not known, treated"

    @property
    def group(self) -> Reached:
        """Return how far care must have come for this code."""
        if self is TherapyEnding.NOT_ASSESSED:
            return Reached.NOT_SEEN
        return Reached.TREATED if self in _OF_THE_TREATED else Reached.SEEN


_OF_THE_TREATED = frozenset(
    {
        TherapyEnding.COMPLETED,
        TherapyEnding.ENDED_EARLY,
        TherapyEnding.ENDED_EARLY_BY_SERVICE,
        TherapyEnding.DIED_IN_TREATMENT,
        TherapyEnding.NOT_KNOWN_TREATED,
    }
)


class LocalStep(StrEnum):
    """Which way care goes on from here; local codes of this project."""

    STEP_UP = "STEP_UP"
    STEP_DOWN = "STEP_DOWN"
    LATERAL = "LATERAL"


class Ending(StrEnum):
    """What happened, in the words a practitioner would use."""

    COMPLETED = "completed"
    ADVICE_GIVEN = "advice_given"
    NOT_SUITABLE = "not_suitable"
    SIGNPOSTED = "signposted"
    DECLINED = "declined"
    NOT_ENGAGING = "not_engaging"
    STEPPED_UP = "stepped_up"
    STEPPED_DOWN = "stepped_down"
    MOVED_ACROSS = "moved_across"
    MOVED_AWAY = "moved_away"
    ADMITTED = "admitted"
    DIED = "died"


class _Codes(NamedTuple):
    closure: ClosureReason
    treated: TherapyEnding | None
    seen: TherapyEnding | None


_CODES = {
    Ending.COMPLETED: _Codes(ClosureReason.TREATMENT_COMPLETED, TherapyEnding.COMPLETED, None),
    Ending.ADVICE_GIVEN: _Codes(
        ClosureReason.NO_FURTHER_TREATMENT, TherapyEnding.COMPLETED, TherapyEnding.ADVICE_ONLY
    ),
    Ending.NOT_SUITABLE: _Codes(
        ClosureReason.NO_FURTHER_TREATMENT, TherapyEnding.ENDED_EARLY_BY_SERVICE, TherapyEnding.NOT_SUITABLE
    ),
    Ending.SIGNPOSTED: _Codes(
        ClosureReason.REFERRED_ELSEWHERE, TherapyEnding.ENDED_EARLY, TherapyEnding.SIGNPOSTED
    ),
    Ending.DECLINED: _Codes(
        ClosureReason.PATIENT_REQUESTED, TherapyEnding.ENDED_EARLY, TherapyEnding.DECLINED
    ),
    Ending.NOT_ENGAGING: _Codes(
        ClosureReason.DID_NOT_ATTEND, TherapyEnding.ENDED_EARLY, TherapyEnding.INCOMPLETE_ASSESSMENT
    ),
    Ending.STEPPED_UP: _Codes(
        ClosureReason.REFERRED_ELSEWHERE, TherapyEnding.REFERRED_ON, TherapyEnding.REFERRED_ON
    ),
    Ending.STEPPED_DOWN: _Codes(
        ClosureReason.REFERRED_ELSEWHERE, TherapyEnding.COMPLETED, TherapyEnding.ADVICE_ONLY
    ),
    Ending.MOVED_ACROSS: _Codes(
        ClosureReason.REFERRED_ELSEWHERE, TherapyEnding.REFERRED_ON, TherapyEnding.REFERRED_ON
    ),
    Ending.MOVED_AWAY: _Codes(
        ClosureReason.MOVED_AWAY, TherapyEnding.ENDED_EARLY, TherapyEnding.NOT_KNOWN_UNTREATED
    ),
    Ending.ADMITTED: _Codes(
        ClosureReason.ADMITTED_ELSEWHERE, TherapyEnding.ENDED_EARLY, TherapyEnding.NOT_KNOWN_UNTREATED
    ),
    Ending.DIED: _Codes(
        ClosureReason.DIED, TherapyEnding.DIED_IN_TREATMENT, TherapyEnding.DIED_BEFORE_TREATMENT
    ),
}
_STEPS = {
    Ending.STEPPED_UP: LocalStep.STEP_UP,
    Ending.STEPPED_DOWN: LocalStep.STEP_DOWN,
    Ending.MOVED_ACROSS: LocalStep.LATERAL,
}
_NEEDS_CONTACT = {
    Ending.COMPLETED: "No treatment contact is recorded, so none was completed. Choose what happened.",
    Ending.ADVICE_GIVEN: "The patient was not seen, so no advice was given. Choose what happened.",
}
_AFTER_DEATH = (
    "All searches, tasks and letters to the patient are cancelled. Check that condolences were offered and"
    " that nobody writes to the patient again."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class EndingFacts:
    """What the codes of an ending go by."""

    ending: Ending
    reached: Reached
    gate_passed: bool = False
    accepted_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosurePlan:
    """The codes of an ending and what it asks of us.

    ``cancels_everything`` ends every search, task and letter to the patient; ``condolence_check`` makes a
    task. ``fits_group`` is false where the mapping gives a Talking Therapies code from another group.
    """

    closure: ClosureReason
    therapy_ending: TherapyEnding
    local_step: LocalStep | None
    cancels_everything: bool
    condolence_check: bool
    fits_group: bool
    sentence: str
    rule: str
    used: tuple[Used, ...]
    source: str


def closure_of(facts: EndingFacts) -> ClosurePlan:
    """Return the codes of an ending, unless something it needs is not recorded.

    Raises:
        RuleViolation: When not attending has passed no gate, nobody has accepted a patient who moves on, or
            what is said to have ended never began.
    """
    _refuse_ending(facts)
    closure = _closure(facts)
    therapy = _therapy(facts)
    died = facts.ending is Ending.DIED
    return ClosurePlan(
        closure=closure,
        therapy_ending=therapy,
        local_step=_STEPS.get(facts.ending),
        cancels_everything=died,
        condolence_check=died,
        fits_group=therapy.group is facts.reached,
        sentence=_AFTER_DEATH if died else f"{closure.label}. {therapy.label}.",
        rule=_RULE,
        used=_used(facts),
        source=_SOURCE,
    )


def refuse_closure_code(reason: ClosureReason, *, gate_passed: bool) -> None:
    """Refuse the code for not attending unless the gate of a review of not attending is passed.

    Raises:
        RuleViolation: With what to do instead of closing.
    """
    if reason is ClosureReason.DID_NOT_ATTEND and not gate_passed:
        raise RuleViolation(
            "Not attending is not by itself a reason to close. Complete the review of not attending and have"
            " it signed off, or keep trying."
        )


def reached_by(contacts: Sequence[ContactFact]) -> Reached:
    """Return how far care has come by the contacts attended; see :func:`is_treatment_contact`."""
    if any(is_treatment_contact(contact) for contact in contacts):
        return Reached.TREATED
    if any(contact.status is not None and contact.status.attended for contact in contacts):
        return Reached.SEEN
    return Reached.NOT_SEEN


def is_treatment_contact(contact: ContactFact) -> bool:
    """Return whether a contact is a treatment contact: attended, and of type 02, 03 or 05.

    Services that record no types are not told apart from treatment: there, every attended contact is one.
    """
    if contact.status is None or not contact.status.attended:
        return False
    if contact.appointment_type is None:
        return True
    return read_code(AppointmentType, contact.appointment_type, "the type of appointment").is_treatment


@dataclass(frozen=True, slots=True)
class Rejection:
    """A referral not accepted, and where else the patient can turn."""

    reason: RejectionReason
    onward: str


def reject_referral(reason: RejectionReason, onward: str = "") -> Rejection:
    """Return a rejection; one for not being for this service says where the patient can be helped instead.

    Raises:
        RuleViolation: When it does not: nobody is sent away without a way on.
    """
    if reason is RejectionReason.INAPPROPRIATE and not onward.strip():
        raise RuleViolation("Say where this patient can be helped instead, before the referral goes back.")
    return Rejection(reason, onward.strip())


def _refuse_ending(facts: EndingFacts) -> None:
    refuse_closure_code(_CODES[facts.ending].closure, gate_passed=facts.gate_passed)
    if facts.ending in _STEPS and facts.accepted_on is None:
        raise RuleViolation("Nobody has accepted the patient yet. Keep them, and record who accepts.")
    if facts.ending is Ending.COMPLETED and facts.reached is not Reached.TREATED:
        raise RuleViolation(_NEEDS_CONTACT[Ending.COMPLETED])
    if facts.ending is Ending.ADVICE_GIVEN and facts.reached is Reached.NOT_SEEN:
        raise RuleViolation(_NEEDS_CONTACT[Ending.ADVICE_GIVEN])


def _closure(facts: EndingFacts) -> ClosureReason:
    if facts.ending is Ending.DECLINED and facts.reached is not Reached.TREATED:
        return ClosureReason.REFUSED_TO_BE_SEEN
    return _CODES[facts.ending].closure


def _therapy(facts: EndingFacts) -> TherapyEnding:
    codes = _CODES[facts.ending]
    by_group = {Reached.TREATED: codes.treated, Reached.SEEN: codes.seen}
    return by_group.get(facts.reached) or TherapyEnding.NOT_ASSESSED


def _used(facts: EndingFacts) -> tuple[Used, ...]:
    used = (
        Used("What happened", facts.ending.value.replace("_", " ")),
        Used("Seen and treated", facts.reached.words.lower()),
    )
    if facts.ending is Ending.NOT_ENGAGING:
        return (*used, Used("Review of not attending passed", facts.gate_passed))
    if facts.ending in _STEPS:
        return (*used, Used("Accepted on", facts.accepted_on))
    return used
