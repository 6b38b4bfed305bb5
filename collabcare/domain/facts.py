"""EpisodeFacts: the one frozen snapshot that every rule, screen, list, letter and command reads.

It is built in one place (``queries/facts.py``), so two screens can never disagree about a patient. Every
tuple is in order of time, oldest first.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from typing import TYPE_CHECKING

from collabcare.domain.case_people import NOBODY_KNOWN
from collabcare.domain.contact_lists import WithContacts
from collabcare.domain.demographic_facts import DemographicFacts
from collabcare.domain.display import fmt_name
from collabcare.domain.earlier_facts import NOTHING_EARLIER
from collabcare.domain.instruments import fmt_total
from collabcare.domain.reach_facts import ReachFacts
from collabcare.domain.searching import fold

if TYPE_CHECKING:
    from datetime import date, datetime

    from collabcare.domain.case_people import CasePeople
    from collabcare.domain.codes import (
        AttendanceStatus,
        ConsultationMechanism,
        Gender,
        ReferralReason,
        ReferralSource,
        ResponsePriority,
    )
    from collabcare.domain.decided import Decided
    from collabcare.domain.demographic_facts import EndingFact
    from collabcare.domain.earlier_facts import EarlierFacts
    from collabcare.domain.episode import Phase, StepDirection
    from collabcare.domain.ids import (
        ActionId,
        ContactId,
        EpisodeId,
        LadderId,
        LetterId,
        MeasureId,
        PatientId,
        ReviewId,
        UserId,
    )
    from collabcare.domain.instruments import EntryMode, Safety
    from collabcare.domain.missed_because import MissedBecause
    from collabcare.domain.moving import MoveFact
    from collabcare.domain.people_facts import CarerFact, MedicationFact, ReminderFact
    from collabcare.domain.plan_facts import GoalFact, MilestoneFact, ProposalFact, RelapsePlanFact
    from collabcare.domain.postponing import PostponementFact
    from collabcare.domain.reach_facts import (
        ClosingReviewFact,
        HasteFact,
        PauseFact,
        SnoozeFact,
        TrackMoveFact,
    )
    from collabcare.domain.reaching import Route
    from collabcare.domain.reengagement import AttemptOutcome, Channel
    from collabcare.domain.safety_facts import (
        FormRoute,
        SafetyAssessmentFact,
        SafetyPlanFact,
        SafetyTalk,
        StillStands,
    )
    from collabcare.domain.tally import Number
    from collabcare.domain.unmissed import UnmissedFact

NOT_ASKED = ReachFacts()
"""Nobody has asked yet how the patient can safely be reached."""
NOTHING_STATED = DemographicFacts()
"""Nobody has asked the patient yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientFacts:
    """Who the patient is and how to reach them."""

    patient_id: PatientId
    version: int
    nhs_number: str | None
    surname: str
    given_name: str
    title: str | None
    preferred_name: str | None
    birth_date: date
    died_on: date | None
    gender: Gender
    address: tuple[str, ...]
    postcode: str | None
    telephone: str | None
    contact_note: str | None
    gp_name: str | None
    gp_practice_name: str
    gp_practice_address: tuple[str, ...]
    gp_practice_postcode: str | None
    demographics: DemographicFacts = NOTHING_STATED
    hold_reason: str | None = None
    other_telephone: str | None = None
    email: str | None = None
    pronouns: str | None = None
    allergies: str | None = None
    gp_practice_telephone: str | None = None
    death_told_by: str | None = None

    @property
    def name(self) -> str:
        """Return the name as lists and the banner write it."""
        return fmt_name(self.surname, self.given_name, self.title)

    @property
    def has_telephone(self) -> bool:
        """Return whether there is any number of theirs to ring."""
        return self.number_to_ring is not None

    @property
    def number_to_ring(self) -> str | None:
        """Return the number to ring: the first, else the other."""
        return self.telephone or self.other_telephone or None

    @property
    def name_order(self) -> tuple[str, str]:
        """Return the key lists of names are sorted by: case and accents make no difference in it."""
        return fold(self.surname), fold(self.given_name)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactFact:
    """One booked or held contact; ``status`` is None until its outcome is recorded."""

    id: ContactId
    on: date
    at: time | None
    minutes: int | None
    status: AttendanceStatus | None
    mechanism: ConsultationMechanism
    practitioner: str
    note: str
    cancelled_on: date | None = None
    appointment_type: str | None = None
    group: bool = False
    was_not_brought: bool = False
    interpreter: str | None = None
    contacted_after: bool = False
    joint: bool = False
    cancellation_reason: str | None = None
    interpreter_booked: bool | None = None
    place: str = ""
    row_version: int = 1
    missed_because: MissedBecause | None = None
    missed_because_words: str | None = None


def time_order(contact: ContactFact) -> tuple[date, time]:
    """Return the key that puts contacts in order of time; one without a time stands first in its day."""
    return contact.on, contact.at or time.min


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureFact:
    """One completed form; ``total`` is None when too much of it is blank.

    ``correction`` says why it stands in the place of an earlier entry, None when it does not. A form that was
    corrected is no fact any more; it stays in the record as it was. ``after_end`` is the day care had
    ended on when it was entered, None while care went on.
    """

    id: MeasureId
    instrument: str
    taken_on: date
    entry_mode: EntryMode
    answers: tuple[int | None, ...]
    function_answer: int | None
    total: Number | None
    missing: int
    prorated: bool
    safety: Safety
    safety_answer: int | None
    recorded_at: datetime | None = None
    route: FormRoute | None = None
    arrived_at: datetime | None = None
    correction: str | None = None
    after_end: date | None = None

    @property
    def text(self) -> str:
        """Return the total as every place shows it."""
        return fmt_total(self.total, missing=self.missing, prorated=self.prorated)


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyPromptFact:
    """A safety item that asks for a conversation, open until its outcome is recorded.

    ``route`` is how the form came to us and ``arrived_at`` when, both None where nobody noted it.
    ``tried_on`` is the last day on which nobody could ask; ``ask_by`` and ``ask_on`` say who will, and when.
    ``covered_by`` is the talk that covered it already; ``stands`` says that the assessment there was holds on
    after this one.
    """

    measure_id: MeasureId
    opened_on: date
    instrument: str
    asked: Safety
    answer: int | None
    outcome: str | None
    closed_on: date | None
    note: str
    recorded_at: datetime | None = None
    route: FormRoute | None = None
    arrived_at: datetime | None = None
    ask_by: str = ""
    ask_on: date | None = None
    tried_on: date | None = None
    id: int = 0
    covered_by: SafetyTalk | None = None
    stands: StillStands | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StepMoveFact:
    """One move between steps; ``gp_informed_on`` is None until the GP has been told."""

    moved_on: date
    from_step: int | None
    to_step: int
    direction: StepDirection
    reason: str
    agreed_with_patient: bool
    gp_informed_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptFact:
    """One try to reach a patient who did not attend.

    ``spoke_to`` is who answered or made a promise when it was not the patient; ``promised_on`` is the day on
    which the patient, it was said, would come or ring. ``route`` is the way it went, such as text relay; None
    where nobody noted more than the channel. ``decided`` is what was decided in a talk, and
    ``decided_words`` why.
    """

    rung: int
    on: date
    at: datetime
    channel: Channel
    outcome: AttemptOutcome
    by: str
    note: str
    accessible: bool = False
    spoke_to: str = ""
    promised_on: date | None = None
    route: Route | None = None
    by_id: UserId | None = None
    missed_because: MissedBecause | None = None
    missed_because_words: str | None = None
    decided: Decided | None = None
    decided_words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LadderFact:
    """A re-engagement ladder opened by a missed contact; open until ``closed_on``.

    ``restarted_at`` is when wrong contact details were put right: it counts from then, and what was tried
    before it could reach nobody. ``opened_at`` is when the miss was written up, None where nobody knows.
    """

    id: LadderId
    contact_id: ContactId
    missed_on: date
    slot_ended: time | None
    first_rung: int
    consecutive: int
    attempts: tuple[AttemptFact, ...]
    closed_on: date | None
    closed_because: str | None
    snoozes: tuple[SnoozeFact, ...] = ()
    restarted_at: datetime | None = None
    opened_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewFact:
    """One supervision review of this case; it is locked from ``signed_off_on``."""

    id: ReviewId
    reviewed_on: date
    supervisor: str
    question: str
    decision: str
    recorded_at: datetime | None = None
    signed_off_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionFact:
    """Something agreed in supervision that somebody is to do."""

    id: ActionId
    review_id: ReviewId
    agreed_on: date
    text: str
    owner_id: UserId
    owner: str
    due_on: date
    done_on: date | None
    version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterFact:
    """A letter issued and frozen."""

    id: LetterId
    kind: str
    title: str
    issued_on: date
    recipient: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EpisodeFacts(WithContacts):
    """Everything a rule may know about one episode of care."""

    episode_id: EpisodeId
    version: int
    patient: PatientFacts
    pathway_id: str
    phase: Phase
    phase_since: date
    referral_received_on: date
    referral_source: ReferralSource
    referral_reason: ReferralReason
    referrer: str | None
    holder_id: UserId | None
    holder: str | None
    step: int
    step_since: date
    closed_on: date | None
    supervision_requested_on: date | None
    supervision_question: str | None
    contacts: tuple[ContactFact, ...]
    measures: tuple[MeasureFact, ...]
    safety_prompts: tuple[SafetyPromptFact, ...]
    step_moves: tuple[StepMoveFact, ...]
    ladders: tuple[LadderFact, ...]
    reviews: tuple[ReviewFact, ...]
    actions: tuple[ActionFact, ...]
    letters: tuple[LetterFact, ...]
    reach: ReachFacts = NOT_ASKED
    previous_closed_on: date | None = None
    previous_episode_id: EpisodeId | None = None
    haste: tuple[HasteFact, ...] = ()
    track_moves: tuple[TrackMoveFact, ...] = ()
    pauses: tuple[PauseFact, ...] = ()
    closing_reviews: tuple[ClosingReviewFact, ...] = ()
    safety_assessments: tuple[SafetyAssessmentFact, ...] = ()
    safety_plans: tuple[SafetyPlanFact, ...] = ()
    goals: tuple[GoalFact, ...] = ()
    relapse_plan: RelapsePlanFact | None = None
    proposals: tuple[ProposalFact, ...] = ()
    milestones: tuple[MilestoneFact, ...] = ()
    referral_received_at: datetime | None = None
    response_priority: ResponsePriority | None = None
    ending: EndingFact | None = None
    earlier: EarlierFacts = NOTHING_EARLIER
    allocated_on: date | None = None
    medication: tuple[MedicationFact, ...] = ()
    carers: tuple[CarerFact, ...] = ()
    reminders: tuple[ReminderFact, ...] = ()
    postponements: tuple[PostponementFact, ...] = ()
    moves: tuple[MoveFact, ...] = ()
    unmissed: tuple[UnmissedFact, ...] = ()
    late_forms: tuple[MeasureFact, ...] = ()
    """Forms that came in after care had ended: told in the story, and read by no rule as a score."""
    follow_up_weeks: int | None = None
    people: CasePeople = NOBODY_KNOWN

    def measures_of(self, instrument: str) -> tuple[MeasureFact, ...]:
        """Return one instrument's measures, oldest first."""
        return tuple(m for m in self.measures if m.instrument == instrument)

    @property
    def open_ladder(self) -> LadderFact | None:
        """Return the re-engagement ladder still open, if any."""
        for ladder in reversed(self.ladders):
            if ladder.closed_on is None:
                return ladder
        return None

    @property
    def open_safety_prompts(self) -> tuple[SafetyPromptFact, ...]:
        """Return the safety conversations not yet recorded."""
        return tuple(p for p in self.safety_prompts if p.closed_on is None)
