"""Whether somebody is another person than those whose own case it is: one rule, wherever two are asked for.

Nobody becomes another person by an account of their own making. An account that was made after the first of
the missed appointments in question is as its maker, who may have made it for this, and so on from maker to
maker; two such accounts of one maker are one person. An account of before that miss is a colleague: in a
small team everybody's was made by one of them. This is the project's own rule.
"""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING

from collabcare.domain.attendance import CancellationReason
from collabcare.domain.calendar import LONDON
from collabcare.domain.codes import AttendanceStatus
from collabcare.domain.contact_order import is_before_miss

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from datetime import date

    from collabcare.domain.case_people import Account
    from collabcare.domain.facts import ContactFact, EpisodeFacts
    from collabcare.domain.ids import UserId

OF_ONE_MAKING = (
    "That account was made by the practitioner of this case since they missed their appointment, or theirs by"
    " it. Ask another person."
)
_DNA = AttendanceStatus.DID_NOT_ATTEND


def is_nobody_else(
    people: Collection[UserId | None], user_id: UserId, accounts: Sequence[Account], since: datetime
) -> bool:
    """Return whether somebody is one of these people, or one of their making (or their maker) since then."""
    behind = {person_behind(each, accounts, since) for each in people if each is not None}
    return person_behind(user_id, accounts, since) in behind


def person_behind(user_id: UserId, accounts: Sequence[Account], since: datetime) -> UserId:
    """Return whose an account is: its maker's where it was made at or after ``since``, and so on."""
    made = {each.id: each for each in accounts if each.made_by is not None and each.made_at >= since}
    person, passed = user_id, {user_id}
    while (account := made.get(person)) is not None and account.made_by is not None:
        person = account.made_by
        if person in passed:
            break
        passed.add(person)
    return person


def held_since(facts: EpisodeFacts, since: datetime) -> frozenset[UserId]:
    """Return who holds the case, or held it at that instant or after it."""
    gave_away = (each.by for each in facts.people.held if each.until >= since)
    return frozenset(each for each in (facts.holder_id, *gave_away) if each is not None)


def begins_at(on: date, at: time | None) -> datetime:
    """Return the instant of an appointment; of one without a time the beginning of its day."""
    return datetime.combine(on, at or time.min, LONDON)


def unseen_from(facts: EpisodeFacts, *, today: date) -> datetime:
    """Return the first miss after which they have not been seen, or else when they were referred.

    What has no outcome by ``today`` may have been missed, and what was sought for may have been voided since.
    """
    return min(_may_have_missed(facts, today), default=begins_at(facts.referral_received_on, None))


def _may_have_missed(facts: EpisodeFacts, today: date) -> Iterator[datetime]:
    last = max((place for place, each in enumerate(facts.contacts) if _is_seen(each)), default=-1)
    seen = facts.contacts[last] if last >= 0 else None
    for place, each in enumerate(facts.contacts):
        if each.on > today or not (each.status in {None, _DNA} or is_given_up_by_death(facts, each)):
            continue
        if place > last or (
            seen is not None and is_before_miss(seen.on, seen.at, missed_on=each.on, missed_at=each.at)
        ):
            yield begins_at(each.on, each.at)
    for ladder in facts.ladders:
        if seen is None or ladder.missed_on > seen.on:
            yield begins_at(ladder.missed_on, None)


def is_given_up_by_death(facts: EpisodeFacts, contact: ContactFact) -> bool:
    """Return whether the death may have cancelled it: it is of that day or after, for a clinical reason."""
    died_on, clinical = facts.patient.died_on, CancellationReason.CLINICAL
    return died_on is not None and contact.on >= died_on and contact.cancellation_reason == clinical


def _is_seen(contact: ContactFact) -> bool:
    return contact.status is not None and contact.status.attended
