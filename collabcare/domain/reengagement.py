"""The re-engagement ladder: what we do when a patient does not attend, rung by rung.

"If a person does not attend an appointment, this is not assumed to be a reason for discharge: quite the
opposite, attempts are made to re-engage" (L. Gask in *Filling the chasm*, Centre for Mental Health 2018).
Every rung is a task with a date; it closes only with an outcome, and only reaching the patient closes the
ladder. Nothing here ends care.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from collabcare.domain.codes import AttendanceStatus
from collabcare.domain.errors import RuleViolation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from collabcare.domain.calendar import WorkingCalendar
    from collabcare.domain.facts import ContactFact, LadderFact
    from collabcare.domain.reengagement_policy import LadderPolicy, RungPolicy


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


_IMPOSSIBLE = {
    AttemptOutcome.SPOKE: {Channel.GP_PRACTICE, Channel.SUPERVISION},  # neither of them is the patient
    AttemptOutcome.SENT: {Channel.CALL, Channel.VISIT, Channel.SUPERVISION},  # no letter has gone
    AttemptOutcome.DISCUSSED: set(Channel) - {Channel.GP_PRACTICE, Channel.SUPERVISION},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """One rung with the day it is due and, once tried, the day it was done."""

    number: int
    due_on: date
    what: str
    done_on: date | None


def outcomes_of(channel: Channel) -> tuple[AttemptOutcome, ...]:
    """Return what may come of an attempt by ``channel``: talking to the GP practice reaches no patient."""
    return tuple(outcome for outcome in AttemptOutcome if channel not in _IMPOSSIBLE.get(outcome, ()))


def refuse_attempt(channel: Channel, outcome: AttemptOutcome) -> None:
    """Refuse an outcome that an attempt by this channel cannot have.

    Raises:
        RuleViolation: With the two that do not go together.
    """
    if outcome not in outcomes_of(channel):
        what, how = ATTEMPT_WORDS[outcome], CHANNEL_WORDS[channel]
        raise RuleViolation(f'"{what}" cannot come of "{how}". Choose another outcome.')


def consecutive_missed(statuses: Sequence[AttendanceStatus]) -> int:
    """Count the DNAs since the patient was last seen, in contacts given oldest first.

    A cancellation, ours or theirs, and a late arrival neither add nor reset.
    """
    missed = 0
    for status in reversed(statuses):
        if status.attended:
            break
        missed += status is AttendanceStatus.DID_NOT_ATTEND
    return missed


def consecutive_patient_cancellations(contacts: Sequence[ContactFact]) -> int:
    """Count cancellations by the patient since the last contact that went ahead or was missed."""
    count = 0
    for contact in reversed(contacts):
        if contact.status is None or contact.status is AttendanceStatus.CANCELLED_BY_PROVIDER:
            continue
        if contact.status is not AttendanceStatus.CANCELLED_BY_PATIENT:
            break
        count += 1
    return count


def first_rung(policy: LadderPolicy, consecutive: int) -> int:
    """Return where a ladder starts: at the bottom, or higher when a rebooked slot was missed too."""
    return policy.restart_rung if consecutive > 1 else policy.rungs[0].number


def rungs(ladder: LadderFact, policy: LadderPolicy, calendar: WorkingCalendar) -> tuple[Rung, ...]:
    """Return the rungs of a ladder from where it starts, each with its due day.

    The letter's reply is waited for from the day it was sent, or would be sent if all goes by date. A due
    day is never a day off and never before the missed date.
    """
    start = _same_day(ladder.missed_on, ladder.slot_ended, policy.same_day_until, calendar)
    done = _done(ladder, policy)
    shown: list[Rung] = []
    letter_on = start
    for rung in policy.rungs:
        due = _due(rung, ladder, start, letter_on, calendar)
        if rung.number == policy.second_miss_rung and ladder.consecutive > 1:
            due = min(due, start)
        if rung.number == policy.letter_rung:
            letter_on = done.get(rung.number, due)
        if rung.number >= ladder.first_rung:
            shown.append(Rung(number=rung.number, due_on=due, what=rung.what, done_on=done.get(rung.number)))
    return tuple(shown)


def next_rung(ladder: LadderFact, policy: LadderPolicy, calendar: WorkingCalendar) -> Rung:
    """Return the rung to act on now: the earliest not yet done, or the last once all are."""
    all_rungs = rungs(ladder, policy, calendar)
    undone = [rung for rung in all_rungs if rung.done_on is None]
    return min(undone, key=lambda rung: (rung.due_on, rung.number)) if undone else all_rungs[-1]


def rung_reached(ladder: LadderFact, policy: LadderPolicy, calendar: WorkingCalendar, *, today: date) -> int:
    """Return how far up the ladder is: by its dates or by the attempts made, whichever is further.

    A search that nobody has begun climbs by its dates all the same, so neglect cannot hide it.
    """
    all_rungs = rungs(ladder, policy, calendar)
    by_date = [rung.number for rung in all_rungs if rung.due_on <= today]
    tried = max((attempt.rung for attempt in ladder.attempts), default=0)
    by_attempts = [rung.number for rung in all_rungs if rung.number <= tried + 1]
    return max(by_date + by_attempts, default=all_rungs[0].number)


def _done(ladder: LadderFact, policy: LadderPolicy) -> dict[int, date]:
    """Return the day each rung was first tried; the letter's rung is done only once something was sent."""
    done: dict[int, date] = {}
    for attempt in ladder.attempts:
        if attempt.rung != policy.letter_rung or attempt.outcome is AttemptOutcome.SENT:
            done.setdefault(attempt.rung, attempt.on)
    return done


def _due(
    rung: RungPolicy, ladder: LadderFact, start: date, letter_on: date, calendar: WorkingCalendar
) -> date:
    if rung.days_after_letter is not None:
        return calendar.this_or_next(letter_on + timedelta(days=rung.days_after_letter))
    if not rung.working_days:
        return start
    return calendar.nth_after(ladder.missed_on, rung.working_days)


def _same_day(missed_on: date, ended: time | None, until: time, calendar: WorkingCalendar) -> date:
    if ended is not None and ended >= until:
        return calendar.nth_after(missed_on, 1)
    return calendar.this_or_next(missed_on)
