"""What happens to the demo's people: one small frozen value for each thing somebody does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from datetime import date, datetime, time

    from collabcare.demo.library import Wish
    from collabcare.domain.codes import (
        AppointmentType,
        AttendanceStatus,
        ClosureReason,
        ConsultationMechanism,
        Gender,
        ReferralReason,
        ReferralSource,
    )
    from collabcare.domain.people_facts import MedicationSource, ReminderOutcome
    from collabcare.domain.plan_facts import ActionOwner, LifeDomain, MilestoneKind
    from collabcare.domain.reach_facts import HasteKind
    from collabcare.domain.reengagement import AttemptOutcome, Channel

Typed: TypeAlias = tuple[tuple[str, str], ...]
"""What was typed into a form with several parts: each part's name and its words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A synthetic person; ``practice`` and ``gp_name`` say where they are registered."""

    nhs_number: str
    title: str
    given_name: str
    surname: str
    preferred_name: str
    gender: Gender
    birth_date: date
    address: str
    postcode: str
    telephone: str
    contact_note: str
    wish: Wish | None
    practice: int
    gp_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A place in the diary."""

    on: date
    at: time
    minutes: int
    mechanism: ConsultationMechanism


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Something done at an instant by a member of staff, named by their login."""

    at: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Referred(Act):
    """The referral is entered; ``holder`` is the practitioner who takes it at once, if any.

    ``again`` when they were with us before.
    """

    received_on: date
    source: ReferralSource
    reason: ReferralReason
    referrer: str
    note: str
    step: int
    holder: str | None
    again: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Allocated(Act):
    """The case is given to a practitioner."""

    holder: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Booked(Act):
    """An appointment is made."""

    slot: Slot


@dataclass(frozen=True, slots=True, kw_only=True)
class Met(Act):
    """How the appointment booked for ``slot`` ended, and the next one if it was agreed there."""

    slot: Slot
    status: AttendanceStatus
    note: str
    following: Slot | None
    kind: AppointmentType | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled(Act):
    """A questionnaire: its answers in order, or only a total."""

    instrument: str
    answers: tuple[int | None, ...] | None
    total: int | None = None
    function_answer: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Talked(Act):
    """The safety conversation that the latest questionnaire asked for; or it could not be had."""

    could_not_ask: bool
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought(Act):
    """An attempt to reach somebody who did not attend."""

    rung: int
    channel: Channel
    outcome: AttemptOutcome
    note: str
    following: Slot | None
    spoke_to: str = ""
    promised_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminded(Act):
    """Somebody is reminded of the appointment booked for ``slot``, a week before it."""

    slot: Slot
    channel: Channel
    outcome: ReminderOutcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved(Act):
    """A move between steps."""

    to_step: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StayingWell(Act):
    """Treatment gives way to staying-well contacts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked(Act):
    """The case is put on the agenda of the next supervision."""

    question: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """An action that came out of supervision."""

    text: str
    owner: str
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed(Act):
    """The case is discussed in supervision."""

    supervisor: str
    question: str
    decision: str
    actions: tuple[Agreed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionDone(Act):
    """The oldest action still open is done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrote(Act):
    """A letter is issued, with what its author typed; ``needed`` ones however many there are already."""

    kind: str
    needed: bool
    typed: Typed = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended(Act):
    """The episode is closed from today."""

    reason: ClosureReason
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told(Act):
    """The person has said how they may be reached and what they need."""

    wish: Wish


@dataclass(frozen=True, slots=True, kw_only=True)
class Hastened(Act):
    """A fact is recorded that makes us act sooner when somebody does not attend."""

    kind: HasteKind
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalsAgreed(Act):
    """Goals are opened, in the person's words, each with the part of life it is about."""

    typed: Typed
    areas: tuple[LifeDomain, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached(Act):
    """Something that the service model's wait is counted by is reached."""

    kind: MilestoneKind
    finding: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepAgreed(Act):
    """A step towards the first goal is agreed."""

    text: str
    whose: ActionOwner
    due_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StepDone(Act):
    """The step agreed first has been taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Medicated(Act):
    """Somebody tells of a medicine; ``started_on`` is None when it was taken before."""

    name: str
    dose: str
    purpose: str
    source: MedicationSource
    antidepressant: bool
    started_on: date | None
    taking: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DoseChanged(Act):
    """The medicine told of last is taken at another dose."""

    dose: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalsRated(Act):
    """The goals are rated, 0 to 10, in the order they were agreed."""

    ratings: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessed(Act):
    """Safety is talked through and a formulation written, or a new version of it."""

    typed: Typed
    review_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyPlanned(Act):
    """A safety plan is written together and made active."""

    typed: Typed
    review_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDeclined(Act):
    """A safety plan is offered, and the person would rather not have one."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WellPlanned(Act):
    """A staying-well plan is written, and a copy given unless it is not finished."""

    typed: Typed
    copy_given: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PausedCare(Act):
    """Care is paused until it is looked at again on a day."""

    reason: str
    review_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed(Act):
    """A handover to another service is proposed; the service has not answered."""

    to_service: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedOff(Act):
    """Whoever supervises signs the proposal off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewOpened(Act):
    """A review of not attending is opened and filled in as far as it has got; nobody has signed it."""

    typed: Typed
    opt_in_sent_on: date | None
    discussed_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """One person and everything that has happened to them so far, oldest first."""

    person: Person
    story: str
    acts: tuple[Act, ...]
