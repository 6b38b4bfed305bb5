"""Letting something on Today wait, or declining it: with a reason, within caps, and never for good.

What waits shows again on its day; what was declined is asked again after a while if it still holds, and at
once when there is news. Nothing here can be used on what is about safety or on a search: those have their own
rules. Users who cannot say "not now, because" tick things off that were not done.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from collabcare.domain.display import fmt_date
from collabcare.domain.due_kinds import DUE_WORDS, Due, DueKind
from collabcare.domain.errors import RuleViolation

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from collabcare.domain.calendar import WorkingCalendar


class Waiting(StrEnum):
    """What was decided about a thing due."""

    LATER = "later"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True, kw_only=True)
class PostponementFact:
    """One such decision about the thing of ``kind``, about ``subject_id`` if it has one, due on ``due_on``.

    ``due_on`` is the day it was due at first, which tells it from the next of its kind; ``until`` is None
    when it was declined.
    """

    kind: DueKind
    subject_id: int | None
    due_on: date
    decision: Waiting
    until: date | None
    reason: str
    made_on: date
    by: str

    def is_about(self, due: Due) -> bool:
        """Return whether this was decided about ``due``."""
        return (self.kind, self.subject_id, self.due_on) == (due.kind, due.subject_id, due.first_due_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class PostponingPolicy:
    """How often something may wait, and by kind for how many working days, or declined for how many days."""

    rule: str
    source: str
    times: int
    later: Mapping[DueKind, int]
    declined: Mapping[DueKind, int]


def with_decisions(
    due: Sequence[Due], made: Sequence[PostponementFact], policy: PostponingPolicy, *, today: date
) -> list[Due]:
    """Return what is due with each thing that waits on the day it waits for, and without what was declined.

    The last decision about a thing stands.
    """
    if not made:
        return list(due)
    found = []
    for each in due:
        last = next((one for one in reversed(made) if one.is_about(each)), None)
        if last is None:
            found.append(each)
        elif last.decision is Waiting.LATER and last.until is not None:
            found.append(each.put_off(last.until, _words(last)))
        elif today >= asked_again_on(last, policy):
            found.append(each)
    return found


def asked_again_on(made: PostponementFact, policy: PostponingPolicy) -> date:
    """Return the day on which something declined is asked again; at once for a kind no longer declinable."""
    return made.made_on + timedelta(days=policy.declined.get(made.kind, 0))


def latest_until(
    due: Due, policy: PostponingPolicy, calendar: WorkingCalendar, *, today: date
) -> date | None:
    """Return the last day until which something may wait from today; None for what may not wait."""
    days = policy.later.get(due.kind)
    return None if days is None else calendar.nth_after(today, days)


def why_not_later(due: Due, made: Sequence[PostponementFact], policy: PostponingPolicy) -> str:
    """Return why something may not be put off (again), or nothing."""
    if due.kind not in policy.later:
        return f"{DUE_WORDS[due.kind]}: this cannot be put off here."
    done = sum(each.decision is Waiting.LATER and each.is_about(due) for each in made)
    if done >= policy.times:
        return f"It has been put off {_times(done)} already. Do it now, or take it to supervision."
    return ""


def refuse_decision(
    asked: PostponementFact,
    due: Due | None,
    made: Sequence[PostponementFact],
    policy: PostponingPolicy,
    calendar: WorkingCalendar,
) -> None:
    """Refuse a decision about something that is not due, without a reason, or beyond the caps.

    Raises:
        RuleViolation: With what is allowed instead.
    """
    if due is None:
        raise RuleViolation("That is not due any more. Look again.")
    if not asked.reason.strip():
        raise RuleViolation("Say why: it stands beside it until it is done.")
    if asked.decision is Waiting.DECLINED:
        if due.kind not in policy.declined:
            raise RuleViolation(f"{DUE_WORDS[due.kind]}: this cannot be declined.")
        return
    if why := why_not_later(due, made, policy):
        raise RuleViolation(why)
    if asked.until is None or asked.until <= asked.made_on:
        raise RuleViolation("Choose a later day, or do it today.")
    latest = latest_until(due, policy, calendar, today=asked.made_on)
    if latest is not None and asked.until > latest:
        raise RuleViolation(f"It can wait until {fmt_date(latest, weekday=True)} at the latest.")


def _words(made: PostponementFact) -> str:
    return f"put off until {fmt_date(made.until)} by {made.by}: {made.reason}"


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")
