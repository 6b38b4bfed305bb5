"""The clocks of a service model: how long from one event to another, in hours, days or weeks.

Elapsed clocks (a crisis assessment within 4 hours, 2 days or 48 hours) run in real time, day and night, at
weekends and across the change of the clocks. Calendar clocks count whole dates, the first being day 0, as
national waiting times do. Working clocks count working days. Where only a day is recorded for an event, an
elapsed clock counts from the start of that day, and says so when the answer hangs on the hour.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from collabcare.domain.calendar import LONDON, london_date
from collabcare.domain.display import fmt_date, fmt_time
from collabcare.domain.errors import RuleViolation
from collabcare.domain.plan_facts import MilestoneKind
from collabcare.domain.suggestion import Suggestion, Used
from collabcare.domain.told_by_record import told_by_record

if TYPE_CHECKING:
    from collabcare.domain.calendar import WorkingCalendar
    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.quotation import Quotation
    from collabcare.domain.service_model import Span

RULE = "Clocks of the service model"
_TOO_FAR = "That date is too far away to reckon with. Check it."


class Counted(StrEnum):
    """How a clock counts: real time, whole dates, or working days."""

    ELAPSED = "elapsed"
    CALENDAR = "calendar"
    WORKING = "working"

    @property
    def words(self) -> str:
        """Return how it counts, as a page says it."""
        return {"elapsed": "in real time", "calendar": "in whole dates", "working": "in working days"}[
            self.value
        ]


class ClockEvent(StrEnum):
    """What starts or stops a clock."""

    REFERRAL = "referral"
    FILE_REVIEW = "file_review"
    MDT_REVIEW = "mdt_review"
    FIRST_CONTACT = "first_contact"
    ASSESSMENT = "assessment"
    CRISIS_REFERRAL = "crisis_referral"
    CRISIS_ASSESSMENT = "crisis_assessment"
    TREATMENT_START = "treatment_start"
    HELP_RECEIVED = "help_received"

    @property
    def words(self) -> str:
        """Return the event in a sentence."""
        return _WORDS[self]


_WORDS = {
    ClockEvent.REFERRAL: "referral",
    ClockEvent.FILE_REVIEW: "GP file review",
    ClockEvent.MDT_REVIEW: "team review",
    ClockEvent.FIRST_CONTACT: "first attended contact",
    ClockEvent.ASSESSMENT: "assessment",
    ClockEvent.CRISIS_REFERRAL: "referral to the crisis team",
    ClockEvent.CRISIS_ASSESSMENT: "crisis assessment",
    ClockEvent.TREATMENT_START: "start of treatment",
    ClockEvent.HELP_RECEIVED: "help received (assessment, intervention and care plan)",
}
_HELP = (MilestoneKind.ASSESSMENT, MilestoneKind.INTERVENTION, MilestoneKind.CARE_PLAN)
_TOLD = (ClockEvent.REFERRAL, ClockEvent.FIRST_CONTACT)
"""What is never a milestone: the referral and the contacts say it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """One clock; ``length`` is None when the source asks for speed without a number."""

    name: str
    start: ClockEvent
    stop: ClockEvent
    length: int | None
    span: Span
    counted: Counted
    quotation: Quotation


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """When something happened: the day, and the instant (aware) where it is recorded."""

    on: date
    at: datetime | None = None

    @property
    def bounds(self) -> tuple[datetime, datetime]:
        """Return the earliest and the latest instant it can have been, in UTC.

        Raises:
            RuleViolation: When its time has no zone, so that nobody can say when it was.
        """
        if self.at is not None:
            if self.at.tzinfo is None:
                raise RuleViolation("A clock that runs in hours needs a time with its zone.")
            return self.at.astimezone(UTC), self.at.astimezone(UTC)
        first = datetime.combine(self.on, time.min, tzinfo=LONDON)
        last = datetime.combine(self.on, time.max, tzinfo=LONDON)
        return first.astimezone(UTC), last.astimezone(UTC)

    @property
    def words(self) -> str:
        """Return it as a clinical screen shows it."""
        if self.at is None:
            return fmt_date(self.on, weekday=True)
        wall = self.at.astimezone(LONDON)
        return f"{fmt_date(wall.date(), weekday=True)} {fmt_time(wall)}"


class ClockState(StrEnum):
    """Where a clock stands. UNCLEAR is a third answer: what is recorded cannot tell."""

    NOT_STARTED = "not started"
    RUNNING = "running"
    MET = "met"
    MISSED = "missed"
    STOPPED = "stopped"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockStanding:
    """Where an episode stands with one clock.

    ``due`` is None when the clock has not started or has no length; its ``at`` is there for elapsed clocks.
    A missed clock with ``stopped`` None is still running. ``suggestion`` is None when all is well.
    """

    clock: Clock
    state: ClockState
    started: Moment | None
    stopped: Moment | None
    due: Moment | None
    suggestion: Suggestion | None


def due_moment(clock: Clock, started: Moment, calendar: WorkingCalendar) -> Moment | None:
    """Return when a clock that started then runs out, or None when it has no length.

    Raises:
        RuleViolation: When a date is beyond the calendar or a time has no zone.
    """
    if clock.length is None:
        return None
    try:
        if clock.counted is Counted.ELAPSED:
            due = started.bounds[0] + _real_time(clock.length, clock.span)
            return Moment(on=london_date(due), at=due)
        if clock.counted is Counted.WORKING:
            return Moment(on=calendar.nth_after(started.on, clock.length))
        return Moment(on=started.on + _real_time(clock.length, clock.span))
    except OverflowError as error:
        raise RuleViolation(_TOO_FAR) from error


def clock_standing(
    clock: Clock,
    *,
    started: Moment | None,
    stopped: Moment | None,
    calendar: WorkingCalendar,
    now: datetime,
) -> ClockStanding:
    """Return where a clock stands at ``now`` (aware).

    Raises:
        RuleViolation: When a time has no zone or a date is beyond the calendar.
    """
    due = None if started is None else due_moment(clock, started, calendar)
    state = ClockState.NOT_STARTED if started is None else _state(clock, started, stopped, due, now)
    sentence = _sentence(clock, state, started, stopped, due)
    suggestion = Suggestion(
        sentence=sentence,
        rule=RULE,
        used=(
            Used(clock.start.words.capitalize(), None if started is None else started.words),
            Used(clock.stop.words.capitalize(), None if stopped is None else stopped.words),
        ),
        source=clock.quotation.cited,
    )
    return ClockStanding(
        clock=clock,
        state=state,
        started=started,
        stopped=stopped,
        due=due,
        suggestion=suggestion if sentence else None,
    )


def clocks_standing(
    facts: EpisodeFacts, clocks: tuple[Clock, ...], calendar: WorkingCalendar, *, now: datetime
) -> tuple[ClockStanding, ...]:
    """Return where an episode stands with every clock at once, in the order of the file."""
    return tuple(
        clock_standing(
            clock,
            started=(started := event_moment(facts, clock.start)),
            stopped=_stop_moment(facts, clock, started),
            calendar=calendar,
            now=now,
        )
        for clock in clocks
    )


def event_moment(facts: EpisodeFacts, event: ClockEvent) -> Moment | None:
    """Return when an event happened in this episode, or None when it is not recorded.

    The first of its kind counts, save for a referral to the crisis team, where it is the latest. Help is
    received on the latest of its three parts, and not before all are there.
    """
    if event is ClockEvent.REFERRAL:
        return _referral(facts)
    if event is ClockEvent.FIRST_CONTACT:
        return _first_contact(facts)
    if event is ClockEvent.CRISIS_REFERRAL:
        return next(reversed(_milestones(facts, MilestoneKind.CRISIS_REFERRAL)), None)
    parts = [reached(facts, kind) for kind in kinds_of(event)]
    there = [part for part in parts if part is not None]
    return max(there, key=_order) if len(there) == len(parts) else None


def kinds_of(event: ClockEvent) -> tuple[MilestoneKind, ...]:
    """Return the milestones an event is made of: none where the referral or the contacts tell it."""
    if event is ClockEvent.HELP_RECEIVED:
        return _HELP
    return () if event in _TOLD else (MilestoneKind(event.value),)


def reached(facts: EpisodeFacts, kind: MilestoneKind) -> Moment | None:
    """Return when something was first reached, by a milestone or as the record tells it, None if not yet."""
    moments = _milestones(facts, kind)
    if (told := told_by_record(facts, kind)) is not None:
        at = None if told.at is None else datetime.combine(told.on, told.at, tzinfo=LONDON)
        moments.append(Moment(on=told.on, at=at))
    return min(moments, key=_order, default=None)


def _stop_moment(facts: EpisodeFacts, clock: Clock, started: Moment | None) -> Moment | None:
    """Return what stopped a clock: for a crisis, the first assessment that is not before its referral."""
    if clock.stop is not ClockEvent.CRISIS_ASSESSMENT or started is None:
        return event_moment(facts, clock.stop)
    held = _milestones(facts, MilestoneKind.CRISIS_ASSESSMENT)
    return next((moment for moment in held if moment.bounds[1] >= started.bounds[0]), None)


def _milestones(facts: EpisodeFacts, kind: MilestoneKind) -> list[Moment]:
    moments = [Moment(on=m.reached_on, at=m.at) for m in facts.milestones if m.kind is kind]
    return sorted(moments, key=_order)


def _referral(facts: EpisodeFacts) -> Moment:
    """Return when the referral came in; an hour that is of another day than its date tells nothing."""
    on, at = facts.referral_received_on, facts.referral_received_at
    return Moment(on=on, at=at if at is not None and london_date(at) == on else None)


def _first_contact(facts: EpisodeFacts) -> Moment | None:
    held = [
        Moment(on=c.on, at=None if c.at is None else datetime.combine(c.on, c.at, tzinfo=LONDON))
        for c in facts.attended
    ]
    return min(held, key=_order, default=None)


def _order(moment: Moment) -> datetime:
    return moment.bounds[0]


def _real_time(length: int, span: Span) -> timedelta:
    return timedelta(**{span.value: length})


def _state(
    clock: Clock, started: Moment, stopped: Moment | None, due: Moment | None, now: datetime
) -> ClockState:
    if clock.counted is not Counted.ELAPSED:
        return _state_by_date(started, stopped, due, london_date(now))
    return _state_by_hour(started, stopped, due, Moment(on=london_date(now), at=now))


def _state_by_date(started: Moment, stopped: Moment | None, due: Moment | None, today: date) -> ClockState:
    if stopped is not None and stopped.on < started.on:
        return ClockState.UNCLEAR
    if due is None:
        return ClockState.RUNNING if stopped is None else ClockState.STOPPED
    if stopped is None:
        return ClockState.RUNNING if today <= due.on else ClockState.MISSED
    return ClockState.MET if stopped.on <= due.on else ClockState.MISSED


def _state_by_hour(started: Moment, stopped: Moment | None, due: Moment | None, now: Moment) -> ClockState:
    earliest, latest = started.bounds
    first, last = (stopped or now).bounds
    if stopped is not None and last < earliest:
        return ClockState.UNCLEAR
    if due is None:
        return ClockState.RUNNING if stopped is None else ClockState.STOPPED
    due_by = due.bounds[0]
    if last <= due_by:
        return ClockState.RUNNING if stopped is None else ClockState.MET
    return ClockState.MISSED if first > due_by + (latest - earliest) else ClockState.UNCLEAR


def _sentence(
    clock: Clock, state: ClockState, started: Moment | None, stopped: Moment | None, due: Moment | None
) -> str:
    if started is None or state in {ClockState.MET, ClockState.STOPPED}:
        return ""
    event = clock.stop.words.capitalize()
    if state is ClockState.UNCLEAR:
        if stopped is not None and stopped.bounds[1] < started.bounds[0]:
            return f"{event} is dated before the {clock.start.words}. Check the dates."
        return f"Whether the {clock.stop.words} is in time hangs on the hour. Record the times, if known."
    if due is None:
        return f"{clock.name}: counting since {started.words}; the service model sets no limit."
    if state is ClockState.RUNNING:
        return f"{event} is due by {due.words} ({clock.name})."
    late = "is not recorded. Consider acting on it now."
    if stopped is not None:
        late = f"came on {stopped.words}. Consider telling supervision why."
    return f"{event} was due by {due.words} and {late}"
