"""How long people wait, in calendar days: the day the referral was received is day 0.

Only attended contacts stop a clock: an appointment offered and not attended leaves it running. A treatment
dated before its referral is a mistake in the record and never a wait of nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from collabcare.domain.closure import is_treatment_contact
from collabcare.domain.errors import RuleViolation
from collabcare.domain.suggestion import Used

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from collabcare.domain.facts import ContactFact

_REFERRED = "Referral received"


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstTreatmentPolicy:
    """The two national standards, in days: a wait of exactly so many is within."""

    rule: str
    source: str
    within_6_weeks: int
    within_18_weeks: int


@dataclass(frozen=True, slots=True, kw_only=True)
class IntervalPolicy:
    """Rising numbers of days after which an interval is longer than measured."""

    rule: str
    source: str
    over: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CommunityPolicy:
    """The community four-week wait, in days: a wait of exactly so many is within."""

    rule: str
    source: str
    within: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingPolicy:
    """Every number about waiting."""

    first_treatment: FirstTreatmentPolicy
    second_treatment: IntervalPolicy
    step_up: IntervalPolicy
    no_activity: IntervalPolicy
    community: CommunityPolicy


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """A wait to first treatment; ``within_`` is None while the clock runs and the limit is not passed."""

    days: int | None
    within_6_weeks: bool | None
    within_18_weeks: bool | None
    running: bool
    sentence: str
    rule: str
    used: tuple[Used, ...]
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """Days between two things; ``over`` holds the limits passed, ``band`` the words for where that is."""

    days: int | None
    over: tuple[int, ...]
    band: str
    running: bool
    sentence: str
    rule: str
    used: tuple[Used, ...]
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpDates:
    """What receiving help is made of, each by the day it was first done; None is not done yet."""

    assessed_on: date | None = None
    intervention_on: date | None = None
    plan_on: date | None = None
    outcome_measured_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CommunityWait:
    """The community wait: ``met`` is None while it runs within the limit.

    ``missing`` names what help is still without; ``expected`` what is expected too but stops no clock.
    """

    days: int | None
    met: bool | None
    running: bool
    stopped_on: date | None
    missing: tuple[str, ...]
    expected: tuple[str, ...]
    sentence: str
    rule: str
    used: tuple[Used, ...]
    source: str


def wait(referred: date, treated: date | None, policy: WaitingPolicy, *, today: date | None = None) -> Wait:
    """Return the wait from referral to first treatment; without one, up to ``today`` and still running.

    Raises:
        RuleViolation: When the treatment is dated before the referral, or either after today.
    """
    limits = policy.first_treatment
    days = _days(referred, treated, today, "first treatment")
    running = treated is None
    return Wait(
        days=days,
        within_6_weeks=_within(days, limits.within_6_weeks, running=running),
        within_18_weeks=_within(days, limits.within_18_weeks, running=running),
        running=running,
        sentence=_waited(days, running=running),
        rule=limits.rule,
        used=(Used(_REFERRED, referred), Used("First treatment", treated)),
        source=limits.source,
    )


def treatment_dates(contacts: Sequence[ContactFact]) -> tuple[date, ...]:
    """Return the days of the attended treatment contacts, first to last."""
    return tuple(sorted(contact.on for contact in contacts if is_treatment_contact(contact)))


def first_to_second(
    first: date, second: date | None, policy: WaitingPolicy, *, today: date | None = None
) -> Interval:
    """Return the time from the first treatment to the second; without one, up to ``today``.

    Raises:
        RuleViolation: When they are in the wrong order, or after today.
    """
    used = (Used("First treatment", first), Used("Second treatment", second))
    return _interval(_days(first, second, today, "second treatment"), second, policy.second_treatment, used)


def step_up_gap(
    last_low: date, first_high: date | None, policy: WaitingPolicy, *, today: date | None = None
) -> Interval:
    """Return the time from the last low-intensity contact to the first high-intensity one.

    Raises:
        RuleViolation: When they are in the wrong order, or after today.
    """
    used = (Used("Last low-intensity contact", last_low), Used("First high-intensity contact", first_high))
    days = _days(last_low, first_high, today, "first high-intensity contact")
    return _interval(days, first_high, policy.step_up, used)


def no_activity(last_activity: date, policy: WaitingPolicy, *, today: date) -> Interval:
    """Return how long an open referral has had no activity, and the band it is in.

    Raises:
        RuleViolation: When the last activity is after today.
    """
    days = _days(last_activity, None, today, "last activity")
    return _interval(days, None, policy.no_activity, (Used("Last activity", last_activity),))


def community_wait(
    requested: date,
    done: HelpDates,
    policy: WaitingPolicy,
    *,
    today: date | None = None,
    adult: bool = True,
) -> CommunityWait:
    """Return the wait from the first request to receiving help, which takes everything help is made of.

    The clock stops on the latest of its dates. An adult is also expected to have a baseline outcome measure.

    Raises:
        RuleViolation: When something is dated before the request, or after today.
    """
    parts = {
        "assessment": done.assessed_on,
        "intervention": done.intervention_on,
        "care plan": done.plan_on,
    }
    for what, day in (*parts.items(), ("baseline outcome measure", done.outcome_measured_on)):
        _days(requested, day, today, what)
    missing = tuple(what for what, day in parts.items() if day is None)
    stopped = None if missing else max(day for day in parts.values() if day is not None)
    days = _days(requested, stopped, today, "help")
    return CommunityWait(
        days=days,
        met=_within(days, policy.community.within, running=stopped is None),
        running=stopped is None,
        stopped_on=stopped,
        missing=missing,
        expected=("baseline outcome measure",) if adult and done.outcome_measured_on is None else (),
        sentence=_waited(days, running=stopped is None) + _still_missing(missing),
        rule=policy.community.rule,
        used=(
            Used("First request", requested),
            *(Used(what.capitalize(), day) for what, day in parts.items()),
        ),
        source=policy.community.source,
    )


def _days(start: date, end: date | None, today: date | None, what: str) -> int | None:
    if today is not None and start > today:
        raise RuleViolation("That date is still to come. Check the date the wait starts from.")
    if end is None:
        return None if today is None else (today - start).days
    if end < start:
        raise RuleViolation(f"The {what} is dated before the wait began. Check both dates.")
    if today is not None and end > today:
        raise RuleViolation(f"The {what} is dated after today. Check the date.")
    return (end - start).days


def _within(days: int | None, limit: int, *, running: bool) -> bool | None:
    if days is None or (running and days <= limit):
        return None
    return days <= limit


def _interval(days: int | None, end: date | None, policy: IntervalPolicy, used: tuple[Used, ...]) -> Interval:
    return Interval(
        days=days,
        over=tuple(limit for limit in policy.over if days is not None and days > limit),
        band=_band(days, policy.over),
        running=end is None,
        sentence=_waited(days, running=end is None),
        rule=policy.rule,
        used=used,
        source=policy.source,
    )


def _band(days: int | None, limits: tuple[int, ...]) -> str:
    if days is None:
        return "Not known"
    lower = None
    for limit in limits:
        if days <= limit:
            return f"Up to {limit} days" if lower is None else f"{lower + 1} to {limit} days"
        lower = limit
    return f"More than {limits[-1]} days"


def _waited(days: int | None, *, running: bool) -> str:
    if days is None:
        return "Still waiting."
    counted = f"{days} {'day' if days == 1 else 'days'}"
    return f"{counted} so far." if running else f"{counted}."


def _still_missing(missing: tuple[str, ...]) -> str:
    return f" Still missing: {', '.join(missing)}." if missing else ""
