"""The waits of an episode as its page tells them, and what of them is left to record as a milestone.

A wait tells and never presses: no clock and no gate of a service model makes anything due, and nothing on a
list hangs on one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from collabcare.domain.calendar import age_on, london_date
from collabcare.domain.clocks import (
    RULE,
    ClockEvent,
    ClockState,
    Counted,
    Moment,
    clocks_standing,
    kinds_of,
    reached,
)
from collabcare.domain.display import fmt_date, fmt_days, lower_first
from collabcare.domain.episode import Phase
from collabcare.domain.errors import RuleViolation
from collabcare.domain.first_contact_gates import RULE as GATES
from collabcare.domain.first_contact_gates import GateState, gates_standing
from collabcare.domain.milestones import MILESTONE_WORDS
from collabcare.domain.plan_facts import MilestoneKind
from collabcare.domain.suggestion import Used
from collabcare.domain.told_by_record import Told, told_by_record

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from collabcare.domain.clocks import Clock, ClockStanding
    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.first_contact_gates import GateStanding
    from collabcare.domain.pathway import Pathway
    from collabcare.domain.rulebook import Rulebook

_AGAIN = frozenset({MilestoneKind.CRISIS_REFERRAL, MilestoneKind.CRISIS_ASSESSMENT})
"""What can be reached more than once: each crisis has a clock of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedMilestone:
    """One milestone that a service model asks for, and whether it is there.

    ``hours`` says that a clock in hours hangs on it; ``told`` is what the record tells of it by itself, and
    ``reached`` when it was first reached either way.
    """

    kind: MilestoneKind
    hours: bool
    told: Told | None
    reached: Moment | None

    @property
    def is_open(self) -> bool:
        """Return whether it can still be recorded: not once the record has it, save for another crisis."""
        return self.reached is None or self.kind in _AGAIN


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitLine:
    """One wait: what it is, where it stands, and why; explains itself like any suggestion."""

    title: str
    sentence: str
    rule: str
    used: tuple[Used, ...]
    source: str

    @property
    def words(self) -> str:
        """Return both in one, as a card says it."""
        said = self.sentence
        return said if said.startswith(self.title) else f"{self.title}: {lower_first(said)}"


def asked_milestones(facts: EpisodeFacts, pathway: Pathway) -> tuple[AskedMilestone, ...]:
    """Return the milestones that the gates and clocks of a service model ask for, in their order."""
    in_hours = {
        kind
        for clock in pathway.clocks
        if clock.counted is Counted.ELAPSED
        for event in (clock.start, clock.stop)
        for kind in kinds_of(event)
    }
    return tuple(
        AskedMilestone(
            kind=kind,
            hours=kind in in_hours,
            told=told_by_record(facts, kind),
            reached=reached(facts, kind),
        )
        for kind in _kinds(pathway)
    )


def wait_lines(facts: EpisodeFacts, rulebook: Rulebook, *, now: datetime) -> tuple[WaitLine, ...]:
    """Return where the waits of an episode stand at ``now`` (aware): first the gates, then the clocks.

    A clock that has not started is left out, and so is a gate still open once care has ended.
    """
    closed = facts.phase is Phase.CLOSED
    gates = gates_standing(facts, rulebook.pathway.gates, today=london_date(now))
    found = [_gate(each) for each in gates if not (closed and each.state is GateState.MISSING)]
    for clock in rulebook.pathway.clocks:
        try:
            standing = clocks_standing(facts, (clock,), rulebook.calendar, now=now)[0]
        except RuleViolation as unclear:
            found.append(_line(facts, clock, str(unclear)))
            continue
        if standing.state is not ClockState.NOT_STARTED:
            said = _sentence(facts, standing, london_date(now))
            found.append(_line(facts, clock, f"{said}{_expected(facts, clock, rulebook)}"))
    return tuple(found)


def _kinds(pathway: Pathway) -> tuple[MilestoneKind, ...]:
    of_gates = [gate.milestone for gate in pathway.gates]
    events = (event for clock in pathway.clocks for event in (clock.start, clock.stop))
    of_clocks = [kind for event in events for kind in kinds_of(event)]
    return tuple(dict.fromkeys((*of_gates, *of_clocks)))


def _gate(standing: GateStanding) -> WaitLine:
    said, gate = standing.suggestion, standing.gate
    return WaitLine(
        title=gate.name,
        sentence=said.sentence if said else f"Done {fmt_date(standing.reached_on)}.",
        rule=GATES,
        used=said.used if said else (Used(gate.name, standing.reached_on),),
        source=gate.quotation.cited,
    )


def _line(facts: EpisodeFacts, clock: Clock, sentence: str) -> WaitLine:
    return WaitLine(
        title=clock.name,
        sentence=sentence,
        rule=RULE,
        used=(*_used(facts, clock.start), *_used(facts, clock.stop)),
        source=clock.quotation.cited,
    )


def _used(facts: EpisodeFacts, event: ClockEvent) -> Iterator[Used]:
    """Yield each part of an event with its day, and what in the record tells it."""
    if event is ClockEvent.REFERRAL:
        yield Used("Referral received", facts.referral_received_on)
    if event is ClockEvent.FIRST_CONTACT:
        yield Used("First attended contact", min((each.on for each in facts.attended), default=None))
    for kind in kinds_of(event):
        moment, told = reached(facts, kind), told_by_record(facts, kind)
        by = f", {told.by}" if told and moment and told.on == moment.on else ""
        yield Used(MILESTONE_WORDS[kind], None if moment is None else f"{moment.words}{by}")


def _sentence(facts: EpisodeFacts, standing: ClockStanding, today: date) -> str:
    said = standing.suggestion
    if standing.state is ClockState.UNCLEAR and said is not None:
        return said.sentence
    if standing.stopped is not None:
        return _stopped(standing, standing.stopped)
    if facts.phase is Phase.CLOSED:
        return "Not reached before care ended."
    return f"{_running(standing, today)} Missing: {', '.join(_missing(facts, standing.clock))}."


def _running(standing: ClockStanding, today: date) -> str:
    started, due = standing.started, standing.due
    if started is None or due is None:
        since = "" if started is None else f"Counting since {started.words}. "
        return f"{since}The service model sets no limit."
    over = standing.state is ClockState.MISSED
    if standing.clock.counted is not Counted.CALENDAR:
        return f"The time ended {due.words}." if over else f"Until {due.words}."
    day, limit = (today - started.on).days, (due.on - started.on).days
    if over:
        return f"Day {day}, {fmt_days(day - limit)} over the {limit}."
    return f"Day {day} of {limit}, until {due.words}."


def _stopped(standing: ClockStanding, stopped: Moment) -> str:
    started, due = standing.started, standing.due
    if started is None or due is None:
        return f"Reached {stopped.words}."
    if standing.clock.counted is not Counted.CALENDAR:
        late = standing.state is ClockState.MISSED
        return f"Reached {stopped.words}, after {due.words}." if late else f"Met {stopped.words}."
    day, limit = (stopped.on - started.on).days, (due.on - started.on).days
    if standing.state is ClockState.MISSED:
        return f"Reached {stopped.words}, on day {day}: {fmt_days(day - limit)} over the {limit}."
    return f"Met {stopped.words}, on day {day} of {limit}."


def _missing(facts: EpisodeFacts, clock: Clock) -> tuple[str, ...]:
    """Return what a running clock waits for, by name."""
    lacking = [kind for kind in kinds_of(clock.stop) if reached(facts, kind) is None]
    if not lacking:  # a contact, or another crisis assessment than the one held before
        return (clock.stop.words,)
    return tuple(lower_first(MILESTONE_WORDS[kind]) for kind in lacking)


def _expected(facts: EpisodeFacts, clock: Clock, rulebook: Rulebook) -> str:
    """Say that an adult is also expected to have a first outcome measure, which stops no clock."""
    if clock.stop is not ClockEvent.HELP_RECEIVED or facts.phase is Phase.CLOSED:
        return ""
    age = age_on(facts.patient.birth_date, facts.referral_received_on)
    measured = any(each.total is not None for each in facts.measures) or any(g.ratings for g in facts.goals)
    if measured or age < rulebook.attendance.adult_from_age:
        return ""
    return " A first outcome measure is expected too."
