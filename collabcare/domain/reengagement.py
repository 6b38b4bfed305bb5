"""The re-engagement ladder: what we do when a patient does not attend, rung by rung.

"If a person does not attend an appointment, this is not assumed to be a reason for discharge: quite the
opposite, attempts are made to re-engage" (L. Gask in *Filling the chasm*, Centre for Mental Health 2018).
Every rung is a task with a date; it closes only with an outcome, and only reaching the patient closes the
ladder. Nothing here ends care.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from collabcare.domain.another_try import is_another_try
from collabcare.domain.calendar import LONDON, days_after
from collabcare.domain.errors import RuleViolation

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from collabcare.domain.calendar import WorkingCalendar
    from collabcare.domain.facts import AttemptFact, LadderFact
    from collabcare.domain.reengagement_policy import LadderPolicy, RungPolicy

_LAST_MINUTE = time(23, 59)


class Channel(StrEnum):
    """How an attempt was made."""

    CALL = "call"
    TEXT = "text"
    EMAIL = "email"
    LETTER = "letter"
    VISIT = "visit"
    GP_PRACTICE = "gp_practice"
    SUPERVISION = "supervision"


CHANNEL_WORDS = {
    Channel.CALL: "Call",
    Channel.TEXT: "Text message",
    Channel.EMAIL: "Email",
    Channel.LETTER: "Letter",
    Channel.VISIT: "Visit",
    Channel.GP_PRACTICE: "GP practice",
    Channel.SUPERVISION: "Supervision",
}


TO_THE_PATIENT = frozenset({Channel.LETTER, Channel.EMAIL, Channel.TEXT})
"""The ways of writing to the patient; word sent to the GP practice is none of them."""


class AttemptOutcome(StrEnum):
    """What came of an attempt; only speaking to the patient closes the ladder."""

    SPOKE = "spoke"
    LEFT_MESSAGE = "left_message"
    NO_ANSWER = "no_answer"
    THIRD_PARTY = "third_party"
    SENT = "sent"
    DISCUSSED = "discussed"

    @property
    def reached(self) -> bool:
        """Return whether the patient was reached."""
        return self is AttemptOutcome.SPOKE


ATTEMPT_WORDS = {
    AttemptOutcome.SPOKE: "Spoke to the patient",
    AttemptOutcome.LEFT_MESSAGE: "Left a message",
    AttemptOutcome.NO_ANSWER: "No answer",
    AttemptOutcome.THIRD_PARTY: "Spoke to somebody else",
    AttemptOutcome.SENT: "Sent, no reply yet",
    AttemptOutcome.DISCUSSED: "Discussed",
}


_NO_ANSWER = AttemptOutcome.NO_ANSWER
_WORDLESS = frozenset({AttemptOutcome.NO_ANSWER, AttemptOutcome.SENT})
_IMPOSSIBLE = {
    AttemptOutcome.SPOKE: {Channel.GP_PRACTICE, Channel.SUPERVISION},  # neither of them is the patient
    AttemptOutcome.SENT: {Channel.CALL, Channel.VISIT, Channel.SUPERVISION},  # no letter has gone
    AttemptOutcome.DISCUSSED: set(Channel) - {Channel.GP_PRACTICE, Channel.SUPERVISION},
}


class Beginning(NamedTuple):
    """What a ladder counts from: the missed day, or the day wrong details were put right."""

    on: date
    start: date
    ended: time | None
    letter_sent: date | None = None
    first_rung: int = 0
    missed_again: bool = False


class Rung(NamedTuple):
    """One rung with the day it is due and, once tried, the day it was done."""

    number: int
    due_on: date
    done_on: date | None
    of: RungPolicy
    begins: Beginning

    @property
    def what(self) -> str:
        """Return what there is to do."""
        return self.of.what

    @property
    def ways(self) -> tuple[str, ...]:
        """Return the channels that fit, best first."""
        return self.of.ways

    @property
    def due_at(self) -> datetime | None:
        """Return the instant by which it is due (London), where the hour matters and is known."""
        return _due_at(self.of, self.begins, self.due_on)


class Missed(NamedTuple):
    """A slot missed: its day, when it ended (London, if known), and how many in a row with it."""

    on: date
    ended: time | None
    consecutive: int = 1


class LadderDate(NamedTuple):
    """One rung as the dates alone give it; ``at`` is a London time, None where the hour does not matter."""

    number: int
    due_on: date
    at: time | None
    what: str


def wrote(attempt: AttemptFact) -> bool:
    """Return whether this is what the patient wrote to us, which is not being spoken to."""
    return attempt.outcome.reached and attempt.channel in TO_THE_PATIENT


def outcomes_of(channel: Channel) -> tuple[AttemptOutcome, ...]:
    """Return what may come of an attempt by ``channel``: talking to the GP practice reaches no patient."""
    return tuple(outcome for outcome in AttemptOutcome if channel not in _IMPOSSIBLE.get(outcome, ()))


def refuse_attempt(channel: Channel, outcome: AttemptOutcome) -> None:
    """Refuse an outcome that an attempt by this channel cannot have.

    Raises:
        RuleViolation: With the two that do not go together.
    """
    if why := why_not_outcome(channel, outcome):
        raise RuleViolation(f"{why} Choose another outcome.")


def why_not_outcome(channel: Channel | None, outcome: AttemptOutcome) -> str:
    """Return why a try by this channel cannot have had this outcome, or nothing; None is not chosen yet."""
    if channel is None or outcome in outcomes_of(channel):
        return ""
    return f'"{ATTEMPT_WORDS[outcome]}" cannot come of "{CHANNEL_WORDS[channel]}".'


def first_rung(policy: LadderPolicy, consecutive: int) -> int:
    """Return where a ladder starts: at the bottom, or higher when a rebooked slot was missed too."""
    return policy.restart_rung if consecutive > 1 else policy.rungs[0].number


def rungs(ladder: LadderFact, policy: LadderPolicy, calendar: WorkingCalendar) -> tuple[Rung, ...]:
    """Return the rungs of a ladder from where it starts, each with its due day.

    The letter's reply is waited for from the day it was sent, or would be sent if all goes by date. A due
    day is never a day off and never before the missed date. ``policy`` is that of the track that holds now.

    Raises:
        RuleViolation: When a due day would be past the end of the calendar.
    """
    done = _done(ladder, policy)
    begins = _beginning(ladder, policy, calendar, letter_sent=done.get(policy.letter_rung or 0))
    first = begins.first_rung
    return tuple(
        [
            Rung(number, due, done.get(number), rung, begins)
            for rung, due in _days(begins, policy, calendar)
            if (number := rung.number) >= first
        ]
    )


def ladder_dates(
    missed_on: date,
    ended: time | None,
    policy: LadderPolicy,
    calendar: WorkingCalendar,
    *,
    rung5_sent: date | None = None,
) -> tuple[LadderDate, ...]:
    """Return a first ladder's dates for a slot missed on a day that ended at a time (London), if known.

    Raises:
        RuleViolation: As :func:`ladder_dates_after`.
    """
    return ladder_dates_after(Missed(missed_on, ended), policy, calendar, rung5_sent=rung5_sent)


def ladder_dates_after(
    missed: Missed, policy: LadderPolicy, calendar: WorkingCalendar, *, rung5_sent: date | None = None
) -> tuple[LadderDate, ...]:
    """Return a ladder's dates after a miss; ``rung5_sent`` is the day the keep-in-touch letter really went.

    From the second miss in a row on the ladder begins higher up.

    Raises:
        RuleViolation: When that letter went before the miss, this track waits for no reply to one, or nothing
            was missed.
    """
    missed_on, ended, consecutive = missed
    if consecutive < 1:
        raise RuleViolation("Misses in a row are counted from 1.")
    waits = any(rung.days_after_letter is not None for rung in policy.rungs)
    if rung5_sent is not None and not waits:
        raise RuleViolation("This track waits for no reply to a letter. Leave the letter's date out.")
    if rung5_sent is not None and rung5_sent < missed_on:
        raise RuleViolation("The letter is dated before the missed appointment. Check the dates.")
    begins = Beginning(
        on=missed_on,
        start=_same_day(missed_on, ended, policy.same_day_until, calendar),
        ended=ended,
        letter_sent=rung5_sent,
        first_rung=first_rung(policy, consecutive),
        missed_again=consecutive > 1,
    )
    days = [each for each in _days(begins, policy, calendar) if each[0].number >= begins.first_rung]
    hours = [_due_at(rung, begins, due) for rung, due in days]
    return tuple(
        LadderDate(number=rung.number, due_on=due, at=at.time() if at else None, what=rung.what)
        for (rung, due), at in zip(days, hours, strict=True)
    )


def next_rung(
    ladder: LadderFact, policy: LadderPolicy, calendar: WorkingCalendar, *, reviewed_on: date | None = None
) -> Rung:
    """Return the rung to act on now: the earliest not yet done, or the last once all are.

    Nothing comes after the last: it is asked for again, ``review_days`` after it was done or last taken to
    supervision (``reviewed_on`` is the latest review of the case), until the patient is in touch.
    """
    all_rungs = rungs(ladder, policy, calendar)
    undone = [rung for rung in all_rungs if rung.done_on is None]
    if undone:
        return min(undone, key=lambda rung: (rung.due_on, rung.number))
    last = all_rungs[-1]
    if policy.review_days is None or last.done_on is None:
        return last
    looks = [attempt.on for attempt in ladder.attempts if attempt.channel is Channel.SUPERVISION]
    looked_on = max([last.done_on, *looks, reviewed_on or last.done_on])
    again_on = calendar.this_or_next(days_after(looked_on, policy.review_days))
    return last._replace(due_on=again_on)


def talked_with(rung: Rung, ladder: LadderFact) -> frozenset[str]:
    """Return with whom of those that a rung names it was talked over already, as the rung asks for it."""
    tries = (each for each in _counting(ladder) if each.rung == rung.number)
    return frozenset(each.channel for each in tries if rung.of.each_of and _counts(each, rung.of))


def rung_reached(ladder: LadderFact, policy: LadderPolicy, calendar: WorkingCalendar, *, today: date) -> int:
    """Return how far up the ladder is: by its dates or by the attempts made, whichever is further.

    A search that nobody has begun climbs by its dates all the same, so neglect cannot hide it.
    """
    return furthest(ladder, rungs(ladder, policy, calendar), today=today)


def furthest(ladder: LadderFact, all_rungs: Sequence[Rung], *, today: date) -> int:
    """Return the same for rungs worked out already."""
    tried = max([attempt.rung for attempt in _counting(ladder)], default=0)
    there = [rung.number for rung in all_rungs if rung.due_on <= today or rung.number <= tried + 1]
    return max(there, default=all_rungs[0].number)


def _beginning(
    ladder: LadderFact, policy: LadderPolicy, calendar: WorkingCalendar, *, letter_sent: date | None
) -> Beginning:
    on, ended, first = ladder.missed_on, ladder.slot_ended, ladder.first_rung
    start = _same_day(on, ended, policy.same_day_until, calendar)
    if ladder.restarted_at is not None:
        again = ladder.restarted_at.astimezone(LONDON)
        on, ended, first = max(again.date(), on), again.time(), policy.rungs[0].number
        start = calendar.this_or_next(on)
    return Beginning(on, start, ended, letter_sent, first, ladder.consecutive > 1)


def _days(
    begins: Beginning, policy: LadderPolicy, calendar: WorkingCalendar
) -> list[tuple[RungPolicy, date]]:
    """Return every rung of the policy with its due day."""
    found: list[tuple[RungPolicy, date]] = []
    letter_on, counted, counted_on = begins.start, 0, begins.on
    for rung in policy.rungs:
        if rung.days_after_letter is not None:
            due = calendar.this_or_next(days_after(letter_on, rung.days_after_letter))
        elif rung.working_days == counted and counted:
            due = counted_on
        elif rung.working_days:  # never fewer than the rung before: its day is counted on from
            due = calendar.nth_after(counted_on, rung.working_days - counted)
            counted, counted_on = rung.working_days, due
        else:
            due = begins.start
        if rung.number == policy.second_miss_rung and begins.missed_again:
            due = min(due, begins.start)
        if rung.number == policy.letter_rung:
            letter_on = max(begins.letter_sent or due, begins.on)
        found.append((rung, due))
    return found


def _counting(ladder: LadderFact) -> tuple[AttemptFact, ...]:
    """Return the attempts that count: none made while the contact details were wrong."""
    if ladder.restarted_at is None:
        return ladder.attempts
    return tuple(attempt for attempt in ladder.attempts if attempt.at > ladder.restarted_at)


def _done(ladder: LadderFact, policy: LadderPolicy) -> dict[int, date]:
    """Return the day each rung was done: tried as its content asks, not merely tried."""
    if not ladder.attempts:
        return {}
    tries = _counting(ladder)
    tried = {attempt.rung for attempt in tries}
    days = [(rung.number, _day_done(rung, tries, policy)) for rung in policy.rungs if rung.number in tried]
    return {number: day for number, day in days if day is not None}


def _day_done(rung: RungPolicy, tries: Iterable[AttemptFact], policy: LadderPolicy) -> date | None:
    sends = rung.needs_sent or rung.number == policy.letter_rung
    first: dict[str, date] = {}
    decided: list[date] = []
    tries = tuple(tries)
    for place, attempt in enumerate(tries):
        if not is_another_try(attempt, tries[:place], rung.again_hours):
            continue
        if attempt.rung != rung.number or (sends and attempt.outcome is not AttemptOutcome.SENT):
            continue
        if _counts(attempt, rung):
            first.setdefault(attempt.channel, attempt.on)
            decided += [attempt.on] if attempt.decided else []
    if rung.decides and not decided:
        return None
    if rung.each_of:
        return max([*first.values(), *decided[:1]]) if len(first) == len(rung.only_by) else None
    return min(first.values(), default=None)


def _counts(attempt: AttemptFact, rung: RungPolicy) -> bool:
    """Return whether an attempt is one of those that a rung asks for; what was sent is asked before."""
    if rung.not_by and attempt.channel is Channel.GP_PRACTICE and attempt.outcome in _WORDLESS:
        return False  # nobody at the practice knows of it today
    if rung.decides and not attempt.note.strip():
        return False
    answered = attempt.channel in rung.only_by and attempt.outcome is not _NO_ANSWER
    return attempt.channel not in rung.not_by and (answered or not rung.only_by)


def _due_at(rung: RungPolicy, begins: Beginning, due_on: date) -> datetime | None:
    """Return the instant in London by which a rung of hours is due, never past midnight of its day."""
    if rung.within_hours is None or begins.ended is None or due_on != begins.on:
        return None
    ended = datetime.combine(begins.on, begins.ended, LONDON).astimezone(UTC)
    midnight = datetime.combine(begins.on, _LAST_MINUTE, LONDON).astimezone(UTC)
    return max(min(ended + timedelta(hours=rung.within_hours), midnight), ended).astimezone(LONDON)


def _same_day(missed_on: date, ended: time | None, until: time | None, calendar: WorkingCalendar) -> date:
    if until is not None and ended is not None and ended >= until:
        return calendar.nth_after(missed_on, 1)
    return calendar.this_or_next(missed_on)
