"""Which cases come to supervision, with every reason said.

The whole caseload is reviewed methodically, not only the cases somebody worries about: new cases, every
case at an interval, high scores, safety, missed contacts, silence, and whatever the practitioner asks
(Reach Out case-management supervision; AIMS Center, systematic caseload review).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from collabcare.domain.display import fmt_count, fmt_date, fmt_days
from collabcare.domain.episode import IN_TREATMENT, Phase
from collabcare.domain.outcomes import standing_scores
from collabcare.domain.reengagement import consecutive_missed, rung_reached

if TYPE_CHECKING:
    from collections.abc import Iterator

    from collabcare.domain.calendar import WorkingCalendar
    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.pathway import Pathway
    from collabcare.domain.reengagement_policy import LadderPolicy
    from collabcare.domain.supervision_policy import SupervisionPolicy

ENGAGEMENT_RUNG = 4


class Trigger(StrEnum):
    """Why a case comes to supervision, in the order cases are taken."""

    SAFETY = "safety"
    ENGAGEMENT = "engagement"
    SCORES = "scores"
    OVERDUE = "overdue"
    FOUR_WEEK = "four_week"
    NEW = "new"
    REQUEST = "request"


TRIGGER_ORDER = tuple(Trigger)
TRIGGER_WORDS = {
    Trigger.SAFETY: "Safety",
    Trigger.ENGAGEMENT: "Re-engaging",
    Trigger.SCORES: "High score",
    Trigger.OVERDUE: "Not seen",
    Trigger.FOUR_WEEK: "Review due",
    Trigger.NEW: "New",
    Trigger.REQUEST: "Asked for",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaReason:
    """One reason for discussing a case, in words."""

    trigger: Trigger
    why: str


def agenda_reasons(
    facts: EpisodeFacts, pathway: Pathway, calendar: WorkingCalendar, *, today: date
) -> tuple[AgendaReason, ...]:
    """Return why this case comes to supervision, most pressing first; nothing for a closed episode."""
    if facts.phase is Phase.CLOSED:
        return ()
    policy = pathway.supervision
    found = [
        *_safety(facts),
        *_engagement(facts, pathway.ladder, calendar, today),
        *_scores(facts, policy),
        *_unseen(facts, policy, today),
        *_interval(facts, policy, today),
        *_new(facts, policy, today),
        *_request(facts),
    ]
    return tuple(sorted(found, key=lambda reason: TRIGGER_ORDER.index(reason.trigger)))


def last_discussed(facts: EpisodeFacts) -> date | None:
    """Return the day this case was last taken to supervision."""
    return facts.reviews[-1].reviewed_on if facts.reviews else None


def review_due_on(facts: EpisodeFacts, policy: SupervisionPolicy) -> date | None:
    """Return the day by which the case is to be discussed again, None before its first discussion."""
    last = last_discussed(facts)
    return None if last is None else last + timedelta(days=policy.interval_days)


def _new_since(facts: EpisodeFacts, day: date, recorded_at: datetime | None) -> bool:
    """Return whether something dated ``day`` is news since the last discussion.

    It is when it came after that day, and when it was put into the record only afterwards: a form posted
    late, or filled in on the afternoon of the discussion, has not been seen by the supervisor.
    """
    if not facts.reviews:
        return True
    last = facts.reviews[-1]
    if day > last.reviewed_on or recorded_at is None or last.recorded_at is None:
        return day > last.reviewed_on
    return recorded_at > last.recorded_at


def _safety(facts: EpisodeFacts) -> Iterator[AgendaReason]:
    for prompt in facts.safety_prompts:
        if prompt.closed_on is None or _new_since(facts, prompt.opened_on, prompt.recorded_at):
            state = "still to be talked about" if prompt.closed_on is None else "talked about"
            yield AgendaReason(
                trigger=Trigger.SAFETY, why=f"Safety question raised {fmt_date(prompt.opened_on)}, {state}"
            )
            return


def _engagement(
    facts: EpisodeFacts, policy: LadderPolicy, calendar: WorkingCalendar, today: date
) -> Iterator[AgendaReason]:
    missed = consecutive_missed([c.status for c in facts.contacts if c.status is not None])
    ladder = facts.open_ladder
    if missed > 1:
        yield AgendaReason(trigger=Trigger.ENGAGEMENT, why=f"Did not attend {missed} times in a row")
    elif ladder is not None and rung_reached(ladder, policy, calendar, today=today) >= ENGAGEMENT_RUNG:
        tried = fmt_count(len(ladder.attempts), "attempt") if ladder.attempts else "no attempt recorded"
        why = f"Not reached since {fmt_date(ladder.missed_on)}, {tried}"
        yield AgendaReason(trigger=Trigger.ENGAGEMENT, why=why)


def _scores(facts: EpisodeFacts, policy: SupervisionPolicy) -> Iterator[AgendaReason]:
    for threshold in policy.score_thresholds:
        standing = standing_scores(facts.measures_of(threshold.instrument))
        if not standing or standing[-1].total is None or standing[-1].total < threshold.at_least:
            continue
        measure = standing[-1]
        if _new_since(facts, measure.taken_on, measure.recorded_at):
            why = f"{threshold.name} {measure.text} on {fmt_date(measure.taken_on)}"
            yield AgendaReason(trigger=Trigger.SCORES, why=why)


def _unseen(facts: EpisodeFacts, policy: SupervisionPolicy, today: date) -> Iterator[AgendaReason]:
    """Say that nobody has seen the patient lately, or that no next contact is booked at all."""
    if facts.phase not in IN_TREATMENT or not facts.attended:
        return
    booked = facts.next_booked(today)
    soon = booked is not None and (booked.on - today).days <= policy.booked_within_days
    silent = (today - facts.attended[-1].on).days
    if silent > policy.unseen_days and not soon:
        nothing = "nothing booked" if booked is None else "nothing booked soon"
        yield AgendaReason(trigger=Trigger.OVERDUE, why=f"Not seen for {fmt_days(silent)}, {nothing}")
    elif booked is None:
        yield AgendaReason(
            trigger=Trigger.OVERDUE, why=f"Last seen {fmt_date(facts.attended[-1].on)}, nothing booked"
        )


def _interval(facts: EpisodeFacts, policy: SupervisionPolicy, today: date) -> Iterator[AgendaReason]:
    due_on = review_due_on(facts, policy)
    if due_on is not None and today >= due_on - timedelta(days=policy.notice_days):
        last = fmt_date(last_discussed(facts))
        due = "due" if today < due_on else "due now" if today == due_on else "overdue"
        yield AgendaReason(trigger=Trigger.FOUR_WEEK, why=f"Last discussed {last}, {due} {fmt_date(due_on)}")


def _new(facts: EpisodeFacts, policy: SupervisionPolicy, today: date) -> Iterator[AgendaReason]:
    if facts.reviews:
        return
    waited = (today - facts.phase_since).days
    if facts.attended:
        yield AgendaReason(trigger=Trigger.NEW, why="Seen, not yet discussed")
    elif facts.holder_id is not None and waited >= policy.new_case_days:
        yield AgendaReason(trigger=Trigger.NEW, why=f"Allocated {fmt_days(waited)} ago, not yet discussed")


def _request(facts: EpisodeFacts) -> Iterator[AgendaReason]:
    if facts.supervision_requested_on is not None:
        question = f": {facts.supervision_question}" if facts.supervision_question else ""
        yield AgendaReason(
            trigger=Trigger.REQUEST, why=f"Asked for {fmt_date(facts.supervision_requested_on)}{question}"
        )
