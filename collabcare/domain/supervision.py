"""Which cases come to supervision, with every reason said.

The whole caseload is reviewed methodically, not only the cases somebody worries about: new cases, every
case at an interval, high scores, safety, missed contacts, silence, and whatever the practitioner asks
(Reach Out case-management supervision; AIMS Center, systematic caseload review).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from collabcare.domain.display import fmt_date, fmt_days
from collabcare.domain.episode import IN_TREATMENT, Phase

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.pathway import SupervisionPolicy

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
    facts: EpisodeFacts, policy: SupervisionPolicy, *, today: date
) -> tuple[AgendaReason, ...]:
    """Return why this case comes to supervision, most pressing first; nothing for a closed episode."""
    if facts.phase is Phase.CLOSED:
        return ()
    found = [
        *_safety(facts),
        *_engagement(facts),
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


def _since(facts: EpisodeFacts, day: date) -> bool:
    """Return whether ``day`` came after the last discussion (the same day counts as discussed)."""
    last = last_discussed(facts)
    return last is None or day > last


def _safety(facts: EpisodeFacts) -> Iterator[AgendaReason]:
    for prompt in facts.safety_prompts:
        if prompt.closed_on is None or _since(facts, prompt.opened_on):
            state = "still to be talked about" if prompt.closed_on is None else "talked about"
            yield AgendaReason(
                trigger=Trigger.SAFETY, why=f"Safety question raised {fmt_date(prompt.opened_on)}, {state}"
            )
            return


def _engagement(facts: EpisodeFacts) -> Iterator[AgendaReason]:
    ladder = facts.open_ladder
    if ladder is None:
        return
    reached_rung = max((attempt.rung for attempt in ladder.attempts), default=0)
    if ladder.consecutive > 1:
        yield AgendaReason(
            trigger=Trigger.ENGAGEMENT, why=f"Did not attend {ladder.consecutive} times in a row"
        )
    elif reached_rung >= ENGAGEMENT_RUNG - 1:
        why = f"Not reached since {fmt_date(ladder.missed_on)}, {len(ladder.attempts)} attempts"
        yield AgendaReason(trigger=Trigger.ENGAGEMENT, why=why)


def _scores(facts: EpisodeFacts, policy: SupervisionPolicy) -> Iterator[AgendaReason]:
    latest = {m.instrument: m for m in facts.measures if m.total is not None}
    for threshold in policy.score_thresholds:
        measure = latest.get(threshold.instrument)
        if measure is None or measure.total is None or measure.total < threshold.at_least:
            continue
        if _since(facts, measure.taken_on):
            why = f"{threshold.name} {measure.total} on {fmt_date(measure.taken_on)}"
            yield AgendaReason(trigger=Trigger.SCORES, why=why)


def _unseen(facts: EpisodeFacts, policy: SupervisionPolicy, today: date) -> Iterator[AgendaReason]:
    if facts.phase not in IN_TREATMENT or not facts.attended:
        return
    booked = facts.next_booked(today)
    soon = booked is not None and (booked.on - today).days <= policy.booked_within_days
    silent = (today - facts.attended[-1].on).days
    if silent > policy.unseen_days and not soon:
        yield AgendaReason(
            trigger=Trigger.OVERDUE, why=f"Not seen for {fmt_days(silent)}, nothing booked soon"
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
