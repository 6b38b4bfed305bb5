"""A contact or a booking entered in error: what may be marked so, and what then follows from what stands.

A wrong "Attended" ends the search for a patient and a wrong "Did not attend" counts for ever, so both are
taken back with what they caused. That something was written or recorded since is no reason to leave a mistake
in the record.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.calendar import london_date
from collabcare.domain.codes import ATTENDED, AttendanceStatus
from collabcare.domain.contact_order import is_before_miss
from collabcare.domain.display import fmt_date
from collabcare.domain.episode import Phase
from collabcare.domain.errors import RuleViolation
from collabcare.domain.milestones import refuse_voiding
from collabcare.domain.missed_run import missed_run
from collabcare.domain.moving import Slot
from collabcare.domain.tracks import is_another_supervisor

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from collabcare.domain.acting import Acting
    from collabcare.domain.facts import ContactFact, EpisodeFacts

SEEN_AGAIN = "Attended"
MISSED_AGAIN = "Did not attend again"
IN_ERROR = "The missed appointment was entered in error"
_BY_CONTACTS = frozenset({None, SEEN_AGAIN, MISSED_AGAIN, IN_ERROR})
"""What the contacts alone end a search with; anything else says that somebody found the patient."""

_FOLLOWED_UP = (
    "We have tried to reach them since that appointment, and they have not been seen. Only a supervisor who"
    " does not hold the case can mark it as entered in error."
)
_REVIEWED = (
    "A review of not attending was begun because of that appointment, and they have not been seen. Call the"
    " review off first, or a supervisor who does not hold the case marks it as entered in error."
)
_DNA = AttendanceStatus.DID_NOT_ATTEND
_THEN = ATTENDED | {_DNA}
_WHO = "a supervisor who neither holds the case nor recorded it as missed"
COUNTED = ATTENDED | {_DNA}
"""The outcomes that open a search or end one."""
_COUNTED_TOO = (
    "The search for them counts that missed appointment too. Only a supervisor who does not hold the case can"
    " mark it as entered in error."
)


def refuse_contact_voiding(reason: str, *, voided: bool, closed_on: date | None) -> None:
    """Refuse to mark a contact as entered in error twice, without saying why, or once care has ended.

    Raises:
        RuleViolation: With what is in the way.
    """
    if closed_on is not None:
        raise RuleViolation(
            "This episode of care is closed, so its contacts stay as they are. Nothing was changed."
        )
    refuse_voiding(reason, voided=voided)


def refuse_voiding_what_was_followed_up(
    missed: ContactFact, facts: EpisodeFacts, *, by_other_supervisor: bool, today: date
) -> None:
    """Refuse to take back a miss on which an open search or a review rests, unless another agrees.

    It would end or slow the search for somebody who may be in need. Only the last miss, and only while nobody
    has tried anything in the search, is a slip that whoever made it can take back.

    Raises:
        RuleViolation: With whom to ask.
    """
    if missed.status is not _DNA or by_other_supervisor:
        return
    _refuse_voiding_what_is_counted(missed, facts)
    if _was_sought_for(missed, facts):
        raise RuleViolation(_FOLLOWED_UP)
    run = missed_run(facts, today=today)
    if run.heard_since is not None or run.began_on is None or run.last is None or missed.on < run.began_on:
        return
    sought = facts.open_ladder is not None
    if sought and missed.id != run.last.id:
        raise RuleViolation(_COUNTED_TOO)
    acted_on = sought and bool(run.attempts)
    reviewed = any(each.ended_on is None for each in facts.closing_reviews)
    if acted_on or reviewed:
        raise RuleViolation(_FOLLOWED_UP if acted_on else _REVIEWED)


def why_not_taken_back(
    contact: ContactFact, facts: EpisodeFacts, acting: Acting, *, never_was: bool, now: datetime
) -> str:
    """Return why this user cannot take a contact back, or say that it never was, and who can; else nothing.

    It says only what the facts tell; who recorded it or held the case before is asked when it is saved.
    """
    other = is_another_supervisor(facts, acting)
    try:
        refuse_voiding_what_was_followed_up(contact, facts, by_other_supervisor=other, today=london_date(now))
        if contact.status is _DNA and never_was:
            refuse_erasing_missed(by_other_supervisor=other)
        if contact.status is None and Slot(contact.on, contact.at).may_have_begun(now):
            refuse_erasing_unwritten(by_other_supervisor=other)
    except RuleViolation as refusal:
        return str(refusal)
    return ""


def refuse_erasing_missed(*, by_other_supervisor: bool) -> None:
    """Refuse to say that there never was an appointment that has once been recorded as missed.

    Whether anybody was tried to be reached makes no difference: not trying would be the easy way out.

    Raises:
        RuleViolation: With whom to ask, and what can be done at once.
    """
    if not by_other_supervisor:
        raise RuleViolation(
            f"This appointment was recorded as missed. Only {_WHO} can say that there never was one. If only"
            " the outcome is wrong, say that: the appointment then stands, and you record what became of it."
        )


def refuse_erasing_unwritten(*, by_other_supervisor: bool) -> None:
    """Refuse to say that there never was an appointment that has begun and has no outcome.

    Raises:
        RuleViolation: With what to record first, and whom to ask.
    """
    if not by_other_supervisor:
        raise RuleViolation(
            "This appointment has begun and has no outcome yet. Record what became of it: if it was missed,"
            " they are to be sought. Only a supervisor who neither holds the case nor was to see them can say"
            " that there never was one."
        )


def refuse_losing_seen_after(missed_on: date, *, by_other_supervisor: bool) -> None:
    """Refuse to mark the contact after a miss without which that miss could not have been taken back.

    Raises:
        RuleViolation: With whom to ask.
    """
    if not by_other_supervisor:
        raise RuleViolation(
            f"The missed appointment of {fmt_date(missed_on)} was taken back after this contact, and they"
            " have not been seen since. Only a supervisor who neither holds the case nor recorded either can"
            " mark this one too."
        )


def refuse_ending_by_eraser(erased_on: date) -> None:
    """Refuse to end care to whoever took an appointment out of the record that may have been missed.

    Raises:
        RuleViolation: With who ends it.
    """
    raise RuleViolation(
        f"You said that there was no appointment on {fmt_date(erased_on)}, and they have not been seen since."
        " Another person looks at it and ends care."
    )


def refuse_unmissing_as(status: AttendanceStatus, *, by_other_supervisor: bool) -> None:
    """Refuse to make of what was recorded as missed anything but missed or attended, unless another agrees.

    That they came is a slip of the keyboard put right; that we or they had cancelled would end the search.

    Raises:
        RuleViolation: With what can be recorded, and whom to ask for the rest.
    """
    if status not in _THEN and not by_other_supervisor:
        raise RuleViolation(
            "This appointment was recorded as missed before. Record that they were seen, or that they did not"
            f" attend; anything else is for {_WHO}."
        )


def _was_sought_for(missed: ContactFact, facts: EpisodeFacts) -> bool:
    """Return whether they were tried to be reached because of a miss, and have not been seen after it.

    Whatever was heard in the search or ended it rests on the miss, and so does what is owed to them.
    """
    tried = any(each.attempts for each in facts.ladders if each.contact_id == missed.id)
    return tried and all(_before(each, missed) for each in facts.attended)


def _refuse_voiding_what_is_counted(missed: ContactFact, facts: EpisodeFacts) -> None:
    """Refuse an earlier miss that the open search counts among those in a row, whatever was heard between."""
    ladder = facts.open_ladder
    if ladder is None or missed.id == ladder.contact_id:
        return
    before = [each.id for each in facts.contacts if each.status is _DNA and each.on <= ladder.missed_on]
    if missed.id in before[-ladder.consecutive :]:
        raise RuleViolation(_COUNTED_TOO)


def search_end(missed: ContactFact, contacts: Sequence[ContactFact]) -> tuple[date, str] | None:
    """Return when and why the contacts that stand end the search for ``missed``; None while they do not.

    ``contacts`` are given oldest first.
    """
    for each in contacts:
        if each.id != missed.id and each.status in COUNTED and not _before(each, missed):
            return each.on, MISSED_AGAIN if each.status is _DNA else SEEN_AGAIN
    return None


def still_missed(facts: EpisodeFacts) -> ContactFact | None:
    """Return the missed contact after which the patient is to be sought: nothing has reached them since.

    Nobody is sought whom a search found in any other way than by a contact.
    """
    missed = [each for each in facts.contacts if each.status is _DNA]
    if not missed or search_end(missed[-1], facts.contacts):
        return None
    last = missed[-1]
    found = any(
        ladder.missed_on >= last.on and ladder.closed_because not in _BY_CONTACTS for ladder in facts.ladders
    )
    return None if found else last


def phase_without(facts: EpisodeFacts, voided_on: date) -> tuple[Phase, date] | None:
    """Return the phase and its first day once the contact of ``voided_on`` that began it does not stand.

    None where it began otherwise, or another contact of that day or before stands. Whoever holds the patient
    holds them still.
    """
    if facts.phase is not Phase.ACTIVE or facts.phase_since != voided_on:
        return None
    if facts.attended:
        first = facts.attended[0].on
        return (Phase.ACTIVE, first) if first > voided_on else None
    if facts.holder_id is None:
        return Phase.REFERRED, facts.referral_received_on
    return Phase.ALLOCATED, facts.allocated_on or facts.referral_received_on


def _before(one: ContactFact, other: ContactFact) -> bool:
    """Return whether ``one`` was before ``other``, which was missed."""
    return is_before_miss(one.on, one.at, missed_on=other.on, missed_at=other.at)
