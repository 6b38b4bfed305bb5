"""What supervision has not heard yet: safety since the last discussion, and changes of care proposed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.display import fmt_date
from collabcare.domain.plan_facts import ProposalKind
from collabcare.domain.reach_facts import HasteKind
from collabcare.domain.reason import Basis, Reason
from collabcare.domain.safety_facts import PlanStatus
from collabcare.domain.safety_plan import plan_review_passed
from collabcare.domain.triggers import Trigger

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from collabcare.domain.course import Course
    from collabcare.domain.plan_facts import ProposalFact
    from collabcare.domain.rulebook import Rulebook
    from collabcare.domain.supervision_policy import AgendaPolicy
    from collabcare.domain.triggers import Found

_ENTRIES = {
    HasteKind.SELF_HARM: "Self-harm",
    HasteKind.SUICIDE_CONCERN: "Concern about suicide",
    HasteKind.SAFEGUARDING: "Safeguarding concern",
    HasteKind.CHILD_CONCERN: "Concern for a child",
    HasteKind.DOMESTIC_ABUSE: "Domestic abuse",
}
PROPOSAL_WORDS = {
    ProposalKind.STEP_UP: "Step up",
    ProposalKind.STEP_DOWN: "Step down",
    ProposalKind.DISCHARGE: "Discharge",
    ProposalKind.NON_ENGAGEMENT: "Ending because the patient is not reached",
}


def is_news(course: Course, day: date, recorded_at: datetime | None) -> bool:
    """Return whether something dated ``day`` is news since the last discussion.

    It is when it came after that day, and when it was put into the record only afterwards: a form posted
    late, or filled in on the afternoon of the discussion, has not been seen by the supervisor.
    """
    last = course.discussed
    if last is None:
        return True
    if day > last.reviewed_on or recorded_at is None or last.recorded_at is None:
        return day > last.reviewed_on
    return recorded_at > last.recorded_at


def safety_news(course: Course, rulebook: Rulebook) -> Iterator[Found]:
    """Yield each kind of safety news once: a question, a plan, a plan past its review, an entry."""
    facts = course.facts
    found: list[Reason] = []
    if facts.safety_prompts:
        found += _questions(course)
    if facts.safety_plans:
        found += _plans(course)
        late = plan_review_passed(facts, rulebook.safety, today=course.today)
        if late is not None:
            yield Trigger.SAFETY, late.suggestion
    if facts.haste:
        found += _entries(course)
    for reason in found:
        yield Trigger.SAFETY, reason


def changes_proposed(course: Course, policy: AgendaPolicy) -> Iterator[Found]:
    """Yield the changes of care that wait for somebody, and handovers turned down since last discussed."""
    for proposal in course.facts.proposals:
        if proposal.rejected_on is not None:
            if proposal.to_service and is_news(course, proposal.rejected_on, None):
                reason = Reason(_TURNED_DOWN, (proposal.to_service, proposal.rejected_on), policy.source)
                yield Trigger.CLOSURE, reason
        elif proposal.decided_on is None and proposal.accepted_on is None:
            yield _proposed(proposal, policy)
    for review in course.facts.closing_reviews:
        if review.ended_on is None and review.signed_off_on is None:
            reason = Reason(_CLOSING_REVIEW, (review.opened_on,), policy.source)
            yield Trigger.CLOSURE_SIGN_OFF, reason


def _proposed(proposal: ProposalFact, policy: AgendaPolicy) -> Found:
    waits = proposal.awaits_sign_off
    values = (PROPOSAL_WORDS[proposal.kind], proposal.proposed_on, waits)
    trigger = Trigger.CLOSURE_SIGN_OFF if waits else Trigger.CLOSURE
    return trigger, Reason(_PROPOSED, values, policy.source)


def _questions(course: Course) -> Iterator[Reason]:
    """Yield the first safety question that is news, or that is still open on a day after it was discussed."""
    last = course.discussed
    for prompt in course.facts.safety_prompts:
        left_open = prompt.closed_on is None and last is not None and course.today > last.reviewed_on
        if left_open or is_news(course, prompt.opened_on, prompt.recorded_at):
            yield Reason(_QUESTION, (prompt.opened_on, prompt.closed_on))
            return


def _plans(course: Course) -> Iterator[Reason]:
    for plan in reversed(course.facts.safety_plans):
        if plan.ended_on is not None and plan.ended_in_use and _may_be_news(course, plan.ended_on):
            yield Reason(_PLAN_ENDED, (plan.made_on, plan.ended_on))
            return
        if is_news(course, plan.made_on, plan.recorded_at):
            yield Reason(_PLAN, (plan.made_on, plan.version, plan.status is PlanStatus.DECLINED))
            return


def _may_be_news(course: Course, day: date) -> bool:
    """Return whether something of which only the day is known may have come after the last discussion."""
    return course.discussed is None or day >= course.discussed.reviewed_on


def _entries(course: Course) -> Iterator[Reason]:
    for entry in reversed(course.facts.haste):
        if entry.kind in _ENTRIES and is_news(course, entry.happened_on, entry.recorded_at):
            yield Reason(_ENTRY, (_ENTRIES[entry.kind], entry.happened_on))
            return


def _say_plan(made_on: date, version: int, declined: bool) -> str:  # noqa: FBT001 - a value of the rule
    if declined:
        return f"Safety plan offered {fmt_date(made_on)}, declined"
    return f"Safety plan {'made' if version == 1 else 'changed'} {fmt_date(made_on)}"


_TALK = "NHS England, Staying safe from suicide (2025); case-management supervision as in Reach Out."
_QUESTION = Basis(
    rule="supervision.safety",
    source=_TALK,
    facts=("Safety question raised", "Talked about"),
    say=lambda opened_on, closed_on: (
        f"Safety question raised {fmt_date(opened_on)}, "
        f"{'still to be talked about' if closed_on is None else 'talked about'}"
    ),
)
_PLAN = Basis(
    rule="supervision.safety",
    source=_TALK,
    facts=("Safety plan of", "Version", "Declined"),
    say=_say_plan,
)
_PLAN_ENDED = Basis(
    rule="supervision.safety",
    source=_TALK,
    facts=("Safety plan of", "Ended on"),
    say=lambda made_on, ended_on: f"Safety plan of {fmt_date(made_on)} ended {fmt_date(ended_on)}",
)
_ENTRY = Basis(
    rule="supervision.safety",
    source=_TALK,
    facts=("Recorded", "Happened on"),
    say=lambda what, on: f"{what} recorded for {fmt_date(on)}",
)
_PROPOSED = Basis(
    rule="supervision.closure",
    facts=("Proposed", "Proposed on", "Needs a signature"),
    say=lambda what, on, waits: f"{what} proposed {fmt_date(on)}{', waiting for sign-off' if waits else ''}",
)
_TURNED_DOWN = Basis(
    rule="supervision.closure",
    facts=("Handed over to", "Turned down on"),
    say=lambda to, on: f"{to} did not take the handover on {fmt_date(on)}; the patient is still ours",
)
_CLOSING_REVIEW = Basis(
    rule="supervision.closure",
    facts=("Review opened",),
    say=lambda on: f"Review of not attending opened {fmt_date(on)}, waiting for sign-off",
)
