"""The reminders to make today as two lists to work through: whom to ring, and whom to write to.

Nobody falls off for want of a telephone: who must not be rung is written to, and who can be reached in no way
that is known to be safe still stands there, to be asked when they are next seen. The program sends nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from collabcare.domain.attempts import why_not_this_way
from collabcare.domain.display import fmt_date, fmt_date_long, fmt_time, fmt_time_letter
from collabcare.domain.errors import RuleViolation
from collabcare.domain.people_facts import ReminderOutcome
from collabcare.domain.reaching import Route, Standing, safe_ways
from collabcare.domain.reengagement import AttemptOutcome, Channel
from collabcare.domain.reminders import reminders
from collabcare.domain.telephones import mobile_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from collabcare.domain.caseload import CaseloadRow
    from collabcare.domain.facts import ContactFact, EpisodeFacts
    from collabcare.domain.ids import ContactId, UserId
    from collabcare.domain.reaching import SafeWays
    from collabcare.domain.reminders import Reminder
    from collabcare.domain.rulebook import Rulebook


class RemindBy(StrEnum):
    """Which list a reminder stands on."""

    RING = "ring"
    WRITE = "write"
    ASK = "ask"


BY_WORDS = {
    RemindBy.RING: "To ring",
    RemindBy.WRITE: "To write to",
    RemindBy.ASK: "No way known to be safe",
}
REMINDER_WORDS = {
    ReminderOutcome.SPOKE: "Spoke to them",
    ReminderOutcome.LEFT_MESSAGE: "Left a message",
    ReminderOutcome.SENT: "Sent",
    ReminderOutcome.NO_ANSWER: "No answer",
}
_SPOKEN = (ReminderOutcome.SPOKE, ReminderOutcome.LEFT_MESSAGE, ReminderOutcome.NO_ANSWER)
_OUTCOMES = {
    Channel.CALL: _SPOKEN,
    Channel.VISIT: _SPOKEN,
    Channel.TEXT: (ReminderOutcome.SENT,),
    Channel.EMAIL: (ReminderOutcome.SENT,),
    Channel.LETTER: (ReminderOutcome.SENT,),
}
_RINGING = (Route.CALL, Route.TEXT_RELAY)
_WRITING = {Route.TEXT: "Text", Route.EMAIL: "Email", Route.LETTER: "Letter"}


class Offer(NamedTuple):
    """One thing that may be noted of a reminder, and why it must not be used for this patient, if so."""

    channel: Channel
    outcome: ReminderOutcome
    why_not: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderLine:
    """One reminder to make, with how this patient can safely be reached."""

    row: CaseloadRow
    reminder: Reminder
    ways: SafeWays
    by: RemindBy

    @property
    def facts(self) -> EpisodeFacts:
        """Return whom it is for."""
        return self.row.facts

    @property
    def key(self) -> tuple[ContactId, int]:
        """Return what tells it apart."""
        return self.reminder.contact.id, self.reminder.days_before

    @property
    def when(self) -> str:
        """Return the appointment in words: its day, time and how it will be held."""
        contact = self.reminder.contact
        at = f" at {fmt_time(contact.at)}" if contact.at else ""
        return f"{fmt_date(contact.on, weekday=True)}{at}, {contact.mechanism.label.lower()}"

    @property
    def number(self) -> str:
        """Return the number to ring or to text, nothing where neither may be done."""
        patient, to_text = self.facts.patient, self.ways.way(Route.TEXT).standing is Standing.USE
        if self.by is RemindBy.RING:
            return patient.number_to_ring or ""
        to_write = mobile_of(patient.telephone, patient.other_telephone) or patient.number_to_ring
        return (to_write or "") if to_text else ""

    @property
    def how(self) -> tuple[str, ...]:
        """Return what to know before reaching them, the way itself first."""
        reach, patient = self.facts.reach, self.facts.patient
        said = list(_ring(self.ways) if self.by is RemindBy.RING else self._write())
        if self._may_ring and self.by is RemindBy.WRITE:
            said.append(f"Or ring: {' '.join(_ring(self.ways))}")
        if reach.safe_times and self._may_ring:
            said.append(f"When to ring: {reach.safe_times}")
        if patient.contact_note:
            said.append(f"To know before ringing: {patient.contact_note}")
        return tuple(said)

    @property
    def offers(self) -> tuple[Offer, ...]:
        """Return what may be noted of it, always in one order so that a digit always means the same.

        By email only who is known to be safe to email; nothing where no way is known to be safe. Who is
        written to because they prefer it may have been rung all the same: that comes last.
        """
        if self.by is RemindBy.ASK:
            return ()
        email = [Channel.EMAIL] if self.ways.way(Route.EMAIL).standing is Standing.USE else []
        written = [Channel.TEXT, Channel.LETTER, *email]
        rung = [(Channel.CALL, outcome) for outcome in _SPOKEN if self._may_ring]
        sent = [(channel, ReminderOutcome.SENT) for channel in written]
        return tuple(
            Offer(channel, outcome, why_not_this_way(self.ways, channel, AttemptOutcome(outcome.value)))
            for channel, outcome in ((*rung, *sent) if self.by is RemindBy.RING else (*sent, *rung))
        )

    @property
    def outcomes(self) -> tuple[tuple[Channel, ReminderOutcome], ...]:
        """Return those of the offers that may be used for this patient."""
        return tuple((offer.channel, offer.outcome) for offer in self.offers if not offer.why_not)

    @property
    def _may_ring(self) -> bool:
        return any(self.ways.way(route).standing is Standing.USE for route in _RINGING)

    def _write(self) -> Iterator[str]:
        preferred = self.ways.preferred
        for route, name in sorted(_WRITING.items(), key=lambda each: each[0].channel is not preferred):
            way = self.ways.way(route)
            theirs = route.channel is preferred and way.standing is Standing.USE
            yield f"{name}{', which they prefer' if theirs else ''}: {way.sentence}"
            policy = self.row.rulebook.reengagement.reminders
            left = (self.reminder.contact.on - self.row.today).days
            if route is Route.LETTER and way.standing is Standing.USE and left < policy.letter_days:
                yield "A letter posted today may come too late."
        if self.by is RemindBy.ASK:
            yield "Ask them, when they are next seen, how they may be reminded."


def reminders_today(
    rows: Iterable[CaseloadRow], *, holder_id: UserId | None = None
) -> tuple[ReminderLine, ...]:
    """Return the reminders to make today, the calls first, each list by the day of the appointment.

    ``holder_id`` leaves only those of the patients that user holds.
    """
    found = [
        line
        for row in rows
        if row.next_booked is not None and (holder_id is None or row.facts.holder_id == holder_id)
        for line in _lines(row)
    ]
    return tuple(sorted(found, key=_place))


def message_for(line: ReminderLine, telephone: str | None) -> str:
    """Return what may be written to the patient: neither the service nor anything clinical is named."""
    contact = line.reminder.contact
    at = f" at {fmt_time_letter(contact.at)}" if contact.at else ""
    when = f"{fmt_date_long(contact.on, weekday=True)}{at}"
    ring = f"ring {telephone}" if telephone else "let us know"
    words = line.row.rulebook.reengagement.reminders.message
    return words.replace("{when}", when).replace("{ring}", ring)


def outcomes_by(channel: Channel) -> tuple[ReminderOutcome, ...]:
    """Return what may come of reminding somebody by a channel; nothing for one nobody is reminded by."""
    return _OUTCOMES.get(channel, ())


def refuse_reminder(
    facts: EpisodeFacts, which: tuple[ContactId, int], rulebook: Rulebook, *, today: date
) -> None:
    """Refuse a reminder that was made already or is not to be made today; ``which`` is as in ``key``.

    Raises:
        RuleViolation: With who made it, or what to look at.
    """
    for made in facts.reminders:
        if (made.contact_id, made.days_before) == which:
            raise RuleViolation(
                f"{made.by} made this reminder on {fmt_date(made.made_on)}. Nothing was saved."
            )
    policy, calendar = rulebook.reengagement.reminders, rulebook.calendar
    due = reminders(facts, policy, calendar, today=today, made=_made(facts))
    if which not in {(each.contact.id, each.days_before) for each in due}:
        raise RuleViolation("This reminder is not to be made today: the appointment or its day has changed.")


def refuse_way(ways: SafeWays, channel: Channel, outcome: ReminderOutcome) -> None:
    """Refuse what cannot have come of a reminder, or a way that must not be used for this patient.

    Raises:
        RuleViolation: With what does not go together, or why the way is not to be used.
    """
    if outcome not in outcomes_by(channel):
        raise RuleViolation("That cannot have come of reminding them this way. Choose the way again.")
    if why_not := why_not_this_way(ways, channel, AttemptOutcome(outcome.value)):
        raise RuleViolation(f"{why_not} Remind them another way.")


def _lines(row: CaseloadRow) -> Iterator[ReminderLine]:
    facts, rulebook = row.facts, row.rulebook
    policy = rulebook.reengagement.reminders
    due = reminders(facts, policy, rulebook.calendar, today=row.today, made=_made(facts))
    if due:
        ways = safe_ways(facts, rulebook.reengagement.reach)
        for each in due:
            in_time = (each.contact.on - row.today).days >= policy.letter_days
            by = _by(ways, facts, letter_in_time=in_time)
            yield ReminderLine(row=row, reminder=each, ways=ways, by=by)


def _made(facts: EpisodeFacts) -> frozenset[tuple[ContactId, int]]:
    return frozenset((each.contact_id, each.days_before) for each in facts.reminders)


def _by(ways: SafeWays, facts: EpisodeFacts, *, letter_in_time: bool) -> RemindBy:
    """Return the list: to ring, unless that is not safe or they prefer to be written to and can be."""
    usable, patient = {way.route for way in ways.may_use}, facts.patient
    mobile = mobile_of(patient.telephone, patient.other_telephone)
    works = {
        Channel.TEXT: Route.TEXT in usable and mobile is not None,
        Channel.EMAIL: Route.EMAIL in usable and bool(patient.email),
        Channel.LETTER: Route.LETTER in usable and letter_in_time,
    }
    if ways.preferred is not None and works.get(ways.preferred, False):
        return RemindBy.WRITE
    if usable & set(_RINGING):
        return RemindBy.RING
    return RemindBy.WRITE if usable & set(_WRITING) else RemindBy.ASK


def _ring(ways: SafeWays) -> Iterator[str]:
    """Yield how to ring, and whether a message may be left."""
    for route in _RINGING:
        if ways.way(route).standing is Standing.USE:
            yield ways.way(route).sentence
    yield f"No answer: {ways.way(Route.VOICEMAIL).sentence}"


def _place(line: ReminderLine) -> tuple[int, date, str, tuple[str, str]]:
    contact: ContactFact = line.reminder.contact
    at = fmt_time(contact.at) if contact.at else ""
    return list(RemindBy).index(line.by), contact.on, at, line.facts.patient.name_order
