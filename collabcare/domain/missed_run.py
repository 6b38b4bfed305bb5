"""The missed appointments since a patient was last in touch, and what was tried to reach them since.

Read by the gate that stands before closing for not attending: what was done before they were last in touch
counts for nothing in it, and any word from them since the last miss calls it off.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from collabcare.domain.attendance import Side
from collabcare.domain.codes import AttendanceStatus
from collabcare.domain.contact_order import is_before_miss
from collabcare.domain.display import fmt_date
from collabcare.domain.reengagement import AttemptOutcome, Channel, wrote
from collabcare.domain.typed_text import says_something

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from collabcare.domain.facts import AttemptFact, ContactFact, EpisodeFacts, LadderFact

_DNA = AttendanceStatus.DID_NOT_ATTEND
_CANCELLED = AttendanceStatus.CANCELLED_BY_PATIENT
_PASSED_ON = frozenset({AttemptOutcome.LEFT_MESSAGE, AttemptOutcome.SENT})


class Heard(NamedTuple):
    """A time the patient was in touch: its day, and how in words."""

    on: date
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MissedRun:
    """The misses in a row since the patient was last in touch.

    ``last`` is None when nothing was missed; ``began_on`` is the first miss of the run. ``heard_before`` is
    the last time they were in touch before the last miss, ``heard_since`` the first time after it.
    """

    last: ContactFact | None
    began_on: date | None
    heard_before: date | None
    heard_since: Heard | None
    ladder: LadderFact | None
    attempts: tuple[AttemptFact, ...]


def missed_run(facts: EpisodeFacts, *, today: date) -> MissedRun:
    """Return the run of misses that is not over, with the attempts to reach the patient in it."""
    missed = [contact for contact in facts.contacts if contact.status is _DNA and contact.on <= today]
    if not missed:
        return MissedRun(
            last=None, began_on=None, heard_before=None, heard_since=None, ladder=None, attempts=()
        )
    last = missed[-1]
    before = max((heard.on for heard in _heard(facts) if heard.on <= last.on), default=None)
    run = [contact for contact in missed if before is None or contact.on > before] or [last]
    return MissedRun(
        last=last,
        began_on=run[0].on,
        heard_before=before,
        heard_since=heard_since(facts, today=today),
        ladder=next((each for each in reversed(facts.ladders) if each.contact_id == last.id), None),
        attempts=tuple(_attempts(facts, {contact.id for contact in (*run, last)}, today)),
    )


def heard_since(facts: EpisodeFacts, *, today: date) -> Heard | None:
    """Return the first time the patient was in touch since they last missed, None where there is none."""
    for place in range(len(facts.contacts) - 1, -1, -1):
        contact = facts.contacts[place]
        if contact.status is _DNA and contact.on <= today:
            heard = list(_heard_after(facts, place))
            return min(heard) if heard else None
    return None


def missed_and_not_seen(facts: EpisodeFacts, *, today: date) -> date | None:
    """Return the day of the last missed appointment if the patient was not seen after it, else None."""
    last = missed_run(facts, today=today).last
    if last is None:
        return None
    after = _after(facts, facts.contacts.index(last))
    seen = any(each.status is not None and each.status.attended for each in after)
    return None if seen else last.on


def rang_after(contact: ContactFact) -> bool:
    """Return whether the patient was in touch after a slot they missed: how, and what they said, is noted."""
    return contact.contacted_after and says_something(contact.note)


def is_attempt(attempt: AttemptFact) -> bool:
    """Return whether an attempt tried to reach the patient: talking about them with others does not.

    Word left with the GP practice or sent to it, to be passed on, tries to reach them; whether it is one of
    the ways the gate counts is for :func:`tried_directly` to say.
    """
    if attempt.channel is Channel.SUPERVISION or attempt.outcome is AttemptOutcome.DISCUSSED:
        return False
    return attempt.channel is not Channel.GP_PRACTICE or attempt.outcome in _PASSED_ON


def tried_directly(facts: EpisodeFacts, attempts: Iterable[AttemptFact]) -> tuple[AttemptFact, ...]:
    """Return the attempts that went to the patient, not by way of the GP practice.

    By way of the practice counts for those to whom nothing may be posted, since it is then the safe way.
    """
    by_gp = facts.reach.letters_safe is False
    return tuple(each for each in attempts if by_gp or each.channel is not Channel.GP_PRACTICE)


def _attempts(facts: EpisodeFacts, contacts: set[int], today: date) -> Iterator[AttemptFact]:
    for ladder in facts.ladders:
        if ladder.contact_id not in contacts:
            continue
        for attempt in ladder.attempts:
            wrong_details = ladder.restarted_at is not None and attempt.at <= ladder.restarted_at
            if attempt.on <= today and not wrong_details and is_attempt(attempt):
                yield attempt


def _heard(facts: EpisodeFacts) -> Iterator[Heard]:
    """Return every time the patient was in touch, in no order."""
    yield from _asked_to_move(facts)
    for contact in facts.contacts:
        yield from _by_contact(contact)
    for ladder in facts.ladders:
        for attempt in ladder.attempts:
            if attempt.outcome.reached:
                yield _by_attempt(attempt)


def _asked_to_move(facts: EpisodeFacts) -> Iterator[Heard]:
    for move in facts.moves:
        if move.asked_by is Side.PATIENT:
            yield Heard(move.moved_on, f"They asked for another time on {fmt_date(move.moved_on)}.")


def _by_contact(contact: ContactFact) -> Iterator[Heard]:
    if contact.status is _CANCELLED:
        on = contact.cancelled_on or contact.on
        yield Heard(on, f"They cancelled an appointment on {fmt_date(on)}.")
    elif contact.status is _DNA and rang_after(contact):
        yield Heard(contact.on, f"They were in touch after the appointment of {fmt_date(contact.on)}.")
    elif contact.status is AttendanceStatus.ARRIVED_LATE_NOT_SEEN:
        yield Heard(contact.on, f"They came on {fmt_date(contact.on)} and could not be seen.")
    elif contact.status is not None and contact.status.attended:
        yield Heard(contact.on, f"They were seen on {fmt_date(contact.on)}.")


def _after(facts: EpisodeFacts, place: int) -> tuple[ContactFact, ...]:
    """Return the contacts after the miss at this place, without those of its day that were before it."""
    missed = facts.contacts[place]
    return tuple(
        each
        for each in facts.contacts[place + 1 :]
        if not is_before_miss(each.on, each.at, missed_on=missed.on, missed_at=missed.at)
    )


def _heard_after(facts: EpisodeFacts, place: int) -> Iterator[Heard]:
    """Return every time the patient was in touch after the miss that stands at this place of the contacts.

    On its day the order of the contacts tells; a cancellation or a call of that day counts as after it.
    """
    last = facts.contacts[place]
    if rang_after(last):
        yield from _by_contact(last)
    if facts.moves:
        yield from (heard for heard in _asked_to_move(facts) if heard.on >= last.on)
    cancelled = [each for each in facts.by_outcome.fallen if each.status is _CANCELLED]
    for contact in (*_after(facts, place), *cancelled):
        yield from (heard for heard in _by_contact(contact) if heard.on >= last.on)
    for ladder in facts.ladders:
        for attempt in ladder.attempts:
            after = attempt.on > last.on or ladder.contact_id == last.id
            if attempt.outcome.reached and after:
                yield _by_attempt(attempt)


def _by_attempt(attempt: AttemptFact) -> Heard:
    how = "wrote" if wrote(attempt) else "were spoken to"
    return Heard(attempt.on, f"They {how} on {fmt_date(attempt.on)}.")
