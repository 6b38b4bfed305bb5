"""What stands out about a patient, in one place: every flag a list or a page may show, each saying why.

A flag prompts and decides nothing. It has no colour and no level; those about safety say what there is to
talk about or to look at again, and never how anybody is.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from collabcare.domain.caps import caps_standing
from collabcare.domain.closure import is_treatment_contact
from collabcare.domain.course import course_of
from collabcare.domain.display import fmt_date, fmt_days
from collabcare.domain.due import due_in
from collabcare.domain.due_kinds import DueKind
from collabcare.domain.episode import Phase
from collabcare.domain.errors import RuleViolation
from collabcare.domain.in_a_row import cancelled_again
from collabcare.domain.reason import Basis, Reason, Telling
from collabcare.domain.relapse_prevention import plan_to_offer
from collabcare.domain.stepcare import StepAdvice, StepSuggestion
from collabcare.domain.supervision import asked_to_discuss, no_next_date, unseen
from collabcare.domain.treat_to_target import Flag, TargetFlag

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from typing import TypeAlias

    from collabcare.domain.course import Course
    from collabcare.domain.due_kinds import Due
    from collabcare.domain.facts import ContactFact, EpisodeFacts
    from collabcare.domain.reason import Explained
    from collabcare.domain.rulebook import Rulebook

    Found: TypeAlias = tuple["FlagKind", Explained]

_WEEK = 7


class FlagKind(StrEnum):
    """What a flag is about, in the order flags are shown."""

    SAFETY_CONVERSATION = "safety_conversation"
    SAFETY_ASSESSMENT = "safety_assessment"
    SAFETY_REVIEW = "safety_review"
    DISCUSS = "discuss"
    WORSENING = "worsening"
    REENGAGING_PROMPT = "reengaging_prompt"
    REENGAGING = "reengaging"
    CANCELLED_AGAIN = "cancelled_again"
    CONSULT = "consult"
    NOT_IMPROVING = "not_improving"
    EARLY_CHECK = "early_check"
    OVERDUE = "overdue"
    UNSEEN = "unseen"
    NO_NEXT_DATE = "no_next_date"
    MEASURE_DUE = "measure_due"
    WAITING = "waiting"
    STEP_UP = "step_up"
    STEP_DOWN = "step_down"
    CAP = "cap"
    RELAPSE_PLAN = "relapse_plan"
    REMISSION = "remission"
    RESPONSE = "response"
    PARTIAL = "partial"


FLAG_ORDER = tuple(FlagKind)
FLAG_WORDS = {
    FlagKind.SAFETY_CONVERSATION: "Safety conversation to close",
    FlagKind.SAFETY_ASSESSMENT: "Safety assessment to write",
    FlagKind.SAFETY_REVIEW: "Safety review due",
    FlagKind.DISCUSS: "To discuss",
    FlagKind.WORSENING: "Worsening",
    FlagKind.REENGAGING_PROMPT: "Re-engaging promptly",
    FlagKind.REENGAGING: "Re-engaging",
    FlagKind.CANCELLED_AGAIN: "Cancelled again",
    FlagKind.CONSULT: "Specialist advice",
    FlagKind.NOT_IMPROVING: "Not improving",
    FlagKind.EARLY_CHECK: "Little change yet",
    FlagKind.OVERDUE: "Overdue",
    FlagKind.UNSEEN: "Not seen lately",
    FlagKind.NO_NEXT_DATE: "No next date",
    FlagKind.MEASURE_DUE: "Measure due",
    FlagKind.WAITING: "Long wait",
    FlagKind.STEP_UP: "Step up to consider",
    FlagKind.STEP_DOWN: "Step down to consider",
    FlagKind.CAP: "Sessions or weeks",
    FlagKind.RELAPSE_PLAN: "Staying-well plan to offer",
    FlagKind.REMISSION: "Remission",
    FlagKind.RESPONSE: "Response",
    FlagKind.PARTIAL: "Part way",
}
_PLACES = {kind: place for place, kind in enumerate(FLAG_ORDER)}
_STEPS = (DueKind.STEP_SUGGESTION, DueKind.WORSENING)
_WELL = (Flag.REMISSION, Flag.RESPONSE)
_OF_DUE = {
    DueKind.SAFETY_CONVERSATION: FlagKind.SAFETY_CONVERSATION,
    DueKind.SAFETY_ASSESSMENT: FlagKind.SAFETY_ASSESSMENT,
    DueKind.SAFETY_REVIEW: FlagKind.SAFETY_REVIEW,
    DueKind.REENGAGE_PROMPT: FlagKind.REENGAGING_PROMPT,
    DueKind.REENGAGE: FlagKind.REENGAGING,
}
_OF_TARGET = {
    Flag.WORSENING: FlagKind.WORSENING,
    Flag.CONSULT: FlagKind.CONSULT,
    Flag.NOT_IMPROVING: FlagKind.NOT_IMPROVING,
    Flag.EARLY_CHECK: FlagKind.EARLY_CHECK,
    Flag.MEASURE_DUE: FlagKind.MEASURE_DUE,
    Flag.REMISSION: FlagKind.REMISSION,
    Flag.RESPONSE: FlagKind.RESPONSE,
    Flag.PARTIAL: FlagKind.PARTIAL,
}


class _CaseloadFlag(NamedTuple):
    kind: FlagKind
    reason: Explained


class CaseloadFlag(_CaseloadFlag, Telling):
    """One thing that stands out, in words made when they are read."""

    __slots__ = ()

    @property
    def words(self) -> str:
        """Return the few words of a chip."""
        return flag_words(self.kind, measure_of(self.reason))


def measure_of(reason: Explained) -> str:
    """Return the name of the measure whose scores raised a flag, empty where none did."""
    return reason.instrument.name if isinstance(reason, TargetFlag) else ""


def flag_words(kind: FlagKind, measure: str) -> str:
    """Return the few words of a flag: with two measures each says its own, and they may differ."""
    return f"{FLAG_WORDS[kind]} ({measure})" if measure else FLAG_WORDS[kind]


def flags(facts: EpisodeFacts, rulebook: Rulebook, *, today: date) -> tuple[CaseloadFlag, ...]:
    """Return everything that stands out about a patient, in the order of :class:`FlagKind`.

    A closed episode and a patient who has died have no flags.
    """
    course = course_of(facts, rulebook, today)
    found = flags_in(course, rulebook, due_in(course, rulebook))
    return tuple(CaseloadFlag(kind, reason) for kind, reason in found)


def flags_in(course: Course, rulebook: Rulebook, due: tuple[Due, ...]) -> Sequence[Found]:
    """Return the same for a course gone through already, with what is due in it."""
    facts = course.facts
    if facts.patient.died_on is not None or facts.phase is Phase.CLOSED:
        return ()
    found = list(_from_due(course, due))
    found += [(_OF_TARGET[flag.kind], flag) for flag in course.targets]
    if course.fallen and course.unrecorded:  # with nothing booked, the contact to rebook says it
        found += _cancelled_again(course, rulebook)
    found += [(FlagKind.DISCUSS, asked) for _trigger, asked in asked_to_discuss(course, rulebook.agenda)]
    if (reason := unseen(course, rulebook)) is not None:
        found.append((FlagKind.UNSEEN, reason))
    if (reason := no_next_date(course, rulebook)) is not None:
        found.append((FlagKind.NO_NEXT_DATE, reason))
    if (reason := _waiting(course, rulebook)) is not None:
        found.append((FlagKind.WAITING, reason))
    if rulebook.pathway.caps and course.attended:
        found += _caps(course, rulebook)
    if course.targets:
        found += _plan(course, rulebook)
    found.sort(key=_place)
    return found


def _place(found: Found) -> int:
    return _PLACES[found[0]]


def _from_due(course: Course, due: tuple[Due, ...]) -> Iterator[Found]:
    """Yield the flags that are a thing due, once each, and one for whatever is overdue."""
    late, last = None, None
    for each in due:
        if late is None and each.is_overdue(course.today):
            late = each
        kind = _of_step(each.reason) if each.kind in _STEPS else _OF_DUE.get(each.kind)
        if kind is not None and kind is not last:  # things of one kind stand together
            last = kind
            yield kind, each
    if late is not None:
        yield FlagKind.OVERDUE, late


def _of_step(reason: Explained) -> FlagKind:
    up = isinstance(reason, StepSuggestion) and reason.advice is StepAdvice.UP
    return FlagKind.STEP_UP if up else FlagKind.STEP_DOWN


def _waiting(course: Course, rulebook: Rulebook) -> Reason | None:
    """Return that first treatment has not come within the national standards."""
    facts, limits = course.facts, rulebook.waiting.first_treatment
    days = (course.today - facts.referral_received_on).days
    if days <= limits.within_6_weeks:
        return None
    for contact in course.attended:
        if _was_treatment(contact):
            return None
    limit = limits.within_18_weeks if days > limits.within_18_weeks else limits.within_6_weeks
    return Reason(_LONG_WAIT, (facts.referral_received_on, days, limit), limits.source)


def _was_treatment(contact: ContactFact) -> bool:
    """Return whether a contact was treatment; one with a type nobody can read is not taken for it."""
    try:
        return is_treatment_contact(contact)
    except RuleViolation:
        return False


def _cancelled_again(course: Course, rulebook: Rulebook) -> Iterator[Found]:
    least = rulebook.attendance.cancellations_before_prompt
    if len(course.fallen) < least:
        return
    if (again := cancelled_again(course.facts.contacts, least)) is not None:
        yield FlagKind.CANCELLED_AGAIN, again


def _caps(course: Course, rulebook: Rulebook) -> Iterator[Found]:
    for standing in caps_standing(course.facts, rulebook.pathway.caps, today=course.today):
        if standing.suggestion is not None:
            yield FlagKind.CAP, standing.suggestion


def _plan(course: Course, rulebook: Rulebook) -> Iterator[Found]:
    for flag in course.targets:
        if flag.kind in _WELL:
            offer = plan_to_offer(course.facts, flag.instrument, rulebook.targets, rulebook.relapse)
            if offer is not None:
                yield FlagKind.RELAPSE_PLAN, offer
                return


_LONG_WAIT = Basis(
    rule="waiting.first_treatment",
    facts=("Referral received", "Days waiting", "Longer than"),
    say=lambda received, days, limit: (
        f"Referred {fmt_date(received)}, no treatment yet after {fmt_days(days)}, "
        f"more than {limit // _WEEK} weeks"
    ),
)
