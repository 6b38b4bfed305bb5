"""The recorded facts that ask us to act soon when a patient does not attend, found one by one.

Part of :mod:`collabcare.domain.tracks`. A question that was not answered is none of them, and is no "no".
What the patient's earlier episodes recorded counts as if it had been recorded in this one.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from collabcare.domain.accommodation import is_refuge
from collabcare.domain.calendar import age_on
from collabcare.domain.codes import ReferralReason, ReferralSource
from collabcare.domain.demographics import Disability
from collabcare.domain.display import fmt_date
from collabcare.domain.reach_facts import HasteKind, Track
from collabcare.domain.reaching import interpreter_missing, missing_interpreter_words
from collabcare.domain.safety_facts import PlanStatus
from collabcare.domain.suggestion import Used

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from collabcare.domain.facts import EpisodeFacts, MeasureFact
    from collabcare.domain.ids import ContactId
    from collabcare.domain.reach_facts import HasteFact
    from collabcare.domain.reengagement_policy import TrackPolicy
    from collabcare.domain.safety_facts import SafetyAssessmentFact, SafetyPlanFact


class TrackFact(StrEnum):
    """The facts, by the letters they go under."""

    ACT_QUICKLY = "P-a"
    SAFETY_ITEM = "P-b"
    RECENT_CRISIS = "P-c"
    WORSENING = "P-d"
    SAFEGUARDING = "P-e"
    PERINATAL = "P-f"
    ANTIDEPRESSANT = "P-g"
    RELIES_ON_OTHERS = "P-h"
    JUDGEMENT = "P-i"


class Candidate(NamedTuple):
    """A fact found: what it is and its day, when it was recorded if that is known, and what more is said.

    ``answer`` is set for a question that was answered, to the words of the answer. What stands in the
    details without a day of its own has the day of the referral as its day, and does not say one.
    """

    fact: TrackFact
    kind: str
    on: date
    note: str = ""
    recorded_at: datetime | None = None
    answer: str | None = None
    dated: bool = True

    @property
    def sentence(self) -> str:
        """Return the fact as the practitioner reads it."""
        if self.answer is not None:
            return f"{self.kind} answered {self.answer} on {fmt_date(self.on)}."
        if not self.dated:
            return f"{self.kind} (in their details)."
        note = self.note.strip().rstrip(".")
        return f"{self.kind} ({fmt_date(self.on)}){f', {note}' if note else ''}."

    @property
    def in_short(self) -> str:
        """Return what it is, without its day, its answer and what more is said."""
        said = _IN_SHORT.sub("", self.kind)
        return said if said[:2].isupper() else f"{said[:1].lower()}{said[1:]}"

    @property
    def used(self) -> Used:
        """Return the fact under its own words."""
        if not self.dated:
            return Used(self.kind, "in their details")
        return Used(self.kind, self.on if self.answer is None else self.answer)


class Situation(NamedTuple):
    """The day the windows are counted back from: the missed day while we search, else today.

    ``missed`` is the contact that opened the search, None when nobody is being sought.
    """

    policy: TrackPolicy
    on: date
    missed: ContactId | None
    worsening_on: date | None

    def recent(self, day: date, window: int) -> bool:
        """Return whether a day lies in a window of so many days, or after it."""
        return (self.on - day).days <= window

    def changed_before(self, day: date) -> bool:
        """Return whether a change made on ``day`` counts: before the miss, or by today when nobody is sought.

        One made on the day of the miss may have been made because of it: what stood until then still holds.
        """
        return day <= self.on if self.missed is None else day < self.on


_FORMULATION = "Safety formulation: "
_IN_SHORT = re.compile(rf"^{_FORMULATION}| to attend$|(?:,? and|;) .*")
"""What of a fact's words can be left out where each has a few words only."""
_EVENTS = {
    HasteKind.SELF_HARM: "Self-harm",
    HasteKind.CRISIS_CONTACT: "Contact with crisis services",
    HasteKind.INPATIENT_DISCHARGE: "Discharge from a ward",
    HasteKind.CRISIS_TEAM_DISCHARGE: "Discharge from the crisis team",
}
_STATES = {
    HasteKind.SAFEGUARDING: (TrackFact.SAFEGUARDING, "Safeguarding concern"),
    HasteKind.CHILD_CONCERN: (TrackFact.SAFEGUARDING, "Concern for a child"),
    HasteKind.DOMESTIC_ABUSE: (TrackFact.SAFEGUARDING, "Domestic abuse"),
    HasteKind.PERINATAL: (TrackFact.PERINATAL, "Pregnancy or a baby"),
    HasteKind.RELIES_ON_OTHERS: (TrackFact.RELIES_ON_OTHERS, "Relies on others to attend"),
    HasteKind.LEARNING_DISABILITY: (TrackFact.RELIES_ON_OTHERS, "Learning disability"),
    HasteKind.DEMENTIA: (TrackFact.RELIES_ON_OTHERS, "Dementia"),
    HasteKind.UNMET_FORMAT_NEED: (TrackFact.RELIES_ON_OTHERS, "Interpreter or format need not met"),
    HasteKind.PRACTITIONER_JUDGEMENT: (TrackFact.JUDGEMENT, "Practitioner's judgement"),
}
_MEDICATION = {
    HasteKind.ANTIDEPRESSANT_STARTED: "Antidepressant started",
    HasteKind.ANTIDEPRESSANT_CHANGED: "Antidepressant changed",
}
_REFERRED_FOR = {
    ReferralReason.SELF_HARM: (TrackFact.RECENT_CRISIS, "Referred for self-harm"),
    ReferralReason.IN_CRISIS: (TrackFact.RECENT_CRISIS, "Referred in crisis"),
    ReferralReason.PERINATAL: (TrackFact.PERINATAL, "Referred for perinatal mental health"),
    ReferralReason.PRECONCEPTION: (TrackFact.PERINATAL, "Referred for preconception perinatal mental health"),
    ReferralReason.ORGANIC: (TrackFact.RELIES_ON_OTHERS, "Referred for an organic brain disorder"),
}
PERINATAL_REFERRALS = {
    reason: words for reason, (fact, words) in _REFERRED_FOR.items() if fact is TrackFact.PERINATAL
}
MATERNITY_WORDS = "Referred by a maternity service"
"""What a referral says of a pregnancy or a baby, in the words in which it makes us act sooner."""
_REFUGE = (TrackFact.SAFEGUARDING, "Lives in a refuge")
_DISABILITIES = {
    Disability.MEMORY_OR_LEARNING.value: (
        TrackFact.RELIES_ON_OTHERS,
        "Difficulty with memory, concentrating or learning",
    ),
}


def stated_in_details(
    home: str | None, disability: tuple[str, ...] | None
) -> tuple[tuple[TrackFact, str], ...]:
    """Return what the patient's details say that asks us to act soon, with its words."""
    if not home and not disability:
        return ()
    found = [_REFUGE] if is_refuge(home) else []
    return (*found, *(_DISABILITIES[code] for code in disability or () if code in _DISABILITIES))


def candidates(facts: EpisodeFacts, situation: Situation) -> Iterator[Candidate]:
    """Return every recorded fact that asks us to act soon, whoever has agreed to what."""
    earlier = facts.earlier
    if plans := (*earlier.safety_plans, *facts.safety_plans):
        yield from _plans(plans, situation)
    if assessments := (*earlier.safety_assessments, *facts.safety_assessments):
        yield from _assessments(assessments, situation)
    if measures := (*earlier.measures, *facts.measures):
        yield from _safety_items(measures, situation)
    if situation.worsening_on is not None:
        yield Candidate(TrackFact.WORSENING, "Scores have got worse", situation.worsening_on)
    for haste in _all_haste(facts):
        yield from _haste(haste, facts, situation)
    yield from _referred(facts, situation)
    for fact, words in stated_in_details(facts.reach.accommodation, facts.patient.demographics.disability):
        yield Candidate(fact, words, facts.referral_received_on, dated=False)
    yield from _attending(facts, situation)
    for move in facts.track_moves:
        if move.to is Track.PROMPT:
            words = "Moved to the Prompt track"
            yield Candidate(TrackFact.JUDGEMENT, words, move.moved_on, move.reason, move.moved_at)


def _all_haste(facts: EpisodeFacts) -> tuple[HasteFact, ...]:
    return (*facts.earlier.haste, *facts.haste)


def _plans(plans: tuple[SafetyPlanFact, ...], situation: Situation) -> Iterator[Candidate]:
    """Return the safety plan that is active, or was ended on the missed day or since.

    A plan is replaced only by one that is active then, so what replaced it says whether one still holds.
    """
    for plan in plans:
        on, recorded_at = plan.made_on, plan.recorded_at
        if plan.status is PlanStatus.ACTIVE:
            yield Candidate(TrackFact.ACT_QUICKLY, "Safety plan active", on, "", recorded_at)
        elif plan.ended_in_use and _ended_since(plan.ended_on, situation):
            note = f"ended {fmt_date(plan.ended_on)}" if plan.ended_on else ""
            yield Candidate(TrackFact.ACT_QUICKLY, "Safety plan", on, note, recorded_at)


def _ended_since(ended_on: date | None, situation: Situation) -> bool:
    """Return whether a plan ended on the missed day or since; if nobody knows when, it may have been so."""
    return situation.missed is not None and (ended_on is None or not situation.changed_before(ended_on))


def _assessments(made: tuple[SafetyAssessmentFact, ...], situation: Situation) -> Iterator[Candidate]:
    """Return the formulation standing on the day, and any since, that says to act quickly."""
    then = [each for each in made if situation.changed_before(each.assessed_on)]
    since = [each for each in made if not situation.changed_before(each.assessed_on)]
    for each in (*then[-1:], *since):
        if each.act_quickly_if_contact_lost:
            words = f"{_FORMULATION}act quickly if contact is lost"
            yield Candidate(
                TrackFact.ACT_QUICKLY, words, each.assessed_on, each.if_contact_lost, each.recorded_at
            )


def _safety_items(measures: tuple[MeasureFact, ...], situation: Situation) -> Iterator[Candidate]:
    window = situation.policy.recent_days
    for measure in measures:
        if not (answer := measure.safety_answer) or not situation.recent(measure.taken_on, window):
            continue
        if (item := situation.policy.item_of(measure.instrument)) is None:
            continue
        on, said = measure.taken_on, item.said(answer)
        yield Candidate(TrackFact.SAFETY_ITEM, item.words, on, "", measure.recorded_at, said)


def _haste(haste: HasteFact, facts: EpisodeFacts, situation: Situation) -> Iterator[Candidate]:
    on, recorded_at, policy = haste.happened_on, haste.recorded_at, situation.policy
    if words := _EVENTS.get(haste.kind):
        if situation.recent(on, policy.recent_days):
            yield Candidate(TrackFact.RECENT_CRISIS, words, on, haste.note, recorded_at)
    elif state := _STATES.get(haste.kind):
        if _holds(haste, situation):
            yield Candidate(state[0], state[1], on, haste.note, recorded_at)
    elif (words := _MEDICATION.get(haste.kind)) and situation.recent(on, policy.antidepressant_days):
        yield from _medication(words, haste, facts, situation)


def _medication(
    words: str, haste: HasteFact, facts: EpisodeFacts, situation: Situation
) -> Iterator[Candidate]:
    """Return an antidepressant started or changed at the ages, or with the concern, that NICE names."""
    born, policy, on = facts.patient.birth_date, situation.policy, haste.happened_on
    if age_on(born, on) <= policy.age_to and age_on(born, situation.on) >= policy.age_from:
        note = f"age {age_on(born, on)}"
        yield Candidate(TrackFact.ANTIDEPRESSANT, words, on, note, haste.recorded_at)
    for concern in _all_haste(facts):
        if concern.kind is HasteKind.SUICIDE_CONCERN and _holds(concern, situation):
            known = [at for at in (haste.recorded_at, concern.recorded_at) if at is not None]
            latest = max(known) if len(known) > 1 else None
            note = f"with a concern about suicide recorded {fmt_date(concern.happened_on)}"
            yield Candidate(TrackFact.ANTIDEPRESSANT, words, max(on, concern.happened_on), note, latest)


def _holds(haste: HasteFact, situation: Situation) -> bool:
    """Return whether something that lasts still held on the day, or began since."""
    return haste.ended_on is None or not situation.changed_before(haste.ended_on)


def _referred(facts: EpisodeFacts, situation: Situation) -> Iterator[Candidate]:
    """Return what the referral says: self-harm or a crisis while it is recent, or nobody was seen."""
    on = facts.referral_received_on
    if found := _REFERRED_FOR.get(facts.referral_reason):
        fact, words = found
        lasts = fact is not TrackFact.RECENT_CRISIS or not facts.attended
        if lasts or situation.recent(on, situation.policy.recent_days):
            yield Candidate(fact, words, on)
    elif facts.referral_source is ReferralSource.MATERNITY:
        yield Candidate(TrackFact.PERINATAL, MATERNITY_WORDS, on)


def _attending(facts: EpisodeFacts, situation: Situation) -> Iterator[Candidate]:
    """Return what the contacts themselves say: not brought by others, or no interpreter who was needed."""
    for contact in facts.by_outcome.fallen:
        if contact.was_not_brought:
            yield Candidate(TrackFact.RELIES_ON_OTHERS, "Was not brought", contact.on)
    if situation.missed is None or not facts.reach.interpreter_language:
        return
    for contact in facts.contacts:
        if contact.id == situation.missed and interpreter_missing(contact, facts.reach):
            yield Candidate(TrackFact.RELIES_ON_OTHERS, missing_interpreter_words(contact), contact.on)
